"""Encoders that others exported, on a small graph made here with the same files, inputs and outputs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper, save_model
from PIL import Image as PillowImage

import programasweights as paw
from programasweights.errors import ModelError, ModelNotFoundError, OfflineError, UnsupportedModelError
from programasweights.vision import load_encoder
from programasweights.vision.canvas import fit

SIDE, PATCH, WIDTH = 32, 4, 6
CONFIG = {
    "image_processor_type": "CLIPImageProcessor",
    "do_resize": True,
    "size": {"shortest_edge": SIDE},
    "do_center_crop": True,
    "crop_size": {"height": SIDE, "width": SIDE},
    "image_mean": [0.5, 0.25, 0.125],
    "image_std": [0.5, 0.25, 1.0],
}


def patches_graph(*, class_token: bool, output: str = "last_hidden_state", kernel: int = PATCH) -> Any:
    """One convolution over patches, as vision transformers begin, with or without a class token of nines in front."""
    weight = np.random.default_rng(0).standard_normal((WIDTH, 3, kernel, kernel)).astype(np.float32)
    constants = [numpy_helper.from_array(weight, "weight")]
    nodes = [
        helper.make_node("Conv", ["pixel_values", "weight"], ["map"], strides=[kernel, kernel]),
        helper.make_node("Flatten", ["map"], ["rows"], axis=2),
        helper.make_node("Reshape", ["rows", "shape"], ["channels"]),
        helper.make_node("Transpose", ["channels"], ["patches"], perm=[0, 2, 1]),
    ]
    constants.append(numpy_helper.from_array(np.array([1, WIDTH, -1]), "shape"))
    if class_token:
        constants.append(numpy_helper.from_array(np.full((1, 1, WIDTH), 9, np.float32), "class"))
        nodes.append(helper.make_node("Concat", ["class", "patches"], [output], axis=1))
    else:
        nodes.append(helper.make_node("Identity", ["patches"], [output]))
    pixels = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, "height", "width"])
    hidden = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", "sequence", WIDTH])
    graph = helper.make_graph(nodes, "vision", [pixels], [hidden], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def model_folder(
    folder: Path, place: str = "onnx/vision_model.onnx", *, config: Any = CONFIG, **graph: Any
) -> Path:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    save_model(patches_graph(**({"class_token": True} | graph)), path)
    (folder / "preprocessor_config.json").write_text(json.dumps(config), "utf-8")
    return folder


@pytest.fixture
def picture() -> paw.Image:
    noise = np.random.default_rng(1).integers(0, 256, (20, 50, 3), dtype=np.uint8)
    return paw.Image(PillowImage.fromarray(noise))


def expected_patches(picture: paw.Image) -> np.ndarray:
    """(8, 8, WIDTH), by hand."""
    sheet = fit(picture.pixels, SIDE, SIDE).astype(np.float64) / 255
    normal = (sheet - CONFIG["image_mean"]) / CONFIG["image_std"]
    weight = np.random.default_rng(0).standard_normal((WIDTH, 3, PATCH, PATCH)).astype(np.float32)
    blocks = normal.reshape(8, PATCH, 8, PATCH, 3)
    return np.einsum("rycxk,okyx->rco", blocks, weight)


@pytest.mark.parametrize("place", ["onnx/vision_model.onnx", "vision_model.onnx", "model.onnx"])
def test_hidden_states(tmp_path: Path, picture: paw.Image, place: str) -> None:
    encoder = load_encoder(str(model_folder(tmp_path, place)))
    assert (encoder.tokens, encoder.features) == (65, WIDTH)
    (found,) = encoder.encode([picture])
    assert (found[0] == 9).all()
    np.testing.assert_allclose(found[1:], expected_patches(picture).reshape(64, WIDTH), atol=1e-4)
    assert encoder.encode([]).shape == (0, 65, WIDTH)


def test_without_class_token(tmp_path: Path, picture: paw.Image) -> None:
    encoder = load_encoder(
        str(
            model_folder(tmp_path, class_token=False, config=CONFIG | {"size": SIDE, "do_center_crop": False})
        )
    )
    assert encoder.tokens == 64
    np.testing.assert_allclose(
        encoder.encode([picture])[0], expected_patches(picture).reshape(64, WIDTH), atol=1e-4
    )


def test_many_patches_are_averaged(tmp_path: Path, picture: paw.Image) -> None:
    fine = CONFIG | {"size": {"height": 72, "width": 72}, "do_center_crop": False}
    encoder = load_encoder(str(model_folder(tmp_path, config=fine)))
    assert encoder.tokens == 1 + 9 * 9
    (found,) = encoder.encode([picture])
    sheet = (fit(picture.pixels, 72, 72).astype(np.float64) / 255 - CONFIG["image_mean"]) / CONFIG[
        "image_std"
    ]
    weight = np.random.default_rng(0).standard_normal((WIDTH, 3, PATCH, PATCH)).astype(np.float32)
    patches = np.einsum("rycxk,okyx->rco", sheet.reshape(18, PATCH, 18, PATCH, 3), weight)
    expected = patches.reshape(9, 2, 9, 2, WIDTH).mean(axis=(1, 3)).reshape(81, WIDTH)
    np.testing.assert_allclose(found[1:], expected, atol=1e-4)


def test_digest(tmp_path: Path) -> None:
    one, same, other = (tmp_path / name for name in ("one", "same", "other"))
    digests = [
        load_encoder(str(model_folder(one))).digest,
        load_encoder(str(model_folder(same, "model.onnx"))).digest,
        load_encoder(str(model_folder(other, config=CONFIG | {"image_std": [0.5, 0.5, 0.5]}))).digest,
        load_encoder(str(model_folder(tmp_path / "graph", class_token=False))).digest,
    ]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


@pytest.mark.parametrize(
    "config",
    [
        [],
        {},
        {"size": SIDE},
        CONFIG | {"image_mean": [0.5]},
        CONFIG | {"image_std": [0, 1, 1]},
        CONFIG | {"image_std": ["a", 1, 1]},
        CONFIG | {"image_mean": [float("nan"), 1, 1]},
        CONFIG | {"crop_size": {"height": 10**9, "width": 9}},
        CONFIG | {"crop_size": {"height": -4, "width": 9}},
        CONFIG | {"crop_size": "large"},
    ],
)
def test_configurations_that_do_not_say_enough(tmp_path: Path, config: Any) -> None:
    with pytest.raises(UnsupportedModelError, match=r"preprocessor_config\.json (does not say|asks for)"):
        load_encoder(str(model_folder(tmp_path, config=config)))


def test_graphs_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(
        UnsupportedModelError, match="gives image_embeds; expected pixel_values and last_hidden_state"
    ):
        load_encoder(str(model_folder(tmp_path / "embeds", output="image_embeds")))
    with pytest.raises(UnsupportedModelError, match=r"cannot take \(1, 3, 32, 32\)"):
        load_encoder(str(model_folder(tmp_path / "large", kernel=64)))
    oblong = CONFIG | {"do_center_crop": False, "size": {"height": 32, "width": 64}}
    with pytest.raises(UnsupportedModelError, match="129 vectors, which are no square"):
        load_encoder(str(model_folder(tmp_path / "oblong", config=oblong)))
    (model_folder(tmp_path / "noise") / "onnx" / "vision_model.onnx").write_bytes(b"noise")
    with pytest.raises(ModelError, match="ONNX Runtime cannot load"):
        load_encoder(str(tmp_path / "noise"))


def test_folders_without_a_model(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "no config")
    (folder / "preprocessor_config.json").unlink()
    for name in (folder, tmp_path / "nowhere"):
        with pytest.raises(ModelNotFoundError, match="no picture encoder"):
            load_encoder(str(name))


def test_a_hub_id_offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAW_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    with pytest.raises(OfflineError, match="no picture encoder 'tests/no-such-clip'"):
        load_encoder("tests/no-such-clip")
