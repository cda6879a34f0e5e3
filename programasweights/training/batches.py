"""Which specs and pairs a step trains on. It depends on seed and step alone, so a resumed run sees the same.

B specs a batch, G pairs of each, R = B * G rows
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import torch

from programasweights.training.token_file import Ids, TokenisedTask

__all__ = ["Batch", "Measured", "batch_of", "left_padded", "order_of"]

_WINDOW = 256
_BANDS = 8
"""Batches among which specs are sorted: into bands by their longest pair, and by their own length in each, so that
a batch holds little padding."""


@dataclass(frozen=True)
class Batch:
    """Token ids with masks: 1 for a token, 0 for padding."""

    compiler: torch.Tensor
    """(B, S) ids, padded on the left: prefix tokens follow."""
    compiler_mask: torch.Tensor
    """(B, S)."""
    discrete_mask: torch.Tensor
    """(B, S): 1 at the tokens of the discrete program, where it is another text than the spec."""
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


class Measured(Protocol):
    """Specs by number, of which lengths are known."""

    def __len__(self) -> int: ...

    def lengths(self, index: int) -> tuple[int, int]:
        """Tokens of a spec and of what is asked of it."""


def order_of(file: Measured, specs: int, seed: int, epoch: int) -> Iterator[list[int]]:
    """The batches of one epoch, each a list of `specs` indices; a last incomplete batch is left out."""
    random = np.random.default_rng([seed, epoch])
    order = random.permutation(len(file))
    batches = []
    for first in range(0, len(order), specs * _WINDOW):
        window = _sorted(file, order[first : first + specs * _WINDOW].tolist())
        batches += [window[n : n + specs] for n in range(0, len(window) - specs + 1, specs)]
    for place in random.permutation(len(batches)):
        yield batches[place]


def _sorted(file: Measured, window: Sequence[int]) -> list[int]:
    lengths = {index: file.lengths(index) for index in window}
    by_pair = sorted(window, key=lambda index: lengths[index][1])
    band = -(-len(window) // _BANDS)
    bands = (by_pair[first : first + band] for first in range(0, len(window), band))
    return [index for one in bands for index in sorted(one, key=lambda index: lengths[index][0])]


def batch_of(
    tasks: Sequence[TokenisedTask],
    pairs: int,
    random: np.random.Generator | None = None,
    *,
    show_program: bool = True,
) -> Batch:
    """A batch of tasks.

    Args:
        tasks: B specs.
        pairs: up to so many pairs of each.
        random: draws the pairs, and one of the discrete programs; None for the first ones.
        show_program: whether the interpreter sees the pseudo-program; without it, only the slots tell it the task.
    """
    rows: list[Ids] = []
    starts: list[int] = []
    owner: list[int] = []
    versions = []
    for number, task in enumerate(tasks):
        count = min(pairs, len(task.pairs))
        chosen = range(count) if random is None else random.permutation(len(task.pairs))[:count]
        for place in chosen:
            given, wanted = task.pairs[int(place)]
            rows.append(np.concatenate([given, wanted]))
            starts.append(len(given))
            owner.append(number)
        versions.append(task.versions[0 if random is None else int(random.integers(len(task.versions)))])
    ids, mask = _padded(rows, left=False)
    answers = mask * (torch.arange(ids.shape[1])[None] >= torch.tensor(starts)[:, None])
    compiler, compiler_mask = _padded([v.compiler for v in versions], left=True)
    discrete = torch.tensor([len(v.compiler) - v.discrete_start for v in versions])
    places = torch.arange(compiler.shape[1])[None]
    program, program_mask = _padded([v.program[: None if show_program else 0] for v in versions], left=False)
    return Batch(
        compiler=compiler,
        compiler_mask=compiler_mask,
        discrete_mask=(places >= compiler.shape[1] - discrete[:, None]).long(),
        program=program,
        program_mask=program_mask,
        rows=ids,
        rows_mask=mask,
        answer_mask=answers,
        owner=torch.tensor(owner),
        groups=tuple(t.group for t in tasks),
    )


def left_padded(parts: Sequence[Ids]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids (B, T) padded on the left, and their mask."""
    return _padded(parts, left=True)


def _padded(parts: Sequence[Ids], *, left: bool) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(part) for part in parts)
    ids = torch.zeros(len(parts), longest, dtype=torch.long)
    mask = torch.zeros(len(parts), longest, dtype=torch.long)
    for row, part in enumerate(parts):
        place = slice(longest - len(part), longest) if left else slice(0, len(part))
        ids[row, place] = torch.from_numpy(part)
        mask[row, place] = 1
    return ids, mask
