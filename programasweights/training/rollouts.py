"""Discrete programs sampled from the compiler while it trains, and what they are worth to the interpreter.

B specs, G samples of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.model_text import ModelText
from programasweights.training.batches import Batch, batch_of, left_padded
from programasweights.training.prefix_model import PrefixModel, RowScores, adapters_as_base
from programasweights.training.token_file import Ids, TokenisedTask, Version

__all__ = ["Rollouts", "Texts", "rewards", "sample_rollouts"]


@dataclass(frozen=True)
class Texts:
    """How compiler and interpreter read and mark text."""

    compiler: ModelText
    interpreter: ModelText


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
        tasks: B specs, tokenised with discrete programs, so that it is known where those begin.
        group: G, samples a spec.
        pairs: pairs to try each program on, the same ones for all samples of a spec.
        limit: most tokens of a program.
        temperature: divides the logits.
        random: decides all draws.
        show_program: whether the interpreter sees the program.
    """
    prompts = [task.versions[0].compiler[: task.versions[0].discrete_start] for task in tasks]
    drawn = _generate(model, texts, prompts, group, limit, temperature, int(random.integers(2**31)))
    template, reads = get_template(DEFAULT_TEMPLATE), texts.interpreter
    writes = texts.compiler
    end = writes.chat.end_id(writes.tokenizer, writes.end_ids)
    tried = []
    for number, task in enumerate(tasks):
        chosen = random.permutation(len(task.pairs))[:pairs]
        shown = tuple(task.pairs[int(n)] for n in chosen)
        for ids, _ in drawn[number * group : (number + 1) * group]:
            text = texts.compiler.tokenizer.decode(ids.tolist()).strip()
            program = np.array(template.program_ids(reads.tokenizer, reads.chat, text))
            whole = np.concatenate([prompts[number], ids, [end]]).astype(np.int64)
            tried.append(TokenisedTask((Version(whole, len(prompts[number]), program),), shown, task.group))
    device = model.prefix.device
    return Rollouts(
        batch_of(tried, pairs, show_program=show_program).to(device),
        torch.tensor([len(ids) for ids, _ in drawn], device=device),
        torch.tensor([done for _, done in drawn], device=device),
        group,
    )


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
                do_sample=True,
                temperature=temperature,
                top_k=0,
                top_p=1.0,
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
