"""The rules of `lint`: a code, why it matters and what to do for each sign that a spec may fail."""

from collections.abc import Callable
from dataclasses import dataclass

from programasweights.checks import lint_signs as signs
from programasweights.checks.lint_signs import TRAINED_TOKENS, Task

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True)
class Rule:
    """One thing that may be wrong with a spec."""

    code: str
    what: str
    """Title."""
    why: str
    """Why it matters."""
    fix: str
    """What to do."""
    find: Callable[[Task], str | None]
    """What was found, if it applies."""


RULES = (
    Rule(
        "L001", "no output format", "The model then answers in sentences of its own.",
        "Say what the output is: one word, a number, JSON with which keys, the text as it is; or give examples.",
        signs.no_form,
    ),
    Rule(
        "L002", "classes are not named", "The code that calls the function cannot know what to expect.",
        "Name every label, or use returns=Literal[...].", signs.no_labels,
    ),
    Rule(
        "L003", "no class for the rest", "An input that fits none of the classes still gets one of them.",
        "Say what to answer for everything else, such as 'other'.", signs.no_default,
    ),
    Rule(
        "L004", "examples contradict each other", "No program can get both right.",
        "Remove one, or make the inputs differ where the outputs do.", signs.contradiction,
    ),
    Rule(
        "L005", "an example is not among the labels", "The model follows examples more than the text.",
        "Write the label in the example as the task does, or name it in the task.", signs.unknown_label,
    ),
    Rule(
        "L006", "an example is not of the stated form", "The model follows examples more than the text.",
        "Make the example's output what the task says.", signs.not_in_form,
    ),
    Rule(
        "L007", "long spec", f"The compiler of the package was trained on specs of at most {TRAINED_TOKENS} tokens.",
        "Shorten it: keep the rule and two or three short examples, and drop reasons and repetition.", signs.too_long,
    ),
    Rule(
        "L008", "double negation", "Small models often lose one of the two.",
        "Say it positively: what is wanted, and when.", signs.double_negation,
    ),
    Rule(
        "L009", "several tasks in one", "Each of them is done worse than alone.",
        "Make a function for each, and call one after the other.", signs.several_tasks,
    ),
    Rule(
        "L010", "no notation", "The same date, sum or language can be written in many ways.",
        "Name the date format, the unit and decimals, or the language; or show it in an example.", signs.no_notation,
    ),
    Rule(
        "L011", "vague word", "What it means is in your head, not in the text.",
        "Say how one would tell, or show it in examples.", signs.vague,
    ),
    Rule(
        "L012", "placeholder in the text", "The input comes separately; a mark for it is read as part of the task.",
        "Leave it out.", signs.placeholder,
    ),
)  # fmt: skip
