"""Patterns from strangers, matched in time linear in the text: no look-around, no backreferences."""

from collections.abc import Callable
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

__all__ = ["matcher"]


def matcher(pattern: str) -> Callable[[str], bool]:
    """Tells whether a text matches a pattern in full; the dialect is that of Rust's `regex`.

    Raises ValueError for a pattern that is not valid, too large, or not regular in the strict sense.
    """
    try:
        adapter: TypeAdapter[str] = TypeAdapter(
            Annotated[str, StringConstraints(pattern=rf"\A(?:{pattern})\z")]
        )
    except SchemaError as error:
        raise ValueError(f"the pattern {pattern!r:.100} cannot be used: {str(error)[:200]}") from error

    def matches(text: str) -> bool:
        try:
            adapter.validate_python(text)
        except ValidationError:
            return False
        return True

    return matches
