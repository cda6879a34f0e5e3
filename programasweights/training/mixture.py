"""Several token files as one, each as often as its share of the training asks for."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from programasweights.errors import DataError
from programasweights.training.token_file import TokenFile, TokenisedTask

__all__ = ["Drawn", "Mixture", "TaskSource"]


class TaskSource(Protocol):
    """Specs by number."""

    content: str
    """Names the data; a run goes on only with the same."""
    has_programs: bool
    """Whether discrete programs are other texts than their specs."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> TokenisedTask: ...

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of a spec and of its longest pair, for putting specs of like lengths together."""


class Mixture:
    """Token files one after the other, each repeated; which pairs of a spec are trained on is drawn anew each time."""

    def __init__(self, parts: Sequence[tuple[TokenFile, int]]) -> None:
        """Mix files.

        Args:
            parts: files, and how often an epoch goes through each.

        Raises:
            DataError: there is no file, a count below 1, or files of different tokenizers.
        """
        if not parts or any(count < 1 for _, count in parts):
            raise DataError("a mixture needs token files, each at least once in an epoch.")
        if len({file.digest for file, _ in parts}) > 1:
            raise DataError("the token files were made for different base models; prepare them for one.")
        self.content = "+".join(f"{file.content[:16]}@{count}" for file, count in parts)
        self.has_programs = any(file.has_programs for file, _ in parts)
        self._files = [file for file, count in parts for _ in range(count)]
        self._starts = np.concatenate([[0], np.cumsum([len(file) for file in self._files])])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __getitem__(self, index: int) -> TokenisedTask:
        file, place = self._find(index)
        return file[place]

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of a spec and of its longest pair."""
        file, place = self._find(index)
        return file.lengths(place)

    def _find(self, index: int) -> tuple[TokenFile, int]:
        number = int(np.searchsorted(self._starts, index, side="right")) - 1
        return self._files[number], int(index - self._starts[number])


class Drawn:
    """Some tasks of others, drawn by a seed: a larger draw holds a smaller one."""

    def __init__(self, tasks: TaskSource, count: int, *, seed: int = 0) -> None:
        """Draw `count` tasks, or all if there are no more."""
        self._tasks = tasks
        self._places = np.sort(np.random.default_rng(seed).permutation(len(tasks))[:count])
        self.content = f"{tasks.content}:{count} by {seed}"
        self.has_programs = tasks.has_programs

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> TokenisedTask:
        return self._tasks[int(self._places[index])]

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of a spec and of its longest pair."""
        return self._tasks.lengths(int(self._places[index]))
