"""Projectors of programs whose inputs may hold pictures, in the cache folder by their digest.

Whoever compiles with a picture checkpoint keeps its projector here; programs only name it. A file is believed because
its content has the digest that it was asked for by.
"""

import os
import secrets

import numpy as np

from programasweights.errors import ModelIntegrityError, ModelNotFoundError
from programasweights.settings import settings
from programasweights.vision.projector import Projector, projector_shapes

__all__ = ["find_projector", "keep_projector"]

_FOLDER = "projectors"
_MOST_BYTES = 64_000_000


def keep_projector(projector: Projector) -> None:
    """Keep a projector for programs that name it."""
    from safetensors.numpy import save

    path = settings().cache_dir / _FOLDER / f"{projector.digest}.safetensors"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    part.write_bytes(save({name: np.ascontiguousarray(array) for name, array in vars(projector).items()}))
    os.replace(part, path)  # noqa: PTH105


def find_projector(digest: str) -> Projector:
    """The projector of that digest.

    Raises:
        ModelNotFoundError: it is not on this machine.
        ModelIntegrityError: its file was altered or damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = settings().cache_dir / _FOLDER / f"{digest}.safetensors"
    try:
        found = path.stat().st_size
        tensors = load(path.read_bytes()) if found <= _MOST_BYTES else {}
        names = set(projector_shapes(tokens=1, features=1, inner=1, hidden=1))
        projector = Projector(**tensors) if set(tensors) == names else None
        if projector is not None and projector.digest == digest:
            return projector
    except FileNotFoundError:
        raise ModelNotFoundError(
            f"the projector {digest[:12]}, through which the program takes pictures, is not on this machine. Compile "
            "any spec here with the picture checkpoint that the program was compiled with, and it will be kept."
        ) from None
    except (SafetensorError, ValueError, TypeError, AttributeError) as error:
        raise ModelIntegrityError(f"{path} is damaged ({error}); remove it.") from error
    raise ModelIntegrityError(f"{path} does not hold the projector that its name says; remove it.")
