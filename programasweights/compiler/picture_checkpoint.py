"""A compiler checkpoint that reads pictures: one safetensors file with a JSON config as its metadata.

    as in checkpoint.py        prefix_tokens, kv_map.*, lora.*, basis.*
    projector.{weight}         for the compiler, see vision/projector.py
    inputs.projector.{weight}  for the interpreter, if it takes pictures in inputs
    readers.{task}.{tensor}    of mark readers, see vision/marks/files.py

The frozen encoder is not in it, but its digest is. Tensors are float32 or float16, or int8 codes with a float16 tensor
`NAME_scale` that broadcasts over them. At most 16 MB; nothing in it is code, and everything is checked before use.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from programasweights.compiler.checkpoint import (
    Checkpoint,
    CheckpointConfig,
    Digest,
    PictureSide,
    Tensors,
    build_checkpoint,
    take,
)
from programasweights.errors import CheckpointError
from programasweights.vision.described_file import read_document, read_small_file, read_tensors
from programasweights.vision.marks.files import MarkConfig, MarkWeights
from programasweights.vision.projector import Projector, projector_shapes
from programasweights.vision.readings.found import check_reader

__all__ = [
    "MAX_BYTES",
    "PictureConfig",
    "load_picture_checkpoint",
    "with_readers",
    "write_picture_checkpoint",
]

MAX_BYTES: Final = 16_000_000
_KEY: Final = "paw_pictures"
_WHAT: Final = "picture checkpoint"
_COMPILER, _INPUTS, _READERS = "projector.", "inputs.projector.", "readers."

Size = Annotated[int, Field(ge=1, le=65_536)]


class PictureConfig(BaseModel):
    """The document in the file's metadata."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format_version: Literal[1] = 1
    compiler: CheckpointConfig
    """What all compilers have."""
    encoder: Annotated[str, Field(min_length=1, max_length=200)]
    """Name of the frozen encoder."""
    encoder_digest: Digest
    """sha256 of its weights and preprocessing."""
    features: Size
    """D, numbers of a feature vector."""
    tokens: Annotated[int, Field(ge=1, le=1024)]
    """P, feature vectors of a picture."""
    inner: Size
    """I, inner width of the projectors."""
    inputs: bool = False
    """Whether there is a projector for the interpreter."""
    transcription_tokens: Annotated[int, Field(ge=1, le=1024)] = 128
    """Most tokens of a transcription; it is written only by a compiler whose discrete part is `generated`."""
    lines: Annotated[int, Field(ge=0, le=1_000)] = 0
    """Version of the reading of lines of text in pictures (`vision/line.py`), which the compiler then reads; 0 for
    none."""
    readers: Annotated[tuple[MarkConfig, ...], Field(max_length=16)] = ()
    """Mark readers, whose findings the compiler tells where they make sense."""


def load_picture_checkpoint(path: Path) -> Checkpoint:
    """Read and check a picture checkpoint.

    Raises:
        CheckpointError: the file is missing, damaged or inconsistent.
    """
    data = read_small_file(path, MAX_BYTES, _WHAT)
    config = _config(path, data)
    if config.compiler.discrete == "written":
        raise CheckpointError(
            f"{path} has the discrete part 'written', but programs of pictures show the spec, and perhaps what the "
            "compiler generated behind it."
        )
    tensors = _tensors(path, data)
    loaded = build_checkpoint(config.compiler, tensors, hashlib.sha256(data).hexdigest())
    side = PictureSide(
        encoder=config.encoder,
        encoder_digest=config.encoder_digest,
        compiler=_projector(tensors, _COMPILER, config),
        interpreter=_projector(tensors, _INPUTS, config) if config.inputs else None,
        transcription_tokens=config.transcription_tokens,
        lines=config.lines,
        readers=tuple(_reader(tensors, about) for about in config.readers),
    )
    if side.compiler.hidden != loaded.prefix_tokens.shape[1]:
        raise CheckpointError(
            f"the projector gives {side.compiler.hidden} numbers an embedding, the prefix tokens have "
            f"{loaded.prefix_tokens.shape[1]}; both are read by one model."
        )
    if tensors:
        raise CheckpointError(f"{path} holds unknown tensors: {', '.join(sorted(tensors)[:5])}.")
    return replace(loaded, pictures=side)


def write_picture_checkpoint(
    path: Path, config: PictureConfig, tensors: Mapping[str, npt.NDArray[Any]]
) -> None:
    """Write a checkpoint whole or not at all: large matrices as int8, all else as float16.

    Raises:
        CheckpointError: it would be larger than a reader accepts, or has numbers that float16 cannot hold.
    """
    from safetensors.numpy import save

    stored: Tensors = {}
    for name, array in sorted(tensors.items()):
        axis = _scale_axis(name)
        stored |= {name: _half(name, array)} if axis is None else _quantised(name, array, axis)
    data = save(stored, {_KEY: config.model_dump_json()})
    if len(data) > MAX_BYTES:
        raise CheckpointError(
            f"the picture checkpoint would have {len(data):,} bytes, at most {MAX_BYTES:,} are allowed; train one with "
            "lower ranks or a narrower projector."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def with_readers(source: Path, readers: Sequence[MarkWeights], path: Path) -> None:
    """Write a picture checkpoint again, with these mark readers and no others.

    Raises:
        CheckpointError: the source cannot be used, two readers are of one task, or the file would be too large.
    """
    load_picture_checkpoint(source)
    data = read_small_file(source, MAX_BYTES, _WHAT)
    tensors = {name: value for name, value in _tensors(source, data).items() if not name.startswith(_READERS)}
    for reader in readers:
        check_reader(reader.config)
    tasks = [reader.config.task for reader in readers]
    if len(set(tasks)) < len(tasks):
        raise CheckpointError(f"readers of {', '.join(tasks)} were given; a checkpoint has one of each task.")
    for reader in readers:
        tensors |= {_reader_name(reader.config, name): value for name, value in reader.tensors.items()}
    config = _config(source, data).model_copy(update={"readers": tuple(reader.config for reader in readers)})
    write_picture_checkpoint(path, config, tensors)


def _config(path: Path, data: bytes) -> PictureConfig:
    return read_document(path, data, _KEY, PictureConfig, _WHAT)


def _tensors(path: Path, data: bytes) -> Tensors:
    found = read_tensors(path, data)
    codes = [name for name, array in found.items() if array.dtype == np.int8]
    return found | {name: _decoded(name, found[name], found.pop(f"{name}_scale", None)) for name in codes}


def _decoded(
    name: str, codes: npt.NDArray[np.int8], scale: npt.NDArray[Any] | None
) -> npt.NDArray[np.float32]:
    if (
        scale is None
        or scale.dtype != np.float16
        or scale.ndim != codes.ndim
        or any(ours not in (1, theirs) for ours, theirs in zip(scale.shape, codes.shape, strict=True))
        or not np.isfinite(scale).all()
    ):
        raise CheckpointError(
            f"{name} has int8 codes {codes.shape}, but no float16 tensor {name}_scale of finite numbers that "
            "broadcasts over them."
        )
    return codes.astype(np.float32) * scale.astype(np.float32)


def _projector(tensors: Tensors, start: str, config: PictureConfig) -> Projector:
    bias = tensors.get(f"{start}b2")
    shapes = projector_shapes(
        tokens=config.tokens,
        features=config.features,
        inner=config.inner,
        hidden=0 if bias is None else bias.size,
    )
    found = {name: take(tensors, f"{start}{name}", len(shape)) for name, shape in shapes.items()}
    wrong = [name for name, shape in shapes.items() if found[name].shape != shape]
    if wrong:
        raise CheckpointError(
            f"{start}{wrong[0]} has the shape {found[wrong[0]].shape}, but {shapes[wrong[0]]} is expected."
        )
    return Projector(**found)


def _reader(tensors: Tensors, config: MarkConfig) -> MarkWeights:
    check_reader(config)
    start = _reader_name(config, "")
    own = {name.removeprefix(start): tensors.pop(name) for name in list(tensors) if name.startswith(start)}
    return MarkWeights(config, own)


def _reader_name(config: MarkConfig, name: str) -> str:
    return f"{_READERS}{config.task}.{name}"


def _scale_axis(name: str) -> int | tuple[int, ...] | None:
    """The axes that one scale of an int8 tensor goes along: a rank, an inner unit or a channel has one; None for
    float16."""
    if name.startswith(_READERS):
        return (1, 2, 3) if name.endswith(".weight") else None
    if name.startswith("lora."):
        return {".a": -1, ".b": -2}[name[-2:]]
    if name.startswith("basis.") and name.endswith((".down", ".up")):
        return -1 if name.endswith(".down") else -2
    return -1 if name.endswith(("projector.w1", "projector.w2")) else None


def _quantised(name: str, array: npt.NDArray[Any], axis: int | tuple[int, ...]) -> Tensors:
    scale = _half(f"{name}_scale", np.abs(array).max(axis=axis, keepdims=True) / 127)
    # a scale so small that float16 has none for it: the numbers are zero
    safe = np.where(scale == 0, np.inf, scale.astype(np.float32))
    codes = np.clip(np.rint(array / safe), -127, 127).astype(np.int8)
    return {name: codes, f"{name}_scale": scale}


def _half(name: str, array: npt.NDArray[Any]) -> npt.NDArray[np.float16]:
    largest = np.finfo(np.float16).max
    if not np.isfinite(array).all() or np.abs(array).max(initial=0) > largest:
        raise CheckpointError(f"{name} has numbers that float16 cannot hold; the training run diverged.")
    return np.ascontiguousarray(array, dtype=np.float16)
