"""Gives every caller in the process the same encoder for the same name."""

import threading

from programasweights.errors import ModelNotFoundError
from programasweights.settings import settings
from programasweights.vision.encoders import DEFAULT_ENCODER, ENCODERS, Encoder, GridEncoder
from programasweights.vision.exported import ExportedEncoder, find_exported

__all__ = ["load_encoder"]

_loaded: dict[tuple[str, int], Encoder] = {}
_lock = threading.Lock()


def load_encoder(name: str = DEFAULT_ENCODER) -> Encoder:
    """An encoder, loaded (and fetched and converted) on first use.

    Args:
        name: "both", "both-parts", "efficientnet-lite2" or "rapidocr"; or the folder or hub id of a CLIP- or
            SigLIP-style model exported to ONNX; a folder that is called like one of ours needs `./` in front.

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
    try:
        config, graph = find_exported(name)
    except ModelNotFoundError as error:
        raise type(error)(
            f"there is no picture encoder {name!r}: {error} Expected one of {', '.join(ENCODERS)}, or a folder or hub "
            "id of a model exported to ONNX."
        ) from error
    return ExportedEncoder(name, config, graph)
