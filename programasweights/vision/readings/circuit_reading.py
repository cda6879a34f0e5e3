"""A drawn ladder circuit from its parts and the characters of its texts.

Upright parts stand in columns, parts that lie across in the rails between two columns; where none lies, there is a
wire. Characters make lines; a line belongs to the part that is nearest, and a single letter to the nearest end of a
column, unless a part stands nearer.
"""

import re
from collections.abc import Sequence
from itertools import count, pairwise
from statistics import mean, median

from programasweights.vision.readings.circuit import KINDS, SOURCES, Ladder, Part, Place

__all__ = ["CircuitMark", "read_circuit"]

CircuitMark = tuple[float, float, tuple[str, ...]]
"""Place on the sheet, and labels: "part", kind and "up" or "across"; or "text" and a character."""

_SAID = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>[knmµ]?[A-ZΩ])|(?P<name>[A-Z](?:[1-9]\d(?![\d.]*[knmµ]?[A-ZΩ])|\d))|(?P<letter>[A-N])"
)
"""A value, a name, or the letter of a node. Texts of neighbours may run into each other: "R268nF" is R2 and 68 nF."""
_PITCH = 2.4
"""Widths of a character by which the next one of a line is away at most."""
_LEVEL = 0.7
"""Widths of a character by which it may be higher or lower."""

Text = tuple[float, float, re.Match[str]]
"""Middle of a text, and what it says."""


def read_circuit(marks: Sequence[CircuitMark]) -> Ladder | None:
    """The circuit that marks make up; None where there are no two columns."""
    uprights = [(x, y, labels[1]) for x, y, labels in marks if _is_part(labels, "up")]
    columns = _columns(uprights)
    if len(columns) < 2:
        return None
    spots, wires = _spots(
        columns, [(x, y, labels[1]) for x, y, labels in marks if _is_part(labels, "across")]
    )
    characters = [(x, y, labels[1]) for x, y, labels in marks if labels[0] == "text" and len(labels[1]) == 1]
    texts = _texts(characters, [(x, y) for x, y, _ in uprights])
    own: list[list[re.Match[str]]] = [[] for _ in spots]
    letters: dict[str, Place] = {}
    corners = _corners(columns)
    for x, y, said in texts:
        if said["letter"]:
            letters.setdefault(said["letter"], min(corners, key=lambda place: _far(corners[place], (x, y))))
        else:
            own[min(range(len(spots)), key=lambda n: _far(spots[n][:2], (x, y)))].append(said)
    names = _names([kind for _, _, kind, _, _ in spots], own)
    parts = [
        Part(kind, name, _value(there), start, end)
        for (_, _, kind, start, end), name, there in zip(spots, names, own, strict=True)
    ]
    return Ladder(len(columns), tuple(parts), tuple(wires), dict(sorted(letters.items())), False)


def _is_part(labels: tuple[str, ...], direction: str) -> bool:
    return labels[0] == "part" and labels[1] in (*KINDS, *SOURCES) and labels[2] == direction


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)


Upright = tuple[float, float, str]
"""Place and kind."""


def _columns(uprights: Sequence[Upright]) -> list[list[Upright]]:
    """Upright parts that stand above each other, from the left; those of a column from below."""
    found: list[list[Upright]] = []
    for part in sorted(uprights):
        above = found and abs(part[0] - found[-1][-1][0]) < 0.6 * abs(part[1] - found[-1][-1][1])
        if above and len(found[-1]) < 2:
            found[-1].append(part)
        else:
            found.append([part])
    return [sorted(column, key=lambda part: -part[1]) for column in found]


Spot = tuple[float, float, str, Place, Place]
"""Place on the sheet, kind, and both ends on the grid."""


def _spots(
    columns: Sequence[Sequence[Upright]], across: Sequence[Upright]
) -> tuple[list[Spot], list[tuple[Place, Place]]]:
    """Parts and wires, column by column: upright ones from below, then what lies in the top and in the bottom rail."""
    spots: list[Spot] = []
    wires: list[tuple[Place, Place]] = []
    middles = [(mean(x for x, *_ in column), mean(y for _, y, _ in column)) for column in columns]
    for number, column in enumerate(columns):
        heights = [0, 2] if len(column) == 1 else [0, 1, 2]
        for (x, y, kind), low, high in zip(column, heights, heights[1:], strict=False):
            spots.append((x, y, kind, (number, low), (number, high)))
        if number + 1 == len(columns):
            break
        (x0, y0), (x1, y1) = middles[number], middles[number + 1]
        between = [part for part in across if x0 < part[0] < x1]
        for height in (2, 0):
            there = [part for part in between if (part[1] < (y0 + y1) / 2) is (height == 2)]
            ends = (number, height), (number + 1, height)
            if there:
                spots.append((*there[0], *ends))
            else:
                wires.append(ends)
    return spots, wires


def _corners(columns: Sequence[Sequence[Upright]]) -> dict[Place, tuple[float, float]]:
    """About where the ends of columns are: as far above and below their middles as columns are high."""
    found: dict[Place, tuple[float, float]] = {}
    steps = [column[0][1] - column[-1][1] for column in columns if len(column) == 2]
    gaps = [b[0][0] - a[0][0] for a, b in pairwise(columns)]
    reach = mean(steps) if steps else 0.45 * mean(gaps)
    for number, column in enumerate(columns):
        x, y = mean(part[0] for part in column), mean(part[1] for part in column)
        found |= {(number, 0): (x, y + reach), (number, 2): (x, y - reach)}
    return found


def _texts(
    characters: Sequence[tuple[float, float, str]], uprights: Sequence[tuple[float, float]]
) -> list[Text]:
    """Values, names and letters in the lines that characters make; no line goes through an upright part."""
    if not characters:
        return []
    gaps = [
        min((_far(one[:2], other[:2]) for other in characters if other is not one), default=64.0)
        for one in characters
    ]
    width = max(3.0, median(gaps) ** 0.5)
    lines: list[list[tuple[float, float, str]]] = []
    for character in sorted(characters):
        x, y, _ = character
        fitting = [
            line
            for line in lines
            if 0 < x - line[-1][0] <= _PITCH * width
            and abs(y - line[-1][1]) <= _LEVEL * width
            and not any(line[-1][0] < px < x and abs(py - y) < 2 * width for px, py in uprights)
        ]
        if fitting:
            min(fitting, key=lambda line: abs(y - line[-1][1])).append(character)
        else:
            lines.append([character])
    found = []
    for line in lines:
        for said in _SAID.finditer("".join(character for *_, character in line)):
            part = line[said.start() : said.end()]
            found.append((mean(x for x, *_ in part), mean(y for _, y, _ in part), said))
    return found


def _names(kinds: Sequence[str], texts: Sequence[Sequence[re.Match[str]]]) -> list[str]:
    """The name beside each part; one that has none gets the next of its kind's letter."""
    found = [next((said["name"] for said in there if said["name"]), "") for there in texts]
    usual = {kind: letter for kind, (letter, *_) in (KINDS | SOURCES).items()}
    for place, kind in enumerate(kinds):
        if not found[place]:
            free = (f"{usual[kind]}{number}" for number in count(1))
            found[place] = next(name for name in free if name not in found)
    return found


def _value(texts: Sequence[re.Match[str]]) -> str:
    return next((f"{said['number']} {said['unit']}" for said in texts if said["number"]), "")
