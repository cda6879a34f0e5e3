"""Losses against hand arithmetic, and that each objective does what it says on a tiny model."""

import math

import numpy as np
import pytest
import torch

from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.records import Execution, Instruction, Verdict
from programasweights.errors import DataError
from programasweights.training.pbb.config import SIZES, PbbConfig
from programasweights.training.pbb.curricula import Stage, arms_of
from programasweights.training.pbb.learner import Learner
from programasweights.training.pbb.material import draw_material
from programasweights.training.pbb.objectives import (
    Dpo,
    Grpo,
    Question,
    Sft,
    advantages,
    dpo_loss,
    weighted_loss,
)
from programasweights.training.pbb.rows import Row, chunks
from programasweights.training.pbb.stage import descend, objective_of
from tests.tiny_models import save_tiny_model


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_tiny_model(tmp_path_factory.mktemp("tiny") / "llama", "llama"))


def config(**fields: object) -> PbbConfig:
    return PbbConfig(**{**SIZES["smoke"], "domain": "grammars", "replies": ("direct",), **fields})  # type: ignore[arg-type]


def test_losses_by_hand() -> None:
    sums, counts = torch.tensor([-6.0, -1.0]), torch.tensor([3, 2])
    assert weighted_loss(sums, counts, torch.tensor([0.5, 0.5])).item() == pytest.approx(0.5 * 2 + 0.5 * 0.5)
    assert weighted_loss(sums, counts, torch.tensor([1.0, -1.0])).item() == pytest.approx(1.5)
    gained, before = torch.tensor([3.0, 0.0]), torch.tensor([1.0, 0.0])
    by_hand = math.log(1 + math.exp(-0.1 * 2)) + math.log(2)
    assert dpo_loss(gained, before, 0.1).item() == pytest.approx(by_hand)
    one, other = advantages(torch.tensor([[1.0, -1.0], [0.0, 0.0]])).tolist()
    assert one == pytest.approx([1 / (math.sqrt(2) + 1e-4), -1 / (math.sqrt(2) + 1e-4)])
    assert other == [0, 0]


def test_likelihood_is_that_of_the_whole_model(tiny: str) -> None:
    """Padding, the cut output layer and the mask give what a plain pass gives."""
    learner = Learner(tiny, rank=2)
    rows = [Row((5, 6, 7, 8, 9), 2), Row((40, 41, 42), 1), Row((7, 9), 1)]
    with torch.no_grad():
        sums, counts = learner.log_probabilities(rows)
        for row, total in zip(rows, sums.tolist(), strict=True):
            logits = learner.module(input_ids=torch.tensor([row.ids])).logits[0].log_softmax(-1)
            by_hand = sum(float(logits[n - 1, row.ids[n]]) for n in range(row.start, len(row.ids)))
            assert total == pytest.approx(by_hand, abs=1e-4)
    assert counts.tolist() == [3, 2, 1]


def test_parts_sum_to_the_whole(tiny: str) -> None:
    learner = Learner(tiny, rank=2)
    rows = [Row(tuple(range(10, 10 + n)), 1) for n in range(3, 9)]
    whole = sum(p.item() for p in Sft(learner, rows, config(pass_tokens=10_000)).parts(range(6), 0))
    pieces = [p.item() for p in Sft(learner, rows, config(pass_tokens=16)).parts(range(6), 0)]
    assert len(pieces) > 2
    assert sum(pieces) == pytest.approx(whole, rel=1e-5)
    assert sorted(n for part in chunks([3, 9, 4, 4], 8) for n in part) == [0, 1, 2, 3]


@pytest.mark.parametrize("method", ["sft", "dpo"])
def test_what_is_learnt_becomes_likelier(tiny: str, method: str) -> None:
    """For SFT the rows themselves; for DPO the right reply in comparison with the wrong one."""
    given = config(base=tiny, epochs=4, rate=0.01)
    material, learner = draw_material(given), Learner(tiny, rank=4)
    stage = Stage(executions=("train",), method=method)  # type: ignore[arg-type]
    pairs = material.preferences(stage, learner.reader)
    assert all(pair.chosen.ids != pair.rejected.ids for pair in pairs)
    assert all(
        pair.chosen.ids[: pair.chosen.start] == pair.rejected.ids[: pair.rejected.start] for pair in pairs
    )

    def gained() -> float:
        with torch.no_grad():
            chosen, _ = learner.log_probabilities([p.chosen for p in pairs])
            rejected, _ = learner.log_probabilities([p.rejected for p in pairs])
        return float((chosen - rejected).mean()) if method == "dpo" else float(chosen.mean())

    before, losses = gained(), []
    objective = objective_of(stage, learner, material)
    assert isinstance(objective, Dpo if method == "dpo" else Sft)
    descend(objective, learner, given, lambda row: losses.append(row["loss"]))
    assert losses[0] == pytest.approx(math.log(2), abs=1e-4) or method == "sft"
    assert gained() > before + 0.5
    assert losses[-1] < losses[0]


class _LikesA(Domain):
    """Instructions to say as many of one letter as one can: right if it is most of the reply."""

    name = "grammars"

    def instructions(self, count: int, *, seed: int = 0, held_out: float = 0.2) -> list[Instruction]:
        raise NotImplementedError

    def executions(self, instruction: Instruction, count: int, *, seed: int = 0) -> list[Execution]:
        raise NotImplementedError

    def verdict(self, _: Instruction, __: Execution, reply: str) -> Verdict:
        return "right" if any(c in "abcdefghijklm" for c in reply) else "wrong"

    def describe(self) -> dict[str, object]:
        return {}


def test_grpo_raises_the_reward(tiny: str) -> None:
    """Replies are cut at the limit by a tiny model, so a reply counts as soon as it ends."""
    learner = Learner(tiny, rank=8)
    one = Instruction("i", "grammars", "n", "t", "", "train")
    question = Question(one, Execution("i", "", "Speak.", "a", ""), "direct")
    given = config(base=tiny, batch=32, group=16, epochs=12, rate=0.01, direct_tokens=6)
    objective = Grpo(learner, _LikesA(), [question] * 4, given)
    rewards: list[float] = []
    sampled = objective._sampled

    def watched(questions: list[Question], seed: int) -> tuple[list[Row], torch.Tensor]:
        rows, found = sampled(questions, seed)
        rewards.append(float(found.mean()))
        return rows, found

    objective._sampled = watched  # type: ignore[method-assign,assignment]
    descend(objective, learner, given, lambda _: None)
    assert len(rewards) == 24
    assert np.mean(rewards[-4:]) > np.mean(rewards[:4]) + 0.4


def test_the_material_of_each_stage(tiny: str) -> None:
    given = config(base=tiny, curricula=("distillation",), replies=("direct", "steps"), asked=2)
    material, reader = draw_material(given), Learner(tiny, rank=1).reader
    asked = {e.answer for found in material.asked.values() for e in found}
    learnt = {e.answer for found in material.learnt.values() for e in found}
    assert not asked & learnt
    assert len(material.rows(Stage(documents=("train", "eval")), reader)) == 6
    assert len(material.rows(Stage(documents=("eval",), executions=("train",)), reader)) == 2 + 4 * 3
    shown = material.questions(Stage(executions=("eval",), demonstrations=2))
    assert [q.reply for q in shown] == ["direct", "steps"] * 2
    held = [one.text for one in material.instructions if one.split == "eval"]
    for row in material.rows(Stage(documents=("eval",)), reader):
        # without a context before it, the first token has nothing to follow from
        text = reader.text.tokenizer.decode(row.ids[row.start if row.start > 1 else 0 :])
        assert text in held
    with pytest.raises(DataError, match="5 demonstrations of"):
        material.questions(Stage(executions=("eval",), demonstrations=5))


def test_the_arms_of_each_curriculum() -> None:
    """Held-out instructions are executed in training by demonstrations alone; every arm follows one before it."""
    every = ("proactive", "retroactive", "single", "mixture", "distillation")
    arms = arms_of(config(curricula=every, method="grpo"))
    names = [arm.name for arm in arms]
    assert len(set(names)) == len(names) == 11
    for number, arm in enumerate(arms):
        assert arm.after is None or arm.after in names[:number]
        assert ("eval" in arm.stage.executions) == (arm.stage.demonstrations is not None)
    after = {arm.name: arm.after for arm in arms if arm.after is not None}
    assert after.pop("retroactive") == "retroactive-1"
    shown = [f"{form}-{count}" for count in (1, 2) for form in ("demonstrations", "text-and")]
    assert after == dict.fromkeys(["proactive", *shown], "proactive-1")
    stages = {arm.name: arm.stage for arm in arms}
    assert stages["proactive"] == stages["proactive-2"] == Stage(documents=("eval",))
    assert stages["retroactive"] == stages["retroactive-2"] == Stage(executions=("train",), method="grpo")
    assert stages["proactive-1"] == Stage(documents=("train",), executions=("train",))
    beside = [arm.name for arm in arms_of(config(curricula=("proactive", "single")))]
    assert beside == ["proactive-1", "proactive", "proactive-2"]
    assert stages["mixture"] == Stage(documents=("train", "eval"), executions=("train",))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"held_out": 0.0}, "held_out is 0.0"),
        ({"batch": 9}, "divide batch, 9"),
        ({"curricula": ("both",)}, "must be of proactive"),
        ({"method": "ppo"}, "must be one of sft, dpo, grpo"),
        ({"samples": 0}, "samples is 0"),
        ({"lora_rank": -1}, "may not be negative"),
    ],
)
def test_configs_that_make_no_sense(fields: dict[str, object], said: str) -> None:
    with pytest.raises(DataError, match=said):
        config(**fields)


def test_options_of_a_domain() -> None:
    found = draw_material(config(domain="arithmetic", options={"operations": [1, 2]}))
    assert {one.attributes["operations"] for one in found.instructions} == {1, 2}
    with pytest.raises(DataError, match="arithmetic knows operations, inputs, bound"):
        draw_material(config(domain="arithmetic", options={"colour": 1}))
    with pytest.raises(DataError, match="hold out a larger share"):
        draw_material(config(held_out=0.01))
