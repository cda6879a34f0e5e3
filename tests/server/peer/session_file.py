"""Reads llama.cpp's session files, as an independent check of what is written."""

import struct
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Session", "read_session"]

F16 = npt.NDArray[np.float16]


class Session(NamedTuple):
    """P tokens and positions; for each of N layers keys and values (P, H_kv * D)."""

    tokens: list[int]
    positions: list[int]
    keys: list[F16]
    values: list[F16]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def numbers(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def halves(self, rows: int, columns: int) -> F16:
        found = np.frombuffer(self.data, "<f2", rows * columns, self.at).reshape(rows, columns)
        self.at += found.nbytes
        return found


def read_session(data: bytes) -> Session:
    """What a session file holds; fails on any field that is not as the loader wants it."""
    reader = _Reader(data)
    magic, version, count = reader.numbers("III")
    assert (magic, version) == (int.from_bytes(b"ggsq", "big"), 3)
    tokens = list(reader.numbers(f"{count}i"))
    assert reader.numbers("II") == (1, count)
    cells = [reader.numbers("iIi") for _ in range(count)]
    assert {cell[1:] for cell in cells} == {(1, 0)}
    transposed, layers = reader.numbers("II")
    assert transposed == 1
    keys, values = [], []
    for _ in range(layers):
        kind, row = reader.numbers("iQ")
        assert kind == 1
        keys.append(reader.halves(count, row // 2))
    for _ in range(layers):
        kind, size, width = reader.numbers("iII")
        assert (kind, size) == (1, 2)
        values.append(np.ascontiguousarray(reader.halves(width, count).T))
    assert reader.at == len(data)
    return Session(tokens, [cell[0] for cell in cells], keys, values)
