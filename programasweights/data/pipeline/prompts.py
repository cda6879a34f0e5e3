"""What the writing model is asked: specs of a kind of task, then input and output pairs for a spec.

Both ask for one JSON object. Wording is our own; the two steps are those of FuzzyBench (Program-as-Weights).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from programasweights.data.pipeline.taxonomy import Subcategory

__all__ = ["Prompt", "pairs_prompt", "specs_prompt"]

_SPEC_TOKENS, _PAIR_TOKENS, _SPARE_TOKENS = 350, 400, 300
_SHOWN_BEFORE, _SHOWN_CHARACTERS = 12, 160

_STYLES = (
    "a single blunt sentence",
    "a friendly request to a colleague",
    "a question that asks for a function",
    "a paragraph that explains why it is needed, then what",
    "numbered rules with an exception",
    "a short description as in the documentation of code",
    "notes in telegram style without full sentences",
    "a complaint about results so far, followed by what is wanted",
    "a list of possible outputs, each with when it applies",
    "hasty lower-case chat with a typing error or two",
    "a formal requirement as in a contract",
    "a description that begins with the form of the output",
)
_NOTATIONS = (
    "arrows between input and output",
    "lines that begin with Input: and Output:",
    "examples woven into the sentences",
    "a small table",
    "quoted text in brackets after each rule",
    "question and answer",
)

_SPECS_SYSTEM = (
    "You write specifications of small text functions for a data set. A specification says in plain words what "
    "a function has to make of the text it is given. You answer with one JSON object and nothing else."
)
_SPECS = """\
Area: {area}
Kind of task: {name} ({description})

Write {count} specifications of functions of this kind.

Every specification
- describes one function from a text to a text that can be done by reading the text alone, without web, files,
  a clock or memory of earlier texts;
- fixes the form of the output: which labels there are and how they are spelt, order, separators, letter case,
  and what to answer when nothing fits;
- leaves hardly any doubt about the right output for a given text, though it takes judgement and not just a
  search pattern to find it;
- gives different outputs for different texts, each output a word, a line or a few lines long;
- is set in a concrete situation, and differs from the others in subject, output and wording.

How they are written: {styles}.
{examples}
{before}
Answer in this form, with {count} entries:
{{"specs": [{{"spec": "the whole text of one specification", "has_examples": false}}]}}"""

_PAIRS_SYSTEM = (
    "You write test cases for text functions. You do exactly what the specification of a function says, and "
    "answer with one JSON object and nothing else."
)
_PAIRS = """\
Specification of the function, between the lines of equals signs:
=====
{spec}
=====

Write {count} test cases: texts that users may give to this function, and what it must answer.

- Make up new inputs. They look like real ones and differ in length, subject, style and difficulty; some are
  borderline, untidy or lack something. None stands in the specification, and no two are alike.
- An output is what the function gives and nothing else: no explanation, no quotation marks around it, in the
  form that the specification sets.
- Outputs differ; where the specification has labels, each is used about as often as the others.
- Work each output out with care. Leave a test case out and write another if its output is open to dispute.

Answer in this form, with {count} entries:
{{"pairs": [{{"input": "the text given", "output": "the text answered"}}]}}"""


@dataclass(frozen=True)
class Prompt:
    """A conversation to be answered."""

    system: str
    """The role that the model takes."""
    user: str
    """What it is asked."""
    max_tokens: int
    """Most tokens of the answer."""
    seed: int
    """Passed to the endpoint."""

    def messages(self) -> list[dict[str, str]]:
        """As an endpoint takes it."""
        return [{"role": "system", "content": self.system}, {"role": "user", "content": self.user}]


def specs_prompt(kind: Subcategory, *, count: int, before: Sequence[str], seed: int) -> Prompt:
    """Ask for specs of one kind of task, half of them with examples in their text.

    Args:
        kind: the kind of task.
        count: specs to write.
        before: specs of this kind that there are already; the last few are shown so that others come.
        seed: chooses styles, and which half is the larger one of an odd number.
    """
    draw = random.Random(seed)
    shown = (count + draw.randrange(2)) // 2
    text = _SPECS.format(
        area=kind.area,
        name=kind.name,
        description=kind.description,
        count=count,
        styles="; ".join(draw.sample(_STYLES, min(max(count, 2), 4))),
        examples=_examples_wish(shown, count - shown, draw),
        before=_before(before),
    )
    return Prompt(_SPECS_SYSTEM, text, _SPARE_TOKENS + count * _SPEC_TOKENS, seed)


def pairs_prompt(spec: str, *, count: int, seed: int) -> Prompt:
    """Ask for input and output pairs of one spec."""
    text = _PAIRS.format(spec=spec, count=count)
    return Prompt(_PAIRS_SYSTEM, text, _SPARE_TOKENS + count * _PAIR_TOKENS, seed)


def _examples_wish(with_examples: int, without: int, draw: random.Random) -> str:
    notation = " or ".join(draw.sample(_NOTATIONS, 2))
    wishes = []
    if with_examples:
        wishes.append(
            f"Specifications with two to four worked examples inside their text, as {notation}: {with_examples} "
            "(has_examples is true)."
        )
    if without:
        wishes.append(f"Specifications without any example: {without} (has_examples is false).")
    return "\n".join(wishes)


def _before(specs: Sequence[str]) -> str:
    if not specs:
        return ""
    lines = [f"- {' '.join(spec.split())[:_SHOWN_CHARACTERS]}" for spec in specs[-_SHOWN_BEFORE:]]
    return "There are these already; write about other things:\n" + "\n".join(lines) + "\n"
