"""Reads and writes bundles as `.paw` files: each program stands in the file whole, as a file of its own.

See docs/format.md. One bundle has exactly one file.
"""

import os

import numpy as np
from pydantic import ValidationError

from programasweights.errors import PawFileError, ProgramError
from programasweights.program import paw_file
from programasweights.program.bundle import Bundle, bundle_id
from programasweights.program.canonical_json import canonical_json, parse_json
from programasweights.program.constants import BUNDLE_KIND, BUNDLE_VERSION, MAX_FILE_BYTES, MAX_HEADER_BYTES
from programasweights.program.container import (
    LENGTH,
    Opened,
    check_layout,
    open_file,
    read_file,
    refuse,
    render_header,
    write_file,
)
from programasweights.program.graph import BundleManifest
from programasweights.program.manifest import first_fault
from programasweights.program.program import Program, TensorLayout

__all__ = ["bundle_to_bytes", "from_any_bytes", "load_any", "save_bundle"]


def bundle_to_bytes(bundle: Bundle) -> bytes:
    """The `.paw` file of `bundle`: the same bytes for an equal bundle, in every process.

    Raises ProgramError if manifest or file would be larger than a reader accepts.
    """
    files = {name: paw_file.to_bytes(program) for name, program in bundle.members.items()}
    sizes = {name: len(data) for name, data in files.items()}
    manifest = BundleManifest(bundle_id=bundle.id, behaviour=bundle.behaviour, members=sizes)
    text = canonical_json(manifest.model_dump())
    try:
        parse_json(text)
    except ValueError as error:
        raise ProgramError(f"the bundle's graph is too large: {error}; use fewer stages or labels") from error
    header = render_header(text, _layout(manifest))
    size = LENGTH.size + len(header) + sum(sizes.values())
    if len(header) > MAX_HEADER_BYTES or size > MAX_FILE_BYTES:
        raise ProgramError(
            f"the bundle's header would take {len(header)} bytes and its file {size}; at most "
            f"{MAX_HEADER_BYTES} and {MAX_FILE_BYTES} fit: use fewer programs, or shorter texts in its stages"
        )
    return b"".join([LENGTH.pack(len(header)), header, *files.values()])


def from_any_bytes(data: bytes) -> Program | Bundle:
    """The program or bundle in the `.paw` file `data`, which may come from anyone; raises as `from_bytes`."""
    opened = open_file(data)
    if opened.version == BUNDLE_VERSION and opened.raw.get("kind") == BUNDLE_KIND:
        return _bundle(opened, data)
    return paw_file.from_bytes(data)


def save_bundle(bundle: Bundle, path: str | os.PathLike[str]) -> None:
    """Write `bundle` to `path`, whole or not at all. Raises ProgramError if it is too large, and OSError."""
    write_file(bundle_to_bytes(bundle), path)


def load_any(path: str | os.PathLike[str]) -> Program | Bundle:
    """The program or bundle in the file at `path`; raises as `load`."""
    return read_file(path, from_any_bytes)


def _bundle(opened: Opened, data: bytes) -> Bundle:
    manifest = _read_manifest(opened)
    check_layout(opened, _layout(manifest), payload=len(data) - opened.payload)
    members, place = {}, opened.payload
    for name in sorted(manifest.members):
        end = place + manifest.members[name]
        members[name] = _member(name, data[place:end])
        place = end
    try:
        return Bundle(manifest.behaviour, members)
    except ProgramError as error:
        refuse(str(error)[:500], cause=error)


def _read_manifest(opened: Opened) -> BundleManifest:
    if canonical_json(opened.raw) != opened.text:
        refuse("its manifest is not canonical JSON")
    try:
        manifest = BundleManifest.model_validate(opened.raw)
    except ValidationError as error:
        refuse(f"its manifest has an invalid field, {first_fault(error)}", cause=error)
    if canonical_json(manifest.model_dump()) != opened.text:
        refuse("its manifest leaves out a field or writes a float as an integer")
    found = bundle_id(canonical_json(opened.raw["behaviour"]))
    if found != manifest.bundle_id:
        refuse(f"its graph has the id {found}, but it states {manifest.bundle_id}; it was altered or damaged")
    return manifest


def _member(name: str, data: bytes) -> Program:
    try:
        return paw_file.from_bytes(data)
    except PawFileError as error:
        raise type(error)(f"the bundle's program {name[:16]}: {error}") from error


def _layout(manifest: BundleManifest) -> TensorLayout:
    return {f"program.{name}": (np.dtype(np.uint8), (size,)) for name, size in manifest.members.items()}
