"""The adapter that llama.cpp asks for with every program: the program's LoRA, or one that changes nothing.

A program without a LoRA works through its KV prefix and its text, so its adapter is one pair of zero matrices on one
layer: as little as the public SDK takes (it refuses files under 1 KiB), and next to no work for each token.
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from programasweights.lm.config import ModelConfig
from programasweights.program import Lora

__all__ = ["LEAST_BYTES", "adapter_file"]

LEAST_BYTES = 1024
"""The public SDK takes no smaller adapter."""

_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
"""What GGUF calls a decoder layer's linear layers."""

Tensors = dict[str, npt.NDArray[Any]]


def adapter_file(config: ModelConfig, lora: Lora | None) -> bytes:
    """A GGUF file with the LoRA; the same bytes every time.

    Args:
        config: of the interpreter.
        lora: of the program; None for one that changes nothing.
    """
    import gguf

    rank, tensors = _nothing(config) if lora is None else (lora.rank, _tensors(config, lora))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "adapter.gguf"
        writer = gguf.GGUFWriter(path, config.architecture)
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(rank))  # scaled by alpha / rank, which is 1
        for name, array in tensors.items():
            writer.add_tensor(name, array)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path.read_bytes()


def _nothing(config: ModelConfig) -> tuple[int, Tensors]:
    """Zeros for the first layer's queries."""
    inputs, outputs = config.hidden_size, config.heads * config.head_dim
    rank = -(-LEAST_BYTES // (2 * (inputs + outputs)))
    return rank, {
        "blk.0.attn_q.weight.lora_a": np.zeros((rank, inputs), np.float16),
        "blk.0.attn_q.weight.lora_b": np.zeros((outputs, rank), np.float16),
    }


def _tensors(config: ModelConfig, lora: Lora) -> Tensors:
    tensors: Tensors = {}
    for module, (a, b) in lora.parts.items():
        for layer in range(lora.layers):
            name = f"blk.{layer}.{_NAMES[module]}.weight"
            tensors[f"{name}.lora_a"] = np.ascontiguousarray(a[layer])
            tensors[f"{name}.lora_b"] = _rows(config, module, b[layer])
    return tensors


def _rows(config: ModelConfig, module: str, b: npt.NDArray[np.float16]) -> npt.NDArray[np.float16]:
    """The outputs in the order of the file's weights: Llama's have each head's rotary halves interleaved."""
    if config.architecture != "llama" or module not in ("self_attn.q_proj", "self_attn.k_proj"):
        return np.ascontiguousarray(b)
    halves = b.reshape(-1, 2, config.head_dim // 2, b.shape[-1])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(b.shape))
