"""Scores from marks: whatever is engraved is read back, and what is incomplete is not."""

import pytest

from programasweights.data.images.drawing import draw_marked
from programasweights.data.images.marks import Drawing
from programasweights.data.images.melody import draw_score
from programasweights.data.images.raster import wear
from programasweights.data.images.scores import render
from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.score import Score, ScoreMark, read_score


def marks_of(drawing: Drawing) -> list[ScoreMark]:
    return [(mark.x, mark.y, mark.labels) for mark in drawing.marks]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_worn_score_is_read_back(level: int) -> None:
    for number in range(12):
        draw = Draw("score", level, number)
        score = draw_score(draw, level)
        read = read_score(marks_of(wear(render(score, draw, level), draw, level)))
        assert read is not None
        assert read.full
        assert read.text() == score.text()


def test_an_incomplete_score_is_none() -> None:
    marks = marks_of(draw_marked("music", 0, 0, split="train"))
    for missing in ("clef", "meter", "note"):
        assert read_score([mark for mark in marks if mark[2][0] != missing]) is None
    assert read_score([]) is None


def test_a_bar_that_lacks_a_note_is_not_full() -> None:
    draw = Draw("full", 1)
    score = next(s for s in (draw_score(draw, 2) for _ in range(20)) if len(s.notes) > 4)
    marks = marks_of(render(score, draw, 2))
    last = max(number for number, mark in enumerate(marks) if mark[2][0] == "note")
    read = read_score(marks[:last] + marks[last + 1 :])
    assert isinstance(read, Score)
    assert not read.full
