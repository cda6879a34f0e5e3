"""Warnings about specs: what each rule finds, and what it leaves alone."""

import time

import pytest

import programasweights as paw
from programasweights.checks import lint
from programasweights.checks.lint_rules import RULES
from programasweights.checks.lint_signs import estimated_tokens

GOOD = "Is the message urgent? Answer 'yes', 'no' or, for everything else, 'unclear'."
LONG = "Take the words of the message, one by one, and look at each of them. " * 14

FINDS: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("L001", "Explain human behaviour.", []),
    ("L002", "Classify the sentiment of the review.", []),
    ("L002", "Categorize the ticket and return the category.", []),
    ("L003", "Classify the mail: 'billing' for bills, 'technical' for faults, 'sales' for offers.", []),
    ("L004", GOOD, [("Fire!", "yes"), ("Fire! ", "no")]),
    ("L005", GOOD, [("Fire!", "Yes")]),
    ("L005", GOOD, [("Fire!", "yes"), ("Rain.", "no"), ("Snow.", "perhaps")]),
    ("L006", "Return JSON with the name.", [("I am Ann", "Ann")]),
    ("L006", "Answer with one word: the colour.", [("A red car", "It is red")]),
    ("L006", "Find the date and write it as YYYY-MM-DD.", [("On May 3, 2024", "May 3, 2024")]),
    ("L007", LONG + "Return the longest one.", []),
    ("L008", "Answer yes if the text does not say that it is not urgent.", []),
    ("L009", "Summarize the text in one sentence and translate it to French.", []),
    ("L010", "Extract the date of the meeting.", []),
    ("L010", "Find the total price in the text.", []),
    ("L010", "Translate the text.", []),
    ("L011", "Give the message an appropriate title in three words.", []),
    ("L011", "Write a good title of one line.", []),
    ("L012", "Say in one word what this is about: {{text}}", []),
    ("L012", "Translate [your text here] to French.", []),
    ("L012", "Translate this text to French:", []),
]

LEAVES: list[tuple[str, list[tuple[str, str]]]] = [
    (GOOD, [("Fire!", "yes"), ("Rain.", "no")]),
    ("Extract the first name.", [("I am Ann Lee", "Ann")]),
    ("Classify the review as positive or negative.", []),
    ("Classify the tweet into two categories: 1) rude, and 2) polite.", []),
    ("Parse '(A) ... (B) ...' into a JSON dictionary from option label to text.", [("(A) x", '{"A": "x"}')]),
    ("Turn the options into JSON; if there are none, write none.", [("Hello", "none"), ("(A) x", '{"A": "x"}')]),
    ("Tell whether the text is a date written as YYYY-MM-DD: TRUE or FALSE.", [("2024-01-01", "TRUE")]),
    ("Name the missing fields: 'date', 'place', 'time', joined by commas; none: 'nothing'.", [
        ("a", "date"), ("b", "place"), ("c", "date, place"),
    ]),
    ("Give the date as DD/MM/YYYY.", []),
    ("Find the price and write it in euros with two decimals.", []),
    ("Translate the text into French.", []),
    ("Use 'missing' if something does not exist or cannot be found, else 'there'.", []),
    ("Fill the template Dear {name}, with the name in the text.", [("I am Ann", "Dear Ann,")]),
    ("Write the proper nouns of the text, separated by commas.", []),
    ("Sort the heading: 'intro' for the introduction, 'end' for the end, 'rest' for all other parts.", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "spec", "examples"), FINDS)
def test_what_is_found(code: str, spec: str, examples: list[tuple[str, str]]) -> None:
    assert [warning.code for warning in lint(spec, examples)] == [code]


@pytest.mark.parametrize(("spec", "examples"), LEAVES)
def test_what_is_left_alone(spec: str, examples: list[tuple[str, str]]) -> None:
    assert lint(spec, examples) == ()


def test_every_rule_is_tested_and_told() -> None:
    assert [rule.code for rule in RULES] == [f"L{number:03}" for number in range(1, len(RULES) + 1)]
    assert {code for code, _, _ in FINDS} == {rule.code for rule in RULES}
    [warning] = lint("Classify the sentiment of the review.")
    assert str(warning) == (
        "L002 classes are not named: 'Classify', but no classes\n"
        "     The code that calls the function cannot know what to expect. Name every label, or use "
        "returns=Literal[...]."
    )


def test_examples_in_the_text_count() -> None:
    spec = f"{GOOD}\n\nInput:\nFire!\n\nOutput:\nyes\n\nInput:\nFire!\n\nOutput:\nno"
    assert [warning.code for warning in lint(spec)] == ["L004"]
    assert lint("Explain it.\n\nFor instance:\nfire => danger") == ()


def test_specs_that_cannot_be_compiled_are_refused() -> None:
    for spec, examples in [(" ", []), (GOOD, [("a",)])]:
        with pytest.raises(paw.SpecError):
            lint(spec, examples)  # type: ignore[arg-type]


def test_token_estimates() -> None:
    assert estimated_tokens("Is it urgent? 12") == 6
    assert estimated_tokens("internationalisation") == 3


@pytest.mark.parametrize(
    "text", ["\n", "' ", "a, ", "not a ", "x: ", "find ", "{{ ", "translate ", '"', ". "]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    lint("x" + text * (65_000 // len(text)) + "y")
    assert time.process_time() - start < 3
