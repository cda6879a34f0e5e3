"""Converts a base model once per machine into the files that the engine loads.

A converted model is one folder of the cache, named by a hash of everything that decides its content:

    models/<key>/graph.onnx, weights.bin, embedding.npy [, embedding_scales.npy], tokenizer.json, model.json
    models/<key>/files.json     size and sha256 of each of them, written last

The folder is built under another name and renamed when complete, one process at a time; a folder whose
files do not match `files.json` is removed and built again.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from programasweights.errors import ModelIntegrityError
from programasweights.lm.config import ModelConfig
from programasweights.lm.layout import EMBEDDING_FILE, EMBEDDING_SCALES_FILE
from programasweights.settings import Precision, settings

__all__ = ["CONVERTER_VERSION", "ConvertedModel", "ModelRecipe", "converted_models", "ensure_converted"]

CONVERTER_VERSION = 6
"""Raised whenever the converter would write other bytes for the same source."""

MAX_POSITIONS = 32768
"""Rotary tables are written for at most this many positions."""

_FILES = "files.json"
_MODEL = "model.json"


@dataclass(frozen=True)
class ModelRecipe:
    """What a converted model is made of."""

    name: str
    """Registry name, hub id or path, as the user gave it."""
    digest: str
    """sha256 of the source files."""
    precision: Precision
    """Weights of the linear layers."""
    adapter: str | None = None
    """sha256 of the LoRA merged into the weights, or None."""

    @property
    def key(self) -> str:
        """Name of the cache folder."""
        parts = [str(CONVERTER_VERSION), self.digest, self.precision, self.adapter or ""]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ConvertedModel:
    """A complete converted model on disk."""

    folder: Path
    """Where its files are."""
    recipe: ModelRecipe
    """What it was made of."""
    config: ModelConfig
    """The model's shape; `context_length` is at most `MAX_POSITIONS`."""
    chat: str
    """Name of its chat style."""
    end_ids: tuple[int, ...]
    """Tokens that end an answer."""

    @property
    def nbytes(self) -> int:
        """Bytes on disk."""
        return sum(path.stat().st_size for path in self.folder.iterdir())


def _models_folder() -> Path:
    return settings().cache_dir / "models"


def ensure_converted(recipe: ModelRecipe, deltas: Mapping[str, Any] | None = None) -> ConvertedModel:
    """The converted model for `recipe`, taken from the cache or made now.

    Args:
        recipe: what is wanted.
        deltas: the LoRA that `recipe.adapter` names, by weight name.

    Raises:
        ModelError: the source cannot be found, fetched or converted.
    """
    folder = _models_folder() / recipe.key
    found = _load_if_sound(folder)
    if found is not None:
        return found
    from filelock import FileLock

    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        found = _load_if_sound(folder)  # another process may have made it meanwhile
        if found is None:
            shutil.rmtree(folder, ignore_errors=True)
            _build(recipe, deltas or {}, folder)
            found = _load_if_sound(folder)
    assert found is not None
    return found


def converted_models() -> list[ConvertedModel]:
    """All converted models in the cache whose records are readable; their data is not verified."""
    folder = _models_folder()
    folders = sorted(folder.iterdir()) if folder.is_dir() else []
    records = (_read_record(f) for f in folders if f.suffix == "" and (f / _FILES).is_file())
    return [record for record in records if record is not None]


def _load_if_sound(folder: Path) -> ConvertedModel | None:
    """Read a converted model if every file has the size and hash on record, else None."""
    try:
        files = json.loads((folder / _FILES).read_text("utf-8"))
        with ThreadPoolExecutor(2) as pool:
            sound = all(pool.map(lambda item: _matches(folder / item[0], item[1]), files.items()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # absent or damaged alike: it is built again
    return _read_record(folder) if sound and _MODEL in files else None


def _matches(path: Path, expected: Mapping[str, Any]) -> bool:
    return path.stat().st_size == int(expected["bytes"]) and _sha256(path) == str(expected["sha256"])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_record(folder: Path) -> ConvertedModel | None:
    try:
        record = json.loads((folder / _MODEL).read_text("utf-8"))
        return ConvertedModel(
            folder=folder,
            recipe=ModelRecipe(**record["recipe"]),
            config=ModelConfig(**record["config"]),
            chat=record["chat"],
            end_ids=tuple(record["end_ids"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _build(recipe: ModelRecipe, deltas: Mapping[str, Any], folder: Path) -> None:
    scratch = folder.with_name(f"{recipe.key}.partial")  # one at a time: the caller holds the lock
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        _write_files(recipe, deltas, scratch)
        files = {p.name: {"bytes": p.stat().st_size, "sha256": _sha256(p)} for p in sorted(scratch.iterdir())}
        (scratch / _FILES).write_text(json.dumps(files, indent=1), "utf-8")
        scratch.replace(folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _write_files(recipe: ModelRecipe, deltas: Mapping[str, Any], folder: Path) -> None:
    from programasweights.lm.graph import build_graph
    from programasweights.lm.model_text import read_model_text
    from programasweights.lm.sources import locate
    from programasweights.lm.tokenizer import TOKENIZER_FILE
    from programasweights.lm.weights import EMBEDDING, MergedWeights, open_weights
    from programasweights.progress import progress

    source = locate(recipe.name)
    if source.digest != recipe.digest:
        raise ModelIntegrityError(
            f"{source.path} has sha256 {source.digest}, but {recipe.digest} was asked for; "
            "the files changed meanwhile. Try again."
        )
    base = open_weights(source.kind, source.path)
    reader = MergedWeights(base, deltas)
    positions = min(reader.config.context_length, MAX_POSITIONS)
    label = f"Converting {recipe.name} to {recipe.precision} (once on this machine)"
    with progress(label, total=reader.config.layers + 1, unit="layers") as advance:
        build_graph(reader, folder, precision=recipe.precision, context_length=positions, advance=advance)
    _write_embedding(reader.tensor(EMBEDDING), folder, recipe.precision)
    text = read_model_text(base, source.path)
    (folder / TOKENIZER_FILE).write_text(text.definition, "utf-8")
    config = replace(reader.config, context_length=positions)
    record = {
        "recipe": recipe.__dict__,
        "config": config.to_json(),
        "chat": text.chat.name,
        "end_ids": text.end_ids,
    }
    (folder / _MODEL).write_text(json.dumps(record, indent=1), "utf-8")


def _write_embedding(matrix: Any, folder: Path, precision: Precision) -> None:
    from programasweights.lm.quantization import quantize_blocks

    if precision == "fp32":
        np.save(folder / EMBEDDING_FILE, matrix)
        return
    codes, scales = quantize_blocks(matrix)
    np.save(folder / EMBEDDING_FILE, codes)
    np.save(folder / EMBEDDING_SCALES_FILE, scales)
