"""Loaders of natural tasks and of WRENCH, on files written here."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from programasweights.data.instructions import (
    InstructionOptions,
    instruction_records,
    read_instructions,
    read_rewordings,
)
from programasweights.data.wrench import WRENCH, load_wrench
from programasweights.errors import DataError

TASK = {
    "task": "t1",
    "definition": " Say the sign of the number. ",
    "positive_examples": [{"input": "5", "output": "plus", "explanation": "5 > 0"}],
    "instances": [
        {"input": str(n), "output": "plus" if n > 0 else "minus", "alt": ["+"]} for n in range(-10, 90)
    ],
    "categories": ["Maths"],
    "domains": ["Numbers"],
    "instance_license": ["MIT"],
    "url": [float("nan")],
}


def _collection(path: Path, *tasks: object) -> Path:
    path.write_bytes(gzip.compress("\n".join(json.dumps(t) for t in tasks).encode()))
    return path


def test_instances_are_capped_with_rare_answers_first(tmp_path: Path) -> None:
    file = _collection(tmp_path / "c.jsonl.gz", TASK)
    options = InstructionOptions(cap=16, per_spec=4, shown=0.0)
    words = {"t1": ["Is it below zero? minus, else plus.", "plus or minus?"]}
    records = list(instruction_records(read_instructions(file), options, words))
    assert len(records) == 16
    assert Counter(r.output for r in records)["minus"] >= 7
    assert {r.spec for r in records} == {"Say the sign of the number.", *words["t1"]}
    assert all(r.alternatives == ("+",) and r.category == "Maths" and r.family == "t1" for r in records)
    assert "5" not in {r.input for r in records}, "an example of the task is not an instance to score"
    assert records == list(instruction_records(read_instructions(file), options, words))


def test_examples_are_shown_in_about_the_stated_share(tmp_path: Path) -> None:
    file = _collection(tmp_path / "c.jsonl.gz", *({**TASK, "task": f"t{n}"} for n in range(60)))
    records = instruction_records(read_instructions(file), InstructionOptions(cap=1, per_spec=1, shown=0.5))
    shown = ["\n\nInput:\n5\n\nOutput:\nplus" in r.spec for r in records]
    assert 18 <= sum(shown) <= 42


@pytest.mark.parametrize(
    ("licences", "passes"),
    [
        (["MIT"], {"open", "unknown", "any"}),
        (["CC BY-SA 4.0", "Apache 2.0"], {"open", "unknown", "any"}),
        (["Unknown"], {"unknown", "any"}),
        ([], {"unknown", "any"}),
        (["CC BY-NC 4.0"], {"any"}),
        (["MIT", "Dedicated License (somewhere)"], {"any"}),
    ],
)
def test_licences_filter(tmp_path: Path, licences: list[str], passes: set[str]) -> None:
    file = _collection(tmp_path / "c.jsonl.gz", {**TASK, "instance_license": licences})
    found = {
        level
        for level in ("open", "unknown", "any")
        if list(instruction_records(read_instructions(file), InstructionOptions(licence=level)))  # type: ignore[arg-type]
    }
    assert found == passes


def test_bad_collections_are_refused(tmp_path: Path) -> None:
    file = _collection(tmp_path / "c.jsonl.gz", TASK, {"task": "x", "definition": "d"})
    with pytest.raises(DataError, match=r"line 2 of .* is not a task: instances: Field required"):
        list(read_instructions(file))
    file.write_bytes(file.read_bytes()[:30])
    with pytest.raises(DataError, match="is damaged"):
        list(read_instructions(file))
    with pytest.raises(DataError, match="holds no rewordings"):
        read_rewordings(_collection(tmp_path / "w.jsonl.gz", {"task": "x"}))
    with pytest.raises(DataError, match="licence is 'free', but must be one of open, unknown, any"):
        InstructionOptions(licence="free")  # type: ignore[arg-type]
    with pytest.raises(DataError, match="at least 1"):
        InstructionOptions(cap=0)


def test_wrench_is_read_in_both_forms(tmp_path: Path) -> None:
    (tmp_path / "sms").mkdir()
    rows = [("win a prize", 1), ("see you", 0)]
    own = {str(n): {"label": y, "weak_labels": [], "data": {"text": x}} for n, (x, y) in enumerate(rows)}
    (tmp_path / "sms" / "test.json").write_text(json.dumps(own), "utf-8")
    lines = "\n".join(json.dumps({"text": x, "label": y}) for x, y in rows)
    (tmp_path / "sms" / "valid.jsonl").write_text(lines, "utf-8")
    for split in ("test", "valid"):
        records = list(load_wrench("sms", split, tmp_path))
        assert [(r.input, r.output) for r in records] == [("win a prize", "spam"), ("see you", "ham")]
        assert {r.spec for r in records} == {WRENCH["sms"].spec}


def test_wrench_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no WRENCH set 'agnews'"):
        list(load_wrench("agnews", "valid", tmp_path))
    with pytest.raises(DataError, match=r"holds no valid\.jsonl\.gz"):
        list(load_wrench("imdb", "valid", tmp_path))
    (tmp_path / "imdb").mkdir()
    file = tmp_path / "imdb" / "valid.jsonl"
    file.write_text('{"text": "good", "label": 2}', "utf-8")
    with pytest.raises(DataError, match=r"row 1 of .* the label 2"):
        list(load_wrench("imdb", "valid", tmp_path))
    file.write_text('{"label": 1}', "utf-8")
    with pytest.raises(DataError, match="is not a WRENCH file"):
        list(load_wrench("imdb", "valid", tmp_path))
