"""The adapter that llama.cpp asks for with every program: a LoRA that changes nothing.

A program of ours works through its KV prefix, so the adapter is one pair of zero matrices on one layer: as
little as the public SDK takes (it refuses files under 1 KiB), and next to no work for each token.
"""

import tempfile
from pathlib import Path

import numpy as np

from programasweights.lm.config import ModelConfig

__all__ = ["LEAST_BYTES", "zero_adapter"]

LEAST_BYTES = 1024
"""The public SDK takes no smaller adapter."""


def zero_adapter(config: ModelConfig) -> bytes:
    """A GGUF file with a LoRA of zeros for the first layer's queries; the same bytes every time."""
    import gguf

    inputs, outputs = config.hidden_size, config.heads * config.head_dim
    rank = -(-LEAST_BYTES // (2 * (inputs + outputs)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "adapter.gguf"
        writer = gguf.GGUFWriter(path, config.architecture)
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(rank))
        writer.add_tensor("blk.0.attn_q.weight.lora_a", np.zeros((rank, inputs), np.float16))
        writer.add_tensor("blk.0.attn_q.weight.lora_b", np.zeros((outputs, rank), np.float16))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path.read_bytes()
