"""Circuits as ladders: branches between a top and a bottom rail, with parts in branches and rails.

A ladder of two branches is a loop; wires in place of parts make series and parallel connections. What is in series
and in parallel follows from the electrical nodes, not from the drawing.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from programasweights.data.oracle.draw import Draw

__all__ = ["KINDS", "SOURCES", "Ladder", "Part", "Place", "draw_ladder"]

Place = tuple[int, int]
"""A point of the drawing's grid: branch from the left, and height: 0 the bottom rail, 2 the top rail, 1 half way."""

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
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "resistor": ("R", ("Ω", "kΩ")),
    "capacitor": ("C", ("nF", "µF")),
    "inductor": ("L", ("mH", "µH")),
    "diode": ("D", ()),
    "lamp": ("H", ()),
    "switch": ("S", ()),
    "LED": ("D", ()),
    "Zener diode": ("D", ()),
    "fuse": ("F", ()),
    "motor": ("M", ()),
    "ammeter": ("A", ()),
}
"""Kinds of parts: the letter of their names, and the units of their values."""
SOURCES: dict[str, tuple[str, str, tuple[float, ...]]] = {
    "battery": ("V", "V", (1.5, 3, 4.5, 6, 9, 12)),
    "DC voltage source": ("V", "V", (2, 3.3, 5, 8, 10, 12, 15, 18, 20, 24)),
    "AC voltage source": ("V", "V", (5, 6, 10, 12, 24, 48, 110, 120, 230)),
    "current source": ("I", "A", (0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 8)),
}
_COMMON = ("resistor", "capacitor", "inductor")
_LEVEL_KINDS = {1: 6, 2: 9, 3: len(KINDS)}


@dataclass(frozen=True)
class Part:
    """A component between two points of the grid."""

    kind: str
    name: str
    value: str
    """Such as "4.7 kΩ"; empty where none is drawn."""
    start: Place
    end: Place

    @property
    def is_source(self) -> bool:
        """Whether it drives the circuit."""
        return self.kind in SOURCES


@dataclass(frozen=True)
class Ladder:
    """A circuit: its branches, parts and wires, and the letters at some nodes."""

    branches: int
    parts: tuple[Part, ...]
    wires: tuple[tuple[Place, Place], ...]
    letters: dict[str, Place]
    neutral: bool
    """Whether names say nothing of kinds: X1, X2, ..."""

    @cached_property
    def node_of(self) -> dict[Place, Place]:
        """Of every point, the first point of its electrical node."""
        found = {place: place for part in self.parts for place in (part.start, part.end)}
        found |= {place: place for wire in self.wires for place in wire}
        for one, other in self.wires:
            low, high = sorted((found[one], found[other]))
            found = {place: low if node == high else node for place, node in found.items()}
        return found

    def nodes(self, part: Part) -> frozenset[Place]:
        """The electrical nodes that a part is connected to."""
        return frozenset((self.node_of[part.start], self.node_of[part.end]))

    @cached_property
    def ends(self) -> Counter[Place]:
        """How many ends of parts meet in each node."""
        return Counter(node for part in self.parts for node in self.nodes(part))

    def in_parallel(self, one: Part, other: Part) -> bool:
        """Whether both lie between the same two nodes."""
        return self.nodes(one) == self.nodes(other)

    def in_series(self, one: Part, other: Part) -> bool:
        """Whether one node joins them, and nothing else, or a chain of such nodes does."""
        if self.in_parallel(one, other):
            return False
        seen, new = {one.name}, [one]
        while new:
            part = new.pop()
            for node in self.nodes(part):
                for next_one in self.parts:
                    if self.ends[node] == 2 and node in self.nodes(next_one) and next_one.name not in seen:
                        seen.add(next_one.name)
                        new.append(next_one)
        return other.name in seen

    @cached_property
    def junctions(self) -> list[Place]:
        """Points where three or more lines meet."""
        lines = Counter(p for part in self.parts for p in (part.start, part.end))
        lines.update(place for wire in self.wires for place in wire)
        return sorted(place for place, meeting in lines.items() if meeting > 2)

    @property
    def structure(self) -> str:
        """What is where, without names and values; a ladder and its mirror image have the same."""

        def told(mirrored: bool) -> str:
            def turned(place: Place) -> Place:
                return (self.branches - 1 - place[0] if mirrored else place[0], place[1])

            found = [(*sorted((turned(p.start), turned(p.end))), p.kind) for p in self.parts]
            return " ".join(f"{a[0]}{a[1]}{b[0]}{b[1]}:{kind}" for a, b, kind in sorted(found))

        return min(told(False), told(True))


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
