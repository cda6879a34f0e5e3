"""The mark network with torch: every convolution but the last ones is followed by a batch norm while it learns.

`exported` folds the norms into the convolutions, which gives what `vision/marks` runs.
"""

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from programasweights.vision.marks.network import NetworkShape, layers, run_network

__all__ = ["MarkNet"]

_HEADS = ("marks", "links")
_SELDOM = -4.0
"""Log odds of a mark in a cell before anything is learned."""


class MarkNet(nn.Module):
    """Ink (B, 1, H, W) to the maps `marks` and `links`."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.shape = shape
        self.convolutions, self.norms = nn.ModuleDict(), nn.ModuleDict()
        for name, layer in layers(shape).items():
            made = nn.Conv2d(
                layer.inputs,
                layer.outputs,
                layer.kernel,
                layer.stride,
                layer.kernel // 2,
                bias=name in _HEADS,
            )
            self.convolutions[_key(name)] = made
            if name in _HEADS:
                assert made.bias is not None
                nn.init.zeros_(made.bias)
                made.bias.data[0] = _SELDOM
            else:
                nn.init.kaiming_normal_(made.weight, nonlinearity="relu")
                self.norms[_key(name)] = nn.BatchNorm2d(layer.outputs)

    def forward(self, ink: torch.Tensor) -> dict[str, torch.Tensor]:
        """The maps, each (B, channels, H/4, W/4)."""
        return run_network(self, self.shape, ink)

    def convolution(self, name: str, value: torch.Tensor) -> torch.Tensor:
        """A layer and its norm."""
        found = self.convolutions[_key(name)](value)
        return found if name in _HEADS else self.norms[_key(name)](found)  # type: ignore[no-any-return]

    def active(self, value: torch.Tensor) -> torch.Tensor:
        """ReLU."""
        return nn.functional.relu(value)

    def add(self, one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        """Their sum."""
        return one + other

    def doubled(self, value: torch.Tensor) -> torch.Tensor:
        """Every cell four times."""
        return nn.functional.interpolate(value, scale_factor=2, mode="nearest")

    def exported(self) -> dict[str, npt.NDArray[np.float32]]:
        """`NAME.weight` and `NAME.bias` of every layer, norms folded in."""
        found = {}
        for name in layers(self.shape):
            made = self.convolutions[_key(name)]
            assert isinstance(made, nn.Conv2d)
            weight, bias = made.weight.detach(), made.bias
            if name not in _HEADS:
                norm = self.norms[_key(name)]
                assert isinstance(norm, nn.BatchNorm2d)
                assert norm.running_mean is not None
                assert norm.running_var is not None
                factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
                weight = weight * factor[:, None, None, None]
                bias = nn.Parameter(norm.bias - norm.running_mean * factor)
            assert bias is not None
            found[f"{name}.weight"] = weight.detach().float().cpu().numpy()
            found[f"{name}.bias"] = bias.detach().float().cpu().numpy()
        return found


def _key(name: str) -> str:
    """A name as modules may have it."""
    return name.replace(".", "_")
