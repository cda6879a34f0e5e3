"""The record format: bytes in, bytes out, and what is refused."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from programasweights.data.records import Record, read_records, task_id, write_records
from programasweights.errors import DataError

RECORDS = [
    Record("Say yes.", "", "yes"),
    Record("Zähle 🙂", "a\nb\u2028c", "2", ("two", "zwei"), "t", "f", "c", "s", 3, "oracle", "train"),
]


@pytest.mark.parametrize("name", ["r.jsonl", "r.jsonl.gz"])
def test_records_come_back_as_written_and_bytes_repeat(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write_records(path, RECORDS) == 2
    first = path.read_bytes()
    assert list(read_records(path)) == RECORDS
    assert write_records(path, read_records(path)) == 2
    assert path.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_lines_leave_out_what_has_no_value() -> None:
    assert RECORDS[0].to_json() == '{"spec":"Say yes.","input":"","output":"yes"}'
    assert list(json.loads(RECORDS[1].to_json())) == [
        "spec", "input", "output", "alternatives", "task", "family", "category", "subcategory", "difficulty", "source",
        "split",
    ]  # fmt: skip
    assert RECORDS[1].answers == ("2", "two", "zwei")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"spec": "a", "input": "b"}', "has no 'output'"),
        ('{"spec": " ", "input": "b", "output": "c"}', "'spec' is empty"),
        ('{"spec": "a", "input": 1, "output": "c"}', "'input' is 1, but must be text"),
        ('{"spec": "a", "input": "", "output": "c", "alternatives": [1]}', "must be strings"),
        ('{"spec": "a", "input": "", "output": "c", "difficulty": true}', "must be a whole number"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(RECORDS[0].to_json() + "\n" + line + "\n", "utf-8")
    with pytest.raises(DataError, match=f"line 2 of .*{message}"):
        list(read_records(path))


def test_a_cut_file_is_refused_after_its_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl.gz"
    write_records(path, RECORDS * 500)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DataError, match="is damaged after line"):
        list(read_records(path))
    path.write_bytes(gzip.compress(b"\xff\xfe\n"))
    with pytest.raises(DataError, match="is damaged"):
        list(read_records(path))


def test_writing_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    write_records(path, RECORDS)
    before = path.read_bytes()
    with pytest.raises(DataError):
        write_records(path, (Record(spec, "", "x") for spec in ("fine", "")))
    assert path.read_bytes() == before


def test_task_ids_are_hashes_of_the_spec() -> None:
    assert task_id("Say yes.") == hashlib.sha256(b"Say yes.").hexdigest()[:16]
    assert task_id("a") != task_id("b")
