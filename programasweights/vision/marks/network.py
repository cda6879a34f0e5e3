"""The network that finds marks: a small convolutional one, written once for training and for running.

    ink (B, 1, H, W)  ->  marks (B, 3 + labels, H/4, W/4), links (B, 4 + labels, H/4, W/4)

It halves the sheet four times and looks around at a quarter, an eighth and a sixteenth of its size, then comes back to
a quarter, where every cell says whether a mark stands in it, which, and where; and whether a link's middle lies in it,
which, in what direction and how long. `run_network` says so in terms of few operations, which training gives with torch
and `marks_graph` as ONNX.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = [
    "CELL",
    "LINK_NUMBERS",
    "MARK_NUMBERS",
    "Layer",
    "NetworkShape",
    "Operations",
    "layers",
    "marks_graph",
    "run_network",
]

CELL = 4
"""Pixels of a cell's side."""
MARK_NUMBERS = 3
"""Of a cell, before the labels: whether a mark is there (log odds), and its place right and down of the middle."""
LINK_NUMBERS = 4
"""Of a cell, before the labels: whether a link's middle is there (log odds), cosine and sine of twice its angle, and
its length, which is the natural logarithm of cells."""

Tensors = Mapping[str, npt.NDArray[Any]]
Value = TypeVar("Value")


@dataclass(frozen=True)
class NetworkShape:
    """What decides a network's tensors."""

    widths: tuple[int, int, int] = (24, 48, 72)
    """Channels at a quarter, an eighth and a sixteenth of the sheet's size."""
    depths: tuple[int, int, int] = (2, 2, 3)
    """Blocks of two convolutions there."""
    mark_labels: int = 1
    """Labels of marks, over all properties."""
    link_labels: int = 0
    """Labels of links; without any there is no map of links."""


@dataclass(frozen=True)
class Layer:
    """A convolution with a bias."""

    inputs: int
    outputs: int
    kernel: int = 3
    stride: int = 1


class Operations(Protocol[Value]):
    """What the network is made of."""

    def convolution(self, name: str, value: Value) -> Value:
        """The layer of this name."""

    def active(self, value: Value) -> Value:
        """Negative numbers become 0."""

    def add(self, one: Value, other: Value) -> Value:
        """Their sum."""

    def doubled(self, value: Value) -> Value:
        """Twice as high and wide: every cell becomes four."""


def layers(shape: NetworkShape) -> dict[str, Layer]:
    """Every convolution by name."""
    fine, middle, coarse = shape.widths
    found = {
        "stem.0": Layer(1, 16, stride=2),
        "stem.1": Layer(16, fine, stride=2),
        "down.0": Layer(fine, middle, stride=2),
        "down.1": Layer(middle, coarse, stride=2),
        "up.0": Layer(coarse, middle, kernel=1),
        "join.0": Layer(middle, middle),
        "up.1": Layer(middle, middle, kernel=1),
        "side": Layer(fine, middle, kernel=1),
        "join.1": Layer(middle, middle),
        "marks": Layer(middle, MARK_NUMBERS + shape.mark_labels, kernel=1),
    }
    if shape.link_labels:
        found["links"] = Layer(middle, LINK_NUMBERS + shape.link_labels, kernel=1)
    for stage, (width, depth) in enumerate(zip(shape.widths, shape.depths, strict=True)):
        for block in range(depth):
            found |= {f"stage.{stage}.{block}.{part}": Layer(width, width) for part in (0, 1)}
    return found


def run_network(ops: Operations[Value], shape: NetworkShape, ink: Value) -> dict[str, Value]:
    """The maps `marks` and, if links have labels, `links`."""

    def looked(value: Value, stage: int) -> Value:
        for block in range(shape.depths[stage]):
            inner = ops.active(ops.convolution(f"stage.{stage}.{block}.0", value))
            value = ops.active(ops.add(ops.convolution(f"stage.{stage}.{block}.1", inner), value))
        return value

    value = ops.active(ops.convolution("stem.1", ops.active(ops.convolution("stem.0", ink))))
    fine = looked(value, 0)
    middle = looked(ops.active(ops.convolution("down.0", fine)), 1)
    coarse = looked(ops.active(ops.convolution("down.1", middle)), 2)
    value = ops.active(ops.add(ops.doubled(ops.convolution("up.0", coarse)), middle))
    value = ops.active(ops.convolution("join.0", value))
    value = ops.active(ops.add(ops.doubled(ops.convolution("up.1", value)), ops.convolution("side", fine)))
    value = ops.active(ops.convolution("join.1", value))
    names = ("marks", "links") if shape.link_labels else ("marks",)
    return {name: ops.convolution(name, value) for name in names}


def marks_graph(shape: NetworkShape, tensors: Tensors) -> Any:
    """The ONNX model: `ink` (1, 1, H, W) to the maps.

    Args:
        shape: of the network.
        tensors: `NAME.weight` (outputs, inputs, kernel, kernel) and `NAME.bias` (outputs) of every layer.
    """
    from onnx import TensorProto, helper

    ops = _OnnxOperations(layers(shape), tensors)
    outputs = run_network(ops, shape, "ink")
    for name, value in outputs.items():
        ops.node("Identity", [value], output=f"{name}_map")
    ink = helper.make_tensor_value_info("ink", TensorProto.FLOAT, [1, 1, "height", "width"])
    maps = [
        helper.make_tensor_value_info(f"{name}_map", TensorProto.FLOAT, [1, None, "rows", "columns"])
        for name in outputs
    ]
    graph = helper.make_graph(ops.nodes, "marks", [ink], maps, ops.constants)
    opsets = [helper.make_opsetid("", 21)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="programasweights")


class _OnnxOperations:
    """Nodes and constants under construction; values are names."""

    def __init__(self, known: Mapping[str, Layer], tensors: Tensors) -> None:
        from onnx import numpy_helper

        self.nodes: list[Any] = []
        self._layers, self._made = known, 0
        self.constants = [
            numpy_helper.from_array(np.ascontiguousarray(array, np.float32), name)
            for name, array in tensors.items()
        ]
        self.constants.append(numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), "twice"))

    def node(self, kind: str, inputs: list[str], *, output: str = "", **attributes: Any) -> str:
        from onnx import helper

        self._made += 1
        output = output or f"value.{self._made}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolution(self, name: str, value: str) -> str:
        layer = self._layers[name]
        pad = layer.kernel // 2
        inputs = [value, f"{name}.weight", f"{name}.bias"]
        return self.node("Conv", inputs, pads=[pad] * 4, strides=[layer.stride] * 2)

    def active(self, value: str) -> str:
        return self.node("Relu", [value])

    def add(self, one: str, other: str) -> str:
        return self.node("Add", [one, other])

    def doubled(self, value: str) -> str:
        options = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        return self.node("Resize", [value, "", "twice"], **options)
