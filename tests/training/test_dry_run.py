"""Plans of recipes whose base models are not here, and a step at their widths."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from programasweights.cli import app
from programasweights.cli.train import _config
from programasweights.errors import DataError
from programasweights.training.config import TrainingConfig
from programasweights.training.dry_run import KNOWN_SHAPES, plan, take_random_step

RECIPES = Path(__file__).parents[2] / "recipes"


def test_the_papers_pair_counts_and_takes_a_step() -> None:
    config = _config(RECIPES / "stage2" / "paper.json")
    found = plan(config)
    # Qwen3-4B has 4.02e9 parameters and Qwen3-0.6B 0.596e9, with tied embeddings
    assert found.frozen == pytest.approx(4.022e9 + 0.596e9, rel=0.005)
    assert found.optimiser_gb == pytest.approx(found.trained * 12 / 1e9, rel=0.01)
    small = replace(config, slots=4, lora_rank=2, map_inner=8)
    assert 0 < take_random_step(small, layers=1, tokens=8) < 40


def test_the_default_pair_is_counted_as_it_is_trained() -> None:
    found = plan(_config(RECIPES / "stage2" / "gpu.json"))
    assert found.checkpoint_mb <= 24
    # 30 layers of 576 x (2 x 576 + 2 x 192 + 3 x 1536) weights and two norms, an embedding, a last norm; twice
    one = 30 * (576 * (2 * 576 + 2 * 192 + 3 * 1536) + 2 * 576) + 49_152 * 576 + 576
    assert found.frozen == 2 * one


def test_unknown_shapes_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"the shape of nobody/nothing is not known.*qwen3-4b"):
        plan(TrainingConfig(base="nobody/nothing"))
    assert set(KNOWN_SHAPES) == {"qwen3-4b", "qwen3-0.6b"}
    recipe = tmp_path / "r.json"
    recipe.write_text(json.dumps({"slots": 4}), "utf-8")
    done = CliRunner().invoke(app, ["train", "plan", str(recipe)])
    assert "trained parameters" in done.stdout, done.output
