"""docs/typed.md is true: its code runs, and lines that end in a comment give what it says."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "typed.md"


@pytest.mark.weights
def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    checked = 0
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        lines = block.splitlines()
        for statement in ast.parse(block).body:
            code = ast.unparse(statement)
            said = re.search(r"  # (.+)$", lines[(statement.end_lineno or 0) - 1])
            if isinstance(statement, ast.Expr) and said is not None:
                assert repr(eval(code, names)) == said[1], code  # noqa: S307  # our own page
                checked += 1
            else:
                exec(code, names)  # noqa: S102  # our own page
    assert checked == 14
