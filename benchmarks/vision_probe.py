"""Which features of a picture carry what it shows: linear probes on rendered pictures.

    python benchmarks/vision_probe.py --looks networks --out benchmarks/results/vision_probe.json

For each task, pictures are drawn with exact labels, and what is to be told from their features are counts: of
components by kind in circuits, of atoms by element and double bonds in molecules, of signs in formulas, of notes in
scores. A cell's features go through fixed random ReLU units and are added up over the cells, as counts add
up; ridge regression, its strength chosen on a part of the training pictures, predicts the counts. So nothing
is trained but the last layer, and a view is good as far as its cells tell by themselves what lies in them.

Views are EfficientNet-Lite2 at several resolutions and depths, and the text recogniser in lines or as a map; then
pairs of them. The time is the processor's, with one thread. Results are added to those that the file has.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from programasweights.data.images import Picture, draw_picture
from programasweights.lm.pinned import obtain
from programasweights.vision.canvas import Canvas, lay_out
from programasweights.vision.decoding import Pixels, decode
from programasweights.vision.efficientnet import efficientnet_graph
from programasweights.vision.limits import ImageLimits
from programasweights.vision.recogniser import recogniser_graph, recogniser_input
from programasweights.vision.torch_file import read_torch_file
from programasweights.vision.weights import EFFICIENTNET, RECOGNISER

F32 = npt.NDArray[np.float32]
UNITS = 1024
CELLS = 64
_LINES = "p2o.pd_op.transpose.8.0"
PENALTIES = [10.0**power for power in range(-3, 6)]
TARGETS = {
    "circuit": [
        "resistor",
        "capacitor",
        "inductor",
        "battery",
        "diode",
        "switch",
        "lamp",
        ";",
        r"\d [munpkM]?[A-Za-zΩ]",
    ],
    "smiles": ["N", "O", "S", "F", "Cl", "=", r"\(", "c", r"[A-Za-z]", r"\d"],
    "latex": [r"\\frac", r"\^", "_", r"\\sqrt", "=", r"\+", r"\d", "x", r"\\[a-zA-Z]+", r"[a-z]"],
    "music": [r"[A-Ga-g]", r"\|", r"\d", "#", "b"],
}
"""What is counted in a picture's transcription, as patterns."""


@dataclass(frozen=True)
class Look:
    """One network on a picture, and the views of what it gives: how many places beside each other are averaged."""

    name: str
    see: Callable[[Pixels], tuple[F32, Canvas]]
    """The map (C, height, width), and the canvas it was drawn on."""
    pools: dict[str, int]
    """What is added to the name, and how many places are averaged."""


def session(model: bytes) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def efficientnet_look(cell: int, *, blocks: int = 21, pools: dict[str, int], square: bool = False) -> Look:
    """EfficientNet's features after some blocks."""
    tensors = read_torch_file(obtain(EFFICIENTNET, network=True))
    graph = session(efficientnet_graph(tensors, blocks=blocks).SerializeToString())

    def see(pixels: Pixels) -> tuple[F32, Canvas]:
        canvas = lay_out(_square(pixels) if square else pixels, CELLS)
        return graph.run(None, {"pixels": canvas.draw(cell)[None]})[0][0], canvas

    depth = "" if blocks == 21 else f", {blocks} blocks"
    return Look(f"efficientnet, {cell} px a cell{depth}{', in a square' if square else ''}", see, pools)


def lines_look() -> Look:
    """The recogniser's features before its characters, one line for each row of cells."""
    graph = session(recogniser_graph(obtain(RECOGNISER, network=True), last=_LINES).SerializeToString())

    def see(pixels: Pixels) -> tuple[F32, Canvas]:
        canvas = lay_out(pixels, CELLS)
        lines = canvas.draw(48).reshape(canvas.grid.rows, 48, -1, 3)
        found = [graph.run(None, {"x": recogniser_input(line)})[0][0] for line in lines]
        return np.stack(found).transpose(2, 0, 1), canvas

    return Look("recogniser lines", see, {"": 1, ", 3 a cell": 2})


def map_look(tensor: str, name: str, pools: dict[str, int]) -> Look:
    """The recogniser's convolutions on the whole picture, up to a tensor; no letter is cut by the edge of a line."""
    graph = session(recogniser_graph(obtain(RECOGNISER, network=True), last=tensor).SerializeToString())

    def see(pixels: Pixels) -> tuple[F32, Canvas]:
        canvas = lay_out(pixels, CELLS)
        return graph.run(None, {"x": recogniser_input(canvas.draw(48))})[0][0], canvas

    return Look(name, see, pools)


def by_cell(found: F32, canvas: Canvas, pool: int) -> F32:
    """A map (C, height, width) as (cells, D), `pool` columns and as many rows averaged where there are several."""
    rows, columns = canvas.grid.rows, canvas.grid.columns
    down, right = found.shape[1] // rows, found.shape[2] // columns
    split = found.reshape(len(found), rows, down, columns, right)
    tall = pool if down % pool == 0 else 1
    split = split.reshape(len(found), rows, down // tall, tall, columns, right // pool, pool).mean(
        axis=(3, 6)
    )
    return split.transpose(1, 3, 2, 4, 0).reshape(rows * columns, -1)


def _square(pixels: Pixels) -> Pixels:
    """In the middle of a square whose corners are inked, so that nothing is cut off and the grid is square."""
    side = max(pixels.shape)
    sheet = np.full((side, side, 3), 255, np.uint8)
    top, left = (side - pixels.shape[0]) // 2, (side - pixels.shape[1]) // 2
    sheet[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    sheet[0, 0] = sheet[-1, -1] = 0
    return sheet


def looks(which: str) -> Iterator[Look]:
    """The networks of one question."""
    if which == "networks":
        yield efficientnet_look(64, pools={"": 1, ", averaged": 2})
        yield lines_look()
        yield map_look("p2o.pd_op.pool2d.1.0", "recogniser map", {", 3 a cell": 2, ", averaged": 6})
    elif which == "default":
        yield efficientnet_look(96, pools={", averaged": 3})
        yield map_look("p2o.pd_op.pool2d.1.0", "recogniser map", {", averaged": 6})
    elif which == "resolutions":
        yield efficientnet_look(32, pools={"": 1}, square=True)
        yield efficientnet_look(32, pools={"": 1})
        yield efficientnet_look(96, pools={"": 1, ", averaged": 3})
    else:
        yield efficientnet_look(64, blocks=15, pools={", averaged": 2})
        yield efficientnet_look(64, blocks=7, pools={", averaged": 4})
        yield map_look("p2o.pd_op.add.51.0", "recogniser map, early", {"": 3})


_SEEN = "efficientnet, 64 px a cell, averaged"
PAIRS = [
    ("efficientnet, 64 px a cell", "recogniser lines"),
    (_SEEN, "recogniser lines"),
    (_SEEN, "recogniser lines, 3 a cell"),
    (_SEEN, "recogniser map, 3 a cell"),
    (_SEEN, "recogniser map, averaged"),
    ("recogniser lines", "recogniser map, averaged"),
    ("efficientnet, 96 px a cell, averaged", "recogniser map, averaged"),
]


def pooled(cells: F32, mixing: F32) -> F32:
    """Random ReLU units of each normalised cell, and the cell itself, added up."""
    normal = (cells - cells.mean(axis=1, keepdims=True)) / (cells.std(axis=1, keepdims=True) + 1e-5)
    units = np.maximum(normal @ mixing, 0)
    return np.concatenate([units.sum(axis=0), normal.sum(axis=0)]).astype(np.float32)


def see_all(look: Look, pictures: list[Pixels]) -> tuple[dict[str, F32], float]:
    """Pooled features of all pictures by view, and the seconds of processor time that one picture takes."""
    generator, rows, seconds = np.random.default_rng(0), {name: [] for name in look.pools}, 0.0
    mixing: dict[str, F32] = {}
    for pixels in pictures:
        start = time.process_time()
        found, canvas = look.see(pixels)
        seconds += time.process_time() - start
        for name, pool in look.pools.items():
            cells = by_cell(found, canvas, pool)
            if name not in mixing:
                size = (cells.shape[1], UNITS)
                mixing[name] = (generator.standard_normal(size) / np.sqrt(cells.shape[1])).astype(np.float32)
            rows[name].append(pooled(cells, mixing[name]))
    return {look.name + name: np.stack(found) for name, found in rows.items()}, seconds / len(pictures)


def labels(pictures: list[Picture]) -> npt.NDArray[np.float64]:
    patterns = [re.compile(pattern) for pattern in TARGETS[pictures[0].task]]
    return np.array(
        [[len(p.findall(picture.transcription)) for p in patterns] for picture in pictures], float
    )


def ridge(train: F32, wanted: npt.NDArray[np.float64], test: F32, penalty: float) -> npt.NDArray[np.float64]:
    """Predictions for `test`, through the kernel matrix of the training pictures."""
    center, target = train.mean(axis=0), wanted.mean(axis=0)
    scale = train.std(axis=0) + 1e-3
    a, b = ((part - center) / scale / np.sqrt(train.shape[1]) for part in (train, test))
    a, b = a.astype(np.float64), b.astype(np.float64)
    weights = np.linalg.solve(a @ a.T + penalty * np.eye(len(a)), wanted - target)
    return b @ (a.T @ weights) + target


def score(features: F32, wanted: npt.NDArray[np.float64], train: int) -> dict[str, float]:
    """Explained variance and exact counts on the test pictures, averaged over the counts that vary."""
    kept = wanted[:, np.minimum(wanted[:train].std(axis=0), wanted[train:].std(axis=0)) > 0.2]
    split = train * 3 // 4
    errors = [
        ((ridge(features[:split], kept[:split], features[split:train], p) - kept[split:train]) ** 2).mean()
        for p in PENALTIES
    ]
    penalty = PENALTIES[int(np.argmin(errors))]
    found, true = ridge(features[:train], kept[:train], features[train:], penalty), kept[train:]
    explained = 1 - ((found - true) ** 2).mean(axis=0) / true.var(axis=0)
    return {
        "explained": round(float(explained.mean()), 4),
        "exact": round(float((np.round(found) == true).mean()), 4),
        "penalty": penalty,
    }


def probe(task: str, train: int, test: int, which: str) -> dict[str, dict[str, float]]:
    pictures = [draw_picture(task, 0, number, split="train") for number in range(train)]
    pictures += [draw_picture(task, 0, number, split="test") for number in range(test)]
    wanted, pixels = labels(pictures), [decode(picture.png, ImageLimits()) for picture in pictures]
    seen: dict[str, F32] = {}
    results = {}
    for look in looks(which):
        views, seconds = see_all(look, pixels)
        for name, features in views.items():
            size = features.shape[1] - UNITS
            results[name] = {
                **score(features, wanted, train),
                "numbers": size,
                "ms": round(seconds * 1000, 1),
            }
            print(task, name, results[name], flush=True)
        seen |= views
    for pair in (pair for pair in PAIRS if seen.keys() >= set(pair)):
        both = np.concatenate([seen[name] for name in pair], axis=1)
        sums = {key: round(sum(results[name][key] for name in pair), 1) for key in ("numbers", "ms")}
        results[" + ".join(pair)] = {**score(both, wanted, train), **sums}
        print(task, pair, results[" + ".join(pair)], flush=True)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", nargs="+", default=["circuit", "smiles", "latex", "music"])
    parser.add_argument("--looks", choices=["networks", "default", "resolutions", "depths"], required=True)
    parser.add_argument("--train", type=int, default=700)
    parser.add_argument("--test", type=int, default=300)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    known = json.loads(arguments.out.read_text("utf-8")) if arguments.out.exists() else {"tasks": {}}
    sizes = {"train": arguments.train, "test": arguments.test, "units": UNITS, "cells": CELLS}
    for task in arguments.tasks:
        found = probe(task, arguments.train, arguments.test, arguments.looks)
        known["tasks"][task] = {
            **known["tasks"].get(task, {}),
            **{name: sizes | row for name, row in found.items()},
        }
        arguments.out.write_text(json.dumps(known, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
