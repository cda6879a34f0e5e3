"""Grammars: by hand, the parser against derivations, and how often other word sequences pass."""

import json
import re
from collections import Counter
from itertools import chain
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.grammars import Baseline, GrammarDomain
from programasweights.data.pbb.grammars.parameters import Language, Mark, draw_language
from programasweights.data.pbb.grammars.rules import parse_grammar
from programasweights.data.pbb.grammars.vocabularies import PARTICLES, VOCABULARIES
from programasweights.data.pbb.records import Execution, Instruction, to_json
from programasweights.errors import DataError

DOMAIN = GrammarDomain()
JAPANESE = Language(
    name="Nihon",
    order="SOV",
    vocabulary="farm",
    adjective="before",
    article=None,
    subject=Mark("ga", "after"),
    object=Mark("wa", "after"),
    agreement=None,
    plural=None,
    question=Mark("ka", "after"),
)


def test_a_language_by_hand() -> None:
    grammar = JAPANESE.grammar()
    assert grammar.text.splitlines()[:5] == [
        "Nihon -> Subject Object Verb | Subject Object Verb ka",
        "Subject -> Phrase ga",
        "Object -> Phrase wa",
        "Phrase -> Noun | Adjective Noun",
        "Noun -> cow | pig | hen | goat | duck | horse | dog | sheep | farmer | cat",
    ]
    for sentence in ("cow ga pig wa feed", "big cow ga old pig wa wash ka", "  cow  ga\npig wa feed "):
        assert grammar.accepts(sentence), sentence
    for sentence in (
        "",
        "cow",
        "cow pig feed",
        "cow ga feed pig wa",
        "pig wa cow ga feed",
        "cow big ga pig wa feed",
        "big big cow ga pig wa feed",
        "ka cow ga pig wa feed",
        "cow ga pig wa feed .",
        "cowga pigwa feed",
        "cow ga pig wa feedka",
        "chair ga pig wa feed",
        "Cow ga pig wa feed",
        "cow " * 500,
    ):
        assert not grammar.accepts(sentence), sentence
    assert JAPANESE.in_words().startswith(
        "A sentence of Nihon is subject, object, verb. An adjective may stand before its noun. 'ga' stands after every "
        "subject. 'wa' stands after every object. 'ka' may stand after the sentence, for a question. Nouns: cow, pig,"
    )


def test_all_small_words_at_once() -> None:
    words = [Mark(word, "before" if place % 2 else "after") for place, word in enumerate(PARTICLES[:6])]
    assert [mark.word for mark in words] == ["ga", "ka", "na", "ti", "lo", "mi"]
    full = Language("Full", "VOS", "sea", "after", *words).grammar()
    assert full.accepts("ti catch ship lo deep ga na ka whale ga")
    assert full.accepts("mi ti catch ship ga na ka whale lo cold ga")
    assert not full.accepts("catch ship ga na ka whale ga")
    assert not full.accepts("ti catch ship deep lo ga na ka whale ga")


def test_any_context_free_grammar_can_be_read() -> None:
    """The parser is for all context-free grammars: this one nests, is left-recursive and ambiguous."""
    grammar = parse_grammar("S -> S S | open S close | x\nOther -> x")
    assert [grammar.accepts(s) for s in ("x", "open x x close x", "open x", "close", "open close")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert grammar.words == ("open", "close", "x")


@settings(max_examples=40, deadline=None)
@given(st.integers())
def test_every_derived_sentence_is_valid(seed: int) -> None:
    draw = Draw("test", seed)
    language = draw_language(draw, "Tolm", (0, 6))
    grammar = parse_grammar(language.grammar().text)
    assert grammar.text == language.grammar().text
    for _ in range(3):
        derivation = grammar.derive(draw)
        assert len(derivation.words) <= 12
        assert grammar.accepts(" ".join(derivation.words))


def test_steps_lead_to_the_sentence() -> None:
    grammar = JAPANESE.grammar()
    derivation = grammar.derive(Draw("steps"))
    items = ["Nihon"]
    for step in derivation.steps:
        symbol, _, right = step.partition(" -> ")
        place = next(i for i, item in enumerate(items) if item[0].isupper())
        assert items[place] == symbol
        items[place : place + 1] = right.split()
    assert tuple(items) == derivation.words


def test_few_changed_sentences_and_hardly_any_random_ones_are_valid() -> None:
    """Exchanging two nouns, or leaving out an adjective, keeps a sentence valid; most other changes do not."""
    languages = DOMAIN.instructions(40, seed=7)
    cases = [(i, e) for i in languages for e in DOMAIN.executions(i, 5)]
    passed = Counter[str]()
    for instruction, execution in cases:
        assert DOMAIN.check(instruction, execution, execution.answer)
        length = len(execution.answer.split())
        for kind in get_args(Baseline):
            answer = DOMAIN.baseline(instruction, execution, kind)
            assert answer != execution.answer or kind == "shuffled"
            assert abs(len(answer.split()) - length) <= (kind == "changed")
            passed[kind] += DOMAIN.check(instruction, execution, answer)
    shares = {kind: passed[kind] / len(cases) for kind in get_args(Baseline)}
    assert 0.05 < shares["changed"] < 0.4, shares
    assert shares["shuffled"] < 0.06, shares
    assert shares["random"] < 0.02, shares


def test_two_hundred_languages_with_different_sentences() -> None:
    drawn = DOMAIN.instructions(200)
    assert len({i.text.replace(i.name, "X") for i in drawn}) == len({i.name for i in drawn}) == 200
    assert drawn == GrammarDomain().instructions(200)
    assert sum(i.split == "eval" for i in drawn) == 40
    held_out = Counter(i.attributes["vocabulary"] for i in drawn if i.split == "eval")
    assert set(held_out) == set(VOCABULARIES)
    assert {i.attributes["order"] for i in drawn} == {"SOV", "SVO", "VSO", "VOS", "OSV", "OVS"}
    assert {i.attributes["features"] for i in drawn} == {1, 2, 3, 4}
    with pytest.raises(DataError, match="languages were found"):
        GrammarDomain(features=(0, 0)).instructions(31)
    assert len(GrammarDomain(features=(0, 0)).instructions(30)) == 30


def test_unmarked_roles_and_whom_a_word_marks_cannot_be_seen() -> None:
    """SOV and OSV without marks have the same sentences, as have a mark after the subject and one before the verb."""
    plain = {"vocabulary": "sea", "adjective": "before", "article": None, "plural": None, "question": None}
    none = {"subject": None, "object": None, "agreement": None}
    one, other = (Language("A", order, **plain, **none) for order in ("SOV", "OSV"))
    assert one.signature() == other.signature()
    marked = Language("A", "OSV", **plain, subject=Mark("ga", "after"), object=None, agreement=None)
    agreeing = Language("A", "SOV", **plain, subject=None, object=None, agreement=Mark("ga", "before"))
    assert marked.signature() == agreeing.signature() != one.signature()


def test_words_stand_in_one_list_alone() -> None:
    words = [w for v in VOCABULARIES.values() for w in chain(v.nouns, v.verbs, v.adjectives)]
    assert len(VOCABULARIES) == 5
    assert all(len(bank) == 10 for v in VOCABULARIES.values() for bank in (v.nouns, v.verbs, v.adjectives))
    assert len({*words, *PARTICLES}) == len(words) + len(PARTICLES) == 150 + 16


def test_thirty_different_sentences_from_the_text_alone() -> None:
    instruction = DOMAIN.instructions(1)[0]
    executions = DOMAIN.executions(instruction, 30)
    assert len({e.answer for e in executions}) == 30
    assert all(instruction.name in e.question and e.input == "" for e in executions)
    assert DOMAIN.executions(Instruction(**json.loads(to_json(instruction))), 30) == executions
    assert DOMAIN.executions(instruction, 30, seed=1) != executions


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("cow ga pig wa feed", "right"),
        ("Nihon -> Subject Object Verb\nAnswer: Cow ga pig wa feed.", "right"),
        ('Answer: "goat ga hen wa feed ka?"', "right"),
        ("goat hen feed", "wrong"),
        ("Answer: cow ga pig wa feed because", "wrong"),
        ("Answer: 7", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_verdicts(reply: str, verdict: str) -> None:
    text = JAPANESE.grammar().text
    instruction = Instruction("grammars-1", "grammars", "Nihon", text, "words", "eval")
    execution = Execution("grammars-1", "", "Say something.", "cow ga pig wa feed", "")
    assert DOMAIN.verdict(instruction, execution, reply) == verdict


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "0 rules"),
        ("a rule", "is no rule"),
        ("S -> x\nS -> y", "has one already"),
        ("S -> Noun", "the symbol 'Noun' has no rule"),
        ("s -> x", "the rule of 's' is no rule"),
        ("S -> x |", "the rule of 'S' is no rule"),
        ("S -> x.*", "neither a symbol"),
        ("S -> %ignore", "neither a symbol"),
        ("\n".join(f"S{'x' * n} -> x" for n in range(51)), "51 rules"),
    ],
)
def test_text_that_is_no_grammar(text: str, message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        parse_grammar(text)


def test_a_grammar_without_short_sentences() -> None:
    with pytest.raises(DataError, match="hardly any sentence"):
        parse_grammar("S -> x S").derive(Draw("x"))
    with pytest.raises(DataError, match="within 0 to 6"):
        GrammarDomain(features=(2, 1))
