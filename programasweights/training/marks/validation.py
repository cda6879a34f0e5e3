"""How much of held-out sheets is found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from programasweights.training.marks.net import MarkNet
from programasweights.training.marks.pictures import MarkedSheet
from programasweights.training.marks.targets import Labels
from programasweights.vision.marks.finding import FoundLink, FoundMark, find_links, find_marks
from programasweights.vision.marks.network import CELL

__all__ = ["MarkScores", "compare", "validate_marks"]

_REACH = 1.5 * CELL
"""Sheet pixels by which a found mark may be away from the right one."""


@dataclass(frozen=True)
class MarkScores:
    """Shares from 0 to 1."""

    whole: float
    """Sheets on which everything was found, with all labels, and nothing else."""
    marks: float
    """F1 of marks with all their labels."""
    links: float
    """F1 of links between the right marks with the right label."""


def validate_marks(model: MarkNet, sheets: Sequence[MarkedSheet], labels: Labels) -> MarkScores:
    """Scores of a model on sheets."""
    model.eval()
    device = next(model.parameters()).device
    results = []
    for sheet in sheets:
        with torch.inference_mode():
            maps = model(torch.from_numpy(sheet.numbers())[None, None].to(device))
        marks = find_marks(maps["marks"][0].float().cpu().numpy(), labels.properties)
        links = (
            find_links(maps["links"][0].float().cpu().numpy(), marks, labels.links) if labels.links else []
        )
        results.append(compare(sheet, marks, links))
    model.train()
    right, found, wanted = np.array(results).sum(axis=0).T
    marks_f1, links_f1 = (
        2 * r / max(f + w, 1) if f + w else 1.0 for r, f, w in zip(right, found, wanted, strict=True)
    )
    whole = [all(r == f == w for r, f, w in result) for result in results]
    return MarkScores(float(np.mean(whole)), float(marks_f1), float(links_f1))


def compare(
    sheet: MarkedSheet, marks: Sequence[FoundMark], links: Sequence[FoundLink]
) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Of marks and of links: how many are right, were found, and are there."""
    partner: dict[int, int] = {}
    for number, mark in enumerate(marks):
        near = [
            (float(np.hypot(x - mark.x, y - mark.y)), place)
            for place, (x, y, _) in enumerate(sheet.marks)
            if place not in partner.values()
        ]
        if near and min(near)[0] <= _REACH:
            partner[number] = min(near)[1]
    right = sum(_same(marks[number].labels, sheet.marks[place][2]) for number, place in partner.items())
    there = {(frozenset((i, j)), label) for i, j, label in sheet.links}
    same = sum(
        (frozenset((partner.get(link.first, -1), partner.get(link.second, -2))), link.label) in there
        for link in links
    )
    return (right, len(marks), len(sheet.marks)), (same, len(links), len(there))


def _same(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether labels agree in every property that a mark has; the network names all of them for each."""
    return found[: len(wanted)] == wanted
