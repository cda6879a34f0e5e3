"""A drawn molecule's atoms and bonds, and what can be said of it: its SMILES, its formula, its rings.

Hydrogens that are not drawn, or stand in a label such as OH, follow from the valences. Rings are aromatic by Hückel's
rule, ring by ring, in the manner of Daylight's model, which SMILES are usually written in; rings that are aromatic only
together are not found.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from programasweights.vision.readings.rings import find_rings

__all__ = ["Atom", "Bond", "Molecule", "mended"]

_VALENCES = {
    "B": (3,), "C": (4,), "N": (3,), "O": (2,), "F": (1,), "Si": (4,), "P": (3, 5), "S": (2, 4, 6), "Cl": (1,),
    "Se": (2, 4, 6), "Br": (1,), "I": (1,),
}  # fmt: skip
_BARE = frozenset(("B", "C", "N", "O", "P", "S", "F", "Cl", "Br", "I"))
"""Elements that SMILES writes without brackets."""
_LONE_PAIR = frozenset(("N", "O", "S", "Se", "P"))
"""Elements that give a ring two electrons if they have no double bond."""
_BEAR_MINUS = frozenset((("O", 1), ("N", 2), ("S", 1)))
"""Atoms at the end of a bond of this order to a positive nitrogen that bear a negative charge."""
_TAKES = frozenset(("O", "S", "N", "Se"))
"""Elements that take a carbon's electron out of a ring when they are bound to it doubly from outside."""


@dataclass(frozen=True)
class Atom:
    """A heavy atom."""

    element: str
    charge: int = 0
    """In elementary charges."""


@dataclass(frozen=True)
class Bond:
    """Two atoms' numbers, and 1, 2 or 3."""

    first: int
    second: int
    order: int


class Molecule:
    """Atoms and bonds."""

    def __init__(self, atoms: Sequence[Atom], bonds: Sequence[Bond]) -> None:
        self.atoms, self.bonds = tuple(atoms), tuple(bonds)
        self._orders = {frozenset((bond.first, bond.second)): bond.order for bond in bonds}
        self.neighbours: list[list[int]] = [[] for _ in atoms]
        for bond in bonds:
            self.neighbours[bond.first].append(bond.second)
            self.neighbours[bond.second].append(bond.first)

    @property
    def plausible(self) -> bool:
        """Whether all its atoms hang together and none has more bonds than it can."""
        known = all(self._hydrogens(number) is not None for number in range(len(self.atoms)))
        return bool(self.atoms) and known and len(self.reached(0)) == len(self.atoms)

    def reached(self, start: int) -> set[int]:
        """Atoms that hang together with one."""
        found, waiting = {start}, [start]
        while waiting:
            new = [n for n in self.neighbours[waiting.pop()] if n not in found]
            found.update(new)
            waiting += new
        return found

    @cached_property
    def rings(self) -> list[tuple[int, ...]]:
        """Atoms of each ring."""
        return find_rings(self.neighbours)

    @cached_property
    def aromatic_rings(self) -> list[tuple[int, ...]]:
        """Those with 2, 6, 10, ... electrons shared by all."""
        ring_bonds = {pair for ring in self.rings for pair in _pairs(ring)}
        return [ring for ring in self.rings if self._is_aromatic(ring, ring_bonds)]

    @property
    def formula(self) -> str:
        """In Hill's order: carbon, hydrogen, the others by their symbols; then the charge."""
        counts = Counter(atom.element for atom in self.atoms)
        counts["H"] = sum(self._hydrogens(number) or 0 for number in range(len(self.atoms)))
        first = ["C", "H"] if counts["C"] else []
        order = first + sorted(set(counts) - set(first))
        text = "".join(f"{e}{counts[e] if counts[e] > 1 else ''}" for e in order if counts[e])
        charge = sum(atom.charge for atom in self.atoms)
        sign = "+" if charge > 0 else "-"
        return text + (f"{sign}{abs(charge) if abs(charge) > 1 else ''}" if charge else "")

    @property
    def facts(self) -> str:
        """What can be counted, and the SMILES."""
        double = sum(bond.order == 2 for bond in self.bonds)
        counts = f"{len(self.rings)} rings, {len(self.aromatic_rings)} aromatic; {double} double bonds"
        return f"{self.formula}; {counts}; {self.smiles}"

    @property
    def smiles(self) -> str:
        """A SMILES; not the canonical one of any program."""
        return _Writer(self).text()

    def order(self, one: int, other: int) -> int:
        """Of the bond between two atoms."""
        return self._orders[frozenset((one, other))]

    def hydrogens(self, number: int) -> int:
        """Of an atom, by its valence."""
        return self._hydrogens(number) or 0

    def _hydrogens(self, number: int) -> int | None:
        """None where the atom has more bonds than it can, or is of an unknown element."""
        atom = self.atoms[number]
        bound = sum(self.order(number, other) for other in self.neighbours[number])
        # A positive nitrogen binds as carbon does, a negative oxygen as fluorine; boron and carbon lose a place.
        change = -abs(atom.charge) if atom.element in ("C", "B", "Si") else atom.charge
        fitting = [v + change for v in _VALENCES.get(atom.element, ()) if v + change >= bound]
        return fitting[0] - bound if fitting else None

    def _is_aromatic(self, ring: tuple[int, ...], ring_bonds: set[frozenset[int]]) -> bool:
        electrons = [self._electrons(number, ring_bonds) for number in ring]
        given = [n for n in electrons if n is not None]
        return len(given) == len(ring) and sum(given) % 4 == 2

    def _electrons(self, number: int, ring_bonds: set[frozenset[int]]) -> int | None:
        """Electrons that an atom gives a ring; None where it cannot be part of an aromatic one."""
        atom = self.atoms[number]
        double = [n for n in self.neighbours[number] if self.order(number, n) == 2]
        if any(self.order(number, n) == 3 for n in self.neighbours[number]) or len(double) > 1:
            return None
        if double:
            if frozenset((number, double[0])) in ring_bonds:
                return 1
            takes = atom.element == "C" and self.atoms[double[0]].element in _TAKES
            return 0 if takes else None
        if atom.element in _LONE_PAIR and atom.charge <= 0:
            return 2
        return 0 if atom.element == "B" else None


def mended(atoms: Sequence[Atom], bonds: Sequence[Bond]) -> Molecule:
    """The molecule that was most likely meant by what was found in a drawing.

    A bond that would give an atom more than it can have is left out, the later ones first. What does not hang together
    with most of the atoms is left out. Charges that bonds demand are put right: of nitrogen with four bonds, and of the
    oxygen or nitrogen at its side that bears the opposite one, as in nitro groups and azides.
    """
    bound = [0] * len(atoms)
    kept = []
    for bond in bonds:
        ends = (bond.first, bond.second)
        if all(bound[end] + bond.order <= _most_bonds(atoms[end]) for end in ends):
            kept.append(bond)
            for end in ends:
                bound[end] += bond.order
    charged = [_fitting(atom, total) for atom, total in zip(atoms, bound, strict=True)]
    return _balanced(_largest_part(Molecule(charged, kept)))


def _fitting(atom: Atom, bound: int) -> Atom:
    """The atom with a charge that goes with its bonds."""
    if atom.element == "N" and bound == 4:
        return replace(atom, charge=1)
    too_many = atom.charge < 0 and bound > max(_VALENCES.get(atom.element, (0,))) - 1
    return replace(atom, charge=0) if too_many else atom


def _most_bonds(atom: Atom) -> int:
    """Nitrogen takes one more when it is charged."""
    return max(_VALENCES.get(atom.element, (0,))) + (atom.element == "N")


def _largest_part(molecule: Molecule) -> Molecule:
    parts: list[set[int]] = []
    for start in range(len(molecule.atoms)):
        if not any(start in part for part in parts):
            parts.append(molecule.reached(start))
    best: set[int] = max(parts, key=len) if parts else set()
    largest = sorted(best)
    number = {old: new for new, old in enumerate(largest)}
    bonds = [Bond(number[b.first], number[b.second], b.order) for b in molecule.bonds if b.first in number]
    return Molecule([molecule.atoms[old] for old in largest], bonds)


def _balanced(molecule: Molecule) -> Molecule:
    """Without a positive charge in the whole where a neighbour of a positive nitrogen bears the negative one."""
    atoms = list(molecule.atoms)
    for number, atom in enumerate(molecule.atoms):
        if atom.element != "N" or atom.charge != 1:
            continue
        near = molecule.neighbours[number]
        if sum(a.charge for a in atoms) <= 0 or any(atoms[n].charge < 0 for n in near):
            continue
        ends = [n for n in near if len(molecule.neighbours[n]) == 1 and atoms[n].charge == 0]
        wanting = [n for n in ends if (atoms[n].element, molecule.order(number, n)) in _BEAR_MINUS]
        if wanting:
            atoms[wanting[0]] = replace(atoms[wanting[0]], charge=-1)
    return Molecule(atoms, molecule.bonds)


class _Writer:
    """Writes a SMILES along a tree of bonds; bonds outside the tree become pairs of digits."""

    def __init__(self, molecule: Molecule) -> None:
        self._molecule = molecule
        self._aromatic_bonds = {pair for ring in molecule.aromatic_rings for pair in _pairs(ring)}
        self._aromatic = {number for ring in molecule.aromatic_rings for number in ring}
        self._order: dict[int, int] = {}
        self._children: dict[int, list[int]] = {}
        self._closures: dict[int, list[int]] = {}

    def text(self) -> str:
        near = self._molecule.neighbours
        start = min(range(len(near)), key=lambda n: (len(near[n]), self._molecule.atoms[n].element != "C", n))
        self._walk(start, None)
        self._free, self._open = iter(range(1, 10_000)), dict[frozenset[int], int]()
        self._unused: list[int] = []
        return self._written(start, None)

    def _walk(self, here: int, before: int | None) -> None:
        """Decide what is a branch and what closes a ring."""
        self._order[here] = len(self._order)
        self._children[here] = []
        for there in self._molecule.neighbours[here]:
            if there == before:
                continue
            if there not in self._order:
                self._children[here].append(there)
                self._walk(there, here)
            elif self._order[there] < self._order[here]:
                self._closures.setdefault(there, []).append(here)
                self._closures.setdefault(here, []).append(there)

    def _written(self, here: int, before: int | None) -> str:
        text = ("" if before is None else self._bond(before, here)) + self._atom(here)
        for there in self._closures.get(here, ()):
            pair = frozenset((here, there))
            if pair in self._open:
                number = self._open.pop(pair)
                self._unused.append(number)
            else:
                number = self._open[pair] = self._digit()
                text += self._bond(here, there)
            text += str(number) if number < 10 else f"%{number}"
        branches = [self._written(there, here) for there in sorted(self._children[here], key=self._size)]
        return text + "".join(f"({branch})" for branch in branches[:-1]) + "".join(branches[-1:])

    def _size(self, here: int) -> int:
        """Atoms of a branch."""
        return 1 + sum(map(self._size, self._children[here]))

    def _digit(self) -> int:
        if self._unused:
            self._unused.sort()
            return self._unused.pop(0)
        return next(self._free)

    def _atom(self, number: int) -> str:
        atom, molecule = self._molecule.atoms[number], self._molecule
        symbol = atom.element.lower() if number in self._aromatic else atom.element
        hydrogens = molecule.hydrogens(number)
        bare = atom.element in _BARE and not atom.charge
        if bare and not (number in self._aromatic and atom.element != "C" and hydrogens):
            return symbol
        held = "" if not hydrogens else "H" if hydrogens == 1 else f"H{hydrogens}"
        sign = "" if not atom.charge else "+" if atom.charge > 0 else "-"
        return f"[{symbol}{held}{sign}{abs(atom.charge) if abs(atom.charge) > 1 else ''}]"

    def _bond(self, one: int, other: int) -> str:
        if frozenset((one, other)) in self._aromatic_bonds:
            return ""
        order = self._molecule.order(one, other)
        if order == 1:
            return "-" if one in self._aromatic and other in self._aromatic else ""
        return "=" if order == 2 else "#"


def _pairs(ring: tuple[int, ...]) -> list[frozenset[int]]:
    return [frozenset(pair) for pair in zip(ring, (*ring[1:], ring[0]), strict=True)]
