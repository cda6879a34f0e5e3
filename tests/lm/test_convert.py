"""Conversion into the cache: once, all or nothing, and again when damaged."""

import json
import multiprocessing
from pathlib import Path

import numpy as np
import pytest

from programasweights.errors import ModelError, UnsupportedModelError
from programasweights.lm.convert import ConvertedModel, ModelRecipe, converted_models, ensure_converted
from programasweights.lm.loader import model_digest
from programasweights.lm.quantization import dequantize_blocks, quantize_blocks
from tests.tiny_models import save_tiny_model


@pytest.fixture(autouse=True)
def cache_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def recipe(tmp_path: Path) -> ModelRecipe:
    folder = str(save_tiny_model(tmp_path / "tiny", "llama"))
    return ModelRecipe(folder, model_digest(folder), "q8")


def stamps(model: ConvertedModel) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in model.folder.iterdir()}


def test_converts_once(recipe: ModelRecipe) -> None:
    first = ensure_converted(recipe)
    before = stamps(first)
    assert ensure_converted(recipe) == first
    assert stamps(first) == before
    assert converted_models() == [first]


def test_the_key_tells_what_would_differ(recipe: ModelRecipe) -> None:
    others = [
        ModelRecipe(recipe.name, recipe.digest, "fp32"),
        ModelRecipe(recipe.name, "0" * 64, "q8"),
        ModelRecipe(recipe.name, recipe.digest, "q8", "1" * 64),
    ]
    assert len({recipe.key, *(r.key for r in others)}) == 4
    assert ModelRecipe("another name", recipe.digest, "q8").key == recipe.key


@pytest.mark.parametrize(
    "name", ["weights.bin", "graph.onnx", "embedding.npy", "tokenizer.json", "model.json"]
)
@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_a_damaged_file_is_found_and_made_again(recipe: ModelRecipe, name: str, damage: str) -> None:
    path = ensure_converted(recipe).folder / name
    whole = path.read_bytes()
    if damage == "remove":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    else:
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    ensure_converted(recipe)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("record", ["", "{", "[]", '{"weights.bin": 3}', "{}"])
def test_a_damaged_record_is_made_again(recipe: ModelRecipe, record: str) -> None:
    model = ensure_converted(recipe)
    (model.folder / "files.json").write_text(record)
    assert ensure_converted(recipe) == model
    assert "weights.bin" in json.loads((model.folder / "files.json").read_text())


def test_what_a_killed_conversion_left_is_not_taken(recipe: ModelRecipe, cache_dir: Path) -> None:
    partial = cache_dir / "models" / f"{recipe.key}.partial"
    partial.mkdir(parents=True)
    (partial / "weights.bin").write_bytes(b"half")
    assert converted_models() == []
    model = ensure_converted(recipe)
    assert not partial.exists()
    assert converted_models() == [model]


def test_a_failed_conversion_leaves_nothing(recipe: ModelRecipe, cache_dir: Path) -> None:
    (Path(recipe.name) / "tokenizer.json").write_text("{}")
    broken = ModelRecipe(recipe.name, model_digest(recipe.name), "q8")
    with pytest.raises(ModelError):
        ensure_converted(broken)
    assert [p.suffix for p in (cache_dir / "models").iterdir()] == [".lock"]


def test_files_that_changed_meanwhile_are_refused(recipe: ModelRecipe) -> None:
    with pytest.raises(ModelError, match="changed meanwhile"):
        ensure_converted(ModelRecipe(recipe.name, "0" * 64, "q8"))


def _convert(recipe: ModelRecipe) -> tuple[str, int]:
    model = ensure_converted(recipe)
    return str(model.folder), (model.folder / "files.json").stat().st_mtime_ns


def test_eight_processes_convert_once(recipe: ModelRecipe) -> None:
    with multiprocessing.get_context("spawn").Pool(8) as pool:
        found = pool.map(_convert, [recipe] * 8)
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model_type": "mamba"}, "mamba"),
        ({"rope_parameters": {"rope_type": "yarn", "rope_theta": 1e4}}, "yarn"),
        ({"attention_bias": True}, "biases"),
        ({"use_sliding_window": True}, "sliding window"),
        ({"hidden_size": None}, "hidden_size|NoneType"),
    ],
)
def test_models_that_are_not_supported(recipe: ModelRecipe, change: dict[str, object], message: str) -> None:
    path = Path(recipe.name) / "config.json"
    config = json.loads(path.read_text()) | change
    path.write_text(json.dumps({k: v for k, v in config.items() if v is not None}))
    with pytest.raises(UnsupportedModelError, match=message):
        ensure_converted(ModelRecipe(recipe.name, model_digest(recipe.name), "q8"))


def test_blocks_of_a_q8_0_file_are_exact() -> None:
    random = np.random.default_rng(0)
    codes = random.integers(-127, 128, (5, 4, 32)).astype(np.float32)
    codes[:, :, 7] = 127
    scales = random.uniform(0.001, 0.1, (5, 4, 1)).astype(np.float16).astype(np.float32)
    weight = (codes * scales).reshape(5, 128)
    np.testing.assert_array_equal(dequantize_blocks(*quantize_blocks(weight), 128), weight)


def test_rounding_is_at_most_half_a_step_and_padding_is_dropped() -> None:
    weight = np.random.default_rng(0).normal(size=(7, 100)).astype(np.float32)
    weight[3, 32:64] = 0
    codes, scales = quantize_blocks(weight)
    assert codes.shape == (7, 4, 32)
    found = dequantize_blocks(codes, scales, 100)
    assert (np.abs(found - weight) <= np.repeat(scales, 32, axis=1)[:, :100] * 0.5001).all()
    assert (found[3, 32:64] == 0).all()
