"""Pipelines, maps, switches and required outputs: what comes out, in batches as alone."""

import pickle
import time
from collections.abc import Callable
from enum import Enum
from typing import Any, Literal

import pytest
from pydantic import BaseModel

import programasweights as paw
from programasweights.composition.pipeline import require
from programasweights.composition.values import as_text
from programasweights.functions import Function
from programasweights.typed import TypedFunction
from tests.composition.conftest import made

INPUTS = ["a", "", "b c", "a", "é🍜", "0"]


def test_a_pipe_gives_each_output_to_the_next(one: Function, two: Function) -> None:
    pipe = str.strip | one | len | (lambda n: f"{n}!") | two
    for text in INPUTS:
        assert pipe(f" {text} ") == two(f"{len(one(text))}!")
    assert pipe.map(INPUTS) == [pipe(text) for text in INPUTS]
    assert pipe.map([]) == []


def test_pipes_do_not_nest(one: Function) -> None:
    left, right = (one | str.upper) | str.lower, one | (str.upper | (len | one))
    assert repr(left) == f"<Pipeline {one.id[:12]} | str.upper | str.lower>"
    assert repr(right) == f"<Pipeline {one.id[:12]} | str.upper | len | {one.id[:12]}>"


def test_what_is_no_stage_is_refused(one: Function) -> None:
    for wrong in (3, None, ["a"]):
        with pytest.raises(paw.SpecError, match="is no stage"):
            one | wrong
    with pytest.raises(paw.InputError, match="given one string"):
        (one | len).map("abc")


def test_a_map_runs_every_item(one: Function) -> None:
    words = paw.map(one)
    lists = [["a", "b"], [], ["c"], ("d", "e", "f")]
    assert words.map(lists) == [[one(text) for text in texts] for texts in lists]
    nested = paw.map(paw.map(str.upper))
    assert nested([["a"], [], ["b", "c"]]) == [["A"], [], ["B", "C"]]


def test_a_map_needs_a_list(one: Function) -> None:
    for wrong in ("abc", 3, {"a": 1}, None):
        with pytest.raises(paw.InputError, match="takes a list"):
            paw.map(one)(wrong)


def test_a_switch_gives_the_input_to_the_named_case(one: Function, two: Function) -> None:
    route = paw.switch(len, {"0": "nothing", "1": one, "3": str.upper}, default=two)
    wanted = [one("a"), "nothing", "B C", one("a"), two("é🍜"), one("0")]
    assert route.map(INPUTS) == wanted
    assert [route(text) for text in INPUTS] == wanted


def test_a_switch_without_the_case(one: Function) -> None:
    with pytest.raises(paw.OutputError, match=r"got '3', which is none of \['1'\]"):
        paw.switch(len, {"1": one})("abc")
    for cases in ({}, {1: one}, [("a", one)]):
        with pytest.raises(paw.SpecError, match="cases is"):
            paw.switch(one, cases)  # type: ignore[arg-type]


def test_booleans_and_enums_name_cases() -> None:
    class Size(Enum):
        small = "S"
        large = 2

    assert paw.switch(lambda n: n > 1, {"yes": "many", "no": "one"}).map([1, 2]) == ["one", "many"]
    sizes = paw.switch(lambda n: Size.small if n < 5 else Size.large, {"S": "s", "large": "l"})
    assert sizes.map([1, 9]) == ["s", "l"]


def test_values_as_text() -> None:
    class Point(BaseModel):
        x: int

    assert as_text(["a", 1, None, 0.5]) == '["a",1,null,0.5]'
    assert as_text(Point(x=3)) == '{"x":3}'
    assert as_text("é") == "é"
    with pytest.raises(paw.InputError, match="cannot take as text"):
        as_text(object())


# Required outputs


def drawn(function: Function, text: str, seed: int) -> str:
    return function.sample([text], seed=seed, temperature=0.8)[0]


def test_outputs_that_pass_are_left_alone(one: Function) -> None:
    careful = one.require(lambda _: True, retries=0)
    assert careful.map(INPUTS) == one.map(INPUTS)


@pytest.mark.parametrize("passing", [1, 2, 4])
def test_a_refused_output_is_drawn_with_the_next_seed(one: Function, passing: int) -> None:
    wanted = drawn(one, "a", passing)
    earlier = [one("a"), *(drawn(one, "a", seed) for seed in range(1, passing))]
    assert wanted not in earlier  # else this tests nothing
    assert one.require(wanted.__eq__, retries=4)("a") == wanted


def test_retries_are_the_same_in_a_batch(one: Function, two: Function) -> None:
    def short(output: str) -> bool:
        return len(output) % 3 == 0

    careful = one.require(short, retries=3, fallback=two)
    alone = [careful(text) for text in INPUTS]
    assert careful.map(INPUTS) == alone
    assert careful.map(INPUTS[::-1]) == alone[::-1]
    assert alone != one.map(INPUTS)


def test_the_fallback_gets_the_input(one: Function, two: Function) -> None:
    def never(_: object) -> bool:
        return False

    assert one.require(never, retries=1, fallback=two).map(INPUTS) == two.map(INPUTS)
    assert one.require(never, retries=1, fallback="?")("a") == "?"
    with pytest.raises(paw.OutputError, match=r"required to be regex 'x\{9\}', but after 2 retries it is"):
        one.require(regex="x{9}", retries=2)("a")


def test_requirements_within_requirements_draw_anew(one: Function) -> None:
    """The outer one's second attempt must not repeat the inner one's first attempts."""
    seen: list[str] = []

    def note(output: str) -> bool:
        seen.append(output)
        return False

    inner = one.require(note, retries=2, fallback=str.upper)
    inner.require(lambda _: False, retries=1, fallback="?")("a")
    assert seen[3] == drawn(one, "a", 1)  # the outer retry's own draw
    assert seen[4:] == [drawn(one, "a", 102), drawn(one, "a", 103)]


def test_a_pipeline_can_be_required_too(one: Function) -> None:
    loud = (one | str.upper).require(lambda text: text != one("a").upper(), retries=2)
    assert loud("a") == drawn(one, "a", 1).upper()


def test_a_type_that_refuses_its_output_is_one_more_refusal(tiny_engine: Any) -> None:
    seen: list[str] = []

    class Strict(BaseModel):
        word: Literal["a", "b"]

        def model_post_init(self, _: object) -> None:
            seen.append(self.word)
            raise ValueError("never good enough")

    typed: TypedFunction[Any] = TypedFunction(made(tiny_engine, "Say a."), Strict)
    with pytest.raises(paw.OutputError):
        typed("x")
    seen.clear()
    assert typed.require(lambda _: True, retries=2, fallback="gave up").map(["x", "y"]) == ["gave up"] * 2
    assert len(seen) >= 6


@pytest.mark.parametrize(
    ("options", "passes", "fails"),
    [
        ({"regex": r"[0-9]+"}, ["0", "42", 42], ["", "4 2", "42\n", "x"]),
        ({"regex": "(?i)yes|no"}, ["YES", "no", True], ["yes!", "yesno"]),
        ({"one_of": ["a", "b"]}, ["a"], ["", "A", "ab"]),
        ({"one_of": "ab"}, ["ab"], ["a"]),
        ({"json": True}, ["{}", "[1]", '"x"', {"a": 1}, "3"], ["{", "", "NaN", "{'a': 1}", "[" * 10_000]),
    ],
)
def test_named_checks(options: dict[str, Any], passes: list[object], fails: list[object]) -> None:
    def same(value: object) -> object:
        return value

    careful = require(same, **options, retries=0, fallback="refused")
    assert careful.map(passes) == passes
    assert careful.map(fails) == ["refused"] * len(fails)


def test_pipelines_cross_processes() -> None:
    """Their functions do too; those of a tiny model are nowhere to be found again."""
    careful = require(str.strip, regex="[a-z]+", fallback="?") | str.upper | paw.switch(len, {"1": str.lower})
    again = pickle.loads(pickle.dumps(careful))  # noqa: S301  # our own
    assert repr(again) == repr(careful)
    assert again("7") == careful("7") == "?"


def test_a_pattern_takes_linear_time(one: Function) -> None:
    started = time.monotonic()
    assert require(lambda text: text, regex="(a+)+b", fallback="no")("a" * 50_000) == "no"
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"regex": "a", "json": True},
        {"regex": "("},
        {"regex": r"(?<=a)b"},
        {"one_of": []},
        {"one_of": [1]},
        {"json": True, "retries": -1},
        {"json": True, "retries": 101},
        {"json": True, "retries": True},
        {"json": True, "temperature": 0},
        {"json": True, "temperature": float("nan")},
        {"json": True, "fallback": 3},
        {"predicate": 3},
    ],
)
def test_bad_options(one: Function, options: dict[str, Any]) -> None:
    with pytest.raises(paw.SpecError):
        one.require(**options)


# Drawing


def test_a_draw_depends_on_input_and_seed_alone(one: Function) -> None:
    alone = [one.sample([text], seed=5)[0] for text in INPUTS]
    assert one.sample(INPUTS, seed=5) == alone
    assert one.sample(INPUTS[::-1], seed=5) == alone[::-1]
    assert one.sample(INPUTS, seed=6) != alone


@pytest.mark.parametrize("returns", [Literal["a", "b", "c"], int])
def test_typed_draws(one: Function, returns: object) -> None:
    typed: TypedFunction[Any] = TypedFunction(one, returns)
    drawn = [typed.sample(["x"], seed=seed)[0] for seed in range(12)]
    assert drawn == [typed.sample(["y", "x"], seed=seed)[1] for seed in range(12)]
    assert len(set(drawn)) > 1
    assert all(isinstance(value, int) if returns is int else value in "abc" for value in drawn)


def test_cold_draws_of_labels_are_the_most_probable(one: Function) -> None:
    typed: TypedFunction[Any] = TypedFunction(one, Literal["a", "b", "c"])
    assert [typed.sample(["x"], seed=seed, temperature=1e-4)[0] for seed in range(5)] == [typed("x")] * 5


def test_types_work_as_stages(one: Function) -> None:
    which: TypedFunction[Any] = TypedFunction(one, bool)
    route: Callable[[str], Any] = paw.switch(which, {"yes": "y", "no": "n"})
    assert [route(text) for text in INPUTS] == ["y" if which(text) else "n" for text in INPUTS]
    words: TypedFunction[Any] = TypedFunction(one, list[str])
    assert (words | paw.map(len))("x") == [len(word) for word in words("x")]
