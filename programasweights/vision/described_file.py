"""Small safetensors files that carry a JSON document in their metadata: read within limits, checked before use."""

import json
import os
import stat
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy.typing as npt
from pydantic import BaseModel, ValidationError

from programasweights.errors import CheckpointError

__all__ = ["read_document", "read_small_file", "read_tensors"]

_MAX_HEADER: Final = 2**20
_LENGTH: Final = 8

Document = TypeVar("Document", bound=BaseModel)


def read_small_file(path: Path, limit: int, what: str) -> bytes:
    """A file's bytes.

    Args:
        path: the file.
        limit: most bytes that it may have.
        what: it should be, as messages call it.

    Raises:
        CheckpointError: it cannot be read, is no regular file, or is too large.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
            raise CheckpointError(f"{path} is no file of at most {limit:,} bytes, so it is no {what}.")
        with path.open("rb") as file:
            return file.read(found.st_size)
    except OSError as error:
        raise CheckpointError(
            f"{path} cannot be read ({os.strerror(error.errno or 0)}); name a {what}."
        ) from error


def read_document(path: Path, data: bytes, key: str, model: type[Document], what: str) -> Document:
    """The document that stands in a file's metadata under a key.

    Raises:
        CheckpointError: there is none, or it is not what the model describes.
    """
    length = int.from_bytes(data[:_LENGTH], "little")
    if length > min(_MAX_HEADER, len(data) - _LENGTH):
        raise CheckpointError(f"{path} is not a safetensors file, or was cut short.")
    try:
        header = json.loads(data[_LENGTH : _LENGTH + length])
        return model.model_validate_json(header["__metadata__"][key])
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise CheckpointError(f"{path} is not a {what}, its config at {place}: {fault['msg']}.") from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise CheckpointError(
            f"{path} is not a {what}: it has no metadata {key!r} ({type(error).__name__})."
        ) from error


def read_tensors(path: Path, data: bytes) -> dict[str, npt.NDArray[Any]]:
    """A file's tensors by name.

    Raises:
        CheckpointError: they cannot be read, or are of a type that numpy does not have.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return load(data)
    except (SafetensorError, AttributeError, LookupError, ValueError, TypeError) as error:
        # AttributeError, TypeError: a type such as bfloat16 or float8
        raise CheckpointError(f"{path} is not a usable safetensors file: {error}.") from error
