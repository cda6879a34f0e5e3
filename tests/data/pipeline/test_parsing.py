"""What is read from replies, and what is refused for which reason."""

import json
from typing import Any

import pytest

from programasweights.data.pipeline.client import Reply
from programasweights.data.pipeline.parsing import Pair, WrittenSpec, parse_pairs, parse_specs

SPEC = "Answer high or low: how urgent is it? For example, 'the  lift fell' is high."
GOOD = [("fire in hall", "high"), ("lunch moved", "low"), ("server down", "high"), ("new plant", "low")]


def said(body: Any, finish_reason: str = "stop") -> Reply:
    return Reply(body if isinstance(body, str) else json.dumps(body), finish_reason)


def pairs_of(*pairs: tuple[Any, Any]) -> dict[str, Any]:
    return {"pairs": [{"input": given, "output": wanted} for given, wanted in pairs]}


def spec_item(text: Any, has_examples: Any = False) -> dict[str, Any]:
    return {"spec": text, "has_examples": has_examples}


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "```json\n{}\n```",
        "Sure {as you wish}! Here it is:\n\n{}\n\nAnything else?",
        '<think>{"specs": []} may do</think>\n{}',
        '{"note": 1} {}',
    ],
)
def test_the_object_is_found_whatever_stands_around_it(text: str) -> None:
    body = json.dumps({"specs": [spec_item("  Say which colour it is. ", True)]})
    parsed = parse_specs(said(body.join(text.rsplit("{}", 1))), count=1)
    assert parsed.kept == [WrittenSpec(spec="Say which colour it is.", has_examples=True)]
    assert (parsed.offered, parsed.refused) == (1, {})


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (said(""), "reply: no JSON object with the key asked for"),
        (said('{"specs": [{"spec": "Say wh'), "reply: no JSON object with the key asked for"),
        (said('{"specs": [{"spec": "Say wh', "length"), "reply: cut off"),
        (said("", "content_filter"), "reply: content_filter"),
        (said("I'm sorry, but I can't help with that."), "reply: refusal"),
        (said("As an AI language model, I have no colours."), "reply: refusal"),
        (said({"spec": []}), "reply: no JSON object with the key asked for"),
        (said([spec_item("Say which colour it is.")]), "reply: no JSON object with the key asked for"),
        (said({"specs": {}}), "reply: wrong keys or types"),
        (said({"specs": [], "note": ""}), "reply: wrong keys or types"),
        (said({"specs": []}), "reply: nothing offered"),
        (said('{"specs": [' + '{"a":' * 100_000), "reply: no JSON object with the key asked for"),
        (said('{"specs": [{"spec": "\\ud800"}]}'), "reply: no JSON object with the key asked for"),
    ],
)
def test_replies_that_are_refused_whole(reply: Reply, reason: str) -> None:
    parsed = parse_specs(reply, count=3)
    assert (parsed.kept, parsed.offered, dict(parsed.refused)) == ([], 0, {reason: 1})


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("Say which colour it is.", "wrong keys or types"),
        ({"spec": "Say which colour it is."}, "wrong keys or types"),
        (spec_item("Say which colour it is.") | {"note": 1}, "wrong keys or types"),
        (spec_item("Say which colour it is.", "no"), "wrong keys or types"),
        (spec_item(["Say which colour it is."]), "wrong keys or types"),
        (spec_item(" \n"), "empty"),
        (spec_item("Sort."), "too short"),
        (spec_item("Say it. " * 1000), "too long"),
        (spec_item("I cannot create that kind of specification."), "refusal"),
        (spec_item("the whole text of one specification"), "placeholder"),
        (spec_item("Example specification 1"), "placeholder"),
        (spec_item(". . . . . . . . . . . ."), "placeholder"),
        (spec_item("Give the third word."), "more than asked for"),
    ],
)
def test_specs_that_are_refused_one_by_one(item: object, reason: str) -> None:
    parsed = parse_specs(said({"specs": [spec_item("Say which colour it is."), item]}), count=1)
    assert [one.spec for one in parsed.kept] == ["Say which colour it is."]
    assert (parsed.offered, dict(parsed.refused)) == (2, {f"spec: {reason}": 1})


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (("flood", 3), "wrong keys or types"),
        (("", "low"), "empty"),
        (("flood", " \n"), "empty"),
        (("x" * 9000, "low"), "too long"),
        (("flood", "x" * 3000), "too long"),
        ((SPEC, "low"), "spec repeated"),
        (("flood", SPEC.upper()), "spec repeated"),
        (("flood", f"By your rule ({SPEC}) high"), "spec repeated"),
        (("flood", "I can't help with that."), "refusal"),
        (("the text given", "low"), "placeholder"),
        (("Sample input 2", "low"), "placeholder"),
        (("input 1", "low"), "placeholder"),
        (("...", "low"), "placeholder"),
        (("Dear [your name], flood", "high"), "placeholder"),
        (("flood", "expected output"), "placeholder"),
        (("fire in hall\n", "low"), "input repeated"),
        (("The lift\nfell", "high"), "example of the spec"),
    ],
)
def test_pairs_that_are_refused_one_by_one(pair: tuple[Any, Any], reason: str) -> None:
    parsed = parse_pairs(said(pairs_of(*GOOD, pair)), spec=SPEC, count=8)
    assert [(p.input, p.output) for p in parsed.kept] == GOOD
    assert (parsed.offered, dict(parsed.refused)) == (5, {f"pair: {reason}": 1})


@pytest.mark.parametrize(
    "pair",
    [
        ("I'm sorry, I can't make it on Friday", "low"),  # people write so
        ("text", "string"),  # bare words may be labels
        ("high", "low"),  # labels are in every spec, but no example ...
        ("FIRE IN HALL", "high"),  # letter case may be what the task is about
        ("flood", "[NAME]"),
        ("flood", "-"),
    ],
)
def test_pairs_that_only_look_odd(pair: tuple[str, str]) -> None:
    spec = "Answer with a label: how urgent is it?"
    parsed = parse_pairs(said(pairs_of(*GOOD, pair)), spec=spec, count=8)
    assert parsed.kept[-1] == Pair(input=pair[0], output=pair[1])


def test_things_to_fill_in_are_data_where_the_spec_speaks_of_them() -> None:
    pairs = pairs_of(("Dear [your name]", "1"), ("Hi Tom", "0"))
    assert parse_pairs(said(pairs), spec="Count the placeholders left open.", count=2).refused == {}


def test_a_long_input_in_the_spec_is_an_example_whatever_its_output() -> None:
    spec = "Answer A or B. Take: the whole building burns down tonight => A"
    pairs = pairs_of(*GOOD, ("The whole building burns down tonight", "fire"))
    assert parse_pairs(said(pairs), spec=spec, count=8).refused == {"pair: example of the spec": 1}


def test_pairs_whose_outputs_are_equal() -> None:
    parsed = parse_pairs(said(pairs_of(*((given, "low") for given, _ in GOOD))), spec=SPEC, count=4)
    assert (parsed.kept, dict(parsed.refused)) == ([], {"pair: all outputs equal": 4})


def test_too_few_pairs() -> None:
    parsed = parse_pairs(said(pairs_of(*GOOD[:3], ("", ""))), spec=SPEC, count=8)
    assert (parsed.kept, dict(parsed.refused)) == ([], {"pair: one of too few": 3, "pair: empty": 1})
    assert parse_pairs(said(pairs_of(GOOD[0])), spec=SPEC, count=1).refused == {}


def test_more_pairs_than_asked_for() -> None:
    parsed = parse_pairs(said(pairs_of(*GOOD)), spec=SPEC, count=2)
    assert (len(parsed.kept), dict(parsed.refused)) == (2, {"pair: more than asked for": 2})
