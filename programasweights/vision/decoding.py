"""Turns a picture file or a Pillow picture into RGB pixels, or says why it does not.

One upright picture of 8 bits a channel comes out: turned as its EXIF orientation says, transparent parts on
white, palettes, CMYK and 16 bits converted. A moving picture is refused, since no frame of it stands for it; of
a phone's several views (MPO) the first is taken. Leaves out colour profiles: pixels are read as sRGB.

Files are hostile until shown otherwise: only six formats are tried, sizes are read from headers before anything
is decoded, and what a decoder raises becomes an ImageError.
"""

import io
import os
import stat
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from programasweights.errors import ImageError
from programasweights.vision.limits import ImageLimits
from programasweights.vision.pillow import pillow

if TYPE_CHECKING:
    from PIL import Image as PillowImage

__all__ = ["Pixels", "decode", "read_picture_file", "rgb_pixels"]

Pixels = npt.NDArray[np.uint8]
"""(height, width, 3), red, green, blue."""

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""What is tried. Others run foreign programs (EPS), or are no pictures that users have."""

MAX_SCANS = 100
"""Passes of a progressive JPEG; each costs a walk over all its pixels, and a usual file has about ten."""

_ORIENTATION = 0x0112
_TILE_WIDTH, _TILE_HEIGHT = 322, 323
_TURNS = (
    "",
    "FLIP_LEFT_RIGHT",
    "ROTATE_180",
    "FLIP_TOP_BOTTOM",
    "TRANSPOSE",
    "ROTATE_270",
    "TRANSVERSE",
    "ROTATE_90",
)
"""What makes a picture upright, by EXIF orientation from 1 on."""

_EXPECTED = f"Expected one picture as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
_DECODER_ERRORS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    EOFError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers raise on broken files; they check little and so fail in many ways."""
_lock = threading.Lock()


def read_picture_file(path: str | os.PathLike[str], limits: ImageLimits) -> bytes:
    """The content of a regular file, of which no more is read than may be.

    Raises:
        ImageError: there is no such file, it cannot be read, or it is too long.
    """
    try:
        data = _read_regular(path, limits.nbytes + 1)
    except ImageError:
        raise
    except (OSError, ValueError) as error:
        raise ImageError(
            f"the picture {_shown(path)} cannot be read: {error}.{_address_hint(path)}"
        ) from error
    limits.check_bytes(len(data))
    return data


def decode(data: bytes, limits: ImageLimits) -> Pixels:
    """The pixels of a picture file's content.

    Raises:
        ImageError: it is no picture of a known format, broken, moving, or too large.
    """
    limits.check_bytes(len(data))
    _check_scans(data)
    module = pillow()
    with _decoder_errors():
        try:
            picture = module.open(io.BytesIO(data), formats=FORMATS)
        except module.UnidentifiedImageError:
            raise ImageError(f"{_looks(data)} is no picture that can be read. {_EXPECTED}.") from None
        with picture:
            return _upright_pixels(picture, limits)


def rgb_pixels(picture: "PillowImage.Image", limits: ImageLimits) -> Pixels:
    """The pixels of a Pillow picture, which stays as it is.

    Raises:
        ImageError: its file is broken, or it is moving or too large, or of a kind without a way to RGB.
    """
    with _decoder_errors():
        return _upright_pixels(picture, limits)


def _read_regular(path: str | os.PathLike[str], limit: int) -> bytes:
    # Not waiting: a pipe without a writer would never open.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ImageError(f"{_shown(path)} is no regular file. {_EXPECTED}.")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(limit)
    finally:
        os.close(descriptor)


def _upright_pixels(picture: "PillowImage.Image", limits: ImageLimits) -> Pixels:
    limits.check_size(*picture.size)
    _check_tiles(picture, limits)
    if getattr(picture, "is_animated", False) and picture.format != "MPO":
        raise ImageError(
            f"the {picture.format} file has {getattr(picture, 'n_frames', 'several')} frames. {_EXPECTED}; "
            "save the frame that is meant."
        )
    picture.load()
    limits.check_size(*picture.size)  # a GIF's frame may be larger than the file says
    return np.array(_turned(_rgb(picture), _orientation(picture)), dtype=np.uint8)


def _rgb(picture: "PillowImage.Image") -> "PillowImage.Image":
    """Eight bits a channel, on white where it is transparent."""
    module = pillow()
    if picture.mode.startswith("I"):
        return _from_16_bits(picture)
    if picture.mode == "F":
        raise ImageError(
            "the picture has floating-point pixels, whose white is not known; save it with 8 bits."
        )
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    above = picture.convert("RGBA")
    white: PillowImage.Image = module.new("RGB", above.size, (255, 255, 255))
    white.paste(above, mask=above.getchannel("A"))
    return white


def _from_16_bits(picture: "PillowImage.Image") -> "PillowImage.Image":
    values = np.asarray(picture)
    if values.min() < 0 or values.max() > 0xFFFF:
        raise ImageError(
            f"the picture has values from {values.min()} to {values.max()}, whose white is not known; "
            "save it with 8 or 16 bits."
        )
    grey: PillowImage.Image = pillow().fromarray((values >> 8).astype(np.uint8))
    return grey.convert("RGB")


def _turned(picture: "PillowImage.Image", orientation: int) -> "PillowImage.Image":
    turn = _TURNS[orientation - 1]
    return picture.transpose(getattr(pillow().Transpose, turn)) if turn else picture


def _orientation(picture: "PillowImage.Image") -> int:
    """EXIF's, from 1 to 8; 1 where there is none, or where the camera's notes are broken but the picture is not."""
    try:
        found = picture.getexif().get(_ORIENTATION, 1)
    except _DECODER_ERRORS:
        return 1
    return found if isinstance(found, int) and 1 <= found <= len(_TURNS) else 1


def _check_scans(data: bytes) -> None:
    """Within JPEG's coded data the marker cannot occur by chance, and elsewhere it hardly does."""
    if data.startswith(b"\xff\xd8") and (scans := data.count(b"\xff\xda")) > MAX_SCANS:
        raise ImageError(f"the JPEG file has {scans} scans, at most {MAX_SCANS} are allowed; save it anew.")


def _check_tiles(picture: "PillowImage.Image", limits: ImageLimits) -> None:
    """A small TIFF may claim huge tiles, for which its decoder would take memory."""
    tags: Any = getattr(picture, "tag_v2", {})
    width, height = tags.get(_TILE_WIDTH, 1), tags.get(_TILE_HEIGHT, 1)
    if not (isinstance(width, int) and isinstance(height, int)) or width * height > limits.pixels:
        raise ImageError(f"the TIFF file has tiles of {width!r:.40} x {height!r:.40} pixels; save it anew.")


@contextmanager
def _decoder_errors() -> Iterator[None]:
    """Readers' exceptions as ImageErrors, and their warnings, which concern notes of the camera, as nothing."""
    # What is ignored is a setting of the whole process; the lock keeps it in order among these.
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except ImageError:
            raise
        except pillow().DecompressionBombError as error:
            raise ImageError(f"the picture is far too large ({error}); scale it down.") from error
        except _DECODER_ERRORS as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            raise ImageError(
                f"the picture is broken, cut off, or of a kind that is not supported ({said}). {_EXPECTED}; save it "
                "anew."
            ) from error


def _looks(data: bytes) -> str:
    return f"content of {len(data)} bytes that begins with {data[:8].hex(' ')}" if data else "an empty file"


def _shown(path: str | os.PathLike[str]) -> str:
    return f"{os.fspath(path)!r:.200}"


def _address_hint(path: str | os.PathLike[str]) -> str:
    address = "://" in os.fspath(path) or os.fspath(path).startswith("data:")
    return " Addresses are not followed: fetch the file, and name it or pass its bytes." if address else ""
