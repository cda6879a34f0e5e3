"""What every request passes: ids, headers, hosts, origins, bodies while they are read, the log, faults."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from programasweights.server import middleware
from tests.server.live import running
from tests.server.serving import Served, check_error, served

JSON = {"Content-Type": "application/json"}
TASK = b'{"spec": "Say yes."}'


def raw(server: Served, sent: bytes, *, parts: tuple[bytes, ...] = ()) -> tuple[int, bytes]:
    """Send bytes as they are; the status and all that came back."""
    address = httpx.URL(server.url)
    with socket.create_connection((str(address.host), int(address.port or 0)), timeout=20) as connection:
        connection.sendall(sent)
        for part in parts:
            try:
                connection.sendall(part)
            except OSError:
                break  # refused before all of it was sent, as it should be
        received = b""
        try:
            while piece := connection.recv(65_536):
                received += piece
                head, _, body = received.partition(b"\r\n\r\n")
                if b"content-length: %d\r\n" % len(body) in head + b"\r\n":
                    break
        except ConnectionResetError:
            pass
    return int(received.split(b" ")[1]), received


def test_every_answer_has_an_id_and_the_headers(open_server: Served) -> None:
    ids = set()
    for path in ("/", "/health", "/api/v1/programs", "/nothing", "/api/v1/programs/none"):
        answer = open_server.client().get(path)
        headers = answer.headers
        ids.add(headers["x-request-id"])
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"]
        assert "access-control-allow-origin" not in headers
        assert "strict-transport-security" not in headers
    assert len(ids) == 5


def test_errors_of_routing_have_the_one_shape(open_server: Served) -> None:
    client = open_server.client()
    check_error(client.get("/api/v1/nothing"), 404, "not_found")
    check_error(client.get("/api/v1/"), 404, "not_found")
    answer = client.put("/api/v1/programs/x", json={})
    check_error(answer, 405, "method_not_allowed")
    assert {"GET", "PATCH", "DELETE"} >= set(answer.headers["allow"].split(", "))
    check_error(client.request("TRACE", "/health"), 405, "method_not_allowed")
    check_error(client.get("/api/v1/compile/"), 404, "not_found")
    page = client.get("/nothing", headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    check_error(client.get("/api/v1/nothing", headers={"Accept": "text/html"}), 404, "not_found")


def test_hosts(open_server: Served, keys_server: Served, tmp_path: Path) -> None:
    """An open server answers to loopback names only: a page whose name is rebound to this address gets nothing."""
    for host in ("localhost", "127.0.0.1:80", "[::1]:8080", "LOCALHOST"):
        assert open_server.client(Host=host).get("/health").status_code == 200
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", ""):
        check_error(open_server.client(Host=host).get("/health"), 421, "wrong_host")
    assert keys_server.client(Host="anything.example").get("/health").status_code == 200
    with served(
        tmp_path, access="keys", shown_hosts=("paw.example",), public_url="https://pub.example"
    ) as server:
        assert server.client(Host="paw.example:8080").get("/health").status_code == 200
        answer = server.client(Host="pub.example").get("/health")
        assert answer.headers["strict-transport-security"]
        check_error(server.client(Host="other.example").get("/health"), 421, "wrong_host")


def test_origins(open_server: Served) -> None:
    def post(**headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return open_server.client().post("/api/v1/compile/precheck", content=TASK, headers=JSON | named)

    own = open_server.url
    assert post().status_code == 200
    assert post(Origin=own).status_code == 200
    assert post(Origin=own, Sec_Fetch_Site="same-origin").status_code == 200
    for origin in ("https://evil.example", "null", "", f"{own}.evil.example", "http://localhost:1"):
        check_error(post(Origin=origin), 403, "wrong_origin")
    for site in ("cross-site", "same-site"):
        check_error(post(Sec_Fetch_Site=site), 403, "wrong_origin")
    # reading is not a change, and the answer is not shown to the other site
    assert open_server.client(Origin="https://evil.example").get("/health").status_code == 200


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that takes little."""
    limits = {"max_body_bytes": 1_000, "max_image_body_bytes": 10_000, "max_upload_bytes": 100_000}
    with served(tmp_path_factory.mktemp("small"), **limits) as made:
        yield made


@pytest.mark.parametrize(("path", "kind", "limit"), [
    ("/api/v1/compile", "application/json", 10_000),
    ("/api/v1/run", "application/json", 10_000),
    ("/api/v1/infer", "application/json", 1_000),
    ("/v1/chat/completions", "application/json", 1_000),
    ("/login", "application/x-www-form-urlencoded", 1_000),
    ("/api/v1/programs", "application/octet-stream", 100_000),
    ("/nothing", "application/json", 1_000),
])  # fmt: skip
def test_large_bodies(small: Served, path: str, kind: str, limit: int) -> None:
    """Refused by the stated length, before anything is read; or, when none is stated, as soon as it is too much."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
    status, _ = raw(small, f"{head}Content-Length: {limit + 1}\r\n\r\n".encode())
    assert status == 413
    status, _ = raw(small, f"{head}Content-Length: 99999999999999999999\r\n\r\n".encode())
    assert status in (400, 413)
    piece = b"1000\r\n" + b"[" * 4_096 + b"\r\n"
    status, answer = raw(small, f"{head}Transfer-Encoding: chunked\r\n\r\n".encode(), parts=(piece,) * 50)
    assert status == 413
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["detail"]["error"] == "too_large"


def test_chunks_within_the_limit(small: Served) -> None:
    answer = small.client().post("/api/v1/compile/precheck", content=iter([TASK[:5], TASK[5:]]), headers=JSON)
    assert answer.status_code == 200


def test_slow_bodies(small: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_BODY_SECONDS", 0.3)
    for path, kind in (
        ("/api/v1/compile", "application/json"),
        ("/api/v1/programs", "application/octet-stream"),
    ):
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: 100\r\n\r\n"
        )
        start = time.monotonic()
        status, _ = raw(small, head.encode() + b"{")
        assert status == 408
        assert time.monotonic() - start < 5


def test_types_of_bodies(open_server: Served) -> None:
    client = open_server.client()
    for kind in (
        "text/plain",
        "application/xml",
        "application/octet-stream",
        "",
        "multipart/form-data; boundary=x",
    ):
        answer = client.post("/api/v1/compile", content=TASK, headers={"Content-Type": kind})
        check_error(answer, 415, "unsupported_media_type")
    for kind in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
        answer = client.post("/api/v1/compile/precheck", content=TASK, headers={"Content-Type": kind})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "invalid_request"),
        (b"{", "invalid_json"),
        (b'{"spec": "a"', "invalid_json"),
        (b'{"spec": "a", "spec": "b"}', "invalid_json"),
        (b'{"spec": "\xff"}', "invalid_json"),
        (b'\xff\xfe{\x00"\x00', "invalid_json"),
        (b'{"spec": "a", "seed": NaN}', "invalid_json"),
        (b'{"spec": "a", "seed": 1e999}', "invalid_json"),
        (b'{"spec": "a", "seed": ' + b"9" * 5_000 + b"}", "invalid_json"),
        (b"[" * 100_000, "invalid_json"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "invalid_json"),
        (b'{"spec": "a\\u0000b"}', "invalid_text"),
        (b'{"spec": "a\x00b"}', "invalid_json"),
        (b'{"spec": "a\\ud800"}', "invalid_text"),
        (b'{"spec": "a", "\\udfff": 1}', "invalid_text"),
        (b'{"spec": "a", "x": {"y": ["\\u0000"]}}', "invalid_text"),
        (b"null", "invalid_request"),
        (b"[]", "invalid_request"),
        (b'"spec"', "invalid_request"),
        (b"5", "invalid_request"),
    ],
)
def test_bodies_that_are_no_request(open_server: Served, body: bytes, error: str) -> None:
    answer = open_server.client().post("/api/v1/compile", content=body, headers=JSON)
    check_error(answer, 400, error)


def test_addresses_with_null_characters(open_server: Served) -> None:
    for path in ("/api/v1/programs/a%00b", "/api/v1/programs?q=%00", "/hub?q=a%00", "/%00"):
        check_error(open_server.client().get(path), 400, "invalid_text")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    check_error(open_server.client().post("/login", content="key=%00", headers=form), 400, "invalid_text")
    check_error(open_server.client().post("/login", content="key=%ff", headers=form), 400, "invalid_form")


def test_paths_lead_nowhere_else(open_server: Served) -> None:
    for path in ("/../../etc/passwd", "/static/../../../etc/passwd", "/static/x/..%2f..%2fapp.py",
                 "/api/v1/programs/../../../etc/passwd", "/api/v1/models/files/..%2f..%2fetc%2fpasswd",
                 "/static/%2e%2e/%2e%2e/x", "//etc/passwd", "/api/v1/programs/..;/x"):  # fmt: skip
        status, answer = raw(open_server, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert status in (400, 404)
        assert b"root:" not in answer


def test_the_log_holds_no_secrets(keys_server: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "programasweights")
    key, secret = keys_server.key("ada"), "the-secret-of-the-spec"
    client = keys_server.client("ada")
    answers = [
        client.post("/api/v1/compile/precheck", json={"spec": secret}),
        client.get("/api/v1/programs", params={"q": secret, "key": key}),
        client.get(f"/api/v1/programs/{secret}/{key}"),
        client.get(f"/nowhere/{key}"),
        httpx.get(f"{keys_server.url}/api/v1/me", headers={"X-API-Key": f"{key}x"}),
    ]
    assert secret not in caplog.text
    assert key not in caplog.text
    for answer in answers:
        assert answer.headers["x-request-id"] in caplog.text
    assert "POST /api/v1/compile/precheck 200" in caplog.text
    assert "GET /api/v1/programs/{ref:path} 404" in caplog.text
    assert " ada" in caplog.text


def test_a_fault_is_logged_and_not_told(
    open_server: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("-".join(("the", "secret", "of", "the", "fault")))

    with monkeypatch.context() as patch:
        patch.setattr(type(open_server.services.catalogue), "search", broken)
        answer = open_server.client().get("/api/v1/programs")
    detail = check_error(answer, 500, "internal")
    assert "the-secret" not in answer.text
    assert "the-secret" not in caplog.text
    assert "RuntimeError" in caplog.text
    assert "in broken" in caplog.text
    assert detail["request_id"] in answer.headers["x-request-id"]
    assert open_server.client().get("/api/v1/programs").status_code == 200


def test_layers_pass_other_protocols(open_server: Served) -> None:
    """The layers look at HTTP only; a WebSocket finds no route."""
    head = b"GET /api/v1/run HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    key = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    status, _ = raw(open_server, head + key)
    assert status in (403, 404, 405)


def test_nothing_is_opened_before_it_is_served(tmp_path: Path) -> None:
    from programasweights.server.app import create_app
    from programasweights.server.settings import ServerSettings

    app: FastAPI = create_app(ServerSettings(data_dir=tmp_path / "data", workers=0))
    assert not (tmp_path / "data" / "server.db").exists()
    with running(app) as url:
        assert httpx.get(f"{url}/health").json()["database"] is True
