"""What a step minimises on a batch of pictures.

    supervised     -log P(answer | program, question), and the weighted -log P(transcription | spec, picture)
    own words      -log P(answer) behind G transcriptions of each picture that the compiler samples, and
                   -A log P(sample), A by how much the right answers are likelier than in the group's mean (PAW,
                   stages 1 and 3)
    as inputs      -log P(answer) with the picture in the input of a program

B pictures, G samples of each, T tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch

from programasweights.training.pictures.asked import asked_of
from programasweights.training.pictures.batches import PictureBatch, chosen_questions, picture_batch
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import TokenisedPicture
from programasweights.training.pictures.model import PictureModel
from programasweights.training.pictures.transcribing import transcribed, with_transcription
from programasweights.training.written import Texts

__all__ = ["Terms", "terms_of"]


@dataclass(frozen=True)
class Terms:
    """The parts of a loss, by name and with their weights."""

    losses: dict[str, torch.Tensor]
    tokens: int
    """Tokens that compiler and interpreter read."""
    notes: dict[str, float] = field(default_factory=dict)
    """More numbers for the log."""


def terms_of(
    model: PictureModel,
    pictures: Sequence[TokenisedPicture],
    random: np.random.Generator,
    config: PictureTraining,
    texts: Texts,
) -> Terms:
    """The loss on a batch; which kind it is, is drawn by the config's shares."""
    if config.input_share and random.random() < config.input_share:
        asked = [asked_of(p, int(random.integers(len(p.questions))), texts) for p in pictures]
        return _supervised(model, _batch(model, asked, config, random), config)
    if config.own_words_share and random.random() < config.own_words_share:
        return _own_words(model, pictures, random, config, texts)
    if config.transcribe:
        pictures = [transcribed(picture, texts, config.transcription_tokens) for picture in pictures]
    return _supervised(model, _batch(model, pictures, config, random), config)


def _supervised(model: PictureModel, batch: PictureBatch, config: PictureTraining) -> Terms:
    with torch.set_grad_enabled(not config.freeze_reader):
        reading = model.read(batch)
    losses = {}
    if config.answer_weight:
        scores = model.score(model.write(reading), batch)
        losses["answers"] = config.answer_weight * (scores.nll / scores.tokens).mean()
    if bool(batch.told.any()) and not config.freeze_reader:
        told, _ = model.transcription_losses(reading, batch)
        losses["transcriptions"] = config.discrete_weight * told.mean()
    return Terms(losses, batch.tokens)


def _own_words(
    model: PictureModel,
    pictures: Sequence[TokenisedPicture],
    random: np.random.Generator,
    config: PictureTraining,
    texts: Texts,
) -> Terms:
    limit, group = config.transcription_tokens, config.rollouts
    asked = [replace(p, questions=tuple(chosen_questions(p, config.pairs, random))) for p in pictures]
    same = [picture for picture in asked for _ in range(group)]
    seed = int(random.integers(2**31))
    drawn = with_transcription(model, same, texts, limit, temperature=config.temperature, seed=seed)
    batch = _batch(model, drawn, config, None)
    reading = model.read(batch)
    scores = model.score(model.write(reading), batch)
    each = scores.nll / scores.tokens
    owner = torch.tensor([row for row, _ in batch.kinds], device=each.device)
    sums = each.new_zeros(len(drawn)).index_add(0, owner, -each.detach())
    worth = (sums / torch.bincount(owner, minlength=len(drawn))).view(-1, group)
    gained = (worth - worth.mean(1, keepdim=True)).flatten()
    losses, _ = model.transcription_losses(reading, batch)
    # a sample that was cut has no end here, which would not be the compiler's choice
    chosen = batch.told[:, 1:] & batch.told[:, :-1]
    rows = torch.nonzero(chosen)[:, 0]
    policy = (gained[rows] * losses).sum() / (len(drawn) * limit)
    notes = {"reward": float(worth.mean()), "reward_spread": float(worth.std(1).mean())}
    return Terms({"answers": config.answer_weight * each.mean(), "own_words": policy}, batch.tokens, notes)


def _batch(
    model: PictureModel,
    pictures: Sequence[TokenisedPicture],
    config: PictureTraining,
    random: np.random.Generator | None,
) -> PictureBatch:
    batch = picture_batch(
        pictures,
        config.pairs,
        random,
        slots=config.slots if config.answer_weight else 1,
        kv_slots=model.text.kv_prefix is not None,
        transcription=config.transcription_tokens if config.discrete_weight else 0,
        transcribed=config.transcribe,
    )
    return batch.to(model.text.prefix.device)
