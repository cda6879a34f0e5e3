"""A small encoder, and random picture checkpoints for tiny models."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import programasweights.vision
from programasweights.compiler.checkpoint import CheckpointConfig
from programasweights.compiler.picture_checkpoint import PictureConfig, write_picture_checkpoint
from programasweights.lm.engine import Engine
from programasweights.vision import Image
from programasweights.vision.projector import projector_shapes

__all__ = [
    "ColourReader",
    "MeanEncoder",
    "random_parts",
    "use_colour_reader",
    "use_mean_encoder",
    "write_random",
]


class MeanEncoder:
    """Mean colours of six fields, as numbers about 0, and two constants."""

    name, features, tokens, digest = "mean", 5, 6, "e" * 64

    def encode(self, images: Sequence[Image]) -> npt.NDArray[np.float32]:
        """(images, 6, 5)."""
        found = []
        for image in images:
            halves = np.array_split(image.pixels.astype(np.float32), 2, axis=0)
            fields = [part for half in halves for part in np.array_split(half, 3, axis=1)]
            means = np.stack([part.mean((0, 1)) for part in fields]) / 128 - 1
            found.append(np.concatenate([means, np.ones((6, 1)), np.arange(6)[:, None] / 6], axis=1))
        return np.stack(found).astype(np.float32)


def use_mean_encoder(patch: pytest.MonkeyPatch) -> MeanEncoder:
    """Make `load_encoder` give it, whatever the name."""
    encoder = MeanEncoder()
    patch.setattr(programasweights.vision, "load_encoder", lambda _: encoder)
    return encoder


class ColourReader:
    """Takes a colour for a line: that of the first pixel in hexadecimal, and none in red pictures."""

    def read(self, image: Image) -> str:
        """Its line."""
        red, green, blue = image.pixels[0, 0].tolist()
        return "" if red > 200 else f"{red:02x}{green:02x}{blue:02x}"


def use_colour_reader(patch: pytest.MonkeyPatch) -> None:
    """Make `load_line_reader` give it."""
    patch.setattr(programasweights.vision, "load_line_reader", ColourReader)


def random_parts(engine: Engine) -> tuple[PictureConfig, dict[str, npt.NDArray[Any]]]:
    """Config and tensors of a random checkpoint on an engine's model, with projectors for compiler and interpreter."""
    draw, digest = np.random.default_rng(0), engine.model.recipe.digest
    hidden = engine.config.hidden_size
    compiler = CheckpointConfig(
        base=engine.model.recipe.name,
        base_digest=digest,
        interpreter_digest=digest,
        slots=4,
        discrete="spec",
        kv_map="identity",
        layers=list(range(engine.config.layers)),
        lora_scale=2.0,
    )
    config = PictureConfig(
        compiler=compiler, encoder="mean", encoder_digest="e" * 64, features=5, tokens=6, inner=7, inputs=True
    )
    weight = "model.layers.0.self_attn.q_proj.weight"
    shapes = {"prefix_tokens": (3, hidden), f"lora.{weight}.a": (2, hidden), f"lora.{weight}.b": (64, 2)}
    for start in ("projector.", "inputs.projector."):
        own = projector_shapes(tokens=6, features=5, inner=7, hidden=hidden)
        shapes |= {f"{start}{name}": shape for name, shape in own.items()}
    return config, {name: draw.normal(0, 0.3, shape) for name, shape in shapes.items()}


def write_random(path: Path, engine: Engine) -> Path:
    """Write such a checkpoint; returns its path."""
    write_picture_checkpoint(path, *random_parts(engine))
    return path
