"""The instructions and executions of a run, and what each stage makes of them.

The last executions of an instruction are asked for in evaluation, or others if the domain draws them otherwise; the
ones before may be learnt.
"""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programasweights.data.pbb.arithmetic import ArithmeticDomain
from programasweights.data.pbb.domain import Domain, load_domain
from programasweights.data.pbb.records import Execution, Instruction, Split, prompted
from programasweights.errors import DataError
from programasweights.training.pbb.config import PbbConfig
from programasweights.training.pbb.curricula import Stage
from programasweights.training.pbb.objectives import Preference, Question
from programasweights.training.pbb.rows import Reader, Row

__all__ = ["Material", "draw_material"]


@dataclass(frozen=True)
class Material:
    """What a run learns from and is asked."""

    domain: Domain
    """Judges replies."""
    instructions: tuple[Instruction, ...]
    """Of both splits."""
    composed: tuple[Instruction, ...]
    """Held-out functions applied to each other's results; evaluated alone."""
    learnt: Mapping[str, tuple[Execution, ...]]
    """By instruction: executions that may be trained on."""
    asked: Mapping[str, tuple[Execution, ...]]
    """By instruction: executions of the evaluation."""
    config: PbbConfig
    """Of the run."""

    def rows(self, stage: Stage, reader: Reader) -> list[Row]:
        """Documents and executions of a stage, to be learnt by their likelihood."""
        config = self.config
        found = [
            row
            for one in self._of(stage.documents)
            for row in reader.documents(one, config.form, contexts=config.contexts, seed=config.seed)
        ]
        return found + [reader.execution(q.execution, q.reply) for q in self.questions(stage)]

    def questions(self, stage: Stage) -> list[Question]:
        """Executions of a stage; the ways to reply take turns."""
        replies = self.config.replies
        return [
            Question(one, execution, replies[number % len(replies)])
            for one in self._of(stage.executions)
            for number, execution in enumerate(self._shown(one, stage.demonstrations))
        ]

    def preferences(self, stage: Stage, reader: Reader) -> list[Preference]:
        """Executions of a stage with a wrong reply each.

        Raises:
            DataError: every other reply at hand would be right.
        """
        return [
            Preference(reader.execution(q.execution, q.reply), self._wrong(q, reader))
            for q in self.questions(stage)
        ]

    def scored(self) -> list[Instruction]:
        """Instructions that are evaluated: held-out ones, the first `seen` of the others, and composed ones."""
        return [*self._of(("eval",)), *list(self._of(("train",)))[: self.config.seen], *self.composed]

    def _of(self, splits: Sequence[Split]) -> Iterator[Instruction]:
        return (one for one in self.instructions if one.split in splits)

    def _shown(self, one: Instruction, count: int | None) -> tuple[Execution, ...]:
        known = self.learnt[one.id]
        if count is not None and count > len(known):
            raise DataError(
                f"{count} demonstrations of {one.name} were asked for, but it has {len(known)} executions beside those "
                "of the evaluation; ask for fewer."
            )
        return known[: self.config.executions if count is None else count]

    def _wrong(self, question: Question, reader: Reader) -> Row:
        """The question with the reply to another one: of the same instruction if one is wrong, else of another."""
        own = question.instruction.id
        for name in [own, *(one.id for one in self.instructions if one.id != own)]:
            for other in self.learnt[name]:
                text, reply = prompted(other, steps=question.reply == "steps")
                verdict = self.domain.verdict(question.instruction, question.execution, reply)
                if verdict == "wrong":
                    text, _ = prompted(question.execution, steps=question.reply == "steps")
                    return reader.reply(text, reply)
        raise DataError(
            f"no wrong reply to {question.execution.question!r:.80} is at hand; draw more instructions."
        )


def draw_material(config: PbbConfig, problems: Path | None = None) -> Material:
    """Draw what a run learns from.

    Args:
        config: of the run.
        problems: for leetcode, the folder with the problems.

    Raises:
        DataError: the domain has no such options, or less than is asked for.
    """
    domain = _domain(config, problems)
    drawn = domain.instructions(config.instructions, seed=config.seed, held_out=config.held_out)
    if not any(one.split == "eval" for one in drawn):
        raise DataError(
            f"{config.held_out} of {config.instructions} instructions is none; hold out a larger share."
        )
    most = max(config.executions, *config.demonstrations)
    composed = _composed(domain, drawn, config)
    learnt, asked = {}, {}
    for one in (*drawn, *composed):
        found = domain.executions(one, most + config.asked, seed=config.seed)
        if len(found) < 2:
            raise DataError(
                f"{one.name} has {len(found)} executions, but needs one to learn and one to be asked for."
            )
        first = len(found) - min(config.asked, len(found) // 2)
        learnt[one.id] = tuple(found[:first])
        apart = domain.asked(one, config.asked, seed=config.seed, beside=found[:first])
        asked[one.id] = tuple(found[first:] if apart is None else apart)
    return Material(domain, tuple(drawn), tuple(composed), learnt, asked, config)


def _composed(domain: Domain, drawn: Sequence[Instruction], config: PbbConfig) -> list[Instruction]:
    if not config.compositions:
        return []
    if not isinstance(domain, ArithmeticDomain):
        raise DataError(f"{config.domain} has no compositions; set compositions to 0, or take arithmetic.")
    held = [one for one in drawn if one.split == "eval"]
    return domain.compositions(held, config.compositions, seed=config.seed)


def _domain(config: PbbConfig, problems: Path | None) -> Domain:
    plain = load_domain(config.domain, folder=problems)
    if not config.options:
        return plain
    kind: Any = type(plain)
    known = [name for name in inspect.signature(kind).parameters if name != "folder"]
    if set(config.options) - set(known):
        raise DataError(
            f"options are {dict(config.options)!r}, but {config.domain} knows {', '.join(known)}."
        )
    values = {n: tuple(v) if isinstance(v, list) else v for n, v in config.options.items()}
    made: Domain = kind(**values) if problems is None else kind(problems, **values)
    return made
