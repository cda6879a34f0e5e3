"""Scores from marks: whatever is engraved is read back, and what is incomplete is not."""

import pytest

from programasweights.data.images.drawing import draw_marked
from programasweights.data.images.marks import Drawing
from programasweights.data.images.melody import draw_score
from programasweights.data.images.raster import wear
from programasweights.data.images.scores import render
from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.score import Note, Score, ScoreMark, mended_bars, read_score


def marks_of(drawing: Drawing) -> list[ScoreMark]:
    return [(mark.x, mark.y, mark.labels, 1.0) for mark in drawing.marks]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_worn_score_is_read_back(level: int) -> None:
    for number in range(12):
        draw = Draw("score", level, number)
        score = draw_score(draw, level)
        read = read_score(marks_of(wear(render(score, draw, level), draw, level)))
        assert read is not None
        assert read.text() == score.text()


def test_an_incomplete_score_is_none() -> None:
    marks = marks_of(draw_marked("music", 0, 0, split="train"))
    for missing in ("clef", "meter", "note"):
        assert read_score([mark for mark in marks if mark[2][0] != missing]) is None
    assert read_score([]) is None


def test_a_tilted_sheet_keeps_its_staves_apart() -> None:
    def staff(top: float, values: str) -> list[ScoreMark]:
        signs = [(0, ("clef", "treble")), (20, ("meter", "2/4")), (480, ("bar",)), (500, ("bar",))]
        rests = [
            (60 + 60 * n, ("rest", "quarter" if value == "4" else "eighth")) for n, value in enumerate(values)
        ]
        return [(x, top + 0.05 * x, labels, 1.0) for x, labels in (*signs, *rests)]

    note = (400.0, 50 + 0.05 * 400, ("note", "quarter", "0", ""), 1.0)
    read = read_score([*staff(50, "4"), note, *staff(80, "2222")])
    assert read is not None
    assert [[n.length for n in notes] for notes in read.bars] == [[4, 4], [2, 2, 2, 2]]


def bar(*lengths: int, sure: float = 0.9) -> list[tuple[Note, float]]:
    return [(Note(30, 0, False, length), sure) for length in lengths]


def lengths(bars: list[list[tuple[Note, float]]]) -> list[list[int]]:
    return [[note.length for note, _ in notes] for notes in bars]


def test_bars_are_mended() -> None:
    # the meter follows most bars; one bar alone says nothing against it
    assert mended_bars("3/8", [bar(16, 2), bar(8, 8, 2), bar(6, 12)])[0] == "9/8"
    assert mended_bars("3/8", [bar(16)])[0] == "3/8"
    # a bar line that was missed, and one that is none
    assert lengths(mended_bars("4/4", [bar(16), bar(8, 8, 12, 4), bar(16)])[1]) == [
        [16],
        [8, 8],
        [12, 4],
        [16],
    ]
    assert lengths(mended_bars("4/4", [bar(16), bar(4, 4), bar(8), bar(16)])[1]) == [[16], [4, 4, 8], [16]]
    assert lengths(mended_bars("4/4", [bar(16), bar(12, 12, 8), bar(16)])[1]) == [[16], [12, 12, 8], [16]]
    # the least probable note that can gives way
    long = [*bar(8), *bar(4, sure=0.5), *bar(2, 4)]
    assert lengths(mended_bars("4/4", [bar(16), long, bar(16)])[1]) == [[16], [8, 2, 2, 4], [16]]
    # an upbeat stays, where no value would fill it
    assert lengths(mended_bars("4/4", [bar(2), bar(16), bar(16)])[1]) == [[2], [16], [16]]
    assert mended_bars("", [bar(4)]) == ("", [bar(4)])
    assert mended_bars("4/4", []) == ("4/4", [])


def test_a_note_that_was_missed_changes_the_one_least_sure() -> None:
    draw = Draw("full", 1)
    score = next(s for s in (draw_score(draw, 2) for _ in range(20)) if len(s.notes) > 4)
    marks = marks_of(render(score, draw, 2))
    last = max(number for number, mark in enumerate(marks) if mark[2][0] == "note")
    read = read_score(marks[:last] + marks[last + 1 :])
    assert isinstance(read, Score)
    assert len(read.notes) == len(score.notes) - 1
