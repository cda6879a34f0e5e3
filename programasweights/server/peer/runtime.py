"""The runtime that the public SDK is told to run a program on: one base model file, named by its content.

A manifest is never changed under one id, so the id ends in a hash of everything else in it.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programasweights.lm.sources import locate
from programasweights.program.canonical_json import canonical_json
from programasweights.server.peer.prompt import PLACEHOLDER

__all__ = ["CONTEXT", "FILES_PATH", "MANIFEST_VERSION", "BaseFile", "base_file", "runtime_manifest"]

CONTEXT = 2048
"""Positions that the SDK gives to program, input and output unless its caller says otherwise."""
FILES_PATH = "/api/v1/models/files/"
"""Where base model files are served."""
MANIFEST_VERSION = 1
"""The version of manifests for text programs with a LoRA file."""


@dataclass(frozen=True)
class BaseFile:
    """The GGUF file that llama.cpp loads."""

    model: str
    """The base model's name without folders."""
    name: str
    """File name for the SDK's cache; it says what is inside, so that servers can share a cache."""
    path: Path
    """Where it is on this machine."""
    size: int
    """Bytes."""
    sha256: str
    """Of the file."""


def base_file(name: str) -> BaseFile | None:
    """The GGUF file of a base model, named as for `locate`; None if the model does not come as one.

    Raises:
        ModelError: its files cannot be found or fetched.
    """
    source = locate(name)
    if source.kind != "gguf":
        return None
    model = re.sub(r"[^A-Za-z0-9.-]+", "-", Path(name.removesuffix(".gguf")).name).strip("-.") or "model"
    file_name = f"{model}-{source.digest[:12]}.gguf"
    return BaseFile(model, file_name, source.path, source.path.stat().st_size, source.digest)


def runtime_manifest(base: BaseFile, server: str) -> dict[str, Any]:
    """The manifest of the runtime that loads `base` from `server`, an address without a path."""
    manifest: dict[str, Any] = {
        "manifest_version": MANIFEST_VERSION,
        "display_name": base.model,
        "interpreter": base.model,
        "adapter_format": "gguf_lora",
        "prompt_template": {"format": "rendered_text", "placeholder": PLACEHOLDER},
        "program_assets": {"adapter_filename": "adapter.gguf"},
        "local_sdk": {
            "supported": True,
            "n_ctx": CONTEXT,
            "base_model": {
                "file": base.name,
                "url": server.rstrip("/") + FILES_PATH + base.name,
                "size_bytes": base.size,
                "sha256": base.sha256,
            },
        },
        "js_sdk": {"supported": False},
    }
    digest = hashlib.sha256(canonical_json(manifest).encode()).hexdigest()
    return {"runtime_id": f"paw-{base.model}-{digest[:16]}", **manifest}
