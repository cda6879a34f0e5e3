"""Stages 1 and 3: samples of the compiler, their rewards, and gradients that make the better ones more probable."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from programasweights.errors import DataError
from programasweights.lm.loader import load_engine
from programasweights.training.config import TrainingConfig
from programasweights.training.forms import Continuous
from programasweights.training.objectives import make_objective
from programasweights.training.prefix_model import PrefixModel, score_rows
from programasweights.training.rollouts import Rollouts, rewards, sample_rollouts
from programasweights.training.run import TrainingRun
from programasweights.training.setup import build_model, read_texts
from programasweights.training.token_file import TokenFile, TokenLimits, tokenise, write_token_file
from programasweights.training.written import Texts
from tests.training.tiny_data import RECORDS, tiny_token_file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, TokenFile]:
    """A tiny model and a file whose specs have discrete programs."""
    folder = tmp_path_factory.mktemp("objectives")
    tiny, _ = tiny_token_file(folder)
    engine = load_engine(tiny, precision="fp32")
    programs = {record.spec: ["Do it."] for record in RECORDS}
    write_token_file(
        folder / "d.safetensors", tokenise(RECORDS, engine, TokenLimits(), programs), model=tiny,
        digest=engine.model.recipe.digest, vocabulary=engine.config.vocab_size,
    )  # fmt: skip
    return tiny, TokenFile(folder / "d.safetensors")


def _config(tiny: str, **changes: object) -> TrainingConfig:
    values: dict[str, object] = {
        "base": tiny, "interpreter": tiny, "slots": 4, "lora_rank": 4, "lora_alpha": 8, "specs": 2, "pairs": 2,
        "objective": "policy", "form": "none", "rollouts": 4, "discrete_limit": 12, "steps": 2, "valid_every": 2,
        "save_every": 1, "valid_specs": 2, "discrete_weight": 1.0,
    }  # fmt: skip
    return TrainingConfig(**(values | changes))  # type: ignore[arg-type]


def _model(config: TrainingConfig) -> PrefixModel:
    model = build_model(config)
    torch.manual_seed(2)
    for name, parameter in model.named_parameters():
        if "lora_" in name:
            parameter.data.normal_(0, 0.3)
    return model


def _sample(model: PrefixModel, texts: Texts, data: TokenFile, seed: int) -> Rollouts:
    return sample_rollouts(
        model, texts, [data[0], data[3]], group=4, pairs=2, limit=12, temperature=1.0,
        random=np.random.default_rng(seed),
    )  # fmt: skip


def test_samples_are_programs_of_their_specs(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    config = _config(tiny)
    model, texts = _model(config), read_texts(config)
    found = _sample(model, texts, data, 1)
    batch = found.batch
    assert batch.compiler.shape[0] == batch.program.shape[0] == 8
    assert batch.rows.shape[0] == 16
    assert len({tuple(row) for row in batch.compiler.tolist()}) > 2
    again = _sample(model, texts, data, 1).batch
    assert torch.equal(again.compiler, batch.compiler)
    assert not torch.equal(_sample(model, texts, data, 2).batch.compiler, batch.compiler)
    for row in range(8):
        prompt = data[0 if row < 4 else 3].versions[0]
        ids = batch.compiler[row][batch.compiler_mask[row].bool()]
        assert ids[: prompt.discrete_start].tolist() == prompt.compiler[: prompt.discrete_start].tolist()
        own = ids[prompt.discrete_start : -1]
        assert int(ids[-1]) in texts.compiler.end_ids
        assert len(own) == int(found.lengths[row]) <= 12
        assert bool(found.finished[row]) == (len(own) < 12) or len(own) == 12
        text = texts.compiler.tokenizer.decode(own.tolist()).strip()
        assert text in texts.interpreter.tokenizer.decode(batch.program[row].tolist())
        assert int(batch.discrete_mask[row].sum()) == len(own) + 1


def test_rewards_by_hand(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    config = _config(tiny)
    model = _model(config)
    found = _sample(model, read_texts(config), data, 1)
    with torch.no_grad():
        scores = score_rows(model.interpreter, Continuous(), found.batch)
    worth = rewards(scores, found, limit=12, length_cost=0.5)
    for row in range(8):
        mine = found.batch.owner == row
        mean = float((-scores.nll / scores.tokens)[mine].mean())
        used = int(found.lengths[row]) / 12 if bool(found.finished[row]) else 2.0
        assert float(worth[row]) == pytest.approx(mean - 0.5 * used, rel=1e-5)


@pytest.mark.parametrize("objective", ["policy", "joint"])
def test_a_step_makes_better_samples_more_probable(made: tuple[str, TokenFile], objective: str) -> None:
    tiny, data = made
    changes = {"form": "kv_prefix", "answer_weight": 0.0} if objective == "joint" else {}
    config = _config(tiny, objective=objective, discrete_weight=1e-9, **changes)
    model, texts = _model(config), read_texts(config)
    before = _sample(model, texts, data, 5)
    tasks = [data[0], data[3]]
    term = make_objective(config, texts)(model, tasks, np.random.default_rng(5))
    assert torch.equal(term.batch.compiler, before.batch.compiler)
    assert term.notes["reward_spread"] > 0
    assert 0 <= term.notes["finished"] <= 1
    with torch.no_grad():
        reading = model.read(before.batch)
        scores = score_rows(model.interpreter, model.write(reading), before.batch)
        worth = rewards(scores, before, limit=12, length_cost=config.length_cost).view(2, 4)
        advantage = (worth - worth.mean(1, keepdim=True)).flatten()
        start = model.discrete_log_probability(reading, before.batch)[0]
    assert float(term.loss.detach()) == pytest.approx(-float((advantage * start).mean()) / 12, abs=1e-4)
    term.loss.backward()  # type: ignore[no-untyped-call]
    moved = [p for n, p in model.named_parameters() if "lora_" in n and p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in moved if p.grad is not None]).norm()
    with torch.no_grad():
        for parameter in moved:
            assert parameter.grad is not None
            parameter -= 0.02 * parameter.grad / norm
        after = model.discrete_log_probability(model.read(before.batch), before.batch)[0]
    assert float((advantage * after).sum()) > float((advantage * start).sum())


@pytest.mark.parametrize("objective", ["policy", "joint"])
def test_runs_resume_to_the_same_numbers(made: tuple[str, TokenFile], tmp_path: Path, objective: str) -> None:
    tiny, data = made
    config = _config(tiny, objective=objective, form="none" if objective == "policy" else "kv_prefix")
    whole = TrainingRun(tmp_path / "whole", config, data, {"v": data})
    whole.run()
    cut = TrainingRun(tmp_path / "cut", config, data, {})
    cut._note("log.jsonl", cut._one_step(next(cut._batches())))
    cut.save()
    again = TrainingRun(tmp_path / "cut", config, data, {})
    assert again.step == 1
    again.run()
    rows = [
        [json.loads(line) for line in (tmp_path / n / "log.jsonl").read_text("utf-8").splitlines()]
        for n in ("whole", "cut")
    ]
    for one, two in zip(*rows, strict=True):
        assert one["loss"] == two["loss"]
        assert one["reward"] == two["reward"]
    assert (tmp_path / "whole" / "best" / "config.json").exists()


def test_spread_layers_cannot_sample(made: tuple[str, TokenFile]) -> None:
    config = _config(made[0], shard=True)
    with pytest.raises(DataError, match="set shard to false"):
        make_objective(config, None)
    with pytest.raises(DataError, match="objective is 'x'"):
        _config(made[0], objective="x")


def test_the_program_is_hidden_in_a_share_of_the_batches(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    seen = {}
    for share in (0.0, 0.5, 1.0):
        config = _config(
            tiny, objective="supervised", form="kv_prefix", discrete_weight=0.0, hide_program=share
        )
        objective, model = make_objective(config, None), _model(config)
        widths = [
            objective(model, [data[0]], np.random.default_rng(n)).batch.program.shape[1] for n in range(12)
        ]
        seen[share] = sum(width == 0 for width in widths)
    assert seen[0.0] == 0
    assert 2 <= seen[0.5] <= 10
    assert seen[1.0] == 12
    with pytest.raises(DataError, match="hide_program is 2"):
        _config(tiny, hide_program=2)
