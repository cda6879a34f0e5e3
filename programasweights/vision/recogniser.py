"""What the text recogniser of PP-OCR sees in a picture, before it makes lines and letters of it.

    x float32 (1, 3, height, width)  ->  features float32 (1, 384, height / 48, width / 8)

The model is made for lines of 48 pixels; its convolutions take a whole picture as well, so that no letter is cut by
the edge of a line. It is cut off where a line's height would be averaged away: what follows puts a line's letters in
order and scores 18,710 characters. Channels are blue, green, red from -1 to 1.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import load_model
from onnx.utils import Extractor

from programasweights.vision.decoding import Pixels

__all__ = ["LINE_HEIGHT", "RECOGNISER_CHANNELS", "recogniser_graph", "recogniser_input"]

LINE_HEIGHT = 48
"""Pixels from top to bottom for each row of features."""
RECOGNISER_CHANNELS = 384
"""Numbers of a feature vector."""

_MAP = "p2o.pd_op.pool2d.1.0"


def recogniser_graph(source: Path, *, last: str = _MAP) -> Any:
    """The recogniser's graph for pictures of any height, up to the tensor `last`."""
    model = load_model(source)
    model.graph.input[0].type.tensor_type.shape.dim[2].dim_param = "height"
    return Extractor(model).extract_model(["x"], [last])


def recogniser_input(pixels: Pixels) -> npt.NDArray[np.float32]:
    """A picture (height, width, 3) as the graph takes it."""
    numbers = pixels[:, :, ::-1].astype(np.float32) / np.float32(127.5) - np.float32(1)
    return np.ascontiguousarray(numbers.transpose(2, 0, 1)[None])
