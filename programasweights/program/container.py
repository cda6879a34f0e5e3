"""What every `.paw` file shares, whatever it holds: a length, a header, tensors without gaps. See docs/format.md.

A header is a function of the manifest, so a reader renders the header that it expects and compares. Holes, overlaps,
other types or shapes, spare tensors or keys all fail that one comparison, before a tensor is touched. For the same
reason the header is written here and not by the safetensors library, whose padding and tensor order are its own to
change; the tests check that the library reads the same numbers.
"""

import json
import math
import os
import secrets
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

import numpy as np

from programasweights.errors import PawFileError
from programasweights.program.canonical_json import parse_json
from programasweights.program.constants import MAX_FILE_BYTES, MAX_HEADER_BYTES, METADATA_KEY
from programasweights.program.program import DTYPE_CODES, TensorLayout

__all__ = [
    "LENGTH",
    "Opened",
    "check_layout",
    "file_order",
    "open_file",
    "read_file",
    "refuse",
    "render_header",
    "write_file",
]

T = TypeVar("T")

LENGTH: Final = struct.Struct("<Q")
_START: Final = f'{{"__metadata__":{{"{METADATA_KEY}":"'
_CODES: Final = DTYPE_CODES | {np.dtype(np.uint8): "U8"}


class Opened(NamedTuple):
    """A file whose manifest has been parsed, and of which nothing else has been looked at."""

    header: bytes
    """The header, as it stands in the file."""
    text: str
    """The manifest, as it stands in the header."""
    raw: dict[str, Any]
    """The manifest, parsed."""
    version: int
    """Its format version."""

    @property
    def payload(self) -> int:
        """Where the tensors begin."""
        return LENGTH.size + len(self.header)


def open_file(data: bytes) -> Opened:
    """Find and parse the manifest in the `.paw` file `data`, which may come from anyone.

    Raises PawFileError.
    """
    header = _split_header(data)
    text = _manifest_text(header)
    try:
        raw = parse_json(text)
    except ValueError as error:
        refuse(f"its manifest cannot be parsed: {error}", cause=error)
    version = raw.get("format_version") if isinstance(raw, dict) else None
    if type(version) is not int:
        refuse("its manifest has no integer format_version")
    return Opened(header, text, raw, version)


def write_file(data: bytes, path: str | os.PathLike[str]) -> None:
    """Write a file whole or not at all. Raises OSError."""
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


def read_file(path: str | os.PathLike[str], parse: Callable[[bytes], T]) -> T:
    """What `parse` makes of the file at `path`.

    Raises FormatVersionError and PawFileError as `parse` does, FileNotFoundError and other OSErrors.
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
            return parse(file.read(status.st_size))
    except PawFileError as error:
        raise type(error)(f"{source}: {error}") from error


def check_layout(opened: Opened, layout: TensorLayout, *, payload: int) -> None:
    """Refuse a file whose tensors are not exactly those of `layout`, one after the other to the end."""
    expected = render_header(opened.text, layout)
    if opened.header != expected:
        start = len(render_header(opened.text, {}).rstrip(b" ")) - 1
        refuse(
            f"its tensors are {_excerpt(opened.header, start)}; its manifest asks for {_excerpt(expected, start)}"
        )
    size = sum(_nbytes(*tensor) for tensor in layout.values())
    if payload != size:
        refuse(f"it has {payload} bytes of tensors; its manifest asks for {size}")


def render_header(manifest: str, layout: TensorLayout) -> bytes:
    """The one header of a file with this manifest and these tensors, padded with spaces to 8 bytes."""
    table: dict[str, dict[str, Any]] = {"__metadata__": {METADATA_KEY: manifest}}
    offset = 0
    for name in file_order(layout):
        dtype, shape = layout[name]
        end = offset + _nbytes(dtype, shape)
        table[name] = {"dtype": _CODES[dtype], "shape": shape, "data_offsets": [offset, end]}
        offset = end
    header = json.dumps(table, separators=(",", ":"), ensure_ascii=False).encode()
    return header + b" " * (-len(header) % 8)


def file_order(layout: TensorLayout) -> list[str]:
    """Wider types first, so that every tensor is aligned; then by name. So does the safetensors library."""
    return sorted(layout, key=lambda name: (-layout[name][0].itemsize, name))


def refuse(reason: str, *, cause: Exception | None = None) -> NoReturn:
    """Raise the error of a file that is not valid."""
    raise PawFileError(f"not a valid .paw file: {reason}") from cause


def _split_header(data: bytes) -> bytes:
    if len(data) > MAX_FILE_BYTES:
        refuse(f"it is larger than {MAX_FILE_BYTES} bytes")
    if len(data) < LENGTH.size:
        refuse(f"it has {len(data)} bytes and ends within the length of its header")
    (length,) = LENGTH.unpack_from(data)
    if length > min(MAX_HEADER_BYTES, len(data) - LENGTH.size):
        refuse(
            f"it states a header of {length} bytes, but {len(data) - LENGTH.size} follow and "
            f"{MAX_HEADER_BYTES} are allowed; it was cut short, or is another kind of file"
        )
    return data[LENGTH.size : LENGTH.size + length]


def _manifest_text(header: bytes) -> str:
    """The string under the metadata key. Found by position, so no other JSON of the header is ever parsed."""
    try:
        text = header.decode()
        if not text.startswith(_START):
            refuse(
                f"its header starts with {text[:40]!r} and not with {_START!r}; it is another kind of file"
            )
        manifest, _ = json.JSONDecoder().raw_decode(text, len(_START) - 1)
        assert isinstance(manifest, str)  # it starts with a quotation mark
        manifest.encode()  # an escape can spell half of a surrogate pair
    except ValueError as error:
        refuse(f"its header is not UTF-8 or not JSON: {error}", cause=error)
    return manifest


def _nbytes(dtype: np.dtype[Any], shape: tuple[int, ...]) -> int:
    return dtype.itemsize * math.prod(shape)  # Python integers: no shape overflows them


def _excerpt(header: bytes, start: int) -> str:
    return repr(header[start : start + 300].decode(errors="replace"))
