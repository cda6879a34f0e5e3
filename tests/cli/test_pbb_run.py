"""`paw pbb run` on a tiny model, and the recipes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from programasweights.training.pbb.config import SIZES, PbbConfig
from programasweights.training.pbb.material import draw_material
from tests.tiny_models import save_tiny_model

RECIPES = sorted((Path(__file__).parents[2] / "recipes" / "pbb").glob("*.json"))


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "programasweights", "pbb", "run", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_run(tmp_path: Path) -> None:
    tiny = save_tiny_model(tmp_path / "tiny", "llama")
    (tmp_path / "recipe.json").write_text('{"replies": ["direct"], "options": {"features": [1, 2]}}', "utf-8")
    options = (
        "--domain",
        "grammars",
        "--size",
        "smoke",
        "--model",
        tiny,
        "--recipe",
        tmp_path / "recipe.json",
    )
    done = run(*options, "--curriculum", "proactive", "--curriculum", "mixture", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == [
        "untrained",
        "in context",
        "proactive-1",
        "proactive",
        "mixture",
    ]
    result = json.loads((tmp_path / "run" / "result.json").read_text("utf-8"))
    assert result["config"]["options"] == {"features": [1, 2]}
    assert result["command"].startswith("paw pbb run --domain grammars")


def test_what_is_refused(tmp_path: Path) -> None:
    options = ("--domain", "grammars", "--curriculum", "proactive", "--out", tmp_path / "run")
    (tmp_path / "recipe.json").write_text('{"colour": 3}', "utf-8")
    done = run(*options, "--size", "huge")
    assert (done.returncode, done.stderr) == (
        1,
        "paw: there is no size 'huge'; expected one of smoke, cpu, gpu.\n",
    )
    done = run(*options, "--recipe", tmp_path / "recipe.json")
    assert done.returncode == 1
    assert "unexpected keyword argument 'colour'" in done.stderr


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_recipes_can_be_drawn(path: Path) -> None:
    told = json.loads(path.read_text("utf-8"))
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    domain = "ciphers" if "cipher" in path.stem else "arithmetic"
    found = draw_material(
        PbbConfig(**{**SIZES["cpu"], **fields, "domain": domain, "curricula": ("distillation",)})
    )
    assert any(one.split == "eval" for one in found.instructions)
