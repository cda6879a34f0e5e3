"""Builds the ONNX graph of EfficientNet-Lite2 from its torch tensors, up to the block whose features are wanted.

    pixels uint8 (1, height, width, 3)  ->  features float32 (1, channels, height / stride, width / stride)

Batch norms are folded into the convolutions before them. Padding is TensorFlow's, where the weights come from.
The classifier is left out.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper, numpy_helper

__all__ = ["BLOCKS", "EFFICIENTNET_CHANNELS", "efficientnet_graph"]

BLOCKS = 21
"""Blocks of EfficientNet-Lite2."""

EFFICIENTNET_CHANNELS = 352
"""Features of the last block."""

_HALVING = (1, 4, 7, 15)
"""Blocks whose depthwise convolution has stride 2, as the stem has."""
_EPSILON = 1e-3
_MEAN, _SPREAD = 127.0, 128.0

Tensors = Mapping[str, npt.NDArray[Any]]


def efficientnet_graph(tensors: Tensors, *, blocks: int = BLOCKS) -> Any:
    """The graph of the stem and the first blocks.

    Args:
        tensors: the state dictionary.
        blocks: how many blocks to run; the last one's output is the features.
    """
    graph = _Graph(tensors)
    value = graph.convolution(graph.normalised(), "_conv_stem", "_bn0", stride=2, active=True)
    for number in range(blocks):
        value = graph.block(value, f"_blocks.{number}", stride=2 if number in _HALVING else 1)
    graph.op("Identity", [value], "features")
    channels = tensors[f"_blocks.{blocks - 1}._project_conv.weight"].shape[0]
    return graph.model(channels)


class _Graph:
    """Nodes and constants under construction; methods return value names."""

    def __init__(self, tensors: Tensors) -> None:
        self.tensors = tensors
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, array: npt.NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def normalised(self) -> str:
        """Pixels as (1, 3, height, width) from about -1 to 1."""
        self.constant("zero", np.array(0, np.float32))
        self.constant("six", np.array(6, np.float32))
        first = self.op("Transpose", ["pixels"], "input.channels", perm=[0, 3, 1, 2])
        numbers = self.op("Cast", [first], "input.numbers", to=TensorProto.FLOAT)
        mean = self.constant("input.mean", np.array(_MEAN, np.float32))
        spread = self.constant("input.spread", np.array(_SPREAD, np.float32))
        return self.op("Div", [self.op("Sub", [numbers, mean], "input.moved"), spread], "input")

    def block(self, value: str, name: str, *, stride: int) -> str:
        """Widen, look around, narrow; plus the input where the shape stays."""
        expand, depthwise, project = (f"{name}._{part}_conv" for part in ("expand", "depthwise", "project"))
        first = expand if f"{expand}.weight" in self.tensors else depthwise
        inputs, outputs = self._channels(first, first is expand), self._channels(project, False)
        start = value
        if first is expand:
            value = self.convolution(value, expand, f"{name}._bn0", active=True)
        value = self.convolution(value, depthwise, f"{name}._bn1", stride=stride, active=True)
        value = self.convolution(value, project, f"{name}._bn2")
        return self.op("Add", [value, start], f"{name}.sum") if stride == 1 and inputs == outputs else value

    def convolution(self, value: str, name: str, norm: str, *, stride: int = 1, active: bool = False) -> str:
        """A convolution without bias, its batch norm, and a ReLU6 if active."""
        weight = self.tensors[f"{name}.weight"]
        variance, mean = self.tensors[f"{norm}.running_var"], self.tensors[f"{norm}.running_mean"]
        factor = self.tensors[f"{norm}.weight"] / np.sqrt(variance + _EPSILON)
        bias = self.tensors[f"{norm}.bias"] - mean * factor
        scaled = (weight * factor[:, None, None, None]).astype(np.float32)
        inputs = [
            value,
            self.constant(f"{name}.weight", scaled),
            self.constant(f"{name}.bias", bias.astype(np.float32)),
        ]
        groups = weight.shape[0] if "_depthwise_" in name else 1
        found = self.op("Conv", inputs, name, auto_pad="SAME_UPPER", group=groups, strides=[stride, stride])
        return self.op("Clip", [found, "zero", "six"], f"{name}.active") if active else found

    def _channels(self, name: str, inputs: bool) -> int:
        return int(self.tensors[f"{name}.weight"].shape[1 if inputs else 0])

    def model(self, channels: int) -> Any:
        pixels = helper.make_tensor_value_info("pixels", TensorProto.UINT8, [1, "height", "width", 3])
        shape = [1, channels, "rows", "columns"]
        features = helper.make_tensor_value_info("features", TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, "efficientnet-lite2", [pixels], [features], self.constants)
        opsets = [helper.make_opsetid("", 21)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="programasweights")
