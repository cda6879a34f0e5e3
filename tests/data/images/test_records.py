"""Pictures and files of them."""

import dataclasses
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from programasweights.data.images import Picture, Question, read_pictures, write_pictures
from programasweights.errors import DataError

PNG = b"\x89PNG\r\n\x1a\n rest"
PICTURE = Picture(
    "circuit-train-0-0",
    "circuit",
    "train",
    "loop",
    "Answer questions.",
    PNG,
    "R1 4.7 kΩ 0-1",
    (Question("How many resistors?", "1", "count"), Question("What is R1?", "4.7 kΩ", "value")),
    2,
)


@pytest.mark.parametrize("name", ["p.jsonl", "p.jsonl.gz"])
def test_files_give_back_what_they_were_given(tmp_path: Path, name: str) -> None:
    other = dataclasses.replace(PICTURE, id="2", transcription="", level=0)
    assert write_pictures(tmp_path / name, [PICTURE, other]) == 2
    before = (tmp_path / name).read_bytes()
    assert list(read_pictures(tmp_path / name)) == [PICTURE, other]
    write_pictures(tmp_path / name, [PICTURE, other])
    assert (tmp_path / name).read_bytes() == before


def test_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name, number in (("b.jsonl", "2"), ("a.jsonl.gz", "1")):
        write_pictures(tmp_path / name, [dataclasses.replace(PICTURE, id=number)])
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    assert [picture.id for picture in read_pictures(str(tmp_path))] == ["1", "2"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="holds no"):
        list(read_pictures(tmp_path / "empty"))
    with pytest.raises(FileNotFoundError):
        list(read_pictures(tmp_path / "nothing.jsonl"))
    with pytest.raises(DataError, match="ends in"):
        write_pictures(tmp_path / "p.parquet", [PICTURE])


GOOD = json.loads(PICTURE.to_json())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"task": "cats"}, "must be one of chemical, circuit"),
        ({"split": "eval"}, "must be one of train, valid, test"),
        ({"level": True}, "must be one of 0, 1, 2, 3"),
        ({"level": 9}, "must be one of 0, 1, 2, 3"),
        ({"task": ["circuit"]}, "must be text"),
        ({"id": " "}, "'id' is ' '"),
        ({"spec": 5}, "'spec' is 5"),
        ({"transcription": None}, "'transcription' is None"),
        ({"png": "bm8gcG5n"}, "must be a PNG file"),
        ({"png": "%%%"}, "not base64"),
        ({"png": 7}, "not base64"),
        ({"png": "é"}, "not base64"),
        ({"questions": []}, "has no question"),
        ({"questions": "no"}, "must be a list"),
        ({"questions": [["a", "b", "count"]]}, "is no question"),
        ({"questions": [{"text": "a", "answer": "", "kind": "count"}]}, "'answer' is ''"),
        ({"questions": [{"text": "a", "answer": "b", "kind": "guess"}]}, "'kind' is 'guess'"),
        ({"more": 1}, "is no picture"),
    ],
)
def test_lines_that_are_no_picture(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    (tmp_path / "p.jsonl").write_text(PICTURE.to_json() + "\n" + json.dumps(GOOD | changes) + "\n", "utf-8")
    with pytest.raises(DataError, match="line 2 of ") as caught:
        list(read_pictures(tmp_path / "p.jsonl"))
    assert message in str(caught.value)


@pytest.mark.parametrize("line", ["", "[]", "7", "{", '{"id": 1}', "[" * 100_000, "\ud800"])
def test_lines_that_are_nothing(line: str) -> None:
    with pytest.raises(DataError):
        Picture.from_json(line)


def test_large_and_damaged_files(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at most 8,000,000"):
        dataclasses.replace(PICTURE, png=PNG + bytes(8_000_000))
    whole = gzip.compress((PICTURE.to_json() + "\n").encode() * 50)
    (tmp_path / "p.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match="is damaged"):
        list(read_pictures(tmp_path / "p.jsonl.gz"))
