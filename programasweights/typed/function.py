"""A function whose outputs are values of a type: f(x), f.map, f.predict."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from programasweights.checks.cases import Cases, as_cases
from programasweights.checks.report import TestReport
from programasweights.checks.running import run_cases
from programasweights.composition import Composable
from programasweights.debugging import Outcome, Subject, Trace, traced
from programasweights.errors import OutputError, SpecError
from programasweights.functions import Explanation, Function
from programasweights.inputs import Given
from programasweights.interpreter import PreparedProgram
from programasweights.lm.decoding import Request, Sampling
from programasweights.program import Program
from programasweights.records import Gatherer, Progress, ResultCache, Work, map_in_threads, mapped
from programasweights.typed.calibration import Calibration, calibration_of, fitted
from programasweights.typed.labels import Labels
from programasweights.typed.types import OutputType, output_type
from programasweights.typed.ways import ClosedOutputs, OpenOutputs, Output

__all__ = ["Fallback", "Prediction", "TypedFunction"]

T = TypeVar("T")

Fallback = Callable[[Any], Any]
"""Takes an input and gives a value."""


@dataclass(frozen=True)
class Prediction(Generic[T]):
    """A value and how sure the program is of it."""

    value: T
    """The most probable label, or what greedy decoding gives."""
    text: str
    """The output that the value was read from."""
    confidence: float
    """From 0 to 1, calibrated: the label's probability among all labels, or that of the decoded text under its mask; 0
    for a text that the token limit cut off."""
    alternatives: tuple[tuple[T, float], ...]
    """Other values with theirs, the most probable first: all other labels, or what drawing a few outputs found."""
    abstained: bool
    """Whether the confidence is below the function's threshold."""


class TypedFunction(Composable, Generic[T]):
    """A program bound to an interpreter and to a type. Safe to call from several threads."""

    def __init__(
        self,
        function: Function,
        returns: object,
        *,
        abstain_below: float | None = None,
        fallback: Fallback | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        """Bind a function to a type.

        Args:
            function: gives the texts.
            returns: the type of the values.
            abstain_below: confidence from 0 to 1 below which a call gives the fallback's value, or None without one.
            fallback: called with the input where the function abstains, and where an output does not pass the type's
                own checks.
            calibration: what turns scores into confidences; by default what was fitted on validation tasks.

        Raises:
            SpecError: there is no way to produce values of the type, or an option is not usable.
        """
        _check_options(abstain_below, fallback)
        self.type: OutputType = output_type(returns)
        self.untyped, self._returns = function, returns
        self._abstain_below, self._fallback = abstain_below, fallback
        self.calibration = calibration or calibration_of(function.program)
        kind = ClosedOutputs if self.type.labels else OpenOutputs
        self._ways: ClosedOutputs | OpenOutputs = kind(function, self.type, self.calibration)

    @property
    def id(self) -> str:
        """The program's id; the type is not part of it."""
        return self.untyped.id

    @property
    def program(self) -> Program:
        """The program."""
        return self.untyped.program

    @property
    def returns(self) -> object:
        """The type, as the user named it."""
        return self.type.source

    @property
    def abstain_below(self) -> float | None:
        """Confidence below which it abstains."""
        return self._abstain_below

    @property
    def fallback(self) -> Fallback | None:
        """What gives the value where it abstains."""
        return self._fallback

    def __call__(self, text: Given) -> T:
        """The value for one input: the fallback's, or None without one, if the function abstains.

        Raises:
            InputError: the input is not text.
            ContextLengthError: the input is too long for the interpreter's context.
            OutputError: the output does not pass checks of the type that a grammar cannot state, and there is no
                fallback.
        """
        return self.map([text])[0]

    def map(
        self,
        texts: Iterable[Given],
        *,
        progress: Progress = False,
        cache: str | Path | ResultCache | None = None,
    ) -> list[T]:
        """The values for many inputs, in order: each the same as when called alone; raises as a call does.

        Args:
            texts: the inputs; equal ones are run once. None is run if one is refused.
            progress: True shows a bar on stderr; a function is called with the rows done and the number of rows.
            cache: a file that keeps outputs and confidences, not what a fallback gave, between runs and processes.

        Raises:
            DataError: the cache's file cannot be used.
        """
        rows = mapped(self._work, texts, progress=progress, cache=cache, whole=True)
        return [self._value(text, found) for text, found in rows]

    def imap(
        self,
        texts: Iterable[Given],
        *,
        progress: Progress = False,
        cache: str | Path | ResultCache | None = None,
    ) -> Iterator[T]:
        """As `map`, for any number of inputs: gives values as they come, reads a few thousand inputs ahead.

        An input that cannot be run raises when its turn comes. Of a great many inputs, equal ones that stand far apart
        may be run again.
        """
        rows = mapped(self._work, texts, progress=progress, cache=cache)
        return (self._value(text, found) for text, found in rows)

    async def acall(self, text: Given) -> T:
        """The value for one input, as a call gives it; calls that wait at the same time are run together."""
        return await self._gatherer.call(text)

    async def amap(
        self,
        texts: Iterable[Given],
        *,
        progress: Progress = False,
        cache: str | Path | ResultCache | None = None,
    ) -> list[T]:
        """As `map`, in a thread."""
        rows = mapped(self._work, texts, progress=progress, cache=cache, whole=True)
        return await map_in_threads(self._value(text, found) for text, found in rows)

    def predict(self, text: Given) -> Prediction[T]:
        """The value for one input with its confidence and alternatives, whatever the threshold and the fallback.

        Raises:
            InputError: the input is not text.
            ContextLengthError: the input is too long for the interpreter's context.
            OutputError: the output does not pass checks of the type that a grammar cannot state.
        """
        best, *others = self._ways.candidates(self._requests([text])[0])
        alternatives: list[tuple[T, float]] = []
        for output in others:
            value = self._parsed(output.text)
            if value is not None and output.text != best.text:
                alternatives.append((value[0], output.confidence))
        return Prediction(
            value=self.type.parse(best.text),
            text=best.text,
            confidence=best.confidence,
            alternatives=tuple(alternatives),
            abstained=self._abstains(best.confidence),
        )

    def calibrate(self, cases: Cases) -> "TypedFunction[T]":
        """The same function, its confidences fitted to cases of its own; its values stay what they are.

        Args:
            cases: (input, right value) pairs or `Case` records that are not among the function's examples; some twenty
                are enough to see whether it is too sure.

        Raises:
            SpecError: the type has no labels, or a right value is none of them.
            DataError: there are no cases, or one is not usable.
            InputError: an input is not text.
        """
        if not isinstance(self._ways, ClosedOutputs):
            raise SpecError(
                f"calibrate takes bool, Literal and Enum, but the type is {self.type.name}; compare its confidences "
                "within the function."
            )
        labelled = [(case.input, self._label(case.expected)) for case in as_cases(cases)]
        scores = [self._ways.scores(request) for request in self._requests([text for text, _ in labelled])]
        places = [self.type.labels.index(label) for _, label in labelled]
        temperature = fitted(scores, places, calibration_of(self.program).labels)
        return TypedFunction(
            self.untyped,
            self._returns,
            abstain_below=self._abstain_below,
            fallback=self._fallback,
            calibration=replace(self.calibration, labels=temperature),
        )

    def sample(self, texts: Iterable[Given], *, seed: int, temperature: float = 1.0) -> list[T]:
        """Values that are drawn at a temperature, before threshold and fallback; see `Function.sample`.

        Raises:
            InputError: an input is not text.
            ContextLengthError: an input is too long for the interpreter's context.
            OutputError: an output does not pass checks of the type that a grammar cannot state.
        """
        drawn = Sampling(temperature=temperature, seed=seed)
        requests = [replace(request, sampling=drawn) for request in self._requests(list(texts))]
        return [self.type.parse(found.text) for found in self._ways.outputs(requests)]

    def test(self, cases: Cases) -> TestReport:
        """Run cases, (input, expected) pairs or `Case` records, and say which passed; see docs/testing.md.

        What is expected may be a value or its text.

        Raises:
            DataError: there are no cases, or one is not usable.
        """
        return run_cases(self, [replace(c, expected=self._expected(c.expected)) for c in as_cases(cases)])

    def trace(self, text: str, *, passes: int = 160) -> Trace:
        """Why it says what it says to one input, before threshold and fallback; see `Function.trace`.

        Args:
            text: the input.
            passes: most forward passes to spend, 32 or more; see docs/debugging.md.

        Raises:
            InputError: the input is not text.
            ContextLengthError: the input is too long for the interpreter's context.
            SpecError: the budget is not usable.
        """
        return traced(self._subject(), text, passes=passes)

    def dump(self, path: str | Path) -> Path:
        """Write the program, without the type, to a `.paw` file; returns the path."""
        return self.untyped.dump(path)

    def explain(self) -> Explanation:
        """What the program holds, and how large it is."""
        return self.untyped.explain()

    def __repr__(self) -> str:
        return (
            f"<TypedFunction {self.id[:12]} -> {self.type.name}: {self.program.behaviour.spec.text[:60]!r}>"
        )

    def _requests(self, texts: Sequence[Given]) -> list[Request]:
        interpreter, prepared = self.untyped.interpreter, self.untyped.prepared
        return [interpreter.request(prepared, text, number) for number, text in enumerate(texts)]

    def __deepcopy__(self, _memo: object) -> "TypedFunction[T]":
        """The function itself: nothing about it changes."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """What it is made of; the type and the fallback must be known by name to a process that takes it."""
        return _typed, (
            self.untyped,
            self._returns,
            self._abstain_below,
            self._fallback,
            self.calibration,
        )

    @cached_property
    def _work(self) -> Work[Output]:
        interpreter = self.untyped.interpreter
        decides = [
            interpreter.engine.model.recipe.key,
            self.type.labels,
            self.type.grammar,
            astuple(self.calibration),
            self._abstain_below is None,
        ]
        return Work(
            run=self._outputs,
            check=partial(interpreter.check, self.untyped.prepared),
            scope=f"{self.id} {json.dumps(decides)}",
            write=lambda found: json.dumps([found.text, found.confidence]),
            read=lambda kept: Output(*json.loads(kept)),
        )

    @cached_property
    def _gatherer(self) -> Gatherer[T]:
        return Gatherer(self.map)

    def _outputs(self, texts: Sequence[Given]) -> list[Output]:
        requests = self._requests(texts)
        if isinstance(self._ways, ClosedOutputs) and self._abstain_below is None:
            return self._ways.best(requests)
        return self._ways.outputs(requests)

    def _subject(self) -> Subject:
        """The function as the tracer sees it, before threshold and fallback."""
        interpreter, labels = self.untyped.interpreter, self.type.labels
        tokenizer = interpreter.engine.tokenizer
        end = interpreter.engine.chat.end_id(tokenizer, interpreter.engine.end_ids)

        def outcome(text: str) -> Outcome:
            [found] = self._outputs([text])
            return Outcome(found.text, (*tokenizer.text_ids(found.text), end))

        def label_scores(prepared: PreparedProgram) -> Callable[[Request], npt.NDArray[np.float64]]:
            return Labels(interpreter, prepared, labels).scores

        return Subject(interpreter, self.untyped.prepared, outcome, labels, label_scores if labels else None)

    def _abstains(self, confidence: float) -> bool:
        return self._abstain_below is not None and confidence < self._abstain_below

    def _value(self, text: Given, found: Output) -> Any:
        if self._abstains(found.confidence):
            return None if self._fallback is None else self._fallback(text)
        if self._fallback is None:
            return self.type.parse(found.text)
        value = self._parsed(found.text)
        return self._fallback(text) if value is None else value[0]

    def _label(self, wanted: object) -> str:
        [(_, text)] = self.type.written([("", wanted)])
        return text

    def _expected(self, wanted: object) -> object:
        """The value that a test expects; what is none of the type, such as a fallback's, stays as it is."""
        try:
            return self.type.parse(wanted if isinstance(wanted, str) else self.type.write(wanted))
        except (OutputError, SpecError):
            return wanted

    def _parsed(self, text: str) -> tuple[Any] | None:
        try:
            return (self.type.parse(text),)
        except OutputError:
            return None


def _typed(
    function: Function,
    returns: object,
    abstain_below: float | None,
    fallback: Fallback | None,
    calibration: Calibration,
) -> TypedFunction[Any]:
    return TypedFunction(
        function, returns, abstain_below=abstain_below, fallback=fallback, calibration=calibration
    )


def _check_options(abstain_below: float | None, fallback: Fallback | None) -> None:
    if abstain_below is not None and (
        isinstance(abstain_below, bool)
        or not isinstance(abstain_below, int | float)
        or not 0 <= abstain_below <= 1
    ):
        raise SpecError(f"abstain_below is {abstain_below!r}, but must be a number from 0 to 1.")
    if fallback is not None and not callable(fallback):
        raise SpecError(f"fallback is {fallback!r:.100}, but must be a function of the input.")
