"""Ways to find the outputs of a typed function, each with its confidence: labels are scored, all else is decoded."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from programasweights.functions import Function
from programasweights.lm.decoding import Completion, Request, Sampling, complete
from programasweights.typed.calibration import Calibration
from programasweights.typed.labels import Labels
from programasweights.typed.masking import Grammar
from programasweights.typed.types import OutputType

__all__ = ["ClosedOutputs", "OpenOutputs", "Output"]

_SAMPLES = 4
"""Outputs that are drawn to find alternatives to a decoded one."""


@dataclass(frozen=True)
class Output:
    """A text that the type allows."""

    text: str
    confidence: float


class ClosedOutputs:
    """Outputs of a closed set: the most probable label."""

    def __init__(self, function: Function, kind: OutputType, calibration: Calibration) -> None:
        self._texts, self._calibration = kind.labels, calibration
        self._labels = Labels(function.interpreter, function.prepared, kind.labels)

    def outputs(self, requests: Sequence[Request]) -> list[Output]:
        return [
            self._drawn(request) if request.sampling.temperature else self.candidates(request)[0]
            for request in requests
        ]

    def best(self, requests: Sequence[Request]) -> list[Output]:
        """The same texts in less time, with nan for the confidence of a label that was not drawn."""
        return [
            self._drawn(request)
            if request.sampling.temperature
            else Output(self._texts[self._labels.best(request)], math.nan)
            for request in requests
        ]

    def _drawn(self, request: Request) -> Output:
        """A label drawn from their distribution, as a token is drawn."""
        sampling = request.sampling
        scores = self._labels.scores(request) / sampling.temperature
        chances = np.exp(scores - scores.max())
        random = np.random.Generator(np.random.Philox(sampling.seed))
        place = int(np.searchsorted(np.cumsum(chances) / chances.sum(), random.random()))
        return Output(self._texts[place], float(chances[place] / chances.sum()))

    def scores(self, request: Request) -> npt.NDArray[np.float64]:
        """(L,) log-probabilities of the labels."""
        return self._labels.scores(request)

    def candidates(self, request: Request) -> list[Output]:
        scores = self.scores(request)
        chances = self._calibration.chances(scores)
        order = np.argsort(-scores, kind="stable")
        return [Output(self._texts[place], float(chances[place])) for place in order]


class OpenOutputs:
    """Outputs of an open set: what decoding gives, masked by the type's grammar if it has one."""

    def __init__(self, function: Function, kind: OutputType, calibration: Calibration) -> None:
        self._function, self._calibration = function, calibration
        limit = function.program.behaviour.generation.max_new_tokens
        engine = function.interpreter.engine
        self._grammar = (
            None
            if kind.grammar is None
            else Grammar(engine, kind.grammar, max_new_tokens=limit, name=kind.name)
        )

    def outputs(self, requests: Sequence[Request]) -> list[Output]:
        found = [Output("", 0.0)] * len(requests)
        masked = [self._masked(request) for request in requests]
        for index, completion in complete(self._function.interpreter.engine, masked):
            found[index] = self._output(completion)
        return found

    def candidates(self, request: Request) -> list[Output]:
        drawn = [request, *(_sampled(request, seed) for seed in range(_SAMPLES))]
        best, *others = self.outputs(drawn)
        unlike = {output.text: output for output in others if output.text != best.text}
        return [best, *sorted(unlike.values(), key=lambda output: (-output.confidence, output.text))]

    def _masked(self, request: Request) -> Request:
        if self._grammar is None:
            return request
        cursor = self._grammar.cursor()
        return replace(request, allowed=cursor.allowed, stop=cursor.is_done)

    def _output(self, completion: Completion) -> Output:
        function = self._function
        if self._grammar is None:
            text = function.interpreter.text(function.prepared, completion.ids)
            return Output(text, self._calibration.of_text(completion.logprob))
        ids, whole = self._grammar.finished(completion.ids)
        text = function.interpreter.engine.tokenizer.decode(ids)
        return Output(text, self._calibration.of_text(completion.logprob) if whole else 0.0)


def _sampled(request: Request, seed: int) -> Request:
    return replace(request, sampling=Sampling(temperature=1.0, seed=seed))
