"""docs/testing.md is true: its code and its commands run, and give what it says."""

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
from tests.pages import DOCS, run_block

PAGE = (DOCS / "testing.md").read_text("utf-8")


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
                checked += run_block(block, names)
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
