"""One stage of training: passes over its items, with a constant learning rate."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from programasweights.errors import DataError
from programasweights.training.pbb.config import PbbConfig
from programasweights.training.pbb.curricula import Stage
from programasweights.training.pbb.learner import Learner
from programasweights.training.pbb.material import Material
from programasweights.training.pbb.objectives import Dpo, Grpo, Objective, Sft

__all__ = ["Log", "descend", "objective_of", "train_stage"]

Log = Callable[[dict[str, Any]], None]
"""Takes what is to be noted of a step."""


def objective_of(stage: Stage, learner: Learner, material: Material) -> Objective:
    """What a stage minimises.

    Raises:
        DataError: there is nothing to learn.
    """
    config = material.config
    match stage.method:
        case "sft":
            found: Objective = Sft(learner, material.rows(stage, learner.reader), config)
        case "dpo":
            found = Dpo(learner, material.preferences(stage, learner.reader), config)
        case "grpo":
            found = Grpo(learner, material.domain, material.questions(stage), config)
    if not found.items:
        raise DataError("a stage has nothing to learn from: all instructions are held out.")
    return found


def train_stage(stage: Stage, learner: Learner, material: Material, log: Log, *, later: bool = False) -> int:
    """Train a stage to its end, from the learner as it is; returns the number of steps.

    Args:
        stage: what to learn from.
        learner: from where to start.
        material: of the run.
        log: told of every step.
        later: whether the learner has been through a stage before.
    """
    config = material.config
    if later and config.later_rate:
        config = replace(config, rate=config.later_rate)
    return descend(objective_of(stage, learner, material), learner, config, log)


def descend(objective: Objective, learner: Learner, config: PbbConfig, log: Log) -> int:
    """Follow the gradient for the config's epochs; returns the number of steps."""
    optimiser = torch.optim.AdamW(learner.parameters, lr=config.rate, weight_decay=0.0)
    learner.module.train()
    step = 0
    for epoch in range(config.epochs):
        order = np.random.default_rng([config.seed, epoch]).permutation(objective.items).tolist()
        for first in range(0, len(order), objective.together):
            started = time.perf_counter()
            step += 1
            loss = _step(
                objective, order[first : first + objective.together], learner, optimiser, config, step
            )
            seconds = round(time.perf_counter() - started, 3)
            log({"step": step, "epoch": epoch, "loss": round(loss, 5), "seconds": seconds})
    learner.module.eval()
    return step


def _step(
    objective: Objective,
    places: list[int],
    learner: Learner,
    optimiser: torch.optim.Optimizer,
    config: PbbConfig,
    step: int,
) -> float:
    optimiser.zero_grad()
    loss = 0.0
    for part in objective.parts(places, seed=config.seed * 1_000_003 + step):
        part.backward()  # type: ignore[no-untyped-call]
        loss += float(part.detach())
    torch.nn.utils.clip_grad_norm_(learner.parameters, config.clip)
    optimiser.step()
    return loss
