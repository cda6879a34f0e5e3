"""What a step minimises: the data's answers and programs, or what sampled programs are worth.

    supervised   stages 0 and 2: -log P(answer | program, input), and lambda times -log P(discrete | spec)
    policy       stage 1: -A log P(discrete | spec) over the compiler's own samples, A: reward less the group's mean
    joint        stage 3: both, on the compiler's own samples

Samples may be some steps old (`refresh`). Each token then counts by the ratio of its probability now to that when
it was drawn, clipped as in PPO. Rewards and advantages: `rewards.py`. After PAW, sections on the three stages; a
group's mean is its baseline, and sums over tokens are divided by the limit and not by each sample's own length, so
that long samples are not favoured.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch

from programasweights.errors import DataError
from programasweights.training.batches import Batch, batch_of
from programasweights.training.config import TrainingConfig
from programasweights.training.forms import Continuous
from programasweights.training.prefix_model import PrefixModel, RowScores, score_rows
from programasweights.training.rewards import advantages, answer_rows, edit_rewards, likelihood_rewards
from programasweights.training.rollout_engine import RolloutEngine
from programasweights.training.rollouts import Rollouts, Samples, rollouts_of, sample_rollouts
from programasweights.training.token_file import TokenisedTask
from programasweights.training.written import Texts

__all__ = ["Policy", "Supervised", "Term", "answer_loss", "clipped_gains", "make_policy"]


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


@dataclass(frozen=True)
class Supervised:
    """Stages 0 and 2: answers and discrete programs of the data."""

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
    """Stages 1 and 3: the compiler's own samples, rated by the interpreter."""

    config: TrainingConfig
    texts: Texts
    engine: RolloutEngine

    def draw(
        self, model: PrefixModel, tasks: Sequence[TokenisedTask], random: np.random.Generator
    ) -> Samples:
        """Samples for some tasks; with the probabilities of their tokens if they are to be used later."""
        samples = sample_rollouts(self.engine, self.texts, tasks, config=self.config, random=random)
        if self.config.refresh == 1:
            return samples
        batch = self._rollouts(model, tasks, samples).batch
        with torch.no_grad():
            before, _ = model.discrete_tokens(model.read(batch, prefix=self._reads_prefix), batch)
        return replace(samples, before=before.cpu())

    def __call__(self, model: PrefixModel, tasks: Sequence[TokenisedTask], samples: Samples) -> Term:
        """The policy gradient's surrogate, and in the joint objective the answers' loss as well."""
        config = self.config
        rollouts = self._rollouts(model, tasks, samples)
        batch = rollouts.batch
        joint = config.objective == "joint"
        reading = model.read(batch, prefix=self._reads_prefix)
        with torch.set_grad_enabled(joint):
            continuous = model.write(reading)
            scores = score_rows(model.interpreter, continuous, batch)
        worth = self._worth(model, continuous, scores, rollouts).detach()
        gained = advantages(worth, rollouts, limit=config.discrete_limit, length_cost=config.length_cost)
        now, rows = model.discrete_tokens(reading, batch)
        before = now.detach() if samples.before is None else samples.before.to(now.device)
        gains = clipped_gains(now, before, gained[rows], config.clip_ratio)
        loss = -gains.sum() / (len(worth) * config.discrete_limit)
        if joint:
            told = -_mean_by_row(now, rows, len(worth)).mean()
            loss = loss + config.answer_weight * answer_loss(scores) + config.discrete_weight * told
        moved = (now.detach() - before).exp()
        notes = {
            "reward": worth.mean(),
            "reward_spread": worth.view(-1, config.rollouts).std(1).mean(),
            "program_tokens": rollouts.lengths.float().mean(),
            "finished": rollouts.finished.float().mean(),
            "clipped": ((moved - 1).abs() > config.clip_ratio).float().mean(),
        }
        return Term(loss, batch, {name: round(float(value), 4) for name, value in notes.items()})

    @property
    def _reads_prefix(self) -> bool:
        return self.config.objective == "joint" or self.config.form != "none"

    def _rollouts(self, model: PrefixModel, tasks: Sequence[TokenisedTask], samples: Samples) -> Rollouts:
        found = rollouts_of(samples, tasks, self.texts, show_program=self.config.show_program)
        device = model.prefix.device
        return Rollouts(
            found.batch.to(device), found.lengths.to(device), found.finished.to(device), found.group
        )

    def _worth(
        self, model: PrefixModel, continuous: Continuous, scores: RowScores, rollouts: Rollouts
    ) -> torch.Tensor:
        """The reward of each sample."""
        if self.config.reward == "likelihood":
            return likelihood_rewards(scores, rollouts)
        ends = self.texts.interpreter.end_ids
        return edit_rewards(answer_rows(model.interpreter, continuous, rollouts.batch, ends), rollouts)


def clipped_gains(
    now: torch.Tensor, before: torch.Tensor, gained: torch.Tensor, clip_ratio: float
) -> torch.Tensor:
    """PPO's surrogate of each token, to be maximised, all (T,).

    Args:
        now: log p of the tokens.
        before: the same when they were drawn.
        gained: advantage of the sample that a token belongs to.
        clip_ratio: how far the ratio of both may move from 1.
    """
    ratio = (now - before).exp()
    return torch.minimum(ratio * gained, ratio.clamp(1 - clip_ratio, 1 + clip_ratio) * gained)


def _mean_by_row(each: torch.Tensor, rows: torch.Tensor, count: int) -> torch.Tensor:
    sums = each.new_zeros(count).index_add(0, rows, each)
    return sums / torch.bincount(rows, minlength=count).clamp(min=1)


def make_policy(config: TrainingConfig, texts: Texts, engine: RolloutEngine) -> Policy:
    """The objective of stages 1 and 3.

    Raises:
        DataError: sampling is asked for together with spread layers.
    """
    if config.shard:
        raise DataError(
            "samples are drawn by each process alone, which layers spread over processes do not allow; set shard "
            "to false."
        )
    return Policy(config, texts, engine)
