"""The client against servers that lie, break, stall, flood and send it elsewhere."""

import contextlib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programasweights.errors import FormatVersionError, HubError, PawError, ServerUnreachableError
from programasweights.hub import remote
from programasweights.hub.names import Reference
from programasweights.hub.remote import RemoteHub
from programasweights.hub.transport import Limits
from programasweights.program import Program, load
from programasweights.spec import Spec
from tests.hub.hostile import HostileServer, Play, answer, as_json, serving

GOLDEN = sorted((Path(__file__).parent.parent / "program" / "golden").glob("*.paw"))
KEY = "paw_secret-of-the-user"
QUICK = Limits(connect=2, silence=0.5, answer=1.5, file=1.5, tries=3, first_pause=0.01, longest_pause=2)
JOB = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def network_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_OFFLINE", "0")


@pytest.fixture(scope="module")
def programs() -> list[Program]:
    return [load(path) for path in GOLDEN]


def hub(server: HostileServer | str, **changes: Any) -> RemoteHub:
    url = server if isinstance(server, str) else server.url
    return RemoteHub(url, KEY, limits=replace(QUICK, **changes))


def whole_text(error: BaseException) -> str:
    """All that a log could get to see of an error: with causes, contexts and notes."""
    return "".join(traceback.format_exception(error))


def described(program: Program, **more: Any) -> dict[str, Any]:
    return {"id": program.id, "spec": program.behaviour.spec.text, "of_the_future": [1]} | more


# ---- fetching


def test_a_program_is_fetched_and_the_key_is_shown(programs: list[Program]) -> None:
    with serving(answer(GOLDEN[0].read_bytes())) as server:
        assert hub(server).fetch(programs[0].id) == programs[0]
    assert server.asked == [f"GET /api/v1/programs/{programs[0].id}/paw"]
    assert f"Authorization: Bearer {KEY}\r\n" in server.heard[0]


def test_without_a_key_none_is_shown(programs: list[Program]) -> None:
    with serving(answer(GOLDEN[0].read_bytes())) as server:
        RemoteHub(server.url).fetch(programs[0].id)
    assert "Authorization" not in server.heard[0]


def test_another_program_than_the_one_asked_for(programs: list[Program]) -> None:
    with serving(answer(GOLDEN[1].read_bytes())) as server, pytest.raises(HubError) as caught:
        hub(server).fetch(programs[0].id)
    assert f"sent the program {programs[1].id} for {programs[0].id}; not used" in str(caught.value)


def altered(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (altered(GOLDEN[-1].read_bytes()), "sent no valid program"),
        (b"", "sent no valid program"),
        (b"<html>\x1b[2J Sign in</html>", "sent no valid program"),
        (b"\xff" * 100, "sent no valid program"),
    ],
)
def test_bytes_that_are_not_the_program(programs: list[Program], body: bytes, message: str) -> None:
    with serving(answer(body)) as server, pytest.raises(HubError, match=message) as caught:
        hub(server).fetch(programs[-1].id)
    assert "\x1b" not in str(caught.value)


def test_a_newer_format_says_so(programs: list[Program]) -> None:
    data = GOLDEN[0].read_bytes()
    newer = data.replace(b'\\"format_version\\":1', b'\\"format_version\\":9')
    assert newer != data
    with serving(answer(newer)) as server, pytest.raises(FormatVersionError):
        hub(server).fetch(programs[0].id)


def test_a_truncated_answer_is_asked_for_again(programs: list[Program]) -> None:
    data = GOLDEN[0].read_bytes()
    with serving(answer(data[:50], length=len(data)), answer(data)) as server:
        assert hub(server).fetch(programs[0].id) == programs[0]
    assert len(server.heard) == 2


def test_an_answer_that_stays_truncated(programs: list[Program]) -> None:
    with serving(answer(b"x", length=9)) as server, pytest.raises(ServerUnreachableError, match="Incomplete"):
        hub(server).fetch(programs[0].id)
    assert len(server.heard) == QUICK.tries


def test_an_answer_that_states_too_much_is_not_read(programs: list[Program]) -> None:
    with (
        serving(answer(b"", length=2**40)) as server,
        pytest.raises(HubError, match="more than the 268435456"),
    ):
        hub(server).fetch(programs[0].id)
    assert len(server.heard) == 1


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
        good = answer(GOLDEN[0].read_bytes()) if method == "fetch" else as_json(described(programs[0]))
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


# ---- answers that are not what was asked for


@pytest.mark.parametrize(
    "document",
    [
        [],
        None,
        {},
        {"program_id": 5},
        {"program_id": "../../../etc"},
        {"program_id": "A" * 64},
        {"program_id": "a" * 63},
        {"program_id": "a" * 64 + "\n"},
    ],
)
def test_ids_that_are_none(document: Any) -> None:
    with (
        serving(as_json(document)) as server,
        pytest.raises(HubError, match="not as a server of programs does"),
    ):
        hub(server).resolve(Reference.parse("me/x"))


def test_another_id_than_the_one_begun() -> None:
    with serving(as_json({"program_id": "b" * 64})) as server, pytest.raises(HubError, match="not used"):
        hub(server).resolve(Reference.parse("a" * 20))


def test_a_page_for_people() -> None:
    with serving(answer(b"<html>" * 1000)) as server, pytest.raises(HubError, match="check the address"):
        hub(server).search("x")


def test_deep_and_long_documents() -> None:
    for body in (b'{"name":' + b"[" * 200_000, b'{"name": 1' + b"0" * 100_000 + b"}", b'{"name": "\\ud800"}'):
        with serving(answer(body)) as server, pytest.raises(HubError):
            hub(server).account()


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


# ---- compiling


def job(status: str, **more: Any) -> bytes:
    return as_json({"job_id": JOB, "status": status, "percent": 5} | more)


def spec_of(program: Program) -> Spec:
    return Spec(program.behaviour.spec.text, program.behaviour.spec.examples)


def test_compiling(programs: list[Program], capsys: pytest.CaptureFixture[str]) -> None:
    program = programs[0]
    done = job("ready", percent=100, program_id=program.id)
    with serving(
        job("queued"), job("compiling", percent=None), done, answer(GOLDEN[0].read_bytes())
    ) as server:
        assert hub(server).compile(spec_of(program), seed=3, stop=["\n"], compiler="prompted") == program
    assert server.asked == [
        "POST /api/v1/compile/async",
        f"GET /api/v1/compile/{JOB}",
        f"GET /api/v1/compile/{JOB}",
        f"GET /api/v1/programs/{program.id}/paw",
    ]
    assert '"seed": 3' in server.heard[0]
    assert '"compiler": "prompted"' in server.heard[0]
    out = capsys.readouterr()
    assert (out.out, out.err) == ("", f"Compiling at {server.url} ...\n")


def test_a_program_of_another_task(programs: list[Program]) -> None:
    done = job("ready", program_id=programs[0].id)
    with (
        serving(done, answer(GOLDEN[0].read_bytes())) as server,
        pytest.raises(HubError, match="compiled another task"),
    ):
        hub(server).compile(Spec("Quite another task."))


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (
            job("failed", error=f"the spec is\x1b {KEY} bad"),
            r"did not compile the task: the spec is\\x1b \*\*\* bad",
        ),
        (job("cancelled"), "was cancelled there"),
        (job("ready"), "no reason is given"),
        (job("weird"), "not as a server of programs does"),
        (as_json({"job_id": "../../keys", "status": "queued"}), "not as a server of programs does"),
    ],
)
def test_compiles_that_fail(end: bytes, message: str) -> None:
    for plays in ([end], [job("queued"), end]):
        with serving(*plays) as server, pytest.raises(HubError, match=message) as caught:
            hub(server).compile(Spec("x"))
        assert KEY not in str(caught.value)


def test_a_server_that_restarts_is_waited_for(
    programs: list[Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_LONGEST_POLL", 0.05)
    down = [answer(status=502)] * 4
    done = job("ready", program_id=programs[0].id)
    with serving(job("queued"), *down, done, answer(GOLDEN[0].read_bytes())) as server:
        assert hub(server, tries=1).compile(spec_of(programs[0])) == programs[0]


def test_a_server_that_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_RESTART_SECONDS", 0.2)
    monkeypatch.setattr(remote, "_LONGEST_POLL", 0.05)
    with (
        serving(job("queued"), answer(status=502)) as server,
        pytest.raises(ServerUnreachableError, match=f"Its compile {JOB} may go on there"),
    ):
        hub(server, tries=1).compile(Spec("x"))


def test_a_compile_that_never_ends_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_COMPILE_SECONDS", 0.3)
    with serving(job("queued")) as server, pytest.raises(HubError, match="has not compiled within"):
        hub(server).compile(Spec("x"))
    assert server.asked[-1] == f"DELETE /api/v1/compile/{JOB}"


def test_an_interrupt_cancels_the_job() -> None:
    def interrupt(connection: socket.socket) -> None:
        connection.sendall(job("compiling"))
        os.kill(os.getpid(), signal.SIGINT)

    with serving(job("queued"), interrupt, job("cancelled")) as server, pytest.raises(KeyboardInterrupt):
        hub(server).compile(Spec("x"))
    assert server.asked[-1] == f"DELETE /api/v1/compile/{JOB}"


# ---- pushing and looking


def test_pushing(programs: list[Program]) -> None:
    named = described(programs[0], slugs=[{"slug": "me/x", "version": 2, "is_main": True}], tags=["a"])
    with serving(as_json(named, status=201)) as server:
        held = hub(server).push(programs[0], slug="x", public=True, tags=["a", "b c"])
    assert (held.slugs[0].slug, held.slugs[0].version, held.tags) == ("me/x", 2, ("a",))
    assert server.asked == ["POST /api/v1/programs?public=true&slug=x&tags=a&tags=b+c"]
    head, _, body = server.heard[0].partition("\r\n\r\n")
    assert body.encode("latin-1") == GOLDEN[0].read_bytes()
    assert "Content-Type: application/octet-stream" in head


def test_a_push_that_is_taken_for_something_else(programs: list[Program]) -> None:
    with (
        serving(as_json(described(programs[1]))) as server,
        pytest.raises(HubError, match="took the program"),
    ):
        hub(server).push(programs[0])


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


def test_searching(programs: list[Program]) -> None:
    page = {"programs": [described(programs[0])], "total": 41, "page": 3, "per_page": 1}
    with serving(as_json(page)) as server:
        found = hub(server).search("a b&c", mine=True, page=3, per_page=1)
    assert (found.total, found.programs[0].id) == (41, programs[0].id)
    assert server.asked == ["GET /api/v1/programs?q=a+b%26c&mine=true&page=3&per_page=1"]


def test_errors_are_of_the_tree() -> None:
    assert issubclass(ServerUnreachableError, HubError)
    assert issubclass(HubError, PawError)
