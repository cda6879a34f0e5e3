"""The card beside a picture checkpoint: what it is, and what it scored."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile
from programasweights.training.pictures.validation import PictureScores

__all__ = ["write_card"]

_HEAD = """# A compiler that reads pictures

It writes programs for `{interpreter}` from specs of words and pictures: `paw.compile(prompt=["...", paw.Image(...)],
compiler="pictures.safetensors")`. Base of the compiler: `{base}`. Frozen encoder, not in the file: `{encoder}`
({digest}), {tokens} vectors of {features} numbers a picture. {step} steps of {batch} pictures, of {pictures} in all.

| task | pictures | questions | exact | blind | swapped | -log p | blind | swapped |
|---|---|---|---|---|---|---|---|---|
"""
_TAIL = """
Blind: the same questions, compiled from features that are all zero. Swapped: put to the program of another picture of
the task. Pictures were not in training, but come from the same generators. A wrong answer looks like a right one.

Recipe:

    {recipe}
"""


def write_card(
    path: Path,
    config: PictureTraining,
    data: FeatureFile,
    scores: Mapping[str, PictureScores],
    *,
    step: int,
    pictures: int,
) -> None:
    """Write it."""
    head = _HEAD.format(
        interpreter=config.interpreter, base=config.base, encoder=data.encoder, digest=data.encoder_digest[:12],
        tokens=data.tokens, features=data.features, step=step, batch=config.specs * config.accumulate,
        pictures=pictures,
    )  # fmt: skip
    rows = [
        f"| {task} | {s.pictures} | {s.questions} | "
        + " | ".join(_share(v) for v in (s.exact, s.blind_exact, s.swapped_exact))
        + " | "
        + " | ".join(_number(v) for v in (s.nll, s.blind_nll, s.swapped_nll))
        + " |\n"
        for task, s in scores.items()
    ]
    path.write_text(head + "".join(rows) + _TAIL.format(recipe=json.dumps(asdict(config))), "utf-8")


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
