"""`paw doctor`: whether this machine can run programs, and how fast."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from programasweights.errors import PawError
from programasweights.settings import settings

__all__ = ["doctor"]

_PACKAGES = (
    "numpy",
    "onnx",
    "onnxruntime",
    "tokenizers",
    "safetensors",
    "gguf",
    "huggingface-hub",
    "pydantic",
)
_FAST = ("avx512_vnni", "avx_vnni", "amx_int8", "asimddp")
_NEEDED = 2 * 10**9


class Check(NamedTuple):
    """One line of the report."""

    name: str
    state: str
    """`ok`, `warn` or `fail`."""
    detail: str


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False) -> None:
    """Check this machine: packages, processor, cache, base model, and one real call if the model is here.

    [bold]Example[/bold]

    paw doctor
    """
    checks = [_run(name, check) for name, check in _CHECKS.items()]
    if as_json:
        typer.echo(json.dumps([c._asdict() for c in checks], indent=1))
    else:
        typer.echo("\n".join(f"{c.state:<5}{c.name:<12}{c.detail}" for c in checks))
    if any(c.state == "fail" for c in checks):
        raise typer.Exit(1)


def _run(name: str, check: Callable[[], tuple[str, str]]) -> Check:
    try:
        return Check(name, *check())
    except (PawError, OSError) as error:
        return Check(name, "fail", str(error))


def _python() -> tuple[str, str]:
    return "ok", f"{sys.version.split()[0]} at {sys.executable}"


def _packages() -> tuple[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found, missing = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return "fail", f"missing: {', '.join(missing)}; install programasweights anew"
    return "ok", ", ".join(found)


def _processor() -> tuple[str, str]:
    info = Path("/proc/cpuinfo")
    flags = set(info.read_text("utf-8").split()) if info.exists() else set[str]()
    threads = f"{settings().threads} of {os.cpu_count()} cores used"
    fast = [flag for flag in _FAST if flag in flags]
    if fast or not flags:
        return "ok", f"{threads}; {', '.join(fast) or 'instruction set unknown'}"
    return "warn", f"{threads}; no 8-bit dot products ({', '.join(_FAST)}): calls will be slow"


def _cache() -> tuple[str, str]:
    folder = settings().cache_dir
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{os.getpid()}"
    probe.write_bytes(b"")
    probe.unlink()
    free = shutil.disk_usage(folder).free
    state = "ok" if free > _NEEDED else "warn"
    return state, f"{folder} can be written; {free / 1e9:.1f} GB free"


def _network() -> tuple[str, str]:
    if settings().offline:
        return "ok", "PAW_OFFLINE=1: never used"
    server = settings().server
    return "ok", "used only to fetch base models" + (f", and to ask {server} (PAW_SERVER)" if server else "")


def _model() -> tuple[str, str]:
    from programasweights.lm.registry import DEFAULT_MODEL
    from programasweights.lm.sources import locate

    try:
        return "ok", f"{DEFAULT_MODEL} at {locate(DEFAULT_MODEL, fetch=False).path}"
    except PawError:
        if _is_converted():
            return "ok", f"{DEFAULT_MODEL} is converted; its source file is not kept here"
        return (
            "warn",
            f"{DEFAULT_MODEL} is not here yet; `paw models pull` fetches it, or the first compile does",
        )


def _is_converted() -> bool:
    from programasweights.lm.convert import converted_models
    from programasweights.lm.registry import DEFAULT_MODEL
    from programasweights.lm.sources import pinned_digest

    return any(m.recipe.digest == pinned_digest(DEFAULT_MODEL) for m in converted_models())


def _call() -> tuple[str, str]:
    from programasweights.lm.loader import load_engine
    from programasweights.lm.registry import DEFAULT_MODEL

    if _model()[0] != "ok":
        return "warn", "not tried: the base model is not here yet"
    start = time.perf_counter()
    engine = load_engine(DEFAULT_MODEL)
    loaded = time.perf_counter()
    state = engine.extend_state(None, engine.tokenizer.text_ids("One, two, three, four, five, six."))
    done = time.perf_counter()
    return (
        "ok",
        f"loaded in {loaded - start:.2f} s, {state.positions} tokens read in {1e3 * (done - loaded):.0f} ms",
    )


_CHECKS = {
    "python": _python,
    "packages": _packages,
    "processor": _processor,
    "cache": _cache,
    "network": _network,
    "model": _model,
    "engine": _call,
}
