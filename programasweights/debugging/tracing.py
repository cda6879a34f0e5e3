"""Makes a trace: shares a budget of forward passes among its parts."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from programasweights.debugging.counterfactual import find_counterfactual
from programasweights.debugging.leaving_out import input_parts, program_parts, slot_parts, whole_parts
from programasweights.debugging.reading import Reader
from programasweights.debugging.subject import Subject
from programasweights.debugging.trace import Step, Trace
from programasweights.errors import InputError, SpecError
from programasweights.lm.engine import Engine

__all__ = ["LEAST_PASSES", "MOST_PASSES", "traced"]

LEAST_PASSES, MOST_PASSES = 32, 100_000
_OTHERS = 4
_FIXED = 9
"""For the function's own run, the tokens, the output, and three parts left out as a whole."""
_INPUT, _PROGRAM, _SLOTS = 0.35, 0.15, 0.25
"""Shares of the rest; what they leave is the counterfactual's."""


def traced(subject: Subject, text: str, *, passes: int = 160) -> Trace:
    """Trace what a function says to one input.

    Args:
        subject: the function.
        text: the input.
        passes: most forward passes, 32 or more; the more, the finer the pieces and the longer the search.

    Raises:
        InputError: the input is not text.
        ContextLengthError: the input is too long for the interpreter's context.
        SpecError: the budget is not usable.
    """
    _check_passes(passes)
    if not isinstance(text, str):
        raise InputError(
            f"trace was given a {type(text).__name__}, but explains answers to text alone: it leaves out words of it."
        )
    program = subject.prepared.program
    outcome = subject.outcome(text)
    reader = Reader(subject, outcome)
    steps = _steps(subject.interpreter.engine, reader.logprobs(text), outcome.ids)
    read = reader.read(text)
    assert read is not None  # the function has just run on it
    base, rest = read.logprob, passes - _FIXED
    inputs, pieces = input_parts(reader, text, base, int(_INPUT * rest))
    programs = program_parts(reader, program, text, base, int(_PROGRAM * rest))
    slots = slot_parts(reader, program, text, base, int(_SLOTS * rest))
    wholes = whole_parts(reader, program, text, base)
    nearest = find_counterfactual(subject, reader, outcome, text, (inputs, pieces), passes - reader.passes)
    return Trace(
        program_id=program.id,
        input=text,
        output=outcome.text,
        logprob=base,
        steps=tuple(steps),
        input_parts=tuple(inputs),
        program_parts=tuple(programs),
        slot_parts=tuple(slots),
        whole_parts=tuple(wholes),
        counterfactual=nearest,
        passes=reader.passes,
    )


def _steps(engine: Engine, logprobs: npt.NDArray[np.float64], ids: tuple[int, ...]) -> list[Step]:
    texts = _token_texts(engine, ids)
    steps = []
    for mine, token, text in zip(logprobs, ids, texts, strict=True):
        best = np.argsort(-mine, kind="stable")[: _OTHERS + 1]
        others = [(_token_texts(engine, [int(k)])[0], float(np.exp(mine[k]))) for k in best if k != token]
        steps.append(Step(text, float(np.exp(mine[token])), tuple(others[:_OTHERS])))
    return steps


def _token_texts(engine: Engine, ids: tuple[int, ...] | list[int]) -> list[str]:
    """Each token's text, characters of several tokens with the last of them."""
    ends = [engine.tokenizer.decode(ids[:place]) for place in range(len(ids) + 1)]
    ends = [text.rstrip("\ufffd") if place < len(ids) else text for place, text in enumerate(ends)]
    found = []
    for token, (before, after) in zip(ids, pairwise(ends), strict=True):
        control = "<end>" if token in engine.end_ids else "<control>"
        found.append(control if token in engine.tokenizer.control_ids else after[len(before) :])
    return found


def _check_passes(passes: int) -> None:
    if type(passes) is not int or not LEAST_PASSES <= passes <= MOST_PASSES:
        raise SpecError(
            f"passes is {passes!r}, but must be a whole number from {LEAST_PASSES} to {MOST_PASSES}."
        )
