"""DuckDB: a function in SQL, run on some thousand rows at a time. Null gives null.

| values | SQL type |
|---|---|
| bool, int, float | `BOOLEAN`, `BIGINT`, `DOUBLE` |
| text, labels, Enum members | `VARCHAR` |
| any other | `VARCHAR`: JSON, which DuckDB's JSON functions take |
"""

import contextlib
from typing import Any

from programasweights.integrations.columns import Cache, Mappable, kind_of, missing, values_of_kind

try:
    import duckdb
except ModuleNotFoundError as error:
    raise missing("duckdb", error) from error
try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise missing("pyarrow", error) from error

__all__ = ["register"]

_SQL = {"bool": "BOOLEAN", "int": "BIGINT", "float": "DOUBLE", "text": "VARCHAR", "json": "VARCHAR"}
_ARROW = {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64()}


def register(
    connection: "duckdb.DuckDBPyConnection", name: str, function: Mappable, *, cache: Cache = None
) -> None:
    """Make a function of one text known to a connection; one of the same name is replaced.

    Args:
        connection: from `duckdb.connect`.
        name: what SQL calls it.
        function: from `paw.compile`, `paw.function` or `paw.fuzzy`.
        cache: as in `Function.map`; else a query runs equal texts once in every 2,048 rows.
    """
    kind = kind_of(function)

    def run(texts: Any) -> Any:
        return pa.array(
            values_of_kind(function, texts.to_pylist(), cache=cache), _ARROW.get(kind, pa.string())
        )

    with contextlib.suppress(duckdb.InvalidInputException):  # there was none
        connection.remove_function(name)
    connection.create_function(name, run, ["VARCHAR"], _SQL[kind], type="arrow")
