"""A program's KV as the session file that llama.cpp loads in place of evaluating a prompt.

The layout is llama.cpp's for one sequence without flash attention, little-endian:

    u32 magic, u32 version, u32 P, i32 tokens[P]
    u32 streams = 1, u32 cells = P; for each cell: i32 position, u32 sequences = 1, i32 sequence 0
    u32 values transposed = 1, u32 N
    for each layer: i32 type, u64 bytes of a row, keys float16 [P][H_kv * D]
    for each layer: i32 type, u32 bytes of a number, u32 H_kv * D, values float16 [H_kv * D][P]

The loader takes the file if its tokens are those of the prompt; what the KV was computed from is not its
concern. GGUF files of the Llama family keep the two rotary halves of each head interleaved, so keys are
permuted for them.
"""

import struct

import numpy as np
import numpy.typing as npt

from programasweights.lm.kv_cache import KvState

__all__ = ["MAGIC", "VERSION", "kv_file"]

MAGIC = 0x67677371
VERSION = 3
_F16 = 1
"""ggml's number for the type float16."""


def kv_file(state: KvState, tokens: list[int], *, architecture: str) -> bytes:
    """The session file for `state`.

    Args:
        state: keys, after rotary embedding, and values of P positions.
        tokens: P token ids, those of the prompt that the state stands for.
        architecture: the GGUF file's, which decides the order of channels in a key.
    """
    count = state.positions
    assert len(tokens) == count
    parts = [
        struct.pack("<III", MAGIC, VERSION, count),
        np.array(tokens, "<i4").tobytes(),
        struct.pack("<II", 1, count),
        _cells(count),
        struct.pack("<II", 1, len(state.keys)),
    ]
    keys = _interleaved(state.keys) if architecture == "llama" else state.keys
    for layer in keys:
        rows = layer.swapaxes(0, 1).reshape(count, -1)
        parts += [struct.pack("<iQ", _F16, 2 * rows.shape[1]), rows.astype("<f2").tobytes()]
    for layer in state.values:
        columns = layer.swapaxes(1, 2).reshape(-1, count)
        parts += [struct.pack("<iII", _F16, 2, len(columns)), columns.astype("<f2").tobytes()]
    return b"".join(parts)


def _cells(count: int) -> bytes:
    cells = np.zeros((count, 3), "<i4")
    cells[:, 0] = np.arange(count)
    cells[:, 1] = 1
    return cells.tobytes()


def _interleaved(keys: npt.NDArray[np.float16]) -> npt.NDArray[np.float16]:
    """Keys (N, H_kv, P, D) with channel i next to channel i + D / 2, the one it is rotated with."""
    halves = keys.reshape(*keys.shape[:-1], 2, keys.shape[-1] // 2)
    return np.ascontiguousarray(halves.swapaxes(-1, -2)).reshape(keys.shape)
