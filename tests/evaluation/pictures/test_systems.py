"""Systems that read pictures: what is measured is what users get, and the controls are blind."""

import base64
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

import programasweights as paw
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint, write_picture_checkpoint
from programasweights.data.images import Picture, Question, write_pictures
from programasweights.errors import CheckpointError, DataError, ModelError, ModelNotFoundError
from programasweights.evaluation.pictures.sample import Sample, picture_task, read_sample
from programasweights.evaluation.pictures.systems import get_picture_system, ocr
from programasweights.evaluation.pictures.systems.catalogue import _blinded
from programasweights.evaluation.pictures.systems.ocr import OcrSystem, TextReader
from programasweights.evaluation.pictures.systems.programs import PictureSystem
from programasweights.evaluation.pictures.systems.vision_language import conversation
from programasweights.lm.loader import load_engine
from tests.picture_files import random_parts, use_mean_encoder, write_random
from tests.tiny_models import save_tiny_model
from tests.training.pictures.tiny_pictures import squares


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_tiny_model(tmp_path_factory.mktemp("model") / "llama", "llama"))


@pytest.fixture(scope="module")
def checkpoint(tiny: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random(tmp_path_factory.mktemp("checkpoint") / "tiny.safetensors", load_engine(tiny))


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    write_pictures(tmp_path / "squares.jsonl", [*squares("test", 3), *squares("train", 7)])
    return read_sample(tmp_path / "squares.jsonl", ["circuit"], count=3)


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "cache"))
    use_mean_encoder(monkeypatch)


def test_programs_answer_as_the_functions_of_their_pictures(
    sample: Sample, checkpoint: Path, tiny: str
) -> None:
    tasks = [picture_task(task) for task in sample.suites[0].tasks]
    own, swapped = (
        get_picture_system(f"{kind}:{checkpoint}", sample, interpreter=tiny)
        for kind in ("paw", "paw-swapped")
    )
    wanted = []
    for task in tasks:
        f = paw.compile([task.spec, task.image], compiler=checkpoint, interpreter=tiny)
        wanted.append(tuple(f(case.input) for case in task.cases))
    assert len(set(wanted)) == 3, "the pictures tell"
    found = own.run(tasks)
    assert [o.outputs for o in found] == wanted
    assert all(o.prepare_seconds > 0 and o.program_bytes > 0 for o in found)
    assert [o.outputs for o in swapped.run(tasks)] == [*wanted[1:], wanted[0]]
    assert own.single(tasks[0]) > 0
    assert (own.name, swapped.name) == ("paw:tiny.safetensors", "paw-swapped:tiny.safetensors")
    assert own.fingerprint() != swapped.fingerprint()


def test_the_blind_control_sees_nothing(sample: Sample, checkpoint: Path, tiny: str) -> None:
    blind = get_picture_system(f"paw-blind:{checkpoint}", sample, interpreter=tiny)
    outputs = [o.outputs for o in blind.run(sample.suites[0].tasks)]
    assert len(set(outputs)) == 1
    assert any(outputs[0])
    seeing = load_picture_checkpoint(checkpoint)
    assert seeing.pictures is not None
    closed = _blinded(seeing).pictures
    assert closed is not None
    nothing = np.zeros((6, 5), np.float32)
    something = np.random.default_rng(1).normal(size=(6, 5)).astype(np.float32)
    np.testing.assert_array_equal(closed.compiler(something), seeing.pictures.compiler(nothing))
    assert np.abs(seeing.pictures.compiler(something) - seeing.pictures.compiler(nothing)).max() > 0.1
    with pytest.raises(DataError, match="reads no pictures"):
        _blinded(replace(seeing, pictures=None))


def test_programs_that_are_told_hold_what_is_in_their_pictures(
    sample: Sample, checkpoint: Path, tiny: str, tmp_path: Path
) -> None:
    config, tensors = random_parts(load_engine(tiny))
    writes = config.model_copy(
        update={"compiler": config.compiler.model_copy(update={"discrete": "generated"})}
    )
    write_picture_checkpoint(tmp_path / "writes.safetensors", writes, tensors)
    own, told = (
        get_picture_system(f"{kind}:{tmp_path / 'writes.safetensors'}", sample, interpreter=tiny)
        for kind in ("paw", "paw-told")
    )
    assert isinstance(told, PictureSystem)
    tasks = [picture_task(task) for task in sample.suites[0].tasks]
    written = [told._compile(told._spec(task)).behaviour.pseudo_program for task in tasks]
    assert written == [f"{task.spec}\n{sample.transcriptions[task.name]}" for task in tasks]
    assert len(set(written)) == 3
    assert [o.outputs for o in told.run(tasks)] != [o.outputs for o in own.run(tasks)]
    # answers with other knowledge are other answers
    other = replace(sample, transcriptions=dict.fromkeys(sample.transcriptions, "grey"))
    third = get_picture_system(f"paw-told:{tmp_path / 'writes.safetensors'}", other, interpreter=tiny)
    assert third.fingerprint() != told.fingerprint()
    # what is told is cut where a compiler would have to stop
    short = writes.model_copy(update={"transcription_tokens": 1})
    write_picture_checkpoint(tmp_path / "short.safetensors", short, tensors)
    cut = get_picture_system(f"paw-told:{tmp_path / 'short.safetensors'}", sample, interpreter=tiny)
    assert isinstance(cut, PictureSystem)
    kept = [cut._compile(cut._spec(task)).behaviour.pseudo_program for task in tasks]
    assert all(len(a) < len(b) for a, b in zip(kept, written, strict=True))
    with pytest.raises(DataError, match="hold no transcriptions"):
        get_picture_system(f"paw-told:{checkpoint}", sample, interpreter=tiny)
    unknown = replace(sample, transcriptions=sample.transcriptions | {tasks[0].name: ""})
    with pytest.raises(DataError, match="in 1 of 3 pictures is not known, for instance of"):
        get_picture_system(f"paw-told:{tmp_path / 'writes.safetensors'}", unknown, interpreter=tiny)


def test_swapping_takes_two_pictures_and_knows_which(sample: Sample, checkpoint: Path, tiny: str) -> None:
    name = f"paw-swapped:{checkpoint}"
    suite = sample.suites[0]
    alone = replace(sample, suites=(replace(suite, tasks=suite.tasks[:1]),))
    with pytest.raises(DataError, match="circuit has one picture alone"):
        get_picture_system(name, alone, interpreter=tiny)
    other = replace(sample, info=sample.info.model_copy(update={"digests": {"circuit": "0" * 64}}))
    one, two = (get_picture_system(name, s, interpreter=tiny).fingerprint() for s in (sample, other))
    assert one != two, "other partners, other answers"


def test_the_majority_answer_of_a_question(sample: Sample) -> None:
    """Of seven training squares three are red, two green, two blue."""
    system = get_picture_system("majority", sample)
    task = sample.suites[0].tasks[0]
    assert system.run([task])[0].outputs == ("red", "no")
    strange = replace(task, cases=(replace(task.cases[0], input="How large?"),))
    assert system.run([strange])[0].outputs == ("no",), "the answer that is most common of all"
    unknown = get_picture_system("majority", replace(sample, trained={}))
    assert unknown.run([task])[0].outputs == ("", "")
    assert unknown.fingerprint() != system.fingerprint()


def test_text_in_pictures_is_read_and_handed_on(tiny: str, tmp_path: Path) -> None:
    pictures = [
        _written(split, n, text) for split, n, text in (("test", 0, "R1 = 47"), ("train", 1, "C2 = 15"))
    ]
    write_pictures(tmp_path / "texts.jsonl", pictures)
    sample = read_sample(tmp_path / "texts.jsonl", ["circuit"], count=1)
    (task,) = sample.suites[0].tasks
    text, seconds = TextReader().read(picture_task(task).image)
    assert seconds > 0
    assert "".join(text.split()) == "R1=47"
    assert TextReader().read(paw.Image(PillowImage.new("RGB", (64, 64), "white")))[0] == ""
    bare, shown = (get_picture_system(f"{kind}:{tiny}", sample) for kind in ("ocr", "ocr-few"))
    assert isinstance(bare, OcrSystem)
    assert isinstance(shown, OcrSystem)
    asked = f"Text in the picture:\n{text}\n\nQuestion: How much?"
    assert bare._messages(task, text, "How much?") == [("user", f"{task.spec}\n\n{asked}")]
    first, answer, last = shown._messages(task, text, "How much?")
    assert first[1].startswith(f"{task.spec}\n\nText in the picture:\nC2")
    assert (answer, last) == (("assistant", "15"), ("user", asked))
    assert bare.fingerprint() != shown.fingerprint()
    (outcome,) = shown.run([task])
    assert outcome.outputs == tuple(shown._model.answer([[first, answer, last]]))
    assert outcome.prepare_seconds > 0


def test_without_rapidocr_the_extra_is_named(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(ocr, "version", missing)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'programasweights\[ocr\]'") as caught:
        get_picture_system("ocr", sample)
    assert caught.value.name == "rapidocr"


def test_a_vision_language_model_is_sent_the_picture(sample: Sample) -> None:
    task = picture_task(sample.suites[0].tasks[0])
    (message,) = conversation(task, "Colour?")
    words, picture, question = message["content"]
    assert (words["text"], question["text"]) == (task.spec, "Colour?\nReply with the answer only.")
    head, _, data = picture["image_url"]["url"].partition(",")
    assert head == "data:image/png;base64"
    assert paw.Image(base64.b64decode(data)) == task.image


def test_what_is_no_vision_language_model_is_refused(sample: Sample, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    model, projector = tmp_path / "m.gguf", tmp_path / "p.gguf"
    for file in (model, projector):
        file.write_bytes(b"GGUF nonsense")
    system = get_picture_system(f"vlm:{model}#{projector}", sample)
    with pytest.raises(ModelError, match=r"llama-cpp-python cannot load .*m.gguf"):
        system.run(sample.suites[0].tasks)


def test_names_that_nothing_answers_to(sample: Sample, tmp_path: Path) -> None:
    for name, error, message in (
        ("magic", DataError, "there is no system 'magic'"),
        ("vlm:one.gguf", DataError, "must be MODEL.gguf#MMPROJ.gguf"),
        (f"vlm:{tmp_path / 'm.gguf'}#x", ModelNotFoundError, "there is no file .*m.gguf"),
        (f"paw:{tmp_path / 'none'}", CheckpointError, "name a picture checkpoint"),
    ):
        with pytest.raises(error, match=message):
            get_picture_system(name, sample)


def _written(split: str, number: int, text: str) -> Picture:
    """A picture of a line of text, whose answer is the number in it."""
    import io

    drawn = PillowImage.new("RGB", (240, 80), "white")
    ImageDraw.Draw(drawn).text((30, 20), text, "black", ImageFont.load_default(32))
    content = io.BytesIO()
    drawn.save(content, "PNG")
    questions = (Question("How much?", text[-2:], "value"),)
    return Picture(
        f"{split}-{number}",
        "circuit",
        split,
        f"{split}{number}",
        "What does it say?",
        content.getvalue(),
        text,
        questions,
    )
