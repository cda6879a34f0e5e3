"""docs/testing.md is true: its code and its commands run, and give what it says."""

import ast
import contextlib
import io
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from programasweights.checks.lint_rules import RULES
from programasweights.checks.matching import COMPARISONS
from programasweights.checks.suite import PropertiesEntry, Suite
from programasweights.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text("utf-8")


def python(block: str, names: dict[str, Any]) -> int:
    """Run a block; expressions with a comment behind them must give what it says. Returns how many."""
    lines, checked = block.splitlines(), 0
    for statement in ast.parse(block).body:
        code = ast.unparse(statement)
        said = re.search(r"  # (.+)$", lines[(statement.end_lineno or 0) - 1])
        if isinstance(statement, ast.Expr) and said is not None:
            assert repr(eval(code, names)) == said[1], code  # noqa: S307  # our own page
            checked += 1
        else:
            exec(code, names)  # noqa: S102  # our own page
    return checked


def console(block: str) -> None:
    command, *said = block.splitlines()
    done = CliRunner().invoke(app, shlex.split(command.removeprefix("$ paw ")))
    lines = [line for line in done.output.splitlines() if not line.endswith(" ...")]
    assert sorted(lines) == sorted(said)


@pytest.mark.weights
def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    printed, checked = "", 0
    for kind, block in re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL):
        if kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                checked += python(block, names)
            printed = out.getvalue()
        elif kind == "text":
            assert printed == block
        elif kind == "yaml":
            Path(block.splitlines()[0].removeprefix("# ")).write_text(block)
        else:
            assert kind == "console"
            console(block)
    assert checked == 7


def test_everything_is_named() -> None:
    fields = [
        *Suite.model_fields,
        *PropertiesEntry.model_fields,
        *COMPARISONS,
        *(rule.code for rule in RULES),
    ]
    assert [name for name in fields if name not in PAGE] == []
