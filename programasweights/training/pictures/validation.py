"""Scores on held-out pictures, with the controls that show whether the pictures are read.

blind      the same questions, programs compiled from pictures whose features are all zero
swapped    the same questions, each put to the program of another picture of the same task
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import torch
from pydantic import BaseModel

from programasweights.training.pictures.batches import PictureBatch, picture_batch
from programasweights.training.pictures.feature_file import FeatureFile, TokenisedPicture
from programasweights.training.pictures.model import PictureModel, QuestionScores
from programasweights.training.prefix_model import evaluating

__all__ = ["PictureScores", "validate_pictures"]

_TOGETHER = 8


class PictureScores(BaseModel):
    """Scores on the pictures of one task."""

    pictures: int
    questions: int
    nll: float
    """Mean -log p of an answer's token, over tokens."""
    exact: float
    """Share of answers that greedy decoding gives."""
    blind_nll: float
    blind_exact: float
    swapped_nll: float
    swapped_exact: float
    """Must fall to what the blind control gets, or the answers do not come from the picture."""
    by_kind: Mapping[str, float]
    """Exact match by kind of question."""


def validate_pictures(
    model: PictureModel,
    files: Sequence[FeatureFile],
    *,
    pictures: int,
    questions: int,
    slots: int,
) -> dict[str, PictureScores]:
    """Score the first pictures of each task in some files; task -> scores.

    Args:
        model: compiler and interpreter.
        files: of held-out pictures.
        pictures: how many of each task.
        questions: at most so many on each.
        slots: M.
    """
    device = model.text.prefix.device
    found = {}
    with evaluating(model):
        for task, rows in _by_task(files, pictures).items():
            sums = _Sums()
            for batch in _batches(rows, questions, slots, has_slots=model.text.kv_prefix is not None):
                _note(model, batch.to(device), sums)
            found[task] = sums.scores(len(rows))
    return found


def _by_task(files: Sequence[FeatureFile], count: int) -> dict[str, list[tuple[FeatureFile, int]]]:
    rows: dict[str, list[tuple[FeatureFile, int]]] = {}
    for file in files:
        for index in range(len(file)):
            own = rows.setdefault(file.task(index), [])
            if len(own) < count:
                own.append((file, index))
    return dict(sorted(rows.items()))


def _batches(
    rows: Sequence[tuple[FeatureFile, int]], questions: int, slots: int, *, has_slots: bool
) -> Iterator[PictureBatch]:
    source = iter(rows)
    while chunk := list(islice(source, _TOGETHER)):
        held: list[TokenisedPicture] = [file[index] for file, index in chunk]
        yield picture_batch(held, questions, slots=slots, kv_slots=has_slots)


class _Sums:
    """What is added up over the batches of a task."""

    def __init__(self) -> None:
        self.totals: dict[str, float] = defaultdict(float)
        self.kinds: dict[str, list[bool]] = defaultdict(list)

    def add(self, name: str, scores: QuestionScores) -> None:
        self.totals[f"{name}nll"] += float(scores.nll.sum())
        self.totals[f"{name}tokens"] += float(scores.tokens.sum())
        self.totals[f"{name}exact"] += float(scores.exact.sum())
        self.totals[f"{name}questions"] += len(scores.exact)

    def scores(self, pictures: int) -> PictureScores:
        numbers = {}
        for name in ("", "blind_", "swapped_"):
            numbers[f"{name}nll"] = round(self.totals[f"{name}nll"] / self.totals[f"{name}tokens"], 4)
            numbers[f"{name}exact"] = round(self.totals[f"{name}exact"] / self.totals[f"{name}questions"], 4)
        kinds = {kind: round(sum(own) / len(own), 3) for kind, own in sorted(self.kinds.items())}
        return PictureScores(
            pictures=pictures, questions=int(self.totals["questions"]), by_kind=kinds, **numbers
        )


def _note(model: PictureModel, batch: PictureBatch, sums: _Sums) -> None:
    written = model.write(model.read(batch))
    own = model.score(written, batch)
    sums.add("", own)
    for (_, kind), right in zip(batch.kinds, own.exact.tolist(), strict=True):
        sums.kinds[kind].append(right)
    # a picture that is alone in its batch is swapped with itself, so that no question is left out
    order = torch.arange(len(batch.tasks), device=batch.rows.device).roll(1)
    sums.add("swapped_", model.score(written.of(order), batch))
    nothing = replace(batch, features=torch.zeros_like(batch.features))
    sums.add("blind_", model.score(model.write(model.read(nothing)), batch))
