"""Stages 1 and 3: samples of the compiler, their rewards, and gradients that make the better ones more probable."""

import json
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from programasweights.errors import DataError
from programasweights.lm.loader import load_engine
from programasweights.training.config import TrainingConfig
from programasweights.training.forms import Continuous
from programasweights.training.objectives import Policy, Supervised, clipped_gains, make_policy
from programasweights.training.prefix_model import PrefixModel, cache_of, score_rows
from programasweights.training.rewards import advantages, answer_rows, edit_rewards, likelihood_rewards
from programasweights.training.rollouts import Rollouts, make_rollout_engine, rollouts_of
from programasweights.training.run import TrainingRun
from programasweights.training.setup import build_model, read_texts
from programasweights.training.token_file import TokenFile, TokenLimits, tokenise, write_token_file
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


def _policy(config: TrainingConfig, model: PrefixModel) -> Policy:
    texts = read_texts(config)
    return make_policy(config, texts, make_rollout_engine(config, model.compiler, texts))


def _rollouts(policy: Policy, model: PrefixModel, data: TokenFile, seed: int) -> Rollouts:
    tasks = [data[0], data[3]]
    return rollouts_of(policy.draw(model, tasks, np.random.default_rng(seed)), tasks, policy.texts)


def test_samples_are_programs_of_their_specs(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    model = _model(_config(tiny))
    policy = _policy(_config(tiny), model)
    texts = policy.texts
    found = _rollouts(policy, model, data, 1)
    batch = found.batch
    assert batch.compiler.shape[0] == batch.program.shape[0] == 8
    assert batch.rows.shape[0] == 16
    assert len({tuple(row) for row in batch.compiler.tolist()}) > 2
    again = _rollouts(policy, model, data, 1).batch
    assert torch.equal(again.compiler, batch.compiler)
    assert not torch.equal(_rollouts(policy, model, data, 2).batch.compiler, batch.compiler)
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
        # the end of a sample that was cut is not the compiler's choice
        assert int(batch.discrete_mask[row].sum()) == len(own) + int(found.finished[row])


def test_rewards_by_hand(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    model = _model(_config(tiny))
    found = _rollouts(_policy(_config(tiny), model), model, data, 1)
    with torch.no_grad():
        scores = score_rows(model.interpreter, Continuous(), found.batch)
    worth = likelihood_rewards(scores, found)
    for row in range(8):
        mine = found.batch.owner == row
        assert float(worth[row]) == pytest.approx(float((-scores.nll / scores.tokens)[mine].mean()), rel=1e-5)
    right = [
        row[mask.bool()].tolist()[:-1]
        for row, mask in zip(found.batch.rows, found.batch.answer_mask, strict=True)
    ]
    assert edit_rewards(right, found).tolist() == [1.0] * 8
    assert edit_rewards([[] for _ in right], found).tolist() == [0.0] * 8
    half = edit_rewards([[*right[0], *right[0]], *right[1:]], found)
    assert float(half[0]) == pytest.approx((2 / 3 + 1) / 2)


def test_advantages_by_hand(made: tuple[str, TokenFile]) -> None:
    """Length counts among samples that do as well, and never more than a real difference."""
    tiny, data = made
    model = _model(_config(tiny))
    found = _rollouts(_policy(_config(tiny), model), model, data, 1)
    lengths = torch.tensor([6, 12, 3, 12, 0, 0, 0, 12])
    finished = torch.tensor([True, True, True, True, True, True, True, False])
    found = replace(found, lengths=lengths, finished=finished)
    worth = torch.tensor([-1.0, -1.0, -2.0, -3.0, -2.0, -1.0, -4.0, -0.5])
    gained = advantages(worth, found, limit=12, length_cost=0.2)
    # the two that do as well differ by half of 0.2 times half of the limit; those alone at their level by nothing
    first = torch.tensor([-1.0 + 0.025, -1.0 - 0.025, -2.0, -3.0])
    # the sample that was cut is worth what the worst is, and counts as the longer of these two
    second = torch.tensor([-2.0, -1.0, -4.0 + 0.05, -4.0 - 0.05])
    expected = torch.cat([first - first.mean(), second - second.mean()])
    torch.testing.assert_close(gained, expected)
    cut = replace(found, finished=torch.zeros(8).bool())
    gained = advantages(worth, cut, limit=12, length_cost=0.0)
    torch.testing.assert_close(gained, (worth.view(2, 4) - worth.view(2, 4).mean(1, keepdim=True)).flatten())
    random = np.random.default_rng(0)
    for _ in range(200):
        values = torch.from_numpy(random.normal(0, 0.2, 8)).float()
        found = replace(
            found, lengths=torch.from_numpy(random.integers(0, 13, 8)), finished=torch.ones(8).bool()
        )
        gained = advantages(values, found, limit=12, length_cost=0.2)
        for one in range(4):
            for two in range(4):
                if values[one] > values[two] + 0.2:
                    assert gained[one] > gained[two]


def test_clipped_gains_by_hand() -> None:
    now = torch.tensor([0.0, 0.5, 0.5, -0.5, -0.5], requires_grad=True)
    gained = torch.tensor([2.0, 1.0, -1.0, 1.0, -1.0])
    gains = clipped_gains(now, torch.zeros(5), gained, 0.2)
    up, down = np.exp(0.5), np.exp(-0.5)
    assert gains.tolist() == pytest.approx([2.0, 1.2, -up, down, -0.8])
    gains.sum().backward()
    assert now.grad is not None
    # what has moved far enough in the direction that it is pushed in is pushed no further
    assert now.grad.tolist() == pytest.approx([2.0, 0.0, -up, down, 0.0])


@pytest.mark.parametrize("form", ["none", "both"])
def test_decoded_answers_are_greedy(made: tuple[str, TokenFile], form: str) -> None:
    """Row by row, without padding or cache, against the whole sequence."""
    tiny, data = made
    config = _config(tiny, form=form, objective="joint")
    model = _model(config)
    policy = _policy(config, model)
    batch = _rollouts(policy, model, data, 3).batch
    ends = policy.texts.interpreter.end_ids
    with torch.no_grad():
        continuous = model.write(model.read(batch))
        found = answer_rows(model.interpreter, continuous, batch, ends)
        for row in (0, 5, 13):
            owner = int(batch.owner[row])
            shown = batch.rows[row][(batch.rows_mask - batch.answer_mask)[row].bool()].tolist()
            told = batch.program[owner][batch.program_mask[owner].bool()].tolist()
            written: list[int] = []
            alone = continuous.of(torch.tensor([owner]))
            while len(written) < len(found[row]) + 1:
                past, adapter = cache_of(alone.slots, torch.float32), alone.adapter
                with nullcontext() if adapter is None else adapter.on(model.interpreter):
                    ids = torch.tensor([told + shown + written])
                    logits = model.interpreter(input_ids=ids, past_key_values=past).logits
                written.append(int(logits[0, -1].argmax()))
                if written[-1] in ends:
                    break
            assert [token for token in written if token not in ends][: len(found[row])] == found[row]


def test_the_engine_decodes_as_the_model_does(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    model = _model(_config(tiny))
    before = {name: parameter.clone() for name, parameter in model.compiler.named_parameters()}
    policy = _policy(_config(tiny), model)
    prompts = [data[0].versions[0].compiler[:9], data[3].versions[0].compiler[:14]]
    drawn = policy.engine.sample(prompts, group=2, limit=7, temperature=0.0, seed=0)
    for number, sample in enumerate(drawn):
        ids = prompts[number // 2].tolist()
        with torch.no_grad():
            for token in sample.ids.tolist():
                logits = model.compiler(input_ids=torch.tensor([ids])).logits[0, -1]
                assert int(logits.argmax()) == token
                ids.append(token)
        assert sample.finished or len(sample.ids) == 7
    for name, parameter in model.compiler.named_parameters():
        assert torch.equal(parameter, before[name])
    one = policy.engine.sample(prompts, group=300, limit=1, temperature=1.0, seed=1)[:300]
    counts = np.bincount([int(sample.ids[0]) if len(sample.ids) else 0 for sample in one], minlength=259)
    with torch.no_grad():
        likely = model.compiler(input_ids=torch.tensor(prompts[0][None])).logits[0, -1].softmax(-1).numpy()
    top = likely.argsort()[-3:]
    assert abs(counts[top].sum() / 300 - likely[top].sum()) < 0.12
    with pytest.raises(ModuleNotFoundError, match="set rollout_engine to torch"):
        make_rollout_engine(_config(tiny, rollout_engine="vllm"), model.compiler, policy.texts)


@pytest.mark.parametrize("objective", ["policy", "joint"])
def test_a_step_makes_better_samples_more_probable(made: tuple[str, TokenFile], objective: str) -> None:
    tiny, data = made
    changes = {"form": "kv_prefix", "answer_weight": 0.0} if objective == "joint" else {}
    config = _config(tiny, objective=objective, discrete_weight=1e-9, **changes)
    model = _model(config)
    policy = _policy(config, model)
    tasks = [data[0], data[3]]
    samples = policy.draw(model, tasks, np.random.default_rng(5))
    before = rollouts_of(samples, tasks, policy.texts)
    term = policy(model, tasks, samples)
    assert torch.equal(term.batch.compiler, before.batch.compiler)
    assert term.notes["reward_spread"] > 0
    assert 0 <= term.notes["finished"] <= 1
    with torch.no_grad():
        reading = model.read(before.batch)
        scores = score_rows(model.interpreter, model.write(reading), before.batch)
        gained = advantages(
            likelihood_rewards(scores, before), before, limit=12, length_cost=config.length_cost
        )
        start, counts = model.discrete_log_probability(reading, before.batch)
    assert float(term.loss.detach()) == pytest.approx(-float((gained * counts).mean()) / 12, abs=1e-4)
    term.loss.backward()  # type: ignore[no-untyped-call]
    moved = [p for n, p in model.named_parameters() if "lora_" in n and p.grad is not None]
    norm = torch.stack([p.grad.norm() for p in moved if p.grad is not None]).norm()
    with torch.no_grad():
        for parameter in moved:
            assert parameter.grad is not None
            parameter -= 0.02 * parameter.grad / norm
        after = model.discrete_log_probability(model.read(before.batch), before.batch)[0]
    assert float((gained * after).sum()) > float((gained * start).sum())


class _EvenTokens(Policy):
    """A toy: a program is worth the share of its tokens that have an even number."""

    def _worth(self, *parts: object) -> torch.Tensor:  # type: ignore[override]
        rollouts = parts[-1]
        assert isinstance(rollouts, Rollouts)
        batch = rollouts.batch
        even = (batch.discrete_mask * (1 - batch.compiler % 2)).sum(1)
        return even / batch.discrete_mask.sum(1)


@pytest.mark.parametrize(("objective", "refresh", "rate"), [("policy", 1, 0.01), ("joint", 4, 0.03)])
def test_rewards_rise(made: tuple[str, TokenFile], objective: str, refresh: int, rate: float) -> None:
    tiny, data = made
    config = _config(
        tiny, objective=objective, form="kv_prefix" if objective == "joint" else "none", refresh=refresh,
        rollouts=12, discrete_limit=5, discrete_weight=1e-6, answer_weight=1e-6, length_cost=0.0,
    )  # fmt: skip
    model, tasks = build_model(config), [data[0], data[3]]
    texts = read_texts(config)
    policy = _EvenTokens(config, texts, make_rollout_engine(config, model.compiler, texts))
    optimiser = torch.optim.Adam([p for p in model.compiler.parameters() if p.requires_grad], rate)
    found = []
    for number in range(8):
        draws = [policy.draw(model, tasks, np.random.default_rng([number, n])) for n in range(refresh)]
        for samples in draws if refresh > 1 else draws * 3:
            term = policy(model, tasks, samples)
            optimiser.zero_grad()
            term.loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            found.append(term.notes["reward"])
    assert sum(found[:4]) / 4 < 0.6
    assert sum(found[-4:]) / 4 > 0.72


def test_stale_samples_are_used_up_then_drawn_again(made: tuple[str, TokenFile], tmp_path: Path) -> None:
    """A run killed between two draws goes on to the same numbers."""
    tiny, data = made
    config = _config(
        tiny, objective="joint", form="kv_prefix", refresh=3, steps=5, valid_every=9, lora_lr=0.02, warmup=1
    )
    TrainingRun(tmp_path / "whole", config, data, {}).run()
    rows = [json.loads(line) for line in (tmp_path / "whole" / "log.jsonl").read_text("utf-8").splitlines()]
    assert rows[0]["clipped"] == rows[3]["clipped"] == 0
    assert rows[2]["clipped"] > 0
    assert sorted(path.name for path in (tmp_path / "whole" / "samples").iterdir()) == ["3-0.pt"]
    for stop in (2, 3, 4):
        folder = tmp_path / str(stop)
        cut = TrainingRun(folder, config, data, {})
        batches = cut._batches()
        for _ in range(stop):
            cut._note("log.jsonl", cut._one_step(next(batches)))
        cut.save()
        TrainingRun(folder, config, data, {}).run()
        again = [json.loads(line) for line in (folder / "log.jsonl").read_text("utf-8").splitlines()]
        for one, two in zip(rows, again, strict=True):
            assert (one["loss"], one["reward"], one["clipped"]) == (
                two["loss"],
                two["reward"],
                two["clipped"],
            )
    cut = TrainingRun(tmp_path / "lost", config, data, {})
    cut._one_step(next(cut._batches()))
    cut.save()
    (tmp_path / "lost" / "samples" / "0-0.pt").unlink()
    with pytest.raises(DataError, match="stopped between two draws"):
        TrainingRun(tmp_path / "lost", config, data, {}).run()


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
    model = _model(_config(made[0]))
    with pytest.raises(DataError, match="set shard to false"):
        _policy(config, model)
    for name, value in (
        ("objective", "x"), ("reward", "x"), ("rollout_engine", "x"), ("clip_ratio", 1.0), ("temperature", 0.0),
        ("length_cost", -1.0), ("refresh", 0),
    ):  # fmt: skip
        with pytest.raises(DataError, match=name):
            _config(made[0], **{name: value})


def test_the_program_is_hidden_in_a_share_of_the_batches(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    seen = {}
    for share in (0.0, 0.5, 1.0):
        config = _config(
            tiny, objective="supervised", form="kv_prefix", discrete_weight=0.0, hide_program=share
        )
        objective, model = Supervised(config), _model(config)
        widths = [
            objective(model, [data[0]], np.random.default_rng(n)).batch.program.shape[1] for n in range(12)
        ]
        seen[share] = sum(width == 0 for width in widths)
    assert seen[0.0] == 0
    assert 2 <= seen[0.5] <= 10
    assert seen[1.0] == 12
    with pytest.raises(DataError, match="hide_program is 2"):
        _config(tiny, hide_program=2)
