"""Programs that hold what the compiler writes down of a picture, behind the spec's words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.training.pictures.batches import picture_batch
from programasweights.training.pictures.feature_file import TokenisedPicture
from programasweights.training.pictures.model import PictureModel
from programasweights.training.prefix_model import evaluating
from programasweights.training.rollout_engine import merged_lora
from programasweights.training.token_file import Ids
from programasweights.training.written import Texts

__all__ = ["transcribed", "with_transcription"]


def transcribed(picture: TokenisedPicture, texts: Texts, limit: int) -> TokenisedPicture:
    """A picture whose program holds its transcription, at most `limit` tokens of it with the marks around it."""
    close, end = _marks(texts)
    whole = picture.transcription[:limit]
    return _told(picture, whole, [token for token in whole[len(close) :].tolist() if token != end], texts)


def with_transcription(
    model: PictureModel,
    pictures: Sequence[TokenisedPicture],
    texts: Texts,
    limit: int,
    *,
    temperature: float = 0.0,
    seed: int = 0,
) -> list[TokenisedPicture]:
    """Pictures whose programs hold what the compiler writes itself.

    Args:
        model: the compiler; its weights are what they were afterwards.
        pictures: B of them, which stand in specs.
        texts: how compiler and interpreter read text.
        limit: most tokens of a transcription with the marks around it.
        temperature: of samples; 0 for the most probable tokens.
        seed: of samples.
    """
    close, end = _marks(texts)
    heads = [replace(picture, transcription=close) for picture in pictures]
    batch = picture_batch(heads, 1, slots=1, transcription=len(close)).to(model.text.prefix.device)
    with evaluating(model), merged_lora(model.text.compiler):
        rows = model.transcribe(batch, end, max(limit - len(close), 1), temperature=temperature, seed=seed)
    return [
        _told(picture, np.concatenate([close, row, [end]]).astype(np.int64), row, texts)
        for picture, row in zip(pictures, rows, strict=True)
    ]


def _told(picture: TokenisedPicture, whole: Ids, ids: Sequence[int], texts: Texts) -> TokenisedPicture:
    reads, runs = texts.compiler, texts.interpreter
    spec = picture.spec[len(reads.tokenizer.template_ids(reads.chat.begin + reads.chat.open)) :]
    text = f"{reads.tokenizer.decode(spec.tolist())}\n{reads.tokenizer.decode(list(ids)).strip()}"
    program = get_template(DEFAULT_TEMPLATE).program_ids(runs.tokenizer, runs.chat, text)
    return replace(picture, transcription=whole, program=np.array(program))


def _marks(texts: Texts) -> tuple[Ids, int]:
    """What the compiler reads before a transcription, and the token that ends it."""
    reads = texts.compiler
    close = np.array(reads.tokenizer.template_ids(reads.chat.close), dtype=np.int64)
    return close, reads.chat.end_id(reads.tokenizer, reads.end_ids)
