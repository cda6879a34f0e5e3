"""Settings come from the environment, and say so when they cannot be understood."""

from pathlib import Path

import pytest

from programasweights.errors import PawError
from programasweights.settings import settings

NAMES = ("PAW_CACHE_DIR", "PAW_OFFLINE", "PAW_PRECISION", "PAW_THREADS")


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults() -> None:
    found = settings()
    assert found.cache_dir.name == "programasweights"
    assert (found.offline, found.precision) == (False, "q8")
    assert 1 <= found.threads <= 8


def test_values(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in zip(NAMES, (str(tmp_path), "1", "FP32", "3"), strict=True):
        monkeypatch.setenv(name, value)
    found = settings()
    assert (found.cache_dir, found.offline, found.precision, found.threads) == (tmp_path, True, "fp32", 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PAW_OFFLINE", "maybe"), ("PAW_PRECISION", "int4"), ("PAW_THREADS", "0"), ("PAW_THREADS", "x")],
)
def test_a_value_that_is_not_understood(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(PawError, match=f"{name} is '{value}'"):
        settings()


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "quickstart.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in NAMES)
