"""Circuits: what is in series and in parallel, and answers that follow from the netlist alone."""

import re

import pytest

from programasweights.data.images import circuits, draw_picture
from programasweights.data.images.ladder import draw_ladder
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError
from programasweights.vision.readings.circuit import Ladder, Part


def ladder(*parts: tuple[str, str, str, tuple[int, int], tuple[int, int]], wires: str = "") -> Ladder:
    """Parts as kind, name, value and ends; wires as `x y x y` without spaces."""
    found = [((int(w[0]), int(w[1])), (int(w[2]), int(w[3]))) for w in wires.split()]
    return Ladder(3, tuple(Part(*part) for part in parts), tuple(found), {}, False)


# V1 and R1 in series, then C1 and L1 in parallel.
SMALL = ladder(
    ("battery", "V1", "9 V", (0, 0), (0, 2)),
    ("resistor", "R1", "4.7 kΩ", (0, 2), (1, 2)),
    ("capacitor", "C1", "10 nF", (1, 0), (1, 2)),
    ("inductor", "L1", "22 mH", (2, 0), (2, 2)),
    wires="1222 0010 1020",
)


def test_series_and_parallel() -> None:
    source, resistor, capacitor, inductor = SMALL.parts
    assert SMALL.in_series(source, resistor)
    assert SMALL.in_series(resistor, source)
    assert SMALL.in_parallel(capacitor, inductor)
    for one in (source, resistor):
        for other in (capacitor, inductor):
            assert not SMALL.in_series(one, other)
            assert not SMALL.in_parallel(one, other)
    assert not SMALL.in_series(capacitor, inductor)


def test_series_through_a_third_part() -> None:
    loop = ladder(
        ("battery", "V1", "9 V", (0, 0), (0, 2)),
        ("resistor", "R1", "", (0, 2), (1, 2)),
        ("lamp", "H1", "", (1, 2), (1, 0)),
        wires="0010",
    )
    assert all(loop.in_series(one, other) for one in loop.parts for other in loop.parts if one is not other)


def test_two_parts_alone_are_not_asked_about() -> None:
    pair = ladder(
        ("battery", "V1", "9 V", (0, 0), (0, 2)), ("lamp", "H1", "", (1, 0), (1, 2)), wires="0010 0212"
    )
    asked = [c.key for c in circuits._relating(pair, Draw(0))]
    assert asked == []


def test_nodes_junctions_and_structure() -> None:
    assert SMALL.node_of[2, 2] == SMALL.node_of[1, 2] == (1, 2)
    assert SMALL.node_of[2, 0] == (0, 0)
    assert SMALL.junctions == [(1, 0), (1, 2)]
    mirrored = ladder(
        ("battery", "V9", "3 V", (2, 0), (2, 2)),
        ("resistor", "R2", "", (1, 2), (2, 2)),
        ("capacitor", "C1", "", (1, 0), (1, 2)),
        ("inductor", "L1", "", (0, 2), (0, 0)),
        wires="0212 0010 1020",
    )
    assert mirrored.structure == SMALL.structure
    assert SMALL.netlist == (
        "V1 battery 9 V 0-1; R1 resistor 4.7 kΩ 1-2; C1 capacitor 10 nF 0-2; L1 inductor 22 mH 0-2"
    )


def test_every_branch_holds_a_part_and_one_source_drives_it() -> None:
    for number in range(300):
        level = 1 + number % 3
        found = draw_ladder(Draw("ladder", number), level)
        assert sum(part.is_source for part in found.parts) == 1
        assert len({part.name for part in found.parts}) == len(found.parts)
        assert all(len(found.nodes(part)) == 2 for part in found.parts), "nothing is shorted"
        assert {part.start[0] for part in found.parts if part.start[0] == part.end[0]} == set(
            range(found.branches)
        )


UNITS = {"k": 1e3, "m": 1e-3, "µ": 1e-6, "n": 1e-9}


def amount(value: str) -> float:
    """In units without prefix."""
    number, unit = value.split()
    return float(number) * (UNITS[unit[0]] if unit[0] in UNITS and len(unit) > 1 else 1)


def answer(text: str, netlist: str) -> str | None:
    """What the netlist says to the question; None for questions that need the drawing."""
    parts = [
        re.fullmatch(r"(\w+) (\D+?) (?:([\d.]+ \S+) )?(\w+)-(\w+)", part) for part in netlist.split("; ")
    ]
    rows = [part.groups() for part in parts if part]
    assert len(rows) == len(parts)
    kinds = "resistor|capacitor|inductor"
    if found := re.fullmatch(rf"How many ({kinds})s (?:are there|does the circuit have)\?", text):
        return str(sum(kind == found[1] for _, kind, *_ in rows))
    if "counting the source" in text.lower():
        return str(len(rows))
    if found := re.fullmatch(r"What (?:is the value of|value does) (\w+)(?: have)?\?", text):
        return next((value for name, _, value, *_ in rows if name == found[1]), None)
    if found := re.fullmatch(r"Which component (?:has the value|is labelled) (.+)\?", text):
        return next(name for name, _, value, *_ in rows if value == found[1])
    if found := re.fullmatch(r"Which (\w+) (?:has the|is the) (largest|smallest)(?: value)?\?", text):
        values = sorted((amount(value), name) for name, kind, value, *_ in rows if kind == found[1] and value)
        return values[-1 if found[2] == "largest" else 0][1]
    if found := re.fullmatch(r"(?:Which|What kind of) component is between (\w) and (\w)\?", text):
        row = next(row for row in rows if {row[3], row[4]} == {found[1], found[2]})
        return row[0] if text.startswith("Which") else row[1]
    if found := re.fullmatch(r"Which component is in parallel with (\w+)\?", text):
        ends = next({row[3], row[4]} for row in rows if row[0] == found[1])
        return next(row[0] for row in rows if {row[3], row[4]} == ends and row[0] != found[1])
    if found := re.fullmatch(r"(?:Is there|Does the circuit have) an? (.+)\?", text):
        return "yes" if any(kind == found[1] for _, kind, *_ in rows) else "no"
    if found := re.fullmatch(r"What kind of component is (\w+)\?", text):
        return next(kind for name, kind, *_ in rows if name == found[1])
    return None


def test_answers_follow_from_the_netlist() -> None:
    checked = 0
    for number in range(60):
        draw = Draw("netlist", number)
        subject = circuits.draw_subject(draw, 1 + number % 3, None)
        for candidate in subject.candidates():
            for text in candidate.texts:
                told = answer(text, subject.transcription)
                if told is not None:
                    checked += 1
                    assert told == candidate.answer, (text, subject.transcription)
    assert checked > 1500


def test_answers_are_not_ambiguous() -> None:
    """No question text has two answers on one picture."""
    for number in range(60):
        subject = circuits.draw_subject(Draw("twice", number), 1 + number % 3, None)
        told: dict[str, str] = {}
        for candidate in subject.candidates():
            for text in candidate.texts:
                assert told.setdefault(text, candidate.answer) == candidate.answer, text


def test_a_source_is_refused() -> None:
    from programasweights.data.images import Source

    with pytest.raises(DataError, match="leave the source out"):
        draw_picture("circuit", 0, 0, split="train", source=Source("x", ("y",)))
