"""The torch float32 reference of a base model, by which the ONNX engines are judged.

A transformers model filled from the same weight reader as the engines, so that a difference is one of
arithmetic and never of weights. Slow and large; for tests, benchmarks and training only.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from programasweights.lm.config import ModelConfig
from programasweights.lm.weights import EMBEDDING, OUTPUT, OUTPUT_NORM, WeightReader, layer_tensor

__all__ = ["ReferenceModel", "empty_module"]

F32 = npt.NDArray[np.float32]

_NORMS = ("input_layernorm", "post_attention_layernorm")
_LINEARS = tuple(f"self_attn.{p}_proj" for p in "qkvo") + tuple(
    f"mlp.{p}_proj" for p in ("gate", "up", "down")
)


class ReferenceModel:
    """A decoder in torch float32. Keys are after rotary embedding, as everywhere."""

    def __init__(self, reader: WeightReader) -> None:
        """Build the model and copy all weights."""
        self.config = reader.config
        self.module = empty_module(reader.config)
        self.module.load_state_dict(_state(reader), strict=True)
        self.module.eval()

    def forward(
        self,
        ids: Sequence[int] | None = None,
        *,
        embeddings: F32 | None = None,
        past: tuple[F32, F32] | None = None,
        first_position: int | None = None,
    ) -> tuple[F32, F32, F32]:
        """Run T tokens after P past positions.

        Args:
            ids: T token ids, or
            embeddings: (T, hidden).
            past: keys and values, each (N, H_kv, P, D).
            first_position: position of the first of the T tokens for the rotary embedding; by default P.

        Returns:
            Logits (T, V), and keys and values of all P + T positions, each (N, H_kv, P + T, D).
        """
        cache = _cache(past)
        start = cache.get_seq_length()
        inputs: dict[str, Any] = (
            {"input_ids": torch.tensor([list(ids)])}
            if ids is not None
            else {"inputs_embeds": _tensor(embeddings)[None]}
        )
        count = next(iter(inputs.values())).shape[1]
        first = start if first_position is None else first_position
        with torch.inference_mode():
            output = self.module(
                **inputs,
                past_key_values=cache,
                position_ids=torch.arange(first, first + count)[None],
                cache_position=torch.arange(start, start + count),
                attention_mask=torch.ones(1, start + count, dtype=torch.long),
                use_cache=True,
            )
        keys, values = _arrays(output.past_key_values)
        return output.logits[0].numpy(), keys, values

    def greedy(self, ids: Sequence[int], count: int, *, past: tuple[F32, F32] | None = None) -> list[int]:
        """The next `count` tokens, each the most probable."""
        logits, keys, values = self.forward(ids, past=past)
        tokens = [int(logits[-1].argmax())]
        while len(tokens) < count:
            logits, keys, values = self.forward(tokens[-1:], past=(keys, values))
            tokens.append(int(logits[-1].argmax()))
        return tokens


def empty_module(config: ModelConfig, dtype: torch.dtype = torch.float32) -> Any:
    """A transformers model of this shape with random weights, on the current default device."""
    from transformers import AutoConfig, AutoModelForCausalLM

    settings = AutoConfig.for_model(
        config.architecture,
        vocab_size=config.vocab_size,
        hidden_size=config.hidden_size,
        intermediate_size=config.feed_forward_size,
        num_hidden_layers=config.layers,
        num_attention_heads=config.heads,
        num_key_value_heads=config.kv_heads,
        head_dim=config.head_dim,
        max_position_embeddings=config.context_length,
        rope_parameters={"rope_type": "default", "rope_theta": config.rope_theta},
        rms_norm_eps=config.norm_epsilon,
        tie_word_embeddings=config.tied_embeddings,
    )
    return AutoModelForCausalLM.from_config(settings, dtype=dtype)


def _state(reader: WeightReader) -> dict[str, torch.Tensor]:
    config = reader.config
    names = [EMBEDDING, OUTPUT_NORM]
    for layer in range(config.layers):
        names += [layer_tensor(layer, part) for part in (*_NORMS, *_LINEARS)]
        if config.attention_bias:
            names += [layer_tensor(layer, f"self_attn.{p}_proj", "bias") for p in "qkv"]
        if config.query_key_norm:
            names += [layer_tensor(layer, f"self_attn.{p}_norm") for p in "qk"]
    state = {name: _tensor(reader.tensor(name)) for name in names}
    state[OUTPUT] = state[EMBEDDING] if config.tied_embeddings else _tensor(reader.tensor(OUTPUT))
    return state


def _tensor(array: F32 | None) -> torch.Tensor:
    assert array is not None
    return torch.from_numpy(np.array(array))


def _cache(past: tuple[F32, F32] | None) -> Any:
    from transformers import DynamicCache

    cache = DynamicCache()
    if past is not None:
        for layer, (keys, values) in enumerate(zip(*past, strict=True)):
            cache.update(_tensor(keys)[None], _tensor(values)[None], layer)
    return cache


def _arrays(cache: Any) -> tuple[F32, F32]:
    keys = np.stack([layer.keys[0].numpy() for layer in cache.layers])
    return keys, np.stack([layer.values[0].numpy() for layer in cache.layers])
