"""CLIP- and SigLIP-style encoders that someone has exported to ONNX, from a folder or a hub.

    preprocessor_config.json        size, mean and spread of what the model saw in training
    onnx/vision_model.onnx          or vision_model.onnx, or model.onnx: pixel_values -> last_hidden_state

The whole picture is fitted into the model's square on its own background; nothing is cropped, since what is asked may
stand at the edge. Patches are averaged in squares until at most 96 are left; a leading class token is kept in front.
Leaves out models whose weights lie in files beside the graph.
"""

import hashlib
import json
import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from programasweights.errors import ModelNotFoundError, UnsupportedModelError
from programasweights.lm.digests import file_digest
from programasweights.lm.hub_files import hub_files
from programasweights.lm.registry import HubPin
from programasweights.settings import settings
from programasweights.vision.canvas import fit
from programasweights.vision.image import Image
from programasweights.vision.sessions import open_session

__all__ = ["ExportedEncoder", "find_exported"]

F32 = npt.NDArray[np.float32]

PREPROCESSING_VERSION = 1
"""Raised whenever the same files would give other features."""
MOST_TOKENS = 96
CONFIG = "preprocessor_config.json"
GRAPHS = ("onnx/vision_model.onnx", "vision_model.onnx", "model.onnx")
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_INPUT, _OUTPUT = "pixel_values", "last_hidden_state"
_LARGEST_SIDE = 1024


@dataclass(frozen=True)
class _Preprocessing:
    """How the model wants its pixels."""

    height: int
    width: int
    mean: tuple[float, float, float]
    spread: tuple[float, float, float]

    def pixels(self, image: Image) -> F32:
        """(1, 3, height, width)."""
        sheet = fit(image.pixels, self.height, self.width).astype(np.float32) / np.float32(255)
        normal = (sheet - np.array(self.mean, np.float32)) / np.array(self.spread, np.float32)
        return np.ascontiguousarray(normal.transpose(2, 0, 1)[None])


def find_exported(name: str) -> tuple[Path, Path]:
    """The configuration and the graph of a folder or a hub's repository.

    Raises:
        ModelNotFoundError: there is no such folder or repository, or it lacks a file.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        graph = next((folder / part for part in GRAPHS if (folder / part).is_file()), None)
        if graph is None or not (folder / CONFIG).is_file():
            raise ModelNotFoundError(
                f"{folder} holds no picture encoder. Expected {CONFIG} and {' or '.join(GRAPHS)}."
            )
        return folder / CONFIG, graph
    if not _HUB_ID.fullmatch(name):
        raise ModelNotFoundError(f"there is no folder {name}.")
    network = not settings().offline
    found = (hub_files(HubPin(name, part), network=network) for part in (CONFIG, GRAPHS[0]))
    return next(found), next(found)


class ExportedEncoder:
    """A vision transformer's last hidden states."""

    def __init__(self, name: str, config: Path, graph: Path) -> None:
        """Load a graph and try it on an empty picture.

        Args:
            name: as the user gave it.
            config: `preprocessor_config.json`.
            graph: the ONNX file.

        Raises:
            ModelError: the files are not an encoder of the expected kind.
        """
        self.name = name
        self._preprocessing = _read_config(config)
        content = {
            "graph": file_digest(graph),
            "layout": PREPROCESSING_VERSION,
            **asdict(self._preprocessing),
        }
        self.digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        self._session = _checked_session(graph)
        shape = self._preprocessing
        hidden = self._run(np.zeros((1, 3, shape.height, shape.width), np.float32), graph)
        self._side = math.isqrt(len(hidden))
        self._first = len(hidden) - self._side**2
        if self._first not in (0, 1):
            raise UnsupportedModelError(
                f"{graph} gives {len(hidden)} vectors, which are no square of patches with or without a class token."
            )
        self.tokens, self.features = _pooled(hidden, self._side).shape

    def encode(self, images: Sequence[Image]) -> F32:
        """Features (images, P, D)."""
        rows = [_pooled(self._run(self._preprocessing.pixels(image)), self._side) for image in images]
        return np.stack(rows) if rows else np.zeros((0, self.tokens, self.features), np.float32)

    def _run(self, pixels: F32, graph: Path | None = None) -> F32:
        """Hidden states (patches, D) of pixels (1, 3, height, width)."""
        try:
            (hidden,) = self._session.run([_OUTPUT], {_INPUT: pixels})
        except Exception as error:
            raise UnsupportedModelError(
                f"{graph or self.name} cannot take {pixels.shape} pixels: {error}."
            ) from error
        if hidden.ndim != 3 or not hidden.shape[1]:
            raise UnsupportedModelError(
                f"{graph or self.name} gives {hidden.shape}; expected (1, patches, features)."
            )
        return np.asarray(hidden[0], np.float32)


def _pooled(hidden: F32, side: int) -> F32:
    """Patches averaged in squares to at most 96 with the class token, if there is one, in front."""
    first = hidden[: len(hidden) - side * side]
    patches = hidden[len(first) :].reshape(side, side, -1)
    bins = min(side, math.isqrt(MOST_TOKENS - len(first)))
    places = np.arange(side) * bins // side
    mixing = np.equal.outer(np.arange(bins), places).astype(np.float32)
    mixing /= mixing.sum(axis=1, keepdims=True)
    pooled = np.einsum("ri,cj,ijd->rcd", mixing, mixing, patches).reshape(bins * bins, -1)
    return np.concatenate([first, pooled]).astype(np.float32)


def _checked_session(graph: Path) -> Any:
    session = open_session(graph)
    inputs, outputs = (
        [value.name for value in side] for side in (session.get_inputs(), session.get_outputs())
    )
    if inputs != [_INPUT] or _OUTPUT not in outputs:
        raise UnsupportedModelError(
            f"{graph} takes {', '.join(inputs)} and gives {', '.join(outputs)}; expected {_INPUT} and {_OUTPUT}. "
            "Export the vision model alone, with its hidden states."
        )
    return session


def _read_config(path: Path) -> _Preprocessing:
    try:
        config = json.loads(path.read_text("utf-8"))
        size = config.get("crop_size") if config.get("do_center_crop") else config["size"]
        height, width = _sides(size)
        mean, spread = _three(config["image_mean"]), _three(config["image_std"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnsupportedModelError(
            f"{path} does not say how pictures are prepared ({error!r}). Expected size, image_mean and image_std."
        ) from error
    if not (1 <= height <= _LARGEST_SIDE and 1 <= width <= _LARGEST_SIDE) or min(spread) <= 0:
        raise UnsupportedModelError(f"{path} asks for {height} x {width} pixels with spread {spread}.")
    return _Preprocessing(height, width, mean, spread)


def _sides(size: Any) -> tuple[int, int]:
    if isinstance(size, int):
        return size, size
    if "shortest_edge" in size:
        return int(size["shortest_edge"]), int(size["shortest_edge"])
    return int(size["height"]), int(size["width"])


def _three(numbers: Any) -> tuple[float, float, float]:
    red, green, blue = (float(number) for number in numbers)
    if not all(math.isfinite(number) for number in (red, green, blue)):
        raise ValueError(f"{numbers} are not finite")
    return red, green, blue
