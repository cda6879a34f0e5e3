"""The adapter that changes nothing."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from programasweights.lm.config import ModelConfig
from programasweights.server.peer.adapter import LEAST_BYTES, zero_adapter


def config(**sizes: Any) -> ModelConfig:
    return ModelConfig(
        **{
            "architecture": "llama",
            "layers": 2,
            "hidden_size": 576,
            "heads": 9,
            "kv_heads": 3,
            "head_dim": 64,
            "feed_forward_size": 1536,
            "vocab_size": 100,
            "context_length": 8192,
            "rope_theta": 1e5,
            "norm_epsilon": 1e-5,
            "tied_embeddings": True,
        }
        | sizes
    )


def read(data: bytes, folder: Path) -> gguf.GGUFReader:
    path = folder / "adapter.gguf"
    path.write_bytes(data)
    return gguf.GGUFReader(path)


@pytest.mark.parametrize("architecture", ["llama", "qwen3"])
def test_llama_cpp_finds_a_lora_of_this_architecture(architecture: str, tmp_path: Path) -> None:
    reader = read(zero_adapter(config(architecture=architecture)), tmp_path)
    found = {name: field.contents() for name, field in reader.fields.items() if not name.startswith("GGUF.")}
    assert found == {
        "general.architecture": architecture,
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 1.0,
    }


def test_it_is_one_pair_of_zero_matrices_that_fit(tmp_path: Path) -> None:
    # query heads that together are wider than the model, as in some families
    reader = read(zero_adapter(config(heads=16, kv_heads=8)), tmp_path)
    first, second = reader.tensors
    assert (first.name, second.name) == ("blk.0.attn_q.weight.lora_a", "blk.0.attn_q.weight.lora_b")
    assert (first.shape.tolist(), second.shape.tolist()) == ([576, 1], [1, 1024])
    for tensor in (first, second):
        assert tensor.tensor_type == gguf.GGMLQuantizationType.F16
        assert not np.any(tensor.data)


@pytest.mark.parametrize("hidden", [8, 64, 200, 576])
def test_it_is_never_too_small_for_the_sdk(hidden: int) -> None:
    made = zero_adapter(config(hidden_size=hidden, heads=4, kv_heads=2, head_dim=8))
    assert len(made) >= LEAST_BYTES
    assert made[:4] == b"GGUF"


def test_it_is_the_same_every_time() -> None:
    assert zero_adapter(config()) == zero_adapter(config())
