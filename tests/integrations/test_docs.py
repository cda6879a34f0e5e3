"""docs/frames.md is true: its code and its commands run, and lines that end in a comment give what it says."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.pages import DOCS, run_block

PAGE = DOCS / "frames.md"


@pytest.mark.weights
def test_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "page"}
    checked = 0
    for kind, block in re.findall(r"```(python|console)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        checked += run_block(block, names) if kind == "python" else run_console(block)
    assert checked == 18 + 2


def run_console(block: str) -> int:
    commands = re.findall(r"^\$ (.+)\n((?:[^$\n].*\n)*)", block, re.MULTILINE)
    for command, expected in commands:
        known = command.replace("paw ", f"{sys.executable} -m programasweights ", 1)
        done = subprocess.run(known, shell=True, capture_output=True, text=True, check=False)
        assert done.stdout + done.stderr == expected, command
    return len(commands)
