"""What the text recogniser of PP-OCR sees in a line of a picture, before it decides on letters.

    x float32 (1, 3, 48, width)  ->  features float32 (1, width / 8, 120)

The model is cut off before the layer that scores 18,710 characters. Channels are blue, green, red from -1 to 1.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import load_model
from onnx.utils import Extractor

from programasweights.vision.decoding import Pixels

__all__ = ["LINE_HEIGHT", "STEP_FEATURES", "STEP_WIDTH", "recogniser_graph", "recogniser_input"]

LINE_HEIGHT = 48
"""Pixels of a line of text."""
STEP_WIDTH = 8
"""Pixels of a line for each feature vector."""
STEP_FEATURES = 120
"""Numbers of a feature vector."""

_BEFORE_CHARACTERS = "p2o.pd_op.transpose.8.0"


def recogniser_graph(source: Path) -> Any:
    """The recogniser's graph up to its features."""
    return Extractor(load_model(source)).extract_model(["x"], [_BEFORE_CHARACTERS])


def recogniser_input(line: Pixels) -> npt.NDArray[np.float32]:
    """A line of a picture (48, width, 3) as the graph takes it."""
    numbers = line[:, :, ::-1].astype(np.float32) / np.float32(127.5) - np.float32(1)
    return np.ascontiguousarray(numbers.transpose(2, 0, 1)[None])
