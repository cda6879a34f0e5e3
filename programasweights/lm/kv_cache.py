"""KV buffers that the engine appends to, row by row.

A cache has R rows of C positions. Each row belongs to one sequence; its first `lengths[row]` positions are
filled. Buffers are allocated at full size but only touched pages take memory, so a roomy C is cheap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from programasweights.lm.config import ModelConfig

__all__ = ["KvCache", "KvState"]

F16 = npt.NDArray[np.float16]
F32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class KvState:
    """Keys (after rotary embedding, at positions 0..P-1) and values of P positions, kept in float16."""

    keys: F16
    """(N, H_kv, P, D)."""
    values: F16
    """(N, H_kv, P, D)."""

    @property
    def positions(self) -> int:
        """P."""
        return int(self.keys.shape[2])

    @property
    def nbytes(self) -> int:
        """Bytes of keys and values."""
        return self.keys.nbytes + self.values.nbytes


class KvCache:
    """float32 buffers of shape (R, H_kv, C, D), one for keys and one for values in each of N layers."""

    def __init__(self, config: ModelConfig, rows: int, capacity: int) -> None:
        """Allocate an empty cache of R = `rows` and C = `capacity`."""
        self.rows = rows
        self.capacity = capacity
        self.lengths = np.zeros(rows, dtype=np.int32)
        shape = (rows, config.kv_heads, capacity, config.head_dim)
        self.keys = [np.zeros(shape, dtype=np.float32) for _ in range(config.layers)]
        self.values = [np.zeros(shape, dtype=np.float32) for _ in range(config.layers)]
        self._resident: list[KvState | None] = [None] * rows

    def load(self, row: int, state: KvState | None) -> None:
        """Make a row hold `state` and nothing after it; None empties the row.

        A row that still begins with this very state is not written again.
        """
        count = 0 if state is None else state.positions
        if state is not None and self._resident[row] is not state:
            for layer in range(len(self.keys)):
                self.keys[layer][row, :, :count] = state.keys[layer]
                self.values[layer][row, :, :count] = state.values[layer]
        self._resident[row] = state
        self.lengths[row] = count

    def read(self, row: int, start: int, stop: int) -> tuple[F32, F32]:
        """Copies of keys and values at positions start..stop-1, each (N, H_kv, stop - start, D)."""
        keys = np.stack([layer[row, :, start:stop] for layer in self.keys])
        values = np.stack([layer[row, :, start:stop] for layer in self.values])
        return keys, values

    def move(self, source: int, target: int) -> None:
        """Overwrite row `target` with the filled part of row `source`."""
        count = int(self.lengths[source])
        for buffers in (self.keys, self.values):
            for buffer in buffers:
                buffer[target, :, :count] = buffer[source, :, :count]
        self.lengths[target] = count
        self._resident[target] = self._resident[source]

    def swap(self, first: int, second: int) -> None:
        """Exchange two rows."""
        pair, count = [first, second], int(self.lengths[[first, second]].max())
        for buffers in (self.keys, self.values):
            for buffer in buffers:
                buffer[pair, :, :count] = buffer[pair[::-1], :, :count]
        self.lengths[pair] = self.lengths[pair[::-1]]
        self._resident[first], self._resident[second] = self._resident[second], self._resident[first]

    def rearrange(self, sources: Sequence[int], start: int) -> None:
        """Make each row i of the first ones what row sources[i] was, from position `start` on; they agree before it."""
        rows, count = list(sources), int(self.lengths[list(sources)].max())
        for buffers in (self.keys, self.values):
            for buffer in buffers:
                buffer[: len(rows), :, start:count] = buffer[rows, :, start:count]
        self.lengths[: len(rows)] = self.lengths[rows]
