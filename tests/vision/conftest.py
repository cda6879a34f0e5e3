"""The encoders on their real weights, and pictures to encode."""

import numpy as np
import pytest
from PIL import Image as PillowImage
from PIL import ImageDraw

import programasweights as paw
from programasweights.vision import Encoder, load_encoder


def drawn(width: int, height: int, seed: int) -> paw.Image:
    """Words and lines on white."""
    picture = PillowImage.new("RGB", (width, height), "white")
    draw, random = ImageDraw.Draw(picture), np.random.default_rng(seed)
    for number in range(6):
        x, y = int(random.integers(5, width - 30)), int(random.integers(5, height - 12))
        draw.text((x, y), f"R{number}", fill="black")
        draw.line((x, y, x + 25, y), fill="black")
    return paw.Image(picture)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder."""
    return load_encoder()


@pytest.fixture(scope="session")
def pictures() -> list[paw.Image]:
    """Of several shapes."""
    return [drawn(*size, seed) for seed, size in enumerate([(200, 200), (300, 40), (60, 220), (400, 300)])]
