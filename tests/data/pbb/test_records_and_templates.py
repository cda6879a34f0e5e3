"""Records of instructions and executions, reading answers, and the contexts of documents."""

import json
from collections import Counter
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import get_args

import pytest

from programasweights.data.pbb.drawing import held_out_splits, invented_names
from programasweights.data.pbb.records import (
    DomainName,
    Execution,
    Instruction,
    final_answer,
    instruction_id,
    prompted,
    read_executions,
    read_instructions,
    to_json,
)
from programasweights.data.pbb.templates import document, documents, forms, templates
from programasweights.data.records import write_lines
from programasweights.errors import DataError

TEXT = 'def tolm(x):\n    return {"{name}": "{text}"}'
INSTRUCTION = Instruction(
    instruction_id("arithmetic", TEXT), "arithmetic", "tolm", TEXT, "Ünwords 🙂", "train", {"operations": 1}
)
EXECUTION = Execution(INSTRUCTION.id, "3", "What is tolm(3)?", "9", "x = 3\nx = 3 * 3 = 9")


def test_records_come_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    write_lines(path, [to_json(INSTRUCTION)])
    assert list(read_instructions(path)) == [INSTRUCTION]
    write_lines(path, [to_json(EXECUTION), to_json(EXECUTION)])
    assert list(read_executions(path)) == [EXECUTION, EXECUTION]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"domain": "poetry"}, "'domain' is 'poetry', but must be one of arithmetic"),
        ({"split": "valid"}, "'split' is 'valid'"),
        ({"text": " "}, "'text' is empty"),
        ({"name": 3}, "'name' is 3, but must be text"),
        ({"attributes": []}, "'attributes' are"),
    ],
)
def test_a_bad_instruction_is_named_with_its_line(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = tmp_path / "r.jsonl"
    write_lines(path, [to_json(INSTRUCTION), json.dumps(asdict(INSTRUCTION) | change)])
    with pytest.raises(DataError, match=f"line 2 of .*{message}"):
        list(read_instructions(path))


@pytest.mark.parametrize("line", ["[", "[]", '{"id": "x"}', json.dumps(asdict(EXECUTION) | {"more": 1})])
def test_lines_that_are_no_execution(tmp_path: Path, line: str) -> None:
    (tmp_path / "r.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(DataError, match="line 1 of"):
        list(read_executions(tmp_path / "r.jsonl"))


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("9", "9"),
        ("x = 3\nx = 9\nAnswer: 9", "9"),
        ("Answer: 8\nNo, wait.\nanswer: `9`\n", "9"),
        ("**Answer:** 9", "9"),
        ("x = 3\n'nine'\n \n", "nine"),
        ("", ""),
        ("Answer:", ""),
        ("My answers: 3", "My answers: 3"),
    ],
)
def test_the_final_answer(reply: str, answer: str) -> None:
    assert final_answer(reply) == answer


def test_what_is_asked_and_replied() -> None:
    question, reply = prompted(EXECUTION, steps=False)
    assert question.startswith("What is tolm(3)?\n")
    assert reply == "9"
    question, reply = prompted(EXECUTION, steps=True)
    assert "step by step" in question
    assert reply == "x = 3\nx = 3 * 3 = 9\nAnswer: 9"
    assert final_answer(reply) == "9"
    assert prompted(replace(EXECUTION, trace=""), steps=True)[1] == "Answer: 9"


@pytest.mark.parametrize("domain", get_args(DomainName))
def test_twenty_contexts_of_every_domain(domain: DomainName) -> None:
    found = templates(domain)
    assert len(set(found)) == 20
    assert all(context.count("{text}") == 1 for context in found)
    assert [context for context in found if "{name}" not in context] == ["{text}"]
    assert all(context.count("{") == context.count("}") == 1 + context.count("{name}") for context in found)


def test_a_document_holds_the_text_untouched() -> None:
    """Braces in code are code, also where they look like a place of the context."""
    for context in templates("arithmetic"):
        made = document(INSTRUCTION, context)
        assert TEXT in made
        assert made.replace(TEXT, "").count("{") == 0
    assert document(INSTRUCTION, "# {name}\n{text}", form="words") == "# tolm\nÜnwords 🙂"


def test_one_context_or_all() -> None:
    every = documents(INSTRUCTION, contexts=20)
    assert len(set(every)) == 20
    (one,) = documents(INSTRUCTION, contexts=1)
    assert one in every
    drawn = {documents(INSTRUCTION, contexts=1, seed=seed) for seed in range(200)}
    assert len(drawn) == 20
    assert documents(INSTRUCTION, contexts=1) == (one,)


def test_an_instruction_without_words_has_one_form() -> None:
    silent = replace(INSTRUCTION, description="")
    assert (forms(INSTRUCTION), forms(silent)) == (("code", "words"), ("code",))
    with pytest.raises(DataError, match="tolm has no description"):
        document(silent, "{text}", form="words")


def test_invented_names_differ_and_are_no_words() -> None:
    names = list(islice(invented_names("x"), 5000))
    assert len(set(names)) == 5000
    assert all(name.isalpha() and name.islower() and 4 <= len(name) <= 10 for name in names)
    assert not {"zero", "robot", "nazi", "tofu"} & set(names)
    assert names[:9] == list(islice(invented_names("x"), 9)) != list(islice(invented_names("y"), 9))


def test_held_out_items_are_spread_over_groups() -> None:
    groups = ["a"] * 50 + ["b"] * 30 + ["c"] * 20
    splits = held_out_splits(groups, 0.2, seed="x")
    held_out = Counter(group for group, split in zip(groups, splits, strict=True) if split == "eval")
    assert held_out == {"a": 10, "b": 6, "c": 4}
    assert splits == held_out_splits(groups, 0.2, seed="x") != held_out_splits(groups, 0.2, seed="y")
    assert set(held_out_splits(groups, 0, seed="x")) == {"train"}
    assert set(held_out_splits(groups, 1, seed="x")) == {"eval"}
    assert held_out_splits([0] * 3, 0.34, seed="x").count("eval") == 1
