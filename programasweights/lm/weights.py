"""A base model's tensors, read one at a time as float32 under one set of names.

Names are those of the transformers checkpoints (`model.layers.0.self_attn.q_proj.weight`); rows of q and k
stand in the half-rotation order that those checkpoints use. Readers exist for GGUF (any block type that
the `gguf` package can unpack) and for folders of safetensors; `MergedWeights` adds a LoRA on top of either.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from programasweights.errors import UnsupportedModelError
from programasweights.lm.config import ModelConfig, config_from_gguf, config_from_hub

__all__ = [
    "EMBEDDING",
    "OUTPUT",
    "OUTPUT_NORM",
    "GgufWeights",
    "LoraDelta",
    "MergedWeights",
    "SafetensorsWeights",
    "WeightReader",
    "layer_tensor",
    "open_weights",
]

F32 = npt.NDArray[np.float32]

EMBEDDING = "model.embed_tokens.weight"
OUTPUT = "lm_head.weight"
OUTPUT_NORM = "model.norm.weight"

_GGUF_NAMES = {
    EMBEDDING: "token_embd.weight",
    OUTPUT: "output.weight",
    OUTPUT_NORM: "output_norm.weight",
}
_GGUF_PARTS = {
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


_LINEARS = tuple(part for part in _GGUF_PARTS if part.endswith("_proj"))
_DAMAGE = (ValueError, IndexError, KeyError, OverflowError, TypeError, AttributeError, ArithmeticError)
"""What reading a damaged GGUF file may raise."""


def layer_tensor(layer: int, part: str, kind: str = "weight") -> str:
    """Name of a layer's tensor: `layer_tensor(0, "mlp.up_proj")`."""
    return f"model.layers.{layer}.{part}.{kind}"


class WeightReader(Protocol):
    """A model's config and tensors."""

    @property
    def config(self) -> ModelConfig:
        """The model's shape."""

    def tensor(self, name: str) -> F32:
        """One tensor as float32; a linear layer's weight has shape (outputs, inputs).

        Raises:
            UnsupportedModelError: the model lacks the tensor.
        """


class GgufWeights:
    """Tensors of a GGUF file, unpacked from whatever block type they are stored in."""

    def __init__(self, path: Path) -> None:
        """Map the file's header; tensor data is read when asked for.

        Raises:
            UnsupportedModelError: the file is not a readable GGUF file of a supported architecture.
        """
        import gguf  # only conversion needs it

        try:
            reader = gguf.GGUFReader(path)
            self.fields: dict[str, Any] = {name: field.contents() for name, field in reader.fields.items()}
            self._tensors = {tensor.name: tensor for tensor in reader.tensors}
            self.config = config_from_gguf(self.fields)
        except _DAMAGE as error:
            raise UnsupportedModelError(f"{path} is not a readable GGUF file: {error!r}") from error
        tied = _GGUF_NAMES[OUTPUT] not in self._tensors
        self.config = replace(self.config, tied_embeddings=tied)

    def tensor(self, name: str) -> F32:
        """One tensor as float32 under its transformers name."""
        import gguf

        stored = self._tensors.get(_gguf_name(name))
        if stored is None:
            raise UnsupportedModelError(
                f"the GGUF file lacks {_gguf_name(name)} (for {name}); its parts are incomplete."
            )
        try:
            data = gguf.quants.dequantize(stored.data, stored.tensor_type)
            array: F32 = np.asarray(data, dtype=np.float32).reshape([int(n) for n in reversed(stored.shape)])
        except (*_DAMAGE, NotImplementedError) as error:
            raise UnsupportedModelError(f"{_gguf_name(name)} cannot be read: {error!r}") from error
        if self.config.architecture == "llama":
            array = self._half_rotation_order(name, array)
        return array

    def _half_rotation_order(self, name: str, array: F32) -> F32:
        """Undo the interleaving of rotary halves that llama.cpp's converter applies to Llama's q and k."""
        if ".q_proj." in name:
            heads = self.config.heads
        elif ".k_proj." in name:
            heads = self.config.kv_heads
        else:
            return array
        pairs = array.reshape(heads, self.config.head_dim // 2, 2, -1)
        return np.ascontiguousarray(pairs.swapaxes(1, 2)).reshape(array.shape)


def _gguf_name(name: str) -> str:
    if name in _GGUF_NAMES:
        return _GGUF_NAMES[name]
    _, _, layer, rest = name.split(".", 3)
    part, kind = rest.rsplit(".", 1)
    return f"blk.{layer}.{_GGUF_PARTS[part]}.{kind}"


class SafetensorsWeights:
    """Tensors of a folder with `config.json` and one or more `.safetensors` files."""

    def __init__(self, folder: Path) -> None:
        """Read the config and the files' headers.

        Raises:
            UnsupportedModelError: the config or the files are not those of a supported model.
        """
        self._files: dict[str, Path] = {}
        try:
            self.config = config_from_hub(json.loads((folder / "config.json").read_text("utf-8")))
            for path in sorted(folder.glob("*.safetensors")):
                self._files.update(dict.fromkeys(_tensor_names(path), path))
        except ValueError as error:
            raise UnsupportedModelError(f"{folder} does not hold a readable model: {error}") from error
        if OUTPUT in self._files and self.config.tied_embeddings:
            self._files.pop(OUTPUT)

    def tensor(self, name: str) -> F32:
        """One tensor as float32."""
        path = self._files.get(name)
        if path is None:
            raise UnsupportedModelError(
                f"no .safetensors file of the model holds {name}; its files are incomplete."
            )
        return _read_tensor(path, name)


def _tensor_names(path: Path) -> list[str]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return list(file.keys())
    except SafetensorError as error:
        raise UnsupportedModelError(f"{path} is not a readable safetensors file: {error}") from error


def _read_tensor(path: Path, name: str) -> F32:
    """Read one tensor; bfloat16, which numpy lacks, is widened from its bits."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(size))[name]
        start, stop = entry["data_offsets"]
        file.seek(8 + size + start)
        raw = file.read(stop - start)
    if entry["dtype"] == "BF16":
        bits = np.frombuffer(raw, dtype="<u2").astype(np.uint32) << 16
        return bits.view(np.float32).reshape(entry["shape"])
    kinds = {"F32": "<f4", "F16": "<f2"}
    if entry["dtype"] not in kinds:
        raise UnsupportedModelError(f"{name} is stored as {entry['dtype']}; F32, F16 or BF16 is expected.")
    return np.frombuffer(raw, dtype=kinds[entry["dtype"]]).astype(np.float32).reshape(entry["shape"])


@dataclass(frozen=True)
class LoraDelta:
    """A low-rank change of one linear layer: W + scale * B @ A."""

    a: F32
    """(rank, inputs)."""
    b: F32
    """(outputs, rank)."""
    scale: float
    """alpha / rank."""


def _check_delta(name: str, delta: LoraDelta, base: WeightReader) -> None:
    """Refuse a delta that numpy would broadcast, or that no weight would ever ask for."""
    layers = range(base.config.layers)
    if name not in {layer_tensor(layer, part) for layer in layers for part in _LINEARS}:
        raise UnsupportedModelError(f"the LoRA changes {name}, which is no linear layer of this model.")
    found, expected = (delta.b.shape[0], delta.a.shape[1]), base.tensor(name).shape
    if found != expected:
        raise UnsupportedModelError(f"the LoRA of {name} has shape {found}, but the weight has {expected}.")


class MergedWeights:
    """A reader's tensors with LoRA deltas added."""

    def __init__(self, base: WeightReader, deltas: Mapping[str, LoraDelta]) -> None:
        """Wrap `base`; `deltas` are keyed by the name of the weight that they change.

        Raises:
            UnsupportedModelError: a delta is for a weight that the model lacks, or of another shape.
        """
        for name, delta in deltas.items():
            _check_delta(name, delta, base)
        self._base = base
        self._deltas = deltas
        self.config = base.config

    def tensor(self, name: str) -> F32:
        """One tensor as float32, its delta included."""
        weight = self._base.tensor(name)
        delta = self._deltas.get(name)
        if delta is None:
            return weight
        # in float64, whose sums round to the same float32 however many threads divide them
        change = delta.b.astype(np.float64) @ delta.a.astype(np.float64)
        merged: F32 = weight + np.float32(delta.scale) * change.astype(np.float32)
        return merged


def open_weights(kind: str, path: Path) -> GgufWeights | SafetensorsWeights:
    """Open a model's files: `kind` is `"gguf"` (a file) or `"safetensors"` (a folder).

    Raises:
        UnsupportedModelError: the files are not those of a supported model.
    """
    return GgufWeights(path) if kind == "gguf" else SafetensorsWeights(path)
