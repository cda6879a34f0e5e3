"""Forms of the continuous part: a LoRA written for the interpreter, both together, and none."""

import copy
from pathlib import Path

import pytest
import torch

from programasweights.compiler.checkpoint import load_checkpoint
from programasweights.errors import DataError
from programasweights.training.batches import batch_of
from programasweights.training.config import TrainingConfig
from programasweights.training.forms import Continuous
from programasweights.training.objectives import answer_loss
from programasweights.training.prefix_model import PrefixModel, evaluating
from programasweights.training.run import TrainingRun
from programasweights.training.setup import build_model, export_checkpoint
from programasweights.training.token_file import TokenFile
from tests.training.tiny_data import tiny_token_file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, TokenFile]:
    return tiny_token_file(tmp_path_factory.mktemp("forms"))


def _config(tiny: str, **changes: object) -> TrainingConfig:
    values: dict[str, object] = {
        "base": tiny, "interpreter": tiny, "slots": 5, "lora_rank": 2, "lora_alpha": 4, "adapter_rank": 3,
        "adapter_basis": 4, "specs": 2, "pairs": 2, "steps": 2, "valid_every": 2, "save_every": 2, "valid_specs": 4,
    }  # fmt: skip
    return TrainingConfig(**(values | changes))  # type: ignore[arg-type]


def _shaken(config: TrainingConfig) -> PrefixModel:
    model = build_model(config)
    torch.manual_seed(1)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data.normal_(0, 0.2)
    return model


def test_an_adapter_starts_without_effect(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    model = build_model(_config(tiny, form="lora"))
    batch = batch_of([data[0], data[1]], 2)
    with evaluating(model):
        written = model.write(model.read(batch))
        assert written.slots is None
        torch.testing.assert_close(
            model.score(written, batch).nll, model.score(Continuous(), batch).nll, rtol=0, atol=0
        )


def test_each_row_goes_through_the_adapter_of_its_spec(made: tuple[str, TokenFile]) -> None:
    """Against an interpreter into whose weights the adapter is merged, one spec at a time."""
    tiny, data = made
    model = _shaken(_config(tiny, form="lora"))
    tasks = [data[0], data[3]]
    with evaluating(model):
        batch = batch_of(tasks, 2)
        written = model.write(model.read(batch))
        assert written.adapter is not None
        together = model.score(written, batch).nll
        interpreter = model.interpreter
        for number, task in enumerate(tasks):
            merged = copy.deepcopy(interpreter)
            for name, (a, b) in written.adapter.parts.items():
                merged.get_submodule(name).weight.data += b[number] @ a[number]  # type: ignore[operator, union-attr]
            model.interpreter = merged
            alone = model.score(Continuous(), batch_of([task], 2)).nll
            torch.testing.assert_close(together[2 * number : 2 * number + 2], alone, rtol=1e-4, atol=1e-4)
        model.interpreter = interpreter
        swapped = model.score(written.of(torch.tensor([1, 0])), batch).nll
    assert not torch.allclose(swapped, together)


@pytest.mark.parametrize("form", ["kv_prefix", "lora", "both"])
def test_gradients_reach_all_of_a_form(made: tuple[str, TokenFile], form: str) -> None:
    tiny, data = made
    model = _shaken(_config(tiny, form=form, map_inner=4))
    rows = model(batch_of([data[0], data[1]], 2)).rows
    answer_loss(rows).backward()
    missing = [n for n, p in model.named_parameters() if p.requires_grad and p.grad is None]
    # a prefix reads the last layer's keys and values, and nothing that comes after them
    unread = ("q_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
    last = [n for n in missing if ".layers.1." in n and any(part in n for part in unread)]
    assert missing == last
    assert bool(last) == (form == "kv_prefix")


def test_without_the_pseudo_program_the_slots_alone_tell_the_task(made: tuple[str, TokenFile]) -> None:
    tiny, data = made
    model = _shaken(_config(tiny))
    batch = batch_of([data[0], data[3]], 2, show_program=False)
    assert batch.program.shape == (2, 0)
    with evaluating(model):
        written = model.write(model.read(batch))
        own, swapped = (
            model.score(written, batch).nll,
            model.score(written.of(torch.tensor([1, 0])), batch).nll,
        )
    assert not torch.allclose(own, swapped)


@pytest.mark.parametrize("form", ["kv_prefix", "lora", "both"])
def test_the_best_of_every_form_is_exported(made: tuple[str, TokenFile], tmp_path: Path, form: str) -> None:
    tiny, data = made
    TrainingRun(tmp_path / "r", _config(tiny, form=form), data, {"v": data}).run()
    checkpoint = load_checkpoint(tmp_path / "r" / "best")
    assert checkpoint.config.continuous == form
    assert (checkpoint.basis is not None) == (form in ("lora", "both"))


def test_a_compiler_that_hides_its_program_trains_but_is_not_exported(
    made: tuple[str, TokenFile], tmp_path: Path
) -> None:
    tiny, data = made
    config = _config(tiny, show_program=False)
    run = TrainingRun(tmp_path / "r", config, data, {"v": data})
    run.run()
    assert (tmp_path / "r" / "valid.jsonl").exists()
    assert not (tmp_path / "r" / "best").exists()
    with pytest.raises(DataError, match="is for experiments"):
        export_checkpoint(run.model, {}, config, tmp_path / "c")
