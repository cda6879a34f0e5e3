"""Tiny random base models on disk, for tests that need the real path but not real weights."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers
from tokenizers.decoders import ByteLevel

from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.settings import Precision

__all__ = ["CONTROL_TOKENS", "byte_tokenizer", "load_tiny_engine", "save_tiny_model", "tiny_config"]

CONTROL_TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]


def byte_tokenizer() -> Tokenizer:
    """A tokenizer of single bytes and three control tokens."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {token: index for index, token in enumerate([*CONTROL_TOKENS, *letters])}
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevel()
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t in CONTROL_TOKENS])
    return tokenizer


def tiny_config(architecture: str, *, tied: bool = True) -> dict[str, Any]:
    """A config of 2 layers whose sizes are all different, and not all multiples of a quantisation block."""
    return {
        "vocab_size": 256 + len(CONTROL_TOKENS),
        "hidden_size": 64,
        "intermediate_size": 112,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 32 if architecture == "qwen3" else 16,
        "max_position_embeddings": 1024,
        "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0},
        "tie_word_embeddings": tied,
        "eos_token_id": 2,
        "bos_token_id": 0,
        "pad_token_id": 0,
    }


def load_tiny_engine(base: Path, precision: Precision) -> Engine:
    """The engine of a random Llama, made and converted in `base`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAW_CACHE_DIR", str(base / "cache"))
        return load_engine(str(save_tiny_model(base / "llama", "llama", seed=5)), precision=precision)


def save_tiny_model(
    folder: Path,
    architecture: str,
    *,
    seed: int = 0,
    tied: bool = True,
    shards: int = 1,
    dtype: str = "float32",
) -> Path:
    """Save a random model of `architecture` (llama, qwen2 or qwen3) with its tokenizer; returns the folder."""
    from transformers import AutoConfig, AutoModelForCausalLM

    torch.manual_seed(seed)
    config = AutoConfig.for_model(architecture, **tiny_config(architecture, tied=tied))
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    for name, parameter in model.named_parameters():
        with torch.no_grad():
            # Large enough that attention, norms and biases all leave a mark on the logits.
            parameter.normal_(1.0 if "norm" in name else 0.0, 0.3 if "norm" in name else 0.15)
    folder.mkdir(parents=True, exist_ok=True)
    size = sum(p.numel() * 4 for p in model.parameters())
    model.to(getattr(torch, dtype)).save_pretrained(folder, max_shard_size=size // shards + 1)
    byte_tokenizer().save(str(folder / "tokenizer.json"))
    assert json.loads((folder / "config.json").read_text())["model_type"] == architecture
    return folder
