"""Lays a picture out on a grid of square cells, one cell a feature vector.

The margins around what is drawn are cut off, and of the grids with at most `cells` cells the one is taken on which
the picture can be drawn largest, so that a formula as wide as twenty letters is not shrunk into a square. All
encoders of one picture share the grid; each draws it at its own pixels a cell.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from programasweights.vision.decoding import Pixels
from programasweights.vision.pillow import pillow

__all__ = [
    "INK_MARGIN",
    "PLACE_FEATURES",
    "Canvas",
    "Grid",
    "fit",
    "ink_box",
    "lay_out",
    "paper",
    "reduced",
    "trimmed",
]

F32 = npt.NDArray[np.float32]

_INK = 48
"""Difference from the background, in any channel, from which a pixel belongs to the drawing."""
_ENOUGH = 1_200_000
"""Pixels of which a picture has more are averaged in squares first: twice what is drawn on the finest grid."""
INK_MARGIN = 4
"""Pixels left around the drawing."""
_WAVES = (1.0, 2.0, 4.0, 8.0)
"""Frequencies in which a cell's place is written."""

PLACE_FEATURES = 4 * len(_WAVES) + 6
"""Numbers that say where a cell lies."""


@dataclass(frozen=True)
class Grid:
    """Cells of a picture, row by row from the top left."""

    rows: int
    """From top to bottom."""
    columns: int
    """From left to right."""


@dataclass(frozen=True)
class Canvas:
    """A picture without its margins, and the grid it is drawn on."""

    pixels: Pixels
    """The drawing, (height, width, 3)."""
    background: tuple[int, int, int]
    """Colour of what surrounds it."""
    grid: Grid
    """Where it goes."""
    cells: int
    """P, the number of feature vectors; those beyond the grid's cells are empty."""

    def draw(self, cell: int) -> Pixels:
        """The drawing at the top left of rows x columns cells, as large as it fits, `cell` pixels a cell."""
        return _drawn(self.pixels, self.grid.rows * cell, self.grid.columns * cell, self.background)

    @property
    def _size(self) -> tuple[int, int]:
        return self.pixels.shape[1], self.pixels.shape[0]

    def places(self) -> F32:
        """Where each cell lies on the grid and in the picture, (P, PLACE_FEATURES); zeros for empty ones."""
        rows, columns = self.grid.rows, self.grid.columns
        down, right = np.divmod(np.arange(rows * columns, dtype=np.float32), np.float32(columns))
        scale = np.float32(_scale(self.pixels, self.grid))
        x = (right + np.float32(0.5)) / np.float32(self._size[0] * scale)
        y = (down + np.float32(0.5)) / np.float32(self._size[1] * scale)
        waves = [f(np.pi * wave * place) for place in (x, y) for wave in _WAVES for f in (np.sin, np.cos)]
        shares = [rows / self.cells * 4, columns / self.cells * 4, np.log2(scale * 64)]
        numbers = [*waves, x, y, np.ones_like(x), *(np.full_like(x, share) for share in shares)]
        found = np.zeros((self.cells, PLACE_FEATURES), np.float32)
        found[: rows * columns] = np.stack(numbers, axis=1)
        return found


def fit(pixels: Pixels, height: int, width: int) -> Pixels:
    """A picture at the top left of (height, width, 3), as large as it fits, on its background."""
    return _drawn(reduced(pixels), height, width, paper(pixels))


def lay_out(pixels: Pixels, cells: int) -> Canvas:
    """Cut the margins off a picture and choose its grid of at most `cells` cells."""
    drawing, background = trimmed(pixels)
    grids = [Grid(rows, cells // rows) for rows in range(1, cells + 1)]
    # The first of equals: fewer rows, whose cells are further from each other in the sequence only by few.
    grid = max(grids, key=lambda grid: (_scale(drawing, grid), -grid.rows))
    return Canvas(drawing, background, _needed(drawing, grid), cells)


def trimmed(pixels: Pixels) -> tuple[Pixels, tuple[int, int, int]]:
    """The drawing in a picture, of a size that is needed at most, and the colour of what surrounds it."""
    pixels = reduced(pixels)
    background = paper(pixels)
    return _without_margins(pixels, background), background


def _drawn(pixels: Pixels, height: int, width: int, background: tuple[int, int, int]) -> Pixels:
    scale = min(height / pixels.shape[0], width / pixels.shape[1])
    down, right = (
        max(1, min(room, round(n * scale))) for room, n in zip((height, width), pixels.shape, strict=False)
    )
    module = pillow()
    sheet = np.empty((height, width, 3), np.uint8)
    sheet[:] = background
    sheet[:down, :right] = module.fromarray(pixels).resize((right, down), module.Resampling.BICUBIC)
    return sheet


def reduced(pixels: Pixels) -> Pixels:
    """A picture of more pixels than are needed, averaged in squares."""
    factor = math.ceil(math.sqrt(pixels.shape[0] * pixels.shape[1] / _ENOUGH))
    return pixels if factor <= 1 else np.asarray(pillow().fromarray(pixels).reduce(factor))


def _scale(drawing: Pixels, grid: Grid) -> float:
    """Cells that a pixel of the drawing is wide, if it is drawn as large as it fits."""
    return float(min(grid.rows / drawing.shape[0], grid.columns / drawing.shape[1]))


def _needed(drawing: Pixels, grid: Grid) -> Grid:
    """The grid without the rows or columns that stay empty."""
    scale = _scale(drawing, grid)
    rows, columns = np.ceil(np.array(drawing.shape[:2]) * scale - 1e-6).astype(int).tolist()
    return Grid(max(1, rows), max(1, columns))


def paper(pixels: Pixels) -> tuple[int, int, int]:
    """The border's usual colour."""
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    red, green, blue = np.sort(border, axis=0)[len(border) // 2].tolist()
    return red, green, blue


def ink_box(pixels: Pixels, background: tuple[int, int, int], margin: int) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of the smallest part with all the ink and a margin; without ink, of everything."""
    distance = np.abs(pixels.astype(np.int16) - np.array(background, np.int16)).max(axis=2)
    ink = distance >= _INK
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    height, width = ink.shape
    if not len(rows):
        return 0, height, 0, width
    return (
        max(0, int(rows[0]) - margin),
        min(height, int(rows[-1]) + 1 + margin),
        max(0, int(columns[0]) - margin),
        min(width, int(columns[-1]) + 1 + margin),
    )


def _without_margins(pixels: Pixels, background: tuple[int, int, int]) -> Pixels:
    """The smallest part that holds all the ink, with a small margin; everything if there is no ink."""
    top, bottom, left, right = ink_box(pixels, background, INK_MARGIN)
    return pixels[top:bottom, left:right]
