"""Random circuits of a level."""

from itertools import count

from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.circuit import KINDS, SOURCES, Ladder, Part, Place

__all__ = ["draw_ladder"]

_E = (
    1,
    1.5,
    2.2,
    3.3,
    4.7,
    5.6,
    6.8,
    8.2,
    10,
    12,
    15,
    18,
    22,
    27,
    33,
    39,
    47,
    56,
    68,
    82,
    100,
    150,
    220,
    330,
    470,
    680,
)
_COMMON = ("resistor", "capacitor", "inductor")
_LEVEL_KINDS = {1: 6, 2: 9, 3: len(KINDS)}


def draw_ladder(draw: Draw, level: int) -> Ladder:
    """A random circuit of the level."""
    branches = draw.randint(*((2, 3), (2, 4), (3, 5))[level - 1])
    spots, wires = _spots(draw, level, branches)
    source = (0 if draw.chance(0.5) else branches - 1) if level < 3 else draw.randint(0, branches - 1)
    neutral = draw.chance(0.25)
    numbers = {letter: count(1) for letter in "RCLDHSFMAVIX"}
    parts, driven = [], False
    valued = draw.chance(0.85) and not neutral
    for start, end in spots:
        if start[0] == end[0] == source and not driven:
            parts.append(_source(draw, numbers, start, end))
            driven = True
        else:
            parts.append(_part(draw, level, numbers, start, end, neutral=neutral, valued=valued))
    ladder = Ladder(branches, tuple(parts), tuple(wires), {}, neutral)
    letters = _letters(ladder) if draw.chance(0.25 + 0.15 * level) else {}
    return Ladder(branches, ladder.parts, ladder.wires, letters, neutral)


def _spots(
    draw: Draw, level: int, branches: int
) -> tuple[list[tuple[Place, Place]], list[tuple[Place, Place]]]:
    """Where parts and where wires are, from left to right; every branch has a part, so nothing is shorted."""
    spots: list[tuple[Place, Place]] = []
    wires: list[tuple[Place, Place]] = []
    for x in range(branches):
        if level == 3 and draw.chance(0.3):
            spots += [((x, 0), (x, 1)), ((x, 1), (x, 2))]
        else:
            spots.append(((x, 0), (x, 2)))
        if x + 1 < branches:
            (spots if draw.chance(0.55) else wires).append(((x, 2), (x + 1, 2)))
            bottom = spots if level > 1 and draw.chance(0.1 * level) else wires
            bottom.append(((x, 0), (x + 1, 0)))
    return spots, wires


def _source(draw: Draw, numbers: dict[str, "count[int]"], start: Place, end: Place) -> Part:
    kind = draw.pick(list(SOURCES))
    letter, unit, values = SOURCES[kind]
    return Part(kind, f"{letter}{next(numbers[letter])}", f"{draw.pick(values):g} {unit}", start, end)


def _part(
    draw: Draw,
    level: int,
    numbers: dict[str, "count[int]"],
    start: Place,
    end: Place,
    *,
    neutral: bool,
    valued: bool,
) -> Part:
    kind = draw.pick(_COMMON) if draw.chance(0.65) else draw.pick(list(KINDS)[: _LEVEL_KINDS[level]])
    letter, units = KINDS[kind]
    value = f"{draw.pick(_E):g} {draw.pick(units)}" if units and valued else ""
    letter = "X" if neutral else letter
    return Part(kind, f"{letter}{next(numbers[letter])}", value, start, end)


def _letters(ladder: Ladder) -> dict[str, Place]:
    """One letter a node, at a rail, from the left; the top rail first."""
    seen: set[Place] = set()
    places: list[Place] = []
    for height in (2, 0):
        for x in range(ladder.branches):
            node = ladder.node_of[x, height]
            if node not in seen:
                seen.add(node)
                places.append((x, height))
    return dict(zip("ABCDEFGHIJKLMN", places, strict=False))
