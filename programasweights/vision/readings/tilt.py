"""How far a drawing is tilted."""

import math
from collections.abc import Sequence
from itertools import combinations

__all__ = ["tilt"]

_SLOPES = [0.0] + [sign * step / 400 for step in range(1, 29) for sign in (1, -1)]
"""In pixels down for a pixel right: up to four degrees, the least first."""
_LEVEL = 1.5
"""Pixels by which what stands in a row may be off, usually."""


_MOST = 80
"""Places that are compared; of more, the first."""


def tilt(places: Sequence[tuple[float, float, int]]) -> float:
    """The slope under which most of some places are level with others of their kind.

    Args:
        places: x, y and kind, the surest first.
    """
    pairs = [
        (other[0] - one[0], other[1] - one[1])
        for one, other in combinations(places[:_MOST], 2)
        if one[2] == other[2]
    ]

    def level(slope: float) -> float:
        return sum(math.exp(-(((down - slope * right) / _LEVEL) ** 2)) for right, down in pairs)

    # of equals, the least: a slope costs a little
    return max(_SLOPES, key=lambda slope: level(slope) - abs(slope))
