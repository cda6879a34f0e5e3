"""The network runs in ONNX Runtime as it does in torch, and finds what its maps say."""

import math

import numpy as np
import pytest
import torch

from programasweights.training.marks.net import MarkNet
from programasweights.vision.marks.files import MarkConfig, MarkWeights
from programasweights.vision.marks.finding import FoundMark, find_links, find_marks
from programasweights.vision.marks.network import CELL, NetworkShape
from programasweights.vision.marks.reader import MarkReader, mark_reader
from programasweights.vision.marks.sheet import Sheet

PROPERTIES = (("C", "N"), ("", "+"))


def trained_a_little(shape: NetworkShape) -> MarkNet:
    """A network whose batch norms have seen something."""
    torch.manual_seed(3)
    net = MarkNet(shape)
    for _ in range(3):
        net(torch.rand(2, 1, 64, 48))
    return net.eval()


@pytest.mark.parametrize("links", [(), ("single", "double")])
def test_both_give_the_same_maps(links: tuple[str, ...]) -> None:
    config = MarkConfig(
        task="smiles", properties=PROPERTIES, links=links, widths=(8, 12, 16), depths=(1, 2, 1)
    )
    net = trained_a_little(config.shape)
    reader = MarkReader(MarkWeights(config, net.exported()))
    ink = np.random.default_rng(0).random((1, 1, 80, 112)).astype(np.float32)
    with torch.inference_mode():
        wanted = net(torch.from_numpy(ink))
    found = reader._session.run(None, {"ink": ink})
    assert len(found) == len(wanted) == 1 + bool(links)
    for ours, theirs in zip(found, wanted.values(), strict=True):
        assert ours.shape == tuple(theirs.shape)
        assert ours.shape[2:] == (20, 28)
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-4)


def test_a_reader_is_built_once() -> None:
    config = MarkConfig(task="smiles", properties=PROPERTIES, widths=(8, 12, 16), depths=(0, 0, 0))
    tensors = trained_a_little(config.shape).exported()
    first = mark_reader(MarkWeights(config, tensors))
    assert mark_reader(MarkWeights(config, tensors)) is first
    tensors["stem.0.bias"] = tensors["stem.0.bias"] + 1
    assert mark_reader(MarkWeights(config, tensors)) is not first
    found = first.read(Sheet(np.zeros((32, 32), np.float32), 0, 0, 1.0))
    assert found.links == ()
    assert 0 <= found.probability <= 1


def marks_map(spots: list[tuple[int, int, int]]) -> np.ndarray:
    """A map with marks of two labels at rows and columns."""
    found = np.full((3 + 2, 12, 20), -8.0, np.float32)
    found[1:3] = 0
    for row, column, label in spots:
        found[0, row, column] = 8
        found[0, row, column + 1] = 4  # not a peak
        found[3 + label, row, column] = 8
    return found


def test_marks_are_peaks() -> None:
    found = find_marks(marks_map([(2, 3, 0), (8, 10, 1)]), (("C", "N"),))
    assert sorted((m.x, m.y, m.labels) for m in found) == [
        (3.5 * CELL, 2.5 * CELL, ("C",)),
        (10.5 * CELL, 8.5 * CELL, ("N",)),
    ]
    assert all(0.99 < mark.probability <= 1 for mark in found)
    assert find_marks(marks_map([]), (("C", "N"),)) == []


def test_of_equal_neighbours_one_is_a_mark() -> None:
    flat = marks_map([])
    flat[0, 4:6, 4:7] = 5
    assert len(find_marks(flat, (("C", "N"),))) == 1


def links_map(one: FoundMark, other: FoundMark, label: int) -> np.ndarray:
    found = np.full((4 + 2, 12, 20), -8.0, np.float32)
    row, column = int((one.y + other.y) / 2 / CELL), int((one.x + other.x) / 2 / CELL)
    across, down = (other.x - one.x) / CELL, (other.y - one.y) / CELL
    angle = 2 * math.atan2(down, across)
    found[:4, row, column] = (6, math.cos(angle), math.sin(angle), math.log(math.hypot(across, down)))
    found[4 + label, row, column] = 9
    return found


@pytest.mark.parametrize(("across", "down"), [(24, 0), (0, 24), (-17, 17), (13, 20)])
def test_marks_are_linked_where_direction_and_length_fit(across: float, down: float) -> None:
    one = FoundMark(30, 20, ("C",), 1.0)
    other = FoundMark(30 + across, 20 + down, ("C",), 1.0)
    stranger = FoundMark(30 + 2.5 * across, 20 + 2.5 * down, ("C",), 1.0)
    found = find_links(links_map(one, other, 1), [one, other, stranger], ("single", "double"))
    assert [(link.first, link.second, link.label) for link in found] == [(0, 1, "double")]
    # around the same middle, but in another direction
    x, y = 30 + across / 2, 20 + down / 2
    ends = [FoundMark(x - s * down / 2, y + s * across / 2, ("C",), 1.0) for s in (-1, 1)]
    assert find_links(links_map(one, other, 1), ends, ("single", "double")) == []
