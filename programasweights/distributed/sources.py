"""What can be mapped over: as a table, read in order any number of times, and as a Ray dataset of small blocks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programasweights.errors import DataError
from programasweights.records.tables import Record, Table, open_table

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset, MaterializedDataset

__all__ = ["Rows", "as_dataset", "as_table"]


class Rows(Table):
    """Records that are in no file."""

    def __init__(self, name: str, schema: "pa.Schema", read: "Callable[[], Iterator[pa.Table]]") -> None:
        """Name them for messages.

        Args:
            name: what they are.
            schema: names and types of their columns.
            read: gives all of them, in the same order every time.
        """
        super().__init__(Path(name))
        self._schema, self._read = schema, read

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._schema.names)

    def records(self) -> Iterator[Record]:
        """All rows."""
        return (record for batch in self.batches() for record in batch.to_pylist())

    def batches(self) -> "Iterator[pa.RecordBatch]":
        """All rows, some at a time."""
        return (batch for table in self._read() for batch in table.to_batches() if len(batch))

    def schema(self) -> "pa.Schema":
        """Names and types of the columns."""
        return self._schema

    def digest(self) -> str:
        """A hash of all cells."""
        import hashlib

        found = hashlib.sha256()
        for record in self.records():
            found.update(f"{record!r}\n".encode("utf-8", "surrogatepass"))
        return found.hexdigest()


def as_table(data: Any, column: str) -> Table:
    """What is mapped over, as a table.

    Args:
        data: a path, a Ray dataset, a data frame of pandas, an Arrow table, or a list of texts or records.
        column: name of the column if they are texts.

    Raises:
        DataError: it is nothing of that.
        FileNotFoundError: there is no such file.
    """
    import pyarrow as pa
    from ray.data import Dataset

    if isinstance(data, str | Path):
        return open_table(Path(data))
    if isinstance(data, Dataset):
        return _of_dataset(data)
    if hasattr(data, "to_records") and hasattr(data, "columns"):
        data = pa.Table.from_pandas(data, preserve_index=False)
    elif isinstance(data, list | tuple) and all(isinstance(row, dict) for row in data):
        data = pa.Table.from_pylist(list(data))
    elif isinstance(data, list | tuple):
        data = pa.table({column: _texts(data)})
    if not isinstance(data, pa.Table):
        raise DataError(
            f"the data is a {type(data).__name__}, but must be a path, a Ray dataset, a pandas data frame, an Arrow "
            "table, or a list of texts or records."
        )
    return Rows("the data", data.schema, lambda: iter([data]))


def as_dataset(data: Any, column: str, block_rows: int) -> "MaterializedDataset":
    """What is mapped over, as a Ray dataset whose blocks have so many rows; raises as `as_table` does."""
    import pyarrow as pa
    import ray
    from ray.data import Dataset

    if isinstance(data, Dataset):
        return _settled(data.repartition(target_num_rows_per_block=block_rows))
    table = as_table(data, column)
    whole = pa.Table.from_batches(table.batches(), table.schema())
    starts = range(0, max(1, len(whole)), block_rows)
    return ray.data.from_arrow([whole.slice(start, block_rows) for start in starts])


def _of_dataset(data: "Dataset") -> Rows:
    whole = _settled(data)
    schema = whole.schema()
    if schema is None:
        raise DataError("the Ray dataset has no rows, so that its columns are not known.")
    return Rows(
        "the Ray dataset",
        schema.base_schema,
        lambda: iter(whole.iter_batches(batch_size=None, batch_format="pyarrow")),
    )


def _settled(data: "Dataset") -> "MaterializedDataset":
    """A dataset that has been read, in order: workers then do not wait for CPUs that reading would take from them."""
    data.context.execution_options.preserve_order = True
    data.context.enable_progress_bars = False
    return data.materialize()


def _texts(values: "list[Any] | tuple[Any, ...]") -> "pa.Array[Any]":
    import pyarrow as pa

    try:
        return pa.array(values, pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise DataError(f"the list must hold texts, or records (dicts): {error}.") from error
