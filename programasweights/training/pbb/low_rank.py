"""A LoRA on every linear layer of a torch model, perhaps beside a primed one, and back into a program's form.

A primed LoRA is frozen and takes part in every pass; what is written is the sum of both, which is one LoRA of the
summed rank. So a program holds all it needs, and the interpreter stays the same small model.

N layers, R rank of what is trained, P rank of the primed LoRA.
"""

from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from programasweights.lm.config import ModelConfig
from programasweights.lm.lora import module_sizes
from programasweights.program import Lora

__all__ = ["LowRank", "attach", "written_lora"]

_LARGEST = float(np.finfo(np.float16).max)


class LowRank(nn.Module):
    """A linear layer with a low-rank change, which starts without effect."""

    primed_a: torch.Tensor
    primed_b: torch.Tensor

    def __init__(
        self, base: nn.Linear, a: torch.Tensor, primed: tuple[torch.Tensor, torch.Tensor] | None
    ) -> None:
        """Wrap a layer.

        Args:
            base: frozen.
            a: (R, inputs) start of the first matrix; the second starts at zero.
            primed: a (P, inputs) and b (outputs, P), frozen.
        """
        super().__init__()
        (rank, inputs), outputs = a.shape, base.weight.shape[0]
        self.base = base
        self.a = nn.Parameter(a)
        self.b = nn.Parameter(torch.zeros(outputs, rank))
        a, b = primed or (torch.zeros(0, inputs), torch.zeros(outputs, 0))
        self.register_buffer("primed_a", a)
        self.register_buffer("primed_b", b)

    @property
    def whole(self) -> tuple[torch.Tensor, torch.Tensor]:
        """a (P + R, inputs) and b (outputs, P + R)."""
        return torch.cat([self.primed_a, self.a]), torch.cat([self.primed_b, self.b], dim=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., inputs) to (..., outputs), in the type of x."""
        a, b = (part.to(x.dtype) for part in self.whole)
        out: torch.Tensor = self.base(x) + functional.linear(functional.linear(x, a), b)
        return out


def attach(model: Any, config: ModelConfig, *, rank: int, primed: Lora | None, seed: int) -> None:
    """Wrap every linear layer of a model's decoder layers, in place.

    Args:
        model: a causal language model; its weights are frozen.
        config: its shape.
        rank: R.
        primed: of the same linear layers.
        seed: of the start.
    """
    generator = torch.Generator().manual_seed(seed)
    model.requires_grad_(False)
    for number, layer in enumerate(model.model.layers):
        for name, (_, inputs) in module_sizes(config).items():
            parent, _, own = name.rpartition(".")
            before = None
            if primed is not None:
                a, b = (torch.from_numpy(part[number].astype(np.float32)) for part in primed.parts[name])
                before = (a, b)
            holder = layer.get_submodule(parent)
            start = torch.randn(rank, inputs, generator=generator) / inputs**0.5
            setattr(holder, own, LowRank(getattr(holder, own), start, before))


def written_lora(model: Any, config: ModelConfig) -> Lora:
    """The sum of primed and trained LoRA, as a program holds it."""
    stored = {}
    for name in module_sizes(config):
        wholes = [layer.get_submodule(name).whole for layer in model.model.layers]
        for part, matrices in zip("ab", zip(*wholes, strict=True), strict=True):
            stacked = torch.stack(matrices).detach().cpu().clamp(-_LARGEST, _LARGEST)
            stored[f"{name}.{part}"] = stacked.numpy().astype(np.float16)
    return Lora(stored)
