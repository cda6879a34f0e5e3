"""Every page: sound HTML, labelled controls, nothing inline, and whatever users write shown as text."""

import re
from itertools import pairwise
from urllib.parse import quote

import pytest
from httpx import Response

from programasweights.server.accounts import Viewer
from programasweights.server.web.assets import Assets
from tests.server.web.conftest import Site, serving
from tests.server.web.pages import Element, Parsed, parse

HOSTILE = (
    "</textarea></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7 * 7 }} <!-- &amp; \\ "
    "javascript:alert(1)"
)
PAGES = ("/", "/?program={id}", "/hub", "/hub?q={hostile}", "/programs/{id}", "/programs/local/odd", "/about")
PAGES += ("/keys", "/login", "/nothing/{hostile}", "/hub?sort={hostile}")


def hostile_program(site: Site) -> str:
    """A program whose every text is hostile, with a test case, a score and a key that are, too."""
    local = site.services.accounts.ensure_local()
    found = site.add(local, HOSTILE, slug="odd", tags=("a b+c",))
    site.add(local, "Another, without a name.")
    site.services.catalogue.add_case(found, local, HOSTILE, HOSTILE)
    site.services.catalogue.set_scores(found, {HOSTILE: 0.25})
    site.services.accounts.issue_key(local.user_id, HOSTILE[:100])
    return found


@pytest.fixture
def program_id(open_site: Site) -> str:
    """The hostile program of a server that a test may change."""
    return hostile_program(open_site)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Response]:
    """All pages of one server."""
    with serving(tmp_path_factory.mktemp("site"), "open") as site:
        found = hostile_program(site)
        return {path: site.client.get(path.format(id=found, hostile=quote(HOSTILE))) for path in PAGES}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, pages: dict[str, Response]) -> Parsed:
    """Each of the pages, read."""
    path: str = request.param
    assert pages[path].status_code == (404 if "nothing" in path else 400 if "sort" in path else 200)
    assert pages[path].headers["content-type"] == "text/html; charset=utf-8"
    return parse(pages[path].text)


def test_the_html_is_sound(page: Parsed) -> None:
    assert page.faults == []
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes and not _in_template(e)]
    assert len(set(ids)) == len(ids)


def test_nothing_that_users_write_becomes_an_element(page: Parsed) -> None:
    assert page.all("img", "style", "iframe", "object", "embed") == []
    assert {e.attributes.get("type") for e in page.all("script")} <= {None, "module"}
    for element in page.elements:
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            # A fragment, or a path of this server: `/` alone or followed by neither / nor \.
            assert re.match(r"#|/(?![/\\])", element.attributes.get(name, "/")), element


def test_no_script_is_inline(page: Parsed) -> None:
    scripts = page.all("script")
    assert scripts
    assert [s for s in scripts if s.text.strip() or not s.attributes["src"].startswith("/static/")] == []


def test_every_control_has_a_label(page: Parsed) -> None:
    labelled = {e.attributes.get("for") for e in page.all("label")}
    for control in page.all("input", "select", "textarea"):
        if control.attributes.get("type") == "hidden":
            continue
        inside = any(e.tag == "label" and e.text.strip() for e in control.inside)
        assert inside or control.attributes.get("id") in labelled, control
    assert [b for b in page.all("button", "a", "summary", "legend") if not b.text.strip()] == []


def test_references_within_a_page_lead_somewhere(page: Parsed) -> None:
    ids = {e.attributes.get("id") for e in page.elements}
    for element in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for target in element.attributes.get(name, "").split():
                assert target in ids, (element, name)
    assert {a.attributes["href"][1:] for a in page.all("a") if a.attributes["href"].startswith("#")} <= ids


def test_a_page_says_what_it_is(page: Parsed) -> None:
    assert page.all("html")[0].attributes["lang"] == "en"
    assert len(page.all("title")[0].text.strip()) > len("· programs as weights")
    assert len(page.all("h1")) == len(page.all("main")) == 1
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4") if not _in_template(e)]
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_hostile_text_stays_as_it_was(open_site: Site, program_id: str) -> None:
    page = parse(open_site.client.get(f"/programs/{program_id}").text)
    exact = [e.text for e in page.elements if e.text == HOSTILE]
    assert len(exact) >= 5  # spec, pseudo-program, test case twice, score
    assert parse(open_site.client.get(f"/?program={program_id}").text).text_of("spec") == HOSTILE
    searched = parse(open_site.client.get("/hub", params={"q": HOSTILE}).text)
    assert [e for e in searched.all("input") if e.attributes.get("value") == HOSTILE]


def test_scripts_from_elsewhere_are_refused(open_site: Site, program_id: str) -> None:
    for path in ("/", f"/programs/{program_id}", "/nothing"):
        policy = open_site.client.get(path).headers["content-security-policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"


def test_an_error_is_a_page_for_browsers_only(open_site: Site) -> None:
    shown = open_site.client.get("/programs/nobody/nothing")
    page = parse(shown.text)
    assert shown.status_code == 404
    assert shown.headers["x-request-id"] in page.all("main")[0].text
    told = open_site.client.get("/api/v1/programs/nobody/nothing")
    assert told.json()["detail"]["error"] == "not_found"


def test_a_fault_of_the_server_is_a_page_that_tells_nothing(
    open_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr(type(open_site.services.catalogue), "search", fail)
    shown = open_site.client.get("/hub")
    assert shown.status_code == 500
    assert shown.headers["x-request-id"] in parse(shown.text).text_of("main")
    assert "secret" not in shown.text


@pytest.mark.parametrize(
    "path",
    [
        "/hub?page=0",
        "/hub?page=" + "9" * 30,
        "/hub?sort=bogus",
        "/hub?mine=perhaps",
        "/hub?q=" + "x" * 501,
        "/?program=%ff%fe",
        "/programs/" + "x" * 3000,
        "/programs/a/b/c/d@v99999999999",
        "/open?ref=http://[",
        "/open?ref=//evil.example/%0d%0aX:y",
    ],
)
def test_odd_addresses_are_refused(open_site: Site, path: str) -> None:
    answer = open_site.client.get(path)
    assert 400 <= answer.status_code < 500
    assert parse(answer.text).faults == []


def test_pages_are_not_cached_and_files_are_for_good(open_site: Site) -> None:
    page = open_site.client.get("/")
    assert page.headers["cache-control"] == "no-store"
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(files) == 4
    for path in files:
        answer = open_site.client.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["other/app.css", "{v}/nothing.js", "{v}/..%2froutes.py", "{v}/../routes.py", "{v}/"]
)
def test_only_the_static_files_are_served(open_site: Site, path: str) -> None:
    version = Assets().version
    assert open_site.client.get(f"/static/{path.format(v=version)}").status_code == 404


def test_a_program_is_opened_by_id_by_name_or_by_link(open_site: Site, program_id: str) -> None:
    link = f"http://localhost/programs/{program_id}"
    for ref in (program_id, program_id[:16], "local/odd", " odd ", "local/odd@v1", link):
        answer = open_site.client.get("/open", params={"ref": ref})
        assert parse(answer.text).all("h1")[0].text == "local/odd", ref
    assert open_site.client.get("/open", params={"ref": "//evil.example/x"}).url.host == "localhost"
    assert open_site.client.get("/open", params={"ref": ""}).url.path == "/"


def test_a_program_page_tells_its_versions(open_site: Site, local: Viewer) -> None:
    old = open_site.add(local, "First.", slug="changing")
    new = open_site.add(local, "Second.", slug="changing")
    page = parse(open_site.client.get(f"/programs/{old}").text)
    (versions,) = [e for e in page.all("ol") if "versions" in e.attributes.get("class", "")]
    rows = [e.text.split() for e in page.all("li") if versions in e.inside]
    assert [(row[0], row[1]) for row in rows] == [("v2", new[:12]), ("v1", old[:12])]
    assert "main" in rows[0]
    assert "here" in rows[1]
    assert parse(open_site.client.get("/programs/local/changing").text).text_of("main").count("Second.") >= 1


def test_snippets_name_this_server_and_program(open_site: Site, program_id: str) -> None:
    page = parse(open_site.client.get(f"/programs/{program_id}").text)
    python = page.text_of("snippet-python")
    assert 'paw.function("local/odd", server="http://localhost")' in python
    compile(python, "snippet", "exec")
    assert "paw pull local/odd --server http://localhost" in page.text_of("snippet-cli")


def test_the_hub_searches_sorts_and_turns_pages(open_site: Site, local: Viewer) -> None:
    for number in range(22):
        tags = ("even",) if number % 2 == 0 else ()
        open_site.add(local, f"Task of number {number:02}.", slug=f"n{number:02}", tags=tags)
    assert _titles(open_site, "/hub?sort=name") == [f"local/n{n:02}" for n in range(20)]
    assert _titles(open_site, "/hub?sort=name&page=2") == ["local/n20", "local/n21"]
    assert _titles(open_site, "/hub?tag=even&sort=name") == [f"local/n{n:02}" for n in range(0, 22, 2)]
    assert _titles(open_site, "/hub?q=number+17") == ["local/n17"]
    assert _titles(open_site, "/hub?q=nothing+of+this+kind") == []
    first = parse(open_site.client.get("/hub?sort=name&q=number").text)
    (following,) = [a for a in first.all("a") if a.attributes.get("rel") == "next"]
    assert _titles(open_site, following.attributes["href"]) == ["local/n20", "local/n21"]


def test_text_has_contrast_in_both_themes() -> None:
    sheet = Assets().get("app.css")
    assert sheet is not None
    pairs = dict(re.findall(r"--([a-z-]+): light-dark\((#\w{6}, #\w{6})\)", sheet.content.decode()))
    texts = [(ink, ground) for ink in ("ink", "muted") for ground in ("page", "surface", "sunken", "chip")]
    texts += [("accent", "page"), ("accent", "surface"), ("accent", "accent-soft"), ("on-accent", "accent")]
    texts += [(name, f"{name}-soft") for name in ("good", "bad", "change")] + [
        ("bad", "page"),
        ("ink", "accent-soft"),
    ]
    for ink, ground in texts:
        for one, other in zip(pairs[ink].split(", "), pairs[ground].split(", "), strict=True):
            assert _contrast(one, other) >= 4.5, (ink, ground, one, other)
    for ground in ("page", "surface"):  # borders of controls
        for one, other in zip(pairs["edge"].split(", "), pairs[ground].split(", "), strict=True):
            assert _contrast(one, other) >= 3, (ground, one, other)


def _in_template(element: Element) -> bool:
    return any(outer.tag == "template" for outer in element.inside)


def _titles(site: Site, path: str) -> list[str]:
    page = parse(site.client.get(path).text)
    return [a.text for a in page.all("a") if a.inside[-1].attributes.get("class") == "name"]


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
