"""Discrete programs sampled from the compiler while it trains, and what they are worth to the interpreter.

B specs, G samples of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from programasweights.training.batches import Batch, batch_of, left_padded
from programasweights.training.prefix_model import PrefixModel, RowScores, adapters_as_base
from programasweights.training.token_file import Ids, TokenisedTask
from programasweights.training.written import Texts, prompt_of, spec_as_program, with_program

__all__ = ["Rollouts", "rewards", "sample_rollouts", "with_written_programs"]


@dataclass(frozen=True)
class Rollouts:
    """G discrete programs of each of B specs, sample after sample, with pairs to try them on."""

    batch: Batch
    """B * G specs: each with one of its samples."""
    lengths: torch.Tensor
    """(B * G,) tokens of each sample, its end not counted."""
    finished: torch.Tensor
    """(B * G,) whether the sample ended before the limit."""
    group: int
    """G."""


def sample_rollouts(
    model: PrefixModel,
    texts: Texts,
    tasks: Sequence[TokenisedTask],
    *,
    group: int,
    pairs: int,
    limit: int,
    temperature: float,
    random: np.random.Generator,
    show_program: bool = True,
) -> Rollouts:
    """Sample discrete programs from the compiler as it is.

    Args:
        model: the compiler, on its device.
        texts: of compiler and interpreter.
        tasks: B specs.
        group: G, samples a spec.
        pairs: pairs to try each program on, the same ones for all samples of a spec.
        limit: most tokens of a program.
        temperature: divides the logits.
        random: decides all draws.
        show_program: whether the interpreter sees the program.
    """
    prompts = [prompt_of(task.versions[0], texts) for task in tasks]
    drawn = _generate(model, texts, prompts, group, limit, temperature, int(random.integers(2**31)))
    tried = []
    for number, task in enumerate(tasks):
        chosen = random.permutation(len(task.pairs))[:pairs]
        shown = tuple(task.pairs[int(n)] for n in chosen)
        for ids, _ in drawn[number * group : (number + 1) * group]:
            tried.append(TokenisedTask((with_program(prompts[number], ids, texts),), shown, task.group))
    device = model.prefix.device
    return Rollouts(
        batch_of(tried, pairs, show_program=show_program).to(device),
        torch.tensor([len(ids) for ids, _ in drawn], device=device),
        torch.tensor([done for _, done in drawn], device=device),
        group,
    )


def with_written_programs(
    model: PrefixModel, texts: Texts, tasks: Sequence[TokenisedTask], *, limit: int
) -> list[TokenisedTask]:
    """The tasks with the programs that the compiler writes greedily, as a compile does.

    Args:
        model: the compiler, on its device.
        texts: of compiler and interpreter.
        tasks: specs.
        limit: most tokens of a program; where it does not end, the spec is its own program.
    """
    prompts = [prompt_of(task.versions[0], texts) for task in tasks]
    written = []
    for task, prompt, (ids, done) in zip(
        tasks, prompts, _generate(model, texts, prompts, 1, limit, 0.0, 0), strict=True
    ):
        usable = done and texts.compiler.tokenizer.decode(ids.tolist()).strip()
        version = with_program(prompt, ids, texts) if usable else spec_as_program(prompt, texts)
        written.append(replace(task, versions=(version,)))
    return written


def rewards(scores: RowScores, rollouts: Rollouts, *, limit: int, length_cost: float) -> torch.Tensor:
    """What each sample is worth: mean log p per token of its pairs' answers, less a cost for its length.

    The log-likelihood and not exact match, which is too sparse to learn from (PAW, stage 1). A sample that did not
    end costs as much as one of twice the limit.

    Args:
        scores: of the interpreter, for the rollouts' rows.
        rollouts: the samples.
        limit: most tokens of a program.
        length_cost: of a program as long as the limit.

    Returns:
        (B * G,).
    """
    owner = rollouts.batch.owner
    count = rollouts.lengths.shape[0]
    each = -scores.nll / scores.tokens
    sums = each.new_zeros(count).index_add(0, owner, each)
    used = torch.where(rollouts.finished, rollouts.lengths, 2 * limit) / limit
    return sums / torch.bincount(owner, minlength=count) - length_cost * used


def _generate(
    model: PrefixModel,
    texts: Texts,
    prompts: Sequence[Ids],
    group: int,
    limit: int,
    temperature: float,
    seed: int,
) -> list[tuple[Ids, bool]]:
    """Samples, without the token that ends them, and whether they ended."""
    ids, mask = left_padded(prompts)
    device = model.prefix.device
    ends = set(texts.compiler.end_ids)
    compiler: Any = model.compiler
    was = compiler.training
    compiler.eval()
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []), torch.no_grad():
        torch.manual_seed(seed)
        with adapters_as_base(compiler):
            found = compiler.generate(
                input_ids=ids.to(device),
                attention_mask=mask.to(device),
                **_sampling(temperature),
                num_return_sequences=group,
                max_new_tokens=limit,
                eos_token_id=sorted(ends),
                pad_token_id=min(ends),
            )
    compiler.train(was)
    drawn = []
    for row in found[:, ids.shape[1] :].cpu().numpy():
        places = [n for n, token in enumerate(row.tolist()) if token in ends]
        drawn.append((row[: places[0]] if places else row, bool(places)))
    return drawn


def _sampling(temperature: float) -> dict[str, Any]:
    """How tokens are chosen; temperature 0 is greedy."""
    if temperature == 0:
        return {"do_sample": False}
    return {"do_sample": True, "temperature": temperature, "top_k": 0, "top_p": 1.0}
