"""A mark reader's weights, and their file: safetensors with a JSON config as its metadata.

    NAME.weight (outputs, inputs, kernel, kernel), NAME.bias (outputs)    of every layer, float16

At most 2 MB; nothing in it is code, and everything is checked before use. A picture checkpoint holds readers as well,
each under the name of its task (`compiler/picture_checkpoint.py`).
"""

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from programasweights.errors import CheckpointError
from programasweights.vision.marks.network import NetworkShape, layers
from programasweights.vision.marks.sheet import SHEET_VERSION

__all__ = ["MAX_BYTES", "MarkConfig", "MarkWeights", "load_marks", "mark_shapes", "write_marks"]

MAX_BYTES: Final = 2_000_000
_MAX_HEADER: Final = 2**18
_KEY: Final = "paw_marks"
_LENGTH: Final = 8

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
    data = _read(path)
    return MarkWeights(_config(path, data), _tensors(path, data))


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


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            raise CheckpointError(
                f"{path} is no file of at most {MAX_BYTES:,} bytes, so it is no mark reader."
            )
        with path.open("rb") as file:
            return file.read(found.st_size)
    except OSError as error:
        raise CheckpointError(
            f"{path} cannot be read ({os.strerror(error.errno or 0)}); name a mark reader."
        ) from error


def _config(path: Path, data: bytes) -> MarkConfig:
    length = int.from_bytes(data[:_LENGTH], "little")
    if length > min(_MAX_HEADER, len(data) - _LENGTH):
        raise CheckpointError(f"{path} is not a safetensors file, or was cut short.")
    try:
        header = json.loads(data[_LENGTH : _LENGTH + length])
        return MarkConfig.model_validate_json(header["__metadata__"][_KEY])
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise CheckpointError(
            f"{path} is not a mark reader, its config at {place}: {fault['msg']}."
        ) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise CheckpointError(
            f"{path} is not a mark reader: it has no metadata {_KEY!r} ({type(error).__name__})."
        ) from error


def _tensors(path: Path, data: bytes) -> dict[str, npt.NDArray[Any]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return load(data)
    except (SafetensorError, AttributeError, LookupError, ValueError, TypeError) as error:
        raise CheckpointError(f"{path} is not a usable safetensors file: {error}.") from error
