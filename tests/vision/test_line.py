"""The line that stands in a picture is read, and nothing where none stands."""

import numpy as np
import pytest
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

import programasweights as paw
from programasweights.data.images import draw_picture
from programasweights.vision.line import LineReader, _as_line, load_line_reader

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def reader() -> LineReader:
    return load_line_reader()


def _written(
    text: str, *, ink: str = "black", paper: str = "white", size: tuple[int, int] = (420, 90)
) -> paw.Image:
    picture = PillowImage.new("RGB", size, paper)
    ImageDraw.Draw(picture).text((30, 20), text, fill=ink, font=ImageFont.load_default(size=32))
    return paw.Image(picture)


@pytest.mark.parametrize("text", ["f(x) = 27", "Total: 4.7 kHz", "a + b - c", "7"])
def test_a_line_is_read(reader: LineReader, text: str) -> None:
    assert reader.read(_written(text)) == text
    assert reader.read(_written(text, ink="white", paper="navy")) == text
    # margins are cut off before
    assert reader.read(_written(text, size=(900, 500))) == text


def test_letters_of_formulas_are_read(reader: LineReader) -> None:
    """In half of some easy formulas at least, as they are drawn for tests."""
    found = [draw_picture("latex", 0, n, split="test", level=1) for n in range(14)]
    read = [reader.read(paw.Image(picture.png)) for picture in found]
    assert sum(map(bool, read)) >= 7
    assert found[2].transcription == r"\log Mn"
    assert read[2] == "log Mn"
    # raised letters are raised in the line
    assert found[3].transcription == r"cS_m\to n^0"
    assert read[3] == "cSm→n⁰"


def test_uncertain_letters_are_no_line(reader: LineReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A molecule is no line, and what the recogniser makes of it is a guess."""
    drawn = [paw.Image(draw_picture("chemical", 0, n, split="test", level=3).png) for n in range(8)]
    assert sum(map(bool, map(reader.read, drawn))) <= 1
    monkeypatch.setattr("programasweights.vision.line._CERTAIN", 0.0)
    assert sum(map(bool, map(reader.read, drawn))) >= 4


@pytest.mark.parametrize("shape", [(200, 200), (1, 1), (1, 16384), (16384, 1), (3, 4000)])
def test_there_is_no_line_on_empty_paper(reader: LineReader, shape: tuple[int, int]) -> None:
    assert reader.read(paw.Image(PillowImage.new("RGB", shape, "white"))) == ""
    noise = np.random.default_rng(0).integers(0, 255, (*shape, 3), np.uint8)
    assert isinstance(reader.read(paw.Image(PillowImage.fromarray(noise))), str)


def test_what_is_read_is_bounded() -> None:
    wide = PillowImage.new("RGB", (16384, 2), "white")
    ImageDraw.Draw(wide).line((0, 0, 16384, 1), fill="black")
    assert _as_line(paw.Image(wide).pixels).shape == (48, 1440, 3)
    narrow = _as_line(_written("7", ink="white", paper="navy").pixels)
    assert narrow.shape == (48, 160, 3)
    assert (narrow[:, -1] == (0, 0, 128)).all()


def test_every_score_has_a_character(reader: LineReader) -> None:
    assert len(reader._characters) == 18_710
    assert reader._characters[:3] == ["", "!", '"']
    assert reader._characters[-1] == " "


def test_threads_do_not_matter(reader: LineReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_THREADS", "3")
    other = LineReader()
    for picture in (_written("f(x) = 27"), paw.Image(draw_picture("latex", 0, 1, split="test").png)):
        assert other.read(picture) == reader.read(picture)
