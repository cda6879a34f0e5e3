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
from programasweights.compiler.pictures import read_spec
from programasweights.data.images import write_pictures
from programasweights.errors import CheckpointError, DataError
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache, KvState
from programasweights.lm.loader import load_engine
from programasweights.lm.lora import pack_lora
from programasweights.program import Program
from programasweights.spec import Spec
from programasweights.training.forms import Adapter, Continuous, Slots
from programasweights.training.pictures.asked import asked_of
from programasweights.training.pictures.batches import chosen_questions, picture_batch
from programasweights.training.pictures.config import PictureTraining
from programasweights.training.pictures.feature_file import FeatureFile, TokenisedPicture, TokenisedQuestion
from programasweights.training.pictures.model import PictureModel
from programasweights.training.pictures.objectives import terms_of
from programasweights.training.pictures.run import CHECKPOINT, PictureRun, find_files
from programasweights.training.pictures.setup import (
    build_picture_model,
    export_picture_checkpoint,
    start_weights,
)
from programasweights.training.pictures.transcribing import with_transcription
from programasweights.training.prefix_model import evaluating
from programasweights.training.setup import load_exported, read_texts
from programasweights.vision import LINE_VERSION, Image
from tests.picture_files import MeanEncoder, use_colour_reader, use_mean_encoder
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
    found = start_weights(path, train)
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


@pytest.fixture
def greedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training writes transcriptions greedily; a compile does the same with a beam of one."""
    monkeypatch.setattr("programasweights.compiler.pictures._BEAM", 1)


@pytest.mark.usefixtures("greedy")
@pytest.mark.parametrize("cut", [40, 16])
def test_a_transcribed_picture_answers_as_in_training(
    made: Made, encoder: MeanEncoder, tmp_path: Path, cut: int
) -> None:
    tiny, _, valid = made
    changes = {"transcribe": True, "transcription_tokens": cut}
    model = _shaken(made, tmp_path / "p.safetensors", **changes)
    config = tiny_config(tiny, **changes)
    compiler = NeuralCompiler(load_picture_checkpoint(tmp_path / "p.safetensors"))
    engine, texts = load_engine(tiny, precision="fp32"), read_texts(config)
    told = with_transcription(model, [valid[n] for n in range(3)], texts, cut)
    batch = picture_batch(told, 2, slots=5, transcription=512, transcribed=True)
    with evaluating(model):
        logits = model.logits(_stored(model.write(model.read(batch))), batch)
    programs, row = [], 0
    for own, source in zip(told, squares("valid", 3), strict=True):
        program = compiler.compile(Spec.make([SPEC, Image(source.png)]), engine, CompileOptions())
        programs.append(program.behaviour.pseudo_program)
        for question in own.questions:
            expected = logits[row : row + len(question.wanted)]
            found = _engine_logits(engine, program, own, question)
            np.testing.assert_allclose(found, expected.numpy(), atol=1e-3)
            row += len(question.wanted)
    assert row == len(logits)
    assert all(text.startswith(f"{SPEC}\n") for text in programs)
    assert len(set(programs)) > 1, "a transcription depends on the picture"
    # text alone is compiled without one
    plain = compiler.compile(Spec.make("Say hello."), engine, CompileOptions())
    assert plain.behaviour.pseudo_program == "Say hello."
    assert "continuous part" in str(plain.behaviour.recipe["pseudo_program"])


@pytest.mark.usefixtures("greedy")
def test_lines_are_read_behind_their_pictures(
    encoder: MeanEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_colour_reader(monkeypatch)
    made = write_tiny(tmp_path, MeanEncoder(), lines=True)
    tiny, _, valid = made
    assert [len(valid[n].line) > 0 for n in range(3)] == [False, True, True]
    model = _shaken(made, tmp_path / "p.safetensors", transcribe=True, transcription_tokens=16)
    checkpoint = load_picture_checkpoint(tmp_path / "p.safetensors")
    assert checkpoint.pictures is not None
    assert checkpoint.pictures.lines == LINE_VERSION
    engine, texts = load_engine(tiny, precision="fp32"), read_texts(tiny_config(tiny, transcribe=True))
    told = with_transcription(model, [valid[n] for n in range(3)], texts, 16)
    batch = picture_batch(told, 2, slots=5, transcription=512, transcribed=True)
    without = picture_batch(
        [replace(p, line=p.line[:0]) for p in told], 2, slots=5, transcription=512, transcribed=True
    )
    with evaluating(model):
        logits = model.logits(_stored(model.write(model.read(batch))), batch)
        blind = model.logits(_stored(model.write(model.read(without))), without)
    changed = (logits - blind).abs().amax(1) > 1e-3
    row = 0
    for own, source in zip(told, squares("valid", 3), strict=True):
        program = NeuralCompiler(checkpoint).compile(
            Spec.make([SPEC, Image(source.png)]), engine, CompileOptions()
        )
        for question in own.questions:
            expected = logits[row : row + len(question.wanted)]
            np.testing.assert_allclose(
                _engine_logits(engine, program, own, question), expected.numpy(), atol=1e-3
            )
            assert bool(changed[row : row + len(question.wanted)].any()) == bool(len(own.line))
            row += len(question.wanted)
    # a blind compiler reads none, and texts that follow a picture stand behind its line
    embedded = read_spec(
        checkpoint.pictures, engine, Spec.make([SPEC, Image(squares("valid", 3)[1].png), "Briefly."])
    )
    unread = read_spec(
        replace(checkpoint.pictures, lines=0),
        engine,
        Spec.make([SPEC, Image(squares("valid", 3)[1].png), "Briefly."]),
    )
    line = engine.embed(valid[1].line)
    start = len(valid[1].spec) + encoder.tokens + 2
    np.testing.assert_array_equal(embedded[start : start + len(line)], line)
    np.testing.assert_array_equal(np.delete(embedded, np.s_[start : start + len(line)], axis=0), unread)
    assert load_engine(tiny, precision="q8").embed([]).shape == (0, engine.config.hidden_size)
    other = replace(checkpoint.pictures, lines=LINE_VERSION + 1)
    with pytest.raises(CheckpointError, match="lines of text as version"):
        read_spec(other, engine, Spec.make([SPEC, Image(squares("valid", 1)[0].png)]))


def test_controls_of_a_run_see_no_line_or_another(
    encoder: MeanEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all features are alike, only lines tell pictures apart."""
    use_colour_reader(monkeypatch)
    monkeypatch.setattr(MeanEncoder, "encode", lambda _, images: np.zeros((len(images), 6, 5), np.float32))
    tiny, train, valid = write_tiny(tmp_path, MeanEncoder(), lines=True)
    rates = {"projector_lr": 1e-2, "lora_lr": 1e-2, "prefix_lr": 1e-2, "valid_every": 120, "save_every": 120}
    config = tiny_config(
        tiny, steps=80, specs=8, valid_specs=5, lora_rank=4, adapter_rank=4, inner=24, **rates
    )
    run = PictureRun(tmp_path / "run", config, [train], [valid], start=None)
    run.run()
    (scores,) = run.validate().values()
    assert scores.exact >= 0.9
    assert scores.exact > scores.blind_exact + 0.3
    assert scores.exact > scores.swapped_exact + 0.3
    assert scores.told_nll < scores.swapped_told_nll


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
    with pytest.raises(DataError, match="would not learn to write"):
        tiny_config(tiny, transcribe=True, discrete_weight=0.0)
    with pytest.raises(DataError, match="need transcribe, answer_weight and 2 or more"):
        tiny_config(tiny, own_words_share=0.5)
    with pytest.raises(DataError, match="own_words_share is 2"):
        tiny_config(tiny, own_words_share=2)
    with pytest.raises(DataError, match="align_epochs is -1"):
        tiny_config(tiny, align_epochs=-1)
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


def test_a_projector_learns_which_words_lie_where(made: Made, tmp_path: Path) -> None:
    tiny, train, valid = made
    changes = {"align_epochs": 150, "steps": 1, "valid_every": 1, "inner": 24}
    first = tiny_config(tiny, answer_weight=0, discrete_weight=1.0, transcribe=True, **changes)
    run = PictureRun(tmp_path / "first", first, [train], [valid], start=None)
    run.run()
    told = _lines(tmp_path / "first" / "align.jsonl")
    assert len(told) == 150
    assert told[0]["held_out"] < 0.5 < 0.9 < told[-1]["held_out"]  # type: ignore[operator]
    (scores,) = run.validate().values()
    assert (scores.exact, scores.blind_exact) == (None, None)
    assert scores.told_exact is not None
    assert 0 <= scores.told_exact <= 1
    # who goes on from it has a projector that is not fresh
    second = tiny_config(tiny, transcribe=True, **changes)
    run = PictureRun(
        tmp_path / "second", second, [train], [valid], start=tmp_path / "first" / "best" / CHECKPOINT
    )
    run.run()
    assert not (tmp_path / "second" / "align.jsonl").exists()
    (scores,) = run.validate().values()
    assert scores.exact is not None
    assert scores.told_nll is not None


def test_a_compiler_learns_to_write_what_helps_the_interpreter(made: Made, tmp_path: Path) -> None:
    """Samples behind which the right answers are likelier become likelier themselves."""
    tiny, train, _ = made
    config = tiny_config(
        tiny, transcribe=True, transcription_tokens=18, own_words_share=1.0, rollouts=4, pairs=2, lora_lr=3e-3,
    )  # fmt: skip
    model, texts = _shaken(made, tmp_path / "p.safetensors", transcribe=True), read_texts(config)
    pictures = [train[0], train[1]]
    terms = terms_of(model, pictures, np.random.default_rng(3), config, texts)
    assert set(terms.losses) == {"answers", "own_words"}
    assert terms.notes["reward_spread"] > 0
    # the same draws again: what was sampled, and how likely the answers are behind each
    random = np.random.default_rng(3)
    random.random()
    asked = [replace(p, questions=tuple(chosen_questions(p, 2, random))) for p in pictures]
    same = [picture for picture in asked for _ in range(4)]
    drawn = with_transcription(model, same, texts, 18, temperature=1.0, seed=int(random.integers(2**31)))
    assert len({tuple(p.transcription) for p in drawn}) > 2
    batch = picture_batch(drawn, 2, slots=5, transcription=18, transcribed=True)

    def likely() -> torch.Tensor:
        losses, _ = model.transcription_losses(model.read(batch), batch)
        chosen = batch.told[:, 1:] & batch.told[:, :-1]
        return -torch.zeros(8).index_add(0, torch.nonzero(chosen)[:, 0], losses)

    with evaluating(model):
        scores = model.score(model.write(model.read(batch)), batch)
        worth = -(scores.nll / scores.tokens).view(2, 4, 2).mean(2)
        before = likely()
    assert float(worth.mean()) == pytest.approx(terms.notes["reward"], abs=1e-4)
    gained = (worth - worth.mean(1, keepdim=True)).flatten()
    expected = -(gained * before).sum() / (8 * 18)
    assert float(terms.losses["own_words"].detach()) == pytest.approx(float(expected), rel=1e-4)
    # merging the LoRA for samples touches weights that the first graph remembers
    again = terms_of(model, pictures, np.random.default_rng(3), config, texts)
    assert terms.notes == again.notes
    again.losses["own_words"].backward()  # type: ignore[no-untyped-call]
    trained = [p for p in model.parameters() if p.grad is not None]
    torch.optim.SGD(trained, lr=0.05).step()
    with evaluating(model):
        assert float((gained * (likely() - before)).sum()) > 0


def test_a_frozen_reader_stays_as_it_is_while_answers_are_learned(made: Made, tmp_path: Path) -> None:
    tiny, train, _ = made
    usual = tiny_config(tiny, transcribe=True, steps=12, warmup=1, valid_every=100, lora_lr=3e-3)
    PictureRun(tmp_path / "first", replace(usual, steps=1), [train], [], start=None).run()
    state = torch.load(tmp_path / "first" / "state.pt", weights_only=True)
    run = PictureRun(tmp_path / "run", replace(usual, freeze_reader=True), [train], [], start=None)
    run._load_weights(state["weights"])
    before = {n: p.detach().clone() for n, p in run.model.named_parameters() if p.requires_grad}
    run.run()
    moved = {n for n, p in run.model.named_parameters() if n in before and not torch.equal(p, before[n])}
    frozen = {n for n in before if n.startswith(("text.compiler.", "projector.")) or n == "text.prefix"}
    assert frozen
    assert moved == set(before) - frozen
    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text("utf-8").splitlines()]
    assert all(line["transcriptions"] == 0 for line in log)
    assert log[-1]["answers"] < log[0]["answers"]


@pytest.mark.parametrize("other", [{"answer_weight": 0.0}, {"input_share": 0.5}])
def test_a_frozen_reader_has_answers_to_learn(made: Made, other: dict[str, float]) -> None:
    with pytest.raises(DataError, match="freeze_reader"):
        tiny_config(made[0], freeze_reader=True, **other)


def test_recipes_fit_the_checkpoint_that_they_start_from() -> None:
    folder = Path(__file__).parents[3] / "recipes" / "pictures"
    recipes = {
        path.stem: PictureTraining(**json.loads(path.read_text("utf-8"))) for path in folder.glob("*.json")
    }
    assert len(recipes) == 9
    shape = load_exported(SHIPPED).shape
    for name in set(recipes) - {"smoke"}:
        assert {field: getattr(recipes[name], field) for field in shape} == dict(shape)


def test_the_commands(
    made: Made, encoder: MeanEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    use_colour_reader(monkeypatch)
    read = tmp_path / "lines.safetensors"
    asked = ["features", str(tmp_path / "train.jsonl.gz"), "--out", str(read), "--model", tiny, "--lines"]
    assert "4 pictures in" in CliRunner().invoke(app, asked).output
    plain, lines = FeatureFile(tmp_path / "data" / "train.safetensors"), FeatureFile(read)
    assert (plain.lines, lines.lines) == (False, True)
    assert [len(plain[n].line) for n in range(3)] == [0, 0, 0]
    assert load_engine(tiny).tokenizer.decode(lines[2].line.tolist()) == " 0000ff"
    with pytest.raises(DataError, match="with or without lines"):
        PictureRun(tmp_path / "mixed", config, [plain, lines], [], start=None)
    recipe.write_text('{"steps": 1, "colour": 2}')
    assert isinstance(CliRunner().invoke(app, command).exception, DataError)
