"""The process's settings, read from the environment in this one place.

| variable        | meaning                                                        | default                      |
|-----------------|----------------------------------------------------------------|------------------------------|
| `PAW_CACHE_DIR` | folder for fetched, converted and compiled files               | the user's cache folder      |
| `PAW_OFFLINE`   | `1`: never touch the network                                   | `0`                          |
| `PAW_PRECISION` | weights of the engine: `q8` (8-bit blocks) or `fp32`           | `q8`                         |
| `PAW_THREADS`   | CPU threads of the engine                                      | the cores it may use, at most 8 |
| `PAW_SERVER`    | address of the server to compile on and fetch programs from    | none: all happens here       |
| `PAW_API_KEY`   | key for that server, or for the one that a call names          | what `paw login` has kept    |
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from programasweights.errors import PawError

__all__ = ["Precision", "Settings", "settings"]

Precision = Literal["q8", "fp32"]
_PRECISIONS = ("q8", "fp32")
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}


@dataclass(frozen=True)
class Settings:
    """A snapshot of the environment's settings."""

    cache_dir: Path
    """Folder for fetched, converted and compiled files."""
    offline: bool
    """Whether the network is forbidden."""
    precision: Precision
    """Weights of the engine."""
    threads: int
    """CPU threads of the engine."""
    server: str | None
    """Address of the server to compile on and fetch programs from; None for this machine alone."""
    api_key: str | None = field(repr=False)
    """Key for that server, or for the one that a call names."""


def settings() -> Settings:
    """Read the settings from the environment as it is now.

    Raises:
        PawError: a variable holds a value that is not understood.
    """
    return Settings(
        cache_dir=_cache_dir(),
        offline=_flag("PAW_OFFLINE"),
        precision=_precision(),
        threads=_threads(),
        server=os.environ.get("PAW_SERVER", "").strip() or None,
        api_key=os.environ.get("PAW_API_KEY", "").strip() or None,
    )


def _cache_dir() -> Path:
    named = os.environ.get("PAW_CACHE_DIR", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs  # not needed when the folder is named

    return Path(platformdirs.user_cache_dir("programasweights", appauthor=False))


def _flag(name: str) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise PawError(f"{name} is {value!r}, but must be 1 or 0. Set it to one of them, or unset it.")


def _precision() -> Precision:
    value = os.environ.get("PAW_PRECISION", "").strip().lower() or "q8"
    if value not in _PRECISIONS:
        raise PawError(f"PAW_PRECISION is {value!r}, but must be q8 or fp32. Set one of them, or unset it.")
    return cast(Precision, value)


def _threads() -> int:
    value = os.environ.get("PAW_THREADS", "").strip()
    if not value:
        return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 4))
    if not (value.isascii() and value.isdecimal()) or int(value) < 1:
        raise PawError(f"PAW_THREADS is {value!r}, but must be a whole number from 1 on.")
    return int(value)
