"""The verbs of composition, and what they give: a pipeline, which is called like a function."""

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict, Unpack

from programasweights.composition.checks import check_of
from programasweights.composition.page import describe
from programasweights.composition.saving import to_bundle
from programasweights.composition.stages import (
    MOST_RETRIES,
    Call,
    Constant,
    Map,
    Pipe,
    Plain,
    ProgramFunction,
    Require,
    Stage,
    Switch,
)
from programasweights.errors import InputError, SpecError
from programasweights.program import Bundle, save_bundle

__all__ = ["Composable", "Pipeline", "RequireOptions", "joined", "map", "require", "switch"]


class RequireOptions(TypedDict, total=False):
    """Keywords of `require`."""

    regex: str | None
    one_of: Iterable[str] | None
    json: bool
    retries: int
    temperature: float
    fallback: object


class Composable:
    """What functions and pipelines have in common: they can be checked and put together."""

    def require(
        self, predicate: Callable[[Any], Any] | None = None, **options: Unpack[RequireOptions]
    ) -> "Pipeline":
        """Check every output: it is drawn anew a few times if it does not pass, then replaced by the fallback.

        Exactly one check is given: `predicate`, `regex`, `one_of` or `json`.

        Args:
            predicate: a Python function of the output; true lets it pass. A pipeline with one cannot be saved.
            options: `regex`, a pattern that the output's text must match in full, in the dialect of Rust's `regex`;
                `one_of`, the texts that it may be; `json=True`; `retries`, 0 to 100, by default 3, with the seeds 1, 2
                and so on; `temperature` of these draws, by default 0.8; `fallback`: what runs on the input when no
                output passes, a function or a text, without which that is an OutputError.

        Raises:
            SpecError: an option is not usable.
        """
        return require(self, predicate, **options)

    def __or__(self, other: object) -> "Pipeline":
        """`f | g`: g gets what f gives; see docs/composition.md."""
        return joined(self, other)

    def __ror__(self, other: object) -> "Pipeline":
        return joined(other, self)


class Pipeline(Composable):
    """Functions put together. Safe to call from several threads if its Python functions are."""

    def __init__(self, stage: Stage) -> None:
        """Wrap a stage; use `f | g`, `paw.map`, `paw.switch` or `require` to make one."""
        self._stage = stage

    @property
    def stage(self) -> Stage:
        """What it does."""
        return self._stage

    @property
    def bundle(self) -> Bundle:
        """It as a value that can be saved.

        Raises:
            ProgramError: a part cannot be saved: a Python function, or a type that is not plain.
        """
        return to_bundle(self._stage)

    @property
    def id(self) -> str:
        """The bundle's id: sha256 of all that decides its behaviour; raises as `bundle`."""
        return self.bundle.id

    def __call__(self, value: Any) -> Any:
        """The output for one input.

        Raises:
            InputError: a stage gets what it cannot take.
            OutputError: an output is not what was required, or names no case of a switch, and nothing is left to try.
        """
        return self._stage.run([value], None)[0]

    def map(self, values: Iterable[Any]) -> list[Any]:
        """The outputs for many inputs, in order: each the same as when called alone; raises as a call does."""
        if isinstance(values, str):
            raise InputError(
                "map takes many inputs, but was given one string; call the function, or pass a list."
            )
        return self._stage.run(list(values), None)

    def dump(self, path: str | Path) -> Path:
        """Write it to one `.paw` file, programs and all, replacing it if it exists; raises as `bundle`."""
        save_bundle(self.bundle, path)
        return Path(path)

    def explain(self) -> str:
        """What it is made of, as a readable page; raises as `bundle`."""
        return describe(self.bundle)

    def __repr__(self) -> str:
        return f"<Pipeline {_words(self._stage)}>"


def joined(first: object, second: object) -> Pipeline:
    """`first | second`: the second gets what the first gives."""
    stages: list[Stage] = []
    for part in (first, second):
        stage = _stage(part)
        stages += stage.stages if isinstance(stage, Pipe) else [stage]
    return Pipeline(Pipe(tuple(stages)))


def map(function: object) -> Pipeline:  # paw.map
    """A stage that takes a list and gives the list of what `function` gives for each item.

    Raises:
        SpecError: it is neither a function nor a text.
    """
    return Pipeline(Map(_stage(function)))


def switch(function: object, cases: Mapping[str, object], *, default: object = None) -> Pipeline:
    """A stage that lets one function choose which other one gets the input.

    Args:
        function: its output, as text, names the case.
        cases: output -> what runs on the input then: a function, a pipeline, or a text that is the answer.
        default: what runs if no case is named; without it that is an OutputError.

    Raises:
        SpecError: a part is neither a function nor a text, or there is no case.
    """
    if not isinstance(cases, Mapping) or not cases or not all(isinstance(label, str) for label in cases):
        raise SpecError(f"cases is {cases!r:.200}, but must map one text or more to functions.")
    stages = {label: _stage(case) for label, case in cases.items()}
    return Pipeline(Switch(_stage(function), stages, None if default is None else _stage(default)))


def require(
    function: object,
    predicate: Callable[[Any], Any] | None = None,
    *,
    regex: str | None = None,
    one_of: Iterable[str] | None = None,
    json: bool = False,
    retries: int = 3,
    temperature: float = 0.8,
    fallback: object = None,
) -> Pipeline:
    """A function whose outputs are checked, with exactly one check.

    Args:
        function: gives the outputs.
        predicate: a Python function of the output; true lets it pass.
        regex: a pattern that the output's text must match in full, in the dialect of Rust's `regex`.
        one_of: the texts that it may be.
        json: whether it must be JSON.
        retries: how often an output that does not pass is drawn anew, with the seeds 1, 2 and so on; 0 to 100.
        temperature: how freely it is drawn, above 0 and at most 10.
        fallback: what runs on the input when no output passes: a function, a pipeline, or a text that is the answer.

    Raises:
        SpecError: an option is not usable.
    """
    check = check_of(predicate, regex, one_of, json=json)
    if type(retries) is not int or not 0 <= retries <= MOST_RETRIES:
        raise SpecError(f"retries is {retries!r}, but must be a whole number from 0 to {MOST_RETRIES}.")
    if not isinstance(temperature, int | float) or not (math.isfinite(temperature) and 0 < temperature <= 10):
        raise SpecError(f"temperature is {temperature!r}, but must be a number above 0 and at most 10.")
    instead = None if fallback is None else _stage(fallback)
    return Pipeline(Require(_stage(function), check, retries, float(temperature), instead))


def _stage(part: object) -> Stage:
    if isinstance(part, Pipeline):
        return part.stage
    if isinstance(part, ProgramFunction):
        return Call(part)
    if isinstance(part, str):
        return Constant(part)
    if callable(part):
        return Plain(part)
    raise SpecError(f"{part!r:.100} is no stage: expected a function, a pipeline or a text.")


def _words(stage: Stage) -> str:
    match stage:
        case Call():
            return stage.function.program.id[:12]
        case Constant():
            return repr(stage.value)
        case Plain():
            return getattr(stage.function, "__qualname__", repr(stage.function))
        case Pipe():
            return " | ".join(_words(part) for part in stage.stages)
        case Map():
            return f"map({_words(stage.stage)})"
        case Switch():
            return f"switch({_words(stage.on)}, {', '.join(stage.cases)})"
        case Require():
            return f"require({_words(stage.stage)}, {stage.check})"
    raise AssertionError(stage)
