"""A tiny random model as the interpreter: it answers nonsense, but always the same nonsense."""

from pathlib import Path

import pytest

from tests.tiny_models import save_tiny_model


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("checks") / "llama", "llama", seed=3)


@pytest.fixture
def tiny_name(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tiny_folder.parent / "cache"))
    return str(tiny_folder)
