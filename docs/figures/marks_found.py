"""Draws what mark readers find in a molecule, a formula and a score of the split test: docs/figures/marks_found.png."""

from pathlib import Path

from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

import programasweights as paw
from programasweights.compiler.default import SHIPPED_PICTURES
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.data.images import draw_picture
from programasweights.vision.marks.reader import Found, mark_reader
from programasweights.vision.marks.sheet import Sheet, sheet_of

_SHOWN = (("smiles", 6, 2), ("latex", 3, 2), ("music", 2, 2))
"""Task, number and level."""
_ZOOM, _GAP = 2, 24
_RED, _BLUE = (200, 30, 30), (30, 60, 200)


def _label(task: str, labels: tuple[str, ...]) -> str:
    """What is worth showing of a mark's labels."""
    if task == "smiles":
        return "" if labels[0] == "C" else labels[0] + labels[1]
    if task == "music":
        return {"note": f"{labels[1]} {labels[2]}", "bar": ""}.get(labels[0], labels[1])
    return "" if labels[0].startswith("bar ") else labels[0].removeprefix("\\") + "'" * int(labels[2])


def _drawn(task: str, png: bytes, sheet: Sheet, found: Found) -> Picture.Image:
    pixels = paw.Image(png).pixels
    panel = Picture.fromarray(pixels).resize((pixels.shape[1] * _ZOOM, pixels.shape[0] * _ZOOM))
    pen, font = ImageDraw.Draw(panel), ImageFont.load_default(size=13)

    def place(x: float, y: float) -> tuple[float, float]:
        return (x / sheet.scale + sheet.left) * _ZOOM, (y / sheet.scale + sheet.top) * _ZOOM

    for link in found.links:
        ends = [place(found.marks[n].x, found.marks[n].y) for n in (link.first, link.second)]
        width = {"single": 1, "double": 3, "triple": 5}[link.label]
        pen.line([*ends[0], *ends[1]], fill=_BLUE, width=width)
    for mark in found.marks:
        x, y = place(mark.x, mark.y)
        pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=_RED)
        pen.text((x + 4, y - 17), _label(task, mark.labels), fill=_RED, font=font)
    return panel


def main() -> None:
    """Write the figure."""
    checkpoint = load_picture_checkpoint(SHIPPED_PICTURES)
    assert checkpoint.pictures is not None
    readers = {weights.config.task: mark_reader(weights) for weights in checkpoint.pictures.readers}
    panels = []
    for task, number, level in _SHOWN:
        png = draw_picture(task, 0, number, split="test", level=level).png
        sheet = sheet_of(paw.Image(png).pixels)
        panels.append(_drawn(task, png, sheet, readers[task].read(sheet)))
    width = max(panel.width for panel in panels)
    figure = Picture.new("RGB", (width, sum(p.height + _GAP for p in panels)), "white")
    top = 0
    for panel in panels:
        figure.paste(panel, (0, top))
        top += panel.height + _GAP
    figure.quantize(64).save(Path(__file__).with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    main()
