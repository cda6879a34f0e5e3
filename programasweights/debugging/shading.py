"""How strongly parts are shown: a share of the largest drop, from -1 to 1."""

from collections.abc import Sequence

from programasweights.debugging.trace import Part

__all__ = ["shares"]

_NO_EFFECT, _LEAST_SCALE = 0.05, 0.5
"""Nats: below the first a part counts as without effect; full strength stands for no less than the second."""


def shares(parts: Sequence[Part]) -> list[float]:
    """Each part's drop as a share of the largest."""
    largest = max([_LEAST_SCALE, *(abs(part.drop) for part in parts)])
    return [part.drop / largest if abs(part.drop) >= _NO_EFFECT else 0.0 for part in parts]
