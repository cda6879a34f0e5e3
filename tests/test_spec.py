"""Specs: what is accepted, and the text form of examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.errors import SpecError
from programasweights.spec import MAX_SPEC_CHARACTERS, Spec, split_examples

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1).filter(
    str.strip
)


@given(PLAIN, st.lists(st.tuples(PLAIN, PLAIN), max_size=4))
def test_examples_can_be_read_back_from_the_text(task: str, examples: list[tuple[str, str]]) -> None:
    spec = Spec.make(task, examples)
    assert split_examples(spec.as_text()) == (task.strip(), examples)


LOOSE = st.text(st.sampled_from("a \n:é"))


@given(LOOSE.filter(str.strip), st.lists(st.tuples(LOOSE, LOOSE), max_size=3))
def test_empty_examples_and_line_ends_survive(task: str, examples: list[tuple[str, str]]) -> None:
    spec = Spec.make(task, examples)
    assert split_examples(spec.as_text()) == (task.strip(), examples)


def test_the_text_form() -> None:
    spec = Spec.make("  Do. \n", [["a", "b"], ("", "c\n")])
    assert spec.examples == (("a", "b"), ("", "c\n"))
    assert spec.as_text() == "Do.\n\nInput:\na\n\nOutput:\nb\n\nInput:\n\n\nOutput:\nc\n"


def test_the_longest_parts_are_allowed() -> None:
    spec = Spec.make("x" * MAX_SPEC_CHARACTERS, [("a" * 16_384, "b" * 16_384)] * 1000)
    assert len(spec.examples) == 1000


def test_text_of_another_form_is_all_task() -> None:
    text = "Do it.\n\nInput:\nno output follows"
    assert split_examples(text) == (text, [])


@pytest.mark.parametrize(
    ("prompt", "examples", "message"),
    [
        ("", [], "empty"),
        (" \n ", [], "empty"),
        (7, [], "is a int, but must be a string"),
        ("x" * (MAX_SPEC_CHARACTERS + 1), [], "at most 65536"),
        ("\ud800", [], "not valid Unicode"),
        ("x", ["ab"], r"example 1 is 'ab', but must be a pair"),
        ("x", [("a", "b"), ("a", 1)], "example 2"),
        ("x", [("a", "\udfff")], "output of example 1 is not valid Unicode"),
        ("x", [("a" * 16_385, "b")], "input of example 1 has 16385 characters"),
        ("x", [("a", "b", "c")], r"example 1 is \('a', 'b', 'c'\)"),
        ("x", [("a", "b" * 16_385)], "output of example 1 has 16385 characters"),
        ("x", [("a", "b")] * 1001, "1001 examples"),
    ],
)
def test_bad_specs(prompt: str, examples: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(SpecError, match=message):
        Spec.make(prompt, examples)
