"""A projector for whole cells goes on with parts of cells where it was."""

import numpy as np
import pytest

from programasweights.errors import DataError
from programasweights.training.pictures.widening import widened
from programasweights.vision.encoders import ENCODERS, cell_layout
from programasweights.vision.projector import Projector, projector_shapes

SIZE = sum(channels * parts for channels, parts in cell_layout(ENCODERS["both"]))


def _projector(features: int) -> Projector:
    random = np.random.default_rng(0)
    shapes = projector_shapes(tokens=8, features=features, inner=32, hidden=16)
    drawn = {name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()}
    return Projector(**drawn | {"w1": drawn["w1"] / np.float32(features**0.5)})


def _seen(unlike: float) -> tuple[np.ndarray, np.ndarray]:
    """Features of whole cells, and of their parts, which differ by `unlike`; the last cells are empty."""
    random = np.random.default_rng(1)
    whole, parts = [], []
    for channels, count in cell_layout(ENCODERS["both-parts"]):
        cells = random.gamma(0.5, size=(6, 8, 1, channels)) * (3 if count == 3 else 1)
        shifts = unlike * random.normal(size=(6, 8, count, channels)) * (count > 1)
        split = cells + shifts - shifts.mean(2, keepdims=True)
        whole.append(split.mean(2))
        parts.append(split.reshape(6, 8, -1))
    found = [np.concatenate(side, axis=-1).astype(np.float32) for side in (whole, parts)]
    for features in found:
        features[:, 6:] = 0
    return found[0], found[1]


@pytest.mark.parametrize(("unlike", "most"), [(0.0, 0.02), (1.0, 0.1)])
def test_embeddings_stay_as_they_were(unlike: float, most: float) -> None:
    whole, parts = _seen(unlike)
    before = _projector(SIZE)
    after = widened(before, "both", "both-parts", parts)
    assert after.features == parts.shape[-1]
    wanted, found = (p(f[3])[1:7] - p.b2 - p.places[:6] for p, f in ((before, whole), (after, parts)))
    assert np.abs(found - wanted).mean() < most * np.abs(wanted).mean()
    assert np.abs(wanted).mean() > 0.05


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("both-parts", "both"),
        ("both-parts", "both-parts"),
        ("both", "both"),
        ("both", "rapidocr"),
        ("rapidocr", "both-parts"),
        ("a-clip", "both-parts"),
        ("both", "x"),
    ],
)
def test_other_encoders_are_refused(before: str, after: str) -> None:
    with pytest.raises(
        DataError, match=f"the encoder '{before}' sees, but the feature files are of '{after}'"
    ):
        widened(_projector(SIZE), before, after, _seen(0)[1])
