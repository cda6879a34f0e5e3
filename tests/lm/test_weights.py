"""Readers of base models: the same tensors from every kind of file, and clear errors for bad ones."""

from dataclasses import replace
from pathlib import Path

import gguf
import numpy as np
import pytest

from programasweights.errors import ModelError
from programasweights.lm.weights import (
    EMBEDDING,
    OUTPUT,
    OUTPUT_NORM,
    GgufWeights,
    LoraDelta,
    MergedWeights,
    SafetensorsWeights,
    layer_tensor,
    open_weights,
)
from tests.tiny_models import byte_tokenizer, save_tiny_model

_PARTS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}


def interleaved(weight: np.ndarray, heads: int) -> np.ndarray:
    """Rows as llama.cpp wants them for Llama: rotary partners i and i + D/2 side by side."""
    size = weight.shape[0] // heads
    rows = [
        head * size + half * (size // 2) + i
        for head in range(heads)
        for i in range(size // 2)
        for half in (0, 1)
    ]
    return weight[rows]


def save_tiny_gguf(path: Path, reader: SafetensorsWeights) -> Path:
    """The same model as a GGUF file with float32 tensors."""
    config, writer = reader.config, gguf.GGUFWriter(path, "llama")
    writer.add_block_count(config.layers)
    writer.add_context_length(config.context_length)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.feed_forward_size)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.kv_heads)
    writer.add_layer_norm_rms_eps(config.norm_epsilon)
    writer.add_rope_freq_base(config.rope_theta)
    vocab = byte_tokenizer().get_vocab()
    tokens = sorted(vocab, key=lambda token: vocab[token])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([3 if t.startswith("<|") else 1 for t in tokens])
    writer.add_token_merges(["a b"])
    writer.add_eos_token_id(2)
    writer.add_tensor("token_embd.weight", reader.tensor(EMBEDDING))
    writer.add_tensor("output_norm.weight", reader.tensor(OUTPUT_NORM))
    if not config.tied_embeddings:
        writer.add_tensor("output.weight", reader.tensor(OUTPUT))
    for layer in range(config.layers):
        for part, name in _PARTS.items():
            tensor = reader.tensor(layer_tensor(layer, part))
            heads = {"attn_q": config.heads, "attn_k": config.kv_heads}.get(name)
            writer.add_tensor(f"blk.{layer}.{name}.weight", interleaved(tensor, heads) if heads else tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def every_name(reader: SafetensorsWeights) -> list[str]:
    names = [layer_tensor(layer, part) for layer in range(reader.config.layers) for part in _PARTS]
    return [EMBEDDING, OUTPUT_NORM, *names] + ([] if reader.config.tied_embeddings else [OUTPUT])


@pytest.mark.parametrize("tied", [True, False])
def test_gguf_and_safetensors_hold_the_same_tensors(tmp_path: Path, tied: bool) -> None:
    folder = SafetensorsWeights(save_tiny_model(tmp_path / "m", "llama", tied=tied))
    file = GgufWeights(save_tiny_gguf(tmp_path / "m.gguf", folder))
    stored = float(np.float32(folder.config.norm_epsilon))  # GGUF keeps it in 32 bits
    assert file.config == replace(folder.config, norm_epsilon=stored)
    for name in every_name(folder):
        np.testing.assert_array_equal(file.tensor(name), folder.tensor(name))


def test_shards(tmp_path: Path) -> None:
    one = SafetensorsWeights(save_tiny_model(tmp_path / "one", "qwen3"))
    many = SafetensorsWeights(save_tiny_model(tmp_path / "many", "qwen3", shards=4))
    assert len(list((tmp_path / "many").glob("*.safetensors"))) > 1
    for name in every_name(one):
        np.testing.assert_array_equal(one.tensor(name), many.tensor(name))


@pytest.mark.parametrize(("dtype", "bits"), [("float16", 11), ("bfloat16", 8)])
def test_half_precision_is_widened(tmp_path: Path, dtype: str, bits: int) -> None:
    exact = SafetensorsWeights(save_tiny_model(tmp_path / "exact", "llama"))
    half = SafetensorsWeights(save_tiny_model(tmp_path / "half", "llama", dtype=dtype))
    name = layer_tensor(1, "mlp.up_proj")
    np.testing.assert_allclose(half.tensor(name), exact.tensor(name), rtol=2.0**-bits, atol=1e-6)
    assert half.tensor(name).dtype == np.float32
    assert (half.tensor(name) != exact.tensor(name)).any()


def test_merged_weights(tmp_path: Path) -> None:
    base = SafetensorsWeights(save_tiny_model(tmp_path / "m", "llama"))
    name = layer_tensor(0, "self_attn.k_proj")
    a, b = np.ones((2, 64), np.float32), np.zeros((32, 2), np.float32)
    b[5, 1] = 3
    merged = MergedWeights(base, {name: LoraDelta(a, b, 0.5)})
    expected = base.tensor(name).copy()
    expected[5] += 1.5
    np.testing.assert_allclose(merged.tensor(name), expected, rtol=1e-6)
    other = layer_tensor(1, "self_attn.k_proj")
    np.testing.assert_array_equal(merged.tensor(other), base.tensor(other))


def test_merging_does_not_depend_on_the_order_of_sums(tmp_path: Path) -> None:
    """Which threads change; or the same compiler would write other programs on another machine."""
    base = SafetensorsWeights(save_tiny_model(tmp_path / "m", "llama"))
    name = "model.layers.0.self_attn.q_proj.weight"
    rows, columns = base.tensor(name).shape
    random = np.random.default_rng(0)
    a, b = (random.normal(size=shape).astype(np.float32) for shape in ((64, columns), (rows, 64)))
    order = random.permutation(64)
    one, other = (
        MergedWeights(base, {name: LoraDelta(*pair, 0.5)}).tensor(name)
        for pair in ((a, b), (a[order], b[:, order]))
    )
    assert (b @ a != b[:, order] @ a[order]).any()
    assert (one == other).all()


@pytest.mark.parametrize(
    ("name", "rows", "columns", "message"),
    [
        ("model.layers.0.mlp.side_proj.weight", 32, 64, "no linear layer"),
        ("model.layers.2.mlp.up_proj.weight", 112, 64, "no linear layer"),
        ("model.layers.0.mlp.up_proj.weight", 1, 64, r"shape \(1, 64\), but the weight has \(112, 64\)"),
        ("model.layers.0.mlp.up_proj.weight", 112, 65, "shape"),
    ],
)
def test_deltas_that_fit_no_weight(tmp_path: Path, name: str, rows: int, columns: int, message: str) -> None:
    base = SafetensorsWeights(save_tiny_model(tmp_path / "m", "llama"))
    delta = LoraDelta(np.ones((2, columns), np.float32), np.ones((rows, 2), np.float32), 1.0)
    with pytest.raises(ModelError, match=message):
        MergedWeights(base, {name: delta})


def test_missing_tensors_are_named(tmp_path: Path) -> None:
    folder = SafetensorsWeights(save_tiny_model(tmp_path / "m", "llama"))
    with pytest.raises(ModelError, match=r"model\.layers\.9"):
        folder.tensor(layer_tensor(9, "mlp.up_proj"))
    file = GgufWeights(save_tiny_gguf(tmp_path / "m.gguf", folder))
    with pytest.raises(ModelError, match=r"blk\.9\.ffn_up"):
        file.tensor(layer_tensor(9, "mlp.up_proj"))


def test_damaged_gguf_files_are_errors_of_ours(tmp_path: Path) -> None:
    folder = SafetensorsWeights(save_tiny_model(tmp_path / "m", "llama"))
    whole = save_tiny_gguf(tmp_path / "m.gguf", folder).read_bytes()
    random, damaged = np.random.default_rng(0), tmp_path / "damaged.gguf"
    refused = 0
    for trial in range(150):
        data = bytearray(whole)
        if trial % 3 == 0:
            del data[int(random.integers(0, len(data))) :]
        else:
            for _ in range(4):
                data[int(random.integers(0, 6000))] = int(random.integers(0, 256))
        damaged.write_bytes(bytes(data))
        try:
            reader = open_weights("gguf", damaged)
            for name in every_name(folder):
                reader.tensor(name)
        except ModelError:
            refused += 1
    assert refused > 50


@pytest.mark.parametrize("size", [0, 5, 100, 5000])
def test_damaged_safetensors_files_are_errors_of_ours(tmp_path: Path, size: int) -> None:
    [path] = save_tiny_model(tmp_path / "m", "llama").glob("*.safetensors")
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ModelError):
        SafetensorsWeights(tmp_path / "m")
