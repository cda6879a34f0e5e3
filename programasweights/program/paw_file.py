"""Reads and writes `.paw` files: one safetensors file that holds a whole program. See docs/format.md.

One program has exactly one file: the header is a function of the manifest, so a reader renders the header
it expects and compares. Holes, overlaps, other types or shapes, spare tensors or keys all fail that one
comparison, before a tensor is touched. For the same reason the header is written here and not by the
safetensors library, whose padding and tensor order are its own to change; the tests check that the library
reads the same numbers.
"""

import json
import math
import os
import secrets
import stat
import struct
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from programasweights.errors import FormatVersionError, PawFileError, ProgramError
from programasweights.program.canonical_json import canonical_json, parse_json
from programasweights.program.constants import (
    FORMAT_VERSION,
    MAX_FILE_BYTES,
    MAX_HEADER_BYTES,
    METADATA_KEY,
    READABLE_VERSIONS,
)
from programasweights.program.kv_prefix import KvPrefix
from programasweights.program.lora import Lora
from programasweights.program.manifest import Manifest, first_fault
from programasweights.program.migrations import lift
from programasweights.program.program import (
    DTYPE_CODES,
    Program,
    TensorLayout,
    little_endian_bytes,
    program_id,
    tensor_layout,
)

_LENGTH = struct.Struct("<Q")
_START = f'{{"__metadata__":{{"{METADATA_KEY}":"'


class _Stored(NamedTuple):
    """The manifest as it stands in a file, and what this release makes of it."""

    text: str
    program_id: object
    behaviour_json: str
    manifest: Manifest


def to_bytes(program: Program) -> bytes:
    """The `.paw` file of `program`: the same bytes for an equal program, in every process.

    Raises ProgramError if manifest or file would be larger than a reader accepts.
    """
    tensors = program.tensors
    header = _render_header(canonical_json(program.manifest.model_dump()), tensor_layout(program.behaviour))
    size = _LENGTH.size + len(header) + sum(array.nbytes for array in tensors.values())
    if len(header) > MAX_HEADER_BYTES or size > MAX_FILE_BYTES:
        raise ProgramError(
            f"the program's header would take {len(header)} bytes and its file {size}; at most "
            f"{MAX_HEADER_BYTES} and {MAX_FILE_BYTES} fit: use a shorter spec, fewer examples or slots"
        )
    data = [little_endian_bytes(tensors[name]) for name in _file_order(tensor_layout(program.behaviour))]
    return b"".join([_LENGTH.pack(len(header)), header, *data])


def from_bytes(data: bytes) -> Program:
    """The program in the `.paw` file `data`, which may come from anyone.

    Raises FormatVersionError for a version that this release does not read, and PawFileError for anything
    else that is not exactly a file which `to_bytes` writes. Time and memory are linear in the size of
    `data`.
    """
    header = _split_header(data)
    stored = _read_manifest(_manifest_text(header))
    layout = tensor_layout(stored.manifest.behaviour)
    _check_layout(header, stored.text, layout, payload=len(data) - _LENGTH.size - len(header))
    tensors = _read_tensors(data, _LENGTH.size + len(header), layout)
    try:
        numbers, adapter = _under("prefix.", tensors), _under("lora.", tensors)
        prefix = KvPrefix(numbers) if numbers else None
        lora = Lora(adapter) if adapter else None
    except ProgramError as error:
        _refuse(str(error), cause=error)
    found = program_id(stored.behaviour_json, tensors)
    if found != stored.program_id:
        _refuse(
            f"its content has the id {found}, but it states {stored.program_id}; it was altered or damaged"
        )
    return Program(stored.manifest.behaviour, stored.manifest.record, prefix, lora)


def save(program: Program, path: str | os.PathLike[str]) -> None:
    """Write `program` to `path`, whole or not at all. Raises ProgramError if it is too large, and OSError."""
    data = to_bytes(program)
    target = Path(path)
    # In the same folder, because a rename is atomic within one file system only.
    temporary = target.with_name(f".paw-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def load(path: str | os.PathLike[str]) -> Program:
    """Read the program in the file at `path`.

    Raises FormatVersionError and PawFileError as `from_bytes` does, FileNotFoundError and other OSErrors.
    """
    source = Path(path)
    status = source.stat()
    # Opening a pipe could wait for ever.
    if not stat.S_ISREG(status.st_mode):
        raise PawFileError(f"{source} is a folder or a device; expected a .paw file")
    if status.st_size > MAX_FILE_BYTES:
        raise PawFileError(f"{source} has {status.st_size} bytes; a .paw file has at most {MAX_FILE_BYTES}")
    try:
        with source.open("rb") as file:
            # No more than was checked, though the file may have grown since.
            return from_bytes(file.read(status.st_size))
    except PawFileError as error:
        raise type(error)(f"{source}: {error}") from error


def _split_header(data: bytes) -> bytes:
    if len(data) > MAX_FILE_BYTES:
        _refuse(f"it is larger than {MAX_FILE_BYTES} bytes")
    if len(data) < _LENGTH.size:
        _refuse(f"it has {len(data)} bytes and ends within the length of its header")
    (length,) = _LENGTH.unpack_from(data)
    if length > min(MAX_HEADER_BYTES, len(data) - _LENGTH.size):
        _refuse(
            f"it states a header of {length} bytes, but {len(data) - _LENGTH.size} follow and "
            f"{MAX_HEADER_BYTES} are allowed; it was cut short, or is another kind of file"
        )
    return data[_LENGTH.size : _LENGTH.size + length]


def _manifest_text(header: bytes) -> str:
    """The string under the metadata key. Found by position, so no other JSON of the header is ever parsed."""
    try:
        text = header.decode()
        if not text.startswith(_START):
            _refuse(
                f"its header starts with {text[:40]!r} and not with {_START!r}; it is another kind of file"
            )
        manifest, _ = json.JSONDecoder().raw_decode(text, len(_START) - 1)
        assert isinstance(manifest, str)  # it starts with a quotation mark
        manifest.encode()  # an escape can spell half of a surrogate pair
    except ValueError as error:
        _refuse(f"its header is not UTF-8 or not JSON: {error}", cause=error)
    return manifest


def _read_manifest(text: str) -> _Stored:
    try:
        raw = parse_json(text)
    except ValueError as error:
        _refuse(f"its manifest cannot be parsed: {error}", cause=error)
    version = _check_version(raw)
    if canonical_json(raw) != text:
        _refuse("its manifest is not canonical JSON")
    behaviour_json = canonical_json(raw.get("behaviour"))
    try:
        lifted = lift(raw, version=version)
        manifest = Manifest.model_validate(lifted)
    except ValidationError as error:
        _refuse(f"its manifest has an invalid field, {first_fault(error)}", cause=error)
    except (LookupError, TypeError, ValueError) as error:  # a migration step met something unexpected
        _refuse(f"its manifest of format version {version} cannot be understood: {error!r}", cause=error)
    if canonical_json(manifest.model_dump()) != canonical_json(lifted):
        _refuse("its manifest leaves out a field or writes a float as an integer")
    return _Stored(text, raw.get("program_id"), behaviour_json, manifest)


def _check_version(raw: object) -> int:
    version = raw.get("format_version") if isinstance(raw, dict) else None
    if type(version) is not int:
        _refuse("its manifest has no integer format_version")
    if version not in READABLE_VERSIONS:
        readable = ", ".join(str(known) for known in sorted(READABLE_VERSIONS))
        advice = "upgrade programasweights" if version > FORMAT_VERSION else "compile the program again"
        raise FormatVersionError(
            f"the .paw file has format version {version}; this release reads {readable}: {advice}"
        )
    return version


def _check_layout(header: bytes, text: str, layout: TensorLayout, *, payload: int) -> None:
    """Refuse a file whose tensors are not exactly those of `layout`, one after the other to the end."""
    expected = _render_header(text, layout)
    if header != expected:
        start = len(_render_header(text, {}).rstrip(b" ")) - 1
        _refuse(
            f"its tensors are {_excerpt(header, start)}; its manifest asks for {_excerpt(expected, start)}"
        )
    size = sum(_nbytes(*tensor) for tensor in layout.values())
    if payload != size:
        _refuse(f"it has {payload} bytes of tensors; its manifest asks for {size}")


def _read_tensors(data: bytes, offset: int, layout: TensorLayout) -> dict[str, NDArray[Any]]:
    tensors = {}
    for name in _file_order(layout):
        dtype, shape = layout[name]
        flat = np.frombuffer(data, dtype.newbyteorder("<"), count=math.prod(shape), offset=offset)
        tensors[name] = flat.reshape(shape).astype(dtype, copy=False)
        offset += flat.nbytes
    return tensors


def _under(start: str, tensors: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The tensors whose names begin with `start`, without it."""
    return {name.removeprefix(start): array for name, array in tensors.items() if name.startswith(start)}


def _render_header(manifest: str, layout: TensorLayout) -> bytes:
    """The one header of a file with this manifest and these tensors, padded with spaces to 8 bytes."""
    table: dict[str, dict[str, Any]] = {"__metadata__": {METADATA_KEY: manifest}}
    offset = 0
    for name in _file_order(layout):
        dtype, shape = layout[name]
        end = offset + _nbytes(dtype, shape)
        table[name] = {"dtype": DTYPE_CODES[dtype], "shape": shape, "data_offsets": [offset, end]}
        offset = end
    header = json.dumps(table, separators=(",", ":"), ensure_ascii=False).encode()
    return header + b" " * (-len(header) % 8)


def _file_order(layout: TensorLayout) -> list[str]:
    """Wider types first, so that every tensor is aligned; then by name. So does the safetensors library."""
    return sorted(layout, key=lambda name: (-layout[name][0].itemsize, name))


def _nbytes(dtype: np.dtype[Any], shape: tuple[int, ...]) -> int:
    return dtype.itemsize * math.prod(shape)  # Python integers: no shape overflows them


def _excerpt(header: bytes, start: int) -> str:
    return repr(header[start : start + 300].decode(errors="replace"))


def _refuse(reason: str, *, cause: Exception | None = None) -> NoReturn:
    raise PawFileError(f"not a valid .paw file: {reason}") from cause
