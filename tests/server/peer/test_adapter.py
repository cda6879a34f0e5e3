"""The adapter: a program's LoRA, or one that changes nothing."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from programasweights.lm.config import ModelConfig
from programasweights.program import Lora
from programasweights.server.peer.adapter import LEAST_BYTES, adapter_file


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
    reader = read(adapter_file(config(architecture=architecture), None), tmp_path)
    found = {name: field.contents() for name, field in reader.fields.items() if not name.startswith("GGUF.")}
    assert found == {
        "general.architecture": architecture,
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 1.0,
    }


def test_it_is_one_pair_of_zero_matrices_that_fit(tmp_path: Path) -> None:
    # query heads that together are wider than the model, as in some families
    reader = read(adapter_file(config(heads=16, kv_heads=8), None), tmp_path)
    first, second = reader.tensors
    assert (first.name, second.name) == ("blk.0.attn_q.weight.lora_a", "blk.0.attn_q.weight.lora_b")
    assert (first.shape.tolist(), second.shape.tolist()) == ([576, 1], [1, 1024])
    for tensor in (first, second):
        assert tensor.tensor_type == gguf.GGMLQuantizationType.F16
        assert not np.any(tensor.data)


@pytest.mark.parametrize("hidden", [8, 64, 200, 576])
def test_it_is_never_too_small_for_the_sdk(hidden: int) -> None:
    made = adapter_file(config(hidden_size=hidden, heads=4, kv_heads=2, head_dim=8), None)
    assert len(made) >= LEAST_BYTES
    assert made[:4] == b"GGUF"


def test_it_is_the_same_every_time() -> None:
    assert adapter_file(config(), None) == adapter_file(config(), None)


@pytest.mark.parametrize("architecture", ["llama", "qwen3"])
def test_a_lora_changes_the_weights_that_it_should(architecture: str, tmp_path: Path) -> None:
    sizes = config(architecture=architecture, heads=4, kv_heads=2, head_dim=8, hidden_size=32)
    random = np.random.default_rng(0)
    shapes = {"self_attn.q_proj": (32, 32), "self_attn.v_proj": (16, 32), "mlp.down_proj": (32, 1536)}
    parts = {}
    for module, (outputs, inputs) in shapes.items():
        parts[f"{module}.a"] = random.normal(size=(2, 3, inputs)).astype(np.float16)
        parts[f"{module}.b"] = random.normal(size=(2, outputs, 3)).astype(np.float16)
    reader = read(adapter_file(sizes, Lora(parts)), tmp_path)
    assert reader.fields["adapter.lora.alpha"].contents() == 3.0
    found = {tensor.name: np.array(tensor.data) for tensor in reader.tensors}
    assert len(found) == 2 * 2 * 3
    np.testing.assert_array_equal(found["blk.1.ffn_down.weight.lora_a"], parts["mlp.down_proj.a"][1])
    np.testing.assert_array_equal(found["blk.1.attn_v.weight.lora_b"], parts["self_attn.v_proj.b"][1])
    queries = parts["self_attn.q_proj.b"][0]
    if architecture == "llama":  # of each head of 8: 0 4 1 5 2 6 3 7
        order = [head * 8 + place for head in range(4) for place in (0, 4, 1, 5, 2, 6, 3, 7)]
        queries = queries[order]
    np.testing.assert_array_equal(found["blk.0.attn_q.weight.lora_b"], queries)
