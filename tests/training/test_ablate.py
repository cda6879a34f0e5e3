"""Ablations: files that say what they must, arms that are ordinary runs, and one result of all."""

import json
from pathlib import Path

import pytest

from programasweights.errors import DataError
from programasweights.lm.loader import load_engine
from programasweights.training.ablate import AblationResult, ablate
from programasweights.training.ablation import Ablation, Arm, config_of, read_ablation, read_size
from programasweights.training.config import TrainingConfig
from programasweights.training.mixture import Drawn
from programasweights.training.setup import build_model
from programasweights.training.token_file import TokenFile, TokenLimits, tokenise, write_token_file
from tests.training.tiny_data import RECORDS, tiny_token_file

FOLDER = Path(__file__).parents[2] / "recipes" / "ablations"
FILES = sorted(path for path in FOLDER.glob("*.json") if path.name != "sizes.json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, TokenFile]]:
    """A tiny model, and the same specs as their own programs and with discrete ones."""
    folder = tmp_path_factory.mktemp("ablate")
    tiny, own = tiny_token_file(folder)
    engine = load_engine(tiny, precision="fp32")
    programs = {record.spec: ["Do as told, always."] for record in RECORDS}
    write_token_file(
        folder / "d.safetensors", tokenise(RECORDS, engine, TokenLimits(), programs), model=tiny,
        digest=engine.model.recipe.digest, vocabulary=engine.config.vocab_size,
    )  # fmt: skip
    return tiny, {"spec": own, "discrete": TokenFile(folder / "d.safetensors")}


def _run(made: tuple[str, dict[str, TokenFile]], path: Path, out: Path, **changes: object) -> AblationResult:
    tiny, data = made
    settings: dict[str, bool | int | float | str] = {"base": tiny, "interpreter": tiny, **changes}  # type: ignore[dict-item]
    return ablate(
        read_ablation(path), read_size(path.parent, "smoke"), data, {"v": data["spec"]}, out, changes=settings,
        command="paw train ablate",
    )  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_arm_is_a_config_at_every_size(path: Path) -> None:
    found = read_ablation(path)
    assert len(found.arms) > 1
    for name in ("smoke", "cpu", "gpu"):
        size = read_size(FOLDER, name)
        configs = {arm.name: config_of(arm, size, {}) for arm in found.arms}
        settings = {
            (str(c), arm.data, arm.specs, arm.after)
            for arm, c in zip(found.arms, configs.values(), strict=True)
        }
        assert len(settings) == len(found.arms), "two arms are the same run"
        for arm in found.arms:
            if arm.after is not None:
                one, two = configs[arm.name], configs[arm.after]
                assert (one.slots, one.lora_rank, one.map_inner) == (two.slots, two.lora_rank, two.map_inner)


def test_stages_follow_each_other_and_are_not_trained_twice(
    made: tuple[str, dict[str, TokenFile]], tmp_path: Path
) -> None:
    result = _run(made, FOLDER / "stages.json", tmp_path)
    assert [arm.arm.name for arm in result.arms] == ["2", "0", "0+2", "0+1", "0+1+2", "0+1+2+3"]
    by_name = {arm.arm.name: arm for arm in result.arms}
    for name, arm in by_name.items():
        run = tmp_path / name
        origin = json.loads((run / "run.json").read_text("utf-8"))["start"]
        assert (origin is None) == (arm.arm.after is None)
        assert len((run / "log.jsonl").read_text("utf-8").splitlines()) == arm.config["steps"]
        assert [row.step for row in arm.scores["v"]] == [1, 2]
        assert arm.seconds > 0
        last = arm.scores["v"][-1]
        assert last.swapped_nll is not None
        assert last.bare_nll is not None
        # a compiler that learns to write programs is scored with those it writes
        assert (last.written_exact is None) == (name == "2")
    assert by_name["0+1"].arm.paper == 19.53
    assert by_name["0"].config["objective"] == "supervised"
    assert by_name["0+1"].config["objective"] == "policy"
    assert by_name["0+1+2+3"].config["objective"] == "joint"
    assert by_name["2"].trained_parameters > by_name["0"].trained_parameters
    assert AblationResult.model_validate_json((tmp_path / "result.json").read_text("utf-8")) == result
    assert (tmp_path / "figure.png").stat().st_size > 10_000

    (tmp_path / "0+1+2+3" / "arm.json").unlink()
    before = {name: (tmp_path / name / "log.jsonl").stat().st_mtime_ns for name in by_name}
    again = _run(made, FOLDER / "stages.json", tmp_path)
    assert {name: (tmp_path / name / "log.jsonl").stat().st_mtime_ns for name in by_name} == before
    assert again == result
    with pytest.raises(DataError, match="other settings or data"):
        _run(made, FOLDER / "stages.json", tmp_path, seed=5)


def test_draws_of_specs_hold_smaller_ones(made: tuple[str, dict[str, TokenFile]]) -> None:
    data = made[1]["spec"]
    few, more = Drawn(data, 2), Drawn(data, 4)
    assert (len(few), len(more), len(Drawn(data, 99))) == (2, 4, 6)
    told = [{str(draw[n].versions[0].compiler) for n in range(len(draw))} for draw in (few, more)]
    assert len(told[0]) == 2
    assert told[0] < told[1]
    assert len({few.content, more.content, data.content}) == 3
    assert few.lengths(0)[0] == len(few[0].versions[0].compiler)


def test_a_compiler_of_fewer_layers(made: tuple[str, dict[str, TokenFile]]) -> None:
    tiny, _ = made
    model = build_model(TrainingConfig(base=tiny, interpreter=tiny, slots=4, compiler_layers=1))
    layers = {
        n.split(".layers.")[1].split(".")[0] for n, _ in model.compiler.named_parameters() if ".layers." in n
    }
    assert layers == {"0"}
    assert len(model.interpreter.model.layers) == 2
    assert model.kv_prefix is not None
    assert model.kv_prefix.layers == (0, 0)
    with pytest.raises(DataError, match="compiler_layers is 3, but the compiler's base model has 2"):
        build_model(TrainingConfig(base=tiny, interpreter=tiny, compiler_layers=3))
    with pytest.raises(DataError, match="compiler_layers is -1"):
        TrainingConfig(compiler_layers=-1)
    assert not TrainingConfig(compiler_layers=1).exportable


def test_what_is_wrong_is_said(made: tuple[str, dict[str, TokenFile]], tmp_path: Path) -> None:
    _, data = made
    size = read_size(FOLDER, "smoke")
    with pytest.raises(DataError, match="has no size 'x'; it has smoke, cpu, gpu"):
        read_size(FOLDER, "x")
    with pytest.raises(DataError, match="cannot be read"):
        read_ablation(tmp_path / "x.json")
    for text, message in (
        ('{"title": "t", "arms": []}', "arms"),
        ('{"title": "t", "arms": [{"name": "a"}, {"name": "a"}]}', "two arms are called a"),
        ('{"title": "t", "arms": [{"name": "a", "after": "b"}]}', "no arm above it"),
        ('{"title": "t", "arms": [{"name": "../a"}]}', "name"),
        ('{"title": "t", "arms": [{"name": "a", "colour": 3}]}', "colour"),
    ):
        (tmp_path / "x.json").write_text(text, "utf-8")
        with pytest.raises(DataError, match=message):
            read_ablation(tmp_path / "x.json")
    with pytest.raises(DataError, match="settings that no run has"):
        config_of(Arm(name="a", config={"colour": 3}), size, {})
    arms = Ablation(title="t", arms=(Arm(name="a", data="discrete"),))
    with pytest.raises(DataError, match="--data discrete=FILE"):
        ablate(arms, size, {"spec": data["spec"]}, {"v": data["spec"]}, tmp_path, changes={}, command="")
    with pytest.raises(DataError, match="--valid NAME=FILE"):
        ablate(arms, size, dict(data), {}, tmp_path, changes={}, command="")


def test_written_programs_fall_back_to_the_spec(made: tuple[str, dict[str, TokenFile]]) -> None:
    """Record texts go into programs and back: a spec as its own program is what tokenising it gives."""
    from programasweights.training.setup import read_texts
    from programasweights.training.written import CutPrograms, prompt_of, spec_as_program

    tiny, data = made
    texts = read_texts(TrainingConfig(base=tiny, interpreter=tiny))
    own, told = data["spec"][2].versions[0], data["discrete"][2].versions[0]
    assert prompt_of(own, texts).tolist() == prompt_of(told, texts).tolist()
    again = spec_as_program(prompt_of(told, texts), texts)
    assert again.compiler.tolist() == own.compiler.tolist()
    assert again.program.tolist() == own.program.tolist()
    assert again.discrete_start == len(own.compiler)
    cut = CutPrograms(data["discrete"], 5, texts)
    version = cut[2].versions[0]
    assert texts.compiler.tokenizer.decode(version.compiler[version.discrete_start : -1].tolist()) == "Do as"
    assert version.compiler[-1] == told.compiler[-1]
    assert "Task: Do as\n" in texts.interpreter.tokenizer.decode(version.program.tolist())
    assert CutPrograms(data["discrete"], 19, texts)[2].versions[0].program.tolist() == told.program.tolist()
    assert CutPrograms(data["spec"], 5, texts)[2].versions[0].program.tolist() == own.program.tolist()
