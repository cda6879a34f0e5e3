"""Scores on held-out pictures, with the controls that show whether the pictures are read.

blind      the same questions, programs compiled from pictures whose features are all zero
swapped    the same questions, each put to the program of another picture of the same task
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import torch
from pydantic import BaseModel

from programasweights.training.pictures.asked import asked_of
from programasweights.training.pictures.batches import PictureBatch, picture_batch
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile, TokenisedPicture
from programasweights.training.pictures.model import PictureModel
from programasweights.training.pictures.transcribing import with_transcription
from programasweights.training.prefix_model import evaluating
from programasweights.training.written import Texts

__all__ = ["PictureScores", "validate_pictures"]

_TOGETHER = 8
_NAMES = ("", "blind_", "swapped_", "told_", "blind_told_", "swapped_told_", "input_")


class PictureScores(BaseModel):
    """Scores on the pictures of one task."""

    pictures: int
    questions: int
    nll: float | None = None
    """Mean -log p of an answer's token, over tokens; None where the compiler only learns to transcribe."""
    exact: float | None = None
    """Share of answers that greedy decoding gives."""
    blind_nll: float | None = None
    blind_exact: float | None = None
    swapped_nll: float | None = None
    swapped_exact: float | None = None
    """Must fall to what the blind control gets, or the answers do not come from the picture."""
    told_nll: float | None = None
    """Mean -log p of a transcription's token; None where none is learned."""
    told_exact: float | None = None
    """Share of its tokens that are the most probable ones."""
    blind_told_nll: float | None = None
    blind_told_exact: float | None = None
    swapped_told_nll: float | None = None
    swapped_told_exact: float | None = None
    input_nll: float | None = None
    """With the pictures as inputs, given to the program of each one's first question."""
    input_exact: float | None = None
    by_kind: Mapping[str, float]
    """Exact match by kind of question."""

    @property
    def total(self) -> float:
        """What checkpoints are compared by: right answers, or transcriptions where there are no answers."""
        if self.exact is not None:
            return self.exact
        assert self.told_nll is not None
        return -self.told_nll


def validate_pictures(
    model: PictureModel, files: Sequence[FeatureFile], texts: Texts, config: PictureTraining
) -> dict[str, PictureScores]:
    """Score the first pictures of each task in some files; task -> scores.

    Args:
        model: compiler and interpreter.
        files: of held-out pictures.
        texts: how compiler and interpreter read text.
        config: what is trained, and how many pictures of each task and questions on each are scored.
    """
    scoring = _Scoring(model, texts, config)
    found = {}
    with evaluating(model):
        for task, rows in _by_task(files, config.valid_specs).items():
            sums = _Sums()
            for held in _chunks(rows):
                scoring.add(held, sums)
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

    def add(self, name: str, nll: torch.Tensor, tokens: int, exact: torch.Tensor) -> None:
        self.totals[f"{name}nll"] += float(nll.sum())
        self.totals[f"{name}tokens"] += tokens
        self.totals[f"{name}exact"] += float(exact.sum())
        self.totals[f"{name}all"] += len(exact)

    def scores(self, pictures: int) -> PictureScores:
        numbers = {}
        for name in _NAMES:
            if f"{name}tokens" in self.totals:
                numbers[f"{name}nll"] = round(self.totals[f"{name}nll"] / self.totals[f"{name}tokens"], 4)
                numbers[f"{name}exact"] = round(self.totals[f"{name}exact"] / self.totals[f"{name}all"], 4)
        kinds = {kind: round(sum(own) / len(own), 3) for kind, own in sorted(self.kinds.items())}
        return PictureScores(pictures=pictures, questions=int(self.totals["all"]), by_kind=kinds, **numbers)


class _Scoring:
    """Scores batches of pictures as they are, blind and swapped."""

    def __init__(self, model: PictureModel, texts: Texts, config: PictureTraining) -> None:
        self._model, self._texts, self._config = model, texts, config

    def add(self, held: Sequence[TokenisedPicture], sums: _Sums) -> None:
        blind = [
            replace(picture, features=np.zeros_like(picture.features), line=picture.line[:0])
            for picture in held
        ]
        # a picture that is alone in its batch is swapped with itself, so that none is left out
        if self._config.discrete_weight:
            others = [
                replace(a, features=b.features, line=b.line) for a, b in zip(held, _rolled(held), strict=True)
            ]
            for name, pictures in (("told_", held), ("blind_told_", blind), ("swapped_told_", others)):
                self._add_transcriptions(name, pictures, sums)
        if self._config.answer_weight:
            written = self._programs(held)
            others = [replace(a, questions=b.questions) for a, b in zip(_rolled(written), held, strict=True)]
            for name, pictures in (("", written), ("blind_", self._programs(blind)), ("swapped_", others)):
                self._add_answers(name, pictures, sums)
        if self._model.inputs is not None:
            self._add_answers("input_", [asked_of(picture, 0, self._texts) for picture in held], sums)

    def _programs(self, pictures: Sequence[TokenisedPicture]) -> list[TokenisedPicture]:
        """The pictures with what the compiler writes of them, if it does."""
        if not self._config.transcribe:
            return [replace(picture, transcription=picture.transcription[:0]) for picture in pictures]
        return with_transcription(self._model, pictures, self._texts, self._config.transcription_tokens)

    def _add_transcriptions(self, name: str, pictures: Sequence[TokenisedPicture], sums: _Sums) -> None:
        batch = self._batch(pictures, slots=1)
        losses, wrong = self._model.transcription_losses(self._model.read(batch), batch)
        sums.add(name, losses, len(losses), 1 - wrong)

    def _add_answers(self, name: str, pictures: Sequence[TokenisedPicture], sums: _Sums) -> None:
        batch = self._batch(pictures, slots=self._config.slots)
        scores = self._model.score(self._model.write(self._model.read(batch)), batch)
        sums.add(name, scores.nll, int(scores.tokens.sum()), scores.exact)
        if not name:
            for (_, kind), right in zip(batch.kinds, scores.exact.tolist(), strict=True):
                sums.kinds[kind].append(right)

    def _batch(self, pictures: Sequence[TokenisedPicture], *, slots: int) -> PictureBatch:
        batch = picture_batch(
            pictures,
            self._config.pairs,
            slots=slots,
            kv_slots=self._model.text.kv_prefix is not None,
            # a compile ends a transcription that was cut
            transcription=self._config.transcription_tokens + self._config.transcribe,
            transcribed=self._config.transcribe,
        )
        return batch.to(self._model.text.prefix.device)


def _rolled(pictures: Sequence[TokenisedPicture]) -> list[TokenisedPicture]:
    """Each one's predecessor in its place."""
    return [*pictures[-1:], *pictures[:-1]]
