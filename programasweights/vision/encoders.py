"""Frozen encoders: pictures to sequences of P feature vectors, with ONNX Runtime.

A picture is drawn on a grid of at most P cells (`canvas.py`). EfficientNet-Lite2 sees the whole grid at once, so that
every cell knows its surroundings; so does the convolutional part of a text recogniser. A cell's vector is what both saw
in it, and where it lies. Pictures are encoded one by one: what comes out depends on nothing but the picture.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from programasweights.vision.canvas import PLACE_FEATURES, Canvas, Grid, lay_out
from programasweights.vision.efficientnet import BLOCKS, EFFICIENTNET_CHANNELS, efficientnet_graph
from programasweights.vision.image import Image
from programasweights.vision.recogniser import (
    LINE_HEIGHT,
    RECOGNISER_CHANNELS,
    recogniser_graph,
    recogniser_input,
)
from programasweights.vision.sessions import open_session
from programasweights.vision.torch_file import read_torch_file
from programasweights.vision.weights import EFFICIENTNET, RECOGNISER, converted_graph

__all__ = ["DEFAULT_ENCODER", "ENCODERS", "Encoder", "EncoderSpec", "GridEncoder", "cell_layout"]

F32 = npt.NDArray[np.float32]

DEFAULT_ENCODER = "both-parts"
LAYOUT_VERSION = 1
"""Raised whenever the same spec and weights would give other features."""
_EFFICIENTNET_SIZE, _RECOGNISER_SIZE = 2.3, 0.42
"""Usual sizes of the models' features, by which they are divided."""


class Encoder(Protocol):
    """Turns pictures into sequences of feature vectors."""

    @property
    def name(self) -> str:
        """As `load_encoder` takes it."""

    @property
    def features(self) -> int:
        """D, numbers of a feature vector."""

    @property
    def tokens(self) -> int:
        """P, feature vectors of every picture."""

    @property
    def digest(self) -> str:
        """sha256 over weights and preprocessing; programs pin it."""

    def encode(self, images: Sequence[Image]) -> F32:
        """Features (images, P, D), each picture's independent of the others."""


@dataclass(frozen=True)
class EncoderSpec:
    """What decides the features of an encoder made of our two models."""

    name: str
    """As `load_encoder` takes it."""
    cells: int = 64
    """P."""
    efficientnet: int = 96
    """Pixels a cell at which EfficientNet sees the picture, a multiple of 32; 0 leaves it out."""
    recogniser: bool = True
    """Whether the recogniser sees it, at 48 pixels a cell."""
    parts: int = 1
    """Parts that a cell's sides are divided into; what is seen in them stands side by side in the cell's vector. The
    recogniser's rows are as high as a cell, so it has parts from left to right only."""

    def canonical(self) -> str:
        """Everything that decides the features, as text; whole cells are not named, as they came before parts."""
        weights = [EFFICIENTNET.digest] * bool(self.efficientnet) + [RECOGNISER.digest] * self.recogniser
        sizes = (_EFFICIENTNET_SIZE, _RECOGNISER_SIZE)
        content = {**asdict(self), "weights": weights, "sizes": sizes, "layout": LAYOUT_VERSION}
        if self.parts == 1:
            del content["parts"]
        return json.dumps(content, sort_keys=True, separators=(",", ":"))


ENCODERS = {
    spec.name: spec
    for spec in (
        EncoderSpec("both"),
        EncoderSpec("both-parts", parts=3),
        EncoderSpec("efficientnet-lite2", recogniser=False),
        EncoderSpec("rapidocr", efficientnet=0),
    )
}
"""Encoders by name."""


def cell_layout(spec: EncoderSpec) -> list[tuple[int, int]]:
    """What stands in a cell's vector, in order: channels, and the parts of the cell that all have them."""
    seen = [(EFFICIENTNET_CHANNELS, spec.parts**2)] if spec.efficientnet else []
    read = [(RECOGNISER_CHANNELS, spec.parts)] if spec.recogniser else []
    return [(PLACE_FEATURES, 1), *seen, *read]


class GridEncoder:
    """EfficientNet-Lite2, the text recogniser, or both, on one grid."""

    def __init__(self, spec: EncoderSpec) -> None:
        """Load the models, fetching and converting them if need be.

        Raises:
            ModelError: they cannot be found, fetched, converted or loaded.
        """
        self.spec = spec
        self.name = spec.name
        self.digest = hashlib.sha256(spec.canonical().encode()).hexdigest()
        self.tokens = spec.cells
        self.features = sum(channels * parts for channels, parts in cell_layout(spec))
        self._efficientnet: Any = open_session(_efficientnet_file()) if spec.efficientnet else None
        self._recogniser: Any = open_session(_recogniser_file()) if spec.recogniser else None

    def encode(self, images: Sequence[Image]) -> F32:
        """Features (images, P, D)."""
        found = np.zeros((len(images), self.tokens, self.features), np.float32)
        for number, image in enumerate(images):
            self._encode_one(image, found[number])
        return found

    def _encode_one(self, image: Image, target: F32) -> None:
        canvas = lay_out(image.pixels, self.tokens)
        parts = [canvas.places()[: canvas.grid.rows * canvas.grid.columns]]
        if self._efficientnet is not None:
            parts.append(self._seen(canvas))
        if self._recogniser is not None:
            parts.append(self._read(canvas))
        features = np.concatenate(parts, axis=1)
        target[: len(features)] = features

    def _seen(self, canvas: Canvas) -> F32:
        """EfficientNet's features of each cell, (cells, parts² · 352)."""
        (found,) = self._efficientnet.run(None, {"pixels": canvas.draw(self.spec.efficientnet)[None]})
        return _by_cell(found[0], canvas.grid, self.spec.parts, self.spec.parts) / np.float32(
            _EFFICIENTNET_SIZE
        )

    def _read(self, canvas: Canvas) -> F32:
        """The recogniser's features of each cell, (cells, parts · 384)."""
        (found,) = self._recogniser.run(None, {"x": recogniser_input(canvas.draw(LINE_HEIGHT))})
        return _by_cell(found[0], canvas.grid, 1, self.spec.parts) / np.float32(_RECOGNISER_SIZE)


def _by_cell(found: F32, grid: Grid, down: int, right: int) -> F32:
    """A map (C, height, width) averaged over the down x right parts of each cell, (cells, down · right · C)."""
    channels, height, width = found.shape
    rows, columns = grid.rows * down, grid.columns * right
    split = found.reshape(channels, rows, height // rows, columns, width // columns).mean(axis=(2, 4))
    parts = split.reshape(channels, grid.rows, down, grid.columns, right).transpose(1, 3, 2, 4, 0)
    return np.ascontiguousarray(parts.reshape(grid.rows * grid.columns, -1))


def _efficientnet_file() -> Path:
    return converted_graph(
        EFFICIENTNET, f"{BLOCKS} blocks", lambda source: efficientnet_graph(read_torch_file(source))
    )


def _recogniser_file() -> Path:
    return converted_graph(RECOGNISER, "map", recogniser_graph)
