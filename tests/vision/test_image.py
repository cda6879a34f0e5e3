"""Pictures of every kind become the same upright RGB pixels; what is no picture is refused."""

import io
import os
import pickle
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

import programasweights as paw
from programasweights.vision import ImageLimits
from programasweights.vision.decoding import MAX_SCANS


def file_of(picture: PillowImage.Image, kind: str = "PNG", **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


@pytest.fixture
def corner() -> PillowImage.Image:
    """Four by three, white, red at the top left, blue at the top right."""
    picture = PillowImage.new("RGB", (4, 3), "white")
    picture.putpixel((0, 0), (255, 0, 0))
    picture.putpixel((3, 0), (0, 0, 255))
    return picture


def test_sources_of_one_picture_are_equal(corner: PillowImage.Image, tmp_path: Path) -> None:
    content = file_of(corner)
    path = tmp_path / "corner.png"
    path.write_bytes(content)
    pictures = [paw.Image(path), paw.Image(str(path)), paw.Image(content), paw.Image(corner)]
    pictures += [
        paw.Image(file_of(corner, "BMP")),
        paw.Image(file_of(corner, "TIFF")),
        paw.Image(pictures[0].png()),
    ]
    pictures.append(paw.Image(file_of(corner, "WEBP", lossless=True)))
    pictures.append(pickle.loads(pickle.dumps(pictures[0])))  # noqa: S301
    assert len(set(pictures)) == 1
    assert len({picture.digest for picture in pictures}) == 1
    assert (pictures[0].width, pictures[0].height) == (4, 3)
    assert pictures[0].pixels[0, 0].tolist() == [255, 0, 0]
    assert repr(pictures[0]) == f"Image(4 x 3, {pictures[0].digest[:12]})"


def test_size_belongs_to_the_identity() -> None:
    wide, tall = (paw.Image(PillowImage.new("RGB", size, "white")) for size in ((6, 2), (2, 6)))
    assert wide != tall
    assert wide.digest != tall.digest
    assert wide != "a picture"


def test_pixels_are_read_only(corner: PillowImage.Image) -> None:
    picture = paw.Image(corner)
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 0
    corner.putpixel((0, 0), (9, 9, 9))
    assert picture.pixels[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_upright(corner: PillowImage.Image, orientation: int) -> None:
    # How a camera would store the upright picture, from the meaning of the tag: what is at the file's top and left.
    turns: dict[int, Callable[[np.ndarray], np.ndarray]] = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.transpose(1, 0, 2),
        6: lambda a: np.rot90(a, 1),
        7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
        8: lambda a: np.rot90(a, -1),
    }
    stored = PillowImage.fromarray(np.ascontiguousarray(turns[orientation](np.asarray(corner))))
    exif = PillowImage.Exif()
    exif[0x0112] = orientation
    assert paw.Image(file_of(stored, exif=exif.tobytes())) == paw.Image(corner)


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_orientations_that_mean_nothing(corner: PillowImage.Image, orientation: object) -> None:
    exif = PillowImage.Exif()
    exif[0x0112] = orientation
    assert paw.Image(file_of(corner, exif=exif.tobytes())) == paw.Image(corner)


def test_broken_notes_of_a_camera_do_not_matter(corner: PillowImage.Image) -> None:
    assert paw.Image(file_of(corner, exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")) == paw.Image(corner)


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (PillowImage.new("RGBA", (2, 2), (255, 0, 0, 0)), [255, 255, 255]),
        (PillowImage.new("RGBA", (2, 2), (255, 0, 0, 51)), [255, 204, 204]),
        (PillowImage.new("LA", (2, 2), (0, 102)), [153, 153, 153]),
        (PillowImage.new("L", (2, 2), 7), [7, 7, 7]),
        (PillowImage.new("1", (2, 2), 1), [255, 255, 255]),
        (PillowImage.new("I;16", (2, 2), 0x80FF), [128, 128, 128]),
        (PillowImage.new("I", (2, 2), 0xFFFF), [255, 255, 255]),
        (PillowImage.new("RGB", (2, 2), (9, 8, 7)).quantize(4), [9, 8, 7]),
    ],
    ids=[
        "transparent",
        "half",
        "grey with alpha",
        "grey",
        "one bit",
        "16 bits",
        "32 bits within 16",
        "palette",
    ],
)
def test_modes(picture: PillowImage.Image, expected: list[int]) -> None:
    assert paw.Image(picture).pixels[1, 1].tolist() == expected


def test_one_transparent_colour_is_white() -> None:
    picture = PillowImage.new("P", (2, 1), 0)
    picture.putpalette([255, 0, 0, 0, 255, 0])
    picture.putpixel((1, 0), 1)
    assert paw.Image(file_of(picture, "GIF", transparency=0)).pixels.tolist() == [[[255] * 3, [0, 255, 0]]]


def test_16_bit_file() -> None:
    levels = PillowImage.fromarray(np.array([[0, 0x40FF, 0xFFFF]], np.uint16))
    assert paw.Image(file_of(levels)).pixels[0, :, 0].tolist() == [0, 0x40, 255]


def test_print_colours() -> None:
    red = PillowImage.new("CMYK", (16, 16), (0, 255, 255, 0))
    for kind in ("JPEG", "TIFF"):
        pixel = paw.Image(file_of(red, kind)).pixels[8, 8].astype(int)
        assert np.abs(pixel - [255, 0, 0]).max() < 6, kind


def test_first_view_of_a_phone(corner: PillowImage.Image) -> None:
    big, small = (PillowImage.new("RGB", (side, side), "teal") for side in (40, 8))
    content = file_of(big, "MPO", save_all=True, append_images=[small])
    assert paw.Image(content).pixels.shape == (40, 40, 3)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_moving_pictures_are_refused(corner: PillowImage.Image, kind: str) -> None:
    other = PillowImage.new("RGB", corner.size, "black")
    content = file_of(corner, kind, save_all=True, append_images=[other])
    with pytest.raises(paw.ImageError, match=f"the {kind} file has 2 frames"):
        paw.Image(content)
    with PillowImage.open(io.BytesIO(content)) as picture, pytest.raises(paw.ImageError, match="2 frames"):
        paw.Image(picture)
    assert paw.Image(file_of(corner, kind, save_all=True)).width == 4


@pytest.mark.parametrize(
    ("limits", "match"),
    [
        (ImageLimits(nbytes=40), "40 are allowed"),
        (ImageLimits(pixels=11), "4 x 3 = 12 pixels large, at most 11"),
        (ImageLimits(side=3), "4 x 3 pixels large, a side may have at most 3"),
    ],
)
def test_limits(corner: PillowImage.Image, tmp_path: Path, limits: ImageLimits, match: str) -> None:
    path = tmp_path / "corner.png"
    path.write_bytes(file_of(corner))
    for source in (path, path.read_bytes()):
        with pytest.raises(paw.ImageError, match=match):
            paw.Image(source, limits=limits)
    if limits.nbytes > 1000:
        with pytest.raises(paw.ImageError, match=match):
            paw.Image(corner, limits=limits)


def test_limits_are_positive() -> None:
    with pytest.raises(ValueError, match="from 1 on"):
        ImageLimits(pixels=0)


def test_empty_picture() -> None:
    with pytest.raises(paw.ImageError, match="0 x 5"):
        paw.Image(PillowImage.new("RGB", (0, 5)))


@pytest.mark.parametrize(
    ("source", "match"),
    [
        ("https://example.org/x.png", "Addresses are not followed"),
        ("data:image/png;base64,AAAA", "Addresses are not followed"),
        ("no such file.png", "cannot be read"),
        ("nul\0byte", "cannot be read"),
        (os.devnull, "no regular file"),
        (".", "no regular file"),
        (7, "a int is no picture"),
        (None, "a NoneType is no picture"),
        (b"", "an empty file is no picture"),
        (b"hello there", "11 bytes that begins with 68 65 6c"),
    ],
)
def test_what_is_no_picture(source: object, match: str) -> None:
    with pytest.raises(paw.ImageError, match=match):
        paw.Image(source)  # type: ignore[arg-type]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    with pytest.raises(paw.ImageError, match="no regular file"):
        paw.Image(pipe)


def test_scans_of_a_jpeg_are_counted(corner: PillowImage.Image) -> None:
    data = file_of(corner.resize((64, 64)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    few = data[:last] + data[last:-2] * (MAX_SCANS - data.count(b"\xff\xda") + 1) + data[-2:]
    assert paw.Image(few).pixels.shape == (64, 64, 3)
    with pytest.raises(paw.ImageError, match=f"{MAX_SCANS + 1} scans"):
        paw.Image(few[:-2] + data[last:])


def test_readers_warnings_are_kept_from_the_user(
    corner: PillowImage.Image, recwarn: pytest.WarningsRecorder
) -> None:
    content = file_of(corner, "JPEG", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x05\x00\x12\x01")
    threads = [threading.Thread(target=paw.Image, args=(content,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not recwarn.list


def test_without_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    with pytest.raises(ModuleNotFoundError, match=r"programasweights\[images\]"):
        paw.Image(b"anything")
