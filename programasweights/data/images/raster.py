"""From vector drawings to pixels, and from pixels to worn pictures: the steps that all tasks share.

Pictures are grey, have 16 levels, and their longest side is at most 512 pixels.
"""

import io
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programasweights.data.images.marks import Drawing
from programasweights.data.oracle.draw import Draw

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

__all__ = ["FONTS", "LONGEST", "font_file", "optional", "png_of", "svg_image", "wear"]

LONGEST = 512
"""Longest side of a picture, in pixels."""
FONTS = {
    "DejaVu Sans": "DejaVuSans.ttf",
    "DejaVu Serif": "DejaVuSerif.ttf",
    "DejaVu Sans Mono": "DejaVuSansMono.ttf",
    "STIXGeneral": "STIXGeneral.ttf",
}
"""Text fonts by family: they come with matplotlib, so pictures do not depend on a machine's fonts."""

_STEP = 17
"""Between two of 16 greys."""


def optional(name: str) -> Any:
    """Import a package of the extra `pictures`.

    Raises:
        ModuleNotFoundError: it is not installed; the message names the extra.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        missing = (error.name or name).partition(".")[0]
        raise ModuleNotFoundError(
            f"drawing pictures needs {missing}: pip install 'programasweights[pictures]'", name=missing
        ) from None


@cache
def font_file(family: str) -> str:
    """Path of a family's font file."""
    return str(Path(optional("matplotlib").get_data_path()) / "fonts" / "ttf" / FONTS[family])


def svg_image(svg: str, *, zoom: float, family: str) -> "Image.Image":
    """Draw an SVG on white, its text in this family."""
    image = optional("PIL.Image")
    png = optional("resvg_py").svg_to_bytes(
        svg_string=svg,
        background="white",
        skip_system_fonts=True,
        font_files=[font_file(family)],
        font_family=family,
        serif_family=family,
        sans_serif_family=family,
        dpi=96,
        zoom=zoom,
    )
    return image.open(io.BytesIO(bytes(png))).convert("L")  # type: ignore[no-any-return]


def wear(clean: Drawing, draw: Draw, level: int) -> Drawing:
    """The drawing as a scan or a photo would show it: tilted, scaled, unevenly lit, blurred, noisy, compressed.

    At level 1 little of it, at level 3 up to what can still be read.
    """
    worn = _framed(clean, draw, level)
    if draw.chance(0.5):
        worn = _tilted(worn, draw.uniform(-1.0, 1.0) * level)
    worn = _fitted(worn, draw.uniform(1.0 - 0.1 * level, 1.0))
    picture = worn.picture
    if draw.chance(0.4):
        blur = optional("PIL.ImageFilter").GaussianBlur(draw.uniform(0.2, 0.25 + 0.2 * level))
        picture = picture.filter(blur)
    picture = _lit(picture, draw, level)
    if draw.chance(0.2 + 0.1 * level):
        picture = _compressed(picture, draw.randint(95 - 22 * level, 95))
    return worn.with_picture(picture)


def png_of(picture: "Image.Image") -> bytes:
    """A PNG of 16 greys."""
    numpy, image = optional("numpy"), optional("PIL.Image")
    levels = (numpy.asarray(picture, numpy.uint16) + _STEP // 2) // _STEP
    packed = image.fromarray(levels.astype(numpy.uint8), "L")
    packed = _palette_picture(packed)
    out = io.BytesIO()
    packed.save(out, "PNG", bits=4, optimize=True)
    return out.getvalue()


def _palette_picture(levels: "Image.Image") -> "Image.Image":
    image = optional("PIL.Image")
    packed = image.frombytes("P", levels.size, levels.tobytes())
    packed.putpalette([grey for step in range(16) for grey in (step * _STEP,) * 3])
    return packed  # type: ignore[no-any-return]


def _framed(clean: Drawing, draw: Draw, level: int) -> Drawing:
    """White around the drawing, by chance more on one side than on the other."""
    ops, image = optional("PIL.ImageOps"), optional("PIL.Image")
    ink = ops.invert(clean.picture).getbbox() or (0, 0, *clean.picture.size)
    cut = clean.picture.crop(ink)
    left, top, right, bottom = (draw.randint(8, 10 + 8 * level) for _ in range(4))
    framed = image.new("L", (cut.width + left + right, cut.height + top + bottom), 255)
    framed.paste(cut, (left, top))
    return clean.moved(framed, left - ink[0], top - ink[1])


def _tilted(drawing: Drawing, degrees: float) -> Drawing:
    bicubic = optional("PIL.Image").Resampling.BICUBIC
    return drawing.turned(drawing.picture.rotate(degrees, bicubic, expand=True, fillcolor=255), degrees)


def _fitted(drawing: Drawing, factor: float) -> Drawing:
    """Scaled by the factor, and further down where the longest side would be too long."""
    lanczos = optional("PIL.Image").Resampling.LANCZOS
    factor = min(factor, LONGEST / max(drawing.picture.size))
    width, height = (max(round(side * factor), 1) for side in drawing.picture.size)
    return drawing.scaled(drawing.picture.resize((width, height), lanczos))


def _lit(picture: "Image.Image", draw: Draw, level: int) -> "Image.Image":
    """Ink that is not quite black, paper that is not quite white, a shade across it, and noise."""
    numpy, image = optional("numpy"), optional("PIL.Image")
    dark, light = draw.uniform(0, 25 * level), 255 - draw.uniform(0, 12 * level) * draw.chance(0.6)
    grey = dark + numpy.asarray(picture, numpy.float32) * ((light - dark) / 255)
    shaded = draw.chance(0.25)
    if shaded:
        across = numpy.linspace(0, draw.uniform(0, 12 * level), picture.width, dtype=numpy.float32)
        grey = grey - (across if draw.chance(0.5) else across[::-1])
    # A shade without noise would become steps of the 16 greys, with edges that no scan has.
    if shaded or draw.chance(0.25):
        grey = grey + _noise(numpy, draw, (picture.height, picture.width)) * draw.uniform(3, 3 + 4 * level)
    return image.fromarray(numpy.clip(grey + 0.5, 0, 255).astype(numpy.uint8))  # type: ignore[no-any-return]


def _noise(numpy: Any, draw: Draw, shape: tuple[int, int]) -> "np.ndarray":
    generator = numpy.random.Generator(numpy.random.PCG64(draw.getrandbits(64)))
    return generator.standard_normal(shape, dtype=numpy.float32)  # type: ignore[no-any-return]


def _compressed(picture: "Image.Image", quality: int) -> "Image.Image":
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return optional("PIL.Image").open(io.BytesIO(out.getvalue())).convert("L")  # type: ignore[no-any-return]
