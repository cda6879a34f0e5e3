"""A LoRA as the graph takes it: low-rank changes to the interpreter's linear layers, given with each pass.

The graph joins some of a model's linear layers into one, a site; the low-rank parts of a site's layers stand side by
side, each with columns of its own:

    site      layers                inputs   outputs
    qkv       q_proj k_proj v_proj  hidden   all heads' queries, then keys, then values
    out       o_proj                heads    hidden
    gate_up   gate_proj up_proj     hidden   2 x intermediate
    down      down_proj             intermediate  hidden

N layers, R rank of one layer's LoRA, G groups of W columns of a site.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from programasweights.lm.config import ModelConfig

__all__ = ["LORA_FACTOR", "SITES", "PackedLora", "module_sizes", "pack_lora", "site_sizes"]

F32 = npt.NDArray[np.float32]

SITES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
        "out": ("self_attn.o_proj",),
        "gate_up": ("mlp.gate_proj", "mlp.up_proj"),
        "down": ("mlp.down_proj",),
    }
)
"""Site -> the linear layers that the graph joins in it."""

LORA_FACTOR: Final = 0.5
"""The graph multiplies each of the two products by this; a power of two, so that nothing is rounded."""

_MOST_COLUMNS = 16
"""Of a group: ONNX Runtime shares out a product's columns to threads by 16, and how many a thread has decides in which
blocks it sums; fewer columns than two shares are never shared out."""


def module_sizes(config: ModelConfig) -> dict[str, tuple[int, int]]:
    """(outputs, inputs) of every linear layer of a decoder layer."""
    hidden, inner = config.hidden_size, config.feed_forward_size
    queries, keys = config.heads * config.head_dim, config.kv_heads * config.head_dim
    return {
        "self_attn.q_proj": (queries, hidden),
        "self_attn.k_proj": (keys, hidden),
        "self_attn.v_proj": (keys, hidden),
        "self_attn.o_proj": (hidden, queries),
        "mlp.gate_proj": (inner, hidden),
        "mlp.up_proj": (inner, hidden),
        "mlp.down_proj": (hidden, inner),
    }


def site_sizes(config: ModelConfig, site: str) -> tuple[int, int]:
    """(outputs, inputs) of a site."""
    sizes = [module_sizes(config)[module] for module in SITES[site]]
    return sum(outputs for outputs, _ in sizes), sizes[0][1]


@dataclass(frozen=True, eq=False)
class PackedLora:
    """The low-rank parts of every layer's sites, divided by `LORA_FACTOR`; a site that is not adapted is not there."""

    down: Mapping[str, F32]
    """Site -> (N, G, inputs, W)."""
    up: Mapping[str, F32]
    """Site -> (N, G * W, outputs)."""

    @property
    def nbytes(self) -> int:
        """Bytes of all parts."""
        return sum(array.nbytes for part in (self.down, self.up) for array in part.values())

    @cached_property
    def feeds(self) -> dict[str, Any]:
        """Graph input -> value, made once, because binding arrays anew each step takes longer than the arithmetic."""
        import onnxruntime as ort

        return {
            f"lora.{layer}.{site}.{kind}": ort.OrtValue.ortvalue_from_numpy(array[layer])
            for kind, part in (("down", self.down), ("up", self.up))
            for site, array in part.items()
            for layer in range(array.shape[0])
        }


def pack_lora(
    config: ModelConfig, parts: Mapping[str, tuple[npt.NDArray[Any], npt.NDArray[Any]]]
) -> PackedLora:
    """Pack a LoRA for the graph.

    Args:
        config: the model's shape.
        parts: linear layer (`self_attn.q_proj`) -> a (N, R, inputs) and b (N, outputs, R), any scale in b.
    """
    down, up = {}, {}
    for site, modules in SITES.items():
        outputs, inputs = site_sizes(config, site)
        rank = sum(parts[m][0].shape[1] for m in modules if m in parts)
        if not rank:
            continue
        groups = -(-rank // _MOST_COLUMNS)
        width = -(-rank // groups)
        narrow = np.zeros((config.layers, inputs, groups * width), np.float32)
        up[site] = np.zeros((config.layers, groups * width, outputs), np.float32)
        _fill(config, modules, parts, narrow, up[site])
        grouped = narrow.reshape(config.layers, inputs, groups, width)
        down[site] = np.ascontiguousarray(grouped.transpose(0, 2, 1, 3))
    return PackedLora(down, up)


def _fill(
    config: ModelConfig,
    modules: tuple[str, ...],
    parts: Mapping[str, tuple[npt.NDArray[Any], npt.NDArray[Any]]],
    down: F32,
    up: F32,
) -> None:
    """Write a site's layers side by side into down (N, inputs, columns) and up (N, columns, outputs)."""
    column = row = 0
    for module in modules:
        height = module_sizes(config)[module][0]
        if module in parts:
            a, b = parts[module]
            columns = slice(column, column + a.shape[1])
            down[:, :, columns] = a.transpose(0, 2, 1) / LORA_FACTOR
            up[:, columns, row : row + height] = b.transpose(0, 2, 1) / LORA_FACTOR
            column = columns.stop
        row += height
