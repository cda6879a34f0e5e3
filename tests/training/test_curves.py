"""Curves are drawn from the logs of runs; a resumed run's later rows count."""

import json
from pathlib import Path

import pytest

from programasweights.errors import DataError
from programasweights.training.curves import draw_curves, read_steps


def test_curves(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    rows = [{"step": n, "loss": 3.0 - n / 50} for n in range(1, 45)] + [{"step": 40, "loss": 9.0}]
    (run / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert [row["step"] for row in read_steps(run / "log.jsonl")] == list(range(1, 45))
    assert read_steps(run / "log.jsonl")[39]["loss"] == 9.0
    draw_curves([run], tmp_path / "plain.svg")
    (run / "valid.jsonl").write_text('{"step": 20, "oracle": {"exact": 0.5}}\n', "utf-8")
    draw_curves([run], tmp_path / "deep" / "both.svg")
    assert (tmp_path / "plain.svg").stat().st_size > 1000
    assert "oracle" not in (tmp_path / "plain.svg").read_text("utf-8")
    assert (tmp_path / "deep" / "both.svg").stat().st_size > (tmp_path / "plain.svg").stat().st_size


def test_logs_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        draw_curves([tmp_path], tmp_path / "x.png")
    (tmp_path / "log.jsonl").write_text("[]\n", "utf-8")
    with pytest.raises(DataError, match="is not the log of a run"):
        draw_curves([tmp_path], tmp_path / "x.png")
