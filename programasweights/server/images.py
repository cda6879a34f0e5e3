"""Pictures that requests bring: base64 in JSON, decoded within the server's limits, a few at a time.

Of what was sent only the pixels go on, as a PNG of our own making. Leaves out where they are kept meanwhile (`jobs`)
and what they mean (`compiler.pictures`, the interpreter).
"""

import base64
import binascii
import threading
import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING

from programasweights.errors import ImageError
from programasweights.server.errors import ApiError
from programasweights.server.schemas import ImageBody
from programasweights.server.settings import ServerSettings

if TYPE_CHECKING:
    from programasweights.vision import Image, ImageLimits

__all__ = ["decoded_images", "with_images"]

_AT_ONCE = 2
"""Decoding takes about 8 bytes a pixel, so that a crowd of pictures must queue for it."""
_MOST_PIXELS = 100_000_000
"""Pixels of all requests together that may be in memory, 3 bytes each, before more are turned away."""
_BUSY_SECONDS = 5


def decoded_images(sent: Sequence[ImageBody], limits: ServerSettings) -> "list[Image]":
    """The pictures of a request, in order.

    Raises:
        ApiError: there are too many, or one is too large or none (400); its field is `images.N`. Or the requests of all
            callers hold too many (503).
    """
    if len(sent) > limits.max_images:
        message = (
            f"there are {len(sent)} pictures, at most {limits.max_images} are taken here; leave some out."
        )
        raise ApiError(400, "invalid_image", message, field="images")
    return [_decoded(f"images.{number}", body, limits) for number, body in enumerate(sent)]


def with_images(text: str, placed: "Sequence[tuple[int | None, Image]]") -> "str | list[str | Image]":
    """An input as the interpreter takes it: the text, cut where pictures stand.

    Args:
        text: its words.
        placed: characters of the text before a picture, None for all of it, and the picture.
    """
    if not placed:
        return text
    found: list[str | Image] = []
    start = 0
    for at, image in sorted(((len(text) if at is None else at, image) for at, image in placed), key=_first):
        found += [text[start:at], image]
        start = at
    return [part for part in [*found, text[start:]] if not isinstance(part, str) or part]


class _Memory:
    """Counts the pixels of decoded pictures for as long as anything refers to them."""

    def __init__(self) -> None:
        self._decoding = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.RLock()  # a picture may end wherever memory is collected, in this class too
        self._held = 0

    def decode(self, data: bytes, limits: "ImageLimits") -> "Image":
        """Decode a picture when it is its turn."""
        from programasweights.vision import Image

        with self._decoding:
            if self._held > _MOST_PIXELS:
                message = "too many pictures are worked on already; ask again in a moment."
                raise ApiError(503, "busy", message, headers={"Retry-After": str(_BUSY_SECONDS)})
            image = Image(data, limits=limits)
        pixels = image.width * image.height
        self._count(pixels)
        weakref.finalize(image, self._count, -pixels)
        return image

    def _count(self, pixels: int) -> None:
        with self._lock:
            self._held += pixels


_memory = _Memory()


def _decoded(field: str, body: ImageBody, limits: ServerSettings) -> "Image":
    from programasweights.vision import ImageLimits

    allowed = ImageLimits(nbytes=limits.max_image_bytes, pixels=limits.max_image_pixels)
    try:
        allowed.check_bytes(len(body.data) * 3 // 4 - 2)  # two of the last characters may be padding
        return _memory.decode(base64.b64decode(body.data, validate=True), allowed)
    except binascii.Error as error:
        message = f"the picture is not in base64 ({error}); send the file's bytes so, without a prefix."
        raise ApiError(400, "invalid_image", message, field=field) from None
    except ImageError as error:
        raise ApiError(400, "invalid_image", str(error), field=field) from None


def _first(placed: "tuple[int, Image]") -> int:
    return placed[0]
