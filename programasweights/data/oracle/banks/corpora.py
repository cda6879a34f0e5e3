"""Real texts from a folder that the user names; families that need them are left out without it.

messy/usaddress-labeled.jsonl.gz, messy/probablepeople-person_labeled.jsonl.gz   {"text", "tags": [[tag, part]]}
logs/loghub.jsonl.gz                                                              {"system", "raw", "Level", ...}
"""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError

__all__ = ["NAMES", "attempts", "available", "row", "use"]

NAMES: dict[str, str] = {
    "addresses": "messy/usaddress-labeled.jsonl.gz",
    "people": "messy/probablepeople-person_labeled.jsonl.gz",
    "logs": "logs/loghub.jsonl.gz",
}
"""Corpora, with the file of each within the folder."""

_folder: Path | None = None


def use(folder: Path | None) -> None:
    """Read corpora from this folder from now on; None for no corpora.

    Raises:
        DataError: the folder holds none of the corpora.
    """
    global _folder
    if folder is not None and not any((folder / file).is_file() for file in NAMES.values()):
        raise DataError(f"{folder} holds none of {', '.join(NAMES.values())}; see docs/data.md.")
    _folder = folder
    _rows.cache_clear()


def available(name: str) -> bool:
    """Whether there is a folder, and this corpus in it."""
    return _folder is not None and (_folder / NAMES[name]).is_file()


def row(draw: Draw, name: str) -> dict[str, Any]:
    """A row of a corpus."""
    return draw.pick(_rows(name))


def attempts(name: str) -> Iterator[None]:
    """Turns for finding a fitting row of a corpus; after a thousand, DataError."""
    yield from repeat(None, 1000)
    raise DataError(f"the corpus {name!r} holds too few rows of the kinds that are needed; see docs/data.md.")


@cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    if _folder is None:
        raise DataError(f"the corpus {name!r} needs a folder of corpora; see docs/data.md.")
    with gzip.open(_folder / NAMES[name], "rt", encoding="utf-8") as file:
        return tuple(json.loads(line) for line in file)
