"""Scores of a model on held-out specs, with the controls that show whether the program is read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from pydantic import BaseModel

from programasweights.training.batches import Batch, batch_of
from programasweights.training.forms import Continuous
from programasweights.training.mixture import TaskSource
from programasweights.training.prefix_model import PrefixModel, RowScores, evaluating
from programasweights.training.rollout_engine import RolloutEngine
from programasweights.training.rollouts import with_written_programs
from programasweights.training.written import Texts

__all__ = ["Validation", "Writing", "validate"]

_TOGETHER = 8


@dataclass(frozen=True)
class Writing:
    """How a compiler writes discrete programs."""

    engine: RolloutEngine
    """Lets it write."""
    texts: Texts
    """Of compiler and interpreter."""
    limit: int
    """Most tokens of a program."""


class Validation(BaseModel):
    """Scores on one validation file."""

    specs: int
    nll: float
    """Mean -log p of an answer's token, over tokens."""
    exact: float
    """Share of answers that greedy decoding gives, mean over specs."""
    discrete_nll: float | None = None
    """Mean -log p of a discrete program's token, where programs are other texts than specs."""
    swapped_nll: float | None = None
    """The same with the continuous part of another spec: must be clearly worse, or that part is not read."""
    swapped_exact: float | None = None
    bare_nll: float | None = None
    """The same without continuous part: the pseudo-program alone."""
    bare_exact: float | None = None
    written_nll: float | None = None
    """The same with the discrete programs that the compiler writes greedily, for compilers that learn to."""
    written_exact: float | None = None
    by_group: Mapping[str, float]
    """Exact match by family."""


def validate(
    model: PrefixModel,
    file: TaskSource,
    *,
    specs: int,
    pairs: int = 4,
    controls: bool = True,
    show_program: bool = True,
    writing: Writing | None = None,
) -> Validation:
    """Score the first specs of a file.

    Args:
        model: compiler and interpreter.
        file: specs, with discrete programs or as their own.
        specs: how many are scored.
        pairs: of each spec.
        controls: whether to score another spec's continuous part, and none, as well.
        show_program: whether the interpreter sees the pseudo-program.
        writing: how the compiler writes programs, if they are to be scored as well.
    """
    device = model.prefix.device
    sums: dict[str, list[torch.Tensor]] = defaultdict(list)
    groups: dict[str, list[float]] = defaultdict(list)
    discrete: list[float] = []
    count = min(specs, len(file))
    with evaluating(model):
        for first in range(0, count, _TOGETHER):
            tasks = [file[n] for n in range(first, min(first + _TOGETHER, count))]
            batch = batch_of(tasks, pairs, show_program=show_program).to(device)
            reading = model.read(batch)
            if bool(batch.discrete_mask.any()):
                discrete.append(float(model.discrete_loss(reading, batch)))
            written = model.write(reading)
            order = torch.arange(len(tasks), device=device).roll(1)
            own = _note(sums, "", model.score(written, batch), batch)
            if controls:
                _note(sums, "swapped_", model.score(written.of(order), batch), batch)
                if show_program:
                    _note(sums, "bare_", model.score(Continuous(), batch), batch)
            if writing is not None:
                told = with_written_programs(writing.engine, writing.texts, tasks, limit=writing.limit)
                again = batch_of(told, pairs, show_program=show_program).to(device)
                _note(sums, "written_", model.score(model.write(model.read(again)), again), again)
            for group, value in zip(batch.groups, own.tolist(), strict=True):
                groups[group].append(value)
    totals = {name: torch.cat(parts) for name, parts in sums.items()}
    scores: dict[str, float] = {}
    for kind in ("", "swapped_", "bare_", "written_"):
        if f"{kind}nll" in totals:
            nll = totals[f"{kind}nll"].sum() / totals[f"{kind}tokens"].sum()
            scores[f"{kind}nll"] = round(float(nll), 4)
            scores[f"{kind}exact"] = round(float(totals[f"{kind}exact"].mean()), 4)
    if discrete:
        scores["discrete_nll"] = round(sum(discrete) / len(discrete), 4)
    by_group = {name: round(sum(v) / len(v), 3) for name, v in sorted(groups.items())}
    return Validation(specs=count, by_group=by_group, **scores)


def _note(sums: dict[str, list[torch.Tensor]], kind: str, scores: RowScores, batch: Batch) -> torch.Tensor:
    """Keep what is summed up; returns exact match of each spec (B,)."""
    size = batch.compiler.shape[0]
    hits = torch.zeros(size, device=scores.nll.device).index_add(0, batch.owner, scores.exact.float())
    exact = hits / torch.bincount(batch.owner, minlength=size)
    sums[f"{kind}nll"].append(scores.nll.cpu())
    sums[f"{kind}tokens"].append(scores.tokens.cpu())
    sums[f"{kind}exact"].append(exact.cpu())
    return exact
