"""What can be mapped over, and what is refused before a cluster is joined."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from programasweights.distributed import map_dataset
from programasweights.distributed.pool import Pool, connect
from programasweights.distributed.sources import as_table
from programasweights.errors import DataError

RECORDS = [{"text": "a", "n": 1}, {"text": None, "n": 2}, {"text": "b ✓", "n": 3}]


def frame() -> Any:
    import pandas as pd

    return pd.DataFrame(RECORDS)


def arrow() -> Any:
    import pyarrow as pa

    return pa.Table.from_pylist(RECORDS)


@pytest.mark.parametrize("data", [lambda: RECORDS, frame, arrow])
def test_records(data: Any) -> None:
    pytest.importorskip("ray")
    table = as_table(data(), "text")
    assert table.columns == ["text", "n"]
    assert list(table.values("text")) == ["a", None, "b ✓"]
    assert [record["n"] for record in table.records()] == [1, 2, 3]
    assert table.count() == 3
    assert table.digest() == as_table(data(), "text").digest()
    assert table.digest() != as_table(RECORDS[:2], "text").digest()


def test_texts(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    assert list(as_table(("a", None), "body").values("body")) == ["a", None]
    path = tmp_path / "rows.csv"
    path.write_text("text\n007\n", "utf-8")
    assert list(as_table(path, "text").values("text")) == ["007"]


@pytest.mark.parametrize("data", [["a", 1], [{"text": "a"}, "b"], 7, iter(["a"])])
def test_what_is_no_data(data: Any) -> None:
    pytest.importorskip("ray")
    with pytest.raises(DataError, match="must"):
        as_table(data, "text")


def test_equal_texts_are_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer goes to all rows of its text, as soon as it is there; what is no text is not run."""
    handed: list[str] = []

    def blocks(_: Pool, texts: list[str]) -> Iterator[list[Any]]:
        for start in range(0, len(texts), 2):
            handed.extend(texts[start : start + 2])
            yield [(text.upper(), None) for text in texts[start : start + 2]]

    monkeypatch.setattr(Pool, "_blocks", blocks)
    pool = Pool(None, None, None, 2)  # type: ignore[arg-type]
    found = pool.answers(iter(["a", "b", "a", None, "c", 5, "b"]))
    assert next(found) == ("A", None)
    assert handed == ["a", "b"]
    values = list(found)
    assert [value for value, _ in values] == ["B", "A", None, "C", None, "B"]
    assert [error for _, error in values if error] == [
        "null: there is no text",
        "not text: a value of type int",
    ]
    assert handed == ["a", "b", "c"]


def test_without_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ModuleNotFoundError, match=r"programasweights\[ray\]"):
        connect(None)


@pytest.mark.parametrize("option", ["threads", "block_rows"])
def test_options(option: str) -> None:
    with pytest.raises(DataError, match=option):
        map_dataset("no.paw", ["a"], **{option: 0})


def test_the_rooms_load_no_ray() -> None:
    code = (
        "import sys, programasweights as paw; paw.distributed, paw.serving; assert 'ray' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
