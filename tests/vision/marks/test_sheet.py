"""A picture as ink: whatever its colours, size and margins."""

import numpy as np
import pytest

from programasweights.vision.marks.sheet import LONGEST, sheet_of


def picture(height: int, width: int, *, ink: int = 0, paper: int = 255) -> np.ndarray:
    """A cross in the middle of a sheet."""
    pixels = np.full((height, width, 3), paper, np.uint8)
    pixels[height // 2 - 1 : height // 2 + 1, width // 4 : 3 * width // 4] = ink
    pixels[height // 4 : 3 * height // 4, width // 2 - 1 : width // 2 + 1] = ink
    return pixels


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (255, 0), (90, 200), (40, 130)])
def test_ink_is_one_whatever_its_colour(ink: int, paper: int) -> None:
    sheet = sheet_of(picture(100, 160, ink=ink, paper=paper))
    assert sheet.ink.max() == pytest.approx(1, abs=0.02)
    assert np.median(sheet.ink) == 0
    assert all(side % 16 == 0 for side in sheet.ink.shape)


def test_places_are_those_of_the_picture() -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    pixels[120:124, 60:64] = 0
    pixels[20:24, 250:254] = 0
    sheet = sheet_of(pixels)
    row, column = int((121 - sheet.top) * sheet.scale), int((61 - sheet.left) * sheet.scale)
    assert sheet.scale == 1
    assert sheet.ink[row, column] == pytest.approx(1)


def test_a_large_picture_is_made_smaller() -> None:
    sheet = sheet_of(picture(1600, 4000))
    assert max(sheet.ink.shape) <= LONGEST + 16
    assert sheet.scale == pytest.approx(LONGEST / 2000, rel=0.03)
    row, column = int((800 - sheet.top) * sheet.scale), int((2000 - sheet.left) * sheet.scale)
    assert sheet.ink[row - 1 : row + 2, column - 1 : column + 2].max() > 0.5


def test_places_in_a_reduced_picture_are_those_of_the_picture() -> None:
    pixels = np.full((1600, 4000, 3), 255, np.uint8)
    for row, column in ((300, 900), (1200, 3100)):
        pixels[row - 12 : row + 12, column - 12 : column + 12] = 0
    sheet = sheet_of(pixels)
    for row, column in ((300, 900), (1200, 3100)):
        assert sheet.ink[int((row - sheet.top) * sheet.scale), int((column - sheet.left) * sheet.scale)] > 0.9


@pytest.mark.parametrize("pixels", [np.full((1, 1, 3), 7, np.uint8), np.zeros((40, 3, 3), np.uint8)])
def test_an_empty_picture_has_no_ink(pixels: np.ndarray) -> None:
    assert not sheet_of(pixels).ink.any()


def test_faint_noise_is_not_strengthened() -> None:
    noise = np.random.default_rng(0).integers(250, 256, (64, 64, 3)).astype(np.uint8)
    assert sheet_of(noise).ink.max() < 0.3
