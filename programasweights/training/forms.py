"""The forms that the continuous part of a program can take, each written from what the compiler's pass left.

    KvPrefixForm   KV at the prefix tokens -> unrotate -> map -> rotate to 1..M-1, sink in slot 0
    LoraForm       hidden states of the prefix tokens -> shares of learned basis matrices -> a LoRA for the interpreter

B specs, M slots, N layers, H KV heads, D head size.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import nn
from torch.nn import functional

__all__ = ["Adapter", "Continuous", "KvPrefixForm", "LayerMap", "LoraForm", "Reading", "Slots", "rotate"]


@dataclass(frozen=True)
class Reading:
    """What the compiler's pass over spec, discrete program and prefix tokens leaves."""

    hidden: torch.Tensor
    """(B, S + M - 1, hidden) last hidden states."""
    layers: Sequence[Any]
    """For each compiler layer `keys` and `values` (B, H, S + M - 1, D)."""
    positions: torch.Tensor
    """(B, M - 1) positions of the prefix tokens."""


@dataclass(frozen=True)
class Slots:
    """KV for the interpreter, rotated: for each layer keys and values (B, H, M, D)."""

    keys: tuple[torch.Tensor, ...]
    values: tuple[torch.Tensor, ...]

    def of(self, order: torch.Tensor) -> "Slots":
        """The slots of the specs in `order`."""
        return Slots(tuple(k[order] for k in self.keys), tuple(v[order] for v in self.values))


@dataclass(frozen=True)
class Adapter:
    """A LoRA for each spec: by module of the interpreter, (B, rank, inputs) and (B, outputs, rank)."""

    parts: dict[str, tuple[torch.Tensor, torch.Tensor]]

    def of(self, order: torch.Tensor) -> "Adapter":
        """The adapters of the specs in `order`."""
        return Adapter({name: (a[order], b[order]) for name, (a, b) in self.parts.items()})

    @contextmanager
    def on(self, model: nn.Module) -> Iterator[None]:
        """Inside the block, row n of the model's input goes through the n-th adapter."""
        handles = [
            model.get_submodule(name).register_forward_hook(partial(_adapted, a, b))
            for name, (a, b) in self.parts.items()
        ]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()


@dataclass(frozen=True)
class Continuous:
    """The continuous part of B programs; a form that is not used is None."""

    slots: Slots | None = None
    adapter: Adapter | None = None

    def of(self, order: torch.Tensor) -> "Continuous":
        """The parts of the specs in `order`."""
        return Continuous(
            None if self.slots is None else self.slots.of(order),
            None if self.adapter is None else self.adapter.of(order),
        )


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


class KvPrefixForm(nn.Module):
    """A KV prefix: what `compiler/neural.py` does with numpy; a test compares both."""

    sink_keys: torch.Tensor
    sink_values: torch.Tensor

    def __init__(
        self,
        sink: tuple[torch.Tensor, torch.Tensor],
        maps: nn.ModuleList | None,
        layers: tuple[int, ...],
        thetas: tuple[float, float],
    ) -> None:
        """Put the form together.

        Args:
            sink: keys and values (N, H, 1, D) of the interpreter's usual first token.
            maps: one `LayerMap` for each interpreter layer; None for the identity.
            layers: for each interpreter layer, the compiler layer that it reads.
            thetas: bases of the rotary embeddings of compiler and interpreter.
        """
        super().__init__()
        self.maps, self.layers, self._thetas = maps, layers, thetas
        self.register_buffer("sink_keys", sink[0], persistent=False)
        self.register_buffer("sink_values", sink[1], persistent=False)

    def forward(self, reading: Reading) -> Slots:
        """Write slots 0..M-1."""
        keys, values = [], []
        batch = reading.positions.shape[0]
        for number, layer in enumerate(self.layers):
            k, v = self._mapped(number, reading.layers[layer], reading.positions)
            keys.append(torch.cat([self._sink(self.sink_keys, number, batch), k], dim=2))
            values.append(torch.cat([self._sink(self.sink_values, number, batch), v], dim=2))
        return Slots(tuple(keys), tuple(values))

    def _mapped(self, number: int, layer: Any, positions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The KV of one layer at the prefix tokens, mapped and at its slots: each (B, H, M - 1, D)."""
        count = positions.shape[1]
        keys = rotate(layer.keys[:, :, -count:], -positions, self._thetas[0])
        values = layer.values[:, :, -count:].float()
        if self.maps is not None:
            heads, size = self.sink_keys.shape[1], self.sink_keys.shape[3]
            flat = torch.cat([_flat(keys), _flat(values)], dim=-1)
            both = self.maps[number](flat).view(flat.shape[0], count, 2, heads, size).permute(2, 0, 3, 1, 4)
            keys, values = both[0], both[1]
        places = torch.arange(1, count + 1, device=keys.device)[None].expand(keys.shape[0], -1)
        return rotate(keys, places, self._thetas[1]), values

    @staticmethod
    def _sink(sink: torch.Tensor, number: int, batch: int) -> torch.Tensor:
        return sink[number][None].expand(batch, -1, -1, -1).float()


class LoraForm(nn.Module):
    """A LoRA of given rank for some of the interpreter's linear layers, as a mixture of `basis` learned ones.

    The shares of a layer's basis matrices are read from one prefix token's last hidden state; the tokens are
    spread over the layers. B starts at zero, so the adapter starts without effect.
    """

    def __init__(self, shapes: dict[str, tuple[int, int]], hidden: int, *, rank: int, basis: int) -> None:
        """Make the basis.

        Args:
            shapes: (outputs, inputs) of each adapted module of the interpreter, in the order of its layers.
            hidden: width of the compiler's hidden states.
            rank: of the adapter.
            basis: how many matrices are mixed.
        """
        super().__init__()
        self.names = tuple(shapes)
        self.norm = nn.LayerNorm(hidden)
        self.shares = nn.ModuleList(nn.Linear(hidden, basis) for _ in shapes)
        self.down = nn.ParameterList(
            nn.Parameter(torch.randn(basis, rank, inputs) / inputs**0.5) for _, inputs in shapes.values()
        )
        self.up = nn.ParameterList(
            nn.Parameter(torch.zeros(basis, outputs, rank)) for outputs, _ in shapes.values()
        )

    def forward(self, reading: Reading) -> Adapter:
        """Write an adapter for each spec."""
        count = reading.positions.shape[1]
        states = self.norm(reading.hidden[:, -count:].float())
        parts = {}
        for number, name in enumerate(self.names):
            token = number * count // len(self.names)
            shares = torch.tanh(self.shares[number](states[:, token]))
            parts[name] = (
                torch.einsum("bn,nri->bri", shares, self.down[number]),
                torch.einsum("bn,nor->bor", shares, self.up[number]),
            )
        return Adapter(parts)


def _adapted(
    a: torch.Tensor, b: torch.Tensor, _: nn.Module, given: tuple[torch.Tensor], out: torch.Tensor
) -> Any:
    kind = out.dtype
    inner = given[0] @ a.to(kind).transpose(1, 2)
    return out + inner @ b.to(kind).transpose(1, 2)


def _flat(part: torch.Tensor) -> torch.Tensor:
    """(B, H, M, D) -> (B, M, H * D)."""
    return part.permute(0, 2, 1, 3).flatten(2)
