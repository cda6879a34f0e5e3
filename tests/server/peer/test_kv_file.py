"""llama.cpp's session file: bytes written by hand, and numbers read back."""

import struct

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programasweights.lm.kv_cache import KvState
from programasweights.server.peer.kv_file import kv_file
from tests.server.peer.session_file import read_session

# 1 layer, 2 heads, 3 positions of 4 channels each: 100 * head + 10 * position + channel.
NUMBERS = np.array([[[[100 * h + 10 * p + d for d in range(4)] for p in range(3)] for h in range(2)]])
STATE = KvState(NUMBERS.astype(np.float16), (NUMBERS + 1000).astype(np.float16))

HEAD = struct.pack("<3I", 0x67677371, 3, 3) + struct.pack("<3i", 7, 8, 9)
CELLS = struct.pack("<2I", 1, 3) + struct.pack("<iIi iIi iIi", 0, 1, 0, 1, 1, 0, 2, 1, 0)
LAYERS = struct.pack("<2I", 1, 1)
KEYS_AS_THEY_ARE = [0, 1, 2, 3, 100, 101, 102, 103, 10, 11, 12, 13, 110, 111, 112, 113]
KEYS_AS_THEY_ARE += [20, 21, 22, 23, 120, 121, 122, 123]
KEYS_INTERLEAVED = [0, 2, 1, 3, 100, 102, 101, 103, 10, 12, 11, 13, 110, 112, 111, 113]
KEYS_INTERLEAVED += [20, 22, 21, 23, 120, 122, 121, 123]
VALUES = [1000 + 100 * h + 10 * p + d for h in range(2) for d in range(4) for p in range(3)]


@pytest.mark.parametrize(("architecture", "keys"), [("llama", KEYS_INTERLEAVED), ("qwen3", KEYS_AS_THEY_ARE)])
def test_every_byte(architecture: str, keys: list[int]) -> None:
    expected = HEAD + CELLS + LAYERS + struct.pack("<iQ", 1, 16) + struct.pack("<24e", *keys)
    expected += struct.pack("<iII", 1, 2, 8) + struct.pack("<24e", *VALUES)
    assert kv_file(STATE, [7, 8, 9], architecture=architecture) == expected


@settings(deadline=None)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 9), st.sampled_from([2, 4, 8]), st.integers(0, 9))
def test_it_reads_back(layers: int, heads: int, count: int, size: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    keys, values = draw.normal(size=(2, layers, heads, count, size)).astype(np.float16)
    tokens = draw.integers(0, 2**31, count).tolist()
    found = read_session(kv_file(KvState(keys, values), tokens, architecture="llama"))
    assert found.tokens == tokens
    assert found.positions == list(range(count))
    for layer in range(layers):
        for head in range(heads):
            columns = slice(head * size, (head + 1) * size)
            assert same(found.keys[layer][:, columns][:, 0::2], keys[layer, head, :, : size // 2])
            assert same(found.keys[layer][:, columns][:, 1::2], keys[layer, head, :, size // 2 :])
            assert same(found.values[layer][:, columns], values[layer, head])


def same(first: npt.NDArray[np.float16], second: npt.NDArray[np.float16]) -> bool:
    return first.shape == second.shape and first.tobytes() == second.tobytes()
