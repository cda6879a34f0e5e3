"""The stages that a pipeline is made of. Each takes many values at once and gives as many, each as if it were alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

from programasweights.composition.checks import Check
from programasweights.composition.values import as_text
from programasweights.errors import InputError, OutputError
from programasweights.program import Program

__all__ = [
    "Call",
    "Constant",
    "Draw",
    "Map",
    "Pipe",
    "Plain",
    "ProgramFunction",
    "Require",
    "Stage",
    "Switch",
    "Temperatures",
    "TypedProgramFunction",
]

MOST_RETRIES: Final = 100


@dataclass(frozen=True)
class Draw:
    """How outputs are drawn where the most probable one is not wanted."""

    seed: int
    temperature: float


@runtime_checkable
class ProgramFunction(Protocol):
    """A function of text that a program computes."""

    @property
    def program(self) -> Program:
        """The program."""

    def map(self, texts: Iterable[str]) -> list[Any]:
        """The outputs for many inputs."""

    def sample(self, texts: Iterable[str], *, seed: int, temperature: float) -> list[Any]:
        """Outputs that are drawn; the same seed gives the same."""


class Temperatures(Protocol):
    """What scores are divided by before they become confidences."""

    @property
    def labels(self) -> float:
        """Scores of labels."""

    @property
    def texts(self) -> float:
        """Scores of decoded texts."""


@runtime_checkable
class TypedProgramFunction(ProgramFunction, Protocol):
    """One whose outputs are values of a type."""

    @property
    def returns(self) -> object:
        """The type, as the user named it."""

    @property
    def abstain_below(self) -> float | None:
        """Confidence below which it abstains."""

    @property
    def calibration(self) -> Temperatures:
        """How it comes to its confidences."""

    @property
    def fallback(self) -> Callable[[str], Any] | None:
        """What gives its value then."""


class Stage(Protocol):
    """Values in, as many values out."""

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:
        """The outputs for these values; programs draw theirs if told to."""


@dataclass(frozen=True)
class Call:
    """A function of text that a program computes."""

    function: ProgramFunction

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:
        """The function's outputs."""
        texts = [as_text(value) for value in values]
        if draw is None:
            return self.function.map(texts)
        return self.function.sample(texts, seed=draw.seed, temperature=draw.temperature)


@dataclass(frozen=True)
class Plain:
    """Any Python function of one value."""

    function: Callable[[Any], Any]

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:  # noqa: ARG002  # Python does not draw
        """The function's values."""
        return [self.function(value) for value in values]


@dataclass(frozen=True)
class Constant:
    """The same text for any value."""

    value: str

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:  # noqa: ARG002  # there is nothing to draw
        """The text for each."""
        return [self.value] * len(values)


@dataclass(frozen=True)
class Pipe:
    """Stages one after the other."""

    stages: tuple[Stage, ...]

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:
        """The last stage's outputs."""
        found = list(values)
        for stage in self.stages:
            found = stage.run(found, draw)
        return found


@dataclass(frozen=True)
class Map:
    """A stage for each item of a list."""

    stage: Stage

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:
        """A list of outputs for each list of items; all items run together."""
        for value in values:
            if not isinstance(value, list | tuple):
                raise InputError(
                    f"a map stage was given a {type(value).__name__}, but takes a list. Put a stage before it that "
                    "gives one, such as a function with returns=list[str]."
                )
        rest = iter(self.stage.run([item for value in values for item in value], draw))
        return [[next(rest) for _ in value] for value in values]


@dataclass(frozen=True)
class Switch:
    """A stage whose output names the stage that gets the input."""

    on: Stage
    cases: Mapping[str, Stage]
    default: Stage | None

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:
        """The chosen stages' outputs; raises OutputError for an output that names none if there is no default."""
        labels = [as_text(found) for found in self.on.run(values, draw)]
        chosen = [label if label in self.cases else None for label in labels]
        outputs: list[Any] = [None] * len(values)
        for label in dict.fromkeys(chosen):
            places = [place for place, mine in enumerate(chosen) if mine == label]
            stage = self.default if label is None else self.cases[label]
            if stage is None:
                raise OutputError(
                    f"a switch got {labels[places[0]]!r:.100}, which is none of {list(self.cases)!r:.200}; give it a "
                    "default."
                )
            found = stage.run([values[place] for place in places], draw)
            for place, output in zip(places, found, strict=True):
                outputs[place] = output
        return outputs


@dataclass(frozen=True)
class Require:
    """A stage whose output is checked; a refused one is drawn anew a few times, and then replaced."""

    stage: Stage
    check: Check
    retries: int
    temperature: float
    fallback: Stage | None

    def run(self, values: Sequence[Any], draw: Draw | None) -> list[Any]:
        """Outputs that pass, or the fallback's; raises OutputError for one that does not if there is no fallback."""
        outputs: list[Any] = list(values)
        waiting = list(range(len(values)))
        for attempt in range(self.retries + 1):
            found = self._attempts([values[place] for place in waiting], self._draw(draw, attempt))
            refused = []
            for place, answers in zip(waiting, found, strict=True):
                if answers and self.check(answers[0]):
                    outputs[place] = answers[0]
                else:
                    refused.append((place, answers))
            waiting = [place for place, _ in refused]
            if not waiting:
                return outputs
        if self.fallback is None:
            place, answers = refused[0]
            said = repr(answers[0]) if answers else "nothing of its type"
            raise OutputError(
                f"the output for {values[place]!r:.100} is required to be {self.check}, but after {self.retries} "
                f"retries it is {said:.100}. Give a fallback, or retry more often."
            )
        instead = self.fallback.run([values[place] for place in waiting], draw)
        for place, output in zip(waiting, instead, strict=True):
            outputs[place] = output
        return outputs

    def _draw(self, outer: Draw | None, attempt: int) -> Draw | None:
        """Every attempt of every attempt around it has a seed of its own."""
        if attempt == 0:
            return outer
        return Draw((0 if outer is None else outer.seed) * (MOST_RETRIES + 1) + attempt, self.temperature)

    def _attempts(self, values: list[Any], draw: Draw | None) -> list[tuple[Any, ...]]:
        """The output for each value, or nothing where the stage itself refuses it."""
        try:
            return [(output,) for output in self.stage.run(values, draw)]
        except OutputError:
            if len(values) == 1:
                return [()]
            return [found for value in values for found in self._attempts([value], draw)]
