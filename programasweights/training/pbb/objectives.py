"""What a stage minimises: the likelihood of rows, DPO on pairs of replies, GRPO on the model's own replies.

Every row counts the same, however long it is. Rewards are 1 for a right reply, 0 for a wrong one and -1 for one that
cannot be read as an answer, or does not end; there is no KL term, and a sample is used once.

R rows, G replies of a question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch.nn import functional

from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.records import Execution, Instruction, prompted
from programasweights.training.pbb.config import PbbConfig, Reply
from programasweights.training.pbb.learner import Learner
from programasweights.training.pbb.rows import Row, chunks

__all__ = [
    "Dpo",
    "Grpo",
    "Objective",
    "Preference",
    "Question",
    "Sft",
    "advantages",
    "dpo_loss",
    "weighted_loss",
]

_REWARDS = {"right": 1.0, "wrong": 0.0, "unreadable": -1.0}


class Objective(Protocol):
    """Items, some of which make a step."""

    items: int
    """How many there are."""
    together: int
    """How many make a step."""

    def parts(self, places: Sequence[int], seed: int) -> Iterator[torch.Tensor]:
        """The loss of the items at `places`, as parts that sum to it; each is differentiated before the next."""


@dataclass(frozen=True)
class Question:
    """An execution to ask for in one of the ways."""

    instruction: Instruction
    """What it executes."""
    execution: Execution
    """What is asked."""
    reply: Reply
    """How."""


@dataclass(frozen=True)
class Preference:
    """Two replies to one question."""

    chosen: Row
    """The right one."""
    rejected: Row
    """A wrong one."""


def weighted_loss(sums: torch.Tensor, counts: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Sum over rows of -weight times the mean log p of a row's tokens; all (R,)."""
    return -(weights * sums / counts).sum()


def dpo_loss(gained: torch.Tensor, before: torch.Tensor, beta: float) -> torch.Tensor:
    """Sum over pairs of -log sigmoid(beta (gained - before)).

    Args:
        gained: (R,) log p of the chosen replies less that of the rejected ones.
        before: the same under the reference.
        beta: strength of the reference.
    """
    return -functional.logsigmoid(beta * (gained - before)).sum()


def advantages(rewards: torch.Tensor) -> torch.Tensor:
    """Rewards (B, G) less their group's mean, in units of their spread; 0 where all are alike."""
    centred = rewards - rewards.mean(1, keepdim=True)
    return centred / (rewards.std(1, keepdim=True) + 1e-4)


class Sft:
    """The likelihood of rows."""

    def __init__(self, learner: Learner, rows: Sequence[Row], config: PbbConfig) -> None:
        """Take the rows to learn."""
        self.items, self.together = len(rows), config.batch
        self._learner, self._rows, self._most = learner, rows, config.pass_tokens

    def parts(self, places: Sequence[int], seed: int) -> Iterator[torch.Tensor]:  # noqa: ARG002
        """-log p per token, mean over rows."""
        rows = [self._rows[n] for n in places]
        for part in chunks([len(row.ids) for row in rows], self._most):
            sums, counts = self._learner.log_probabilities([rows[n] for n in part])
            yield weighted_loss(sums, counts, torch.full_like(sums, 1 / len(rows)))


class Dpo:
    """Direct preference optimisation; the reference is the model as it is at the start."""

    def __init__(self, learner: Learner, pairs: Sequence[Preference], config: PbbConfig) -> None:
        """Take the pairs, and rate them with the model as it is."""
        self.items, self.together = len(pairs), config.batch
        self._learner, self._pairs, self._config = learner, pairs, config
        self._before = torch.zeros(len(pairs), device=learner.parameters[0].device)
        with torch.no_grad():
            for part in self._chunks(range(len(pairs))):
                self._before[part] = self._gained(part)

    def parts(self, places: Sequence[int], seed: int) -> Iterator[torch.Tensor]:  # noqa: ARG002
        """The loss, mean over pairs."""
        for part in self._chunks(places):
            yield dpo_loss(self._gained(part), self._before[part], self._config.beta) / len(places)

    def _chunks(self, places: Sequence[int]) -> Iterator[list[int]]:
        sizes = [2 * max(len(self._pairs[n].chosen.ids), len(self._pairs[n].rejected.ids)) for n in places]
        for part in chunks(sizes, self._config.pass_tokens):
            yield [places[n] for n in part]

    def _gained(self, places: Sequence[int]) -> torch.Tensor:
        pairs = [self._pairs[n] for n in places]
        sums, _ = self._learner.log_probabilities([p.chosen for p in pairs] + [p.rejected for p in pairs])
        return sums[: len(pairs)] - sums[len(pairs) :]


class Grpo:
    """Policy gradient on the model's own replies, each compared with the others to its question."""

    def __init__(
        self, learner: Learner, domain: Domain, questions: Sequence[Question], config: PbbConfig
    ) -> None:
        """Take the questions, and the domain that judges replies."""
        self.items, self.together = len(questions), config.batch // config.group
        self._learner, self._domain, self._questions, self._config = learner, domain, questions, config

    def parts(self, places: Sequence[int], seed: int) -> Iterator[torch.Tensor]:
        """-advantage times log p per token of new samples, mean over samples."""
        rows, rewards = self._sampled([self._questions[n] for n in places], seed)
        weights = advantages(rewards).flatten() / len(rows)
        for part in chunks([len(row.ids) for row in rows], self._config.pass_tokens):
            sums, counts = self._learner.log_probabilities([rows[n] for n in part])
            yield weighted_loss(sums, counts, weights[part].to(sums.device))

    def _sampled(self, questions: Sequence[Question], seed: int) -> tuple[list[Row], torch.Tensor]:
        """The replies as rows, group after group, and their rewards (B, G)."""
        config, learner = self._config, self._learner
        end = learner.reader.text.chat.end_id(learner.reader.text.tokenizer, learner.reader.text.end_ids)
        asked = [
            learner.reader.question(prompted(q.execution, steps=q.reply == "steps")[0]) for q in questions
        ]
        limit = max(config.most_tokens(q.reply) for q in questions)
        samples = learner.sample(asked, group=config.group, limit=limit, temperature=1.0, seed=seed)
        rows, rewards = [], []
        for number, sample in enumerate(samples):
            question, prompt = questions[number // config.group], asked[number // config.group]
            verdict = self._domain.verdict(question.instruction, question.execution, learner.said(sample))
            rewards.append(_REWARDS[verdict if sample.finished else "unreadable"])
            # what was cut at the limit did not choose to end there
            said = (*sample.ids.tolist(), end) if sample.finished else tuple(sample.ids.tolist())
            rows.append(Row((*prompt, *said), len(prompt)))
        return rows, torch.tensor(rewards).view(-1, config.group)
