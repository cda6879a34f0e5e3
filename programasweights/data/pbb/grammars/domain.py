"""The domain of grammars: which languages are drawn, their sentences, and answers to compare with."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.drawing import held_out_splits, invented_names
from programasweights.data.pbb.grammars.parameters import Language, draw_language
from programasweights.data.pbb.grammars.rules import Derivation, parse_grammar
from programasweights.data.pbb.records import (
    Execution,
    Instruction,
    Split,
    Verdict,
    final_answer,
    instruction_id,
)
from programasweights.errors import DataError

__all__ = ["Baseline", "GrammarDomain"]

Baseline = Literal["random", "shuffled", "changed"]

_QUESTIONS = (
    "Write a sentence in {name}.",
    "Say something in {name}.",
    "Ana speaks only {name}. What could she say?",
    "The teacher asks for one correct sentence in {name}. Give one.",
    "What could stand on a sign in {name}?",
    "Ben practises {name}. Write a sentence for him to read.",
    "Fill the line with a sentence of {name}.",
    "A child from the land of {name} tells something. Which words does it use?",
    "Give an example of a sentence in {name}.",
    "The first line of a story in {name} is missing. Write it.",
)


class GrammarDomain(Domain):
    """Languages of subject, object and verb, and writing sentences in them."""

    name: Literal["grammars"] = "grammars"

    def __init__(self, *, features: tuple[int, int] = (1, 4)) -> None:
        """Args: fewest and most kinds of small words in a language, of six.

        Raises:
            DataError: an empty range.
        """
        if not 0 <= features[0] <= features[1] <= 6:
            raise DataError(f"features are {features}, but must be a range within 0 to 6.")
        self._features = features

    def describe(self) -> Mapping[str, Any]:
        """How many kinds of small words a language has."""
        return {"features": list(self._features)}

    def instructions(self, count: int, *, seed: int = 0, held_out: float = 0.2) -> list[Instruction]:
        """Languages that differ in their sentences; held-out ones are of every vocabulary."""
        draw, names = Draw("grammars", seed), invented_names(f"grammars {seed}")
        found: dict[tuple[Any, ...], Language] = {}
        repeated = 0
        while len(found) < count:
            language = draw_language(draw, next(names).capitalize(), self._features)
            repeated = repeated + 1 if language.signature() in found else 0
            if repeated > 200:
                raise DataError(f"only {len(found)} of {count} languages were found; allow more features.")
            found.setdefault(language.signature(), language)
        languages = list(found.values())
        splits = held_out_splits([one.vocabulary for one in languages], held_out, seed=f"grammars {seed}")
        return [_instruction(one, split) for one, split in zip(languages, splits, strict=True)]

    def executions(self, instruction: Instruction, count: int, *, seed: int = 0) -> list[Execution]:
        """Different sentences, each as the answer to a request for one; there is no input."""
        grammar = parse_grammar(instruction.text)
        draw = Draw("executions", seed, instruction.id)
        found: dict[tuple[str, ...], Derivation] = {}
        for _ in range(20 * count):
            if len(found) == count:
                break
            derivation = grammar.derive(draw)
            found.setdefault(derivation.words, derivation)
        return [_execution(instruction, derivation, draw) for derivation in found.values()]

    def verdict(self, instruction: Instruction, execution: Execution, reply: str) -> Verdict:  # noqa: ARG002
        """Right if the final answer is any sentence of the language; case and a mark at its end do not matter."""
        answer = re.sub(r"[.!?\"']+$", "", final_answer(reply)).strip().lower()
        if not re.search(r"[a-z]", answer):
            return "unreadable"
        return "right" if parse_grammar(instruction.text).accepts(answer) else "wrong"

    def baseline(
        self, instruction: Instruction, execution: Execution, kind: Baseline, *, seed: int = 0
    ) -> str:
        """An answer made without the grammar.

        Args:
            instruction: the language.
            execution: one of its executions.
            kind: `random` for as many of the language's words as the execution's answer has, `shuffled` for that
                answer's own words, `changed` for that answer with two words exchanged, one left out or one more.
            seed: of the draw.
        """
        draw = Draw("baseline", kind, seed, instruction.id, execution.answer)
        words, known = execution.answer.split(), parse_grammar(instruction.text).words
        match kind:
            case "random":
                return " ".join(draw.pick(known) for _ in words)
            case "shuffled":
                return " ".join(draw.mix(words))
            case "changed":
                return " ".join(_changed(draw, words, known))


def _changed(draw: Draw, words: list[str], known: Sequence[str]) -> list[str]:
    place = draw.randrange(len(words))
    others = [other for other, word in enumerate(words) if word != words[place]]
    match draw.randint(0, 2):
        case 0:
            other = draw.pick(others)
            words[place], words[other] = words[other], words[place]
        case 1:
            del words[place]
        case _:
            words.insert(place, draw.pick(known))
    return words


def _instruction(language: Language, split: Split) -> Instruction:
    text = language.grammar().text
    return Instruction(
        instruction_id("grammars", text),
        "grammars",
        language.name,
        text,
        language.in_words(),
        split,
        language.attributes(),
    )


def _execution(instruction: Instruction, derivation: Derivation, draw: Draw) -> Execution:
    return Execution(
        instruction.id,
        "",
        draw.pick(_QUESTIONS).format(name=instruction.name),
        " ".join(derivation.words),
        "\n".join(derivation.steps),
    )
