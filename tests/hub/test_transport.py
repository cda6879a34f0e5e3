"""The client against servers that break, stall, flood, refuse, or send it elsewhere."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
import traceback
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programasweights.errors import HubError, ServerUnreachableError
from programasweights.hub import remote
from programasweights.hub.names import Reference
from programasweights.hub.remote import RemoteHub
from programasweights.program import Program
from tests.hub.hostile import GOLDEN, KEY, QUICK, Play, answer, as_json, hub, serving


def whole_text(error: BaseException) -> str:
    """All that a log could get to see of an error: with causes, contexts and notes."""
    return "".join(traceback.format_exception(error))


# ---- answers without an end


def test_an_endless_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = 0

    def flood(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 Said\r\nTransfer-Encoding: chunked\r\n\r\n")
        while sent < 2**28:
            connection.sendall(b"10000\r\n" + b"[" * 65536 + b"\r\n")
            sent += 65536

    monkeypatch.setattr(remote, "_MOST_JSON", 2**20)
    with serving(flood) as server, pytest.raises(HubError, match="more than the 1048576 bytes"):
        hub(server).account()
    assert sent < 2**25


@pytest.mark.parametrize("where", ["head", "body"])
def test_slow_drops_do_not_put_the_end_off(where: str) -> None:
    def drip(connection: socket.socket) -> None:
        start = b"HTTP/1.1 200 Said\r\n" + (b"X: " if where == "head" else b"Content-Length: 1000\r\n\r\n")
        connection.sendall(start)
        for _ in range(200):
            time.sleep(0.05)
            connection.sendall(b"1")

    begun = time.monotonic()
    with serving(drip) as server:
        made = hub(server, tries=1, answer=0.6)
        with pytest.raises(ServerUnreachableError, match="did not answer in time"):
            made.account()
        assert time.monotonic() - begun < 2


def test_a_long_patience_with_silence_does_not_put_the_end_off() -> None:
    begun = time.monotonic()
    with serving(lambda _connection: time.sleep(2.5)) as server:
        made = hub(server, tries=1, silence=60, answer=0.5)
        with pytest.raises(ServerUnreachableError, match="did not answer in time"):
            made.account()
        assert time.monotonic() - begun < 2


def test_a_steady_stream_does_not_put_the_end_off(programs: list[Program]) -> None:
    def stream(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Said\r\n\r\n")
        end = time.monotonic() + 4
        while time.monotonic() < end:
            connection.sendall(b"x" * 64)

    begun = time.monotonic()
    with serving(stream) as server:
        made = hub(server, tries=1, file=0.5)
        with pytest.raises(ServerUnreachableError, match="did not answer in time"):
            made.fetch(programs[0].id)
        assert time.monotonic() - begun < 3


def test_silence() -> None:
    begun = time.monotonic()
    with serving(lambda _connection: time.sleep(1.5)) as server:
        made = hub(server, tries=1)
        with pytest.raises(ServerUnreachableError, match="did not answer in time"):
            made.account()
        assert time.monotonic() - begun < 1.2


# ---- redirects


def test_a_redirect_elsewhere_is_not_followed(programs: list[Program]) -> None:
    with serving(answer(GOLDEN[0].read_bytes())) as other:
        for target in (
            f"{other.url}/x",
            f"//{other.url[7:]}/x",
            "file:///etc/passwd",
            "https://127.0.0.1/",
            "http://[",
        ):
            with serving(answer(status=302, headers=[f"Location: {target}"])) as server:
                with pytest.raises(HubError, match="another server, which was not followed"):
                    hub(server).fetch(programs[0].id)
                assert len(server.heard) == 1
    assert other.heard == []


def test_a_redirect_within_the_server_is_followed(programs: list[Program]) -> None:
    moved = answer(status=307, headers=["Location: /elsewhere?x=1"])
    with serving(moved, answer(GOLDEN[0].read_bytes())) as server:
        assert hub(server).fetch(programs[0].id) == programs[0]
    assert server.asked[1] == "GET /elsewhere?x=1"
    assert KEY in server.heard[1]


def test_redirects_in_a_circle() -> None:
    with (
        serving(answer(status=301, headers=["Location: /again"])) as server,
        pytest.raises(HubError, match="more than 3 times"),
    ):
        hub(server).account()
    assert len(server.heard) == 4


def test_what_is_sent_is_not_redirected(programs: list[Program]) -> None:
    with (
        serving(answer(status=307, headers=["Location: /again"])) as server,
        pytest.raises(HubError, match="redirects a POST"),
    ):
        hub(server).push(programs[0])
    assert len(server.heard) == 1


# ---- trying again


def test_busy_answers_are_tried_again(programs: list[Program]) -> None:
    for method in ("fetch", "push"):
        good = (
            answer(GOLDEN[0].read_bytes())
            if method == "fetch"
            else as_json({"id": programs[0].id, "spec": "x"})
        )
        busy = [answer(status=status, headers=["Retry-After: 0"]) for status in (429, 503)]
        with serving(*busy, good) as server:
            given_program = programs[0].id if method == "fetch" else programs[0]
            getattr(hub(server), method)(given_program)
        assert len(server.heard) == 3


def test_the_pause_that_is_asked_for_is_kept() -> None:
    with serving(answer(status=429, headers=["Retry-After: 1"]), as_json({"name": "me"})) as server:
        begun = time.monotonic()
        assert hub(server).account().name == "me"
        assert time.monotonic() - begun >= 1


@pytest.mark.parametrize("pause", ["3600", "9" * 400, "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_server_that_asks_for_too_long_a_pause(pause: str) -> None:
    with (
        serving(answer(status=503, headers=[f"Retry-After: {pause}"])) as server,
        pytest.raises(ServerUnreachableError, match="asks to wait"),
    ):
        hub(server).account()
    assert len(server.heard) == 1


@pytest.mark.parametrize("pause", ["soon", "-5", "²", "", "Fri, 31 Dec 1999 23:59:59 GMT"])
def test_pauses_that_cannot_be_read(pause: str) -> None:
    headers = [f"Retry-After: {pause.encode().decode('latin-1')}"]
    with serving(answer(status=503, headers=headers), as_json({"name": "me"})) as server:
        assert hub(server).account().name == "me"


def test_only_what_may_be_asked_twice_is(programs: list[Program]) -> None:
    """A connection that breaks after the request went out says nothing about whether it was done."""
    broken: tuple[Play, ...] = (b"", answer(status=502), answer(status=504))
    for play in broken:
        with serving(play) as server:
            with pytest.raises(ServerUnreachableError):
                hub(server).account()
            assert len(server.heard) == QUICK.tries
        with serving(play) as server:
            with pytest.raises(ServerUnreachableError):
                hub(server).push(programs[0])
            assert len(server.heard) == 1


def test_other_errors_are_not_tried_again() -> None:
    for status in (400, 401, 404, 409, 413, 500):
        with serving(answer(status=status)) as server:
            with pytest.raises(HubError, match=f"answered {status}"):
                hub(server).account()
            assert len(server.heard) == 1


# ---- refusals


def test_the_error_shape_becomes_an_error_with_the_request() -> None:
    detail = {
        "error": "not_found",
        "message": "there is no program 'x'.",
        "request_id": "f00d",
        "field": None,
    }
    with (
        serving(as_json({"detail": detail}, status=404)) as server,
        pytest.raises(HubError, match=r"answered 404: there is no program 'x'. \(request f00d\)$") as caught,
    ):
        hub(server).info(Reference.parse("me/x"))
    assert not isinstance(caught.value, ServerUnreachableError)
    assert server.asked == ["GET /api/v1/programs/me/x"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"detail": "too large"}', "answered 413: too large"),
        (b'{"message": "flat", "request_id": 7}', r"answered 413: flat \(request 7\)"),
        (b'{"detail": {"message": ["a"]}}', "answered 413"),
        (b'["a"]', "answered 413"),
        (b"<h1>no</h1>", "answered 413"),
        (b"[" * 100_000, "answered 413"),
        (b"\xff\xfe\x00", "answered 413"),
        (b"9" * 10_000, "answered 413"),
        (b"", "answered 413"),
    ],
)
def test_other_error_bodies(body: bytes, message: str) -> None:
    with serving(answer(body, status=413)) as server, pytest.raises(HubError, match=message):
        hub(server).account()


def test_the_request_id_may_come_in_a_header() -> None:
    with (
        serving(answer(status=500, headers=["X-Request-Id: beef"])) as server,
        pytest.raises(HubError, match=r"answered 500\. \(request beef\)"),
    ):
        hub(server).account()


def test_a_wrong_key_names_the_remedy() -> None:
    with serving(answer(status=401)) as server, pytest.raises(HubError, match="`paw login http://127"):
        hub(server).account()


def test_what_a_server_says_cannot_command_the_terminal_or_flood_it() -> None:
    message = "\x1b]0;title\x07\r\n" + "x" * 10_000
    with (
        serving(as_json({"detail": {"message": message}}, status=400)) as server,
        pytest.raises(HubError) as caught,
    ):
        hub(server).account()
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1000


def test_the_key_is_in_no_error() -> None:
    """Also if the server repeats it, and not among the causes of the error either."""
    repeated = {"message": f"x {KEY} y", "request_id": KEY}
    plays: list[Play] = [
        as_json({"detail": repeated}, status=400),
        answer(status=302, headers=[f"Location: http://other/{KEY}"]),
        f"{KEY} is no HTTP\r\n\r\n".encode(),
        as_json({"name": [KEY]}),
        b"",
    ]
    for play in plays:
        with serving(play) as server:
            made = hub(server)
            with pytest.raises(HubError) as caught:
                made.account()
            assert KEY in server.heard[0]
        assert KEY not in whole_text(caught.value)
        assert KEY not in repr(made) + repr(vars(made))


@pytest.mark.parametrize("key", ["", "two\r\nX-Evil: 1", "a b", "é", "x" * 1000])
def test_keys_that_cannot_be_sent(key: str) -> None:
    with pytest.raises(HubError, match="the key is") as caught:
        RemoteHub("http://127.0.0.1:1", key)
    assert not key or key not in str(caught.value)


def test_an_early_refusal_of_a_body_is_read(programs: list[Program], monkeypatch: pytest.MonkeyPatch) -> None:
    """The server answers and hangs up before it has read what is sent."""

    def refuse() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(100)
            connection.sendall(as_json({"detail": {"message": "no key"}}, status=401))

    monkeypatch.setattr(remote, "to_bytes", lambda _program: bytes(2**25))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=refuse)
        thread.start()
        with pytest.raises(HubError, match="answered 401: no key"):
            hub(f"http://127.0.0.1:{listener.getsockname()[1]}").push(programs[0])
        thread.join()


_SERVER_BYTES = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda head, body: b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body,
        st.lists(
            st.sampled_from(
                [
                    b"Content-Length: -1",
                    b"Content-Length: 7",
                    b"Content-Length: x",
                    b"Transfer-Encoding: chunked",
                    b": ",
                    b"Location: /",
                ]
            ),
            max_size=3,
        ).map(b"\r\n".join),
        st.binary(max_size=50),
    ),
    st.builds(lambda status: b"HTTP/1.1 %d X\r\n\r\n" % status, st.integers(0, 1200)),
)


def test_random_bytes_give_no_other_error() -> None:
    with serving(b"") as server:

        @settings(max_examples=150, deadline=None)
        @given(_SERVER_BYTES)
        def check(data: bytes) -> None:
            server.plays[:] = [data]
            with contextlib.suppress(HubError):
                hub(server, tries=1, silence=0.2, answer=0.4).account()

        check()
        assert len(server.heard) >= 100


# ---- not there


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    begun = time.monotonic()
    with pytest.raises(ServerUnreachableError, match=r"cannot be reached \(Connection refused\)"):
        hub(f"http://127.0.0.1:{port}", first_pause=60).account()
    assert time.monotonic() - begun < 1  # nothing was sent, and waiting would not help


def test_a_name_that_is_not_known() -> None:
    with pytest.raises(ServerUnreachableError, match="cannot be reached"):
        hub("http://no-such-host.invalid").account()


def test_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with serving(b"") as server, pytest.raises(ServerUnreachableError, match="PAW_OFFLINE=1 forbids"):
        hub(server).account()
    assert server.heard == []


def test_proxies_are_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serving(as_json({"name": "me"})) as server:
        assert hub(server).account().name == "me"


def test_proxies_are_asked_for_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(as_json({"name": "me"})) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        assert hub("http://paw.example").account().name == "me"
    assert proxy.asked == ["GET http://paw.example/api/v1/me"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_certificates_are_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    files = ["-keyout", str(secret), "-out", str(certificate)]
    subprocess.run([*command, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    heard = []

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            with (
                contextlib.suppress(OSError),
                plain,
                context.wrap_socket(plain, server_side=True) as connection,
            ):
                heard.append(connection.recv(65536))
                connection.sendall(as_json({"name": "me"}))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        with pytest.raises(ServerUnreachableError, match="certificate is not valid here"):
            hub(f"https://localhost:{port}").account()
        assert heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert hub(f"https://localhost:{port}").account().name == "me"
        with pytest.raises(ServerUnreachableError, match="certificate is not valid here"):
            hub(f"https://127.0.0.1:{port}").account()  # not the certificate's name
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(10)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:80",
        "ftp://x",
        "http://",
        "http://x:99999",
        "http://x/?q",
        "http://x#a",
        "http://a b",
        "http://x/../y",
        "http://[::1",
        "file:///etc",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(HubError, match="expected an address like"):
        RemoteHub(url)


def test_an_address_with_a_password_is_not_repeated() -> None:
    with pytest.raises(HubError, match="user or password") as caught:
        RemoteHub("http://me:hunter2@x")
    assert "hunter2" not in str(caught.value)


def test_addresses_have_one_form() -> None:
    for text in ("HTTP://X.example:80/", " http://x.example ", "http://X.EXAMPLE:80"):
        assert RemoteHub(text).address == "http://x.example"
    assert RemoteHub("https://x:8443/hub/").address == "https://x:8443/hub"
    assert RemoteHub("http://[::1]:80").address == "http://[::1]"
