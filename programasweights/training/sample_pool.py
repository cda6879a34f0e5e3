"""Samples of the compiler, drawn for several steps at once and used up one step after the other (PAW, stage 3).

They are kept in files beside a run's state until that state is of a later draw, so a run that was killed between two
draws goes on to the same numbers.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from programasweights.errors import DataError
from programasweights.training.objectives import Policy
from programasweights.training.prefix_model import PrefixModel
from programasweights.training.rollouts import Samples
from programasweights.training.token_file import TokenisedTask

__all__ = ["Draws", "SamplePool"]

Draws = tuple[list[TokenisedTask], np.random.Generator]
"""The tasks of a batch, and what decides all that is drawn for it."""


class SamplePool:
    """The samples of the steps from one draw to the next."""

    def __init__(self, folder: Path, policy: Policy, *, refresh: int, process: int) -> None:
        """Keep samples in files.

        Args:
            folder: of the run.
            policy: draws them.
            refresh: steps that one draw is for.
            process: number of this process; each has samples of its own.
        """
        self._folder, self._policy = folder / "samples", policy
        self._refresh, self._process = refresh, process
        self._first: int | None = None
        self._held: list[list[Samples]] = []

    def of_step(
        self, model: PrefixModel, step: int, upcoming: Callable[[int], Sequence[Sequence[Draws]]]
    ) -> list[Samples]:
        """The samples for a step's batches, drawn now if it is the first of its draw.

        Args:
            model: the compiler.
            step: steps done.
            upcoming: the batches of so many steps from this one on.

        Raises:
            DataError: the step lies between two draws, and the samples are not there.
        """
        first = step - step % self._refresh
        if first != self._first:
            self._first = first
            self._held = self._drawn(model, upcoming) if step == first else self._kept()
        return self._held[step - first]

    def forget(self, step: int) -> None:
        """Remove the files that no run needs which goes on from `step`."""
        for path in self._folder.glob(f"*-{self._process}.pt"):
            if int(path.name.partition("-")[0]) < step - step % self._refresh:
                path.unlink()

    def _drawn(
        self, model: PrefixModel, upcoming: Callable[[int], Sequence[Sequence[Draws]]]
    ) -> list[list[Samples]]:
        steps = upcoming(self._refresh)
        held = [[self._policy.draw(model, tasks, random) for tasks, random in step] for step in steps]
        if self._refresh > 1:
            self._folder.mkdir(exist_ok=True)
            part = self._path().with_suffix(".part")
            torch.save([[samples.state() for samples in step] for step in held], part)
            part.replace(self._path())
        return held

    def _kept(self) -> list[list[Samples]]:
        try:
            found = torch.load(self._path(), map_location="cpu", weights_only=True)
        except OSError as error:
            raise DataError(
                f"{self._path()} cannot be read ({error.strerror}), but the run stopped between two draws of samples; "
                "go on in as many processes as before, or start it again."
            ) from None
        return [[Samples.from_state(state) for state in step] for step in found]

    def _path(self) -> Path:
        return self._folder / f"{self._first}-{self._process}.pt"
