"""Answers to any number of inputs, in order: equal inputs are run once, in chunks that bound memory.

Leaves out how an answer is made.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from programasweights.errors import InputError
from programasweights.inputs import Given, Picture, known_input, named_input
from programasweights.progress import Advance
from programasweights.progress import progress as bar
from programasweights.records.result_cache import ResultCache

__all__ = ["Progress", "Work", "mapped"]

A = TypeVar("A")
G = TypeVar("G", bound=Given)

Known = str | tuple[str | Picture, ...]
"""An input that can be compared."""

Progress = bool | Callable[[int, int | None], object]
"""False for none, True for a bar on stderr, or called with the rows done and, where known, all of them."""

_CHUNK = 64
"""Distinct inputs that are run together."""
_PENDING = 4_096
"""Rows that are read ahead for them."""
_REMEMBERED = 65_536
"""Distinct inputs whose answers are remembered where the number of rows is not bounded."""


@dataclass(frozen=True)
class Work(Generic[A]):
    """What is done with an input."""

    run: Callable[[Sequence[Any]], Sequence[A]]
    """Gives the answers to some inputs, in order; an answer depends on its input alone."""
    check: Callable[[Any, int], object] = lambda _given, _number: None
    """Raises InputError for an input that cannot be run, which it calls by its number."""
    scope: str = ""
    """Names all that decides an answer, but the input."""
    write: Callable[[A], str] = str
    """From an answer to text that can be kept."""
    read: Callable[[str], Any] = str
    """And back."""


def mapped(
    work: Work[A],
    texts: Iterable[G],
    *,
    progress: Progress = False,
    cache: str | Path | ResultCache | None = None,
    whole: bool = False,
) -> Iterator[tuple[G, A]]:
    """Give each input with its answer, in order.

    Args:
        work: makes the answers.
        texts: the inputs; a few thousand are read ahead.
        progress: see `Progress`.
        cache: where answers are kept between runs.
        whole: read and check all inputs before any is run, and remember all answers.

    Raises:
        InputError: `texts` is one string, or an input is refused.
        DataError: the cache cannot be used.
    """
    if isinstance(texts, str | Picture):
        kind = "string" if isinstance(texts, str) else "picture"
        raise InputError(
            f"map takes many inputs, but was given one {kind}; call the function, or pass a list."
        )
    return _given(work, list(texts) if whole else texts, progress, cache, whole)


def _given(
    work: Work[A],
    texts: Iterable[G],
    progress: Progress,
    cache: str | Path | ResultCache | None,
    whole: bool,
) -> Iterator[tuple[G, A]]:
    total = len(texts) if isinstance(texts, Sized) else None
    if whole:
        _check_all(work, texts)
        work = replace(work, check=lambda _given, _number: None)
    with _opened(cache) as kept, _reported(progress, total) as advance:
        mapping = _Mapping(work, kept, None if whole else _REMEMBERED)
        for rows in mapping.chunks(texts):
            advance(len(rows))
            yield from rows


class _Mapping(Generic[A]):
    """One pass over some inputs."""

    def __init__(self, work: Work[A], kept: ResultCache | None, limit: int | None) -> None:
        self._work, self._kept, self._limit = work, kept, limit
        self._memory: OrderedDict[bytes, A] = OrderedDict()

    def chunks(self, texts: Iterable[G]) -> Iterator[list[tuple[G, A]]]:
        """Inputs with their answers, some at a time."""
        rows: list[tuple[G, bytes]] = []
        found: dict[bytes, A] = {}
        new: dict[bytes, Known] = {}
        for number, text in enumerate(texts):
            known = known_input(text, number)
            key = _digest(known)
            if key in self._memory:
                self._memory.move_to_end(key)
                found[key] = self._memory[key]  # it may be forgotten before the row is given
            elif key not in new:
                self._work.check(known, number)
                new[key] = known
            rows.append((text, key))
            if len(new) == _CHUNK or len(rows) == _PENDING:
                yield self._answered(rows, found, new)
                rows, found, new = [], {}, {}
        if rows:
            yield self._answered(rows, found, new)

    def _answered(
        self, rows: list[tuple[G, bytes]], found: dict[bytes, A], new: dict[bytes, Known]
    ) -> list[tuple[G, A]]:
        answers = self._answers(list(new.values())) if new else []
        for key, answer in zip(new, answers, strict=True):
            found[key] = self._memory[key] = answer
        while self._limit is not None and len(self._memory) > self._limit:
            self._memory.popitem(last=False)
        return [(text, found[key]) for text, key in rows]

    def _answers(self, given: list[Known]) -> list[A]:
        work = self._work
        if self._kept is None:
            return list(work.run(given))
        found: dict[Known, A] = {}
        for scope, own in _by_scope(work.scope, given).items():
            kept = self._kept.get(scope, list(own))
            found |= {own[name]: work.read(answer) for name, answer in kept.items()}
        left = [known for known in given if known not in found]
        if left:
            made = dict(zip(left, work.run(left), strict=True))
            for scope, own in _by_scope(work.scope, left).items():
                self._kept.put(scope, {name: work.write(made[known]) for name, known in own.items()})
            found |= made
        return [found[known] for known in given]


def _by_scope(scope: str, given: Iterable[Known]) -> dict[str, dict[str, Known]]:
    """Inputs by the names that a cache knows them by: those with pictures in a scope of their own."""
    found: dict[str, dict[str, Known]] = {}
    for known in given:
        own = scope if isinstance(known, str) else f"{scope} pictures"
        found.setdefault(own, {})[named_input(known)] = known
    return found


def _digest(known: Known) -> bytes:
    kind = b"text " if isinstance(known, str) else b"mixed"
    name = named_input(known).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(kind + name, digest_size=16).digest()


def _check_all(work: Work[A], texts: Iterable[Given]) -> None:
    seen = set()
    for number, text in enumerate(texts):
        known = known_input(text, number)
        key = _digest(known)
        if key not in seen:
            work.check(known, number)
            seen.add(key)


@contextmanager
def _opened(cache: str | Path | ResultCache | None) -> Iterator[ResultCache | None]:
    if cache is None or isinstance(cache, ResultCache):
        yield cache
        return
    with ResultCache(cache) as kept:
        yield kept


@contextmanager
def _reported(progress: Progress, total: int | None) -> Iterator[Advance]:
    if not callable(progress):
        with bar("Running", total=total, unit="rows") if progress else nullcontext(_ignore) as advance:
            yield advance
        return
    done = 0

    def report(count: float) -> None:
        nonlocal done
        done += int(count)
        progress(done, total)

    yield report


def _ignore(_amount: float) -> None:
    pass
