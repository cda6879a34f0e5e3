"""Maps the compiler's KV at its prefix tokens to KV for the interpreter (PAW, the continuous part).

One small MLP per interpreter layer reads a slot's unrotated key and value together. Between models of one
shape it is residual and may be absent, so that an untrained map is the identity.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["LayerMap", "map_slots"]

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LayerMap:
    """x -> [x +] W2 silu(W1 x + b1) + b2 for one layer; in = 2 H_kv D of the compiler, out of the interpreter."""

    w1: F32
    """(inner, in)."""
    b1: F32
    """(inner,)."""
    w2: F32
    """(out, inner)."""
    b2: F32
    """(out,)."""
    residual: bool
    """Whether x itself is added; then in = out."""

    def __call__(self, x: F64) -> F64:
        """Map slots (M, in) to (M, out)."""
        inner = x @ self.w1.T.astype(np.float64) + self.b1
        # exp of a large negative argument is 0, of a large positive one never taken
        active = np.where(inner > 0, inner / (1 + np.exp(-np.abs(inner))), inner * _small_sigmoid(inner))
        mapped: F64 = active @ self.w2.T.astype(np.float64) + self.b2
        return x + mapped if self.residual else mapped


def _small_sigmoid(x: F64) -> F64:
    """The sigmoid for x <= 0, without overflow."""
    e = np.exp(-np.abs(x))
    return np.asarray(e / (1 + e))


def map_slots(
    keys: F64,
    values: F64,
    maps: tuple[LayerMap, ...] | None,
    layers: tuple[int, ...],
    kv_shape: tuple[int, int, int],
) -> tuple[F64, F64]:
    """Map unrotated keys and values of M prefix tokens from the compiler to the interpreter.

    Args:
        keys: (N_c, H_c, M, D_c), unrotated.
        values: (N_c, H_c, M, D_c).
        maps: one map for each of the interpreter's N layers, or None for the identity.
        layers: for each of the N layers, the compiler layer that it reads.
        kv_shape: the interpreter's (N, H_kv, D).

    Returns:
        Unrotated keys and values, each (N, H_kv, M, D).
    """
    if maps is None:
        return keys[list(layers)], values[list(layers)]
    _, heads, size = kv_shape
    mapped = [m(_flatten(keys[layer], values[layer])) for m, layer in zip(maps, layers, strict=True)]
    out = np.stack(mapped).reshape(len(mapped), keys.shape[2], 2, heads, size).transpose(2, 0, 3, 1, 4)
    return out[0], out[1]


def _flatten(keys: F64, values: F64) -> F64:
    """(H, M, D) twice -> (M, 2 H D): a slot's key, head after head, then its value."""
    slots = keys.shape[1]
    both = [part.transpose(1, 0, 2).reshape(slots, -1) for part in (keys, values)]
    return np.concatenate(both, axis=1)
