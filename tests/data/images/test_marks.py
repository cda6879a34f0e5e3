"""Marks follow a drawing through every change of it."""

import numpy as np
import pytest
from PIL import Image

from programasweights.data.images import draw_picture
from programasweights.data.images.drawing import draw_marked
from programasweights.data.images.marks import Drawing, Mark
from programasweights.data.images.raster import wear
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError


def dots(places: list[tuple[int, int]]) -> Drawing:
    """A sheet with a dot at each place."""
    pixels = np.full((120, 200), 255, np.uint8)
    for x, y in places:
        pixels[y - 2 : y + 3, x - 2 : x + 3] = 0
    return Drawing(Image.fromarray(pixels), tuple(Mark(x + 0.5, y + 0.5, ("dot",)) for x, y in places))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_marks_stay_on_their_ink(level: int) -> None:
    start = dots([(20, 20), (180, 30), (100, 100), (40, 90)])
    for number in range(12):
        worn = wear(start, Draw("worn", number), level)
        pixels = np.asarray(worn.picture, np.float32)
        for mark in worn.marks:
            column, row = int(mark.x), int(mark.y)
            here = pixels[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].min()
            assert here < np.median(pixels) - 60


@pytest.mark.parametrize("degrees", [90, -30, 180])
def test_marks_turn_with_the_picture(degrees: float) -> None:
    start = dots([(30, 20), (170, 100)])
    turned = start.turned(start.picture.rotate(degrees, expand=True, fillcolor=255), degrees)
    pixels = np.asarray(turned.picture)
    for mark in turned.marks:
        assert pixels[int(mark.y) - 1 : int(mark.y) + 2, int(mark.x) - 1 : int(mark.x) + 2].max() == 0


def test_what_stands_on_the_middle_line_is_level() -> None:
    from programasweights.data.images.melody import draw_score
    from programasweights.data.images.scores import render

    draw = Draw("level", 3)
    score = next(s for s in (draw_score(draw, 1) for _ in range(50)) if len(s.notes) < sum(map(len, s.bars)))
    marks = [mark for mark in render(score, draw, 1).marks if mark.labels[0] != "note"]
    assert {"rest", "clef", "bar"} <= {mark.labels[0] for mark in marks}
    assert max(mark.y for mark in marks) - min(mark.y for mark in marks) < 0.01


def test_pictures_are_what_they_were() -> None:
    """Marks change no pixel: these are the first bytes' digests of before there were marks."""
    import hashlib

    found = {
        task: hashlib.sha256(draw_picture(task, 0, 0, split="train").png).hexdigest()[:8]
        for task in ("chemical", "circuit", "music", "smiles", "latex")
    }
    assert found == DIGESTS


DIGESTS = {
    "chemical": "d91db832",
    "circuit": "b284f2e3",
    "music": "43a58c16",
    "smiles": "0009b49a",
    "latex": "61d13b58",
}


def test_atoms_and_bonds_are_marked() -> None:
    drawing = draw_marked("smiles", 1, 2, split="train")
    assert len(drawing.marks) >= 4
    assert len(drawing.links) >= len(drawing.marks) - 1
    assert {link.label for link in drawing.links} <= {"single", "double", "triple"}


def test_parts_and_characters_of_circuits_are_marked() -> None:
    drawing = draw_marked("circuit", 0, 0, split="train")
    assert {mark.labels[0] for mark in drawing.marks} == {"part", "text"}
    assert all(len(mark.labels) == (3 if mark.labels[0] == "part" else 2) for mark in drawing.marks)


def test_a_wrong_task_is_refused() -> None:
    with pytest.raises(DataError, match="there is no task 'maps'"):
        draw_marked("maps", 0, 0, split="train")
