"""A step's pictures as tensors. All questions on a picture stand in one row behind its program.

    compiler     [padding] open SPEC PICTURE LINE | transcription [padding] | prefix tokens
    interpreter  (slots) | PROGRAM | QUESTION ANSWER | QUESTION ANSWER | ... [padding]

A question sees slots, program and itself, and stands at the positions it would have alone; prefix tokens see the
transcription only if programs hold it. So rows hold little padding, a program is read once for all its questions, and
what is computed is what one call at a time computes.

B pictures, S compiler tokens with M - 1 prefix tokens behind them, L interpreter tokens, Q questions, M slots.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from programasweights.training.pictures.feature_file import PICTURE, TokenisedPicture, TokenisedQuestion
from programasweights.training.token_file import Ids

__all__ = ["PictureBatch", "chosen_questions", "picture_batch"]

PADDING, PROGRAM = -1, 0


@dataclass(frozen=True)
class PictureBatch:
    """Token ids, features and masks."""

    features: torch.Tensor
    """(B, P, D) float32."""
    compiler: torch.Tensor
    """(B, S) ids; 0 where a picture stands."""
    picture: torch.Tensor
    """(B, S) True at the P + 2 places of the picture; nowhere where pictures are inputs."""
    told: torch.Tensor
    """(B, S) True at the transcription."""
    compiler_seen: torch.Tensor
    """(B, 1, S + M - 1, S + M - 1) True where a token sees another."""
    compiler_positions: torch.Tensor
    """(B, S + M - 1)."""
    rows: torch.Tensor
    """(B, L) ids; 0 where a picture stands."""
    rows_picture: torch.Tensor
    """(B, L) True at the P + 2 places of a picture."""
    rows_seen: torch.Tensor
    """(B, 1, L, M + L) True where a token sees another, the slots first."""
    rows_positions: torch.Tensor
    """(B, L)."""
    answer: torch.Tensor
    """(B, L) the number of the question whose answer's token comes next, from 0 to Q - 1; -1 where none does."""
    wanted: torch.Tensor
    """(B, L) the token that comes next there."""
    tasks: tuple[str, ...]
    """Of each picture."""
    kinds: tuple[tuple[int, str], ...]
    """Of each question: picture and kind."""

    def to(self, device: torch.device) -> "PictureBatch":
        """The batch on a device."""
        moved = {n: v.to(device) for n, v in vars(self).items() if isinstance(v, torch.Tensor)}
        return replace(self, **moved)  # type: ignore[arg-type]

    @property
    def tokens(self) -> int:
        """Tokens that compiler and interpreter read, padding included."""
        return self.compiler_positions.numel() + self.rows_positions.numel()


def picture_batch(
    pictures: Sequence[TokenisedPicture],
    questions: int,
    random: np.random.Generator | None = None,
    *,
    slots: int,
    kv_slots: bool = True,
    transcription: int = 0,
    transcribed: bool = False,
) -> PictureBatch:
    """A batch of pictures.

    Args:
        pictures: B of them.
        questions: up to so many on each.
        random: draws them; None for the first ones.
        slots: M; 1 leaves out the prefix tokens.
        kv_slots: whether the interpreter sees slots; programs of a LoRA alone have none.
        transcription: most tokens of a transcription; 0 for none.
        transcribed: whether prefix tokens see it.
    """
    chosen = [chosen_questions(picture, questions, random) for picture in pictures]
    compiler = _compiler_rows(pictures, transcription, slots - 1, transcribed=transcribed)
    rows = _interpreter_rows(pictures, chosen, slots if kv_slots else 0)
    return PictureBatch(
        features=torch.from_numpy(np.stack([p.features for p in pictures]).astype(np.float32)),
        **compiler,
        **rows,
        tasks=tuple(p.task for p in pictures),
        kinds=tuple((n, question.kind) for n, own in enumerate(chosen) for question in own),
    )


def chosen_questions(
    picture: TokenisedPicture, count: int, random: np.random.Generator | None
) -> list[TokenisedQuestion]:
    """Up to `count` of a picture's questions, drawn; the first ones without `random`."""
    total = len(picture.questions)
    order = range(total) if random is None else random.permutation(total)
    return [picture.questions[int(place)] for place in list(order)[:count]]


def _compiler_rows(
    pictures: Sequence[TokenisedPicture], limit: int, prefix: int, *, transcribed: bool
) -> dict[str, torch.Tensor]:
    reads = [
        np.concatenate([p.spec, np.full(p.features.shape[0] + 2, PICTURE), p.line]) if p.compiled else p.spec
        for p in pictures
    ]
    heads = [len(own) for own in reads]
    # what is cut lacks its end token, which is as it should be
    told = [p.transcription[:limit] for p in pictures]
    head, tail = max(heads), max(len(part) for part in told)
    size = head + tail
    ids = np.zeros((len(pictures), size), np.int64)
    telling, real = (np.zeros((len(pictures), size + prefix), bool) for _ in range(2))
    for row, (own, text) in enumerate(zip(reads, told, strict=True)):
        start = head - len(own)
        ids[row, start:head] = own
        ids[row, head : head + len(text)] = text
        telling[row, head : head + len(text)] = True
        real[row, start : head + len(text)] = True
    real[:, size:] = True
    is_prefix = np.arange(size + prefix) >= size
    lengths = np.array(heads)[:, None]
    places = np.arange(size + prefix)[None] - (head - lengths)
    before = lengths + np.array([len(text) for text in told])[:, None] * transcribed
    places = np.where(is_prefix, before + np.arange(size + prefix) - size, places)
    seen = real[:, None, :] & np.tri(size + prefix, dtype=bool)
    if not transcribed:
        seen &= ~(is_prefix[None, :, None] & telling[:, None, :])
    return {
        "compiler": torch.from_numpy(np.maximum(ids, 0)),
        "picture": torch.from_numpy(ids == PICTURE),
        "told": torch.from_numpy(telling[:, :size]),
        "compiler_seen": _mask(seen),
        "compiler_positions": torch.from_numpy(np.maximum(places, 0)),
    }


def _interpreter_rows(
    pictures: Sequence[TokenisedPicture], chosen: Sequence[Sequence[TokenisedQuestion]], slots: int
) -> dict[str, torch.Tensor]:
    parts = [_one_row(p.program, own, slots) for p, own in zip(pictures, chosen, strict=True)]
    size = max(len(row[0]) for row in parts)
    filled = [
        np.stack([np.pad(row[n], (0, size - len(row[n])), constant_values=fill) for row in parts])
        for n, fill in enumerate((0, PADDING, 0, -1, 0))
    ]
    ids, segments, places, answer, wanted = filled
    counts = np.cumsum([0, *(len(own) for own in chosen)])[:-1, None]
    same = (segments[:, :, None] == segments[:, None, :]) | (segments[:, None, :] == PROGRAM)
    seen = same & (segments[:, None, :] != PADDING) & np.tri(size, dtype=bool)
    seen = np.concatenate([np.ones((len(parts), size, slots), bool), seen], axis=2)
    return {
        "rows": torch.from_numpy(np.maximum(ids, 0)),
        "rows_picture": torch.from_numpy(ids == PICTURE),
        "rows_seen": _mask(seen),
        "rows_positions": torch.from_numpy(places),
        "answer": torch.from_numpy(np.where(answer >= 0, answer + counts, -1)),
        "wanted": torch.from_numpy(wanted),
    }


def _one_row(program: Ids, questions: Sequence[TokenisedQuestion], slots: int) -> tuple[Ids, ...]:
    """Ids, segments, positions, question whose answer comes next, and the token that does."""
    ids, segments = [program], [np.full(len(program), PROGRAM)]
    places = [slots + np.arange(len(program))]
    answer, wanted = [np.full(len(program), -1)], [np.zeros(len(program), np.int64)]
    for number, question in enumerate(questions):
        # the token that ends an answer is predicted and not read
        own = np.concatenate([question.given, question.wanted[:-1]])
        first = len(question.given) - 1
        ids.append(own)
        segments.append(np.full(len(own), number + 1))
        places.append(slots + len(program) + np.arange(len(own)))
        answer.append(np.where(np.arange(len(own)) >= first, number, -1))
        wanted.append(np.concatenate([np.zeros(first, np.int64), question.wanted]))
    return tuple(np.concatenate(part) for part in (ids, segments, places, answer, wanted))


def _mask(seen: npt.NDArray[np.bool_]) -> torch.Tensor:
    """(B, 1, T, K); a token of padding sees itself, so that its softmax has a sum."""
    count = seen.shape[1]
    seen[:, np.arange(count), np.arange(seen.shape[2] - count, seen.shape[2])] = True
    return torch.from_numpy(seen[:, None])
