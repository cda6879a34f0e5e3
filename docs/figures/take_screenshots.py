"""Takes the pictures of the web pages that the documentation shows: a real server, a real compile, Chromium.

    python docs/figures/take_screenshots.py [FOLDER]

Writes web-*.png beside this file, or into FOLDER. Needs the extras `server` and `test`, and Chromium (Debian: the
package chromium). The fonts are those of the machine; the committed pictures were taken with the packages
fonts-inter and fonts-urw-base35.
"""

import contextlib
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from programasweights.server.app import create_app
from programasweights.server.settings import ServerSettings
from programasweights.server.web.samples import SAMPLES

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
COLOURS = 128
"""Of a picture's palette, which keeps it small."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[None]:
    """An open server with one worker."""
    app = create_app(ServerSettings(data_dir=folder, access="open", workers=1))
    server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not _ready():
        time.sleep(0.2)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def fill_hub() -> None:
    """Compile the sample tasks, some of them public and tagged."""
    tags = {"email address": ["mail", "extract"], "date": ["format"], "options to JSON": ["format", "json"]}
    for sample in SAMPLES:
        slug = sample.name.replace(" ", "-").lower()
        body = {
            "spec": sample.spec,
            "examples": sample.examples,
            "slug": slug,
            "tags": tags.get(sample.name, []),
        }
        program = _post("/compile", body | {"public": slug != "price"})["program_id"]
        _post("/run", {"program": program, "inputs": sample.inputs})


def compile_twice(page: Page) -> None:
    """Compile a task, save a test case, change the task, and compile again."""
    page.goto("/")
    page.get_by_role("button", name="price").click()
    page.get_by_role("button", name="Compile", exact=True).click()
    _wait(page, "[data-bench-summary]", "3 inputs in")
    page.get_by_role("button", name="Save as test case for input 1").click()
    page.get_by_label("Expected output").fill("EUR 3.50")
    page.get_by_role("button", name="Save test case").click()
    page.get_by_role("button", name="Run test cases").click()
    _wait(page, "[data-case-summary]", " passed")
    page.get_by_label("What should it do?").fill("Extract the price, the currency first.")
    for number, wanted in enumerate(("EUR 25", "USD 9.99", "GBP 100"), 1):
        page.get_by_role("group", name=f"Example {number}").get_by_label("Output").fill(wanted)
    page.get_by_role("button", name="Recompile").click()
    _wait(page, "[data-bench-summary]", "outputs changed")
    _wait(page, "[data-case-summary]", "passed, before")
    page.wait_for_timeout(500)


def take(browser: Browser, folder: Path) -> None:
    """Take all pictures."""
    with _page(browser, DESKTOP, "light") as page:
        page.goto("/")
        _shoot(page, folder / "web-start.png", full=False)
        compile_twice(page)
        _shoot(page, folder / "web-recompiled.png", full=True)
        changed = page.url
        page.goto("/hub")
        _shoot(page, folder / "web-hub.png", full=False)
        page.goto("/programs/local/first-name")
        _shoot(page, folder / "web-program.png", full=False)
    with _page(browser, DESKTOP, "dark") as page:
        page.goto(changed)
        _shoot(page, folder / "web-dark.png", full=False)
    with _page(browser, PHONE, "light") as page:
        page.goto("/")
        _shoot(page, folder / "web-phone.png", full=False)
        compile_twice(page)
        page.locator("[data-bench]").evaluate("element => element.scrollIntoView()")
        _shoot(page, folder / "web-phone-compare.png", full=False)


def _ready() -> bool:
    try:
        return httpx.get(f"{ADDRESS}/ready").status_code == 200
    except httpx.ConnectError:
        return False


def _post(path: str, body: dict[str, object]) -> dict[str, str]:
    answer = httpx.post(f"{ADDRESS}/api/v1{path}", json=body, timeout=120).raise_for_status()
    found: dict[str, str] = answer.json()
    return found


@contextlib.contextmanager
def _page(browser: Browser, size: dict[str, int], scheme: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=ADDRESS, viewport=size, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def _wait(page: Page, place: str, text: str) -> None:
    page.locator(place, has_text=text).wait_for()


def _shoot(page: Page, file: Path, *, full: bool) -> None:
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=file, full_page=full)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file.name}: {file.stat().st_size:,} bytes\n")


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    chromium = shutil.which("chromium") or sys.exit("there is no chromium on this machine; install it.")
    with tempfile.TemporaryDirectory() as data, serving(Path(data)), sync_playwright() as playwright:
        fill_hub()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take(browser, folder)
        browser.close()


if __name__ == "__main__":
    main()
