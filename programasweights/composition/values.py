"""What flows between stages: any value, which a function of text gets as text."""

from enum import Enum
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from programasweights.errors import InputError

__all__ = ["as_text"]


def as_text(value: Any) -> str:
    """A value as the text that a function gets: strings as they are, labels by their names, anything else as JSON.

    Raises:
        InputError: the value has no JSON form.
    """
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, str) else value.name
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    try:
        return to_json(value, by_alias=True).decode()
    except (PydanticSerializationError, ValueError) as error:
        raise InputError(
            f"a stage gave a {type(value).__name__}, which the next function cannot take as text: {error}."
        ) from error
