"""Turns the features of a picture into embeddings that a language model reads among those of its tokens.

    start | W2 silu(W1 norm(features) + b1) + b2 + places | end

`training/pictures/projector.py` does the same in torch. Leaves out where the weights come from.

P feature vectors a picture, D features, I inner width, H hidden size of the language model.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

__all__ = ["Projector", "projector_shapes"]

F32 = npt.NDArray[np.float32]

_EPSILON = 1e-5


@dataclass(frozen=True, eq=False)
class Projector:
    """Trained weights; their names are those of the tensors in a picture checkpoint."""

    norm_scale: F32
    """(D,) of the layer norm over a feature vector."""
    norm_shift: F32
    """(D,)."""
    w1: F32
    """(I, D)."""
    b1: F32
    """(I,)."""
    w2: F32
    """(H, I)."""
    b2: F32
    """(H,)."""
    places: F32
    """(P, H), added: where in the picture a feature vector stands."""
    start: F32
    """(H,) the embedding before a picture."""
    end: F32
    """(H,) the embedding behind it."""

    def __call__(self, features: F32) -> F32:
        """The embeddings (P + 2, H) of one picture's features (P, D)."""
        wide = features.astype(np.float64)
        centred = wide - wide.mean(axis=-1, keepdims=True)
        normed = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        inner = (normed * self.norm_scale + self.norm_shift) @ self.w1.T.astype(np.float64) + self.b1
        # half of 1 + tanh(x / 2) is the sigmoid, without overflow
        active = inner * 0.5 * (1 + np.tanh(inner / 2))
        middle = active @ self.w2.T.astype(np.float64) + self.b2 + self.places
        return np.concatenate([self.start[None], middle.astype(np.float32), self.end[None]])

    @property
    def tokens(self) -> int:
        """P."""
        return int(self.places.shape[0])

    @property
    def features(self) -> int:
        """D."""
        return int(self.norm_scale.shape[0])

    @property
    def hidden(self) -> int:
        """H."""
        return int(self.b2.shape[0])

    @property
    def digest(self) -> str:
        """sha256 of all weights, as float32."""
        digest = hashlib.sha256(b"programasweights projector 1")
        for field in fields(self):
            array: F32 = getattr(self, field.name)
            digest.update(f"{field.name} {array.shape}".encode())
            digest.update(array.astype("<f4").tobytes())
        return digest.hexdigest()


def projector_shapes(*, tokens: int, features: int, inner: int, hidden: int) -> Mapping[str, tuple[int, ...]]:
    """Name -> shape of a projector's weights."""
    return {
        "norm_scale": (features,),
        "norm_shift": (features,),
        "w1": (inner, features),
        "b1": (inner,),
        "w2": (hidden, inner),
        "b2": (hidden,),
        "places": (tokens, hidden),
        "start": (hidden,),
        "end": (hidden,),
    }
