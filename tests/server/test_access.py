"""Who may do what: keys in both headers, wrong keys everywhere, visibility, sessions, administrators."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute

from programasweights.server.access import CSRF_HEADER, SESSION_COOKIE
from programasweights.server.app import create_app
from tests.server.programs import program_of
from tests.server.serving import Served, check_error, served

WRONG = "paw_" + "x" * 43


def all_routes(server: Served) -> list[tuple[str, str]]:
    """Method and path of every route, with something filled in."""
    app = create_app(server.services.settings)
    document = app.openapi()["paths"]
    found = [(method.upper(), path) for path, methods in document.items() for method in methods]
    pages = [("GET", page) for page in ("/", "/hub", "/about", "/login", "/static/x/app.css", "/nowhere")]
    changes = [("POST", "/login"), ("POST", "/logout"), ("POST", "/keys"), ("PUT", "/api/v1/programs/x")]
    assert len(found) > 25
    return [(method, re.sub(r"\{\w+\}", "1", path)) for method, path in found + pages + changes]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-API-Key": WRONG},
        {"Authorization": f"Bearer {WRONG}"},
        {"X-API-Key": ""},
        {"Authorization": "Basic bWU6bWU="},
        {"X-API-Key": "paw_" + "é" * 30},
        {"X-API-Key": "k" * 5000},
    ],
)
def test_a_wrong_key_is_refused(keys_server: Served, open_server: Served, headers: dict[str, str]) -> None:
    for server in (keys_server, open_server):
        encoded = {name: value.encode() for name, value in headers.items()}
        answer = httpx.get(f"{server.url}/api/v1/programs", headers=encoded)
        check_error(answer, 401, "invalid_key")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_wrong_key_is_refused_on_every_route(keys_server: Served) -> None:
    client = keys_server.client(**{"X-API-Key": WRONG})
    for method, path in all_routes(keys_server):
        check_error(client.request(method, path), 401, "invalid_key")


def test_a_right_key_beside_a_wrong_one_is_refused(keys_server: Served) -> None:
    right = keys_server.key("ada")
    for other in (WRONG, keys_server.key("bob")):
        headers = [("X-API-Key", right), ("Authorization", f"Bearer {other}")]
        check_error(httpx.get(f"{keys_server.url}/api/v1/me", headers=headers), 401, "invalid_key")
    same = {"X-API-Key": right, "Authorization": f"Bearer {right}"}
    assert httpx.get(f"{keys_server.url}/api/v1/me", headers=same).json()["name"] == "ada"


def test_both_headers_name_the_user(keys_server: Served) -> None:
    key = keys_server.key("ada")
    for headers in (
        {"X-API-Key": key},
        {"Authorization": f"Bearer {key}"},
        {"authorization": f"bearer {key}"},
    ):
        me = httpx.get(f"{keys_server.url}/api/v1/me", headers=headers).json()
        assert (me["name"], me["via"], me["admin"], me["access"]) == ("ada", "key", False, "keys")


def test_without_a_key(keys_server: Served, open_server: Served) -> None:
    me = keys_server.client().get("/api/v1/me").json()
    assert (me["name"], me["via"]) == (None, None)
    me = open_server.client().get("/api/v1/me").json()
    assert (me["name"], me["via"], me["access"]) == ("local", "open", "open")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/compile"),
        ("POST", "/compile/async"),
        ("POST", "/compile/precheck"),
        ("GET", "/compile"),
        ("GET", "/compile/1"),
        ("DELETE", "/compile/1"),
        ("POST", "/programs"),
        ("PATCH", "/programs/x"),
        ("DELETE", "/programs/x"),
        ("GET", "/programs?mine=true"),
        ("GET", "/programs/x/cases"),
        ("GET", "/keys"),
        ("POST", "/keys"),
        ("DELETE", "/keys/1"),
    ],
)
def test_what_needs_a_key(keys_server: Served, method: str, path: str) -> None:
    body = {"json": {"spec": "a task", "name": "n"} if "/programs" not in path else {}}
    if (method, path) == ("POST", "/programs"):
        body = {"content": b"x", "headers": {"Content-Type": "application/octet-stream"}}  # type: ignore[dict-item]
    if "keys" in path:
        body = {"json": {"name": "n"}}
    if method in ("GET", "DELETE"):
        body = {}
    answer = keys_server.client().request(method, f"/api/v1{path}", **body)  # type: ignore[arg-type]
    check_error(answer, 401, "key_required")


def test_a_revoked_key_ends_at_once(keys_server: Served) -> None:
    ada = keys_server.client("ada")
    made = ada.post("/api/v1/keys", json={"name": "laptop"})
    assert made.status_code == 201
    key = made.json()
    assert key["key"].startswith(key["hint"])
    with httpx.Client(base_url=keys_server.url, headers={"X-API-Key": key["key"]}) as laptop:
        assert laptop.get("/api/v1/me").json()["name"] == "ada"
        assert ada.delete(f"/api/v1/keys/{key['id']}").status_code == 204
        check_error(laptop.get("/api/v1/me"), 401, "invalid_key")
        check_error(laptop.get("/health"), 401, "invalid_key")
    check_error(ada.delete(f"/api/v1/keys/{key['id']}"), 404, "not_found")
    listed = ada.get("/api/v1/keys").json()["keys"]
    assert key["id"] not in [one["id"] for one in listed]
    assert not any("key" in one for one in listed)


def test_nobody_revokes_anothers_key(keys_server: Served) -> None:
    mine = keys_server.client("ada").post("/api/v1/keys", json={"name": "mine"}).json()["id"]
    check_error(keys_server.client("bob").delete(f"/api/v1/keys/{mine}"), 404, "not_found")


def test_keys_are_in_no_answer_and_not_in_the_database(keys_server: Served) -> None:
    key = keys_server.key("ada")
    folder = keys_server.services.settings.data_dir
    kept = b"".join(path.read_bytes() for path in folder.glob("server.db*"))
    assert key.encode() not in kept
    assert key[4:].encode() not in kept
    assert key[:8].encode() in kept


def test_a_program_is_private_until_published(keys_server: Served) -> None:
    made = keys_server.give(program_of("a private task"), "ada", slug="private")
    ada, bob, anybody = keys_server.client("ada"), keys_server.client("bob"), keys_server.client()
    for ref in (made, made[:16], "ada/private", "ada/private@v1"):
        paths = [f"/api/v1/programs/{ref}{more}" for more in ("", "/paw", "/versions")]
        paths += [f"/api/v1/programs/resolve/{ref}", f"/v1/models/{ref}"]
        for path in paths:
            messages = set()
            for client in (bob, anybody):
                messages.add(check_error(client.get(path), 404, "not_found")["message"])
            absent = path.replace(ref, "ada/absent" if "ada" in ref else "f" * len(ref))
            messages.add(check_error(bob.get(absent), 404, "not_found")["message"])
            assert len(messages) == 1, "the message tells what exists"
    assert made not in {p["id"] for p in bob.get("/api/v1/programs").json()["programs"]}
    run = {"program": made, "inputs": ["x"]}
    check_error(bob.post("/api/v1/run", json=run), 404, "not_found")
    check_error(bob.patch(f"/api/v1/programs/{made}", json={"public": True}), 404, "not_found")

    assert ada.patch(f"/api/v1/programs/{made}", json={"public": True}).status_code == 200
    for client in (bob, anybody):
        assert client.get("/api/v1/programs/ada/private").json()["mine"] is False
        assert client.get(f"/api/v1/programs/{made}/paw").status_code == 200
    check_error(bob.patch(f"/api/v1/programs/{made}", json={"public": False}), 403, "forbidden")
    check_error(bob.delete(f"/api/v1/programs/{made}"), 403, "forbidden")
    check_error(anybody.delete(f"/api/v1/programs/{made}"), 401, "key_required")
    assert ada.patch(f"/api/v1/programs/{made}", json={"public": False}).json()["public"] is False
    check_error(bob.get(f"/api/v1/programs/{made}"), 404, "not_found")


def test_figures_are_for_administrators(keys_server: Served, open_server: Served) -> None:
    check_error(keys_server.client().get("/metrics"), 401, "key_required")
    check_error(keys_server.client("ada").get("/metrics"), 403, "admin_required")
    keys_server.key("root", admin=True)
    assert "paw_requests_total" in keys_server.client("root").get("/metrics").text
    assert open_server.client().get("/metrics").status_code == 200


@pytest.fixture
def session(keys_server: Served) -> Iterator[tuple[httpx.Client, str]]:
    """A browser that is signed in as ada, and its token against forgery."""
    keys_server.key("ada")
    user = keys_server.services.accounts.find_user("ada")
    assert user is not None
    token, csrf = keys_server.services.accounts.start_session(user)
    with httpx.Client(base_url=keys_server.url, cookies={SESSION_COOKIE: token}) as client:
        yield client, csrf


def test_a_session_needs_its_token_for_changes(session: tuple[httpx.Client, str]) -> None:
    browser, csrf = session
    assert browser.get("/api/v1/me").json()["via"] == "session"
    body = {"name": "from a page"}
    for headers in ({}, {CSRF_HEADER: "wrong"}, {CSRF_HEADER: ""}, {CSRF_HEADER: csrf[:-1]}):
        check_error(browser.post("/api/v1/keys", json=body, headers=headers), 403, "forgery_refused")
    assert browser.post("/api/v1/keys", json=body, headers={CSRF_HEADER: csrf}).status_code == 201
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    check_error(browser.post("/logout", content="csrf=wrong", headers=form), 403, "forgery_refused")
    check_error(browser.post("/logout", content="", headers=form), 403, "forgery_refused")
    assert browser.get("/api/v1/me").json()["name"] == "ada"
    # the same change with a key needs no token: no page of another site can send one
    assert browser.post("/logout", content=f"csrf={csrf}", headers=form).status_code == 303
    assert browser.get("/api/v1/me").json()["name"] is None


def test_an_unknown_session_is_nobody(keys_server: Served) -> None:
    with httpx.Client(base_url=keys_server.url, cookies={SESSION_COOKIE: "made-up"}) as client:
        assert client.get("/api/v1/me").json()["name"] is None
        check_error(client.get("/api/v1/keys"), 401, "key_required")


def test_rates_are_counted_by_user_and_by_address(tmp_path_factory: pytest.TempPathFactory) -> None:
    limits = {"runs_per_minute": 5, "compiles_per_minute": 2}
    with served(tmp_path_factory.mktemp("rates"), access="keys", **limits) as server:
        made = server.give(program_of("a public task"), "ada", public=True)
        body = {"program": made, "inputs": ["x"] * 3}
        ada, bob, anybody = server.client("ada"), server.client("bob"), server.client()
        for client in (ada, bob, anybody):
            # the golden program is for another interpreter, which is found out after counting
            check_error(client.post("/api/v1/run", json=body), 409, "interpreter_mismatch")
            answer = client.post("/api/v1/run", json=body)
            check_error(answer, 429, "rate_limited")
            assert 1 <= int(answer.headers["retry-after"]) <= 60
        task = {"spec": "Say yes."}
        assert [bob.post("/api/v1/compile/async", json=task).status_code for _ in range(3)] == [202, 202, 429]


def test_routes_have_one_function_each(keys_server: Served) -> None:
    app = create_app(keys_server.services.settings)
    routes = [(m, r.path) for r in app.routes if isinstance(r, APIRoute) for m in r.methods]
    assert len(routes) == len(set(routes))
