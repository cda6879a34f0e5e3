"""A projector trained on what an encoder sees in whole cells goes on with what is seen in their parts.

What a whole cell holds is the mean of its parts. So each part takes its share of the weight of what it is a part of,
and the projector begins as it was, but for the layer norm: parts differ from each other more than their means do. By
how much is measured on pictures, as a ratio and a shift on average, and taken into the weights.

P feature vectors a picture, D features before, E after, I inner width.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from programasweights.errors import DataError
from programasweights.vision.encoders import ENCODERS, EncoderSpec, cell_layout
from programasweights.vision.projector import Projector

__all__ = ["widened"]

F32 = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

_EPSILON = 1e-5


def widened(projector: Projector, before: str, after: str, features: F32) -> Projector:
    """The projector for the features of another encoder.

    Args:
        projector: trained on the encoder `before`.
        before: name of an encoder that sees whole cells.
        after: name of one that sees the same in parts.
        features: (any, P, E) of some pictures, by the encoder `after`.

    Raises:
        DataError: `after` does not see what `before` does in parts.
    """
    old, new = ENCODERS.get(before), ENCODERS.get(after)
    if old is None or new is None or new.parts == 1 or replace(new, name=before, parts=1) != old:
        raise DataError(
            f"the start reads what the encoder {before!r} sees, but the feature files are of {after!r}; make them with "
            f"`paw train features --encoder {before}`, or start from a checkpoint of {after!r}."
        )
    source, share = _sources(new)
    cells = features.reshape(-1, features.shape[-1]).astype(np.float64)
    cells = cells[cells.any(axis=1)]
    means = _means(cells, source, share)
    ratio = float(np.median(_spread(cells) / _spread(means)))
    shift = float(np.mean((cells.mean(1) - means.mean(1)) / _spread(means)))
    w1 = projector.w1.astype(np.float64)
    return replace(
        projector,
        norm_scale=projector.norm_scale[source],
        norm_shift=(projector.norm_shift / ratio)[source].astype(np.float32),
        w1=(w1[:, source] * share * ratio).astype(np.float32),
        b1=(projector.b1 + shift * w1 @ projector.norm_scale).astype(np.float32),
    )


def _sources(spec: EncoderSpec) -> tuple[Ids, F32]:
    """Of each of E features, which of the D features of whole cells it is a part of, and its share; both (E,)."""
    source: list[Ids] = []
    share: list[F32] = []
    start = 0
    for channels, parts in cell_layout(spec):
        source.append(np.tile(np.arange(start, start + channels), parts))
        share.append(np.full(channels * parts, 1 / parts, np.float32))
        start += channels
    return np.concatenate(source), np.concatenate(share)


def _means(cells: npt.NDArray[np.float64], source: Ids, share: F32) -> npt.NDArray[np.float64]:
    """What whole cells hold, (any, D)."""
    found = np.zeros((len(cells), int(source.max()) + 1))
    np.add.at(found.T, source, (cells * share).T)
    return found


def _spread(cells: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What a layer norm divides by, (any,)."""
    found: npt.NDArray[np.float64] = np.sqrt(cells.var(axis=1) + _EPSILON)
    return found
