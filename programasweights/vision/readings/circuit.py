"""Circuits as ladders: branches between a top and a bottom rail, with parts in branches and rails.

A ladder of two branches is a loop; wires in place of parts make series and parallel connections. What is in series
and in parallel follows from the electrical nodes, not from the drawing.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

__all__ = ["KINDS", "SOURCES", "Ladder", "Part", "Place"]

Place = tuple[int, int]
"""A point of the drawing's grid: branch from the left, and height: 0 the bottom rail, 2 the top rail, 1 half way."""

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

    @property
    def netlist(self) -> str:
        """All parts with their values and nodes; nodes have their letters, or numbers where they have none."""
        lettered = {self.node_of[place]: letter for letter, place in self.letters.items()}
        nodes = sorted(set(self.node_of.values()))
        names = {node: lettered.get(node, str(number)) for number, node in enumerate(nodes)}
        lines = []
        for part in self.parts:
            start, end = (names[self.node_of[place]] for place in (part.start, part.end))
            lines.append(
                " ".join(word for word in (part.name, part.kind, part.value, f"{start}-{end}") if word)
            )
        return "; ".join(lines)
