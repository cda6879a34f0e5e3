"""docs/pbb.md is true: what its code prints is what it shows, and its figures are those of the JSON file."""

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "pbb.md").read_text("utf-8")
RESULTS = json.loads((ROOT / "benchmarks" / "results" / "pbb_data.json").read_text("utf-8"))


def test_what_the_code_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    shown = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)
    assert len(shown) == 5
    for code, output in shown:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)  # noqa: S102  # our own page
        assert printed.getvalue().strip() == output.strip()


def test_figures_are_those_of_the_file() -> None:
    for name, found in RESULTS["domains"].items():
        tokens = found["tokens"]
        parts = (tokens[part] for part in ("text", "description", "trace", "answer"))
        cells = [" / ".join(f"{part[key]:g}" for key in ("median", "p95", "most")) for part in parts]
        cells.append(f"{found['majority_answer']:.0%}")
        assert f"| {name} | {' | '.join(cells)} |" in PAGE, name
    valid = RESULTS["domains"]["grammars"]["valid"]
    for kind in ("random", "shuffled", "changed"):
        assert f"{valid[kind]:.1%} of `{kind}`" in PAGE
    leetcode = RESULTS["domains"]["leetcode"]["options"]["outcomes"]
    for outcome, count in leetcode.items():
        assert re.search(rf"\b{count:,} {outcome}", PAGE), outcome
