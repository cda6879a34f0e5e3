"""Engines that let the compiler write: one of ours in torch, and vLLM (`vllm_rollouts.py`) behind the same interface.

Ours prefills a prompt once for all samples of it, and decodes with a static KV cache and the LoRA merged into the base
weights; on a GPU the step is compiled to CUDA graphs. `benchmarks/rollouts.py` compares it with `generate()`.

B prompts, G samples of each, S prompt tokens, L tokens of a sample at most.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch

from programasweights.training.batches import left_padded
from programasweights.training.token_file import Ids

__all__ = ["RolloutEngine", "Sample", "TorchRollouts", "choose_tokens", "merged_lora", "until_end"]


@dataclass(frozen=True)
class Sample:
    """One text that the compiler wrote."""

    ids: Ids
    """Its tokens, without the one that ends it."""
    finished: bool
    """Whether it ended before the limit."""


class RolloutEngine(Protocol):
    """Samples from the compiler as it is at the time of the call."""

    def sample(
        self, prompts: Sequence[Ids], *, group: int, limit: int, temperature: float, seed: int
    ) -> list[Sample]:
        """`group` samples of each prompt, prompt after prompt.

        Args:
            prompts: B prompts.
            group: G.
            limit: L.
            temperature: divides the logits; 0 for the most probable tokens.
            seed: decides all draws.
        """


class TorchRollouts:
    """Decoding of our own, on the weights that are trained."""

    def __init__(self, compiler: Any, end_ids: Sequence[int]) -> None:
        """Take a causal language model, perhaps with LoRA, and the tokens that end an answer."""
        self._compiler, self._ends = compiler, tuple(end_ids)
        self._base = compiler.get_base_model() if hasattr(compiler, "get_base_model") else compiler
        on_gpu = next(compiler.parameters()).device.type == "cuda"
        self._step = torch.compile(self._forward, mode="reduce-overhead") if on_gpu else self._forward

    def sample(
        self, prompts: Sequence[Ids], *, group: int, limit: int, temperature: float, seed: int
    ) -> list[Sample]:
        """`group` samples of each prompt, prompt after prompt."""
        was = self._compiler.training
        self._compiler.eval()
        with torch.no_grad(), merged_lora(self._compiler):
            rows = self._rows(prompts, group, limit, temperature, seed)
        self._compiler.train(was)
        return [until_end(row, self._ends) for row in rows]

    def _rows(
        self, prompts: Sequence[Ids], group: int, limit: int, temperature: float, seed: int
    ) -> list[list[int]]:
        """(B * G) rows of at most L tokens; what stands behind an end means nothing."""
        device = next(self._base.parameters()).device
        ids, mask = (part.to(device) for part in left_padded(prompts))
        generator = torch.Generator(device).manual_seed(seed)
        ends = torch.tensor(self._ends, device=device)
        logits, past = self._prefill(ids, mask, group, limit)
        places = mask.sum(1, keepdim=True).repeat_interleave(group, 0)
        room = mask.new_ones(ids.shape[0] * group, limit)
        whole = torch.cat([mask.repeat_interleave(group, 0), room], dim=1)
        done = torch.zeros(len(whole), dtype=torch.bool, device=device)
        written = []
        for number in range(limit):
            tokens = choose_tokens(logits, temperature, generator)
            written.append(tokens)
            done |= torch.isin(tokens[:, 0], ends)
            if number + 1 == limit or bool(done.all()):
                break
            logits = self._step(tokens, whole, places + number, past).clone()
        found: list[list[int]] = torch.cat(written, dim=1).tolist()
        return found

    def _prefill(
        self, ids: torch.Tensor, mask: torch.Tensor, group: int, limit: int
    ) -> tuple[torch.Tensor, Any]:
        """Logits (B * G, V) behind the prompts, and a static cache of S + L positions that holds them."""
        from transformers import DynamicCache, StaticCache

        positions = (mask.cumsum(1) - 1).clamp(min=0)
        done = self._base.model(
            input_ids=ids, attention_mask=mask, position_ids=positions, past_key_values=DynamicCache(),
            use_cache=True,
        )  # fmt: skip
        length = ids.shape[1]
        past = StaticCache(config=self._base.config, max_cache_len=length + limit)
        for layer, read in zip(past.layers, done.past_key_values.layers, strict=True):
            keys, values = (part.repeat_interleave(group, 0) for part in (read.keys, read.values))
            layer.lazy_initialization(keys, values)
            layer.keys[:, :, :length], layer.values[:, :, :length] = keys, values
            layer.cumulative_length.fill_(length)
        logits = self._base.lm_head(done.last_hidden_state[:, -1]).float()
        return logits.repeat_interleave(group, 0), past

    def _forward(
        self, tokens: torch.Tensor, mask: torch.Tensor, places: torch.Tensor, past: Any
    ) -> torch.Tensor:
        """Logits (B * G, V) behind one more token of each row."""
        done = self._base.model(
            input_ids=tokens, attention_mask=mask, position_ids=places, past_key_values=past, use_cache=True
        )
        logits: torch.Tensor = self._base.lm_head(done.last_hidden_state[:, -1]).float()
        return logits


@contextmanager
def merged_lora(compiler: Any) -> Iterator[None]:
    """Inside the block the LoRA is part of the base weights; behind it these are what they were, bit for bit.

    In place, because CUDA graphs remember where weights stand. In bfloat16 the sum is rounded, so samples are those of
    a slightly different model; their probabilities are always taken from the model that is trained.
    """
    if not hasattr(compiler, "disable_adapter"):
        yield
        return
    from peft.tuners.lora import LoraLayer

    layers = [module for module in compiler.modules() if isinstance(module, LoraLayer)]
    kept = [layer.base_layer.weight.detach().clone() for layer in layers]
    try:
        with torch.no_grad():
            for layer in layers:
                weight = layer.base_layer.weight
                weight.copy_(weight.float() + layer.get_delta_weight("default").float())
        with compiler.disable_adapter():
            yield
    finally:
        with torch.no_grad():
            for layer, weight in zip(layers, kept, strict=True):
                layer.base_layer.weight.copy_(weight)


def until_end(row: Sequence[int], ends: Sequence[int]) -> Sample:
    """A row of tokens up to the first that ends it."""
    places = [number for number, token in enumerate(row) if token in ends]
    return Sample(np.array(row[: places[0]] if places else row, dtype=np.int64), bool(places))


def choose_tokens(logits: torch.Tensor, temperature: float, generator: torch.Generator) -> torch.Tensor:
    """The next token of each row of logits (R, V), drawn or most probable: (R, 1)."""
    if temperature == 0:
        return logits.argmax(-1, keepdim=True)
    return torch.multinomial((logits / temperature).softmax(-1), 1, generator=generator)
