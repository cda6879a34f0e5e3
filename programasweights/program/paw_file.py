"""Reads and writes `.paw` files of single programs: one safetensors file each. See docs/format.md.

One program has exactly one file. Pipelines of several programs are bundle_file's.
"""

import math
import os
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from programasweights.errors import FormatVersionError, ProgramError
from programasweights.program.canonical_json import canonical_json
from programasweights.program.constants import (
    BUNDLE_KIND,
    FORMAT_VERSION,
    MAX_FILE_BYTES,
    MAX_HEADER_BYTES,
    READABLE_VERSIONS,
)
from programasweights.program.container import (
    LENGTH,
    Opened,
    check_layout,
    file_order,
    open_file,
    read_file,
    refuse,
    render_header,
    write_file,
)
from programasweights.program.kv_prefix import KvPrefix
from programasweights.program.lora import Lora
from programasweights.program.manifest import Manifest, first_fault
from programasweights.program.migrations import lift
from programasweights.program.program import (
    Program,
    TensorLayout,
    little_endian_bytes,
    program_id,
    tensor_layout,
)


class _Stored(NamedTuple):
    """The manifest as it stands in a file, and what this release makes of it."""

    program_id: object
    behaviour_json: str
    manifest: Manifest


def to_bytes(program: Program) -> bytes:
    """The `.paw` file of `program`: the same bytes for an equal program, in every process.

    Raises ProgramError if manifest or file would be larger than a reader accepts.
    """
    tensors = program.tensors
    header = render_header(canonical_json(program.manifest.model_dump()), tensor_layout(program.behaviour))
    size = LENGTH.size + len(header) + sum(array.nbytes for array in tensors.values())
    if len(header) > MAX_HEADER_BYTES or size > MAX_FILE_BYTES:
        raise ProgramError(
            f"the program's header would take {len(header)} bytes and its file {size}; at most "
            f"{MAX_HEADER_BYTES} and {MAX_FILE_BYTES} fit: use a shorter spec, fewer examples or slots"
        )
    data = [little_endian_bytes(tensors[name]) for name in file_order(tensor_layout(program.behaviour))]
    return b"".join([LENGTH.pack(len(header)), header, *data])


def from_bytes(data: bytes) -> Program:
    """The program in the `.paw` file `data`, which may come from anyone.

    Raises FormatVersionError for a version that this release does not read, and PawFileError for anything
    else that is not exactly a file which `to_bytes` writes. Time and memory are linear in the size of
    `data`.
    """
    opened = open_file(data)
    stored = _read_manifest(opened)
    layout = tensor_layout(stored.manifest.behaviour)
    check_layout(opened, layout, payload=len(data) - opened.payload)
    tensors = _read_tensors(data, opened.payload, layout)
    try:
        numbers, adapter = _under("prefix.", tensors), _under("lora.", tensors)
        prefix = KvPrefix(numbers) if numbers else None
        lora = Lora(adapter) if adapter else None
    except ProgramError as error:
        refuse(str(error), cause=error)
    found = program_id(stored.behaviour_json, tensors)
    if found != stored.program_id:
        refuse(
            f"its content has the id {found}, but it states {stored.program_id}; it was altered or damaged"
        )
    return Program(stored.manifest.behaviour, stored.manifest.record, prefix, lora)


def save(program: Program, path: str | os.PathLike[str]) -> None:
    """Write `program` to `path`, whole or not at all. Raises ProgramError if it is too large, and OSError."""
    write_file(to_bytes(program), path)


def load(path: str | os.PathLike[str]) -> Program:
    """Read the program in the file at `path`.

    Raises FormatVersionError and PawFileError as `from_bytes` does, FileNotFoundError and other OSErrors.
    """
    return read_file(path, from_bytes)


def _read_manifest(opened: Opened) -> _Stored:
    raw = opened.raw
    _check_version(opened)
    if canonical_json(raw) != opened.text:
        refuse("its manifest is not canonical JSON")
    behaviour_json = canonical_json(raw.get("behaviour"))
    try:
        lifted = lift(raw, version=opened.version)
        manifest = Manifest.model_validate(lifted)
    except ValidationError as error:
        refuse(f"its manifest has an invalid field, {first_fault(error)}", cause=error)
    except (LookupError, TypeError, ValueError) as error:  # a migration step met something unexpected
        refuse(
            f"its manifest of format version {opened.version} cannot be understood: {error!r}", cause=error
        )
    if canonical_json(manifest.model_dump()) != canonical_json(lifted):
        refuse("its manifest leaves out a field or writes a float as an integer")
    return _Stored(raw.get("program_id"), behaviour_json, manifest)


def _check_version(opened: Opened) -> None:
    version = opened.version
    if version in READABLE_VERSIONS:
        return
    if opened.raw.get("kind") == BUNDLE_KIND:
        refuse("it holds a bundle of several programs, but one program is needed; call it with paw.function")
    readable = ", ".join(str(known) for known in sorted(READABLE_VERSIONS))
    advice = "upgrade programasweights" if version > FORMAT_VERSION else "compile the program again"
    raise FormatVersionError(
        f"the .paw file has format version {version}; this release reads {readable}: {advice}"
    )


def _read_tensors(data: bytes, offset: int, layout: TensorLayout) -> dict[str, NDArray[Any]]:
    tensors = {}
    for name in file_order(layout):
        dtype, shape = layout[name]
        flat = np.frombuffer(data, dtype.newbyteorder("<"), count=math.prod(shape), offset=offset)
        tensors[name] = flat.reshape(shape).astype(dtype, copy=False)
        offset += flat.nbytes
    return tensors


def _under(start: str, tensors: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The tensors whose names begin with `start`, without it."""
    return {name.removeprefix(start): array for name, array in tensors.items() if name.startswith(start)}
