"""Picture checkpoints: good ones load, bad and hostile ones say what is wrong, compilers of text refuse pictures."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PillowImage
from safetensors.numpy import load_file, save

from programasweights.compiler import get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.compiler.neural import NeuralCompiler
from programasweights.compiler.picture_checkpoint import (
    MAX_BYTES,
    load_picture_checkpoint,
    with_readers,
    write_picture_checkpoint,
)
from programasweights.errors import CheckpointError, SpecError
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.program import from_bytes, to_bytes
from programasweights.spec import Spec
from programasweights.vision import Image
from programasweights.vision.marks.files import MarkConfig, MarkWeights, mark_shapes
from tests.picture_files import random_parts, use_mean_encoder, write_random
from tests.tiny_models import save_tiny_model

Change = Callable[[dict[str, Any], dict[str, Any]], object]
KEY = "paw_pictures"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = save_tiny_model(tmp_path_factory.mktemp("pictures") / "llama", "llama")
    return load_engine(str(folder), precision="fp32")


@pytest.fixture(scope="module")
def good(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random(tmp_path_factory.mktemp("good") / "pictures.safetensors", engine)


def picture(colour: str) -> Image:
    return Image(PillowImage.new("RGB", (9, 8), colour))


def _spec(colour: str) -> Spec:
    return Spec.make(["Name the colour.", picture(colour)])


def _changed(good: Path, path: Path, change: Change) -> Path:
    """A copy with another config or other tensors."""
    tensors = load_file(good)
    data = good.read_bytes()
    length = int.from_bytes(data[:8], "little")
    config = json.loads(json.loads(data[8 : 8 + length])["__metadata__"][KEY])
    change(config, tensors)
    path.write_bytes(save(tensors, {KEY: json.dumps(config)}))
    return path


def test_weights_come_back_within_their_precision(engine: Engine, good: Path) -> None:
    _, tensors = random_parts(engine)
    loaded = load_picture_checkpoint(good)
    assert loaded.pictures is not None
    assert loaded.pictures.interpreter is not None
    np.testing.assert_allclose(loaded.prefix_tokens, tensors["prefix_tokens"], rtol=1e-3)
    for start, own in (("", loaded.pictures.compiler), ("inputs.", loaded.pictures.interpreter)):
        for name, array in vars(own).items():
            np.testing.assert_allclose(array, tensors[f"{start}projector.{name}"], rtol=1e-3, atol=6e-3)
    (delta,) = loaded.lora.values()
    np.testing.assert_allclose(delta.a, next(v for n, v in tensors.items() if n.endswith(".a")), atol=6e-3)


def test_what_is_too_large_or_diverged_is_not_written(engine: Engine, tmp_path: Path) -> None:
    config, tensors = random_parts(engine)
    huge = tensors | {"prefix_tokens": np.zeros((MAX_BYTES // 2 // 64 + 1, 64))}
    with pytest.raises(CheckpointError, match="at most 16,000,000 are allowed"):
        write_picture_checkpoint(tmp_path / "c", config, huge)
    for bad in (np.inf, np.nan, 1e6):
        with pytest.raises(CheckpointError, match="prefix_tokens has numbers that float16 cannot hold"):
            write_picture_checkpoint(
                tmp_path / "c", config, tensors | {"prefix_tokens": np.full((3, 64), bad)}
            )
    assert not list(tmp_path.iterdir())


def _set(name: str, value: Any) -> Change:
    return lambda _, tensors: tensors.update({name: value})


def _with(**values: Any) -> Change:
    return lambda config, _: config.update(values)


BAD: list[tuple[Change, str]] = [
    (lambda _, tensors: tensors.pop("projector.w1_scale"), "int8 codes .* no float16 tensor projector.w1_scale"),
    (_set("projector.w1_scale", np.ones((7, 1), np.float32)), "no float16 tensor projector.w1_scale"),
    (_set("projector.w1_scale", np.full((7, 1), np.inf, np.float16)), "of finite numbers"),
    (_set("projector.w1_scale", np.ones((2, 1), np.float16)), "broadcasts over them"),
    (_set("projector.w1_scale", np.ones(7, np.float16)), "broadcasts over them"),
    (lambda _, tensors: tensors.pop("projector.start"), "lacks projector.start"),
    (lambda _, tensors: tensors.pop("inputs.projector.b2"), "lacks inputs.projector.b2|shape"),
    (lambda _, tensors: tensors.pop("prefix_tokens"), "lacks prefix_tokens"),
    (_set("projector.places", np.ones((5, 64), np.float16)), r"shape \(5, 64\), but \(6, 64\)"),
    (_set("projector.b1", np.full(7, np.nan, np.float16)), "NaN"),
    (_set("projector.b1", np.ones(7, np.float64)), "float64"),
    (_set("extra", np.ones(7, np.float16)), "unknown tensors: extra"),
    (_set("extra_scale", np.ones(7, np.float16)), "unknown tensors: extra_scale"),
    (_set("prefix_tokens", np.ones((3, 63), np.float16)), "the prefix tokens have 63"),
    (_with(inputs=False), "unknown tensors: inputs"),
    (_with(tokens=0), "config at tokens"),
    (_with(tokens=7), "but .7, 64. is expected"),
    (_with(features=4), "is expected"),
    (_with(inner=8), "is expected"),
    (_with(encoder=""), "config at encoder"),
    (_with(encoder_digest="E" * 64), "config at encoder_digest"),
    (_with(format_version=2), "config at format_version"),
    (_with(more=1), "config at more"),
    (lambda config, _: config["compiler"].update(slots=9), "9 slots need 8"),
    (lambda config, _: config["compiler"].update(discrete="written"), "discrete"),
    (_with(transcription_tokens=0), "config at transcription_tokens"),
    (_with(lines=-1), "config at lines"),
    (lambda config, _: config.pop("compiler"), "config at compiler"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), BAD)
def test_bad_checkpoints(good: Path, tmp_path: Path, change: Change, said: str) -> None:
    with pytest.raises(CheckpointError, match=said):
        load_picture_checkpoint(_changed(good, tmp_path / "p", change))


READER = MarkConfig(
    task="smiles", properties=(("C", "N"), ("", "+")), links=("single",), widths=(2, 3, 4), depths=(1, 0, 0)
)


def _reader(seed: int = 0, config: MarkConfig = READER) -> MarkWeights:
    draw = np.random.default_rng(seed)
    shapes = mark_shapes(config.shape)
    return MarkWeights(
        config, {name: draw.normal(0, 1, shape).astype(np.float32) for name, shape in shapes.items()}
    )


def test_mark_readers_are_put_in_and_taken_out(good: Path, tmp_path: Path) -> None:
    other = _reader(1, READER.model_copy(update={"task": "chemical", "links": ()}))
    with_readers(good, [_reader(), other], tmp_path / "two")
    found = load_picture_checkpoint(tmp_path / "two").pictures
    assert found is not None
    assert [reader.config for reader in found.readers] == [READER, other.config]
    for name, wanted in _reader().tensors.items():
        coarse = np.abs(wanted).max() / 127 if name.endswith("weight") else 1e-3
        np.testing.assert_allclose(found.readers[0].tensors[name], wanted, atol=1.1 * coarse, rtol=2e-3)
    # put in once more, its codes stay what they are; with none, the checkpoint is what it was
    with_readers(tmp_path / "two", found.readers, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "two").read_bytes()
    with_readers(tmp_path / "two", [], tmp_path / "none")
    assert load_file(tmp_path / "none").keys() == load_file(good).keys()
    for name, array in load_file(good).items():
        assert np.array_equal(load_file(tmp_path / "none")[name], array)
    with pytest.raises(CheckpointError, match="one of each task"):
        with_readers(good, [_reader(), _reader(2)], tmp_path / "twice")


def test_bad_mark_readers(good: Path, tmp_path: Path) -> None:
    with_readers(good, [_reader()], tmp_path / "one")
    bias, weight = "readers.smiles.marks.bias", "readers.smiles.marks.weight"
    bad: list[tuple[Change, str]] = [
        (lambda _, tensors: tensors.pop(bias), "lacks tensors, or has unknown ones: marks.bias"),
        (_set("readers.smiles.more", np.ones(1, np.float16)), "has unknown ones: more"),
        (_set("readers.music.more", np.ones(1, np.float16)), "unknown tensors: readers.music.more"),
        (_set(bias, np.ones(1, np.float16)), r"marks.bias is float16 \(1,\)"),
        (_set(bias, np.full(7, np.inf, np.float16)), "not finite"),
        (
            lambda _, tensors: tensors.pop(f"{weight}_scale"),
            f"int8 codes .* no float16 tensor {weight}_scale",
        ),
        (_with(readers=[READER.model_dump() | {"task": "maps"}]), "the task 'maps'; what can be told is"),
        (_with(readers=[]), "unknown tensors: readers.smiles"),
        (_with(readers=[{"task": "smiles"}]), "config at readers.0.properties"),
        (_with(readers=[READER.model_dump() | {"widths": (2, 3, 10**6)}]), "config at readers.0.widths"),
    ]
    for change, said in bad:
        with pytest.raises(CheckpointError, match=said):
            load_picture_checkpoint(_changed(tmp_path / "one", tmp_path / "p", change))


def test_files_that_are_no_checkpoints(good: Path, tmp_path: Path) -> None:
    data, path = good.read_bytes(), tmp_path / "p"
    length = int.from_bytes(data[:8], "little")
    bad = {
        b"": "not a safetensors file",
        b"nonsense" * 9: "not a safetensors file",
        data[:50]: "cut short",
        data[:-1]: "not a usable safetensors file",
        data + b"x": "not a usable safetensors file",
        (2**63).to_bytes(8, "little") + data[8:]: "cut short",
        data[:8] + b"[" * length + data[8 + length :]: "no metadata 'paw_pictures'",
        save({"a": np.ones(3)}): "no metadata 'paw_pictures'",
        save({"a": np.ones(3)}, {KEY: "{}"}): "config at",
        save({"a": np.ones(3)}, {KEY: "[" * 9999}): "not a picture checkpoint",
    }
    for content, said in bad.items():
        path.write_bytes(content)
        with pytest.raises(CheckpointError, match=said):
            load_picture_checkpoint(path)
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for wrong, said in (
        (path, "at most 16,000,000"),
        (tmp_path, "no file of"),
        (tmp_path / "no", "cannot be read"),
    ):
        with pytest.raises(CheckpointError, match=said):
            load_picture_checkpoint(wrong)


def test_damaged_files_load_or_are_refused(good: Path, tmp_path: Path) -> None:
    draw, data, refused = np.random.default_rng(3), good.read_bytes(), 0
    for _ in range(300):
        damaged = bytearray(data)
        for place in draw.integers(0, len(data) if draw.random() < 0.2 else 2000, draw.integers(1, 6)):
            damaged[place] = draw.integers(256)
        (tmp_path / "p").write_bytes(bytes(damaged))
        try:
            load_picture_checkpoint(tmp_path / "p")
        except CheckpointError:
            refused += 1
    assert refused > 200


def test_a_program_of_a_picture_is_a_program_of_text_but_for_its_spec(
    engine: Engine, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_mean_encoder(monkeypatch)
    compiler = get_compiler(good)
    red, again, blue = (
        compiler.compile(_spec(colour), engine, CompileOptions()) for colour in ("red", "red", "blue")
    )
    assert red.id == again.id != blue.id
    assert red.prefix != blue.prefix
    assert red.behaviour.pseudo_program == blue.behaviour.pseudo_program == "Name the colour."
    told = compiler.compile(Spec.make("Name the colour."), engine, CompileOptions())
    assert abs(len(to_bytes(red)) - len(to_bytes(told))) < 300
    read = from_bytes(to_bytes(red))
    assert read == red
    assert read.behaviour.spec.pictures[0].digest == picture("red").digest
    assert read.manifest.format_version == 4
    twice = Spec.make([picture("blue"), "Name the colour.", picture("red")])
    placed = compiler.compile(twice, engine, CompileOptions()).behaviour.spec.pictures
    assert [(p.at, p.digest) for p in placed] == [(0, picture("blue").digest), (16, picture("red").digest)]


def test_the_encoder_is_pinned(engine: Engine, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = use_mean_encoder(monkeypatch)
    encoder.digest = "d" * 64  # type: ignore[misc]
    with pytest.raises(CheckpointError, match="trained with the encoder mean eeeeeeeeeeee"):
        get_compiler(good).compile(_spec("red"), engine, CompileOptions())


@pytest.mark.parametrize("name", ["prompted", "neural", "backprop", "default"])
def test_compilers_of_text_say_what_to_do_with_pictures(engine: Engine, name: str) -> None:
    with pytest.raises(SpecError, match=r"1 picture\(s\), but .* reads text only. Name a picture checkpoint"):
        get_compiler(name).compile(_spec("red"), engine, CompileOptions())


def test_what_only_looks_like_a_picture_is_refused(
    engine: Engine, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Drawing:
        digest, pixels = "a" * 64, np.zeros((2, 2, 3), np.uint8)

    use_mean_encoder(monkeypatch)
    with pytest.raises(SpecError, match=r"holds a Drawing; make a paw.Image"):
        get_compiler(good).compile(Spec.make(["Look.", Drawing()]), engine, CompileOptions())


def test_a_projector_for_another_model_is_refused(
    engine: Engine, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_mean_encoder(monkeypatch)
    loaded = load_picture_checkpoint(good)
    assert loaded.pictures is not None
    assert loaded.pictures.interpreter is not None
    narrow = replace(loaded.pictures.interpreter, b2=np.zeros(3, np.float32))
    for side in ({"compiler": narrow}, {"interpreter": narrow}):
        wrong = replace(loaded, pictures=replace(loaded.pictures, **side))
        with pytest.raises(CheckpointError, match="gives 3 numbers an embedding"):
            NeuralCompiler(wrong).compile(_spec("red"), engine, CompileOptions())
