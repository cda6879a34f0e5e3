"""The tiny model of the typed room's tests."""

from tests.typed.conftest import tiny_folder, tiny_name

__all__ = ["tiny_folder", "tiny_name"]
