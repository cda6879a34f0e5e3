"""Series and expressions of polars: values, data types, nulls, lazy and streaming queries."""

import json
from typing import Any

import polars as pl
import pytest

import programasweights as paw
import programasweights.integrations.polars
from tests.integrations.conftest import KINDS, TEXTS, Mood

TYPES = {"bool": pl.Boolean, "int": pl.Int64, "float": pl.Float64, "numbers": pl.Int64}


@pytest.mark.parametrize("kind", ["text", *KINDS])
def test_values_and_types(functions: dict[str, Any], kind: str) -> None:
    function = functions[kind]
    expected: list[Any] = [None if text is None else function(text) for text in TEXTS]
    if kind == "enum":
        expected = [value.name if isinstance(value, Mood) else value for value in expected]
    if kind == "list":
        expected = [None if value is None else json.dumps(value) for value in expected]
    frame = pl.DataFrame({"mail": TEXTS})
    query = frame.lazy().select(pl.col("mail").paw.map(function))  # type: ignore[attr-defined]
    assert query.collect_schema()["mail"] == TYPES.get(kind, pl.String)
    found = (
        frame["mail"].paw.map(function),  # type: ignore[attr-defined]
        query.collect()["mail"],
        query.collect(engine="streaming")["mail"],
    )
    for series in found:
        assert series.to_list() == expected
        assert series.dtype == TYPES.get(kind, pl.String)
        assert series.name == "mail"


def test_within_a_query(functions: dict[str, Any]) -> None:
    frame = pl.DataFrame({"group": [1, 1, 2, 2], "mail": ["a", "b", "a", None]})
    urgent = pl.col("mail").paw.map(functions["bool"])  # type: ignore[attr-defined]
    found = frame.group_by("group", maintain_order=True).agg(urgent.alias("urgent"))
    alone = functions["bool"]
    assert found["urgent"].to_list() == [[alone("a"), alone("b")], [alone("a"), None]]
    assert frame.filter(urgent == alone("a"))["mail"].to_list()[0] == "a"


def test_types_of_columns(functions: dict[str, Any]) -> None:
    for dtype in (pl.Categorical, pl.Enum(["a", "b"])):
        assert pl.Series(["a", None], dtype=dtype).paw.map(functions["bool"]).null_count() == 1  # type: ignore[attr-defined]
    assert pl.Series([None, None]).paw.map(functions["bool"]).to_list() == [None, None]  # type: ignore[attr-defined]
    assert pl.Series([], dtype=pl.String).paw.map(functions["int"]).dtype == pl.Int64  # type: ignore[attr-defined]
    with pytest.raises(paw.InputError, match="'n' holds Int64"):
        pl.Series("n", [1]).paw.map(functions["bool"])  # type: ignore[attr-defined]


def test_keywords(functions: dict[str, Any], tmp_path: Any) -> None:
    seen: list[int] = []
    frame = pl.DataFrame({"mail": ["a", "b"] * 30})
    expression = pl.col("mail").paw.map(  # type: ignore[attr-defined]
        functions["text"], progress=lambda done, _total: seen.append(done), cache=tmp_path / "kept"
    )
    frame.select(expression)
    assert sum(seen[-1:]) > 0
    assert (tmp_path / "kept").exists()
    assert programasweights.integrations.polars.PawSeries
