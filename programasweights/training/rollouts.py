"""Discrete programs that the compiler samples while it trains, with the pairs that they are tried on.

B specs, G samples of each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from programasweights.training.batches import Batch, batch_of
from programasweights.training.config import TrainingConfig
from programasweights.training.rollout_engine import RolloutEngine, Sample, TorchRollouts
from programasweights.training.token_file import TokenisedTask
from programasweights.training.vllm_rollouts import VllmRollouts
from programasweights.training.written import Texts, prompt_of, spec_as_program, with_program

__all__ = [
    "Rollouts",
    "Samples",
    "make_rollout_engine",
    "rollouts_of",
    "sample_rollouts",
    "with_written_programs",
]


@dataclass(frozen=True)
class Samples:
    """What the compiler wrote for B specs, and which pairs it is tried on; small enough to be kept."""

    drawn: tuple[Sample, ...]
    """B * G, sample after sample of each spec."""
    pairs: tuple[tuple[int, ...], ...]
    """Numbers of the pairs of each spec, the same ones for all its samples."""
    before: torch.Tensor | None = None
    """(T,) log p of all tokens of all samples when they were drawn; None if they are not older than the model."""

    def state(self) -> dict[str, Any]:
        """Tensors and lists, to be saved."""
        ids = [torch.from_numpy(sample.ids.astype(np.int32)) for sample in self.drawn]
        finished = [sample.finished for sample in self.drawn]
        pairs = [list(one) for one in self.pairs]
        return {"ids": ids, "finished": finished, "pairs": pairs, "before": self.before}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> "Samples":
        """What `state` gave."""
        drawn = zip(state["ids"], state["finished"], strict=True)
        return cls(
            tuple(Sample(ids.numpy().astype(np.int64), done) for ids, done in drawn),
            tuple(tuple(one) for one in state["pairs"]),
            state["before"],
        )


@dataclass(frozen=True)
class Rollouts:
    """Samples as a batch."""

    batch: Batch
    """B * G specs: each with one of its samples."""
    lengths: torch.Tensor
    """(B * G,) tokens of each sample, its end not counted."""
    finished: torch.Tensor
    """(B * G,) whether the sample ended before the limit."""
    group: int
    """G."""


def make_rollout_engine(config: TrainingConfig, compiler: Any, texts: Texts) -> RolloutEngine:
    """The engine that a config names, on the compiler that is trained.

    Raises:
        ModuleNotFoundError: vLLM is asked for, but not installed.
        DataError: vLLM cannot run this compiler.
    """
    if config.rollout_engine == "vllm":
        return VllmRollouts(compiler, texts.compiler.end_ids, config)
    return TorchRollouts(compiler, texts.compiler.end_ids)


def sample_rollouts(
    engine: RolloutEngine,
    texts: Texts,
    tasks: Sequence[TokenisedTask],
    *,
    config: TrainingConfig,
    random: np.random.Generator,
) -> Samples:
    """Sample discrete programs from the compiler as it is.

    Args:
        engine: lets the compiler write.
        texts: of compiler and interpreter.
        tasks: B specs.
        config: size of a group, limit, temperature, pairs to try each program on.
        random: decides all draws.
    """
    prompts = [prompt_of(task.versions[0], texts) for task in tasks]
    drawn = engine.sample(
        prompts, group=config.rollouts, limit=config.discrete_limit, temperature=config.temperature,
        seed=int(random.integers(2**31)),
    )  # fmt: skip
    chosen = (random.permutation(len(task.pairs))[: config.pairs].tolist() for task in tasks)
    return Samples(tuple(drawn), tuple(tuple(one) for one in chosen))


def rollouts_of(
    samples: Samples, tasks: Sequence[TokenisedTask], texts: Texts, *, show_program: bool = True
) -> Rollouts:
    """Samples as a batch. The end of a sample that was cut is not the compiler's choice, and is not rated.

    Args:
        samples: of the tasks.
        tasks: B specs.
        texts: of compiler and interpreter.
        show_program: whether the interpreter sees the program.
    """
    group = len(samples.drawn) // len(tasks)
    tried = []
    for number, task in enumerate(tasks):
        prompt = prompt_of(task.versions[0], texts)
        shown = tuple(task.pairs[place] for place in samples.pairs[number])
        for sample in samples.drawn[number * group : (number + 1) * group]:
            tried.append(TokenisedTask((with_program(prompt, sample.ids, texts),), shown, task.group))
    batch = batch_of(tried, max(map(len, samples.pairs)), show_program=show_program)
    finished = torch.tensor([sample.finished for sample in samples.drawn])
    batch.discrete_mask[~finished, -1] = 0
    return Rollouts(batch, torch.tensor([len(sample.ids) for sample in samples.drawn]), finished, group)


def with_written_programs(
    engine: RolloutEngine, texts: Texts, tasks: Sequence[TokenisedTask], *, limit: int
) -> list[TokenisedTask]:
    """The tasks with the programs that the compiler writes greedily, as a compile does.

    Args:
        engine: lets the compiler write.
        texts: of compiler and interpreter.
        tasks: specs.
        limit: most tokens of a program; where it does not end, the spec is its own program.
    """
    prompts = [prompt_of(task.versions[0], texts) for task in tasks]
    drawn = engine.sample(prompts, group=1, limit=limit, temperature=0.0, seed=0)
    written = []
    for task, prompt, sample in zip(tasks, prompts, drawn, strict=True):
        usable = sample.finished and texts.compiler.tokenizer.decode(sample.ids.tolist()).strip()
        version = with_program(prompt, sample.ids, texts) if usable else spec_as_program(prompt, texts)
        written.append(replace(task, versions=(version,)))
    return written
