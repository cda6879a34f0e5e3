"""Writes the LoRA of a program as a mixture of learned matrices (the form `lora` of the continuous part).

The shares of a linear layer's basis matrices are read from one prefix token's last hidden state; the tokens are spread
over the linear layers. `training/forms.py` does the same in torch.

N layers of the interpreter, K linear layers in each, R rank, Q basis matrices, M slots.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["LoraBasis", "mix_lora"]

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]

_EPSILON = 1e-5


@dataclass(frozen=True)
class LoraBasis:
    """What a checkpoint has learned for writing LoRAs."""

    norm_scale: F32
    """(hidden,) of the layer norm over the compiler's hidden states."""
    norm_shift: F32
    """(hidden,)."""
    share_weights: F32
    """(N, K, Q, hidden)."""
    share_biases: F32
    """(N, K, Q)."""
    down: Mapping[str, F32]
    """Linear layer -> (N, Q, R, inputs), K of them in the order of the shares."""
    up: Mapping[str, F32]
    """Linear layer -> (N, Q, outputs, R)."""


def mix_lora(basis: LoraBasis, states: F32) -> dict[str, tuple[F64, F64]]:
    """The LoRA that the compiler's hidden states ask for.

    Args:
        basis: of the checkpoint.
        states: (M - 1, hidden) last hidden states at the prefix tokens.

    Returns:
        Linear layer -> a (N, R, inputs) and b (N, outputs, R).
    """
    normed = _layer_norm(states.astype(np.float64), basis)
    layers, modules = basis.share_biases.shape[:2]
    tokens = np.arange(layers * modules) * len(states) // (layers * modules)
    read = normed[tokens.reshape(layers, modules)]
    scores = np.einsum("nkqh,nkh->nkq", basis.share_weights.astype(np.float64), read)
    shares = np.tanh(scores + basis.share_biases)
    return {
        module: (
            np.einsum("nq,nqri->nri", shares[:, place], basis.down[module]),
            np.einsum("nq,nqor->nor", shares[:, place], basis.up[module]),
        )
        for place, module in enumerate(basis.down)
    }


def _layer_norm(states: F64, basis: LoraBasis) -> F64:
    centred = states - states.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
    normed: F64 = scaled * basis.norm_scale + basis.norm_shift
    return normed
