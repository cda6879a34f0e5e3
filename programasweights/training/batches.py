"""Which specs and pairs a step trains on. It depends on seed and step alone, so a resumed run sees the same.

B specs a batch, G pairs of each, R = B * G rows
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from programasweights.training.mixture import TaskSource
from programasweights.training.token_file import Ids, TokenisedTask

__all__ = ["Batch", "batch_of", "order_of"]

_WINDOW = 64
"""Batches among which specs are sorted by length, so that a batch holds little padding."""


@dataclass(frozen=True)
class Batch:
    """Token ids with masks: 1 for a token, 0 for padding."""

    compiler: torch.Tensor
    """(B, S) ids, padded on the left: prefix tokens follow."""
    compiler_mask: torch.Tensor
    """(B, S)."""
    program: torch.Tensor
    """(B, P) ids, padded on the right."""
    program_mask: torch.Tensor
    """(B, P)."""
    rows: torch.Tensor
    """(R, L) ids of inputs and answers, padded on the right."""
    rows_mask: torch.Tensor
    """(R, L)."""
    answer_mask: torch.Tensor
    """(R, L): 1 at the tokens of the answer."""
    owner: torch.Tensor
    """(R,) which spec of the batch a row belongs to."""
    groups: tuple[str, ...]
    """Family of each spec."""

    def to(self, device: torch.device) -> "Batch":
        """The batch on a device."""
        moved = {n: v.to(device) for n, v in vars(self).items() if isinstance(v, torch.Tensor)}
        return replace(self, **moved)  # type: ignore[arg-type]


def order_of(file: TaskSource, specs: int, seed: int, epoch: int) -> Iterator[list[int]]:
    """The batches of one epoch, each a list of `specs` indices; a last incomplete batch is left out."""
    random = np.random.default_rng([seed, epoch])
    order = random.permutation(len(file))
    batches = []
    for first in range(0, len(order), specs * _WINDOW):
        window = sorted(order[first : first + specs * _WINDOW], key=file.compiler_length)
        batches += [window[n : n + specs] for n in range(0, len(window) - specs + 1, specs)]
    for place in random.permutation(len(batches)):
        yield [int(n) for n in batches[place]]


def batch_of(tasks: Sequence[TokenisedTask], pairs: int, random: np.random.Generator | None = None) -> Batch:
    """A batch of tasks with up to `pairs` pairs each: drawn by `random`, or the first ones."""
    rows: list[Ids] = []
    starts: list[int] = []
    owner: list[int] = []
    for number, task in enumerate(tasks):
        count = min(pairs, len(task.pairs))
        chosen = range(count) if random is None else random.permutation(len(task.pairs))[:count]
        for place in chosen:
            given, wanted = task.pairs[int(place)]
            rows.append(np.concatenate([given, wanted]))
            starts.append(len(given))
            owner.append(number)
    ids, mask = _padded(rows, left=False)
    answers = mask * (torch.arange(ids.shape[1])[None] >= torch.tensor(starts)[:, None])
    compiler, compiler_mask = _padded([t.compiler for t in tasks], left=True)
    program, program_mask = _padded([t.program for t in tasks], left=False)
    return Batch(
        compiler, compiler_mask, program, program_mask, ids, mask, answers, torch.tensor(owner),
        tuple(t.group for t in tasks),
    )  # fmt: skip


def _padded(parts: Sequence[Ids], *, left: bool) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(part) for part in parts)
    ids = torch.zeros(len(parts), longest, dtype=torch.long)
    mask = torch.zeros(len(parts), longest, dtype=torch.long)
    for row, part in enumerate(parts):
        place = slice(longest - len(part), longest) if left else slice(0, len(part))
        ids[row, place] = torch.from_numpy(part)
        mask[row, place] = 1
    return ids, mask
