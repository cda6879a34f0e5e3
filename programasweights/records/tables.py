"""Table files, read row by row: CSV, TSV, JSON lines, Parquet.

| file | types of its columns |
|---|---|
| `.csv`, `.tsv` | text, kept as it stands; an empty cell is null |
| `.jsonl`, `.ndjson` | those of JSON |
| `.parquet` | its own; needs pyarrow |

Memory does not grow with the file.
"""

import csv
import hashlib
import json
import math
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programasweights.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["DELIMITERS", "JSON_LINES", "PARQUET", "Record", "Table", "import_pyarrow", "open_table"]

Record = dict[str, Any]

DELIMITERS = {".csv": ",", ".tsv": "\t"}
JSON_LINES = (".jsonl", ".ndjson")
PARQUET = ".parquet"

_BATCH = 1_024
_PIECE = 1 << 22


class Table(ABC):
    """A file of records."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read yet."""
        self.path = path

    @property
    @abstractmethod
    def columns(self) -> list[str]:
        """Names of the columns, in order; of JSON lines, in order of their first appearance."""

    @abstractmethod
    def records(self) -> Iterator[Record]:
        """All rows.

        Raises:
            DataError: a row is damaged; the message says which.
        """

    @abstractmethod
    def batches(self) -> Iterator["pa.RecordBatch"]:
        """All rows, a thousand at a time, with the types of their columns."""

    @abstractmethod
    def schema(self) -> "pa.Schema":
        """Names and types of the columns."""

    def values(self, column: str) -> Iterator[Any]:
        """One column."""
        return (record.get(column) for record in self.records())

    def count(self) -> int:
        """The number of rows; reads them all, so that damage is found before work is done."""
        return sum(1 for _ in self.records())

    def digest(self) -> str:
        """sha256 of the file."""
        found = hashlib.sha256()
        with self.path.open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
        return found.hexdigest()


class _Separated(Table):
    """CSV or TSV, with a header line."""

    @property
    def columns(self) -> list[str]:
        header = next(self._lines(), None)
        if header is None:
            raise DataError(f"{self.path} is empty, but must begin with a line of column names.")
        names = [name or "" for name in header]
        if len(set(names)) < len(names):
            raise DataError(f"{self.path} has two columns of one name: {names!r:.200}. Rename one.")
        return names

    def records(self) -> Iterator[Record]:
        columns = self.columns
        for number, row in enumerate(islice(self._lines(), 1, None), 1):
            if len(row) != len(columns):
                raise DataError(
                    f"row {number} of {self.path} has {len(row)} cells, but the header has {len(columns)} columns."
                )
            yield dict(zip(columns, row, strict=True))

    def batches(self) -> Iterator["pa.RecordBatch"]:
        return _batches(self.records(), self.schema())

    def schema(self) -> "pa.Schema":
        pa = import_pyarrow()
        return pa.schema([(name, pa.string()) for name in self.columns])

    def _lines(self) -> Iterator[list[str | None]]:
        csv.field_size_limit(sys.maxsize)  # a cell may hold a long text
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, delimiter=DELIMITERS[self.path.suffix.lower()], strict=True)
            try:
                for line in lines:
                    if line:  # a blank line is no row
                        yield [cell or None for cell in line]
            except (csv.Error, UnicodeDecodeError) as error:
                raise DataError(f"{self.path} is damaged near line {lines.line_num + 1}: {error}.") from error


class _JsonLines(Table):
    """An object a line."""

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(name for record in self.records() for name in record))

    def records(self) -> Iterator[Record]:
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line, parse_constant=_refuse, parse_float=_finite)
                except (ValueError, RecursionError) as error:
                    raise DataError(f"line {number} of {self.path} is not JSON: {error}.") from None
                if not isinstance(record, dict):
                    raise DataError(f"line {number} of {self.path} is not a JSON object.")
                if rb"\ud" in line.lower() and _has_halves(record):
                    raise DataError(
                        f"line {number} of {self.path} holds half a character (a lone surrogate)."
                    )
                yield record

    def batches(self) -> Iterator["pa.RecordBatch"]:
        return _batches(self.records(), self.schema())

    def schema(self) -> "pa.Schema":
        pa = import_pyarrow()
        found, records, start = pa.schema([]), self.records(), 1
        while rows := list(islice(records, _BATCH)):
            try:
                mine = pa.RecordBatch.from_pylist(_complete(rows)).schema
                found = pa.unify_schemas([found, mine], promote_options="permissive")
            except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
                raise DataError(
                    f"rows {start} to {start + len(rows) - 1} of {self.path} hold values of types that no Parquet "
                    f"column has ({error}). Write JSON lines instead."
                ) from error
            start += len(rows)
        return found


class _Parquet(Table):
    """Apache Parquet."""

    @property
    def columns(self) -> list[str]:
        return list(self.schema().names)

    def records(self) -> Iterator[Record]:
        return (record for batch in self.batches() for record in batch.to_pylist())

    def batches(self) -> Iterator["pa.RecordBatch"]:
        with self._file() as file:
            yield from file.iter_batches(batch_size=_BATCH)

    def schema(self) -> "pa.Schema":
        with self._file() as file:
            return file.schema_arrow

    def values(self, column: str) -> Iterator[Any]:
        with self._file() as file:
            for batch in file.iter_batches(batch_size=_BATCH, columns=[column]):
                yield from batch.column(0).to_pylist()

    def count(self) -> int:
        with self._file() as file:
            return int(file.metadata.num_rows)

    def _file(self) -> Any:
        pa = import_pyarrow()
        from pyarrow.parquet import ParquetFile

        try:
            return ParquetFile(self.path)
        except pa.ArrowInvalid as error:
            raise DataError(f"{self.path} is not a Parquet file: {error}.") from error


def open_table(path: Path) -> Table:
    """The table in a file, of the format that its name ends with.

    Raises:
        DataError: the name ends with something else.
    """
    suffix = path.suffix.lower()
    if suffix in DELIMITERS:
        return _Separated(path)
    if suffix in JSON_LINES:
        return _JsonLines(path)
    if suffix == PARQUET:
        return _Parquet(path)
    endings = ", ".join([*DELIMITERS, *JSON_LINES, PARQUET])
    raise DataError(f"{path} ends with {suffix!r}, but the name of a table must end with one of {endings}.")


def import_pyarrow() -> Any:
    """pyarrow, which reads and writes Parquet.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    try:
        import pyarrow
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "Parquet needs pyarrow: pip install 'programasweights[frames]'", name="pyarrow"
        ) from error
    return pyarrow


def _batches(records: Iterator[Record], schema: Any) -> Iterator["pa.RecordBatch"]:
    pa = import_pyarrow()
    while rows := list(islice(records, _BATCH)):
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _complete(rows: list[Record]) -> list[Record]:
    """Rows that all have all keys: the library takes the first row's for those of all."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large")
    return number


def _has_halves(record: Record) -> bool:
    text = json.dumps(record, ensure_ascii=False)
    return any("\ud800" <= character <= "\udfff" for character in text)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
