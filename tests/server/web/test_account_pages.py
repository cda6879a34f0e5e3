"""Signing in and out with a key, and making and revoking keys, by forms alone."""

import pytest
from httpx import Response

from programasweights.server.accounts import Viewer
from tests.server.web.conftest import Site
from tests.server.web.pages import Parsed, parse


@pytest.fixture
def ann(keys_site: Site) -> Viewer:
    """A user of the server with keys."""
    return Viewer(keys_site.services.accounts.add_user("ann"), "ann", False, "session")


@pytest.fixture
def key(keys_site: Site, ann: Viewer) -> str:
    """A key of hers."""
    return keys_site.services.accounts.issue_key(ann.user_id, "laptop")


def test_a_key_signs_a_browser_in(keys_site: Site, key: str) -> None:
    answer = _sign_in(keys_site, key, next="/keys", follow=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/keys")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert key not in answer.headers["set-cookie"]
    page = parse(keys_site.client.get("/keys").text)
    assert "ann" in page.all("header")[0].text
    assert "laptop" in page.text_of("main")
    assert key not in page.text_of("main")


@pytest.mark.parametrize("wrong", ["", "paw_wrong", "paw_" + "a" * 43, "<script>", "ä" * 500])
def test_a_wrong_key_does_not(keys_site: Site, ann: Viewer, wrong: str) -> None:
    answer = _sign_in(keys_site, wrong)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert parse(answer.text).text_of("login-error")
    assert keys_site.client.get("/keys", follow_redirects=False).headers["location"] == "/login?next=/keys"


def test_a_revoked_key_does_not(keys_site: Site, ann: Viewer, key: str) -> None:
    accounts = keys_site.services.accounts
    accounts.revoke_key(ann.user_id, accounts.keys(ann.user_id)[0].id)
    assert _sign_in(keys_site, key).status_code == 401


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\r\nX: y", ""],
)
def test_signing_in_leads_to_no_other_site(keys_site: Site, key: str, elsewhere: str) -> None:
    assert _sign_in(keys_site, key, next=elsewhere, follow=False).headers["location"] == "/"


def test_signing_out_ends_the_session(keys_site: Site, key: str) -> None:
    _sign_in(keys_site, key)
    token = keys_site.client.cookies["paw_session"]
    refused = keys_site.client.post("/logout", data={"csrf": "wrong"})
    assert refused.status_code == 403
    assert keys_site.services.accounts.by_session(token) is not None
    keys_site.client.post("/logout", data={"csrf": _csrf(keys_site)})
    assert keys_site.services.accounts.by_session(token) is None
    assert "paw_session" not in keys_site.client.cookies


def test_signing_in_again_ends_the_session_before(keys_site: Site, key: str) -> None:
    _sign_in(keys_site, key)
    token = keys_site.client.cookies["paw_session"]
    _sign_in(keys_site, key, csrf=_csrf(keys_site))
    assert keys_site.client.cookies["paw_session"] != token
    assert keys_site.services.accounts.by_session(token) is None


def test_a_key_is_shown_once_and_works_until_it_is_revoked(keys_site: Site, key: str) -> None:
    _sign_in(keys_site, key)
    csrf = _csrf(keys_site)
    made = parse(keys_site.client.post("/keys", data={"csrf": csrf, "name": " build <1> "}).text)
    new = made.text_of("new-key")
    assert keys_site.services.accounts.by_key(new) is not None
    again = parse(keys_site.client.get("/keys").text)
    assert "build <1>" in again.text_of("main")
    assert new not in again.text_of("main")
    revoke = [f.attributes["action"] for f in again.all("form") if "revoke" in f.attributes["action"]]
    assert len(revoke) == 2
    shown = keys_site.client.post(revoke[1], data={"csrf": csrf})
    assert (shown.url.path, shown.status_code) == ("/keys", 200)
    assert keys_site.services.accounts.by_key(new) is None
    assert keys_site.services.accounts.by_key(key) is not None
    assert keys_site.client.post(revoke[1], data={"csrf": csrf}).status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_key_needs_a_name(keys_site: Site, ann: Viewer, key: str, name: str) -> None:
    _sign_in(keys_site, key)
    answer = keys_site.client.post("/keys", data={"csrf": _csrf(keys_site), "name": name})
    assert answer.status_code == 400
    assert len(keys_site.services.accounts.keys(ann.user_id)) == 1


def test_there_is_an_end_to_keys(keys_site: Site, ann: Viewer, key: str) -> None:
    for number in range(99):
        keys_site.services.accounts.issue_key(ann.user_id, str(number))
    _sign_in(keys_site, key)
    assert keys_site.client.post("/keys", data={"csrf": _csrf(keys_site), "name": "x"}).status_code == 400
    assert len(keys_site.services.accounts.keys(ann.user_id)) == 100


def test_changes_need_the_page_that_they_come_from(keys_site: Site, ann: Viewer, key: str) -> None:
    assert keys_site.client.post("/keys", data={"name": "x"}).status_code == 401
    _sign_in(keys_site, key)
    assert keys_site.client.post("/keys", data={"name": "x"}).status_code == 403
    foreign = {"Origin": "https://evil.example"}
    sent = {"name": "x", "csrf": _csrf(keys_site)}
    assert keys_site.client.post("/keys", data=sent, headers=foreign).status_code == 403
    assert len(keys_site.services.accounts.keys(ann.user_id)) == 1


def test_strangers_see_what_is_public_only(keys_site: Site, ann: Viewer, key: str) -> None:
    shown = keys_site.add(ann, "A public task.", slug="shown", public=True)
    hidden = keys_site.add(ann, "A private task.", slug="hidden")
    keys_site.services.catalogue.add_case(shown, ann, "her own input", "x")
    assert "A public task." in keys_site.client.get("/").text
    page = keys_site.client.get(f"/programs/{shown}").text
    assert "A public task." in page
    assert "her own input" not in page
    assert "data-manage" not in page
    secret = [keys_site.client.get(f"/{where}{hidden}") for where in ("programs/", "?program=")]
    absent = [keys_site.client.get(f"/{where}{'0' * 64}") for where in ("programs/", "?program=")]
    for found, missing in zip(secret, absent, strict=True):
        assert found.status_code == missing.status_code == 404
        assert parse(found.text).all("h1")[0].text == parse(missing.text).all("h1")[0].text
    assert "A private task." not in keys_site.client.get("/hub").text
    _sign_in(keys_site, key)
    assert "A private task." in keys_site.client.get("/hub").text
    assert "her own input" in keys_site.client.get(f"/programs/{shown}").text


def test_a_stranger_may_not_compile_and_is_told_so(keys_site: Site, key: str) -> None:
    assert _is_told(parse(keys_site.client.get("/").text))
    _sign_in(keys_site, key)
    page = keys_site.client.get("/").text
    assert not _is_told(parse(page))
    assert f'<meta name="csrf" content="{_csrf(keys_site)}">' in page


def test_an_open_server_has_nothing_to_sign_in_to(open_site: Site) -> None:
    page = parse(open_site.client.get("/login").text)
    assert not [e for e in page.all("input") if e.attributes.get("name") == "key"]
    made = parse(open_site.client.post("/keys", data={"name": "script"}).text)
    assert open_site.services.accounts.by_key(made.text_of("new-key")) is not None


def _sign_in(site: Site, key: str, *, next: str = "/", follow: bool = True, csrf: str = "") -> Response:
    sent = {"key": key, "next": next, "csrf": csrf}
    return site.client.post("/login", data=sent, follow_redirects=follow)


def _csrf(site: Site) -> str:
    found = site.services.accounts.by_session(site.client.cookies["paw_session"])
    assert found is not None
    return found[1]


def _is_told(page: Parsed) -> bool:
    return "Compiling needs an account" in page.text_of("main")
