"""Programs over HTTP: sent, found, named, changed, given up, tested."""

from pathlib import Path
from urllib.parse import quote

import pytest

from programasweights.program import from_bytes, to_bytes
from tests.server.programs import program_of
from tests.server.serving import Served, check_error, served

PAW = {"Content-Type": "application/octet-stream"}


def test_upload_and_fetch(keys_server: Served) -> None:
    ada = keys_server.client("ada")
    program = program_of("Upload and fetch", examples=[("a", "b")], scores={"accuracy": 0.5})
    params = {"slug": "fetched", "tags": ["Mail", "short"], "public": "false"}
    answer = ada.post("/api/v1/programs", content=to_bytes(program), headers=PAW, params=params)
    made = answer.json()
    assert answer.status_code == 201
    assert made["id"] == made["program_id"] == program.id
    assert (made["spec"], made["examples"]) == ("Upload and fetch", [["a", "b"]])
    assert (made["public"], made["mine"], made["owners"]) == (False, True, ["ada"])
    assert (made["tags"], made["aliases"]) == (["mail", "short"], ["ada/fetched"])
    assert made["slugs"] == [{"slug": "ada/fetched", "version": 1, "is_main": True}]
    assert made["scores"] == {"accuracy": 0.5}
    for ref in (program.id, program.id[:16], "ada/fetched", "fetched", "ada/fetched@v1", "fetched@v1"):
        for written in {ref, quote(ref, safe="")}:
            seen = ada.get(f"/api/v1/programs/{written}").json()
            assert seen | {"downloads": 0} == made
            resolved = ada.get(f"/api/v1/programs/resolve/{written}").json()
            assert resolved["program_id"] == program.id
            got = ada.get(f"/api/v1/programs/{written}/paw")
            assert from_bytes(got.content).id == program.id
            assert got.headers["etag"] == f'"{program.id}"'
    again = ada.get("/api/v1/programs/fetched/paw", headers={"If-None-Match": f'"{program.id}"'})
    assert (again.status_code, again.content) == (304, b"")
    keys_server.services.tally.flush()
    assert ada.get("/api/v1/programs/fetched").json()["downloads"] == 9


def test_versions(keys_server: Served) -> None:
    ada = keys_server.client("ada")
    first = keys_server.give(program_of("Version one"), "ada", slug="versioned")
    second = keys_server.give(program_of("Version two"), "ada", slug="versioned")
    for ref in ("ada/versioned", "versioned", quote("ada/versioned", safe="")):
        found = ada.get(f"/api/v1/programs/{ref}/versions").json()
        assert (found["slug"], found["main_version"]) == ("ada/versioned", 2)
        assert [(v["version"], v["program_id"], v["is_main"]) for v in found["versions"]] == [
            (2, second, True),
            (1, first, False),
        ]
    assert ada.get("/api/v1/programs/ada/versioned").json()["id"] == second
    changed = ada.patch("/api/v1/programs/ada/versioned", json={"main_version": 1}).json()
    assert (changed["id"], changed["slug"]) == (first, "ada/versioned")
    assert ada.get("/api/v1/programs/ada/versioned").json()["id"] == first
    assert ada.get("/api/v1/programs/ada/versioned@v2").json()["id"] == second
    check_error(ada.patch("/api/v1/programs/ada/versioned", json={"main_version": 9}), 404, "not_found")
    check_error(ada.patch(f"/api/v1/programs/{first}", json={"main_version": 1}), 400, "invalid_request")


def test_rename_tag_publish_and_give_up(keys_server: Served) -> None:
    ada, anybody = keys_server.client("ada"), keys_server.client()
    made = keys_server.give(program_of("Change me"), "ada", slug="old-name")
    changed = ada.patch(
        "/api/v1/programs/ada/old-name", json={"slug": "new-name", "tags": ["x"], "public": True}
    )
    body = changed.json()
    assert (body["slug"], body["aliases"], body["tags"], body["public"]) == (
        "ada/new-name",
        ["ada/new-name"],
        ["x"],
        True,
    )
    check_error(ada.get("/api/v1/programs/ada/old-name"), 404, "not_found")
    assert anybody.get("/api/v1/programs/ada/new-name").json()["mine"] is False
    assert ada.patch("/api/v1/programs/ada/new-name", json={"slug": ""}).json()["slug"] is None
    check_error(ada.get("/api/v1/programs/ada/new-name"), 404, "not_found")
    assert ada.patch(f"/api/v1/programs/{made}", json={"slug": "third"}).json()["slug"] == "ada/third"
    assert ada.patch(f"/api/v1/programs/{made}", json={}).json()["slug"] is None
    check_error(ada.patch(f"/api/v1/programs/{made}", json={"name": "x"}), 400, "invalid_request")
    check_error(ada.patch(f"/api/v1/programs/{made}", json={"slug": "bob/x"}), 400, "invalid_request")
    assert ada.delete("/api/v1/programs/ada/third").status_code == 204
    check_error(ada.get(f"/api/v1/programs/{made}"), 404, "not_found")
    check_error(ada.delete(f"/api/v1/programs/{made}"), 404, "not_found")
    assert not keys_server.services.files.has(made)


def test_search(tmp_path: Path) -> None:
    with served(tmp_path, access="keys") as server:
        for number in range(5):
            server.give(program_of(f"Public apple {number}"), "ada", public=True, tags=["fruit"])
        server.give(program_of("Private apple"), "ada")
        server.give(program_of("Public pear"), "bob", public=True)
        ada, anybody = server.client("ada"), server.client()

        def found(client: object, **params: object) -> tuple[int, int]:
            body = client.get("/api/v1/programs", params=params).json()  # type: ignore[attr-defined]
            return body["total"], len(body["programs"])

        assert found(anybody) == (6, 6)
        assert found(anybody, q="apple") == (5, 5)
        assert found(ada, q="apple") == (6, 6)
        assert found(ada, mine="true") == (6, 6)
        assert found(anybody, tag="fruit", per_page=2) == (5, 2)
        assert found(anybody, tag="fruit", per_page=2, page=3) == (5, 1)
        assert found(anybody, page=1_000_000) == (6, 0)
        assert found(anybody, q="%") == (0, 0)
        for sort in ("new", "downloads", "runs", "name"):
            assert found(anybody, sort=sort) == (6, 6)
        for wrong in ({"sort": "size"}, {"page": 0}, {"page": 10**30}, {"per_page": 101}, {"mine": "maybe"}):
            check_error(anybody.get("/api/v1/programs", params=wrong), 400, "invalid_request")


@pytest.mark.parametrize("ref", ["a/b/c", "ada/x@v", "ada/x@v99999999999", "x" * 300, "%2e%2e%2f"])
def test_what_is_no_reference(keys_server: Served, ref: str) -> None:
    for path in (f"/api/v1/programs/resolve/{ref}", f"/api/v1/programs/{quote(ref, safe='')}/paw"):
        answer = keys_server.client("ada").get(path)
        assert answer.status_code in (400, 404)
        assert answer.json().keys() == {"detail"}


def test_an_upload_says_what_it_is(keys_server: Served) -> None:
    ada, data = keys_server.client("ada"), to_bytes(program_of("Types"))
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", ""):
        answer = ada.post("/api/v1/programs", content=data, headers={"Content-Type": kind})
        assert answer.status_code in (400, 415)
    check_error(ada.post("/api/v1/programs", content=b"", headers=PAW), 400, "invalid_program")
    check_error(
        ada.post("/api/v1/programs", content=data, headers=PAW, params={"slug": "A B"}),
        400,
        "invalid_request",
    )
    check_error(ada.post("/api/v1/programs", content=data[:-1] + b"x", headers=PAW), 400, "invalid_program")


def test_cases(open_server: Served, compiled_id: str) -> None:
    client = open_server.client()
    path = f"/api/v1/programs/{compiled_id}/cases"
    output = client.post("/api/v1/run", json={"program": compiled_id, "inputs": ["I love it"]}).json()[
        "outputs"
    ][0]
    right = client.post(path, json={"input": "I love it", "expected": output})
    wrong = client.post(path, json={"input": "I love it", "expected": "a purple elephant"})
    assert (right.status_code, wrong.status_code) == (201, 201)
    assert client.get(path).json()["cases"] == [right.json(), wrong.json()]
    checked = client.post(f"{path}/check").json()
    assert (checked["passed"], checked["total"]) == (1, 2)
    assert [(r["id"], r["passed"]) for r in checked["results"]] == [
        (right.json()["id"], True),
        (wrong.json()["id"], False),
    ]
    assert checked["results"][1]["output"] == output
    assert client.get(f"/api/v1/programs/{compiled_id}").json()["scores"]["test cases"] == 0.5
    assert client.delete(f"{path}/{wrong.json()['id']}").status_code == 204
    check_error(client.delete(f"{path}/{wrong.json()['id']}"), 404, "not_found")
    check_error(client.delete(f"{path}/{10**12}"), 400, "invalid_request")
    check_error(client.post(path, json={"input": "a"}), 400, "invalid_request")


def test_cases_of_none(keys_server: Served) -> None:
    made = keys_server.give(program_of("No cases"), "ada")
    answer = keys_server.client("ada").post(f"/api/v1/programs/{made}/cases/check")
    assert answer.json() == {"results": [], "passed": 0, "total": 0}
