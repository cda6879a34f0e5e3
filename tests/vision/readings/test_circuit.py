"""Circuits from parts and characters: what is drawn is read back, tilted or not."""

import pytest

from programasweights.data.images.circuit_drawing import render
from programasweights.data.images.ladder import draw_ladder
from programasweights.data.images.raster import wear
from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.circuit_reading import CircuitMark, read_circuit


def drawn(level: int, number: int) -> tuple[str, list[CircuitMark]]:
    """A circuit's netlist, and its marks after wear."""
    draw = Draw("circuit", level, number)
    ladder = draw_ladder(draw, level)
    worn = wear(render(ladder, draw), draw, level)
    return ladder.netlist, [(mark.x, mark.y, mark.labels) for mark in worn.marks]


@pytest.mark.parametrize(("level", "allowed"), [(1, 0), (2, 1), (3, 2)])
def test_circuits_are_read_back(level: int, allowed: int) -> None:
    """All but few: where texts of neighbours run into each other, their order does not always tell them apart."""
    wrong = 0
    for number in range(25):
        netlist, marks = drawn(level, number)
        read = read_circuit(marks)
        assert read is not None
        wrong += read.netlist != netlist
    assert wrong <= allowed


def upright(x: float, kind: str, *texts: tuple[float, float, str]) -> list[CircuitMark]:
    """A part at (x, 100) and characters beside it."""
    return [(x, 100.0, ("part", kind, "up"))] + [(x + dx, 100 + dy, ("text", c)) for dx, dy, c in texts]


def test_names_and_values_are_those_beside_a_part() -> None:
    name = [(-30.0, -10.0, "R"), (-21.0, -10.0, "2")]
    value = [
        (-45.0, 10.0, "4"),
        (-38.0, 10.0, "."),
        (-31.0, 10.0, "7"),
        (-22.0, 10.0, "k"),
        (-13.0, 10.0, "Ω"),
    ]
    read = read_circuit(upright(100, "resistor", *name, *value) + upright(250, "battery"))
    assert read is not None
    assert read.netlist == "R2 resistor 4.7 kΩ 0-1; V1 battery 0-1"


def test_texts_that_run_into_each_other_are_parted() -> None:
    told = "R268nF"
    line = [(40.0 + 9 * n, 0.0, c) for n, c in enumerate(told)]
    read = read_circuit(
        [*upright(50, "resistor"), *upright(120, "capacitor"), *[(x, 60.0, ("text", c)) for x, _, c in line]]
    )
    assert read is not None
    assert "R2 resistor" in read.netlist
    assert "68 nF" in read.netlist


def test_a_letter_names_the_nearest_node() -> None:
    marks = [
        *upright(50, "lamp"),
        *upright(200, "battery"),
        (50.0, 20.0, ("text", "A")),
        (200.0, 170.0, ("text", "B")),
    ]
    read = read_circuit(marks)
    assert read is not None
    assert read.netlist == "H1 lamp B-A; V1 battery B-A"


def test_what_has_no_two_columns_is_no_circuit() -> None:
    assert read_circuit([]) is None
    assert read_circuit(upright(10, "lamp")) is None
    assert read_circuit([(10, 10, ("part", "ghost", "up")), (90, 10, ("part", "ghost", "up"))]) is None
    assert read_circuit([(10, 10, ("part", "lamp", "across")), (90, 10, ("text", "A"))]) is None
