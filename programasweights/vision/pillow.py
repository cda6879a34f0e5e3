"""Pillow, which only those need who use pictures."""

from typing import Any

__all__ = ["pillow"]


def pillow() -> Any:
    """The module PIL.Image.

    Raises:
        ModuleNotFoundError: Pillow is not installed.
    """
    try:
        from PIL import Image
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "pictures need Pillow: pip install 'programasweights[images]'", name="PIL"
        ) from None
    return Image
