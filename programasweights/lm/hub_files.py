"""Files from a model hub, through huggingface_hub and its own cache."""

from pathlib import Path
from typing import Any

from programasweights.errors import ModelNotFoundError, OfflineError
from programasweights.settings import settings

__all__ = ["hub_file", "hub_folder"]

_PARTS = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "*.safetensors"]


def hub_folder(repo: str) -> Path:
    """A model repository's config, tokenizer and tensors as a local folder.

    Raises:
        OfflineError: it is not in the hub cache and `PAW_OFFLINE=1`.
        ModelNotFoundError: the hub has no such model or cannot be reached.
    """
    import huggingface_hub

    return Path(_ask(repo, huggingface_hub.snapshot_download, repo_id=repo, allow_patterns=_PARTS))


def hub_file(repo: str, name: str) -> Path:
    """One file of a repository; raises as `hub_folder` does."""
    import huggingface_hub

    # A snapshot of one file fails at once where the hub cannot be reached; a plain download retries at length.
    return Path(_ask(repo, huggingface_hub.snapshot_download, repo_id=repo, allow_patterns=[name])) / name


def _ask(repo: str, call: Any, **arguments: Any) -> str:
    from huggingface_hub import errors

    offline = settings().offline
    try:
        return str(call(local_files_only=offline, **arguments))
    except (errors.RepositoryNotFoundError, errors.GatedRepoError, errors.HFValidationError) as error:
        raise ModelNotFoundError(f"the hub has no model {repo} that may be read: {error}") from error
    except (OSError, errors.HfHubHTTPError) as error:
        if offline:
            raise OfflineError(
                f"{repo} is not in the hub cache of this machine, and PAW_OFFLINE=1 forbids fetching it. "
                "Fetch it once with the network allowed, or name a local folder."
            ) from error
        raise ModelNotFoundError(
            f"the hub that would have {repo} cannot be reached or does not deliver it: {error}. Check the "
            "network, or name a local folder with config.json, tokenizer.json and .safetensors files."
        ) from error
