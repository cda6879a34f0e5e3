"""docs/typed.md is true: its code runs, and lines that end in a comment give what it says."""

from pathlib import Path

import pytest

from tests.pages import run_page


@pytest.mark.weights
def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_page("typed.md") == (14, 0)
