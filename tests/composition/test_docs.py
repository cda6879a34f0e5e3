"""docs/composition.md is true."""

import re
from pathlib import Path

import pytest

from programasweights.program import constants as limits
from tests.pages import DOCS, run_page


@pytest.mark.weights
def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # which programs there are depends on the checkpoint
    assert run_page("composition.md", plain=lambda text: re.sub(r"\b[0-9a-f]{12}\b", "ID", text)) == (10, 2)


def test_its_limits() -> None:
    text = (DOCS / "composition.md").read_text("utf-8")
    assert f"{limits.MAX_BUNDLE_STAGES} stages, {limits.MAX_BUNDLE_DEPTH} deep" in text
    assert f"{limits.MAX_BUNDLE_CALLS:,} calls" in text
