"""Which program a slug meant when its server was last asked, so that it works without the server.

One small JSON file in the cache folder: server -> reference -> program id. It can be deleted at any time.
"""

import contextlib
import json
import os
from pathlib import Path

from programasweights.hub.store import ProgramStore
from programasweights.settings import settings

__all__ = ["recall", "remember"]


def recall(server: str, reference: str) -> str | None:
    """The id of the program that a slug meant; None if it is not known."""
    found = _read().get(server, {}).get(reference)
    return found if found is not None and ProgramStore.is_id(found) else None


def remember(server: str, reference: str, program_id: str) -> None:
    """Keep what a slug means. In a cache that cannot be written, the server is asked again next time."""
    from filelock import FileLock

    path = _path()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            known = _read()
            if known.get(server, {}).get(reference) == program_id:
                return
            known[server] = known.get(server, {}) | {reference: program_id}
            scratch = path.with_name(f"{path.name}.{os.getpid()}")
            scratch.write_text(json.dumps(known, indent=1, sort_keys=True), "utf-8")
            scratch.replace(path)


def _path() -> Path:
    return settings().cache_dir / "references.json"


def _read() -> dict[str, dict[str, str]]:
    try:
        known = json.loads(_path().read_text("utf-8"))
        return {
            str(server): {str(name): str(program_id) for name, program_id in names.items()}
            for server, names in known.items()
        }
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}  # none yet, or damaged: what it held can be asked again
