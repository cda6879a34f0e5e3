"""A tiny base model, and pictures of coloured squares to train on."""

import io
from pathlib import Path

from PIL import Image as PillowImage

from programasweights.data.images import Picture, Question
from programasweights.lm.loader import load_engine
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile, write_feature_file
from tests.picture_files import MeanEncoder
from tests.tiny_models import save_tiny_model

__all__ = ["SPEC", "squares", "tiny_config", "write_tiny"]

COLOURS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255)}
SPEC = "Answer questions about this square."


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


def write_tiny(
    folder: Path, encoder: MeanEncoder, *, lines: bool = False
) -> tuple[str, FeatureFile, FeatureFile]:
    """The model's name, and pictures to train and to validate on."""
    tiny = str(save_tiny_model(folder / "llama", "llama"))
    engine = load_engine(tiny, precision="fp32")
    for split, count in (("train", 9), ("valid", 5)):
        path = folder / f"{split}.safetensors"
        write_feature_file(path, squares(split, count), engine, encoder, name="mean", lines=lines)
    return tiny, FeatureFile(folder / "train.safetensors"), FeatureFile(folder / "valid.safetensors")


def tiny_config(tiny: str, **changes: object) -> PictureTraining:
    """A recipe of a few steps."""
    values: dict[str, object] = {
        "base": tiny, "interpreter": tiny, "slots": 5, "form": "both", "adapter_rank": 2, "adapter_basis": 2,
        "adapter_modules": "all", "lora_rank": 2, "lora_alpha": 4, "inner": 12, "specs": 2, "pairs": 2, "steps": 6,
        "warmup": 2, "discrete_weight": 0.2, "valid_every": 3, "save_every": 2, "valid_specs": 4,
    }  # fmt: skip
    return PictureTraining(**(values | changes))  # type: ignore[arg-type]
