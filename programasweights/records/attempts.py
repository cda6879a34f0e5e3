"""Runs a batch of which some inputs may be refused: each gets its answer or its error."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from programasweights.errors import InputError, OutputError

__all__ = ["attempt"]

A = TypeVar("A")

_REFUSALS: tuple[type[Exception], ...] = (InputError, OutputError)


def attempt(
    run: Callable[[Sequence[Any]], Sequence[A]],
    texts: Sequence[Any],
    errors: tuple[type[Exception], ...] = _REFUSALS,
) -> list[A | Exception]:
    """The answers to some inputs, or why there is none to an input.

    Args:
        run: raises for a whole batch; it is then asked for its halves.
        texts: the inputs.
        errors: what is taken for an answer; anything else is raised.
    """
    try:
        return list(run(texts))
    except errors as error:
        if len(texts) == 1:
            return [error]
    half = len(texts) // 2
    return attempt(run, texts[:half], errors) + attempt(run, texts[half:], errors)
