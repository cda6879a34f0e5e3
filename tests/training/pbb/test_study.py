"""Runs side by side, and the worth of a text in demonstrations, by numbers worked out by hand."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from programasweights.cli import app
from programasweights.errors import DataError
from programasweights.training.pbb.config import SIZES, PbbConfig
from programasweights.training.pbb.run import run_pbb
from programasweights.training.pbb.study import compare_runs, worth_of_text
from tests.tiny_models import save_tiny_model


def of(*values: float) -> np.ndarray:
    return np.array(values)


def test_worth_is_where_the_lines_cross() -> None:
    shown = {0: of(0, 0), 4: of(0.4, 0.4), 10: of(1, 1)}
    assert worth_of_text(of(0.2, 0.2), shown) == {"mean": 2, "low": 2, "high": 2}
    assert worth_of_text(of(0.7, 0.7), shown) == {"mean": 7, "low": 7, "high": 7}
    assert worth_of_text(of(0, 0), shown) == {"mean": 0, "low": 0, "high": 0}
    assert worth_of_text(of(2, 2), shown) == {"mean": None, "low": None, "high": None}


def test_the_interval_draws_instructions_for_all_arms_alike() -> None:
    """One instruction is worth 1 demonstration and one is worth 3; each is drawn alone in a quarter of the draws."""
    shown = {0: of(0, 0), 4: of(4, 4)}
    assert worth_of_text(of(1, 3), shown) == {"mean": 2, "low": 1, "high": 3}
    assert worth_of_text(of(1, 9), shown) == {"mean": None, "low": 1, "high": None}


def test_runs_side_by_side(tmp_path: Path) -> None:
    tiny = str(save_tiny_model(tmp_path / "llama", "llama"))
    fields = {"base": tiny, "domain": "grammars", "replies": ("direct",), "demonstrations": (1, 2)}
    given = PbbConfig(**{**SIZES["smoke"], **fields, "curricula": ("proactive", "distillation")})
    run_pbb(given, tmp_path / "code")
    words = run_pbb(replace(given, form="words", curricula=("mixture",)), tmp_path / "words")
    study = compare_runs([tmp_path / "code", tmp_path / "words"], tmp_path / "study")
    assert json.loads((tmp_path / "study" / "study.json").read_text("utf-8")) == study
    code, other = study["runs"]["code"], study["runs"]["words"]
    assert (code["differs"], other["differs"]) == ({"form": "code"}, {"form": "words"})
    assert list(other["scores"]) == ["untrained", "in context", "mixture"]
    mixture = words.arms[0].scores["eval"]["direct"]
    assert other["scores"]["mixture"]["eval"]["direct"]["nll"] == mixture.nll.model_dump()
    assert other["worth_of_text"] == {}
    assert set(code["worth_of_text"]["direct"]) == {"right", "nll"}
    for name in ("figure.png", "demonstrations.png"):
        assert (tmp_path / "study" / name).stat().st_size > 1000
    said = CliRunner().invoke(
        app, ["pbb", "compare", str(tmp_path / "code"), "--out", str(tmp_path / "alone")]
    )
    assert said.exit_code == 0
    assert "code\ttext-and-2\tdirect\t" in said.stdout
    assert "a text is worth" in said.stdout


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(DataError, match="is no result of a run"):
        compare_runs([tmp_path / "a"], tmp_path / "study")
    with pytest.raises(DataError, match="need different names"):
        compare_runs([tmp_path / "a", tmp_path / "a"], tmp_path / "study")
