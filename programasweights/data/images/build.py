"""Draws a file of pictures and says beside it how: `TASK-SPLIT.jsonl.gz` and `TASK-SPLIT.json`.

The file depends on the options and on the releases of the packages that draw, not on the number of processes.
"""

import json
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from programasweights.data.images.drawing import check_wanted, draw_picture, versions
from programasweights.data.images.records import Picture, write_pictures
from programasweights.data.images.sources import read_source
from programasweights.data.images.subject import Source
from programasweights.data.manifest import file_digest
from programasweights.errors import DataError
from programasweights.progress import Advance

__all__ = ["PictureOptions", "build"]


@dataclass(frozen=True)
class PictureOptions:
    """What to draw; raises DataError for values out of range."""

    task: str
    split: str
    count: int
    """Pictures."""
    seed: int = 0
    """Another seed gives other pictures."""
    level: int | None = None
    """1 to 3; drawn for each picture where none is given."""
    source: Path | None = None
    """File of formulas (for `latex`) or of SMILES (for `smiles` and `chemical`)."""
    workers: int = 1
    """Processes; does not change the result."""

    def __post_init__(self) -> None:
        check_wanted(self.task, self.split, self.level)
        for name, value in (("count", self.count), ("workers", self.workers)):
            if value < 1:
                raise DataError(f"{name} is {value}, but must be at least 1.")


def build(out: Path, options: PictureOptions, advance: Advance = lambda _: None) -> dict[str, Any]:
    """Draw pictures into a file of the folder `out`, replacing it; returns what is said of it.

    Raises:
        DataError: the source cannot be used.
        ModuleNotFoundError: the extra `pictures` is not installed.
    """
    source = read_source(options.source) if options.source else None
    counts: Counter[str] = Counter()
    groups: set[str] = set()
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{options.task}-{options.split}.jsonl.gz"

    def seen() -> Iterator[Picture]:
        with _drawn(options, source) as pictures:
            for picture in pictures:
                counts.update({"questions": len(picture.questions), "png_bytes": len(picture.png)})
                counts[f"level {picture.level}"] += 1
                groups.add(picture.group)
                advance(1)
                yield picture

    write_pictures(file, seen())
    said = {
        "task": options.task,
        "split": options.split,
        "seed": options.seed,
        "level": options.level,
        "source": None
        if options.source is None
        else {"name": options.source.name, "sha256": file_digest(options.source)},
        "pictures": options.count,
        "groups": len(groups),
        **dict(sorted(counts.items())),
        "sha256": file_digest(file),
        "versions": versions(),
    }
    text = json.dumps(said, indent=1, ensure_ascii=False) + "\n"
    (out / f"{options.task}-{options.split}.json").write_text(text, "utf-8")
    return said


@contextmanager
def _drawn(options: PictureOptions, source: Source | None) -> Iterator[Iterator[Picture]]:
    numbers = range(options.count)
    if options.workers == 1:
        yield (_draw(options, source, number) for number in numbers)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        options.workers, mp_context=context, initializer=_start, initargs=(options.source,)
    ) as pool:
        yield pool.map(partial(_draw_in_pool, options), numbers, chunksize=16)


_held: list[Source | None] = []
"""In a process of the pool: its source, read once."""


def _start(path: Path | None) -> None:
    _held[:] = [read_source(path) if path else None]


def _draw_in_pool(options: PictureOptions, number: int) -> Picture:
    return _draw(options, _held[0], number)


def _draw(options: PictureOptions, source: Source | None, number: int) -> Picture:
    return draw_picture(
        options.task, options.seed, number, split=options.split, level=options.level, source=source
    )
