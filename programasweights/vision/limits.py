"""How large a picture may be."""

from dataclasses import dataclass

from programasweights.errors import ImageError

__all__ = ["ImageLimits"]


@dataclass(frozen=True)
class ImageLimits:
    """Bounds that are checked before a picture is decoded, so that no file takes more memory than they allow.

    Decoding takes up to 12 bytes a pixel at its peak, 370 MB at the default of 32 million pixels.
    """

    nbytes: int = 32 << 20
    """Bytes of the file."""
    pixels: int = 32_000_000
    """Width times height."""
    side: int = 16_384
    """Width, and height."""

    def __post_init__(self) -> None:
        if min(self.nbytes, self.pixels, self.side) < 1:
            raise ValueError(f"every limit must be from 1 on; found {self}.")

    def check_bytes(self, count: int) -> None:
        """Raise ImageError if a file is too long."""
        if count > self.nbytes:
            raise ImageError(
                f"the picture file has {count} bytes or more, at most {self.nbytes} are allowed; save it smaller."
            )

    def check_size(self, width: int, height: int) -> None:
        """Raise ImageError if a picture is empty or has too many pixels."""
        if width < 1 or height < 1:
            raise ImageError(f"the picture is {width} x {height} pixels large; it must have at least one.")
        if max(width, height) > self.side:
            raise ImageError(
                f"the picture is {width} x {height} pixels large, a side may have at most {self.side}; scale it down."
            )
        if width * height > self.pixels:
            raise ImageError(
                f"the picture is {width} x {height} = {width * height} pixels large, at most {self.pixels} are "
                "allowed; scale it down."
            )
