"""One program as a function, for commands that cannot take a bundle of several."""

from pathlib import Path
from typing import Any

from programasweights import api
from programasweights.functions import Function
from programasweights.typed import TypedFunction

__all__ = ["single_function"]


def single_function(
    program: str | Path, *, returns: object = None, server: str | None = None
) -> Function | TypedFunction[Any]:
    """The function; takes and raises what `api.function` does.

    Raises:
        PawFileError: the file holds a bundle.
    """
    found = api.function(api.load(program, server=server), returns=returns)
    assert isinstance(found, Function | TypedFunction)
    return found
