"""The neural compiler in torch: reads specs, writes slots, and is scored by the frozen interpreter.

    open SPEC | prefix tokens            compiler, LoRA on every linear layer
                KV -> unrotate -> map -> rotate to 1..M-1, sink in slot 0
    [slots] PSEUDO-PROGRAM | INPUT > ANSWER    interpreter, frozen; loss on the answer's tokens

What `compiler/neural.py` does with numpy and the ONNX engine; a test compares both.
B specs, R rows, M slots, N layers, H KV heads, D head size.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from programasweights.training.batches import Batch

__all__ = ["LayerMap", "PrefixModel", "RowScores", "Slots", "evaluating", "rotate"]


@dataclass(frozen=True)
class Slots:
    """KV for the interpreter, rotated: for each layer keys and values (B, H, M, D)."""

    keys: tuple[torch.Tensor, ...]
    values: tuple[torch.Tensor, ...]

    def of(self, order: torch.Tensor) -> "Slots":
        """The slots of other specs of the batch, in the given order."""
        return Slots(tuple(k[order] for k in self.keys), tuple(v[order] for v in self.values))


@dataclass(frozen=True)
class RowScores:
    """How the interpreter rates the right answers."""

    nll: torch.Tensor
    """(R,) sum of -log p over an answer's tokens."""
    tokens: torch.Tensor
    """(R,) tokens of the answers."""
    exact: torch.Tensor
    """(R,) whether greedy decoding gives exactly this answer: each of its tokens is the most probable one."""


def rotate(keys: torch.Tensor, positions: torch.Tensor, theta: float) -> torch.Tensor:
    """Turn keys (B, H, M, D) forward by positions (B, M); negative ones undo a rotation."""
    half = keys.shape[-1] // 2
    frequencies = theta ** -(torch.arange(half, device=keys.device, dtype=torch.float32) / half)
    angles = positions[:, None, :, None].float() * frequencies
    cos, sin = angles.cos(), angles.sin()
    first, second = keys[..., :half].float(), keys[..., half:].float()
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)


class LayerMap(nn.Module):
    """x -> [x +] W2 silu(W1 x + b1) + b2; starts as the identity where it is residual."""

    def __init__(self, inputs: int, inner: int, outputs: int, *, residual: bool) -> None:
        super().__init__()
        self.first = nn.Linear(inputs, inner)
        self.second = nn.Linear(inner, outputs)
        self.residual = residual
        if residual:
            nn.init.zeros_(self.second.weight)
            nn.init.zeros_(self.second.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map (..., inputs) to (..., outputs)."""
        y: torch.Tensor = self.second(functional.silu(self.first(x)))
        return x + y if self.residual else y


class PrefixModel(nn.Module):
    """Compiler, prefix tokens, KV map, and the frozen interpreter that scores them."""

    sink_keys: torch.Tensor
    sink_values: torch.Tensor

    def __init__(
        self,
        compiler: nn.Module,
        interpreter: nn.Module,
        prefix: torch.Tensor,
        sink: tuple[torch.Tensor, torch.Tensor],
        maps: nn.ModuleList | None,
        layers: tuple[int, ...],
    ) -> None:
        """Put the parts together; nothing of the interpreter is trained.

        Args:
            compiler: a causal language model, perhaps with LoRA.
            interpreter: a causal language model.
            prefix: (M - 1, hidden) start of the prefix tokens.
            sink: keys and values (N, H, 1, D) of the interpreter's usual first token.
            maps: one `LayerMap` for each interpreter layer; None for the identity.
            layers: for each interpreter layer, the compiler layer that it reads.
        """
        super().__init__()
        self.compiler = compiler
        self.interpreter = interpreter.requires_grad_(False)
        self.prefix = nn.Parameter(prefix.clone())
        self.maps = maps
        self.layers = layers
        self.register_buffer("sink_keys", sink[0], persistent=False)
        self.register_buffer("sink_values", sink[1], persistent=False)

    def slots(self, ids: torch.Tensor, mask: torch.Tensor) -> Slots:
        """Compile specs (B, S), padded on the left."""
        batch, count = ids.shape[0], self.prefix.shape[0]
        table = self.compiler.get_input_embeddings()  # type: ignore[operator]
        words = table(ids)
        prefix = self.prefix.to(words.dtype)[None].expand(batch, -1, -1)
        whole = torch.cat([mask, mask.new_ones(batch, count)], dim=1)
        positions = (whole.cumsum(1) - 1).clamp(min=0)
        with _adapters_as_base(self.compiler):
            cache = _body(self.compiler)(
                inputs_embeds=torch.cat([words, prefix], dim=1),
                attention_mask=whole,
                position_ids=positions,
                use_cache=True,
            ).past_key_values
        last = positions[:, -count:]
        keys, values = [], []
        for number, layer in enumerate(self.layers):
            k, v = self._mapped(number, cache.layers[layer], last)
            keys.append(torch.cat([self._sink(self.sink_keys, number, batch), k], dim=2))
            values.append(torch.cat([self._sink(self.sink_values, number, batch), v], dim=2))
        return Slots(tuple(keys), tuple(values))

    def score(self, slots: Slots | None, batch: Batch) -> RowScores:
        """Rate the right answers of a batch's rows.

        Args:
            slots: of the batch's specs; None to leave the slots out, which is prompting.
            batch: pseudo-programs and rows.
        """
        kind = next(self.interpreter.parameters()).dtype
        past = _cache(slots, kind)
        size, slot_count = batch.program.shape[0], 0 if slots is None else slots.keys[0].shape[2]
        seen = torch.cat([batch.program_mask.new_ones(size, slot_count), batch.program_mask], dim=1)
        body = _body(self.interpreter)
        past = body(
            input_ids=batch.program,
            attention_mask=seen,
            position_ids=(seen.cumsum(1) - 1).clamp(min=0)[:, slot_count:],
            past_key_values=past,
            use_cache=True,
        ).past_key_values
        past = _spread(past, batch.owner)
        whole = torch.cat([seen[batch.owner], batch.rows_mask], dim=1)
        hidden = body(
            input_ids=batch.rows,
            attention_mask=whole,
            position_ids=(whole.cumsum(1) - 1).clamp(min=0)[:, seen.shape[1] :],
            past_key_values=past,
            use_cache=True,
        ).last_hidden_state
        return self._rate(hidden, batch)

    def forward(self, batch: Batch) -> RowScores:
        """Compile the batch's specs and rate its rows."""
        return self.score(self.slots(batch.compiler, batch.compiler_mask), batch)

    def _rate(self, hidden: torch.Tensor, batch: Batch) -> RowScores:
        """Scores from hidden states (R, L, hidden): logits are made only where an answer's token is next."""
        next_is_answer = batch.answer_mask[:, 1:].bool()
        chosen = hidden[:, :-1][next_is_answer]
        wanted = batch.rows[:, 1:][next_is_answer]
        logits = self.interpreter.get_output_embeddings()(chosen).float()  # type: ignore[operator]
        losses = functional.cross_entropy(logits, wanted, reduction="none")
        row = next_is_answer.nonzero()[:, 0]
        count = batch.rows.shape[0]
        zeros = losses.new_zeros(count)
        misses = zeros.index_add(0, row, (logits.argmax(-1) != wanted).float())
        return RowScores(
            zeros.index_add(0, row, losses), zeros.index_add(0, row, torch.ones_like(losses)), misses == 0
        )

    def _mapped(self, number: int, layer: Any, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The KV of one layer at the prefix tokens, mapped and at its slots: each (B, H, M - 1, D)."""
        count = positions.shape[1]
        keys = rotate(layer.keys[:, :, -count:], -positions, self._theta(self.compiler))
        values = layer.values[:, :, -count:].float()
        if self.maps is not None:
            heads, size = self.sink_keys.shape[1], self.sink_keys.shape[3]
            flat = torch.cat([_flat(keys), _flat(values)], dim=-1)
            both = self.maps[number](flat).view(flat.shape[0], count, 2, heads, size).permute(2, 0, 3, 1, 4)
            keys, values = both[0], both[1]
        places = torch.arange(1, count + 1, device=keys.device)[None].expand(keys.shape[0], -1)
        return rotate(keys, places, self._theta(self.interpreter)), values

    @staticmethod
    def _sink(sink: torch.Tensor, number: int, batch: int) -> torch.Tensor:
        return sink[number][None].expand(batch, -1, -1, -1).float()

    @staticmethod
    def _theta(model: nn.Module) -> float:
        return float(model.config.rope_parameters["rope_theta"])  # type: ignore[union-attr, index]


def _flat(part: torch.Tensor) -> torch.Tensor:
    """(B, H, M, D) -> (B, M, H * D)."""
    return part.permute(0, 2, 1, 3).flatten(2)


def _body(model: Any) -> Any:
    """The model without its output layer, whether or not adapters wrap it."""
    return (model.get_base_model() if hasattr(model, "get_base_model") else model).model


@contextmanager
def _adapters_as_base(model: Any) -> Iterator[None]:
    """Adapters compute in the type of the weights that they change, although they are kept in float32."""
    first = next(model.parameters())
    if first.dtype == torch.float32 or not hasattr(model, "get_base_model"):
        yield
        return
    from peft.helpers import disable_input_dtype_casting

    with disable_input_dtype_casting(model), torch.autocast(first.device.type, dtype=first.dtype):
        yield


def _cache(slots: Slots | None, kind: torch.dtype) -> Any:
    from transformers import DynamicCache

    cache = DynamicCache()
    if slots is not None:
        for layer, (keys, values) in enumerate(zip(slots.keys, slots.values, strict=True)):
            cache.update(keys.to(kind), values.to(kind), layer)
    return cache


def _spread(past: Any, owner: torch.Tensor) -> Any:
    """A cache with the rows `owner` of another."""
    from transformers import DynamicCache

    cache = DynamicCache()
    for number, layer in enumerate(past.layers):
        cache.update(layer.keys[owner], layer.values[owner], number)
    return cache


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """No gradients and no dropout inside the block."""
    was = model.training
    model.eval()
    with torch.no_grad():
        yield
    model.train(was)
