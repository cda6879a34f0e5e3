"""Drawn sheets with their marks, kept in memory and in one file.

sheets     uint8, ink from none to the most, all sheets one after the other
sizes      (N, 2) rows and columns of each
said       JSON: marks and links of each
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from programasweights.data.images import TASKS
from programasweights.data.images.drawing import draw_marked
from programasweights.data.images.marks import Drawing
from programasweights.progress import Advance
from programasweights.training.marks.config import MarkTraining
from programasweights.vision.marks.sheet import STRONGEST, sheet_of

__all__ = ["MarkedSheet", "drawn_sheets", "load_sheets", "save_sheets"]

_STEPS = 255 / STRONGEST
"""Levels of ink from paper to what counts as ink."""


@dataclass(frozen=True)
class MarkedSheet:
    """A sheet, and what is to be found on it."""

    ink: npt.NDArray[np.uint8]
    """(height, width)."""
    marks: tuple[tuple[float, float, tuple[str, ...]], ...]
    """Place on the sheet in pixels, and labels."""
    links: tuple[tuple[int, int, str], ...]
    """Numbers of two marks, and a label."""

    def numbers(self) -> npt.NDArray[np.float32]:
        """The ink as the network reads it."""
        return self.ink.astype(np.float32) / np.float32(_STEPS)


def marked_sheet(drawing: Drawing) -> MarkedSheet:
    """The sheet of a drawing."""
    grey = np.asarray(drawing.picture.convert("L"))
    sheet = sheet_of(np.repeat(grey[:, :, None], 3, axis=2))
    marks = (
        ((m.x - sheet.left) * sheet.scale, (m.y - sheet.top) * sheet.scale, m.labels) for m in drawing.marks
    )
    ink = (sheet.ink * _STEPS + 0.5).astype(np.uint8)
    return MarkedSheet(ink, tuple(marks), tuple((k.first, k.second, k.label) for k in drawing.links))


def drawn_sheets(
    config: MarkTraining, split: str, count: int, *, workers: int, advance: Advance
) -> list[MarkedSheet]:
    """Draw sheets of the task, for training some of others among them; the same for every number of workers."""
    others = [task for task in TASKS if _kind(task) != _kind(config.task)]
    step = round(1 / config.others) if config.others and split == "train" else 0
    jobs = [
        (others[(n // step) % len(others)] if step and n % step == step - 1 else config.task, n)
        for n in range(count)
    ]
    work = partial(_drawn, config.task, config.seed, split)
    if workers == 1:
        return list(_counted(map(work, jobs), advance))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(_counted(pool.map(work, jobs, chunksize=32), advance))


def save_sheets(path: Path, sheets: Sequence[MarkedSheet]) -> None:
    """Write sheets whole or not at all."""
    marks = [[list(mark) for mark in sheet.marks] for sheet in sheets]
    said = json.dumps({"marks": marks, "links": [sheet.links for sheet in sheets]})
    part = path.with_suffix(".part.npz")
    np.savez(
        part,
        sheets=np.concatenate([sheet.ink.ravel() for sheet in sheets]),
        sizes=np.array([sheet.ink.shape for sheet in sheets]),
        said=np.frombuffer(said.encode(), np.uint8),
    )
    part.replace(path)


def load_sheets(path: Path) -> list[MarkedSheet]:
    """Read what `save_sheets` wrote."""
    with np.load(path) as file:
        ink, sizes, said = file["sheets"], file["sizes"].tolist(), json.loads(file["said"].tobytes())
    found, start = [], 0
    for (rows, columns), marks, links in zip(sizes, said["marks"], said["links"], strict=True):
        sheet = ink[start : start + rows * columns].reshape(rows, columns)
        found.append(
            MarkedSheet(
                sheet, tuple((x, y, tuple(labels)) for x, y, labels in marks), tuple(map(tuple, links))
            )
        )
        start += rows * columns
    return found


def _drawn(task: str, seed: int, split: str, job: tuple[str, int]) -> MarkedSheet:
    drawn, number = job
    sheet = marked_sheet(draw_marked(drawn, seed, number, split=split))
    return sheet if drawn == task else MarkedSheet(sheet.ink, (), ())


def _kind(task: str) -> str:
    """What is drawn: two tasks draw molecules."""
    return "molecule" if task in ("chemical", "smiles") else task


def _counted(items: Iterator[Any], advance: Advance) -> Iterator[Any]:
    for item in items:
        advance(1)
        yield item
