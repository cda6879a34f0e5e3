"""The whole path in Chromium, from a description to a file; by mouse, by keyboard, by touch, and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

import programasweights as paw
from programasweights.program import to_bytes
from programasweights.server.app import create_app
from programasweights.server.settings import ServerSettings
from tests.server.live import running
from tests.server.web.browser import SECONDS, chromium, opened, overflow
from tests.server.web.conftest import Site, make_program
from tests.server.web.test_pages import HOSTILE

pytestmark = pytest.mark.weights

PHONE = {"width": 360, "height": 740}
PASTED = (
    "It costs 25 EUR => 25 EUR\nIt is 9.99 USD today\t9.99 USD\nno pair\n\nYou pay 100 GBP in total=>100 GBP"
)
INPUTS = ["A coffee is 3.50 EUR here", "They ask for 40 USD", "The rent is 900 GBP a month"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An open server with a worker."""
    settings = ServerSettings(data_dir=tmp_path_factory.mktemp("server"), access="open", workers=1)
    with running(create_app(settings)) as found:
        yield found


@pytest.fixture(scope="module")
def compiled(address: str) -> str:
    """The id of a program of that server."""
    body = {
        "spec": "Extract the price.",
        "examples": [[text, text[-6:]] for text in ("It is 25 EUR", "I pay 90 USD")],
    }
    found: str = (
        httpx.post(f"{address}/api/v1/compile", json=body, timeout=60).raise_for_status().json()["program_id"]
    )
    return found


def test_the_whole_path(browser: Browser, address: str, tmp_path: Path) -> None:
    with opened(browser, address) as page:
        page.goto("/")
        page.get_by_label("What should it do?").fill("Extract the price with its currency.")
        page.get_by_role("button", name="Paste lines").click()
        page.get_by_label("Lines with examples").fill(PASTED)
        page.get_by_role("button", name="Use these lines").click()
        expect(page.locator("#pasted")).to_have_value("no pair")
        assert page.locator(".pair").count() == 3
        page.get_by_role("button", name="Compile", exact=True).click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(page.locator(".card")).to_be_visible(timeout=SECONDS)
        expect(page.get_by_role("progressbar")).to_be_hidden()
        first = _program(page)
        assert "Extract the price with its currency." in page.get_by_label("Pseudo-program").inner_text()
        page.get_by_text("What it holds").click()
        expect(page.locator(".holds")).to_contain_text("slots, f16")

        for number, text in enumerate(INPUTS, 1):
            _row(page, number).get_by_role("textbox").fill(text)
        page.get_by_role("button", name="Run all").click()
        expect(page.locator("[data-bench-summary]")).to_contain_text("3 inputs in")
        before = _outputs(page)
        assert all(before)

        page.get_by_role("button", name="Save as test case for input 2").click()
        expect(page.get_by_label("Expected output")).to_have_value(before[1])
        page.get_by_role("button", name="Save test case").click()
        expect(page.locator(".case")).to_have_count(1)
        page.get_by_role("button", name="Run test cases").click()
        expect(page.locator("[data-case-summary]")).to_have_text("1 of 1 passed")
        expect(page.locator(".card .score")).to_have_text("100% test cases")

        page.get_by_label("What should it do?").fill("Extract the price, the currency first.")
        for number, wanted in enumerate(("EUR 25", "USD 9.99", "GBP 100"), 1):
            page.get_by_role("group", name=f"Example {number}").get_by_label("Output").fill(wanted)
        page.get_by_role("button", name="Recompile").click()
        expect(page.locator("[data-bench-summary]")).to_contain_text("outputs changed", timeout=SECONDS)
        assert _program(page) != first
        after = _outputs(page)
        assert page.locator("[data-before]").all_inner_texts() == before
        marks = page.locator("[data-change]").all_inner_texts()
        assert marks == [
            "= same" if one == other else "≠ changed" for one, other in zip(before, after, strict=True)
        ]
        assert "≠ changed" in marks
        assert page.locator("[data-before] del").count() + page.locator("[data-output] ins").count() > 0
        carried = int(after[1] == before[1])
        expect(page.locator("[data-case-summary]")).to_have_text(f"{carried} of 1 passed, before 1 of 1")
        verdict = "✓ passed" if carried else "✗ failed"
        expect(page.locator("[data-verdict]")).to_have_text(verdict)

        with page.expect_download() as download:
            page.get_by_role("link", name="Download .paw").click()
        file = tmp_path / "price.paw"
        download.value.save_as(file)
        function = paw.function(file)
        assert function.id == _program(page)
        assert function.map(INPUTS) == after

        page.reload()
        expect(page.get_by_label("What should it do?")).to_have_value(
            "Extract the price, the currency first."
        )
        expect(page.locator(".case")).to_have_count(1)


def test_by_keyboard_alone(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("What should it do?")).to_be_focused()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("alert")).to_have_text("Say first what the function should do.")
        page.keyboard.type("Say whether the text is a question. Answer yes or no.")
        _tab_to(page, "Add an example")
        page.keyboard.press("Enter")
        expect(page.get_by_role("group", name="Example 1").get_by_label("Input")).to_be_focused()
        page.keyboard.type("Who are you?")
        page.keyboard.press("Tab")
        page.keyboard.type("yes")
        _tab_to(page, "Compile")
        page.keyboard.press("Enter")
        expect(page.locator(".card")).to_be_visible(timeout=SECONDS)
        expect(page.locator("[data-card]")).to_be_focused()
        expect(page.locator("#announce")).to_have_text("Compiled.")
        _tab_to(page, "Input 1")
        page.keyboard.type("Where is it?")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#announce")).to_contain_text("Done: ")
        _tab_to(page, "Save as test case for input 1")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Expected output")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Save as test case for input 1")).to_be_focused()


def test_on_a_phone(browser: Browser, address: str, compiled: str) -> None:
    long = "w" * 300
    with opened(browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        for path in (
            "/",
            "/hub",
            f"/programs/{compiled}",
            "/about",
            "/keys",
            "/login",
            f"/?program={compiled}",
        ):
            page.goto(path)
            assert overflow(page) == 0, path
            assert _too_small(page) == [], path
        page.get_by_text("Use it from Python").tap()
        _row(page, 1).get_by_role("textbox").fill(f"It is 25 EUR {long}")
        page.get_by_role("button", name="Run all").tap()
        expect(page.locator("[data-bench-summary]")).to_contain_text("1 input in")
        page.get_by_role("button", name="Save as test case for input 1").tap()
        page.get_by_label("Expected output").fill(long)
        page.get_by_role("button", name="Save test case").tap()
        page.get_by_role("button", name="Run test cases").tap()
        expect(page.locator("[data-case-summary]")).to_contain_text("of 1 passed")
        assert overflow(page) == 0


def test_a_compile_that_waits_can_be_cancelled(browser: Browser, open_site: Site) -> None:
    with running(open_site.app) as address, opened(browser, address) as page:  # no worker takes the job
        page.goto("/")
        page.get_by_label("What should it do?").fill("Never mind.")
        page.get_by_role("button", name="Compile", exact=True).click()
        expect(page.locator("[data-stage]")).to_have_text("Waiting for a free worker")
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator("#announce")).to_have_text("Cancelled.")
        expect(page.get_by_role("progressbar")).to_be_hidden()
        assert page.locator(".card").count() == 0
        jobs = httpx.get(f"{address}/api/v1/compile").json()["jobs"]
        assert [job["status"] for job in jobs] == ["cancelled"]


def test_a_file_is_dropped_and_a_wrong_one_refused(browser: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.paw").write_bytes(b"PK\3\4 not a program")
    (tmp_path / "right.paw").write_bytes(to_bytes(make_program("Shout.")))
    with opened(browser, address, refused=1) as page:
        page.goto("/")
        page.locator("#paw-file").set_input_files(tmp_path / "wrong.paw")
        expect(page.locator("#drop-error")).to_be_visible()
        page.locator("#paw-file").set_input_files(tmp_path / "right.paw")
        expect(page).to_have_url(f"{address}/programs/{make_program('Shout.').id}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Shout.")


def test_a_chosen_theme_is_kept(browser: Browser, address: str) -> None:
    with opened(browser, address, color_scheme="light") as page:
        page.goto("/")
        toggle = page.get_by_role("button", name="Dark theme")
        expect(toggle).to_have_attribute("aria-pressed", "false")
        light = _background(page)
        toggle.click()
        dark = _background(page)
        assert dark != light
        page.goto("/about")
        assert _background(page) == dark
        expect(toggle).to_have_attribute("aria-pressed", "true")


def test_pages_can_be_read_without_scripts(browser: Browser, address: str, compiled: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        page.goto("/hub?q=price")
        page.get_by_role("link", name="Extract the price.").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Extract the price.")
        expect(page.get_by_role("link", name="Download .paw")).to_be_visible()
        expect(page.get_by_role("button", name="Copy link")).to_be_hidden()
        page.goto("/")
        expect(page.get_by_text("need JavaScript")).to_be_visible()
        page.get_by_label("Id or name").fill(compiled)
        page.get_by_role("button", name="Open").click()
        expect(page).to_have_url(f"{address}/programs/{compiled}")


def test_a_session_manages_a_program(browser: Browser, keys_site: Site) -> None:
    accounts = keys_site.services.accounts
    user = accounts.add_user("ann")
    key = accounts.issue_key(user, "test")
    viewer = accounts.by_key(key)
    assert viewer is not None
    program_id = keys_site.add(viewer, HOSTILE)
    with running(keys_site.app) as address, opened(browser, address) as page:
        page.goto("/login")
        page.get_by_label("Key").fill(key)
        page.get_by_role("button", name="Log in").click()
        page.goto(f"/programs/{program_id}")
        page.get_by_role("button", name="Add a test case").click()
        page.get_by_label("Input of the new test case").fill(HOSTILE)
        page.get_by_label("Expected output").fill(HOSTILE)
        page.get_by_role("button", name="Save test case").click()
        expect(page.locator(".case [data-expected]")).to_have_text(HOSTILE)
        page.get_by_label("Name").fill("odd")
        page.get_by_label("Tags").fill("Fun, games")
        page.get_by_label("Everyone who reaches this server").check()
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("ann/odd")
        expect(page.get_by_role("link", name="games")).to_be_visible()
        shown = httpx.get(f"{address}/api/v1/programs/ann/odd").raise_for_status().json()
        assert (shown["public"], shown["tags"]) == (True, ["fun", "games"])
        page.get_by_role("button", name="Delete…").click()
        page.get_by_role("button", name="Keep it").click()
        page.get_by_role("button", name="Delete…").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page.locator(".count")).to_contain_text("No program fits.")
        page.get_by_role("button", name="Log out").click()
        expect(page).to_have_url(f"{address}/login")


def _program(page: Page) -> str:
    found = page.locator("[data-program]").get_attribute("data-program")
    assert found is not None
    return found


def _row(page: Page, number: int):  # type: ignore[no-untyped-def]
    return page.get_by_role("group", name=f"Input {number}")


def _outputs(page: Page) -> list[str]:
    return page.locator(".run [data-output]").all_inner_texts()


def _background(page: Page) -> str:
    found: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return found


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what is focused has a name or label."""
    for _ in range(40):
        page.keyboard.press("Tab")
        said: str = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.replace(/\\s+/g, ' ').trim()"
        )
        if said.startswith(name):
            return
    raise AssertionError(f"no {name!r} is reached by Tab")


def _too_small(page: Page) -> list[str]:
    """Buttons and fields that are shown and too small for a finger: WCAG 2.2 asks for 24 pixels."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, .button')]
        .filter((e) => e.checkVisibility() && !['radio', 'checkbox'].includes(e.type))
        .filter((e) => e.getBoundingClientRect().width < 24 || e.getBoundingClientRect().height < 24)
        .map((e) => e.outerHTML.slice(0, 120))"""
    )
    return found
