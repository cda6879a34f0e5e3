"""What the network's maps should be, for a batch of sheets. B sheets, maps of R rows and C columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from programasweights.training.marks.pictures import MarkedSheet
from programasweights.vision.marks.network import CELL

__all__ = ["Labels", "MarkBatch", "Places", "labels_of", "mark_batch"]

_SPREAD = 0.7
"""Cells: how near to a mark a cell is half forgiven for taking it for its own."""
_NEAR = 0.9
"""Cells: up to this far from a mark a cell says what the mark is."""


@dataclass(frozen=True)
class Labels:
    """Names by number."""

    properties: tuple[tuple[str, ...], ...]
    """Of marks, for each property."""
    links: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Marks, or middles of links, on the cells."""

    there: torch.Tensor
    """(B, R, C): 1 in the cell of each, less around it."""
    cells: torch.Tensor
    """(K, 3) sheet, row and column of the cells that say what is there."""
    numbers: torch.Tensor
    """(K, numbers) what they say: places, or direction and length."""
    labels: torch.Tensor
    """(K, properties) numbers of labels; -1 where a mark lacks a property, or has a label that nothing else has."""

    def to(self, device: torch.device) -> "Places":
        """On a device."""
        return Places(**{name: value.to(device) for name, value in vars(self).items()})


@dataclass(frozen=True)
class MarkBatch:
    """Sheets and targets."""

    ink: torch.Tensor
    """(B, 1, H, W)."""
    marks: Places
    links: Places

    def to(self, device: torch.device) -> "MarkBatch":
        """On a device."""
        return MarkBatch(self.ink.to(device), self.marks.to(device), self.links.to(device))


def labels_of(sheets: Sequence[MarkedSheet]) -> Labels:
    """All labels that occur."""
    slots = max((len(labels) for sheet in sheets for *_, labels in sheet.marks), default=0)
    properties = [
        tuple(sorted({labels[slot] for sheet in sheets for *_, labels in sheet.marks if len(labels) > slot}))
        for slot in range(slots)
    ]
    links = sorted({label for sheet in sheets for *_, label in sheet.links})
    return Labels(tuple(properties), tuple(links))


def mark_batch(sheets: Sequence[MarkedSheet], labels: Labels) -> MarkBatch:
    """The batch of some sheets, each at the top left of a sheet that holds the largest."""
    height, width = (max(sheet.ink.shape[axis] for sheet in sheets) for axis in (0, 1))
    ink = np.zeros((len(sheets), 1, height, width), np.float32)
    for row, sheet in zip(ink, sheets, strict=True):
        row[0, : sheet.ink.shape[0], : sheet.ink.shape[1]] = sheet.numbers()
    size = height // CELL, width // CELL
    marks = [_marks(sheet, labels) for sheet in sheets]
    links = [_links(sheet, labels) for sheet in sheets]
    return MarkBatch(torch.from_numpy(ink), _placed(marks, size, moving=True), _placed(links, size))


Spots = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.int64]]
"""Places (K, 2) in cells, numbers (K, n), labels (K, properties)."""


def _marks(sheet: MarkedSheet, labels: Labels) -> Spots:
    places = np.array([(x, y) for x, y, _ in sheet.marks], np.float32).reshape(-1, 2) / np.float32(CELL)
    slots = len(labels.properties)
    known = np.full((len(places), slots), -1, np.int64)
    for row, (*_, own) in zip(known, sheet.marks, strict=True):
        for slot, label in enumerate(own):
            if label in labels.properties[slot]:
                row[slot] = labels.properties[slot].index(label)
    return places, np.zeros((len(places), 0), np.float32), known


def _links(sheet: MarkedSheet, labels: Labels) -> Spots:
    count = len(sheet.links)
    ends = np.array([[sheet.marks[n][:2] for n in (i, j)] for i, j, _ in sheet.links], np.float32).reshape(
        count, 2, 2
    )
    across, down = ((ends[:, 1] - ends[:, 0]) / CELL).T
    angle = 2 * np.arctan2(down, across)
    length = np.log(np.maximum(np.hypot(across, down), 0.1))
    numbers = np.stack([np.cos(angle), np.sin(angle), length], axis=1).astype(np.float32)
    known = [labels.links.index(label) if label in labels.links else -1 for *_, label in sheet.links]
    middles = (ends.mean(axis=1) / CELL).astype(np.float32)
    return middles, numbers, np.array(known, np.int64).reshape(count, 1)


def _placed(spots: Sequence[Spots], size: tuple[int, int], *, moving: bool = False) -> Places:
    """Spots on cells; `moving` cells also say how far off they are."""
    there = np.zeros((len(spots), *size), np.float32)
    cells, numbers, labels = [], [], []
    for sheet, (places, own, known) in enumerate(spots):
        taken: dict[tuple[int, int], tuple[float, int]] = {}
        for spot, (x, y) in enumerate(places.tolist()):
            for row in range(max(0, int(y) - 2), min(size[0], int(y) + 3)):
                for column in range(max(0, int(x) - 2), min(size[1], int(x) + 3)):
                    far = float(np.hypot(column + 0.5 - x, row + 0.5 - y))
                    inside = (row, column) == (int(y), int(x))
                    near = 1.0 if inside else float(np.exp(-(far**2) / (2 * _SPREAD**2)))
                    there[sheet, row, column] = max(there[sheet, row, column], near)
                    if (inside or far < _NEAR) and far < taken.get((row, column), (9.0, 0))[0]:
                        taken[row, column] = far, spot
        for (row, column), (_, spot) in taken.items():
            cells.append((sheet, row, column))
            move = (places[spot] - (column + 0.5, row + 0.5)) if moving else own[spot]
            numbers.append(move)
            labels.append(known[spot])
    count = len(cells)
    return Places(
        torch.from_numpy(there),
        torch.tensor(cells, dtype=torch.int64).reshape(count, 3),
        torch.from_numpy(np.array(numbers, np.float32).reshape(count, -1 if count else 0)),
        torch.from_numpy(np.array(labels, np.int64).reshape(count, -1 if count else 0)),
    )
