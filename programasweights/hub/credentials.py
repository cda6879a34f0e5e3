"""Keys of servers on this machine: one file in the user's config folder that nobody else may read.

A key belongs to an origin (scheme, host and port) and is never given out for another.
"""

import json
import os
import secrets
import stat
from pathlib import Path

from programasweights.errors import HubError
from programasweights.hub.names import origin, server_address
from programasweights.progress import say
from programasweights.settings import settings

__all__ = ["check_key", "credentials_file", "forget_key", "keep_key", "key_for", "known_servers"]

_MOST_BYTES = 1 << 20


def credentials_file() -> Path:
    """Where keys are kept."""
    import platformdirs

    return Path(platformdirs.user_config_dir("programasweights", appauthor=False)) / "credentials.json"


def key_for(server: str) -> str | None:
    """The key to show to a server: `PAW_API_KEY` if it is meant for it, else the one kept by `paw login`.

    `PAW_API_KEY` is meant for `PAW_SERVER`; where that is not set, for any server that is asked.

    Raises:
        HubError: the key or the file of keys cannot be used.
    """
    found = settings()
    if found.api_key is not None and _owner(found.server or server) == _owner(server):
        return check_key(found.api_key)
    return _read().get(_owner(server))


def keep_key(server: str, key: str) -> Path:
    """Keep a key, in place of an earlier one; returns the file.

    Raises:
        HubError: the key is none, or the file of keys is damaged.
        OSError: the file cannot be written.
    """
    return _write(_read() | {_owner(server): check_key(key)})


def forget_key(server: str) -> bool:
    """Forget a key; whether there was one.

    Raises:
        HubError: the file of keys is damaged.
        OSError: the file cannot be written.
    """
    keys = _read()
    if keys.pop(_owner(server), None) is None:
        return False
    _write(keys)
    return True


def known_servers() -> list[str]:
    """Origins that a key is kept for."""
    return sorted(_read())


def check_key(key: str) -> str:
    """The key, if it can be sent.

    Raises:
        HubError: it is empty, or has characters that no key has.
    """
    if not key or len(key) > 512 or not key.isascii() or not key.isprintable() or " " in key:
        # Not shown: it may be a key with one character too many.
        raise HubError("the key is empty, too long, or has spaces, line breaks or characters beyond ASCII.")
    return key


def _owner(server: str) -> str:
    return origin(server_address(server))


def _read() -> dict[str, str]:
    path = credentials_file()
    try:
        with path.open("rb") as file:
            _make_private(path, os.fstat(file.fileno()))
            keys = json.loads(file.read(_MOST_BYTES))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        # The error's text may hold a part of the file.
        raise HubError(
            f"the keys in {path} cannot be read ({type(error).__name__}); mend or remove the file."
        ) from None
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        raise HubError(f"{path} is not an object of server addresses and keys; mend or remove the file.")
    return {server: check_key(key) for server, key in keys.items()}


def _make_private(path: Path, status: os.stat_result) -> None:
    if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
        say(f"{path} could be read by other users of this machine; now it cannot. Consider new keys.")
        path.chmod(0o600)


def _write(keys: dict[str, str]) -> Path:
    path = credentials_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        # Private from its first moment on.
        handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(keys, file, indent=1, sort_keys=True)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return path
