"""How probable the traced output is after other inputs and under other programs, within a budget of passes.

A pass reads one input, or evaluates the fixed part of one program.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from programasweights.debugging.subject import LabelScores, Outcome, Subject
from programasweights.errors import ContextLengthError
from programasweights.interpreter import PreparedProgram
from programasweights.program import Program

__all__ = ["Reader", "Reading"]

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reading:
    """How an output stands after an input."""

    logprob: float
    """Log-probability of the whole output: the sum over its tokens, or its share among the labels."""
    kept: bool
    """Whether it is what greedy choice gives."""


class Reader:
    """Reads the traced output after inputs, each only once, and counts passes."""

    def __init__(self, subject: Subject, outcome: Outcome) -> None:
        """Read one output of a function, which has taken a pass to come about."""
        self.passes = 1
        self._subject, self._outcome = subject, outcome
        self._known: dict[str, Reading | None] = {}
        self._scores = self._label_scores(subject.prepared)

    def knows(self, text: str) -> bool:
        """Whether an input has been read; reading it again takes no pass."""
        return text in self._known

    def read(self, text: str) -> Reading | None:
        """The output after an input; None if the input is too long."""
        if text not in self._known:
            self._known[text] = self._read(self._subject.prepared, self._scores, text)
        return self._known[text]

    def read_under(self, program: Program, text: str) -> float:
        """The output's log-probability after an input under a variant of the program; two passes."""
        prepared = self._subject.interpreter.prepare(program)
        self.passes += 1
        found = self._read(prepared, self._label_scores(prepared), text)
        assert found is not None  # variants only leave out
        return found.logprob

    def logprobs(self, text: str) -> F64:
        """(L, V) log-probabilities of every token at each of the output's L places."""
        self.passes += 1
        return self._subject.interpreter.read(self._subject.prepared, text, self._outcome.ids)

    def _label_scores(self, prepared: PreparedProgram) -> LabelScores | None:
        make = self._subject.label_scores
        return None if make is None else make(prepared)

    def _read(self, prepared: PreparedProgram, scores: LabelScores | None, text: str) -> Reading | None:
        self.passes += 1
        try:
            if scores is not None:
                return self._among_labels(scores(self._subject.interpreter.request(prepared, text)))
            found = self._subject.interpreter.read(prepared, text, self._outcome.ids)
        except ContextLengthError:
            return None
        ids = np.array(self._outcome.ids)
        mine = found[np.arange(len(ids)), ids]
        return Reading(float(mine.sum()), bool((found.argmax(axis=1) == ids).all()))

    def _among_labels(self, scores: F64) -> Reading:
        place = self._subject.labels.index(self._outcome.text)
        top = scores.max()
        share = scores[place] - top - np.log(np.exp(scores - top).sum())
        return Reading(float(share), int(scores.argmax()) == place)
