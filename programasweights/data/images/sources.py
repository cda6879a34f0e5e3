"""Formulas and SMILES from files that the user names: one a line, `.gz` or not."""

import gzip
from pathlib import Path

from programasweights.data.images.subject import Source
from programasweights.errors import DataError

__all__ = ["read_source"]

_MOST = 200_000_000
"""Characters that are read of a file."""


def read_source(path: Path) -> Source:
    """The lines of a file that are not empty.

    What is no formula or no SMILES is found when pictures are drawn, and passed over.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: it is empty, too large, or no text.
    """
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as file
        ):
            text = file.read(_MOST + 1)
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise DataError(f"{path} is no text file: {error}; expected a formula or a SMILES a line.") from None
    if len(text) > _MOST:
        raise DataError(f"{path} has more than {_MOST:,} characters; name a shorter one.")
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not lines:
        raise DataError(f"{path} holds no line; expected a formula or a SMILES a line.")
    return Source(path.name, lines)
