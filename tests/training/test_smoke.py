"""The smoke recipe on the default model's real weights: data built, tokens prepared, a run, a compile."""

import json
from pathlib import Path

import programasweights as paw
from programasweights.cli.train import _config
from programasweights.data.build import BuildOptions, build
from programasweights.data.records import read_records
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.training.mixture import Mixture
from programasweights.training.run import TrainingRun
from programasweights.training.token_file import TokenFile, TokenLimits, tokenise, write_token_file

RECIPE = Path(__file__).parents[2] / "recipes" / "stage2" / "smoke.json"


def test_the_smoke_recipe(tmp_path: Path) -> None:
    build(tmp_path / "data", BuildOptions(specs=40, pairs=4, seed=1))
    engine = load_engine(DEFAULT_MODEL)
    files = {}
    for split in ("train", "valid"):
        tasks = tokenise(
            read_records(tmp_path / "data" / f"{split}.jsonl.gz"), engine, TokenLimits(128, 64, 24)
        )
        path = tmp_path / f"{split}.safetensors"
        write_token_file(
            path,
            tasks,
            model=DEFAULT_MODEL,
            digest=engine.model.recipe.digest,
            vocabulary=engine.config.vocab_size,
        )
        files[split] = TokenFile(path)
    config = _config(RECIPE)
    mixture = Mixture([(files["train"], 2)])
    run = TrainingRun(tmp_path / "run", config, mixture, {"v": files["valid"]})
    run.run()
    assert run.step == config.steps
    rows = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text("utf-8").splitlines()]
    assert [row["step"] for row in rows] == list(range(1, config.steps + 1))
    assert all(0 < row["loss"] < 12 and row["share_of_peak"] > 0 for row in rows)
    (valid,) = (
        json.loads(line) for line in (tmp_path / "run" / "valid.jsonl").read_text("utf-8").splitlines()
    )
    assert valid["v"]["swapped_nll"] != valid["v"]["nll"]
    f = paw.compile("Return the first word.", compiler=tmp_path / "run" / "best", max_new_tokens=4)
    assert f.program.behaviour.prefix.slots == config.slots
    assert isinstance(f("green apples"), str)
