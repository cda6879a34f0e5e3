"""Settings come from the environment, and say so when they cannot be understood."""

from pathlib import Path

import pytest

from programasweights.errors import PawError
from programasweights.settings import settings

NAMES = ("PAW_CACHE_DIR", "PAW_OFFLINE", "PAW_PRECISION", "PAW_THREADS", "PAW_SERVER", "PAW_API_KEY")


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults() -> None:
    found = settings()
    assert found.cache_dir.name == "programasweights"
    assert (found.offline, found.precision) == (False, "q8")
    assert (found.server, found.api_key) == (None, None)
    assert 1 <= found.threads <= 8


def test_values(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in zip(NAMES, (str(tmp_path), "1", "FP32", "3", "http://x", "paw_k"), strict=True):
        monkeypatch.setenv(name, value)
    found = settings()
    assert (found.cache_dir, found.offline, found.precision, found.threads) == (tmp_path, True, "fp32", 3)
    assert (found.server, found.api_key) == ("http://x", "paw_k")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("Yes", True), (" on ", True), ("0", False), ("No", False), ("", False)],
)
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("PAW_OFFLINE", value)
    assert settings().offline is expected


def test_empty_values_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = settings()
    for name in NAMES:
        monkeypatch.setenv(name, " ")
    assert settings() == expected


def test_cache_folders_become_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for named, expected in (("here", tmp_path / "here"), ("~/there", tmp_path / "home" / "there")):
        monkeypatch.setenv("PAW_CACHE_DIR", named)
        assert settings().cache_dir == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAW_OFFLINE", "maybe"),
        ("PAW_PRECISION", "int4"),
        ("PAW_THREADS", "0"),
        ("PAW_THREADS", "-1"),
        ("PAW_THREADS", "1.5"),
        ("PAW_THREADS", "x"),
        ("PAW_THREADS", "²"),
    ],
)
def test_a_value_that_is_not_understood(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(PawError, match=f"{name} is '{value}'"):
        settings()


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "quickstart.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in NAMES)
