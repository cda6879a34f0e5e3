"""Checks that nothing of the test splits is in the training split.

Four ways to leak are looked for: the same spec, the same request of a family in other words, a held-out family,
and (against other suites) the same input text.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from programasweights.data.near_duplicates import normal_spec
from programasweights.data.records import Record, read_records

__all__ = ["Leak", "find_leaks", "find_shared_inputs"]

_TESTS = ("valid", "test-spec", "test-family")
_SHORT_INPUT = 40
"""Inputs shorter than this may be equal by chance."""


@dataclass(frozen=True)
class Leak:
    """Something that two splits share and must not."""

    kind: str
    """`spec`, `request`, `family` or `input`."""
    where: tuple[str, str]
    """The two splits or suites."""
    what: str
    """The text or name that they share."""


def find_leaks(folder: Path) -> list[Leak]:
    """Leaks between the splits of a built data set.

    Raises:
        FileNotFoundError: a split's file is missing.
        DataError: a file is damaged.
    """
    seen: dict[str, dict[bytes, str]] = {"spec": {}, "request": {}, "family": {}}
    for name, keys in _keys(read_records(folder / "train.jsonl.gz")):
        for kind, key in keys.items():
            seen[kind].setdefault(_short(key), name)
    leaks = []
    for split in _TESTS:
        for _, keys in _keys(read_records(folder / f"{split}.jsonl.gz")):
            if split != "test-family":
                keys.pop("family")
            leaks += [
                Leak(kind, ("train", split), key) for kind, key in keys.items() if _short(key) in seen[kind]
            ]
    return leaks


def find_shared_inputs(train: Iterable[Record], suite: Iterable[Record], name: str) -> list[Leak]:
    """Inputs of a test suite that are inputs in training data too, letter case and punctuation aside."""
    known = {_short(normal) for r in train if len(normal := _normal_input(r.input)) >= _SHORT_INPUT}
    return [
        Leak("input", ("train", name), record.input)
        for record in suite
        if len(normal := _normal_input(record.input)) >= _SHORT_INPUT and _short(normal) in known
    ]


def _keys(records: Iterable[Record]) -> Iterable[tuple[str, dict[str, str]]]:
    """For the first record of each spec: its task, and what must not be in two splits."""
    last = ""
    for record in records:
        if record.task != last or not last:
            last = record.task
            request = record.task.rpartition("/")[0] or record.task or record.spec
            yield record.task, {"spec": normal_spec(record.spec), "request": request, "family": record.family}


def _normal_input(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _short(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=10).digest()
