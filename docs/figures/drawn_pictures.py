"""Draws the sheet of rendered pictures that docs/images.md shows: each task at each level.

    python docs/figures/drawn_pictures.py [FILE]

The committed sheet was drawn with the packages that benchmarks/results/picture_data.json names.
"""

import argparse
import io
from pathlib import Path

from PIL import Image

from programasweights.data.images import LEVELS, TASKS, draw_picture

WIDTH, HEIGHT, ROOM = 250, 190, 10


def main() -> None:
    """Draw the sheet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", default=Path(__file__).parent / "drawn_pictures.png")
    options = parser.parse_args()
    sheet = Image.new("L", (len(TASKS) * (WIDTH + ROOM), len(LEVELS) * (HEIGHT + ROOM)), 119)
    for column, task in enumerate(TASKS):
        for row, level in enumerate(LEVELS):
            drawn = draw_picture(task, 0, 4, split="train", level=level)
            with Image.open(io.BytesIO(drawn.png)) as opened:
                picture = opened.convert("L")
            picture.thumbnail((WIDTH, HEIGHT))
            left = column * (WIDTH + ROOM) + (WIDTH + ROOM - picture.width) // 2
            sheet.paste(picture, (left, row * (HEIGHT + ROOM) + (HEIGHT + ROOM - picture.height) // 2))
    sheet.quantize(16).save(options.file, optimize=True, bits=4)


if __name__ == "__main__":
    main()
