"""What a step minimises: the data's answers and programs, or what sampled programs are worth.

    supervised   stages 0 and 2: -log P(answer | program, input), and lambda times -log P(discrete | spec)
    policy       stage 1: -A log P(discrete | spec) over the compiler's own samples, A: reward less the group's mean
    joint        stage 3: both, on the compiler's own samples

Rewards are log-likelihoods, see `rollouts.py`. After PAW, sections on the three stages; a group's mean is its
baseline, and sums of log-probabilities are divided by the limit and not by each sample's own length, so that
long samples are not favoured.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import torch

from programasweights.errors import DataError
from programasweights.training.batches import Batch, batch_of
from programasweights.training.config import TrainingConfig
from programasweights.training.prefix_model import PrefixModel, RowScores, score_rows
from programasweights.training.rollouts import rewards, sample_rollouts
from programasweights.training.token_file import TokenisedTask
from programasweights.training.written import Texts

__all__ = ["Objective", "Term", "answer_loss", "make_objective"]


def answer_loss(scores: RowScores) -> torch.Tensor:
    """Mean over rows of -log p per token of the answer."""
    return (scores.nll / scores.tokens).mean()


@dataclass(frozen=True)
class Term:
    """The loss on one batch."""

    loss: torch.Tensor
    """To be minimised."""
    batch: Batch
    """What it was computed on."""
    notes: dict[str, float] = field(default_factory=dict)
    """More numbers for the log."""


class Objective(Protocol):
    """Tasks -> loss."""

    def __call__(
        self, model: PrefixModel, tasks: Sequence[TokenisedTask], random: np.random.Generator
    ) -> Term:
        """The loss on some tasks; `random` decides all draws."""


@dataclass(frozen=True)
class Supervised:
    """Answers and discrete programs of the data."""

    config: TrainingConfig

    def __call__(
        self, model: PrefixModel, tasks: Sequence[TokenisedTask], random: np.random.Generator
    ) -> Term:
        """The weighted sum of both losses."""
        config = self.config
        hidden = config.hide_program > 0 and random.random() < config.hide_program
        batch = batch_of(tasks, config.pairs, random, show_program=config.show_program and not hidden)
        batch = batch.to(model.prefix.device)
        outcome = model(batch, answers=config.answer_weight > 0, discrete=config.discrete_weight > 0)
        parts = []
        if outcome.rows is not None:
            parts.append(config.answer_weight * answer_loss(outcome.rows))
        if outcome.discrete is not None:
            parts.append(config.discrete_weight * outcome.discrete)
        return Term(torch.stack(parts).sum(), batch)


@dataclass(frozen=True)
class Policy:
    """The compiler's own samples, rated by the interpreter."""

    config: TrainingConfig
    texts: Texts

    def __call__(
        self, model: PrefixModel, tasks: Sequence[TokenisedTask], random: np.random.Generator
    ) -> Term:
        """The policy gradient's surrogate, and in the joint objective the answers' loss as well."""
        config = self.config
        rollouts = sample_rollouts(
            model, self.texts, tasks, group=config.rollouts, pairs=config.pairs, limit=config.discrete_limit,
            temperature=config.temperature, random=random, show_program=config.show_program,
        )  # fmt: skip
        batch = rollouts.batch
        joint = config.objective == "joint"
        reading = model.read(batch, prefix=joint or config.form != "none")
        with torch.set_grad_enabled(joint):
            scores = score_rows(model.interpreter, model.write(reading), batch)
        worth = rewards(
            scores, rollouts, limit=config.discrete_limit, length_cost=config.length_cost
        ).detach()
        grouped = worth.view(-1, config.rollouts)
        advantage = (grouped - grouped.mean(1, keepdim=True)).flatten()
        sums, counts = model.discrete_log_probability(reading, batch)
        loss = -(advantage * sums / config.discrete_limit).mean()
        if joint:
            told = -(sums / counts.clamp(min=1)).mean()
            loss = loss + config.answer_weight * answer_loss(scores) + config.discrete_weight * told
        notes = {
            "reward": float(worth.mean()),
            "reward_spread": float(grouped.std(1).mean()),
            "program_tokens": float(rollouts.lengths.float().mean()),
            "finished": float(rollouts.finished.float().mean()),
        }
        return Term(loss, batch, {name: round(value, 4) for name, value in notes.items()})


def make_objective(config: TrainingConfig, texts: Texts | None) -> Objective:
    """The objective of a recipe.

    Raises:
        DataError: sampling is asked for together with spread layers.
    """
    if config.objective == "supervised":
        return Supervised(config)
    if config.shard:
        raise DataError(
            "samples are drawn by each process alone, which layers spread over processes do not allow; set shard "
            "to false."
        )
    assert texts is not None
    return Policy(config, texts)
