"""From the network's maps to marks and links.

A mark is where the map of marks has a peak; two marks are linked where the map of links, half way between them, shows
a link of their direction and length. Every label has its probability, so that a reader can say how sure it is.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from programasweights.vision.marks.network import CELL, LINK_NUMBERS, MARK_NUMBERS

__all__ = ["FoundLink", "FoundMark", "find_links", "find_marks"]

F32 = npt.NDArray[np.float32]

_THERE = 0.3
"""Probability from which a mark or a link is there."""
_LENGTHS = 1.3
"""Factor by which a link may be longer or shorter than the map says."""
_TURN = np.cos(2 * np.deg2rad(20))
"""Cosine of twice the angle by which it may be turned."""
_MOST_MARKS = 400


@dataclass(frozen=True)
class FoundMark:
    """A mark on a sheet."""

    x: float
    """Sheet pixels from the left."""
    y: float
    """Sheet pixels from the top."""
    labels: tuple[str, ...]
    """What it is, and its properties."""
    probability: float
    """That it is there and that its labels are right, as the network has it."""


@dataclass(frozen=True)
class FoundLink:
    """A link between two marks."""

    first: int
    """Number of a mark."""
    second: int
    label: str
    probability: float


def find_marks(found: F32, properties: tuple[tuple[str, ...], ...]) -> list[FoundMark]:
    """The marks of a map (3 + labels, rows, columns), the surest first.

    Args:
        found: the network's map.
        properties: the labels of each property of a mark, in the map's order.
    """
    there = _probability(found[0])
    rows, columns = np.nonzero(_peaks(there) & (there >= _THERE))
    order = np.argsort(-there[rows, columns], kind="stable")[:_MOST_MARKS]
    marks = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        cell, start = found[:, row, column], MARK_NUMBERS
        labels, sure = [], float(there[row, column])
        for names in properties:
            shares = _shares(cell[start : start + len(names)])
            labels.append(names[int(shares.argmax())])
            sure *= float(shares.max())
            start += len(names)
        x, y = (column + 0.5 + float(cell[1])) * CELL, (row + 0.5 + float(cell[2])) * CELL
        marks.append(FoundMark(x, y, tuple(labels), sure))
    return marks


def find_links(found: F32, marks: list[FoundMark], names: tuple[str, ...]) -> list[FoundLink]:
    """The links of a map (4 + labels, rows, columns) between marks."""
    there = _probability(found[0])
    longest = float(np.exp(found[3][there >= _THERE].max(initial=-1.0))) * _LENGTHS
    links = []
    for (i, one), (j, other) in combinations(enumerate(marks), 2):
        across, down = (other.x - one.x) / CELL, (other.y - one.y) / CELL
        length = float(np.hypot(across, down))
        if not 0.5 < length <= longest:
            continue
        cell = _best_near(found, there, (one.x + other.x) / 2 / CELL, (one.y + other.y) / 2 / CELL)
        probability = float(_probability(cell[0]))
        if probability < _THERE or abs(float(np.log(length) - cell[3])) > np.log(_LENGTHS):
            continue
        angle, size = 2 * np.arctan2(down, across), float(np.hypot(cell[1], cell[2]))
        if cell[1] * np.cos(angle) + cell[2] * np.sin(angle) < _TURN * size:
            continue
        shares = _shares(cell[LINK_NUMBERS:])
        label = names[int(shares.argmax())]
        links.append(FoundLink(i, j, label, probability * float(shares.max())))
    return links


def _best_near(found: F32, there: F32, x: float, y: float) -> F32:
    """The surest cell of those around a place."""
    rows, columns = there.shape
    row, column = min(rows - 1, max(0, int(y))), min(columns - 1, max(0, int(x)))
    top, left = max(0, row - 1), max(0, column - 1)
    near = there[top : row + 2, left : column + 2]
    down, right = np.unravel_index(int(near.argmax()), near.shape)
    return found[:, top + int(down), left + int(right)]


def _peaks(there: F32) -> npt.NDArray[np.bool_]:
    """Cells at least as sure as all around them; of equals, the first."""
    padded = np.pad(there, 1, constant_values=-1)
    rows, columns = there.shape
    best = np.ones(there.shape, np.bool_)
    for down in range(3):
        for right in range(3):
            if (down, right) == (1, 1):
                continue
            other = padded[down : down + rows, right : right + columns]
            best &= there > other if (down, right) < (1, 1) else there >= other
    return best


def _probability(odds: F32) -> F32:
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def _shares(scores: F32) -> F32:
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()  # type: ignore[no-any-return]
