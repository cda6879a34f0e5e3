"""sha256 of model files, remembered so that gigabytes are not hashed at every start.

A digest is remembered under the file's absolute path, size and time of change; when one of them differs,
the file is hashed anew. A file altered in place with its time of change set back is not noticed.
"""

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import IO

from programasweights.errors import ModelIntegrityError
from programasweights.progress import Advance, progress
from programasweights.settings import settings

__all__ = ["copy_checked", "file_digest", "folder_digest", "remembered_folder_digest"]

_PIECE = 1 << 22
_SLOW = 1 << 29
"""Bytes above which hashing takes more than about a second."""


def file_digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        # Of the open file: another process may put a new one under the same path at any time.
        status = os.fstat(file.fileno())
        memo = _memo(path, status)
        known = _remembered(memo)
        if known is None:
            known = _hash(file, path.name, status.st_size)
            _remember(memo, known)
    return known


def folder_digest(folder: Path) -> str:
    """sha256 over the sorted lines `name sha256` of a model folder's config, tokenizer and tensor files."""
    lines = [f"{path.name} {file_digest(path)}\n" for path in _parts(folder)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def remembered_folder_digest(folder: Path) -> str | None:
    """`folder_digest` if all tensor files were hashed before, else None; reads no tensors."""
    tensors = folder.glob("*.safetensors")
    if any(_remembered(_memo(path, path.stat())) is None for path in tensors):
        return None
    return folder_digest(folder)


def copy_checked(source: IO[bytes], target: Path, *, digest: str, size: int, label: str) -> None:
    """Copy a stream to `target`, which appears whole and with the right content or not at all.

    Args:
        source: gives the content.
        target: where it goes; its folder must exist, and no other process may write it meanwhile.
        digest: the sha256 that the content must have.
        size: bytes to come, for the progress bar.
        label: what is going on, in a few words.

    Raises:
        ModelIntegrityError: the content has another sha256.
    """
    scratch = target.with_suffix(".partial")
    try:
        with scratch.open("wb") as file, progress(label, total=size, unit="bytes") as advance:
            found = _hash_pieces(source, advance, file)
        if found != digest:
            raise ModelIntegrityError(f"the content has sha256 {found}, but {digest} is expected")
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)


def _parts(folder: Path) -> list[Path]:
    tensors = folder.glob("*.safetensors")
    return sorted([folder / "config.json", folder / "tokenizer.json", *tensors], key=lambda path: path.name)


def _memo(path: Path, status: os.stat_result) -> Path:
    """Where the digest of a file in this state is remembered."""
    key = json.dumps([str(path.absolute()), status.st_size, status.st_mtime_ns])
    return settings().cache_dir / "digests" / hashlib.sha256(key.encode()).hexdigest()[:32]


def _remembered(memo: Path) -> str | None:
    try:
        known = memo.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return known if len(known) == 64 else None


def _remember(memo: Path, digest: str) -> None:
    # In a cache that cannot be written, the file is hashed again next time.
    with contextlib.suppress(OSError):
        memo.parent.mkdir(parents=True, exist_ok=True)
        scratch = memo.with_name(f"{memo.name}.{os.getpid()}")
        scratch.write_text(digest, "ascii")
        scratch.replace(memo)


def _hash(file: IO[bytes], name: str, size: int) -> str:
    if size < _SLOW:
        return _hash_pieces(file, lambda _amount: None)
    with progress(f"Checking {name}", total=size, unit="bytes") as advance:
        return _hash_pieces(file, advance)


def _hash_pieces(source: IO[bytes], advance: Advance, copy: IO[bytes] | None = None) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        if copy is not None:
            copy.write(piece)
        advance(len(piece))
    return digest.hexdigest()
