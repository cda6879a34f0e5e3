"""Gives every caller in the process the same encoder for the same name."""

import threading

from programasweights.errors import ModelNotFoundError
from programasweights.settings import settings
from programasweights.vision.encoders import DEFAULT_ENCODER, ENCODERS, Encoder, GridEncoder

__all__ = ["load_encoder"]

_loaded: dict[tuple[str, int], Encoder] = {}
_lock = threading.Lock()


def load_encoder(name: str = DEFAULT_ENCODER) -> Encoder:
    """An encoder, loaded (and fetched and converted) on first use.

    Args:
        name: "both", "efficientnet-lite2" or "rapidocr".

    Raises:
        ModelError: the encoder is not known, or its weights cannot be found, fetched, converted or loaded.
    """
    key = (name, settings().threads)
    with _lock:
        if key not in _loaded:
            _loaded[key] = _load(name)
        return _loaded[key]


def _load(name: str) -> Encoder:
    if name in ENCODERS:
        return GridEncoder(ENCODERS[name])
    raise ModelNotFoundError(f"there is no picture encoder {name!r}. Expected one of {', '.join(ENCODERS)}.")
