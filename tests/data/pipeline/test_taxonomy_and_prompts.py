"""The table of kinds of task, and what is asked about them."""

import json
import re

import pytest

from programasweights.data.pipeline.client import Reply
from programasweights.data.pipeline.parsing import parse_pairs, parse_specs
from programasweights.data.pipeline.prompts import pairs_prompt, specs_prompt
from programasweights.data.pipeline.taxonomy import AREAS, SUBCATEGORIES, choose
from programasweights.errors import DataError


def test_the_table() -> None:
    assert len(AREAS) == 17
    assert len(SUBCATEGORIES) >= 174
    assert len({one.name.casefold() for one in SUBCATEGORIES} | {a.casefold() for a in AREAS}) == len(
        SUBCATEGORIES
    ) + len(AREAS)
    for one in SUBCATEGORIES:
        assert one.area in AREAS
        assert len(one.description.split()) >= 5
        assert not one.description.endswith(".")


def test_choosing() -> None:
    assert choose(()) == SUBCATEGORIES
    assert {one.area for one in choose(["pii AND privacy"])} == {"PII and privacy"}
    assert [one.name for one in choose(["Log lines", "Urgency"])] == ["Urgency", "Log lines"]
    assert len(choose(["HTML and web", "Page titles and descriptions"])) == len(choose(["HTML and web"]))
    with pytest.raises(DataError, match="did you mean 'HTML and web'"):
        choose(["HTML und web"])
    with pytest.raises(DataError, match="the areas are Core text"):
        choose(["zzzzzzzz"])


def test_half_of_the_specs_are_asked_for_with_examples() -> None:
    with_examples = 0
    for seed in range(200):
        asked = specs_prompt(SUBCATEGORIES[0], count=3, before=(), seed=seed).user
        shown, without = (int(n) for n in re.findall(r": (\d+) \(has_examples", asked))
        assert shown + without == 3
        with_examples += shown
    assert 270 <= with_examples <= 330


def test_prompts_vary_with_the_seed_and_with_nothing_else() -> None:
    kind = SUBCATEGORIES[5]
    asked = [specs_prompt(kind, count=10, before=(), seed=seed) for seed in (1, 2, 1)]
    assert asked[0] == asked[2] != asked[1]
    assert asked[0].user != asked[1].user
    for part in (kind.area, kind.name, kind.description):
        assert part in asked[0].user


def test_what_is_there_already_is_shown_in_part() -> None:
    before = [f"Spec number {n} " + "word " * 200 for n in range(30)]
    asked = specs_prompt(SUBCATEGORIES[0], count=10, before=before, seed=1).user
    assert "Spec number 29" in asked
    assert "Spec number 0 " not in asked
    assert len(asked) < 6000


def test_specs_with_braces_are_shown_as_they_are() -> None:
    spec = 'Answer {"a": "{b}"} =====\nfor {} inputs'
    assert spec in pairs_prompt(spec, count=8, seed=1).user


def test_the_form_that_is_shown_is_readable_but_never_kept() -> None:
    """A model that only repeats the form gives nothing."""
    for prompt, kept in (
        (specs_prompt(SUBCATEGORIES[0], count=4, before=(), seed=1), []),
        (pairs_prompt("Say how urgent it is.", count=1, seed=1), []),
    ):
        form = prompt.user.splitlines()[-1]
        assert json.loads(form)
        echo = Reply(form, "stop")
        specs, pairs = parse_specs(echo, count=4), parse_pairs(echo, spec="Say it.", count=1)
        assert specs.kept == pairs.kept == kept
        assert specs.refused["spec: placeholder"] + pairs.refused["pair: placeholder"] == 1
