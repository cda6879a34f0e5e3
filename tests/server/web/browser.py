"""A real browser on a real server, and what must never happen in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

__all__ = ["chromium", "opened", "overflow"]

SECONDS = 60_000
"""In milliseconds: how long a page may take for one step on a busy machine, compiles included."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; skips the tests where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine; Debian has it as the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, *, refused: int = 0, **options: Any) -> Iterator[Page]:
    """A page in a fresh context. No script may fail, and the policy against foreign content may not be broken.

    `refused` is how many requests the server is expected to refuse, which browsers report as errors.
    """
    context = browser.new_context(base_url=address, **options)
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    page.on(
        "request",
        lambda r: None if r.url.startswith((address, "blob:")) else faults.append(f"fetched {r.url}"),
    )
    yield page
    context.close()
    loads = [fault for fault in faults if fault.startswith("Failed to load resource")]
    assert [fault for fault in faults if fault not in loads] == []
    assert len(loads) == refused, loads


def overflow(page: Page) -> int:
    """Pixels by which a page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wide
