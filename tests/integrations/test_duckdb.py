"""Functions in SQL: values, types, nulls, batches, errors."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from programasweights.integrations.duckdb import register
from tests.integrations.conftest import KINDS, TEXTS, Mood

SQL = {"bool": "BOOLEAN", "int": "BIGINT", "float": "DOUBLE", "numbers": "BIGINT"}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        yield made


@pytest.mark.parametrize("kind", ["text", *KINDS])
def test_values_and_types(
    connection: duckdb.DuckDBPyConnection, functions: dict[str, Any], kind: str
) -> None:
    function = functions[kind]
    register(connection, "f", function)
    rows = [(number, text) for number, text in enumerate(TEXTS)]
    connection.execute("CREATE TABLE mail (number INTEGER, body VARCHAR)")
    connection.executemany("INSERT INTO mail VALUES (?, ?)", rows)
    found = connection.sql("SELECT f(body) AS answer FROM mail ORDER BY number")
    assert [str(t) for t in found.types] == [SQL.get(kind, "VARCHAR")]
    for text, (value,) in zip(TEXTS, found.fetchall(), strict=True):
        expected = None if text is None else function(text)
        if kind == "list" and expected is not None:
            value = json.loads(value)
        assert value == (expected.name if isinstance(expected, Mood) else expected)


def test_many_rows_in_a_query(connection: duckdb.DuckDBPyConnection, functions: dict[str, Any]) -> None:
    register(connection, "urgent", functions["bool"])
    query = """
        SELECT urgent('text ' || (i % 3)) AS answer, count(*) FROM range(5000) r(i)
        WHERE urgent('text ' || (i % 3)) IS NOT NULL GROUP BY answer
    """
    found = connection.sql(query).fetchall()
    assert sum(count for _, count in found) == 5000
    assert {answer for answer, _ in found} == set(functions["bool"].map(["text 0", "text 1", "text 2"]))


def test_registering_again_replaces(connection: duckdb.DuckDBPyConnection, functions: dict[str, Any]) -> None:
    register(connection, "f", functions["bool"])
    register(connection, "f", functions["int"])
    assert connection.sql("SELECT typeof(f('a'))").fetchall() == [("BIGINT",)]


def test_errors_are_named(connection: duckdb.DuckDBPyConnection, functions: dict[str, Any]) -> None:
    register(connection, "f", functions["bool"])
    with pytest.raises(duckdb.Error, match="ContextLengthError: input 0 has"):
        connection.execute("SELECT f(repeat('long ', 9000))")
    assert connection.sql("SELECT f(NULL)").fetchall() == [(None,)]
