"""Draws one picture: a subject of the split, its questions, its worn drawing.

A picture is a pure function of the arguments and of the releases of the packages that draw (`versions`).
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from typing import cast

from programasweights.data.images.balance import Balance, choose, measure
from programasweights.data.images.marks import Drawing
from programasweights.data.images.raster import optional, png_of, wear
from programasweights.data.images.records import SPLITS, TASKS, Picture, Question
from programasweights.data.images.subject import LEVELS, Candidate, Source, Subject, Task
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError

__all__ = [
    "PACKAGES",
    "Sitting",
    "check_wanted",
    "draw_marked",
    "draw_picture",
    "sit",
    "split_of",
    "versions",
]

PACKAGES = ("matplotlib", "numpy", "pillow", "rdkit", "resvg-py", "schemdraw", "verovio")
"""Another release of one of these may change a picture's bytes."""

_TRIES = 400
_SOURCE_TRIES = 20_000
"""A source may have few lines of the split and the level."""
_SAMPLE = 300
"""Subjects over which answers are counted."""
_TRAIN_PERCENT, _VALID_PERCENT = 80, 10
_SALT = 333
"""Chosen once, among some hundred, so that no common scaffold or loop makes up much of valid or test."""


@dataclass(frozen=True)
class Sitting:
    """What a picture will show and ask, before it is drawn."""

    subject: Subject
    questions: tuple[Question, ...]
    level: int
    draw: Draw
    """Where the draws of spec and style go on."""


def draw_picture(
    task: str, seed: int, number: int, *, split: str, level: int | None = None, source: Source | None = None
) -> Picture:
    """Draw a picture.

    Args:
        task: one of `TASKS`.
        seed: of the whole data set.
        number: of the picture in it.
        split: `train`, `valid` or `test`.
        level: 1 easy to 3 as in documents; drawn for each picture where none is given.
        source: formulas or SMILES to draw from, for those tasks; the generators where none is given.

    Raises:
        DataError: there is no such task, split or level, or the source has nothing that can be drawn.
        ModuleNotFoundError: the extra `pictures` is not installed.
    """
    sitting = sit(task, seed, number, split=split, level=level, source=source)
    subject, draw = sitting.subject, sitting.draw
    return Picture(
        id=f"{task}-{split}-{seed}-{number}" + (f"-level{level}" if level else ""),
        task=task,
        split=split,
        group=subject.group,
        spec=draw.pick(_module(task).SPECS),
        png=png_of(wear(subject.render(draw, sitting.level), draw, sitting.level).picture),
        transcription=subject.transcription,
        questions=sitting.questions,
        level=sitting.level,
    )


def draw_marked(
    task: str, seed: int, number: int, *, split: str, level: int | None = None, source: Source | None = None
) -> Drawing:
    """Draw a subject without asking anything of it, with its marks where the task knows them.

    Arguments and errors are those of `draw_picture`; the pictures are others.
    """
    check_wanted(task, split, level)
    module = _module(task)
    for attempt in range(_TRIES if source is None else _SOURCE_TRIES):
        draw = Draw("marked", task, seed, number, split, level, attempt)
        mine = level or draw.pick(LEVELS)
        subject = module.draw_subject(draw, mine, source)
        if subject is not None and split_of(task, subject.group) == split:
            return wear(subject.render(draw, mine), draw, mine)
    raise _nothing_found(task, split, source)


def sit(
    task: str, seed: int, number: int, *, split: str, level: int | None = None, source: Source | None = None
) -> Sitting:
    """What `draw_picture` draws for these arguments, without its pixels; raises as it does."""
    check_wanted(task, split, level)
    module = _module(task)
    balance = _balance(task, level, source)
    for attempt in range(_TRIES if source is None else _SOURCE_TRIES):
        draw = Draw("picture", task, seed, number, split, level, attempt)
        mine = level or draw.pick(LEVELS)
        subject = module.draw_subject(draw, mine, source)
        if subject is None or split_of(task, subject.group) != split:
            continue
        questions = choose(subject.candidates(), balance, *module.QUESTIONS, draw)
        if questions:
            return Sitting(subject, tuple(questions), mine, draw)
    raise _nothing_found(task, split, source)


def _nothing_found(task: str, split: str, source: Source | None) -> DataError:
    where = source.name if source else "the generator"
    return DataError(
        f"{where} gave no picture of {task} for split {split}; name a file that holds more of it."
    )


def split_of(task: str, group: str) -> str:
    """The split of a group: it depends on the group alone, never on seed, number or level."""
    kind = "molecule" if task in ("chemical", "smiles") else task
    digest = hashlib.sha256(f"{kind} {_SALT}: {group}".encode()).digest()
    place = int.from_bytes(digest[:8], "big") % 100
    if place < _TRAIN_PERCENT:
        return "train"
    return "valid" if place < _TRAIN_PERCENT + _VALID_PERCENT else "test"


def versions() -> dict[str, str]:
    """Releases that the bytes of pictures depend on."""
    return {name: version(name) for name in ("programasweights", *PACKAGES)}


def check_wanted(task: str, split: str, level: int | None) -> None:
    """Raise DataError where there is no such task, split or level."""
    for said, found, allowed in (
        ("task", task, TASKS),
        ("split", split, SPLITS),
        ("level", level, (None, *LEVELS)),
    ):
        if found not in allowed:
            names = ", ".join(str(name) for name in allowed if name is not None)
            raise DataError(f"there is no {said} {found!r:.80}; expected one of {names}.")


_MODULES = {
    "chemical": "chemical",
    "circuit": "circuits",
    "music": "scores",
    "smiles": "smiles",
    "latex": "formulas",
}


def _module(task: str) -> Task:
    optional("resvg_py")
    return cast(Task, import_module(f"programasweights.data.images.{_MODULES[task]}"))


@lru_cache(maxsize=64)
def _balance(task: str, level: int | None, source: Source | None) -> Balance:
    """Counted over subjects of all splits, which are alike; the same for every picture of a data set."""
    module = _module(task)
    if module.QUESTIONS[1] == 1:
        return Balance({})
    return measure(_sample(module, task, level, source))


def _sample(module: Task, task: str, level: int | None, source: Source | None) -> list[list[Candidate]]:
    found: list[list[Candidate]] = []
    for number in range(_SAMPLE):
        draw = Draw("sample", task, level, number)
        subject: Subject | None = module.draw_subject(draw, level or draw.pick(LEVELS), source)
        if subject is not None:
            found.append(subject.candidates())
    return found
