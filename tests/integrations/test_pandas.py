"""The accessor of pandas: values, dtypes, nulls, index and name."""

from typing import Any

import pandas as pd
import pytest

import programasweights as paw
import programasweights.integrations.pandas
from tests.integrations.conftest import KINDS, TEXTS, Mood

DTYPES = {
    "text": "string",
    "bool": "boolean",
    "int": "Int64",
    "float": "Float64",
    "labels": "string",
    "numbers": "Int64",
    "enum": "string",
    "list": "object",
}


@pytest.mark.parametrize("kind", ["text", *KINDS])
def test_values_and_dtypes(functions: dict[str, Any], kind: str) -> None:
    function = functions[kind]
    series = pd.Series(TEXTS, index=[9, 7, 7, 1, 0], name="mail", dtype=object)
    found = series.paw.map(function)
    assert found.index.equals(series.index)
    assert found.name == "mail"
    assert str(found.dtype) == DTYPES[kind]
    for text, value in zip(TEXTS, found, strict=True):
        if text is None:
            assert value is None or value is pd.NA
        else:
            expected = function(text)
            assert value == (expected.name if isinstance(expected, Mood) else expected)


@pytest.mark.parametrize("dtype", ["string", "str", "category", "object"])
def test_dtypes_of_texts(functions: dict[str, Any], dtype: str) -> None:
    series = pd.Series(["a", None, "b"], dtype=dtype)
    found = series.paw.map(functions["labels"])
    assert found.isna().tolist() == [False, True, False]
    assert found.dtype == (series.dtype if isinstance(series.dtype, pd.StringDtype) else "string")


def test_one_map_of_distinct_texts(functions: dict[str, Any], tmp_path: Any) -> None:
    seen: list[tuple[int, int | None]] = []
    frame = pd.DataFrame({"text": ["a", "b", None] * 50})
    frame["urgent"] = frame["text"].paw.map(
        functions["bool"], progress=lambda done, total: seen.append((done, total)), cache=tmp_path / "kept"
    )
    assert seen == [(100, 100)]
    assert frame["urgent"].isna().sum() == 50
    assert pd.Series([], dtype="str").paw.map(functions["bool"]).tolist() == []


def test_what_is_no_text(functions: dict[str, Any]) -> None:
    with pytest.raises(paw.InputError, match="is a int"):
        pd.Series([1, 2]).paw.map(functions["bool"])


def test_functions_of_the_decorator(tiny_name: str) -> None:
    @paw.fuzzy(interpreter=tiny_name)
    def urgent(message: str) -> bool:
        """Is it urgent?"""
        raise AssertionError

    found = pd.Series(["a", None]).paw.map(urgent)
    assert str(found.dtype) == "boolean"
    assert found[0] == urgent("a")


def test_pipelines(functions: dict[str, Any]) -> None:
    seen: list[int] = []
    kinds = {"text": "string", "bool": "boolean", "list": "object"}
    for kind, dtype in kinds.items():
        pipeline = functions["text"] | functions[kind]
        found = pd.Series(["a", None, "a"], dtype=object).paw.map(
            pipeline, progress=lambda done, _: seen.append(done)
        )
        assert str(found.dtype) == dtype
        assert [found[0], found[2]] == [pipeline("a")] * 2
        assert found.isna().tolist() == [False, True, False]
    assert seen == [2, 2, 2]
    either = paw.switch(functions["labels"], {"red": functions["bool"], "green": functions["text"]})
    assert str(pd.Series(["a"]).paw.map(either).dtype) == "object"
    with pytest.raises(paw.InputError, match="for single functions"):
        pd.Series(["a"]).paw.map(either, cache="kept")


def test_a_fallback_of_another_type_is_refused(functions: dict[str, Any]) -> None:
    from programasweights.typed import TypedFunction

    shy = TypedFunction(functions["text"], bool, abstain_below=1.0, fallback=str.upper)
    with pytest.raises(paw.OutputError, match="'A' is no bool"):
        pd.Series(["a"]).paw.map(shy)
    quiet = TypedFunction(functions["text"], bool, abstain_below=1.0)
    assert pd.Series(["a"]).paw.map(quiet).isna().all()
    assert programasweights.integrations.pandas.PawAccessor
