"""Pictures in Chromium: chosen, pasted, dropped, refused; compiled, and asked three questions."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

import programasweights as paw
from tests.pictures import picture_file
from tests.server.serving import Served
from tests.server.web.browser import SECONDS, chromium, opened, overflow
from tests.server.web.conftest import Site

pytestmark = pytest.mark.weights

SPEC = "Answer questions about this drawing."
QUESTIONS = ["How many boxes are there?", "Is it a circuit?", "What is it?"]
GIVE = """([type, kind, data]) => {
  const files = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  files.items.add(new File([bytes], "given.png", { type: "image/png" }));
  const options = { bubbles: true, cancelable: true, clipboardData: files, dataTransfer: files };
  document.querySelector("#spec").dispatchEvent(new globalThis[kind](type, options));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as found:
        yield found


def test_a_picture_is_compiled_and_answers_three_questions(
    browser: Browser, picture_server: Served, picture_checkpoint: Path
) -> None:
    picture, other = picture_file(10), picture_file(13)
    local = paw.compile([SPEC, paw.Image(picture)], compiler=picture_checkpoint)
    with opened(browser, picture_server.url) as page:
        page.goto("/")
        page.get_by_label("What should it do?").fill(SPEC)
        choose(page, picture)
        expect(page.get_by_role("img", name="drawing.png")).to_be_visible()
        assert seen(page, "[data-images] img") == (160, 96)
        assert overflow(page) == 0
        page.get_by_role("button", name="Compile", exact=True).click()
        expect(page.get_by_role("img", name="Picture 1 of this compile")).to_be_visible()
        expect(page.locator(".card")).to_be_visible(timeout=SECONDS)
        assert page.locator("[data-program]").get_attribute("data-program") == local.id
        assert seen(page, ".card img") == (160, 96)

        for number, text in enumerate(QUESTIONS, 1):
            page.get_by_role("group", name=f"Input {number}").get_by_role("textbox").fill(text)
        page.get_by_role("button", name="Run all").click()
        expect(page.locator("[data-bench-summary]")).to_contain_text("3 inputs in", timeout=SECONDS)
        body = {"program": local.id, "inputs": QUESTIONS}
        told = picture_server.client().post("/api/v1/run", json=body).raise_for_status().json()["outputs"]
        assert page.locator(".run [data-output]").all_inner_texts() == told

        page.get_by_role("group", name="Input 2").get_by_label("Add a picture").set_input_files(
            payload(other)
        )
        expect(page.get_by_role("img", name="drawing.png")).to_have_count(2)
        page.get_by_role("button", name="Remove input 3").click()
        page.get_by_role("button", name="Run all").click()
        expect(page.locator("[data-bench-summary]")).to_contain_text("2 inputs in", timeout=SECONDS)
        asked = [QUESTIONS[0], [QUESTIONS[1], paw.Image(other)]]
        assert page.locator(".run [data-output]").all_inner_texts() == local.map(asked)

        page.reload()
        expect(page.get_by_role("img", name="Picture 1 of the spec")).to_be_visible()
        expect(page.locator("#image-hint")).to_contain_text("compiled from 1 picture")
        page.locator(".card h2 a").click()
        expect(page.locator(".spec + .pictures")).to_contain_text("160 × 96")
        expect(page.get_by_role("img", name="Picture 1 of the spec")).to_be_visible()
    with opened(browser, picture_server.url) as page:  # another tab has not seen it
        page.goto(f"/programs/{local.id}")
        expect(page.locator(".spec + .pictures")).to_contain_text("160 × 96")
        assert page.get_by_role("img").count() == 0


def test_what_is_no_picture_is_refused_beside_the_field(browser: Browser, picture_server: Served) -> None:
    with opened(browser, picture_server.url, refused=1) as page:
        page.goto("/")
        page.get_by_label("What should it do?").fill(SPEC)
        said = page.locator("#image-error")
        choose(page, b"#!/bin/sh", kind="text/plain")
        expect(said).to_contain_text("is no picture. Choose a PNG")
        choose(page, picture_file())
        expect(said).to_be_hidden()
        choose(page, picture_file()[:120])
        page.get_by_role("button", name="Compile", exact=True).click()
        expect(said).to_contain_text("Picture 2: ")
        expect(said).to_contain_text("broken, cut off")
        expect(page.locator("[data-images] li.wrong")).to_have_count(1)
        expect(page.locator("#compile-error")).to_be_hidden()
        page.get_by_role("button", name="Remove drawing.png").last.click()
        expect(said).to_be_hidden()
        expect(page.locator("[data-images] li")).to_have_count(1)
        assert picture_server.client().get("/health").json()["queued"] == 0


def test_pictures_are_pasted_dropped_and_scaled(browser: Browser, picture_server: Served) -> None:
    with opened(browser, picture_server.url) as page:
        page.goto("/")
        page.get_by_label("What should it do?").fill(SPEC)
        large = picture_file(11, size=(400, 300))  # three times what the server takes
        page.evaluate(GIVE, ["paste", "ClipboardEvent", base64.b64encode(large).decode()])
        expect(page.locator("[data-images] [data-about]")).to_have_text("given.png, 400 × 300, scaled down")
        page.evaluate(GIVE, ["drop", "DragEvent", base64.b64encode(picture_file(12)).decode()])
        expect(page.locator("[data-images] li")).to_have_count(2)
        page.get_by_role("button", name="Compile", exact=True).click()
        expect(page.locator(".card")).to_be_visible(timeout=SECONDS)
        program = page.locator("[data-program]").get_attribute("data-program")
    first, second = picture_server.client().get(f"/api/v1/programs/{program}").json()["images"]
    assert 39_000 < first["width"] * first["height"] <= 40_000
    assert second["digest"] == paw.Image(picture_file(12)).digest


def test_a_server_without_a_reader_of_pictures_says_so(open_site: Site) -> None:
    page = open_site.client.get("/").text
    assert ("No compiler of this server reads pictures" in page) == ('image-error" disabled' in page)


def payload(content: bytes, kind: str = "image/png") -> FilePayload:
    return {"name": "drawing.png", "mimeType": kind, "buffer": content}


def choose(page: Page, content: bytes, *, kind: str = "image/png") -> None:
    page.locator("#image-file").set_input_files(payload(content, kind))


def seen(page: Page, selector: str) -> tuple[int, int]:
    """Width and height of a picture as the browser has decoded it."""
    page.locator(selector).first.wait_for()
    width, height = page.locator(selector).first.evaluate("(e) => [e.naturalWidth, e.naturalHeight]")
    return width, height
