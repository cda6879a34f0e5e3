"""Texts with pictures among them: what a spec is made of, and what a function may be given.

Knows of a picture only what tells it from others, so that nothing here needs a library of pictures.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from programasweights.errors import InputError

__all__ = ["Given", "Mixed", "Picture", "joined", "known_input", "mixed_input", "named_input", "pieces"]


@runtime_checkable
class Picture(Protocol):
    """What is known of a picture; `paw.Image` is one."""

    @property
    def digest(self) -> str:
        """sha256 of its size and pixels."""

    @property
    def pixels(self) -> Any:
        """(height, width, 3) numbers from 0 to 255."""

    def __hash__(self) -> int:
        """By content."""


Given = str | Picture | Sequence[str | Picture]
"""What a function may be given: a text, a picture, or texts and pictures."""

Mixed = tuple[str, tuple[tuple[int, Picture], ...]]
"""A text, and pictures with the number of characters of the text that stand before each."""


def joined(parts: Sequence[str | Picture]) -> Mixed:
    """Texts and pictures as one text with places; texts are joined with a space where there is no white space."""
    text, pictures = "", []
    for part in parts:
        if isinstance(part, str):
            apart = not text or not part or text[-1].isspace() or part[0].isspace()
            text += part if apart else f" {part}"
        else:
            pictures.append((len(text), part))
    return text, tuple(pictures)


def pieces(text: str, pictures: Sequence[tuple[int, Picture]]) -> list[str | Picture]:
    """A text cut where pictures stand, with them in between; empty pieces are left out."""
    found: list[str | Picture] = []
    start = 0
    for place, picture in pictures:
        found += [text[start:place], picture]
        start = place
    return [piece for piece in [*found, text[start:]] if not isinstance(piece, str) or piece]


def known_input(given: object, number: int) -> str | tuple[str | Picture, ...]:
    """An input as a value that can be compared: a text, or texts and pictures.

    Args:
        given: what a caller passed.
        number: what an error calls it by.

    Raises:
        InputError: it is none.
    """
    if isinstance(given, str):
        return given
    parts = tuple(given) if isinstance(given, list | tuple) else (given,)
    if all(isinstance(part, str | Picture) for part in parts) and not all(isinstance(p, str) for p in parts):
        return parts
    raise InputError(
        f"input {number} is a {type(given).__name__}, but must be a string, or a picture (paw.Image) or a list of "
        "pictures and strings. Convert it first."
    )


def mixed_input(given: object, number: int) -> Mixed:
    """An input as one text and the pictures in it.

    Raises:
        InputError: it is none, or its text is not valid.
    """
    known = known_input(given, number)
    text, pictures = (known, ()) if isinstance(known, str) else joined(known)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"input {number} is not valid Unicode text: {error.reason} at {error.start}."
        ) from None
    return text, pictures


def named_input(known: str | tuple[str | Picture, ...]) -> str:
    """A text that stands for an input; a text for itself, anything else under a hash of its content."""
    if isinstance(known, str):
        return known
    digest = hashlib.sha256()
    for part in known:
        kind, content = ("text", part) if isinstance(part, str) else ("picture", part.digest)
        raw = content.encode("utf-8", "surrogatepass")
        digest.update(f"{kind} {len(raw)} ".encode() + raw)
    return digest.hexdigest()
