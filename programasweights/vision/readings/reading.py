"""Reads a picture with all mark readers there are, and says what the best of them makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from programasweights.vision.image import Image
from programasweights.vision.marks.files import MarkWeights
from programasweights.vision.marks.reader import mark_reader
from programasweights.vision.marks.sheet import sheet_of
from programasweights.vision.readings.found import TOLD

__all__ = ["Reading", "read_marks"]

_CERTAIN = 0.6
"""Mean probability of marks and links from which a reading is told."""


@dataclass(frozen=True)
class Reading:
    """What a picture shows."""

    task: str
    """Whose drawings its reader knows."""
    texts: tuple[str, ...]
    """Ways of telling it, at least one."""
    probability: float
    """Mean over marks and links, as the reader's network has it."""


def read_marks(image: Image, readers: Sequence[MarkWeights]) -> Reading | None:
    """The surest reading of a picture; None where no reader finds anything that makes sense.

    Raises:
        ModelError: ONNX Runtime cannot load a reader.
    """
    if not readers:
        return None
    sheet = sheet_of(image.pixels)
    found = []
    for weights in readers:
        marks = mark_reader(weights).read(sheet)
        texts = TOLD[weights.config.task](marks)
        if texts and marks.probability >= _CERTAIN:
            found.append(Reading(weights.config.task, texts, marks.probability))
    return max(found, key=lambda reading: reading.probability, default=None)
