"""The part of a program that changes the interpreter's linear layers: a LoRA, one low-rank change for each of them.

Letters: N layers, R rank. The same linear layers are changed in every decoder layer, so a linear layer's parts are
stacked over the layers. Any scale stands in `b`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from programasweights.errors import ProgramError

Float16 = NDArray[np.float16]
ModuleSizes = Mapping[str, tuple[int, int]]
"""Linear layer -> (outputs, inputs)."""

NO_MODULES: Final[ModuleSizes] = MappingProxyType({})


def lora_layout(
    layers: int, rank: int, modules: ModuleSizes
) -> dict[str, tuple[np.dtype[Any], tuple[int, ...]]]:
    """Name -> (dtype, shape) of the arrays that hold a LoRA, two for each linear layer."""
    half = np.dtype(np.float16)
    layout: dict[str, tuple[np.dtype[Any], tuple[int, ...]]] = {}
    for name, (outputs, inputs) in modules.items():
        layout[f"{name}.a"] = (half, (layers, rank, inputs))
        layout[f"{name}.b"] = (half, (layers, outputs, rank))
    return layout


@dataclass(frozen=True, eq=False, repr=False)
class Lora:
    """Low-rank changes of the interpreter's linear layers: W becomes W + b @ a in each of N layers.

    It is immutable and owns its arrays. Raises ProgramError for arrays that are not float16 pairs of one rank, and for
    NaN and infinities.
    """

    stored: Mapping[str, NDArray[Any]]
    """`{module}.a` (N, R, inputs) and `{module}.b` (N, outputs, R), float16; a module is a linear layer's name, such as
    `self_attn.q_proj`."""

    def __post_init__(self) -> None:
        stored = {name: _frozen(self.stored[name]) for name in sorted(self.stored)}
        object.__setattr__(self, "stored", MappingProxyType(stored))
        found = {name: (array.dtype, array.shape) for name, array in stored.items()}
        if not found or any(array.ndim != 3 or 0 in array.shape for array in stored.values()):
            raise ProgramError("a LoRA needs parts of three dimensions, none of them 0")
        if {name.rpartition(".")[2] for name in stored} != {"a", "b"} or len(stored) % 2:
            raise ProgramError(f"a LoRA's parts come in pairs .a and .b; found {', '.join(stored)}")
        if any(f"{name[:-1]}b" not in stored for name in stored if name.endswith(".a")):
            raise ProgramError(f"a LoRA's parts come in pairs .a and .b; found {', '.join(stored)}")
        expected = lora_layout(self.layers, self.rank, self.modules)
        if found != expected:
            raise ProgramError(f"the LoRA's parts do not fit together: {found}; expected {expected}")
        if not all(np.isfinite(array).all() for array in stored.values()):
            raise ProgramError("the LoRA has NaN or infinite numbers; only finite ones are allowed")

    @property
    def layers(self) -> int:
        """N."""
        return int(next(iter(self.stored.values())).shape[0])

    @property
    def rank(self) -> int:
        """R."""
        return int(next(array for name, array in self.stored.items() if name.endswith(".a")).shape[1])

    @property
    def modules(self) -> dict[str, tuple[int, int]]:
        """Linear layer -> (outputs, inputs)."""
        names = [name[:-2] for name in self.stored if name.endswith(".a")]
        return {n: (self.stored[f"{n}.b"].shape[1], self.stored[f"{n}.a"].shape[2]) for n in names}

    @property
    def parts(self) -> dict[str, tuple[Float16, Float16]]:
        """Linear layer -> a (N, R, inputs) and b (N, outputs, R)."""
        return {name: (self.stored[f"{name}.a"], self.stored[f"{name}.b"]) for name in self.modules}

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays as stored."""
        return sum(array.nbytes for array in self.stored.values())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lora):
            return NotImplemented
        return self._contents() == other._contents()

    def __hash__(self) -> int:
        return hash(self._contents())

    def __reduce__(self) -> tuple[type["Lora"], tuple[dict[str, NDArray[Any]]]]:
        # Pickled arrays come back writeable, so a copy in another process is built anew.
        return Lora, (dict(self.stored),)

    def __repr__(self) -> str:
        return f"Lora(rank={self.rank}, modules={list(self.modules)})"

    def _contents(self) -> tuple[object, ...]:
        return tuple((name, array.shape, array.tobytes()) for name, array in self.stored.items())


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    """A C-contiguous copy that nobody can write to."""
    copy = np.array(array, order="C", copy=True)
    copy.setflags(write=False)
    return copy
