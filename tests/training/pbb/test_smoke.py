"""Every curriculum from end to end on a tiny model: arms, files, scores, and programs that can be called."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.errors import DataError
from programasweights.training.pbb.config import SIZES, PbbConfig
from programasweights.training.pbb.run import PbbResult, run_pbb
from tests.tiny_models import save_tiny_model

ARMS = {
    "proactive": ["proactive-1", "proactive"],
    "retroactive": ["retroactive-1", "retroactive"],
    "single": ["proactive-1", "proactive-2", "retroactive-1", "retroactive-2"],
    "mixture": ["mixture"],
    "distillation": ["proactive-1", "demonstrations-1", "text-and-1", "demonstrations-2", "text-and-2"],
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_tiny_model(tmp_path_factory.mktemp("tiny") / "llama", "llama"))


def config(tiny: str, **fields: object) -> PbbConfig:
    return PbbConfig(**{**SIZES["smoke"], "base": tiny, **fields})  # type: ignore[arg-type]


DOMAINS = ("grammars", "arithmetic", "grammars", "ciphers", "grammars")


@pytest.mark.parametrize(("curriculum", "domain"), list(zip(ARMS, DOMAINS, strict=True)))
def test_every_curriculum(tiny: str, tmp_path: Path, curriculum: str, domain: str) -> None:
    given = config(tiny, domain=domain, curricula=(curriculum,), replies=("direct",))
    found = run_pbb(given, tmp_path, command="test")
    assert [arm.name for arm in found.arms] == ARMS[curriculum]
    assert found.instructions == {"eval": 2, "train": 4}
    before = found.untrained["eval"]["direct"]
    for arm in found.arms:
        assert arm.steps > 0
        held = arm.scores["eval"]["direct"]
        assert 0 <= held.right.low <= held.right.mean <= held.right.high <= 1
        assert [one.name for one in held.instructions] == [one.name for one in before.instructions]
        assert held.nll.mean != before.nll.mean
        assert len(arm.scores["train"]["direct"].instructions) == 1
        assert set(held.kinds) == ({"common", "rare"} if domain == "ciphers" else set())
        if held.kinds:
            # as many of each were asked
            assert held.nll.mean == pytest.approx(
                sum(kind.nll.mean for kind in held.kinds.values()) / 2, abs=2e-5
            )
        assert isinstance(paw.function(tmp_path / f"{arm.name}.paw")("Say something."), str)
    written = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert PbbResult.model_validate(written).model_dump_json() == found.model_dump_json()
    assert set(found.baselines) == ({"random", "shuffled", "changed"} if domain == "grammars" else set())
    steps = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [row["arm"] for row in steps] == [arm.name for arm in found.arms for _ in range(arm.steps)]
    assert (tmp_path / "figure.png").stat().st_size > 1000


def test_both_replies_and_all_weights(tiny: str, tmp_path: Path) -> None:
    """Without a LoRA the arm is a folder that serves as a base model."""
    given = config(
        tiny, domain="ciphers", curricula=("retroactive",), lora_rank=0, method="grpo", precision="bf16"
    )
    found = run_pbb(given, tmp_path)
    assert set(found.arms[-1].scores["eval"]) == {"direct", "steps"}
    assert found.trained_parameters > 80_000
    assert isinstance(
        paw.compile("Say yes.", interpreter=str(tmp_path / "retroactive"), max_new_tokens=2)("x"), str
    )


def test_a_run_depends_on_its_config_alone(tiny: str, tmp_path: Path) -> None:
    given = config(tiny, domain="grammars", curricula=("retroactive",), method="dpo", replies=("direct",))
    first, again = (run_pbb(given, tmp_path / name) for name in "ab")
    assert [arm.scores for arm in first.arms] == [arm.scores for arm in again.arms]
    other = run_pbb(replace(given, seed=1), tmp_path / "c")
    assert other.arms[-1].scores != first.arms[-1].scores


def test_arms_start_where_they_say(tiny: str, tmp_path: Path) -> None:
    """What was trained before an arm does not matter to it, but for the arm that it follows."""
    given = config(tiny, domain="grammars", curricula=("proactive", "mixture"), replies=("direct",))
    first, second, mixture = run_pbb(given, tmp_path / "both").arms
    [alone] = run_pbb(replace(given, curricula=("mixture",)), tmp_path / "alone").arms
    assert alone.scores == mixture.scores
    controls = run_pbb(replace(given, curricula=("proactive", "single")), tmp_path / "single").arms
    assert [arm.scores for arm in controls[:2]] == [first.scores, second.scores]
    assert controls[2].stage == second.stage
    assert controls[2].scores != second.scores


def test_a_stopped_run_goes_on_and_takes_further_curricula(tiny: str, tmp_path: Path) -> None:
    """The stage that is left starts from the kept weights, and nothing is trained twice."""
    given = config(tiny, domain="grammars", curricula=("proactive",), replies=("direct",))
    whole = run_pbb(given, tmp_path / "whole")
    run_pbb(given, tmp_path / "cut")
    path = tmp_path / "cut" / "result.json"
    cut = json.loads(path.read_text("utf-8"))
    first = cut["arms"][0]["seconds"]
    del cut["arms"][1:]
    path.write_text(json.dumps(cut), "utf-8")
    more = replace(given, curricula=("proactive", "mixture"))
    resumed = run_pbb(more, tmp_path / "cut", resume=True)
    assert [arm.scores for arm in resumed.arms[:2]] == [arm.scores for arm in whole.arms]
    assert [arm.name for arm in resumed.arms] == ["proactive-1", "proactive", "mixture"]
    assert resumed.arms[0].seconds == first
    with pytest.raises(DataError, match="has another epochs; give the same recipe"):
        run_pbb(replace(more, epochs=2), tmp_path / "cut", resume=True)
    path.write_text("{", "utf-8")
    with pytest.raises(DataError, match="is no result of a run"):
        run_pbb(more, tmp_path / "cut", resume=True)


def test_compositions_are_asked_and_never_learnt(tiny: str, tmp_path: Path) -> None:
    given = config(tiny, domain="arithmetic", curricula=("proactive",), replies=("direct",), compositions=2)
    found = run_pbb(given, tmp_path)
    asked = found.arms[-1].scores["composed"]["direct"].instructions
    assert len(asked) == 2
    known = {one.name for part in ("train", "eval") for one in found.untrained[part]["direct"].instructions}  # type: ignore[index]
    assert not known & {one.name for one in asked}
    with pytest.raises(DataError, match="grammars has no compositions"):
        run_pbb(replace(given, domain="grammars"), tmp_path)


def test_later_stages_can_have_a_rate_of_their_own(tiny: str, tmp_path: Path) -> None:
    given = config(tiny, domain="grammars", curricula=("proactive",), replies=("direct",))
    usual = run_pbb(given, tmp_path / "usual").arms
    gentle = run_pbb(replace(given, later_rate=1e-4), tmp_path / "gentle").arms
    assert gentle[0].scores == usual[0].scores
    assert gentle[1].scores != usual[1].scores
