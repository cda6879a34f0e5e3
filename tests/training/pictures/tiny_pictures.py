"""A tiny base model, a small encoder, and pictures of coloured squares to train on."""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PillowImage

import programasweights.vision
from programasweights.data.images import Picture, Question
from programasweights.lm.loader import load_engine
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile, write_feature_file
from programasweights.vision import Image
from tests.tiny_models import save_tiny_model

__all__ = ["MeanEncoder", "squares", "tiny_config", "use_mean_encoder", "write_tiny"]

COLOURS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255)}
SPEC = "Answer questions about this square."


class MeanEncoder:
    """Mean colours of six fields, as numbers about 0, and two constants."""

    features, tokens, digest = 5, 6, "e" * 64

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


def squares(split: str, count: int) -> list[Picture]:
    """Pictures of one colour with a question on it."""
    found = []
    for number in range(count):
        name = list(COLOURS)[number % 3]
        size = (8 + number % 5, 9)
        content = io.BytesIO()
        PillowImage.new("RGB", size, COLOURS[name]).save(content, "PNG")
        questions = (
            Question("Colour?", name, "name"),
            Question("Red?", "yes" if name == "red" else "no", "yes-no"),
        )
        found.append(
            Picture(
                f"{split}-{number}",
                "circuit",
                split,
                f"{split}{number}",
                SPEC,
                content.getvalue(),
                name,
                questions,
            )
        )
    return found


def write_tiny(folder: Path, encoder: MeanEncoder) -> tuple[str, FeatureFile, FeatureFile]:
    """The model's name, and pictures to train and to validate on."""
    tiny = str(save_tiny_model(folder / "llama", "llama"))
    engine = load_engine(tiny, precision="fp32")
    for split, count in (("train", 9), ("valid", 5)):
        path = folder / f"{split}.safetensors"
        write_feature_file(path, squares(split, count), engine, encoder, name="mean")
    return tiny, FeatureFile(folder / "train.safetensors"), FeatureFile(folder / "valid.safetensors")


def tiny_config(tiny: str, **changes: object) -> PictureTraining:
    """A recipe of a few steps."""
    values: dict[str, object] = {
        "base": tiny, "interpreter": tiny, "slots": 5, "form": "both", "adapter_rank": 2, "adapter_basis": 2,
        "adapter_modules": "all", "lora_rank": 2, "lora_alpha": 4, "inner": 12, "specs": 2, "pairs": 2, "steps": 6,
        "warmup": 2, "discrete_weight": 0.2, "valid_every": 3, "save_every": 2, "valid_specs": 4,
    }  # fmt: skip
    return PictureTraining(**(values | changes))  # type: ignore[arg-type]
