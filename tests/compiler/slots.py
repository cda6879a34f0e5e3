"""A compiler's slots in one call."""

import numpy as np
import numpy.typing as npt

from programasweights.compiler.checkpoint import Checkpoint
from programasweights.compiler.neural import read_prefix, write_slots
from programasweights.lm.engine import Engine

__all__ = ["slots_of"]


def slots_of(
    checkpoint: Checkpoint, engine: Engine, interpreter: Engine, ids: list[int]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Keys and values (N, H_kv, M, D) that the compiler writes after reading `ids`."""
    return write_slots(
        checkpoint, read_prefix(checkpoint, engine, interpreter, engine.embed(ids)), interpreter
    )
