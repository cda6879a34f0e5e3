"""What is drawn, before it is drawn: its group, what can be asked of it, and how to make its picture.

Every task makes subjects; the rest (splits, balance, wear, files) is the same for all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from programasweights.data.images.marks import Drawing
from programasweights.data.images.records import Kind
from programasweights.data.oracle.draw import Draw

__all__ = ["LEVELS", "Candidate", "Source", "Subject", "Task"]

LEVELS = (1, 2, 3)


@dataclass(frozen=True)
class Candidate:
    """A question that could be asked."""

    key: str
    """Questions of one key are balanced together: their answers shall be about equally frequent."""
    kind: Kind
    texts: tuple[str, ...]
    """Wordings of the question."""
    answer: str


@dataclass(frozen=True)
class Subject:
    """One formula, molecule, circuit or melody."""

    group: str
    """Equal groups are always in one split."""
    transcription: str
    candidates: Callable[[], list[Candidate]]
    """All questions that it allows."""
    render: Callable[[Draw, int], Drawing]
    """Draws it, clean, in greys; the draw chooses font, widths and sizes, the level how far they vary."""


@dataclass(frozen=True, eq=False)
class Source:
    """Lines of a user's file, formulas or SMILES; subjects are drawn from it in place of the generator."""

    name: str
    lines: tuple[str, ...]


class Task(Protocol):
    """What every task's module offers."""

    SPECS: tuple[str, ...]
    """Words of the image spec."""
    QUESTIONS: tuple[int, int]
    """Fewest and most questions of a picture."""

    def draw_subject(self, draw: Draw, level: int, source: Source | None) -> Subject | None:
        """A subject of this level; None where the draw came to nothing."""
