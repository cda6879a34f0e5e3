"""A trained neural compiler as a folder: `config.json` and `compiler.safetensors`.

    config.json            what it was trained on and for, sizes, a format version
    compiler.safetensors   prefix_tokens (M - 1, hidden)
                           kv_map.{layer}.w1 / b1 / w2 / b2    unless the map is the identity
                           lora.{weight name}.a / .b           unless there is no LoRA
                           basis.norm.scale / .shift           if it writes LoRAs for the interpreter
                           basis.shares.weights / .biases
                           basis.{linear layer}.down / .up

Tensors are float32 or float16. Nothing in it is code, and everything is checked before use.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from programasweights.compiler.kv_map import LayerMap
from programasweights.compiler.lora_basis import LoraBasis
from programasweights.errors import CheckpointError
from programasweights.lm.weights import LoraDelta
from programasweights.vision.marks.files import MarkWeights
from programasweights.vision.projector import Projector

__all__ = [
    "CHECKPOINT_CONFIG",
    "CHECKPOINT_TENSORS",
    "Checkpoint",
    "CheckpointConfig",
    "PictureSide",
    "Tensors",
    "build_checkpoint",
    "load_checkpoint",
    "take",
]

Tensors = dict[str, npt.NDArray[Any]]

CHECKPOINT_CONFIG = "config.json"
CHECKPOINT_TENSORS = "compiler.safetensors"
MAX_SLOTS = 1024

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class CheckpointConfig(BaseModel):
    """The document `config.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format_version: Literal[1] = 1
    base: str
    """Base model of the compiler: a registry name or hub id."""
    base_digest: Digest
    """sha256 of its files."""
    interpreter_digest: Digest
    """sha256 of the interpreter that programs are written for."""
    slots: Annotated[int, Field(ge=2, le=MAX_SLOTS)]
    """M, the attention sink in slot 0 included."""
    discrete: Literal["spec", "written", "generated"]
    """The pseudo-program: the spec itself, what the base model writes when prompted, or what the compiler writes."""
    continuous: Literal["kv_prefix", "lora", "both", "none"] = "kv_prefix"
    """The continuous part: a KV prefix, a LoRA for the interpreter, both, or none."""
    lora_modules: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=64)]], Field(max_length=64)
    ] = []
    """Linear layers of the interpreter that the LoRAs change, in the order of the shares."""
    kv_map: Literal["identity", "residual_mlp", "mlp"]
    """How slots get from the compiler to the interpreter."""
    layers: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1, max_length=1024)]
    """For each interpreter layer, the compiler layer that it reads."""
    lora_scale: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """alpha / rank of the LoRA; None when there is none."""


@dataclass(frozen=True)
class PictureSide:
    """What a checkpoint that reads pictures has beside a compiler of text; see `picture_checkpoint.py`."""

    encoder: str
    """Name of the frozen encoder."""
    encoder_digest: str
    """sha256 of its weights and preprocessing."""
    compiler: Projector
    """Its features -> the compiler's embeddings."""
    interpreter: Projector | None
    """Its features -> the interpreter's embeddings; None if it was not trained for pictures in inputs."""
    transcription_tokens: int = 128
    """Most tokens of what it writes down of a spec's pictures, if it does."""
    lines: int = 0
    """Version of `vision/line.py` by which it reads, behind each picture of a spec, the line of text that stands in it,
    if one does; 0 for none."""
    readers: tuple[MarkWeights, ...] = ()
    """What finds marks in pictures; where they make sense, the compiler tells them instead of writing itself."""


@dataclass(frozen=True)
class Checkpoint:
    """A loaded checkpoint."""

    config: CheckpointConfig
    """Sizes and provenance."""
    prefix_tokens: npt.NDArray[np.float32]
    """(M - 1, hidden) embeddings read after the spec; slot 0 is the attention sink."""
    maps: tuple[LayerMap, ...] | None
    """One for each interpreter layer; None for the identity."""
    lora: dict[str, LoraDelta]
    """By weight name; empty without LoRA."""
    digest: str | None
    """sha256 over both files; None for the untrained start."""
    lora_digest: str | None
    """sha256 of the LoRA's tensors, which names the merged weights in the cache."""
    basis: LoraBasis | None = None
    """What LoRAs for the interpreter are mixed from; None if it writes none."""
    pictures: PictureSide | None = None
    """How it reads pictures; None if it reads text only."""


def load_checkpoint(folder: Path) -> Checkpoint:
    """Read and check a checkpoint folder.

    Raises:
        CheckpointError: a file is missing, damaged or inconsistent.
    """
    config = _read_config(folder / CHECKPOINT_CONFIG)
    tensors = _read_tensors(folder / CHECKPOINT_TENSORS)
    loaded = build_checkpoint(config, tensors, _digest(folder))
    if tensors:
        raise CheckpointError(
            f"{CHECKPOINT_TENSORS} holds unknown tensors: {', '.join(sorted(tensors)[:5])}."
        )
    return loaded


def build_checkpoint(config: CheckpointConfig, tensors: Tensors, digest: str) -> Checkpoint:
    """A checkpoint of text, made of the tensors that belong to it; those are removed from `tensors`.

    Raises:
        CheckpointError: a tensor is missing, or config and tensors do not fit together.
    """
    prefix = take(tensors, "prefix_tokens", 2)
    if prefix.shape[0] != config.slots - 1:
        raise CheckpointError(
            f"prefix_tokens has {prefix.shape[0]} rows, but {config.slots} slots need {config.slots - 1}: "
            "slot 0 is the attention sink."
        )
    maps = None if config.kv_map == "identity" else _take_maps(tensors, config)
    lora, lora_digest = _take_lora(tensors, config)
    basis = _take_basis(tensors, config) if config.continuous in ("lora", "both") else None
    return Checkpoint(config, prefix, maps, lora, digest, lora_digest, basis)


def _read_config(path: Path) -> CheckpointConfig:
    try:
        return CheckpointConfig.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CheckpointError(
            f"{path} cannot be read ({error.strerror}); name a compiler checkpoint."
        ) from error
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(p) for p in fault["loc"])
        raise CheckpointError(
            f"{path} is not a compiler checkpoint's config, {place}: {fault['msg']}."
        ) from error


def _read_tensors(path: Path) -> Tensors:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return load_file(path)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error}. The checkpoint is incomplete.") from error
    except (SafetensorError, AttributeError, KeyError, ValueError, TypeError) as error:
        # AttributeError, TypeError: a type such as bfloat16 or float8, which numpy does not have
        raise CheckpointError(f"{path} is not a usable safetensors file: {error}.") from error


def take(tensors: Tensors, name: str, dimensions: int) -> npt.NDArray[np.float32]:
    """Remove a tensor from `tensors` and return it checked, as float32."""
    array = tensors.pop(name, None)
    if array is None:
        raise CheckpointError(f"the checkpoint lacks {name}.")
    if array.dtype not in (np.float32, np.float16) or array.ndim != dimensions:
        raise CheckpointError(
            f"{name} is {array.dtype} of shape {array.shape}; float32 or float16 with {dimensions} dimensions "
            "is expected."
        )
    if not np.isfinite(array).all():
        raise CheckpointError(f"{name} has NaN or infinite numbers; the training run diverged.")
    return array.astype(np.float32)


def _take_maps(tensors: Tensors, config: CheckpointConfig) -> tuple[LayerMap, ...]:
    residual = config.kv_map == "residual_mlp"
    maps = []
    for layer in range(len(config.layers)):
        name = f"kv_map.{layer}"
        w1, w2 = take(tensors, f"{name}.w1", 2), take(tensors, f"{name}.w2", 2)
        b1, b2 = take(tensors, f"{name}.b1", 1), take(tensors, f"{name}.b2", 1)
        if b1.shape[0] != w1.shape[0] or w2.shape[1] != w1.shape[0] or b2.shape[0] != w2.shape[0]:
            raise CheckpointError(
                f"the shapes of {name} do not fit together: {w1.shape}, {b1.shape}, {w2.shape}."
            )
        if residual and w1.shape[1] != w2.shape[0]:
            raise CheckpointError(f"{name} is residual, but maps {w1.shape[1]} numbers to {w2.shape[0]}.")
        maps.append(LayerMap(w1, b1, w2, b2, residual))
    return tuple(maps)


def _take_lora(tensors: Tensors, config: CheckpointConfig) -> tuple[dict[str, LoraDelta], str | None]:
    names = sorted(
        name[len("lora.") : -len(".a")]
        for name in tensors
        if name.startswith("lora.") and name.endswith(".a")
    )
    if bool(names) != (config.lora_scale is not None):
        raise CheckpointError(
            "lora_scale is given exactly when there are lora tensors; the checkpoint has one alone."
        )
    digest, deltas = hashlib.sha256(str(config.lora_scale).encode()), {}
    for name in names:
        a, b = take(tensors, f"lora.{name}.a", 2), take(tensors, f"lora.{name}.b", 2)
        if a.shape[0] != b.shape[1]:
            raise CheckpointError(
                f"the LoRA of {name} has ranks {a.shape[0]} and {b.shape[1]}; they must be equal."
            )
        deltas[name] = LoraDelta(a, b, config.lora_scale or 0.0)
        for part in (name.encode(), str((a.shape, b.shape)).encode(), a.tobytes(), b.tobytes()):
            digest.update(part)
    return deltas, digest.hexdigest() if deltas else None


def _take_basis(tensors: Tensors, config: CheckpointConfig) -> LoraBasis:
    names = config.lora_modules
    if not names or len(set(names)) < len(names):
        raise CheckpointError(
            f"lora_modules is {names}; a checkpoint that writes LoRAs names each linear layer once."
        )
    down = {name: take(tensors, f"basis.{name}.down", 4) for name in names}
    up = {name: take(tensors, f"basis.{name}.up", 4) for name in names}
    weights, biases = take(tensors, "basis.shares.weights", 4), take(tensors, "basis.shares.biases", 3)
    scale, shift = take(tensors, "basis.norm.scale", 1), take(tensors, "basis.norm.shift", 1)
    layers, modules, count = biases.shape
    rank = down[names[0]].shape[2]
    fits = (
        layers == len(config.layers)
        and modules == len(names)
        and weights.shape == (layers, modules, count, scale.shape[0])
        and shift.shape == scale.shape
        and all(part.shape[:3] == (layers, count, rank) for part in down.values())
        and all(part.shape[:2] == (layers, count) and part.shape[3] == rank for part in up.values())
    )
    if not fits:
        raise CheckpointError(
            f"the shapes of the LoRA basis do not fit together: {layers} layers, {modules} linear layers, {count} "
            f"matrices of rank {rank}."
        )
    return LoraBasis(scale, shift, weights, biases, down, up)


def _digest(folder: Path) -> str:
    parts = [
        hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (CHECKPOINT_CONFIG, CHECKPOINT_TENSORS)
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
