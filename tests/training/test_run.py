"""The continuous part's training: parity with the torch-free compiler, hand arithmetic, exact resume."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from programasweights.compiler import get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.compiler.checkpoint import load_checkpoint
from programasweights.compiler.neural import compiler_ids, read_prefix, write_slots
from programasweights.data.records import Record
from programasweights.errors import DataError
from programasweights.interpreter import Interpreter
from programasweights.lm.decoding import Request, complete
from programasweights.lm.loader import load_engine
from programasweights.spec import Spec
from programasweights.training.batches import batch_of, order_of
from programasweights.training.config import TrainingConfig
from programasweights.training.forms import rotate
from programasweights.training.mixture import Mixture
from programasweights.training.objectives import answer_loss
from programasweights.training.prefix_model import PrefixModel, evaluating
from programasweights.training.run import TrainingRun
from programasweights.training.setup import build_model, export_checkpoint, load_exported
from programasweights.training.throughput import batch_flops
from programasweights.training.token_file import TokenFile, TokenLimits, tokenise, write_token_file
from programasweights.training.validation import validate
from tests.tiny_models import save_tiny_model
from tests.training.tiny_data import tiny_token_file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, TokenFile]:
    return tiny_token_file(tmp_path_factory.mktemp("run"))


@pytest.fixture
def tiny(made: tuple[str, TokenFile]) -> str:
    return made[0]


@pytest.fixture
def data(made: tuple[str, TokenFile]) -> TokenFile:
    return made[1]


def _config(tiny: str, **changes: object) -> TrainingConfig:
    values: dict[str, object] = {
        "base": tiny, "interpreter": tiny, "slots": 5, "lora_rank": 2, "lora_alpha": 4, "map_inner": 6, "specs": 2,
        "pairs": 2, "steps": 6, "warmup": 2, "valid_every": 3, "save_every": 2, "valid_specs": 4,
    }  # fmt: skip
    return TrainingConfig(**(values | changes))  # type: ignore[arg-type]


def _export(model: PrefixModel, config: TrainingConfig, folder: Path) -> None:
    weights = {n: p.detach() for n, p in model.named_parameters() if p.requires_grad}
    export_checkpoint(model, weights, config, folder)


def _shaken(tiny: str, **changes: object) -> Iterator[PrefixModel]:
    """A model whose LoRA, map and basis do something."""
    model = build_model(_config(tiny, **changes))
    torch.manual_seed(1)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad and name != "prefix":
            parameter.data.normal_(0, 0.2).copy_(parameter.data.half().float())
    model.prefix.data.copy_(model.prefix.data.half().float())
    yield model


def test_token_files_hold_what_was_written(data: TokenFile, tiny: str) -> None:
    engine = load_engine(tiny, precision="fp32")
    assert len(data) == 6
    task = data[2]
    assert task.group == "f0"
    assert "Say maybe whatever comes." in engine.tokenizer.decode(task.versions[0].program.tolist())
    assert [engine.tokenizer.decode(wanted[:-1].tolist()) for _, wanted in task.pairs] == ["maybe"] * 5
    assert {int(wanted[-1]) for _, wanted in task.pairs} <= set(engine.end_ids)


def test_a_file_that_is_no_token_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"nonsense" * 9)
    with pytest.raises(DataError, match="is not a token file"):
        TokenFile(tmp_path / "x")
    with pytest.raises(DataError, match="nothing to train on"):
        write_token_file(tmp_path / "y", [], model="m", digest="0", vocabulary=9)


def test_the_exported_compiler_writes_the_slots_that_torch_writes(
    tiny: str, tmp_path: Path, data: TokenFile
) -> None:
    (model,) = _shaken(tiny)
    _export(model, _config(tiny), tmp_path)
    interpreter = load_engine(tiny, precision="fp32")
    checkpoint = load_checkpoint(tmp_path)
    engine = load_engine(tiny, precision="fp32", adapter=checkpoint.lora_digest, deltas=checkpoint.lora)
    specs = [Spec.make("Say yes."), Spec.make("Say something a good deal longer than that.")]
    ids = [compiler_ids(engine, s, s.as_text()) for s in specs]
    longest = max(map(len, ids))
    batch = batch_of([data[0], data[1]], 1)
    padded = torch.tensor([[9] * (longest - len(i)) + i for i in ids])
    mask = torch.tensor([[0] * (longest - len(i)) + [1] * len(i) for i in ids])
    with torch.no_grad():
        slots = model.write(model.read(replace(batch, compiler=padded, compiler_mask=mask))).slots
    assert slots is not None
    for row, own in enumerate(ids):
        reading = read_prefix(checkpoint, engine, interpreter, engine.embed(own))
        keys, values = write_slots(checkpoint, reading, interpreter)
        np.testing.assert_allclose(torch.stack(slots.keys)[:, row].numpy(), keys, atol=2e-4)
        np.testing.assert_allclose(torch.stack(slots.values)[:, row].numpy(), values, atol=2e-4)


@pytest.mark.parametrize("modules", ["query_value", "all"])
def test_the_exported_compiler_writes_the_lora_that_torch_writes(
    tiny: str, tmp_path: Path, data: TokenFile, modules: str
) -> None:
    form = {"form": "both", "adapter_modules": modules, "adapter_rank": 3, "adapter_basis": 2}
    (model,) = _shaken(tiny, **form)
    _export(model, _config(tiny, **form), tmp_path)
    exported = load_exported(tmp_path)
    again = dict(build_model(TrainingConfig(**{**exported.shape, "interpreter": tiny})).named_parameters())
    assert {n: tuple(v.shape) for n, v in exported.tensors.items()} == {
        n: tuple(p.shape) for n, p in again.items() if p.requires_grad
    }
    engine = load_engine(tiny, precision="fp32")
    spec = Spec.make("Say yes.")
    program = get_compiler(tmp_path).compile(spec, engine, CompileOptions())
    batch = batch_of([data[0]], 1)
    ids = torch.tensor([compiler_ids(engine, spec, spec.as_text())])
    with torch.no_grad():
        adapter = model.write(
            model.read(replace(batch, compiler=ids, compiler_mask=torch.ones_like(ids)))
        ).adapter
    assert adapter is not None
    assert program.lora is not None
    assert program.behaviour.lora.rank == 3
    assert len(adapter.parts) == 2 * len(program.lora.modules) == 2 * (7 if modules == "all" else 2)
    for name, (a, b) in adapter.parts.items():
        _, _, layer, module = name.split(".", 3)
        mine_a, mine_b = program.lora.parts[module]
        np.testing.assert_allclose(mine_a[int(layer)], a[0].numpy(), atol=2e-3)
        np.testing.assert_allclose(mine_b[int(layer)], b[0].numpy(), atol=2e-3)


@pytest.mark.parametrize("form", ["kv_prefix", "lora", "both"])
def test_exact_match_in_training_is_greedy_decoding(
    tiny: str, tmp_path: Path, data: TokenFile, form: str
) -> None:
    """What validation counts is what the exported compiler's function answers, token for token."""
    changes = {"form": form, "adapter_modules": "all"}
    (model,) = _shaken(tiny, **changes)
    _export(model, _config(tiny, **changes), tmp_path / "c")
    engine = load_engine(tiny, precision="fp32")
    program = get_compiler(tmp_path / "c").compile(
        Spec.make("Say yes."), engine, CompileOptions(max_new_tokens=6)
    )
    prepared = Interpreter(engine).prepare(program)
    (task,) = tokenise([Record("Say yes.", "q", "yes", task="a")], engine, TokenLimits())
    given = task.pairs[0][0]
    ((_, done),) = complete(engine, [Request(given.tolist(), 6, prepared.state, lora=prepared.lora)])
    greedy = np.array(done.ids)
    other = greedy.copy()
    other[-1] = (other[-1] + 1) % engine.config.vocab_size
    both = replace(task, pairs=((given, greedy), (given, other)))
    with evaluating(model):
        scores = model(batch_of([both], 2)).rows
    assert scores.exact.tolist() == [True, False]
    assert scores.tokens.tolist() == [len(greedy)] * 2
    assert float(scores.nll[0]) == pytest.approx(-done.logprob, rel=1e-2)


def test_losses_are_those_of_the_answers_tokens_alone(tiny: str, data: TokenFile) -> None:
    """Against one row at a time, without padding, and logits taken from the whole sequence."""
    model = build_model(_config(tiny))
    batch = batch_of([data[0], data[3]], 2)
    with evaluating(model):
        together = model.score(model.write(model.read(batch)), batch)
        for row in range(4):
            task = data[0 if row < 2 else 3]
            given, wanted = task.pairs[row % 2]
            alone = batch_of([task], 2)
            own = model.write(model.read(alone)).slots
            assert own is not None
            from transformers import DynamicCache

            cache = DynamicCache()
            for layer, (k, v) in enumerate(zip(own.keys, own.values, strict=True)):
                cache.update(k, v, layer)
            ids = torch.from_numpy(np.concatenate([task.versions[0].program, given, wanted]))[None]
            logits = model.interpreter(input_ids=ids, past_key_values=cache).logits[0]
            chosen = torch.log_softmax(logits[-len(wanted) - 1 : -1], -1)
            nll = -chosen[torch.arange(len(wanted)), torch.from_numpy(wanted)].sum()
            assert float(together.nll[row]) == pytest.approx(float(nll), rel=1e-4)
    assert float(answer_loss(together)) == pytest.approx(float((together.nll / together.tokens).mean()))


def test_gradients_reach_what_is_trained_and_nothing_else(tiny: str, data: TokenFile) -> None:
    model = build_model(_config(tiny))
    answer_loss(model(batch_of([data[0], data[1]], 2)).rows).backward()
    trained = {n for n, p in model.named_parameters() if p.requires_grad}
    reached = {n for n, p in model.named_parameters() if p.grad is not None and p.grad.abs().sum() > 0}
    assert "prefix" in reached
    assert any("lora_B" in n for n in reached)
    assert any("maps" in n and "second" in n for n in reached)
    assert reached <= trained
    assert not any(n.startswith("interpreter") for n in trained)


def test_slots_of_another_spec_are_swapped_and_left_out(tiny: str, data: TokenFile) -> None:
    (model,) = _shaken(tiny)
    found = validate(model, data, specs=6, pairs=2)
    assert found.specs == 6
    assert len({found.nll, found.swapped_nll, found.bare_nll}) == 3
    assert set(found.by_group) == {"f0", "f1"}


def test_a_killed_run_goes_on_to_the_same_numbers(tiny: str, data: TokenFile, tmp_path: Path) -> None:
    config = _config(tiny)
    whole = TrainingRun(tmp_path / "whole", config, data, {"v": data})
    whole.run()
    first = TrainingRun(tmp_path / "cut", config, data, {"v": data})
    steps = first._batches()
    for _ in range(4):
        first._note("log.jsonl", first._one_step(next(steps)))
    first.save()
    shutil.copytree(tmp_path / "cut", tmp_path / "again")
    again = TrainingRun(tmp_path / "again", config, data, {"v": data})
    assert again.step == 4
    again.run()
    for name, parameter in whole.model.named_parameters():
        torch.testing.assert_close(parameter, dict(again.model.named_parameters())[name], rtol=0, atol=0)
    losses = [
        [json.loads(line)["loss"] for line in (tmp_path / n / "log.jsonl").read_text("utf-8").splitlines()]
        for n in ("whole", "again")
    ]
    assert losses[0] == losses[1]
    assert len(losses[0]) == 6
    assert (tmp_path / "again" / "best" / "config.json").exists()
    with pytest.raises(DataError, match="another config"):
        TrainingRun(tmp_path / "again", _config(tiny, seed=1), data, {})


def test_training_moves_the_loss(tiny: str, data: TokenFile, tmp_path: Path) -> None:
    run = TrainingRun(
        tmp_path / "r", _config(tiny, steps=40, prefix_lr=0.05, lora_lr=0.02, specs=6), data, {"v": data}
    )
    before = run.validate()["v"].nll
    run.run()
    assert run.validate()["v"].nll < before - 0.5


def test_two_models_of_different_shapes(tiny: str, tmp_path: Path, data: TokenFile) -> None:
    save_tiny_model(tmp_path / "qwen", "qwen3")
    config = _config(tiny, base=str(tmp_path / "qwen"), map_inner=8)
    model = build_model(config)
    assert model.kv_prefix is not None
    assert model.kv_prefix.maps is not None
    assert not model.kv_prefix.maps[0].residual
    answer_loss(model(batch_of([data[0]], 2)).rows).backward()
    _export(model, config, tmp_path / "c")
    engine = load_engine(tiny, precision="fp32")
    program = get_compiler(tmp_path / "c").compile(
        Spec.make("Say yes."), engine, CompileOptions(max_new_tokens=4)
    )
    assert program.behaviour.prefix.slots == 5


def test_rotation_and_orders() -> None:
    keys = torch.randn(2, 3, 4, 8)
    places = torch.tensor([[0, 1, 2, 3], [5, 6, 7, 8]])
    torch.testing.assert_close(rotate(rotate(keys, places, 1e4), -places, 1e4), keys, atol=1e-5, rtol=1e-5)


def test_batches_depend_on_seed_and_epoch_alone(data: TokenFile) -> None:
    first = list(order_of(data, 2, 0, 0))
    assert first == list(order_of(data, 2, 0, 0))
    assert sorted(n for batch in first for n in batch) == list(range(6))
    assert any(list(order_of(data, 2, 0, e)) != first for e in range(1, 9))


def test_configs_are_checked() -> None:
    with pytest.raises(DataError, match="slots is 1, but must be at least 2"):
        TrainingConfig(slots=1)
    config = TrainingConfig(steps=100, warmup=10)
    assert config.rate(0) == pytest.approx(0.1)
    assert config.rate(10) == pytest.approx(1.0)
    assert config.rate(100) == pytest.approx(0.1)


def test_a_run_starts_from_an_earlier_one_or_a_checkpoint(tiny: str, data: TokenFile, tmp_path: Path) -> None:
    config = _config(tiny)
    earlier = TrainingRun(tmp_path / "earlier", config, data, {"v": data})
    earlier.run()
    later = TrainingRun(tmp_path / "later", config, data, {}, start=tmp_path / "earlier")
    assert later.step == 0
    torch.testing.assert_close(later.model.prefix, earlier.model.prefix, rtol=0, atol=0)
    best = TrainingRun(tmp_path / "best", config, data, {}, start=tmp_path / "earlier" / "best")
    trained = {n: p for n, p in best.model.named_parameters() if p.requires_grad}
    for name, value in load_exported(tmp_path / "earlier" / "best").tensors.items():
        torch.testing.assert_close(trained[name], value, rtol=0, atol=0)
    assert any("lora_B" in name and bool(p.detach().any()) for name, p in trained.items())
    with pytest.raises(DataError, match="another shape"):
        TrainingRun(tmp_path / "x", _config(tiny, slots=7), data, {}, start=tmp_path / "earlier")
    with pytest.raises(DataError, match="name the folder of a run or of a checkpoint"):
        TrainingRun(tmp_path / "y", config, data, {}, start=tmp_path / "nothing")
    with pytest.raises(DataError, match="another start"):
        TrainingRun(tmp_path / "later", config, data, {})


def test_a_mixture_goes_through_its_files_as_often_as_asked(data: TokenFile) -> None:
    mixture = Mixture([(data, 2), (data, 1)])
    assert len(mixture) == 18
    for number in (0, 5, 6, 11, 12, 17):
        assert mixture.lengths(number) == data.lengths(number % 6)
        assert mixture[number].group == data[number % 6].group
        np.testing.assert_array_equal(
            mixture[number].versions[0].compiler, data[number % 6].versions[0].compiler
        )
    task = data[0]
    longest = max(len(given) + len(wanted) for given, wanted in task.pairs)
    assert data.lengths(0) == (len(task.versions[0].compiler), longest)
    for parts in ([], [(data, 0)]):
        with pytest.raises(DataError, match="at least once"):
            Mixture(parts)


def test_operations_are_those_of_the_terms(tiny: str, data: TokenFile) -> None:
    model, batch = build_model(_config(tiny, lora_rank=0)), batch_of([data[0], data[3]], 2)
    weights = 2 * (64 * (4 + 2 + 2 + 4) * 16 + 3 * 64 * 112)
    read, seen = int(batch.compiler_mask.sum()), int(batch.program_mask.sum() + batch.rows_mask.sum())

    def count(*, answers: bool) -> float:
        return batch_flops(model.compiler, model.interpreter, batch, 5, answers=answers, discrete=False)

    assert count(answers=False) == 4 * weights * read
    output = 259 * 64 * int(batch.answer_mask.sum())
    assert count(answers=True) == 4 * (weights * (read + 2 * 4 + seen) + output)
