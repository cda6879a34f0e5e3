"""A picture is drawn as large as its cells allow, without its margins, each cell with its place."""

import numpy as np
import pytest

from programasweights.vision.canvas import PLACE_FEATURES, Grid, fit, lay_out


def ink(height: int, width: int, *, margin: int = 0, paper: int = 255) -> np.ndarray:
    """A black frame of this size with grey inside, on paper with a margin."""
    sheet = np.full((height + 2 * margin, width + 2 * margin, 3), paper, np.uint8)
    drawing = sheet[margin : margin + height, margin : margin + width]
    drawing[:] = 0
    drawing[2:-2, 2:-2] = 90
    return sheet


@pytest.mark.parametrize(
    ("size", "grid"),
    [
        ((200, 200), Grid(8, 8)),
        ((50, 400), Grid(3, 21)),
        ((400, 50), Grid(21, 3)),
        ((10, 4000), Grid(1, 64)),
        ((90, 100), Grid(8, 8)),
    ],
)
def test_grid_fits_the_shape(size: tuple[int, int], grid: Grid) -> None:
    assert lay_out(ink(*size), 64).grid == grid


@pytest.mark.parametrize("size", [(200, 200), (37, 411), (411, 37), (1, 1), (3, 900), (640, 480)])
def test_no_other_grid_draws_it_larger(size: tuple[int, int]) -> None:
    canvas = lay_out(ink(*size) if min(size) > 4 else np.zeros((*size, 3), np.uint8), 64)
    height, width = canvas.pixels.shape[:2]
    scale = min(canvas.grid.rows / height, canvas.grid.columns / width)
    assert canvas.grid.rows * canvas.grid.columns <= 64
    assert all(min(rows / height, (64 // rows) / width) <= scale + 1e-9 for rows in range(1, 65))


def test_margins_are_cut_off() -> None:
    near, far = (lay_out(ink(60, 90, margin=margin), 64) for margin in (4, 200))
    np.testing.assert_array_equal(near.draw(32), far.draw(32))
    np.testing.assert_array_equal(near.places(), far.places())
    assert near.pixels.shape == (68, 98, 3)


def test_margins_of_a_dark_picture() -> None:
    sheet = 255 - ink(60, 90, margin=50)
    canvas = lay_out(sheet, 64)
    assert canvas.background == (0, 0, 0)
    assert canvas.pixels.shape == (68, 98, 3)


def test_a_picture_without_ink_stays_whole() -> None:
    canvas = lay_out(np.full((30, 60, 3), 200, np.uint8), 64)
    assert canvas.pixels.shape == (30, 60, 3)
    assert (canvas.draw(16) == 200).all()


def test_what_is_drawn() -> None:
    canvas = lay_out(ink(100, 150), 64)
    sheet = canvas.draw(16)
    assert sheet.shape == (canvas.grid.rows * 16, canvas.grid.columns * 16, 3)
    scale = min(sheet.shape[0] / 100, sheet.shape[1] / 150)
    assert (sheet[int(50 * scale), int(75 * scale)] == 90).all()
    assert (sheet[0, 0] == 0).all()
    # what the picture does not reach has the colour of its border
    if sheet.shape[0] - 100 * scale > 1:
        assert (sheet[-1] == canvas.background).all()


def test_places() -> None:
    canvas = lay_out(ink(100, 150), 64)
    places, used = canvas.places(), canvas.grid.rows * canvas.grid.columns
    assert places.shape == (64, PLACE_FEATURES)
    assert not places[used:].any()
    assert len(np.unique(places[:used].round(4), axis=0)) == used
    x, y = places[:used, -6], places[:used, -5]
    assert (np.diff(x.reshape(canvas.grid.rows, -1), axis=1) > 0).all()
    assert (np.diff(y.reshape(canvas.grid.rows, -1), axis=0) > 0).all()
    # cells' middles, as shares of the picture: the last may lie a little outside
    assert 0 < x.min() < x.max() < 1.2
    assert 0 < y.min() < y.max() < 1.2
    assert (places[:used, -4] == 1).all()


def test_large_pictures_are_scaled_down_first() -> None:
    canvas = lay_out(ink(3000, 5000), 64)
    assert canvas.pixels.shape == (750, 1250, 3)
    assert fit(ink(3000, 5000), 24, 40).shape == (24, 40, 3)


def test_fit_keeps_the_shape() -> None:
    sheet = fit(ink(50, 100), 64, 64)
    assert (sheet[31, 32] != 255).all()
    assert (sheet[34:] == 0).all()  # the border's usual colour
