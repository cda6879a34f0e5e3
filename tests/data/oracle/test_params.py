"""Parameters: what is said is what is read, and labels never collide."""

import re

import pytest

from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.params import (
    Param,
    choice,
    labels,
    missing,
    number,
    quote_style,
    separator,
    token,
    yes_no,
)

PARAMS: dict[str, Param] = {
    "kind": choice("old", "new"),
    "unit": choice({"metres": "m", "meters": "m", "feet": "ft"}),
    "size": number(1, 40),
    "step": number(10, 50, 10),
    "none": missing(),
    "mark": token("[X]", "it's", 'a "b"', "-", "nothing"),
    "separator": separator(),
    "answers": yes_no(),
    "classes": labels(urgent=("urgent", "now"), later=("later", "wait"), never="never"),
}


@pytest.mark.parametrize("name", list(PARAMS))
def test_every_slot_matches_its_pattern_and_reads_as_one_value(name: str) -> None:
    param = PARAMS[name]
    values = set()
    for seed in range(400):
        draw = Draw(seed)
        said = param.say(draw, name, quote_style(draw))
        assert tuple(said) == param.slots(name)
        for slot, text in said.items():
            assert re.fullmatch(param.pattern(slot), text), text
        values.add(repr(param.read(said, name)))
    assert len(values) >= min(param.count, 100) * 0.6


def test_values_mean_what_is_said() -> None:
    assert PARAMS["unit"].read({"unit": "meters"}, "unit") == "m"
    assert PARAMS["size"].read({"size": "seven"}, "size") == 7
    assert PARAMS["size"].read({"size": "13"}, "size") == 13
    assert PARAMS["mark"].read({"mark": '"[X]"'}, "mark") == "[X]"
    assert PARAMS["mark"].read({"mark": "`-`"}, "mark") == "-"
    with pytest.raises(KeyError):
        PARAMS["kind"].read({"kind": "odd"}, "kind")


def test_labels_are_different_and_sometimes_arbitrary() -> None:
    known, arbitrary = 0, 0
    for seed in range(500):
        said = PARAMS["classes"].say(Draw(seed), "classes", "{}")
        value = PARAMS["classes"].read(said, "classes")
        assert list(value) == ["urgent", "later", "never"]
        assert len(set(value.values())) == 3
        assert all(value.values())
        usual = value["urgent"].strip("[]<>").lower() in ("urgent", "now")
        known, arbitrary = known + usual, arbitrary + (not usual)
    assert min(known, arbitrary) > 100


def test_texts_that_would_be_misread_are_quoted() -> None:
    for seed in range(50):
        assert token("nothing").say(Draw(seed), "t", "{}") == {"t": '"nothing"'}
        assert token("-").say(Draw(seed), "t", "{}") == {"t": '"-"'}
        assert token("none").say(Draw(seed), "t", "{}") == {"t": "none"}
        assert token("it's").say(Draw(seed), "t", "'{}'") == {"t": '"it\'s"'}
