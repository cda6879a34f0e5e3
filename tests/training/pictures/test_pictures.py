"""Compilers that read pictures: torch and the run path agree, runs resume to the same numbers, controls control."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch
from typer.testing import CliRunner

import programasweights as paw
from programasweights.cli.train import app
from programasweights.compiler.base import CompileOptions
from programasweights.compiler.default import SHIPPED
from programasweights.compiler.neural import NeuralCompiler
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.data.images import write_pictures
from programasweights.errors import DataError
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache, KvState
from programasweights.lm.loader import load_engine
from programasweights.lm.lora import pack_lora
from programasweights.program import Program
from programasweights.spec import Spec
from programasweights.training.forms import Adapter, Continuous, Slots
from programasweights.training.pictures.asked import asked_of
from programasweights.training.pictures.batches import picture_batch
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile, TokenisedPicture, TokenisedQuestion
from programasweights.training.pictures.model import PictureModel
from programasweights.training.pictures.run import CHECKPOINT, PictureRun, find_files
from programasweights.training.pictures.setup import (
    build_picture_model,
    export_picture_checkpoint,
    start_weights,
)
from programasweights.training.prefix_model import evaluating
from programasweights.training.setup import load_exported, read_texts
from programasweights.vision import Image
from tests.picture_files import MeanEncoder, use_mean_encoder
from tests.training.pictures.tiny_pictures import (
    SPEC,
    squares,
    tiny_config,
    write_tiny,
)

Made = tuple[str, FeatureFile, FeatureFile]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return write_tiny(tmp_path_factory.mktemp("pictures"), MeanEncoder())


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> MeanEncoder:
    return use_mean_encoder(monkeypatch)


def _shaken(made: Made, path: Path, **changes: object) -> PictureModel:
    """A model whose parts all do something, exported to `path` and read back."""
    tiny, train, _ = made
    config = tiny_config(tiny, **changes)
    sizes = {"tokens": train.tokens, "features": train.features, "device": torch.device("cpu")}
    model = build_picture_model(config, **sizes)  # type: ignore[arg-type]
    torch.manual_seed(1)
    for name, parameter in model.text.named_parameters():
        if parameter.requires_grad and name != "prefix":
            parameter.data.normal_(0, 0.1)
    export_picture_checkpoint(model, config, train, path)
    found = start_weights(path)
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    assert set(found) == set(trained)
    for name, value in found.items():
        # int8 and float16 are near what was trained
        torch.testing.assert_close(value, trained[name].data, rtol=0.01, atol=0.02)
        trained[name].data.copy_(value)
    return model


def _stored(written: Continuous) -> Continuous:
    """As a program holds it: in float16."""
    slots, adapter = written.slots, written.adapter
    return Continuous(
        slots and Slots(*(tuple(part.half().float() for part in own) for own in (slots.keys, slots.values))),
        adapter and Adapter({n: (a.half().float(), b.half().float()) for n, (a, b) in adapter.parts.items()}),
    )


def test_a_picture_as_an_input_is_answered_as_in_training(
    made: Made, encoder: MeanEncoder, tmp_path: Path
) -> None:
    tiny, _, valid = made
    model = _shaken(made, tmp_path / "p.safetensors", input_share=0.5)
    texts = read_texts(tiny_config(tiny))
    batch = picture_batch([asked_of(valid[n], n % 2, texts) for n in range(3)], 1, slots=5)
    with evaluating(model):
        logits = model.logits(_stored(model.write(model.read(batch))), batch)
        blank = replace(batch, features=torch.zeros_like(batch.features))
        assert (model.logits(model.write(model.read(blank)), blank) - logits).abs().max() > 0.02
    engine, row = load_engine(tiny, precision="fp32"), 0
    compiler, interpreter = (
        NeuralCompiler(load_picture_checkpoint(tmp_path / "p.safetensors")),
        Interpreter(engine),
    )
    for n, source in enumerate(squares("valid", 3)):
        asked, wanted = source.questions[n % 2], valid[n].questions[n % 2].wanted
        program = compiler.compile(Spec.make(asked.text), engine, CompileOptions())
        found = interpreter.read(interpreter.prepare(program), Image(source.png), wanted.tolist())
        told = torch.log_softmax(logits[row : row + len(wanted)], -1)
        # what comes before the input is kept in float16
        np.testing.assert_allclose(found, told.numpy(), atol=1e-2)
        row += len(wanted)
    assert row == len(logits)


@pytest.mark.parametrize("form", ["both", "lora", "kv_prefix"])
def test_a_compiled_picture_answers_as_in_training(
    made: Made, encoder: MeanEncoder, tmp_path: Path, form: str
) -> None:
    tiny, _, valid = made
    model = _shaken(made, tmp_path / "p.safetensors", form=form, map_inner=6 if form == "both" else 0)
    compiler = NeuralCompiler(load_picture_checkpoint(tmp_path / "p.safetensors"))
    engine = load_engine(tiny, precision="fp32")
    pictures = [valid[n] for n in range(3)]
    batch = picture_batch(pictures, 2, slots=5, kv_slots=form != "lora", transcription=9)
    with evaluating(model):
        written = _stored(model.write(model.read(batch)))
        logits = model.logits(written, batch)
        others = model.logits(written.of(torch.tensor([1, 2, 0])), batch)
    assert (torch.log_softmax(logits, -1) - torch.log_softmax(others, -1)).abs().max() > 0.02
    interpreter, row = Interpreter(engine), 0
    for own, source in zip(pictures, squares("valid", 3), strict=True):
        spec = Spec.make([SPEC, Image(source.png)])
        program = compiler.compile(spec, engine, CompileOptions())
        prepared = interpreter.prepare(program)
        for question, asked in zip(own.questions, source.questions, strict=True):
            expected = logits[row : row + len(question.wanted)]
            found = _engine_logits(engine, program, own, question)
            np.testing.assert_allclose(found, expected.numpy(), atol=1e-3)
            # what comes before the input is kept in float16
            kept = interpreter.read(prepared, asked.text, question.wanted.tolist())
            np.testing.assert_allclose(kept, torch.log_softmax(expected, -1).numpy(), atol=2e-2)
            row += len(question.wanted)
    assert row == len(logits)


def _engine_logits(
    engine: Engine, program: Program, picture: TokenisedPicture, question: TokenisedQuestion
) -> npt.NDArray[np.float32]:
    """Logits of an answer's tokens by the run path's engine, all in float32."""
    ids = np.concatenate([picture.program, question.given, question.wanted[:-1]]).tolist()
    slots, lora = program.prefix, program.lora
    cache = KvCache(engine.config, 1, 512)
    cache.load(0, None if slots is None else KvState(slots.keys, slots.values))
    packed = None if lora is None else pack_lora(engine.config, lora.parts)
    last = range(len(ids) - len(question.wanted), len(ids))
    return engine.forward(cache, engine.embed(ids)[None], lora=packed, logits_at=last)[0]


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_stopped_run_goes_on_to_the_same_numbers(made: Made, tmp_path: Path) -> None:
    tiny, train, valid = made
    config = tiny_config(tiny, input_share=0.5)
    whole = PictureRun(tmp_path / "whole", config, [train], [valid], start=None)
    whole.run()
    parts = PictureRun(tmp_path / "parts", config, [train], [valid], start=None)
    taken = iter(range(4))
    with pytest.raises(StopIteration):  # killed after its fifth step; the state is that of the fourth
        parts.run(advance=lambda _: next(taken) and None)
    parts = PictureRun(tmp_path / "parts", config, [train], [valid], start=None)
    parts.run(seconds=0)
    parts.run()
    assert parts.step == whole.step == config.steps
    for name, weight in whole.model.named_parameters():
        torch.testing.assert_close(weight, dict(parts.model.named_parameters())[name], rtol=0, atol=0)
    kept = ("step", "loss", "answers", "transcriptions", "gradient_norm", "rate", "tokens")
    logs = [
        [[row[n] for n in kept] for row in _lines(tmp_path / name / "log.jsonl")]
        for name in ("whole", "parts")
    ]
    assert [row[0] for row in logs[0]] == [1, 2, 3, 4, 5, 6]
    assert logs[1] == logs[0][:5] + logs[0][4:]
    (first, *_) = _lines(tmp_path / "whole" / "valid.jsonl")
    assert first["circuit"]["input_nll"] > 0  # type: ignore[index]
    assert _lines(tmp_path / "whole" / "valid.jsonl") == _lines(tmp_path / "parts" / "valid.jsonl")


def test_what_is_not_the_same_run_is_refused(made: Made, tmp_path: Path) -> None:
    tiny, train, valid = made
    PictureRun(tmp_path, tiny_config(tiny), [train], [], start=None)
    with pytest.raises(DataError, match="another config"):
        PictureRun(tmp_path, tiny_config(tiny, seed=1), [train], [], start=None)
    with pytest.raises(DataError, match="other data"):
        PictureRun(tmp_path, tiny_config(tiny), [valid], [], start=None)
    with pytest.raises(DataError, match="pictures to train on, but a batch takes 99"):
        PictureRun(tmp_path / "b", tiny_config(tiny, specs=99), [train], [], start=None).run()
    with pytest.raises(DataError, match="of different sizes"):
        PictureRun(
            tmp_path / "c", tiny_config(tiny), [train], []
        )  # the shipped checkpoint is of a larger model
    with pytest.raises(DataError, match="text alone"):
        tiny_config(tiny, hide_program=0.5)


def test_colours_are_learned_from_pictures_alone(made: Made, encoder: MeanEncoder, tmp_path: Path) -> None:
    tiny, train, valid = made
    changes = {
        "projector_lr": 1e-2,
        "lora_lr": 1e-2,
        "prefix_lr": 1e-2,
        "valid_every": 120,
        "save_every": 120,
    }
    config = tiny_config(
        tiny, steps=80, specs=8, valid_specs=5, lora_rank=4, adapter_rank=4, inner=24, **changes
    )
    run = PictureRun(tmp_path, config, [train], [valid], start=None)
    run.run()
    (scores,) = run.validate().values()
    assert scores.exact >= 0.9
    assert scores.exact > scores.swapped_exact + 0.3
    assert scores.exact > scores.blind_exact + 0.3
    best = tmp_path / "best" / CHECKPOINT
    assert best.stat().st_size < 16_000_000
    assert f"| circuit | 5 | 10 | {scores.exact:.1%} |" in (tmp_path / "best" / "CARD.md").read_text()
    red, blue = (Image(squares("valid", 3)[n].png) for n in (0, 2))
    answers = []
    for picture in (red, blue):
        f = paw.compile(prompt=[SPEC, picture], compiler=best, interpreter=tiny, max_new_tokens=6)
        answers.append((f("Colour?"), f("Red?")))
    assert answers == [("red", "yes"), ("blue", "no")]
    (described,) = f.program.behaviour.spec.pictures
    assert (described.digest, described.at) == (blue.digest, len(SPEC))
    assert (described.width, described.height) == (blue.width, blue.height) == (10, 9)


def test_recipes_fit_the_checkpoint_that_they_start_from() -> None:
    folder = Path(__file__).parents[3] / "recipes" / "pictures"
    recipes = {
        path.stem: PictureTraining(**json.loads(path.read_text("utf-8"))) for path in folder.glob("*.json")
    }
    assert set(recipes) == {"cpu", "gpu", "smoke"}
    shape = load_exported(SHIPPED).shape
    for name in ("cpu", "gpu"):
        assert {field: getattr(recipes[name], field) for field in shape} == dict(shape)


def test_the_commands(made: Made, encoder: MeanEncoder, tmp_path: Path) -> None:
    tiny, train, valid = made
    config = tiny_config(tiny, steps=1, warmup=1, valid_every=1)
    PictureRun(tmp_path / "first", config, [train], [valid], start=None).run()
    for split, count in (("train", 4), ("valid", 2)):
        write_pictures(tmp_path / f"{split}.jsonl.gz", squares(split, count))
        out = tmp_path / "data" / f"{split}.safetensors"
        asked = ["features", str(tmp_path / f"{split}.jsonl.gz"), "--out", str(out), "--model", tiny]
        assert f"{count} pictures in" in CliRunner().invoke(app, asked).output
    recipe = tmp_path / "recipe.json"
    recipe.write_text(json.dumps(asdict(config)))
    command = [
        "pictures",
        "--recipe",
        str(recipe),
        "--data",
        str(tmp_path / "data"),
        "--out",
        str(tmp_path / "run"),
    ]
    told = CliRunner().invoke(app, [*command, "--start", str(tmp_path / "first" / "best" / CHECKPOINT)])
    assert "step 1 of 1" in told.output
    assert load_picture_checkpoint(tmp_path / "run" / "best" / CHECKPOINT).pictures is not None
    with pytest.raises(DataError, match="holds no train"):
        find_files(tmp_path)
    recipe.write_text('{"steps": 1, "colour": 2}')
    assert isinstance(CliRunner().invoke(app, command).exception, DataError)
