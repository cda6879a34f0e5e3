"""Rings of a small graph."""

from collections import deque
from collections.abc import Mapping, Sequence

__all__ = ["find_rings"]

Bond = frozenset[int]


def find_rings(neighbours: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The rings that are not made of shorter ones, each as its atoms in order (Vismara 1997, relevant cycles).

    Candidates are those that consist of shortest paths from an atom to both ends of a bond (Horton 1987).

    Args:
        neighbours: of each atom, their numbers.
    """
    bonds = sorted({tuple(sorted((i, j))) for i, near in enumerate(neighbours) for j in near})
    bit = {frozenset(bond): 1 << number for number, bond in enumerate(bonds)}
    candidates: dict[int, tuple[int, ...]] = {}
    for start in range(len(neighbours)):
        paths = _shortest_paths(neighbours, start)
        for one, other in bonds:
            if one not in paths or other not in paths:
                continue
            there, back = paths[one], paths[other]
            if set(there) & set(back) == {start} and len(there) + len(back) > 3:
                ring = (*there, *reversed(back[1:]))
                candidates[_bits(ring, bit)] = ring
    found: list[tuple[int, ...]] = []
    shorter: dict[int, int] = {}
    by_length = sorted(candidates.items(), key=lambda item: (len(item[1]), item[0]))
    lengths = sorted({len(ring) for ring in candidates.values()})
    for length in lengths:
        alike = [(bits, ring) for bits, ring in by_length if len(ring) == length]
        found += [ring for bits, ring in alike if _rest(bits, shorter)]
        for bits, _ in alike:
            if rest := _rest(bits, shorter):
                shorter[rest.bit_length()] = rest
    return found


def _bits(ring: tuple[int, ...], bit: Mapping[Bond, int]) -> int:
    return sum(bit[frozenset(pair)] for pair in zip(ring, (*ring[1:], ring[0]), strict=True))


def _rest(bits: int, basis: Mapping[int, int]) -> int:
    """What is left of a set of bonds when sets of the basis are taken out; 0 if it is made of them."""
    while bits and bits.bit_length() in basis:
        bits ^= basis[bits.bit_length()]
    return bits


def _shortest_paths(neighbours: Sequence[Sequence[int]], start: int) -> dict[int, tuple[int, ...]]:
    paths: dict[int, tuple[int, ...]] = {start: (start,)}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in neighbours[here]:
            if there not in paths:
                paths[there] = (*paths[here], there)
                waiting.append(there)
    return paths
