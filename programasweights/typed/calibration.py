"""How sure an output is: from the model's own scores to confidences that hold on tasks it was not fitted on.

A score is divided by a temperature before it becomes a probability, so the most probable label stays what it is. The
default temperatures were fitted on validation tasks of one compiler checkpoint, by `benchmarks/calibration.py`; what
other compilers make keeps the model's own probabilities. `benchmarks/results/calibration.json` says how far they hold.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from programasweights.program import Program

__all__ = ["CHECKPOINT", "FITTED", "RAW", "Calibration", "calibration_of", "fitted"]

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """What scores are divided by."""

    labels: float
    """For the log-probabilities of labels."""
    texts: float
    """For the log-probability of a decoded text."""

    def chances(self, scores: F64) -> F64:
        """(L,) probabilities of labels from their (L,) log-probabilities."""
        shifted = (scores - scores.max()) / self.labels
        chances = np.exp(shifted)
        return np.asarray(chances / chances.sum())

    def of_text(self, logprob: float) -> float:
        """The confidence of a decoded text."""
        return math.exp(logprob / self.texts)


CHECKPOINT = "dd75fe9be2b68813f8464ea2087016ae75b844880dd5cc4a2acb4844f34e9a10"
"""Digest of the checkpoint that the temperatures were fitted for."""
FITTED = Calibration(labels=9.78, texts=0.86)
"""As `fitted` in `benchmarks/results/calibration.json`."""
RAW = Calibration(labels=1.0, texts=1.0)
"""The model's own probabilities."""


def calibration_of(program: Program) -> Calibration:
    """The calibration that a program's confidences have by default."""
    return FITTED if program.behaviour.compiler.checkpoint == CHECKPOINT else RAW


_GRID = np.exp(np.linspace(math.log(0.25), math.log(64), 161))
_TRUST = 1.5
"""How far, as a standard deviation of its logarithm, a function's temperature is expected to lie from the default."""


def fitted(scores: Sequence[F64], right: Sequence[int], start: float) -> float:
    """The temperature under which right labels are the most probable, drawn to the default where cases are few.

    Args:
        scores: (L,) log-probabilities of the labels for each case.
        right: the place of the right label in each.
        start: the default.
    """
    losses = (np.log(_GRID / start) / _TRUST) ** 2 / 2
    for mine, place in zip(scores, right, strict=True):
        logits = (mine - mine.max())[None] / _GRID[:, None]
        losses = losses + np.log(np.exp(logits).sum(axis=1)) - logits[:, place]
    return float(_GRID[int(losses.argmin())])
