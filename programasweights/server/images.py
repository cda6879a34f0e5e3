"""Pictures that requests bring: base64 in JSON, decoded within the server's limits, a few at a time.

Of what was sent only the pixels go on, as a PNG of our own making. Leaves out where they are kept meanwhile (`jobs`)
and what they mean (`compiler.pictures`, the interpreter).
"""

import base64
import binascii
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from programasweights.errors import ImageError
from programasweights.server.errors import ApiError
from programasweights.server.schemas import ImageBody
from programasweights.server.settings import ServerSettings

if TYPE_CHECKING:
    from programasweights.vision import Image

__all__ = ["decoded_images", "with_images"]

_decoding = threading.BoundedSemaphore(2)
"""Decoding takes about 8 bytes a pixel, so that a crowd of pictures must queue for it."""


def decoded_images(sent: Sequence[ImageBody], limits: ServerSettings) -> "list[Image]":
    """The pictures of a request, in order.

    Raises:
        ApiError: there are too many, or one is too large or none (400); its field is `images.N`.
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


def _decoded(field: str, body: ImageBody, limits: ServerSettings) -> "Image":
    from programasweights.vision import Image, ImageLimits

    allowed = ImageLimits(nbytes=limits.max_image_bytes, pixels=limits.max_image_pixels)
    try:
        allowed.check_bytes(len(body.data) * 3 // 4 - 2)  # two of the last characters may be padding
        data = base64.b64decode(body.data, validate=True)
        with _decoding:
            return Image(data, limits=allowed)
    except binascii.Error as error:
        message = f"the picture is not in base64 ({error}); send the file's bytes so, without a prefix."
        raise ApiError(400, "invalid_image", message, field=field) from None
    except ImageError as error:
        raise ApiError(400, "invalid_image", str(error), field=field) from None


def _first(placed: "tuple[int, Image]") -> int:
    return placed[0]
