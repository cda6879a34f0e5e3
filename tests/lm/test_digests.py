"""Hashes are right, remembered as long as the file stays the same, and copies are checked."""

import hashlib
import io
import os
from pathlib import Path

import pytest

from programasweights.errors import ModelIntegrityError
from programasweights.lm import digests
from programasweights.lm.digests import copy_checked, file_digest, folder_digest, remembered_folder_digest
from tests.lm.fake_sources import isolate, sha256, write_model_folder


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return isolate(monkeypatch, tmp_path)


def _overwrite(path: Path, data: bytes, *, keep_time: bool) -> None:
    before = path.stat().st_mtime_ns
    path.write_bytes(data)
    os.utime(path, ns=(before, before if keep_time else before + 1))


def test_a_file_is_hashed_once_while_size_and_time_stay(tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(b"old")
    assert file_digest(path) == sha256(b"old")
    _overwrite(path, b"new", keep_time=True)
    assert file_digest(path) == sha256(b"old")  # remembered: the content was not read
    _overwrite(path, b"new", keep_time=False)
    assert file_digest(path) == sha256(b"new")
    _overwrite(path, b"longer", keep_time=True)
    assert file_digest(path) == sha256(b"longer")


def test_a_broken_memory_is_not_believed(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(b"content")
    file_digest(path)
    [memo] = (cache / "digests").iterdir()
    for broken in (b"", b"abc", b"\xff" * 64):
        memo.write_bytes(broken)
        assert file_digest(path) == sha256(b"content")


def test_a_cache_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(b"content")
    monkeypatch.setenv("PAW_CACHE_DIR", str(path / "inside-a-file"))
    assert file_digest(path) == sha256(b"content")


def test_hashing_is_shown_when_it_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "big.gguf"
    path.write_bytes(b"12345678")
    file_digest(path)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(digests, "_SLOW", 8)
    _overwrite(path, b"87654321", keep_time=False)
    assert file_digest(path) == sha256(b"87654321")
    assert "Checking big.gguf" in capsys.readouterr().err


def test_a_folders_digest_is_over_config_tokenizer_and_tensors(tmp_path: Path) -> None:
    files = write_model_folder(tmp_path / "model")
    names = ["config.json", "model-1-of-2.safetensors", "model-2-of-2.safetensors", "tokenizer.json"]
    lines = "".join(f"{name} {sha256(files[name])}\n" for name in names)
    expected = hashlib.sha256(lines.encode()).hexdigest()
    assert folder_digest(tmp_path / "model") == expected
    (tmp_path / "model" / "README.md").write_text("other words")
    assert folder_digest(tmp_path / "model") == expected
    (tmp_path / "model" / "tokenizer.json").write_text("another tokenizer")
    assert folder_digest(tmp_path / "model") != expected


def test_a_folder_is_remembered_once_its_tensors_were_hashed(tmp_path: Path) -> None:
    write_model_folder(tmp_path / "model")
    assert remembered_folder_digest(tmp_path / "model") is None
    digest = folder_digest(tmp_path / "model")
    assert remembered_folder_digest(tmp_path / "model") == digest


def test_a_copy_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "to" / "x.gguf"
    target.parent.mkdir()
    with pytest.raises(ModelIntegrityError, match=f"{sha256(b'bad')}, but {sha256(b'good')} is expected"):
        copy_checked(io.BytesIO(b"bad"), target, digest=sha256(b"good"), size=3, label="Copying")
    assert list(target.parent.iterdir()) == []
    copy_checked(io.BytesIO(b"good"), target, digest=sha256(b"good"), size=4, label="Copying")
    assert [path.name for path in target.parent.iterdir()] == ["x.gguf"]
    assert target.read_bytes() == b"good"
