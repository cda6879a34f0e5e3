"""A Python that has the public SDK and llama.cpp, apart from this one: both packages have the same name."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from programasweights.settings import settings

__all__ = ["SDK", "sdk_python"]

SDK = "0.4.14"
_NEEDED = [f"programasweights=={SDK}", "llama-cpp-python==0.3.36"]
_CHECK = f"import llama_cpp, programasweights as p; assert p.__version__ == {SDK!r}, p.__version__"


def sdk_python() -> Path:
    """The Python that PAW_PEER_PYTHON names, or one made in the cache folder; skips the test without either."""
    named = os.environ.get("PAW_PEER_PYTHON")
    if named:
        subprocess.run([named, "-c", _CHECK], check=True, cwd="/", timeout=120)
        return Path(named)
    folder = settings().cache_dir / "tests" / f"public-sdk-{SDK}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not _works(python):
            shutil.rmtree(folder, ignore_errors=True)
            _build(folder, python)
    return python


def _works(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", _CHECK], cwd="/", check=False).returncode == 0


def _build(folder: Path, python: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    # Only wheels: building llama.cpp takes many minutes.
    wheels = ["--only-binary", ":all:", "--disable-pip-version-check", "--quiet"]
    done = subprocess.run(
        [python, "-m", "pip", "install", *wheels, *_NEEDED], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        last = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        pytest.skip(
            f"the public SDK cannot be installed from wheels ({last}); let PAW_PEER_PYTHON name a Python that has "
            f"{' and '.join(_NEEDED)}, or PIP_FIND_LINKS a folder with a wheel of llama-cpp-python"
        )
