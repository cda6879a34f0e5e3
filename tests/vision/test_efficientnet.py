"""EfficientNet's graph against the same network in torch, on the real weights."""

from typing import Any

import numpy as np
import onnxruntime as ort
import pytest
import torch
from torch.nn import functional

from programasweights.lm.pinned import obtain
from programasweights.vision.efficientnet import BLOCKS, efficientnet_graph
from programasweights.vision.torch_file import read_torch_file
from programasweights.vision.weights import EFFICIENTNET

pytestmark = pytest.mark.weights

Tensors = dict[str, torch.Tensor]


@pytest.fixture(scope="module")
def arrays() -> dict[str, Any]:
    return read_torch_file(obtain(EFFICIENTNET, network=True))


@pytest.fixture(scope="module")
def tensors() -> Tensors:
    found: Tensors = torch.load(obtain(EFFICIENTNET, network=True), weights_only=True)
    return found


def same(value: torch.Tensor, weight: torch.Tensor, stride: int, groups: int) -> torch.Tensor:
    """A convolution with TensorFlow's padding."""
    pads: list[int] = []
    for size in (value.shape[3], value.shape[2]):
        missing = max((-(-size // stride) - 1) * stride + weight.shape[-1] - size, 0)
        pads += [missing // 2, missing - missing // 2]
    return functional.conv2d(functional.pad(value, pads), weight, stride=stride, groups=groups)


def norm(value: torch.Tensor, tensors: Tensors, name: str) -> torch.Tensor:
    parts = (tensors[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias"))
    return functional.batch_norm(value, *parts, eps=1e-3)


def network(pixels: np.ndarray, tensors: Tensors, blocks: int) -> torch.Tensor:
    value = (torch.from_numpy(pixels).float().permute(0, 3, 1, 2) - 127) / 128
    value = functional.relu6(norm(same(value, tensors["_conv_stem.weight"], 2, 1), tensors, "_bn0"))
    for number in range(blocks):
        name, wide = f"_blocks.{number}", value
        if f"{name}._expand_conv.weight" in tensors:
            wide = functional.conv2d(value, tensors[f"{name}._expand_conv.weight"])
            wide = functional.relu6(norm(wide, tensors, f"{name}._bn0"))
        weight = tensors[f"{name}._depthwise_conv.weight"]
        wide = same(wide, weight, 2 if number in (1, 4, 7, 15) else 1, len(weight))
        wide = functional.relu6(norm(wide, tensors, f"{name}._bn1"))
        narrow = norm(
            functional.conv2d(wide, tensors[f"{name}._project_conv.weight"]), tensors, f"{name}._bn2"
        )
        value = value + narrow if value.shape == narrow.shape else narrow
    return value


@pytest.mark.parametrize(("blocks", "size"), [(BLOCKS, (128, 192)), (BLOCKS, (64, 64)), (15, (70, 45))])
def test_graph_equals_torch(
    arrays: dict[str, Any], tensors: Tensors, blocks: int, size: tuple[int, int]
) -> None:
    session = ort.InferenceSession(efficientnet_graph(arrays, blocks=blocks).SerializeToString())
    pixels = np.random.default_rng(0).integers(0, 256, (1, *size, 3), dtype=np.uint8)
    (found,) = session.run(None, {"pixels": pixels})
    expected = network(pixels, tensors, blocks).numpy()
    assert found.shape == expected.shape
    assert np.abs(expected).max() > 3
    np.testing.assert_allclose(found, expected, atol=1e-3, rtol=0)


def test_weights_are_read_as_torch_reads_them(arrays: dict[str, Any], tensors: Tensors) -> None:
    assert arrays.keys() == tensors.keys()
    assert all(np.array_equal(array, tensors[name].numpy()) for name, array in arrays.items())
