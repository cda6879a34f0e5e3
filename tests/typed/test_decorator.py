"""The decorator: specs from docstrings, types from signatures, programs kept by content."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

import programasweights as paw
from programasweights import api
from programasweights.decorator import Fuzzy
from programasweights.typed import TypedFunction


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The prompts that are compiled."""
    found: list[str] = []
    real = api.compile

    def counted(prompt: str, *args: Any, **keywords: Any) -> Any:
        found.append(prompt)
        return real(prompt, *args, **keywords)

    monkeypatch.setattr(api, "compile", counted)
    return found


def urgency(message: str) -> Literal["immediate", "wait"]:
    """Is this message urgent?

    Fire is.
    """
    raise AssertionError("the body is never run")


def test_without_and_with_parentheses(tiny_name: str, compiled: list[str]) -> None:
    plain = paw.fuzzy(urgency)
    assert isinstance(plain, Fuzzy)
    assert plain.__name__ == "urgency"
    assert plain.__doc__ == urgency.__doc__
    assert compiled == []
    function = paw.fuzzy(interpreter=tiny_name)(urgency)
    assert compiled == []
    assert function("Fire!") in ("immediate", "wait")
    assert function(message="Fire!") == function("Fire!")
    assert compiled == ["Is this message urgent?\n\nFire is."]
    assert isinstance(function.function, TypedFunction)
    assert function.function.program.behaviour.spec.text.startswith(
        "Is this message urgent?\n\nFire is.\nAnswer with"
    )
    assert function.predict("Fire!").value == function("Fire!")
    texts = ["a", "b"]
    assert function.map(texts) == [function(text) for text in texts]


def test_compiled_once_for_the_same_content(tiny_name: str, compiled: list[str], tmp_path: Path) -> None:
    keywords: Any = {"interpreter": tiny_name, "compiler": "neural", "seed": 5}
    first = paw.fuzzy(**keywords)(urgency)
    first("x")
    again = paw.fuzzy(**keywords)(urgency)
    assert again("x") == first("x")
    assert again.function.id == first.function.id
    assert len(compiled) == 1
    for changed in ({"seed": 6}, {"examples": [("Fire!", "immediate")]}, {"compiler": "prompted"}):
        paw.fuzzy(**keywords | changed)(urgency)("x")
    assert len(compiled) == 4

    def other(message: str) -> Literal["immediate", "wait", "never"]:
        """Is this message urgent?

        Fire is.
        """

    paw.fuzzy(**keywords)(other)("x")  # type: ignore[arg-type]
    assert len(compiled) == 5


def test_a_program_that_was_removed_is_compiled_again(tiny_name: str, compiled: list[str]) -> None:
    from programasweights.hub import ProgramStore

    options: Any = {"interpreter": tiny_name, "seed": 9}
    first = paw.fuzzy(**options)(urgency)
    path = ProgramStore().folder / f"{first.function.id}.paw"
    for damage in (path.unlink, lambda: path.write_bytes(b"x")):
        damage()
        assert paw.fuzzy(**options)(urgency).function.id == first.function.id
    assert len(compiled) == 3


def several(subject: str, count: int, tags: list[str] | None = None, *, note: str = "none") -> bool:
    """Is it odd?"""
    raise AssertionError("the body is never run")


def test_several_arguments_are_one_text() -> None:
    text = paw.fuzzy(several).text
    assert text("a", 3) == "subject: a\ncount: 3\ntags: null\nnote: none"
    assert text("a", 3, ["x"], note="Ü") == 'subject: a\ncount: 3\ntags: ["x"]\nnote: Ü'
    # a value cannot pose as another argument
    for end in ("\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"):
        lines = text(f"a{end}count: 9", 3).splitlines()
        assert len(lines) == 4, end
        assert lines[1] == "count: 3"
    with pytest.raises(TypeError, match="missing a required argument: 'count'"):
        text("a")  # type: ignore[call-arg]
    assert paw.fuzzy(urgency).text("two\nlines") == "two\nlines"


def test_examples_and_maps_of_several_arguments(tiny_name: str) -> None:
    examples = [(("a", 1), True), ({"subject": "b", "count": 2, "note": "x"}, False)]
    function = paw.fuzzy(examples=examples, interpreter=tiny_name, compiler="neural")(several)
    assert function.function.program.behaviour.spec.examples == (
        ("subject: a\ncount: 1\ntags: null\nnote: none", "yes"),
        ("subject: b\ncount: 2\ntags: null\nnote: x", "no"),
    )
    assert function.map([("a", 1), {"subject": "a", "count": 1}]) == [function("a", 1)] * 2


def test_abstaining(tiny_name: str) -> None:
    function = paw.fuzzy(interpreter=tiny_name, abstain_below=1.0, fallback=str.upper)(urgency)
    assert function("fire") == "FIRE"
    assert paw.fuzzy(interpreter=tiny_name, abstain_below=1.0)(urgency)("fire") is None


def no_docstring(x: str) -> bool: ...  # type: ignore[empty-body]


def no_type(x: str):  # type: ignore[no-untyped-def]
    """Is it odd?"""


def no_arguments() -> bool:  # type: ignore[empty-body]
    """Is it odd?"""


def many(*x: str) -> bool:  # type: ignore[empty-body]
    """Is it odd?"""


def unknown(x: str) -> "Nowhere":  # type: ignore[name-defined]  # noqa: F821
    """Is it odd?"""


def no_schema(x: str) -> Annotated[re.Match[str], 1]:  # type: ignore[empty-body]
    """Is it odd?"""


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (no_docstring, "no docstring"),
        (no_type, "annotate it"),
        (no_arguments, "one or more named arguments"),
        (many, "one or more named arguments"),
        (unknown, "Nowhere"),
        (no_schema, "has no JSON schema"),
    ],
)
def test_functions_that_say_too_little(function: Any, message: str) -> None:
    with pytest.raises(paw.SpecError, match=message):
        paw.fuzzy(function)
