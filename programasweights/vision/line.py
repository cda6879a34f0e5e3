"""Reads a picture as one line of text, with the whole recogniser of PP-OCR.

    the drawing without margins, 48 pixels high  ->  scores of 18,710 characters every 8 pixels  ->  "5ψ1"

A formula's letters are mostly read so, where they stand on one line; of a circuit nothing is. A picture whose letters
are not certain enough has no line.
"""

from functools import cache
from typing import Any

import numpy as np

from programasweights.lm.pinned import obtain
from programasweights.settings import settings
from programasweights.vision.canvas import trimmed
from programasweights.vision.decoding import Pixels
from programasweights.vision.image import Image
from programasweights.vision.pillow import pillow
from programasweights.vision.recogniser import LINE_HEIGHT, recogniser_input
from programasweights.vision.sessions import open_session
from programasweights.vision.weights import RECOGNISER

__all__ = ["LINE_VERSION", "LineReader", "load_line_reader"]

LINE_VERSION = 1
"""Raised whenever the same picture and weights could be read otherwise."""
_STEP = 8
"""Pixels from one score of characters to the next."""
_LEAST, _MOST = 160, 1440
"""Narrowest and widest pictures that the recogniser sees; narrower ones get background beside them."""
_CERTAIN = 0.5
"""Mean probability of its characters from which a line is taken for text."""


class LineReader:
    """The recogniser, for pictures of one line."""

    def __init__(self) -> None:
        """Load the model, fetching it if need be.

        Raises:
            ModelError: it cannot be found, fetched or loaded.
        """
        self._session: Any = open_session(obtain(RECOGNISER, network=not settings().offline))
        known = self._session.get_modelmeta().custom_metadata_map["character"]
        self._characters = ["", *known.removesuffix("\n").split("\n"), " "]

    def read(self, image: Image) -> str:
        """The line that stands in a picture, "" if none does."""
        (found,) = self._session.run(None, {"x": recogniser_input(_as_line(image.pixels))})
        best = found[0].argmax(axis=1)
        # a character lasts for several steps; blanks, which are number 0, part equal ones
        first = (best != 0) & (best != np.concatenate([[0], best[:-1]]))
        certain = found[0].max(axis=1)[first]
        if not len(certain) or certain.mean() < _CERTAIN:
            return ""
        return " ".join("".join(self._characters[n] for n in best[first]).split())


def _as_line(pixels: Pixels) -> Pixels:
    drawing, background = trimmed(pixels)
    wide = max(_STEP, min(_MOST, round(drawing.shape[1] * LINE_HEIGHT / drawing.shape[0])))
    sheet = np.empty((LINE_HEIGHT, max(_LEAST, -(-wide // _STEP) * _STEP), 3), np.uint8)
    sheet[:] = background
    module = pillow()
    sheet[:, :wide] = module.fromarray(drawing).resize((wide, LINE_HEIGHT), module.Resampling.BICUBIC)
    return sheet


def load_line_reader() -> LineReader:
    """The process's reader, loaded on first use.

    Raises:
        ModelError: as `LineReader` does.
    """
    return _loaded(settings().threads)


@cache
def _loaded(threads: int) -> LineReader:
    del threads  # it decides the session
    return LineReader()
