"""Typed functions: compile and load with a type, predictions, thresholds, fallbacks."""

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, field_validator

import programasweights as paw
from programasweights.typed import TypedFunction
from tests.typed.conftest import with_random_lora


@pytest.fixture
def made(tiny_name: str) -> TypedFunction[bool]:
    return paw.compile("Urgent?", [("Fire!", True), ("Soon.", "no")], returns=bool, interpreter=tiny_name)


def test_compile_and_load(made: TypedFunction[bool], tmp_path: Path, tiny_name: str) -> None:
    spec = made.program.behaviour.spec
    assert spec.text == "Urgent?\nAnswer with one of: yes, no."
    assert spec.examples == (("Fire!", "yes"), ("Soon.", "no"))
    assert made.explain().spec == spec.text
    assert repr(made) == f"<TypedFunction {made.id[:12]} -> bool: {spec.text!r}>"
    path = made.dump(tmp_path / "urgent.paw")
    again = paw.function(path, returns=bool)
    assert again.id == made.id
    assert again.map(["a", "b"]) == made.map(iter(["a", "b"])) == [made("a"), made("b")]
    assert type(made("a")) is bool
    # without a type it is a function of texts
    assert isinstance(paw.function(path), paw.Function)


def test_predictions_of_labels(made: TypedFunction[bool]) -> None:
    found = made.predict("x")
    [(other, chance)] = found.alternatives
    assert found.value is made("x")
    assert other is not found.value
    assert found.confidence + chance == pytest.approx(1)
    assert found.confidence >= chance
    assert not found.abstained
    three = paw.function(made.program, returns=Literal["a", "b", "c"]).predict("x")
    chances = [three.confidence, *(chance for _, chance in three.alternatives)]
    assert chances == sorted(chances, reverse=True)
    assert {three.value, *(value for value, _ in three.alternatives)} == {"a", "b", "c"}


def test_predictions_of_decoded_values(made: TypedFunction[bool]) -> None:
    function = paw.function(made.program, returns=re.compile("[a-z]{3}"))
    found = function.predict("x")
    assert found == function.predict("x")
    assert found.value == function("x")
    assert len({found.value, *(value for value, _ in found.alternatives)}) == len(found.alternatives) + 1 > 1
    assert all(0 < chance < 1 for _, chance in found.alternatives)


def test_plain_text_is_what_the_untyped_function_gives(made: TypedFunction[bool]) -> None:
    texts = ["", "x", "Fire!"]
    assert paw.function(made.program, returns=str).map(texts) == paw.function(made.program).map(texts)


def test_a_program_with_a_lora(made: TypedFunction[bool]) -> None:
    program = with_random_lora(made.program)
    texts = [f"item {n}" for n in range(12)]
    for returns in (bool, re.compile("[a-z]{3}")):
        plain: TypedFunction[Any] = paw.function(made.program, returns=returns)
        changed: TypedFunction[Any] = paw.function(program, returns=returns)
        assert [changed.predict(text).confidence for text in texts] != pytest.approx(
            [plain.predict(text).confidence for text in texts]
        )
        assert changed.map(texts) == [changed(text) for text in texts]


def test_abstaining(made: TypedFunction[bool]) -> None:
    chances = sorted(made.predict(f"item {n}").confidence for n in range(9))
    texts = [f"item {n}" for n in range(9)]
    sure = paw.function(made.program, returns=bool, abstain_below=chances[4])
    assert sum(value is None for value in sure.map(texts)) == 4
    asked: list[str] = []
    helped = paw.function(
        made.program,
        returns=bool,
        abstain_below=chances[4],
        fallback=lambda text: asked.append(text) or "asked",
    )
    for text, value in zip(texts, helped.map(texts), strict=True):
        found = helped.predict(text)
        assert value == ("asked" if found.abstained else found.value)
        assert found.abstained == (found.confidence < chances[4])
    assert len(asked) == 4


class Odd(BaseModel):
    n: Literal["a", "b"]

    @field_validator("n")
    @classmethod
    def refuse(cls, value: str) -> str:
        raise ValueError(f"{value} is never good enough")


def test_checks_that_a_grammar_cannot_state(made: TypedFunction[bool]) -> None:
    function = paw.function(made.program, returns=Odd)
    for call in (function, function.predict):
        with pytest.raises(paw.OutputError, match=r"not a value of Odd: .*never good enough"):
            call("x")
    assert paw.function(made.program, returns=Odd, fallback=len)("four") == 4


@pytest.mark.parametrize("bad", [-0.1, 1.1, "0.5", True, float("nan")])
def test_thresholds_that_make_no_sense(made: TypedFunction[bool], bad: Any) -> None:
    with pytest.raises(paw.SpecError, match="abstain_below is"):
        paw.function(made.program, returns=bool, abstain_below=bad)


def test_options_without_a_type(made: TypedFunction[bool]) -> None:
    for options in ({"abstain_below": 0.5}, {"fallback": len}):
        with pytest.raises(paw.SpecError, match="give returns= as well"):
            paw.function(made.program, **options)
    with pytest.raises(paw.SpecError, match="fallback is 3"):
        paw.function(made.program, returns=bool, fallback=3)  # type: ignore[arg-type]


def test_bad_inputs_and_specs(made: TypedFunction[bool], tiny_name: str) -> None:
    for returns in (bool, int):
        function: TypedFunction[Any] = paw.function(made.program, returns=returns)
        with pytest.raises(paw.InputError, match="must be a string"):
            function(3)  # type: ignore[arg-type]
        with pytest.raises(paw.InputError, match="input 1 is not valid Unicode"):
            function.map(["a", "\ud800"])
        with pytest.raises(paw.InputError, match="given one string"):
            function.map("ab")
        assert function.map([]) == []
    for prompt, examples, message in [
        (3, None, "must be a string"),
        (" ", None, "empty"),
        ("x", ["y"], "must be a pair"),
    ]:
        with pytest.raises(paw.SpecError, match=message):
            paw.compile(prompt, examples, returns=bool, interpreter=tiny_name)  # type: ignore[call-overload]


@pytest.mark.weights
def test_probabilities_follow_the_input_on_the_real_model() -> None:
    examples = [("I loved every minute of it.", "positive"), ("A boring waste of time.", "negative")]
    f = paw.compile("Is the review positive or negative?", examples, returns=Literal["positive", "negative"])
    good, bad = (
        [
            dict([(found.value, found.confidence), *found.alternatives])["positive"]
            for found in map(f.predict, texts)
        ]
        for texts in (
            ["Absolutely fantastic.", "What a great film!"],
            ["The worst film of the year.", "I hated it."],
        )
    )
    assert min(good) > max(bad)
