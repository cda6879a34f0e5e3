"""Runs over a column of a table file and writes the table with the answers: in order, resumable, in bounded memory.

Answers go into a journal beside the target as they come; when all are there, the target is written from source and
journal, appears by a rename, and the journal goes.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from programasweights.errors import ContextLengthError, DataError
from programasweights.progress import Advance, progress
from programasweights.records.attempts import attempt
from programasweights.records.journal import Journal
from programasweights.records.mapping import Work, mapped
from programasweights.records.tables import Table, open_table
from programasweights.records.writing import Answer, Target

__all__ = ["Summary", "answer_table", "answered", "run_table"]

_KEPT_AT_ONCE = 64


@dataclass(frozen=True)
class Summary:
    """What came of a run."""

    rows: int
    """Rows of the target."""
    resumed: int
    """Of them, those whose answers an earlier run had left."""
    failed: Counter[str]
    """Rows without an answer, by reason."""


def run_table(
    run: Callable[[Sequence[str]], Sequence[Any]],
    source: Path,
    column: str,
    target: Target,
    *,
    belongs_to: Mapping[str, str],
    limit: int | None = None,
    resume: bool = False,
) -> Summary:
    """Write a table with the answers to the texts of one of its columns.

    Args:
        run: gives answers, values of JSON, to some texts; raises InputError or OutputError if one has none.
        source: the table.
        column: the column of texts.
        target: what is written.
        belongs_to: names all that decides an answer, but the text.
        limit: rows that are run and written; by default all.
        resume: go on with what an interrupted run has left, if there is any.

    Raises:
        DataError: the source is damaged, the target cannot be written, or there is a target or an unfinished run
            already.
    """
    return answer_table(
        partial(answered, run),
        open_table(source),
        column,
        target,
        belongs_to=belongs_to,
        limit=limit,
        resume=resume,
    )


def answer_table(
    answers: Callable[[Iterator[Any]], Iterator[Answer]],
    table: Table,
    column: str,
    target: Target,
    *,
    belongs_to: Mapping[str, str],
    limit: int | None = None,
    resume: bool = False,
) -> Summary:
    """As `run_table`, for any table, whose values are answered in any way.

    Args:
        answers: gives the answers to the values of the column, in order, from the first that has none yet.
        table: the table.
        column: the column of texts.
        target: what is written.
        belongs_to: names all that decides an answer, but the text.
        limit: rows that are run and written; by default all.
        resume: go on with what an interrupted run has left, if there is any.
    """
    columns, journal_path = table.columns, target.path.with_name(f"{target.path.name}.journal")
    if column not in columns:
        raise DataError(f"{table.path} has no column {column!r}, but {', '.join(map(repr, columns))}.")
    _check_paths(target.path, journal_path, resume=resume)
    target.check(table, columns)
    total = table.count() if limit is None else min(limit, table.count())
    digest = table.digest()
    with Journal(journal_path, {**belongs_to, "column": column, "input": digest}) as journal:
        resumed = min(journal.rows, total)
        with progress("Running", total=total, unit="rows") as advance:
            advance(resumed)
            _run_rest(answers(islice(table.values(column), resumed, total)), journal, advance)
        failed = _reasons(islice(journal.answers(), total))
        if table.digest() != digest:
            raise DataError(
                f"{table.path} was changed while it was run; remove {journal_path} and begin anew."
            )
        target.write(table, columns, journal.answers(), total)
        journal.remove()
    return Summary(total, resumed, failed)


def _run_rest(found: Iterator[Answer], journal: Journal, advance: Advance) -> None:
    while answers := list(islice(found, _KEPT_AT_ONCE)):
        journal.add(answers)
        advance(len(answers))


def answered(run: Callable[[Sequence[str]], Sequence[Any]], values: Iterator[Any]) -> Iterator[Answer]:
    """The answers to values that are texts, and why there is none to the others, in order."""
    waiting: deque[Answer | None] = deque()  # None where a text was handed on

    def texts() -> Iterator[str]:
        for value in values:
            waiting.append(None if isinstance(value, str) else (None, _no_text(value)))
            if isinstance(value, str):
                yield value

    for _, answer in mapped(Work[Any](run=lambda batch: attempt(run, batch)), texts()):
        while (refused := waiting.popleft()) is not None:
            yield refused
        yield (None, _refusal(answer)) if isinstance(answer, Exception) else (answer, None)
    yield from (refused for refused in waiting if refused is not None)


def _reasons(answers: Iterator[Answer]) -> Counter[str]:
    return Counter(error.partition(":")[0] for _, error in answers if error is not None)


def _no_text(value: object) -> str:
    return "null: there is no text" if value is None else f"not text: a value of type {type(value).__name__}"


def _refusal(error: Exception) -> str:
    kind = "too long" if isinstance(error, ContextLengthError) else "refused"
    return f"{kind}: {str(error).removeprefix('input 0 ')}"


def _check_paths(target: Path, journal: Path, *, resume: bool) -> None:
    if not target.parent.is_dir():
        raise DataError(f"there is no folder {target.parent}; make it first, or choose another --output.")
    if journal.exists() and not resume:
        raise DataError(
            f"{journal} is what an unfinished run has left; go on with --resume, or remove it to begin anew."
        )
    if target.exists() and not journal.exists():
        raise DataError(f"{target} exists; choose another --output, or remove it.")
