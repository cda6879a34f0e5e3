"""Cutting texts, and leaving pieces out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.debugging.replacements import example_words, replacements
from programasweights.debugging.spans import merged, program_spans, split, without, words
from programasweights.spec import Spec


def pieces(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[a:b] for a, b in spans]


@given(st.text(alphabet="ab .,;!?\n-()漢。、é\t", max_size=80))
def test_pieces_cover_a_text_without_gaps(text: str) -> None:
    for spans in (split(text, (0, len(text))), words(text)):
        if text.strip():
            assert "".join(pieces(text, spans)) == text
            assert all(a < b for a, b in spans)
            assert len(split(text, (0, len(text)))) <= 12


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One two. Three four! Five", ["One two. ", "Three four! ", "Five"]),
        ("line one\nline two", ["line one\n", "line two"]),
        ("first, second; third", ["first, ", "second; ", "third"]),
        ("one two  three", ["one ", "two  ", "three"]),
        ("3.14 is pi", ["3.14 ", "is ", "pi"]),
        ("今日は。明日。", ["今日は。", "明日。"]),
        ("漢字x", ["漢", "字", "x"]),
        ("word", ["word"]),
    ],
)
def test_the_coarsest_cut_comes_first(text: str, wanted: list[str]) -> None:
    assert pieces(text, split(text, (0, len(text)))) == wanted


def test_long_texts_are_cut_into_groups() -> None:
    text = "word " * 1_000
    spans = split(text, (0, len(text)))
    assert len(spans) == 8
    assert {b - a for a, b in spans} == {625}
    assert merged([(0, 1), (1, 2), (2, 3)], 2) == [(0, 2), (2, 3)]


def test_leaving_out() -> None:
    text = "one two three"
    assert [without(text, span) for span in words(text)] == ["two three", "one three", "one two"]
    assert without("a", (0, 1)) == ""


def test_a_pseudo_program_is_cut_into_sentences_and_examples() -> None:
    spec = Spec.make("Do this. Then\nthat.", [("a. b", "c\nd"), ("e", "f")])
    text = spec.as_text()
    found = pieces(text, program_spans(text))
    assert found[:3] == ["Do this. ", "Then\n", "that."]
    assert found[3:] == ["\n\nInput:\na. b\n\nOutput:\nc\nd", "\n\nInput:\ne\n\nOutput:\nf"]
    assert "".join(found) == text
    assert without(text, program_spans(text)[3]) == Spec.make("Do this. Then\nthat.", [("e", "f")]).as_text()


def test_replacements_keep_case_and_marks() -> None:
    found = dict.fromkeys(new for _, new in replacements('"Good!"', ["tea"]))
    assert list(found) == ["", '"Bad!"', '"Tea!"', '"Something!"', '"It!"', '"The!"']
    assert "NEVER" in [new for _, new in replacements("ALWAYS", [])]
    assert [new for kind, new in replacements("$19,", []) if kind == 2] == ["$20,", "$0,", "$190,", "$18,"]
    assert replacements("--", ["a"]) == [(0, "")]
    assert (4, "the") not in replacements("the", [])


def test_example_words_are_new_ones() -> None:
    assert example_words(["The house is on fire!", "Lunch, house?"], "Is the HOUSE big", 3) == [
        "on",
        "fire",
        "Lunch",
    ]
