"""sha256 of model files, remembered so that gigabytes are not hashed at every start.

A digest is remembered under the file's absolute path, size and time of change; when one of them differs,
the file is hashed anew.
"""

import hashlib
import json
import os
from pathlib import Path

from programasweights.progress import progress
from programasweights.settings import settings

__all__ = ["file_digest", "folder_digest"]

_PIECE = 1 << 22
_SLOW = 1 << 29
"""Bytes above which hashing takes more than about a second."""


def file_digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    status = path.stat()
    key = json.dumps([str(path.absolute()), status.st_size, status.st_mtime_ns])
    memo = settings().cache_dir / "digests" / hashlib.sha256(key.encode()).hexdigest()[:32]
    if memo.is_file() and len(known := memo.read_text("ascii").strip()) == 64:
        return known
    digest = _hash(path, status.st_size)
    memo.parent.mkdir(parents=True, exist_ok=True)
    scratch = memo.with_name(f"{memo.name}.{os.getpid()}")
    scratch.write_text(digest, "ascii")
    os.replace(scratch, memo)
    return digest


def folder_digest(folder: Path) -> str:
    """sha256 over the names and digests of a model folder's config, tokenizer and tensor files."""
    names = ["config.json", "tokenizer.json", *(p.name for p in folder.glob("*.safetensors"))]
    lines = [f"{name} {file_digest(folder / name)}\n" for name in sorted(names)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _hash(path: Path, size: int) -> str:
    if size < _SLOW:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256()
    with path.open("rb") as file, progress(f"Reading {path.name}", total=size, unit="bytes") as advance:
        while piece := file.read(_PIECE):
            digest.update(piece)
            advance(len(piece))
    return digest.hexdigest()
