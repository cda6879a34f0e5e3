"""Files from a model hub, through huggingface_hub and its own cache."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from programasweights.errors import ModelNotFoundError, OfflineError
from programasweights.lm.registry import HubPin
from programasweights.progress import say
from programasweights.settings import settings

__all__ = ["hub_files"]

_PARTS = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "*.safetensors",
    "*.safetensors.index.json",
]
_PATIENCE = 8.0
"""Seconds that the hub has for its first answer."""
_BY_HAND = "name a local .gguf file, or a folder with config.json, tokenizer.json and .safetensors files"


def hub_files(pin: HubPin, *, network: bool) -> Path:
    """The folder of the hub's cache that holds a repository's model, or the one file that is pinned.

    Args:
        pin: the repository.
        network: whether what is not in the hub's cache may be fetched.

    Raises:
        OfflineError: it is not in the hub's cache and `PAW_OFFLINE=1`.
        ModelNotFoundError: the hub has no such model, or cannot be reached.
    """
    from huggingface_hub import errors  # slow to import, and most users never need it

    # The library lets errors of its HTTP client through; whatever client it uses, this is their base.
    base = cast("tuple[type[Exception], ...]", errors.HfHubHTTPError.__bases__)
    transport: tuple[type[Exception], ...] = (*base, OSError, RuntimeError)
    denied = (errors.RepositoryNotFoundError, errors.RevisionNotFoundError, errors.HFValidationError)
    try:
        return _snapshot(pin, network=network)
    except denied as error:
        raise ModelNotFoundError(
            f"the hub has no model {pin.repo_id} that may be read ({_short(error)}). Check the name; for a "
            "model behind a licence, accept it and log in to the hub."
        ) from error
    except transport as error:
        raise (_unreachable(pin, error) if network else _absent(pin)) from error


def _snapshot(pin: HubPin, *, network: bool) -> Path:
    import huggingface_hub

    if network:
        say(f"Asking the hub for {pin.repo_id} ...")
        # A snapshot's own first question waits without end for a hub that takes the call and is silent.
        huggingface_hub.HfApi().model_info(pin.repo_id, revision=pin.revision, timeout=_PATIENCE)
    with _quiet_bars():
        # A snapshot of one file, too: it fails at once without a network, where the call for single files retries.
        folder = huggingface_hub.snapshot_download(
            pin.repo_id,
            revision=pin.revision,
            allow_patterns=[pin.filename] if pin.filename else _PARTS,
            local_files_only=not network,
        )
    found = Path(folder) / (pin.filename or "")
    if not found.exists():
        raise FileNotFoundError(f"the repository {pin.repo_id} holds no {pin.filename}")
    return found


@contextmanager
def _quiet_bars() -> Iterator[None]:
    """The hub library draws its bars into log files as well; show them on a terminal only."""
    from huggingface_hub import constants
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    told_to = constants.HF_HUB_DISABLE_PROGRESS_BARS is False
    if sys.stderr.isatty() or told_to or are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()


def _unreachable(pin: HubPin, error: Exception) -> ModelNotFoundError:
    return ModelNotFoundError(
        f"the hub cannot be reached or does not deliver {pin.repo_id} ({_short(error)}). Check the network, or "
        f"{_BY_HAND}. With PAW_OFFLINE=1 the network is never tried."
    )


def _absent(pin: HubPin) -> ModelNotFoundError:
    missing = f"{pin.repo_id} is not (or not wholly) in the hub's cache of this machine"
    if settings().offline:
        return OfflineError(
            f"{missing}, and PAW_OFFLINE=1 forbids fetching it. Fetch it once with PAW_OFFLINE=0, or {_BY_HAND}."
        )
    return ModelNotFoundError(f"{missing}, and fetching it was not asked for. Fetch it, or {_BY_HAND}.")


def _short(error: Exception) -> str:
    """An error's text on one line; the library's own run over many."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 240 else f"{text[:240]}..."
