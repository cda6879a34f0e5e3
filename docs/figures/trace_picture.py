"""Takes the picture of a trace that docs/debugging.md shows: the real page in Chromium, light beside dark.

    python docs/figures/trace_picture.py [FOLDER]

Writes trace.png beside this file, or into FOLDER. Needs the extra `test`, and Chromium (Debian: the package chromium).
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import sync_playwright

import programasweights as paw

TEXT = "Good morning, this is Laura Stone from the town hall."
SIZE = {"width": 640, "height": 900}
COLOURS = 128


def main(folder: str = str(Path(__file__).parent)) -> None:
    """Trace, open the page in both colour schemes, and put the pictures side by side."""
    first_name = paw.compile(
        "Extract the first name.",
        [("My name is John Smith", "John"), ("I am Mary Jones from Leeds", "Mary")],
    )
    with tempfile.TemporaryDirectory() as place:
        page = first_name.trace(TEXT).to_html(Path(place) / "trace.html")
        pictures = [_picture(page, scheme, Path(place)) for scheme in ("light", "dark")]
        whole = Image.new("RGB", (sum(p.width for p in pictures), max(p.height for p in pictures)))
        for picture, left in zip(pictures, (0, pictures[0].width), strict=True):
            whole.paste(picture, (left, 0))
    whole.quantize(COLOURS).save(Path(folder) / "trace.png", optimize=True)


def _picture(page: Path, scheme: Literal["light", "dark"], place: Path) -> Image.Image:
    path = place / f"{scheme}.png"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_context(viewport=SIZE, color_scheme=scheme).new_page()  # type: ignore[arg-type]
        tab.goto(page.as_uri())
        tab.screenshot(path=path, full_page=True)
        browser.close()
    return Image.open(path).convert("RGB")


if __name__ == "__main__":
    main(*sys.argv[1:])
