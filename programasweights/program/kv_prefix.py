"""The continuous part of a program: keys and values for M prefix slots, stored as float16 or as int8.

Letters: N layers, H_kv KV heads, M slots, D head size. What is stored is the truth and float16 is derived
from it: an int8 prefix keeps its codes and scales, so it decodes to the same numbers before `dump` and
after `load`. Quantising a second time need not give the same codes, and never happens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from programasweights.errors import ProgramError

Storage = Literal["f16", "int8"]
Float16 = NDArray[np.float16]
PrefixShape = tuple[int, int, int, int]

MAX_CODE: Final = 127
# The largest float16 whose 127-fold still rounds to a finite float16.
MAX_SCALE: Final = np.float32(515.5)


def stored_layout(storage: Storage, shape: PrefixShape) -> dict[str, tuple[np.dtype[Any], PrefixShape]]:
    """Name -> (dtype, shape) of the arrays that hold a prefix of `shape` (N, H_kv, M, D)."""
    layers, heads, slots, size = shape
    half, code = np.dtype(np.float16), np.dtype(np.int8)
    if storage == "f16":
        return {"keys": (half, shape), "values": (half, shape)}
    return {
        "keys": (code, shape),
        "keys_scale": (half, (layers, heads, 1, size)),
        "values": (code, shape),
        "values_scale": (half, (layers, heads, slots, 1)),
    }


@dataclass(frozen=True, eq=False, repr=False)
class KvPrefix:
    """Keys and values that are put in front of the interpreter's own, one pair per slot, layer and KV head.

    Make one with `KvPrefix.from_arrays`. It is immutable and owns its arrays.

    Raises ProgramError for arrays with other names, types or shapes than `stored_layout` gives, for NaN and
    infinities, and for codes or scales that no quantisation here produces.
    """

    stored: Mapping[str, NDArray[Any]]
    """The arrays as they stand in a file: keys, values (N, H_kv, M, D), float16 or int8; with int8 also
    keys_scale (N, H_kv, 1, D) and values_scale (N, H_kv, M, 1), float16."""
    keys: Float16 = field(init=False)
    """(N, H_kv, M, D), after rotary embedding at positions 0..M-1."""
    values: Float16 = field(init=False)
    """(N, H_kv, M, D)."""

    def __post_init__(self) -> None:
        _check_layout(self.stored, self.storage)
        stored = {name: _frozen(self.stored[name]) for name in sorted(self.stored)}
        object.__setattr__(self, "stored", MappingProxyType(stored))
        for name in ("keys", "values"):
            array = stored[name] if self.storage == "f16" else _dequantise(name, stored)
            if not np.isfinite(array).all():
                raise ProgramError(
                    f"the prefix's {name} have NaN or infinite numbers; only finite ones are allowed"
                )
            object.__setattr__(self, name, array)

    @classmethod
    def from_arrays(cls, keys: Float16, values: Float16, *, storage: Storage = "f16") -> "KvPrefix":
        """A prefix from float16 `keys`, after rotary embedding, and `values`, both (N, H_kv, M, D).

        With storage "int8" they are rounded to 8 bits: keys with one scale per channel, because a few
        channels of keys are far larger than the rest in every slot, and values with one scale per slot.
        """
        exact = cls({"keys": keys, "values": values})
        if storage == "f16":
            return exact
        key_codes, keys_scale = _quantise(exact.keys, axis=2)
        value_codes, values_scale = _quantise(exact.values, axis=3)
        return cls(
            {"keys": key_codes, "keys_scale": keys_scale, "values": value_codes, "values_scale": values_scale}
        )

    @property
    def storage(self) -> Storage:
        """How the numbers are stored: "f16" or "int8"."""
        return "int8" if "keys_scale" in self.stored else "f16"

    @property
    def shape(self) -> PrefixShape:
        """(N, H_kv, M, D)."""
        layers, heads, slots, size = self.keys.shape
        return layers, heads, slots, size

    @property
    def slots(self) -> int:
        """M."""
        return self.shape[2]

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays as stored."""
        return sum(array.nbytes for array in self.stored.values())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KvPrefix):
            return NotImplemented
        # Bytes, not numbers: 0.0 and -0.0 make different files, hence different programs.
        return self._contents() == other._contents()

    def __hash__(self) -> int:
        return hash(self._contents())

    def __reduce__(self) -> tuple[type["KvPrefix"], tuple[dict[str, NDArray[Any]]]]:
        # Pickled arrays come back writeable, so a copy in another process is built anew.
        return KvPrefix, (dict(self.stored),)

    def __repr__(self) -> str:
        return f"KvPrefix(shape={self.shape}, storage={self.storage!r})"

    def _contents(self) -> tuple[object, ...]:
        return (self.shape, *((name, array.tobytes()) for name, array in self.stored.items()))


def _quantise(array: Float16, *, axis: int) -> tuple[NDArray[np.int8], Float16]:
    """Codes (N, H_kv, M, D) from -127 to 127, and a float16 scale per line along `axis`, which becomes 1."""
    exact = array.astype(np.float32)
    largest = np.abs(exact).max(axis=axis, keepdims=True)
    scale = np.minimum(largest / np.float32(MAX_CODE), MAX_SCALE).astype(np.float16)
    # The rounded scale, because it is the one the reader has. Lines too small for any scale become zeros.
    divisor = np.where(scale > 0, scale, np.inf).astype(np.float32)
    codes = np.clip(np.rint(exact / divisor), -MAX_CODE, MAX_CODE).astype(np.int8)
    return codes, scale


def _dequantise(name: str, stored: Mapping[str, NDArray[Any]]) -> Float16:
    """The float16 numbers (N, H_kv, M, D) that the codes `name` and their scale stand for."""
    codes, scale = stored[name], stored[f"{name}_scale"]
    if not np.isfinite(scale).all() or np.signbit(scale).any():
        raise ProgramError(
            f"the {name}_scale has negative, NaN or infinite numbers; expected finite ones, 0 or more"
        )
    if (codes < -MAX_CODE).any():
        raise ProgramError(f"the prefix's {name} have the code -128; codes go from -{MAX_CODE} to {MAX_CODE}")
    # 7 bits times 11 bits is exact in float32: one rounding, to float16, and the same on every machine.
    product = codes.astype(np.float32) * scale.astype(np.float32)
    with np.errstate(over="ignore"):  # an overflow is an infinity, which the caller refuses
        return _frozen(product.astype(np.float16))


def _check_layout(stored: Mapping[str, NDArray[Any]], storage: Storage) -> None:
    if "keys" not in stored or stored["keys"].ndim != 4 or 0 in stored["keys"].shape:
        raise ProgramError(
            "a prefix needs keys of shape (layers, KV heads, slots, head size), none of them 0"
        )
    layers, heads, slots, size = stored["keys"].shape
    expected = stored_layout(storage, (layers, heads, slots, size))
    found = {name: (array.dtype, array.shape) for name, array in stored.items()}
    if found != expected:
        raise ProgramError(f"the prefix's arrays are {_in_words(found)}; expected {_in_words(expected)}")


def _in_words(layout: Mapping[str, tuple[np.dtype[Any], tuple[int, ...]]]) -> str:
    return ", ".join(f"{name} {dtype} {shape}" for name, (dtype, shape) in sorted(layout.items()))


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    """A C-contiguous copy that nobody can write to."""
    copy = np.array(array, order="C", copy=True)
    copy.setflags(write=False)
    return copy
