"""What sampled programs are worth to the interpreter, and by how much each is better than its group.

B specs, G samples of each, R rows.
"""

import difflib
from collections.abc import Sequence
from contextlib import nullcontext

import torch
from torch import nn

from programasweights.training.batches import Batch
from programasweights.training.forms import Continuous
from programasweights.training.prefix_model import RowScores, body_of, read_programs_of
from programasweights.training.rollouts import Rollouts

__all__ = ["advantages", "answer_rows", "edit_rewards", "likelihood_rewards"]

_MORE = 4
"""Tokens that an answer may be longer than the longest right one of its batch."""


def likelihood_rewards(scores: RowScores, rollouts: Rollouts) -> torch.Tensor:
    """Mean log p per token of the right answers, (B * G,): not exact match, which is too sparse to learn from (PAW)."""
    return _mean_of_rows(-scores.nll / scores.tokens, rollouts.batch)


def edit_rewards(found: Sequence[Sequence[int]], rollouts: Rollouts) -> torch.Tensor:
    """Mean similarity of decoded answers with the right ones, (B * G,): shares of tokens in common blocks, 0 to 1.

    Unlike the likelihood it says nothing of answers that are wrong throughout, and is not moved by an answer's becoming
    more certain when it is already right.
    """
    batch = rollouts.batch
    each = []
    for row, ids in enumerate(found):
        wanted = batch.rows[row][batch.answer_mask[row].bool()].tolist()[:-1]
        each.append(difflib.SequenceMatcher(None, list(ids), wanted, autojunk=False).ratio())
    return _mean_of_rows(torch.tensor(each, device=batch.rows.device), batch)


def advantages(worth: torch.Tensor, rollouts: Rollouts, *, limit: int, length_cost: float) -> torch.Tensor:
    """By how much each sample is better than the mean of its group.

    A sample that was cut cannot be used, so beside finished ones it is worth no more than the worst. Among samples
    that do as well, their worth at most `length_cost` apart, the shorter ones are better, by half of that at most: a
    greater difference in worth is never turned round, and a sample alone at its level pays nothing for its length.

    Args:
        worth: (B * G,) rewards.
        rollouts: the samples.
        limit: most tokens of a sample.
        length_cost: the difference in reward that counts as none.

    Returns:
        (B * G,).
    """
    finished = rollouts.finished.view(-1, rollouts.group)
    grouped = worth.view(-1, rollouts.group)
    counted = finished | ~finished.any(1, keepdim=True)
    grouped = torch.where(counted, grouped, grouped.min(1, keepdim=True).values)
    used = (rollouts.lengths.view(-1, rollouts.group) / limit).clamp(max=1)
    alike = ((grouped[:, :, None] - grouped[:, None, :]).abs() <= length_cost).float()
    usual = (alike * used[:, None, :]).sum(2) / alike.sum(2)
    shaped = grouped - length_cost / 2 * (used - usual)
    return (shaped - shaped.mean(1, keepdim=True)).flatten()


@torch.no_grad()
def answer_rows(
    interpreter: nn.Module, continuous: Continuous, batch: Batch, ends: Sequence[int]
) -> list[list[int]]:
    """What greedy decoding answers to the inputs of a batch's rows, without the token that ends it.

    Args:
        interpreter: the frozen model.
        continuous: of the batch's specs.
        batch: pseudo-programs and rows, whose right answers are not read.
        ends: tokens that end an answer.
    """
    adapter = continuous.adapter
    past, seen = read_programs_of(interpreter, continuous, batch)
    shown = batch.rows_mask - batch.answer_mask
    whole, ids = torch.cat([seen, shown], dim=1), batch.rows
    places = (whole.cumsum(1) - 1).clamp(min=0)[:, seen.shape[1] :]
    last = shown.sum(1) - 1
    written: list[torch.Tensor] = []
    stopped = torch.zeros(len(ids), dtype=torch.bool, device=ids.device)
    with nullcontext() if adapter is None else adapter.of(batch.owner).on(interpreter):
        for _ in range(int(batch.answer_mask.sum(1).max()) + _MORE):
            hidden = body_of(interpreter)(
                input_ids=ids, attention_mask=whole, position_ids=places, past_key_values=past, use_cache=True
            ).last_hidden_state
            chosen = hidden[torch.arange(len(last), device=last.device), last]
            ids = interpreter.get_output_embeddings()(chosen).argmax(-1, keepdim=True)  # type: ignore[operator]
            written.append(ids)
            stopped |= torch.isin(ids[:, 0], torch.tensor(ends, device=ids.device))
            if bool(stopped.all()):
                break
            places = whole.sum(1, keepdim=True)
            whole = torch.cat([whole, whole.new_ones(len(whole), 1)], dim=1)
            last = torch.zeros_like(last)
    rows = torch.cat(written, dim=1).tolist()
    return [row[: next((n for n, token in enumerate(row) if token in ends), len(row))] for row in rows]


def _mean_of_rows(each: torch.Tensor, batch: Batch) -> torch.Tensor:
    """(R,) -> (B * G,), mean over a sample's rows."""
    count = batch.compiler.shape[0]
    sums = each.new_zeros(count).index_add(0, batch.owner, each)
    return sums / torch.bincount(batch.owner, minlength=count)
