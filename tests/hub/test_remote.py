"""The client against servers that send other things than they were asked for."""

import os
import signal
import socket
from typing import Any

import pytest

from programasweights.errors import FormatVersionError, HubError, ServerUnreachableError
from programasweights.hub import remote
from programasweights.hub.names import Reference
from programasweights.hub.remote import RemoteHub
from programasweights.program import FORMAT_VERSION, Program
from programasweights.spec import Spec
from tests.hub.hostile import GOLDEN, KEY, QUICK, answer, as_json, hub, serving

JOB = "0123456789abcdef0123456789abcdef"


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
    stated = b'\\"format_version\\":%d'
    newer = data.replace(stated % FORMAT_VERSION, stated % 9)
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

    # where the tests were started in the background, the signal is ignored
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with serving(job("queued"), interrupt, job("cancelled")) as server, pytest.raises(KeyboardInterrupt):
            hub(server).compile(Spec("x"))
    finally:
        signal.signal(signal.SIGINT, before)
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


def test_searching(programs: list[Program]) -> None:
    page = {"programs": [described(programs[0])], "total": 41, "page": 3, "per_page": 1}
    with serving(as_json(page)) as server:
        found = hub(server).search("a b&c", mine=True, page=3, per_page=1)
    assert (found.total, found.programs[0].id) == (41, programs[0].id)
    assert server.asked == ["GET /api/v1/programs?q=a+b%26c&mine=true&page=3&per_page=1"]
