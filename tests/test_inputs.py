"""Texts with pictures among them: joining, cutting, what is the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.errors import InputError, SpecError
from programasweights.inputs import joined, known_input, mixed_input, named_input, pieces
from programasweights.spec import Spec


class Drawing:
    """A picture as far as texts need one."""

    def __init__(self, digest: str) -> None:
        self.digest, self.pixels = digest, np.zeros((2, 3, 3), np.uint8)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Drawing) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


A, B = Drawing("a" * 64), Drawing("b" * 64)
PARTS = st.lists(st.one_of(st.text("ab \n"), st.sampled_from([A, B])), max_size=6)


@given(PARTS)
def test_cutting_undoes_joining(parts: list[str | Drawing]) -> None:
    text, pictures = joined(parts)
    cut = pieces(text, pictures)
    assert [p for p in cut if isinstance(p, Drawing)] == [p for p in parts if isinstance(p, Drawing)]
    assert "".join(p for p in cut if isinstance(p, str)) == text
    assert "" not in cut
    assert text.replace(" ", "") == "".join(p for p in parts if isinstance(p, str)).replace(" ", "")


def test_texts_are_joined_with_a_space_where_there_is_none() -> None:
    assert joined(["Say", "yes", "\nor", A, "no. ", "Now", B]) == ("Say yes\nor no. Now", ((10, A), (18, B)))
    assert pieces("Say no", ((3, A), (3, B))) == ["Say", A, B, " no"]


def test_inputs_are_known_by_their_content() -> None:
    assert known_input("x", 0) == "x"
    assert known_input(A, 0) == known_input([Drawing("a" * 64)], 0) == (A,)
    assert known_input(["x", A], 0) == ("x", A) == known_input(("x", A), 0)
    names = {
        named_input(known_input(own, 0))
        for own in ("x", A, B, ["x", A], [A, "x"], [A, B], [B, A], ["a" * 64, A], ["x", "x", A], ["xx", A])
    }
    assert len(names) == 10


@pytest.mark.parametrize("wrong", [None, 7, b"x", [], ["x"], [A, 7], {"a": A}, [[A]]])
def test_what_is_no_input(wrong: object) -> None:
    with pytest.raises(InputError, match=r"input 3 is a .* must be a string, or a picture \(paw.Image\)"):
        known_input(wrong, 3)


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(InputError, match="input 1 is not valid Unicode"):
        mixed_input(["\ud800", A], 1)


def test_a_spec_of_parts() -> None:
    spec = Spec.make(["  Compare", A, "with", B, "\n"], [("x", "y")])
    assert spec.text == "Compare with"
    assert spec.pictures == ((7, A), (12, B))
    assert spec.pieces() == ["Compare", A, " with", B, "\n\nInput:\nx\n\nOutput:\ny"]
    assert spec == Spec.make(["Compare", Drawing("a" * 64), "with", B], [("x", "y")])
    assert len({spec, Spec.make(["Compare", B, "with", B], [("x", "y")]), Spec.make("Compare with")}) == 3
    assert Spec.make([A, "Look."]).pictures == ((0, A),)


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ([A], "the spec is empty"),
        (["Look.", 7], "part 2 of the spec is a int"),
        (A, "is a Drawing, but must be a string, or a list"),
        (["Look."] + [A] * 65, "65 pictures, at most 64"),
    ],
)
def test_specs_of_parts_that_are_none(prompt: object, said: str) -> None:
    with pytest.raises(SpecError, match=said):
        Spec.make(prompt)  # type: ignore[arg-type]


def test_pictures_stand_within_the_text() -> None:
    for places in ((5,), (-1,), (2, 1)):
        with pytest.raises(SpecError, match="in order within the text"):
            Spec("Look", (), tuple((place, A) for place in places))
    with pytest.raises(SpecError, match=r"a server reads text only\. Be"):
        Spec("Look", (), ((0, A),)).text_only("a server", "Be brief.")
