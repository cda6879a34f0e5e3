"""What is traced: a program, and how a function gets its outputs from it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from programasweights.interpreter import Interpreter, PreparedProgram
from programasweights.lm.decoding import Request, complete

__all__ = ["LabelScores", "Outcome", "Subject", "free_subject"]

LabelScores = Callable[[Request], npt.NDArray[np.float64]]
"""The (L,) log-probabilities of L labels as answers to one input."""


@dataclass(frozen=True)
class Outcome:
    """What a function says to one input."""

    text: str
    """The output."""
    ids: tuple[int, ...]
    """Its tokens, and the token that ended it, if one did."""


@dataclass(frozen=True)
class Subject:
    """A function as the tracer sees it."""

    interpreter: Interpreter
    prepared: PreparedProgram
    outcome: Callable[[str], Outcome]
    """What the function says to an input."""
    labels: tuple[str, ...] = ()
    """All outputs, if the set is closed; an output's probability is then its share among them."""
    label_scores: Callable[[PreparedProgram], LabelScores] | None = None
    """Scores the labels under a variant of the program; there if `labels` are."""


def free_subject(interpreter: Interpreter, prepared: PreparedProgram) -> Subject:
    """A function that decodes greedily, any text."""

    def outcome(text: str) -> Outcome:
        engine = interpreter.engine
        [(_, found)] = complete(engine, [interpreter.request(prepared, text)])
        end = (engine.chat.end_id(engine.tokenizer, engine.end_ids),)
        ids = found.ids + end if found.finish_reason == "end" else found.ids
        return Outcome(interpreter.text(prepared, found.ids), ids)

    return Subject(interpreter, prepared, outcome)
