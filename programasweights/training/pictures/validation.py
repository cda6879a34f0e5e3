"""Scores on held-out pictures, with the controls that show whether the pictures are read.

blind      the same questions, programs compiled from pictures whose features are all zero
swapped    the same questions, each put to the program of another picture of the same task
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

import torch
from pydantic import BaseModel

from programasweights.training.pictures.asked import asked_of
from programasweights.training.pictures.batches import PictureBatch, picture_batch
from programasweights.training.pictures.feature_file import FeatureFile, TokenisedPicture
from programasweights.training.pictures.model import PictureModel, QuestionScores
from programasweights.training.prefix_model import evaluating
from programasweights.training.written import Texts

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
    input_nll: float | None = None
    """With the pictures as inputs, given to the program of each one's first question."""
    input_exact: float | None = None
    by_kind: Mapping[str, float]
    """Exact match by kind of question."""


def validate_pictures(
    model: PictureModel,
    files: Sequence[FeatureFile],
    texts: Texts,
    *,
    pictures: int,
    questions: int,
    slots: int,
) -> dict[str, PictureScores]:
    """Score the first pictures of each task in some files; task -> scores.

    Args:
        model: compiler and interpreter.
        files: of held-out pictures.
        texts: how compiler and interpreter read text.
        pictures: how many of each task.
        questions: at most so many on each.
        slots: M.
    """
    device = model.text.prefix.device
    make = partial(picture_batch, slots=slots, kv_slots=model.text.kv_prefix is not None)
    found = {}
    with evaluating(model):
        for task, rows in _by_task(files, pictures).items():
            sums = _Sums()
            for held in _chunks(rows):
                _note(model, make(held, questions).to(device), sums)
                if model.inputs is not None:
                    asked = make([asked_of(own, 0, texts) for own in held], 1).to(device)
                    sums.add("input_", model.score(model.write(model.read(asked)), asked))
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


def _chunks(rows: Sequence[tuple[FeatureFile, int]]) -> Iterator[list[TokenisedPicture]]:
    source = iter(rows)
    while chunk := list(islice(source, _TOGETHER)):
        yield [file[index] for file, index in chunk]


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
        for name in ("", "blind_", "swapped_", "input_"):
            if f"{name}tokens" not in self.totals:
                continue
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
