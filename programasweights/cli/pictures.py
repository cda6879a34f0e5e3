"""Pictures that commands take with `--image`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programasweights.vision import Image

__all__ = ["with_images"]


def with_images(text: str | None, paths: Sequence[Path] | None) -> "str | list[str | Image]":
    """A text, and the pictures behind it if there are any.

    Raises:
        ImageError: a file is no picture that can be read.
        ModuleNotFoundError: there are pictures, but Pillow is not installed.
    """
    if not paths:
        return text or ""
    from programasweights.vision import Image

    images = [Image(path) for path in paths]
    return [text, *images] if text else [*images]
