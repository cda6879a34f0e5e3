"""A small picture checkpoint for the default model, and pictures: for tests that need the path, not the training."""

import io
from pathlib import Path

import numpy as np

from programasweights.compiler.neural import untrained
from programasweights.compiler.picture_checkpoint import PictureConfig, write_picture_checkpoint
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.vision import load_encoder
from programasweights.vision.projector import projector_shapes

__all__ = ["ENCODER", "picture_file", "save_picture_checkpoint"]

ENCODER = "efficientnet-lite2"
_INNER = 8
_SLOTS = 16


def save_picture_checkpoint(path: Path, *, inputs: bool = False) -> Path:
    """Write a checkpoint that reads pictures by a random projector, and all else as the base model does."""
    engine, encoder = load_engine(DEFAULT_MODEL), load_encoder(ENCODER)
    start = untrained(engine, slots=_SLOTS)
    shapes = projector_shapes(
        tokens=encoder.tokens, features=encoder.features, inner=_INNER, hidden=engine.config.hidden_size
    )
    draw = np.random.default_rng(0)
    tensors = {"prefix_tokens": start.prefix_tokens}
    for kind in ("projector", "inputs.projector") if inputs else ("projector",):
        tensors |= {f"{kind}.{name}": draw.normal(0, 0.1, shape) for name, shape in shapes.items()}
    config = PictureConfig(
        compiler=start.config,
        encoder=encoder.name,
        encoder_digest=encoder.digest,
        features=encoder.features,
        tokens=encoder.tokens,
        inner=_INNER,
        inputs=inputs,
    )
    write_picture_checkpoint(path, config, tensors)
    return path


def picture_file(seed: int = 0, *, kind: str = "PNG", size: tuple[int, int] = (160, 96)) -> bytes:
    """A picture file of boxes and lines that the seed draws."""
    from PIL import Image, ImageDraw

    draw = np.random.default_rng(seed)
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for _ in range(6):
        (left, right), (top, bottom) = (sorted(draw.integers(0, side, 2).tolist()) for side in size)
        pen.rectangle((left, top, right, bottom), outline="black", width=2)
    content = io.BytesIO()
    picture.save(content, kind)
    return content.getvalue()
