"""A picture as a value: upright RGB pixels, known by their content."""

import hashlib
import io
import os
from functools import cached_property
from typing import TYPE_CHECKING

from programasweights.errors import ImageError
from programasweights.vision.decoding import Pixels, decode, read_picture_file, rgb_pixels
from programasweights.vision.limits import ImageLimits
from programasweights.vision.pillow import pillow

if TYPE_CHECKING:
    from PIL import Image as PillowImage

__all__ = ["Image"]


class Image:
    """A picture. Two are equal if their pixels are, wherever they come from.

        paw.Image("circuit.png")
        paw.Image(response.content)

    It is decoded at once and never touches its source again. It never writes, and follows no addresses.
    """

    def __init__(
        self,
        source: "str | os.PathLike[str] | bytes | PillowImage.Image",
        *,
        limits: ImageLimits | None = None,
    ) -> None:
        """Decode a picture.

        Args:
            source: the path of a picture file, its content, or a Pillow picture.
            limits: how large it may be; by default 32 MB, 32 million pixels, 16384 pixels a side.

        Raises:
            ImageError: it is no picture that can be read, cut off, moving, or too large.
            ModuleNotFoundError: Pillow is not installed.
        """
        self._pixels = _pixels_of(source, limits or ImageLimits())
        self._pixels.flags.writeable = False

    @property
    def pixels(self) -> Pixels:
        """(height, width, 3), read-only."""
        return self._pixels

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self._pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self._pixels.shape[0])

    @cached_property
    def digest(self) -> str:
        """sha256 of size and pixels: the picture's identity, whatever file it came from."""
        found = hashlib.sha256(f"rgb8 {self.width} {self.height}\n".encode())
        found.update(self._pixels.data)
        return found.hexdigest()

    def png(self) -> bytes:
        """The picture as a PNG file, without anything else that its source held."""
        content = io.BytesIO()
        pillow().fromarray(self._pixels).save(content, "PNG")
        return content.getvalue()

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same pixels."""
        return self.digest == other.digest if isinstance(other, Image) else NotImplemented

    def __hash__(self) -> int:
        """From the digest."""
        return hash(self.digest)

    def __repr__(self) -> str:
        """Size and the beginning of the digest."""
        return f"Image({self.width} x {self.height}, {self.digest[:12]})"


def _pixels_of(source: object, limits: ImageLimits) -> Pixels:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return decode(bytes(source), limits)
    if isinstance(source, (str, os.PathLike)):
        return decode(read_picture_file(source, limits), limits)
    if isinstance(source, pillow().Image):
        return rgb_pixels(source, limits)
    raise ImageError(
        f"a {type(source).__name__} is no picture; pass the path of a picture file, its bytes, or a Pillow picture."
    )
