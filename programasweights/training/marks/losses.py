"""Losses of the network's maps: is something there, which, where.

Cells without anything are a hundred times as many as others, so being there is learned with a focal loss, which counts
what is already certain next to nothing (Law and Deng 2018, CornerNet, equation 1).
"""

import torch
from torch.nn.functional import cross_entropy, logsigmoid, smooth_l1_loss

from programasweights.training.marks.targets import Labels, MarkBatch, Places
from programasweights.vision.marks.network import LINK_NUMBERS, MARK_NUMBERS

__all__ = ["mark_losses"]


def mark_losses(maps: dict[str, torch.Tensor], batch: MarkBatch, labels: Labels) -> dict[str, torch.Tensor]:
    """Named losses, whose sum is minimised."""
    sizes = [len(names) for names in labels.properties]
    found = _losses("mark", maps["marks"], batch.marks, MARK_NUMBERS, sizes)
    if "links" in maps:
        found |= _losses("link", maps["links"], batch.links, LINK_NUMBERS, [len(labels.links)])
    return found


def _losses(
    name: str, found: torch.Tensor, places: Places, first: int, sizes: list[int]
) -> dict[str, torch.Tensor]:
    losses = {f"{name} there": _focal(found[:, 0], places.there)}
    if not len(places.cells):
        return losses
    sheet, row, column = places.cells.T
    cells = found[sheet, :, row, column]
    losses[f"{name} place"] = smooth_l1_loss(cells[:, 1:first], places.numbers, beta=0.1)
    for slot, scores in enumerate(torch.split(cells[:, first:], sizes, dim=1)):
        wanted = places.labels[:, slot]
        if bool((wanted >= 0).any()):
            losses[f"{name} label {slot}"] = cross_entropy(scores, wanted, ignore_index=-1)
    return losses


def _focal(odds: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """Per thing that is there; what is near one counts less."""
    sure = torch.sigmoid(odds)
    right = torch.where(
        there == 1,
        (1 - sure) ** 2 * logsigmoid(odds),
        (1 - there) ** 4 * sure**2 * logsigmoid(-odds),
    )
    return -right.sum() / (there == 1).sum().clamp(min=1)
