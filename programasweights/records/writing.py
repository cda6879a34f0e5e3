"""Writes records with their answers to a table file, which appears whole or not at all."""

import csv
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

from programasweights.errors import DataError
from programasweights.records.tables import (
    DELIMITERS,
    JSON_LINES,
    PARQUET,
    Record,
    Table,
    import_pyarrow,
    open_table,
)

__all__ = ["Answer", "ColumnKind", "Target"]

ColumnKind = Literal["bool", "int", "float", "text", "json"]
"""What a column of answers holds; `json` is any value, written as JSON where columns have types."""

Answer = tuple[Any, str | None]
"""A value of JSON, or why there is none."""


@dataclass(frozen=True)
class Target:
    """A table file to be written: another's rows with two columns more."""

    path: Path
    """The file; its name says the format."""
    column: str
    """Name of the column of answers; `<column>_error` says why there is none."""
    kind: ColumnKind
    """What it holds."""

    def __post_init__(self) -> None:
        """Refuse an unknown format before any work is done."""
        open_table(self.path)

    def check(self, source: Table, columns: list[str]) -> None:
        """Refuse what could not be written in the end.

        Raises:
            DataError: the source has a column of the name, or values that the format does not take.
        """
        for name in (self.column, self.error_column):
            if name in columns:
                raise DataError(
                    f"{source.path} has a column {name!r} already; choose another --output-column."
                )
        if self.path.suffix.lower() == PARQUET:
            self._schema(source)

    @property
    def error_column(self) -> str:
        """Name of the column that says why there is no answer."""
        return f"{self.column}_error"

    def write(self, source: Table, columns: list[str], answers: Iterator[Answer], rows: int) -> None:
        """Write as many rows of the source, each with its answer."""
        suffix = self.path.suffix.lower()
        scratch = self.path.with_name(f"{self.path.name}.partial")
        if suffix == PARQUET:
            self._write_parquet(scratch, source, answers, rows)
        else:
            records = islice(self._joined(source, answers), rows)
            if suffix in JSON_LINES:
                _write_json_lines(scratch, records)
            else:
                _write_separated(
                    scratch, [*columns, self.column, self.error_column], records, DELIMITERS[suffix]
                )
        scratch.replace(self.path)

    def _joined(self, source: Table, answers: Iterator[Answer]) -> Iterator[Record]:
        for record, (value, error) in zip(source.records(), answers, strict=False):
            yield {**record, self.column: value, self.error_column: error}

    def _schema(self, source: Table) -> Any:
        pa = import_pyarrow()
        kinds = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64()}
        schema = source.schema().append(pa.field(self.column, kinds.get(self.kind, pa.string())))
        return schema.append(pa.field(self.error_column, pa.string()))

    def _write_parquet(self, path: Path, source: Table, answers: Iterator[Answer], rows: int) -> None:
        pa = import_pyarrow()
        from pyarrow.parquet import ParquetWriter

        schema = self._schema(source)
        with _synced(path) as file, ParquetWriter(file, schema) as writer:
            for batch in source.batches():
                found = list(islice(answers, min(len(batch), rows)))
                rows -= len(found)
                values = [
                    json.dumps(value, ensure_ascii=False)
                    if self.kind == "json" and value is not None
                    else value
                    for value, _ in found
                ]
                added = [
                    pa.array(values, schema.field(self.column).type),
                    pa.array([error for _, error in found], pa.string()),
                ]
                kept = batch.slice(0, len(found)).columns
                writer.write_batch(pa.RecordBatch.from_arrays([*kept, *added], schema=schema))
                if not rows:
                    return


def _write_json_lines(path: Path, records: Iterator[Record]) -> None:
    with _text(path) as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, default=_plain) + "\n")


def _write_separated(path: Path, columns: list[str], records: Iterator[Record], delimiter: str) -> None:
    with _text(path) as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(columns)
        for record in records:
            writer.writerow([_cell(record.get(name)) for name in columns])


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool | int | float | list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(_plain(value))


def _plain(value: Any) -> Any:
    """Times, decimals and the like, as JSON has them."""
    from pydantic_core import PydanticSerializationError, to_jsonable_python

    try:
        return to_jsonable_python(value)
    except PydanticSerializationError as error:
        raise DataError(
            f"{value!r:.100} cannot be written as text: {error}. Write Parquet instead."
        ) from error


@contextmanager
def _synced(path: Path) -> Iterator[IO[bytes]]:
    """A new file, on the disk when the block ends."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    with _synced(path) as binary:
        file = io.TextIOWrapper(binary, encoding="utf-8", newline="")
        yield file
        file.flush()
        file.detach()
