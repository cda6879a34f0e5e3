"""docs/debugging.md is true, its command runs, and its figures are those that were measured."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import programasweights as paw
from programasweights.cli import app
from tests.pages import DOCS, run_page

RESULT = DOCS.parent / "benchmarks" / "results" / "debugging.json"


def shape(text: str) -> str:
    """A page without its numbers, which differ a little from processor to processor, or what they rank last."""
    probable = re.sub(r" +(?:'[^']*'|\S+) 0\.000", "", text)
    return re.sub(r"[ █]+", " ", re.sub(r"[-+]?\d+\.\d+", "#", probable)).replace(" \n", "\n")


@pytest.mark.weights
def test_the_page_and_its_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_page("debugging.md", plain=shape) == (5, 1)
    name = paw.compile(
        "Extract the first name.",
        [("My name is John Smith", "John"), ("I am Mary Jones from Leeds", "Mary")],
    )
    name.dump("name.paw")
    arguments = ["trace", "name.paw", "This is Laura Stone", "--passes", "40"]
    page = CliRunner().invoke(app, [*arguments, "--html", "page.html"])
    assert page.exit_code == 0, page.output
    assert "Output: Laura" in page.stdout
    assert page.stderr == "Wrote page.html.\n"
    assert "Laura" in Path("page.html").read_text("utf-8")
    typed = CliRunner().invoke(app, [*arguments, "--json", "--returns", "yes,no"])
    assert json.loads(typed.stdout)["output"] in ("yes", "no")
    assert name.trace("This is Laura Stone", passes=40).to_json() == CliRunner().invoke(
        app, [*arguments, "--json"]
    ).stdout.rstrip("\n")


def test_costs_are_those_that_were_measured() -> None:
    page = (DOCS / "debugging.md").read_text("utf-8")
    for row in json.loads(RESULT.read_text("utf-8"))["traces"]:
        said = f"| {row['input']} | {row['budget']} | {row['passes']} | {row['cpu_seconds']} |"
        assert said in page
