"""A drawing, and where its marks stand: atoms and the bonds between them.

What has marks can be taught mark by mark, which needs far fewer pictures than teaching transcriptions does.
Places are pixels from the top left, x to the right and y downwards, and follow the drawing through every change.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["Drawing", "Link", "Mark"]


@dataclass(frozen=True)
class Mark:
    """Something drawn at a place."""

    x: float
    y: float
    labels: tuple[str, ...]
    """What it is, and then its properties: an atom's element and charge."""


@dataclass(frozen=True)
class Link:
    """A line from one mark to another."""

    first: int
    """Number of a mark."""
    second: int
    label: str
    """What it is, such as "double"."""


@dataclass(frozen=True)
class Drawing:
    """A picture and what stands in it, if that is known."""

    picture: "Image.Image"
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()

    def with_picture(self, picture: "Image.Image") -> "Drawing":
        """The same marks on another picture, whose places are the same."""
        return replace(self, picture=picture)

    def moved(self, picture: "Image.Image", right: float, down: float) -> "Drawing":
        """On a picture where everything stands so many pixels farther right and down."""
        return self._placed(picture, lambda x, y: (x + right, y + down))

    def scaled(self, picture: "Image.Image") -> "Drawing":
        """On the same picture in another size."""
        across = picture.width / self.picture.width
        along = picture.height / self.picture.height
        return self._placed(picture, lambda x, y: (x * across, y * along))

    def turned(self, picture: "Image.Image", degrees: float) -> "Drawing":
        """On the picture turned about its middle, counter-clockwise, into a sheet of another size."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        before = self.picture.width / 2, self.picture.height / 2
        after = picture.width / 2, picture.height / 2

        def place(x: float, y: float) -> tuple[float, float]:
            x, y = x - before[0], y - before[1]
            return cos * x + sin * y + after[0], cos * y - sin * x + after[1]

        return self._placed(picture, place)

    def _placed(
        self, picture: "Image.Image", place: Callable[[float, float], tuple[float, float]]
    ) -> "Drawing":
        marks = (Mark(*place(mark.x, mark.y), mark.labels) for mark in self.marks)
        return replace(self, picture=picture, marks=tuple(marks))
