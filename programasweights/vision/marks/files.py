"""A mark reader's weights, and their file: safetensors with a JSON config as its metadata.

    NAME.weight (outputs, inputs, kernel, kernel), NAME.bias (outputs)    of every layer, float16

At most 2 MB; nothing in it is code, and everything is checked before use. A picture checkpoint holds readers as well,
each under the name of its task (`compiler/picture_checkpoint.py`).
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from programasweights.errors import CheckpointError
from programasweights.vision.described_file import read_document, read_small_file, read_tensors
from programasweights.vision.marks.network import NetworkShape, layers
from programasweights.vision.marks.sheet import SHEET_VERSION

__all__ = ["MAX_BYTES", "MarkConfig", "MarkWeights", "load_marks", "mark_shapes", "write_marks"]

MAX_BYTES: Final = 2_000_000
_KEY: Final = "paw_marks"
_WHAT: Final = "mark reader"

Label = Annotated[str, Field(max_length=40)]
Names = Annotated[tuple[Label, ...], Field(min_length=1, max_length=400)]
Width = Annotated[int, Field(ge=1, le=512)]
Depth = Annotated[int, Field(ge=0, le=16)]


class MarkConfig(BaseModel):
    """The document in the file's metadata."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: Literal[1] = 1
    sheet_version: Literal[1] = SHEET_VERSION  # type: ignore[assignment]
    """Of `sheet.py`, as which it saw pictures."""
    task: Annotated[str, Field(min_length=1, max_length=40)]
    """What its drawings show."""
    properties: Annotated[tuple[Names, ...], Field(min_length=1, max_length=16)]
    """Labels of each property of a mark; the first property says what it is."""
    links: Annotated[tuple[Label, ...], Field(max_length=100)] = ()
    """Labels of links."""
    widths: tuple[Width, Width, Width] = NetworkShape.widths
    depths: tuple[Depth, Depth, Depth] = NetworkShape.depths

    @property
    def shape(self) -> NetworkShape:
        """Of its network."""
        return NetworkShape(self.widths, self.depths, sum(map(len, self.properties)), len(self.links))


class MarkWeights:
    """A reader's config and tensors, checked."""

    def __init__(self, config: MarkConfig, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
        """Check tensors.

        Raises:
            CheckpointError: one is missing, unknown, of another shape or type, or not finite.
        """
        wanted = mark_shapes(config.shape)
        if set(tensors) != set(wanted):
            odd = sorted(set(tensors) ^ set(wanted))
            raise CheckpointError(
                f"the mark reader lacks tensors, or has unknown ones: {', '.join(odd[:5])}."
            )
        for name, shape in wanted.items():
            found = tensors[name]
            if found.shape != shape or found.dtype not in (np.float16, np.float32):
                raise CheckpointError(
                    f"the mark reader's {name} is {found.dtype} {found.shape}; expected float16 or float32 {shape}."
                )
            if not np.isfinite(found).all():
                raise CheckpointError(f"the mark reader's {name} has numbers that are not finite.")
        self.config = config
        self.tensors = {name: np.asarray(tensors[name], np.float32) for name in wanted}
        content = hashlib.sha256(config.model_dump_json().encode())
        for name in wanted:
            content.update(self.tensors[name].tobytes())
        self.digest = content.hexdigest()
        """sha256 of config and tensors."""


def load_marks(path: Path) -> MarkWeights:
    """Read and check a mark reader.

    Raises:
        CheckpointError: the file is missing, damaged or inconsistent.
    """
    data = read_small_file(path, MAX_BYTES, _WHAT)
    config = read_document(path, data, _KEY, MarkConfig, _WHAT)
    return MarkWeights(config, read_tensors(path, data))


def write_marks(path: Path, config: MarkConfig, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write a mark reader whole or not at all.

    Raises:
        CheckpointError: it would be larger than a reader accepts, or has numbers that float16 cannot hold.
    """
    from safetensors.numpy import save

    stored = {}
    for name, array in sorted(tensors.items()):
        with np.errstate(over="ignore"):
            stored[name] = np.ascontiguousarray(array, np.float16)
        if not np.isfinite(stored[name]).all():
            raise CheckpointError(f"{name} has numbers that float16 cannot hold; the training run diverged.")
    data = save(stored, {_KEY: config.model_dump_json()})
    if len(data) > MAX_BYTES:
        raise CheckpointError(
            f"the mark reader would have {len(data):,} bytes, at most {MAX_BYTES:,} are allowed; train a narrower one."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def mark_shapes(shape: NetworkShape) -> dict[str, tuple[int, ...]]:
    """The tensors of a network and their shapes."""
    found: dict[str, tuple[int, ...]] = {}
    for name, layer in layers(shape).items():
        found[f"{name}.weight"] = (layer.outputs, layer.inputs, layer.kernel, layer.kernel)
        found[f"{name}.bias"] = (layer.outputs,)
    return found
