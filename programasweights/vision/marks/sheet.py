"""A picture as a mark reader sees it: how much ink is where.

The margins are cut off, paper is 0 and ink about 1 whatever their colours, and what is too large is made smaller.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from programasweights.vision.canvas import INK_MARGIN, ink_box, paper, reduced
from programasweights.vision.decoding import Pixels
from programasweights.vision.pillow import pillow

__all__ = ["LONGEST", "SHEET_VERSION", "STRONGEST", "Sheet", "sheet_of"]

F32 = npt.NDArray[np.float32]

SHEET_VERSION = 1
"""Raised whenever the same picture would give another sheet."""
LONGEST = 512
"""Pixels of a sheet's longer side; larger pictures are made smaller."""
_MULTIPLE = 16
"""Sides are multiples of it, as the network halves them four times."""
STRONGEST = np.float32(1.6)
"""What ink is at most."""
_DARKEST = 0.01
"""Share of the drawing's pixels that are at least as dark as what counts as ink; of half its ink, if that is less."""
_FAINTEST = 32.0
"""Levels of grey between paper and ink, at least: fainter drawings are not strengthened further."""


@dataclass(frozen=True)
class Sheet:
    """Ink, and where it was in the picture."""

    ink: F32
    """(height, width), both multiples of 16, the drawing at the top left."""
    left: int
    """Pixels of the picture that were cut off on the left."""
    top: int
    """The same at the top."""
    scale: float
    """Sheet pixels a pixel of the picture."""


def sheet_of(pixels: Pixels) -> Sheet:
    """The sheet of a picture (height, width, 3)."""
    whole = pixels.shape[1]
    pixels = reduced(pixels)
    background = paper(pixels)
    top, bottom, left, right = ink_box(pixels, background, INK_MARGIN)
    grey = pixels[top:bottom, left:right].astype(np.float32).mean(axis=2)
    scale = min(1.0, LONGEST / max(grey.shape))
    if scale < 1:
        image = pillow()
        size = tuple(max(1, round(side * scale)) for side in (grey.shape[1], grey.shape[0]))
        grey = np.asarray(image.fromarray(grey).resize(size, image.Resampling.BOX))
    away = np.abs(grey - np.float32(np.mean(background)))
    ink = int((away >= _FAINTEST).sum())
    strongest = np.sort(away, axis=None)[-1 - min(int(away.size * _DARKEST), ink // 2)]
    rows, columns = (-(-side // _MULTIPLE) * _MULTIPLE for side in away.shape)
    sheet = np.zeros((rows, columns), np.float32)
    strength = away / np.float32(max(strongest, _FAINTEST))
    sheet[: away.shape[0], : away.shape[1]] = np.minimum(strength, STRONGEST)
    before = whole / pixels.shape[1]
    return Sheet(sheet, round(left * before), round(top * before), scale / before)
