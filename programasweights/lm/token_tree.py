"""Several continuations of one text read in one pass: a tree of tokens, in which each sees its own ancestors only.

The tokens stand in one row of the KV cache one after the other, whatever branch they belong to. Where rotary embedding
sees a token, and what it attends to, are inputs of the graph; this module computes them.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["branches"]


def branches(parents: Sequence[int], before: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """What the graph calls `places` and `bias` for T new tokens in a row that holds some already.

    Args:
        parents: for each new token the index of the one before it in its branch, which must be smaller than its own,
            or -1 if it follows what the row holds.
        before: positions that the row holds.

    Returns:
        Places (1, T), and the bias (1, 1, T, before + T).
    """
    count = len(parents)
    seen = np.eye(count, dtype=np.bool_)
    for token, parent in enumerate(parents):
        assert -1 <= parent < token
        if parent >= 0:
            seen[token] |= seen[parent]
    places = before + seen.sum(axis=1, dtype=np.int64) - 1
    bias = np.zeros((1, 1, count, before + count), np.float32)
    bias[0, 0, :, before:][~seen] = -np.inf
    return places[None], bias
