"""Moves keys along the rotary embedding: from the positions they were computed at to those they serve at.

A key at position p is its unrotated self turned by p * theta ** (-2i / D) in each plane i. The planes pair
channel i with channel i + D / 2 (half-rotation order).
"""

import numpy as np
import numpy.typing as npt

__all__ = ["rotate_keys"]


def rotate_keys(
    keys: npt.NDArray[np.floating], positions: npt.ArrayLike, theta: float
) -> npt.NDArray[np.float64]:
    """Turn keys forward by `positions`; negative positions undo a rotation.

    Args:
        keys: (..., M, D).
        positions: (M,) positions to move by.
        theta: base of the rotary frequencies.

    Returns:
        (..., M, D) in float64.
    """
    half = keys.shape[-1] // 2
    frequencies = theta ** -(np.arange(half, dtype=np.float64) / half)
    angles = np.asarray(positions, dtype=np.float64)[:, None] * frequencies
    cos, sin = np.cos(angles), np.sin(angles)
    first, second = keys[..., :half].astype(np.float64), keys[..., half:].astype(np.float64)
    return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)
