"""The HTTP side of a replica, without Ray: what it answers, and which programs a request can name."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from programasweights.functions import Function
from programasweights.hub import ProgramStore
from programasweights.program import Program, to_bytes
from programasweights.server.runner import Runner
from programasweights.serving.api import make_api
from programasweights.serving.held import Held
from tests.typed.conftest import tiny, tiny_engine, tiny_folder

__all__ = ["tiny", "tiny_engine", "tiny_folder"]

TEXTS = ["one", "", "drei 🎈"]


@pytest.fixture(scope="module")
def stored(tiny: Function) -> Program:
    """A program that is not named, but kept in the cache folder."""
    options = tiny.program.behaviour.generation.model_copy(update={"max_new_tokens": 3})
    behaviour = tiny.program.behaviour.model_copy(update={"generation": options})
    return Program(behaviour, tiny.program.record, tiny.program.prefix)


@pytest.fixture(scope="module")
def client(tiny: Function, tiny_folder: Path, stored: Program) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAW_CACHE_DIR", str(tiny_folder.parent / "cache"))
        patch.setenv("PAW_PRECISION", "fp32")
        ProgramStore().put(stored)
        runner = Runner(str(tiny_folder))
        runner.start(wait=True)
        held = Held({"noise": to_bytes(tiny.program)}, None)
        with TestClient(make_api(held, runner), raise_server_exceptions=False) as found:
            yield found
        runner.close()


def test_outputs_are_the_librarys(client: TestClient, tiny: Function) -> None:
    for ref in ("noise", tiny.id):
        answer = client.post("/api/v1/run", json={"program": ref, "inputs": TEXTS})
        assert answer.json()["outputs"] == tiny.map(TEXTS)
        assert answer.json()["program_id"] == tiny.id
    assert client.post("/api/v1/run", json={"program": "noise", "inputs": []}).json()["outputs"] == []
    one = client.post("/api/v1/infer", json={"program_id": "noise", "input": "one"})
    assert one.json()["output"] == tiny("one")


def test_a_program_of_the_cache_folder(client: TestClient, stored: Program, tiny: Function) -> None:
    for ref in (stored.id, stored.id[:16]):
        answer = client.post("/api/v1/run", json={"program": ref, "input": "one"}).json()
        assert answer["program_id"] == stored.id
        assert answer["outputs"] == Function(stored, tiny.interpreter).map(["one"])


def test_stream(client: TestClient, tiny: Function) -> None:
    answer = client.post("/api/v1/run", json={"program": "noise", "input": "one", "stream": True})
    *pieces, last = [
        json.loads(line.removeprefix("data: ")) for line in answer.text.splitlines() if line.strip()
    ]
    assert "".join(piece["text"] for piece in pieces) == tiny("one") == last["output"]


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"program": "nobody", "input": "x"}, 404, "not_found"),
        ({"program": "0" * 64, "input": "x"}, 404, "not_found"),
        ({"program": "/etc/passwd", "input": "x"}, 404, "not_found"),
        ({"program": "user/name", "input": "x"}, 404, "not_found"),
        ({"program": "nobody", "input": "x", "stream": True}, 404, "not_found"),
        ({"program": "noise"}, 400, "invalid_request"),
        ({"program": "noise", "inputs": ["x"], "stream": True}, 400, "invalid_request"),
        ({"program": "noise", "inputs": ["x"] * 257}, 413, "too_large"),
        ({"program": "noise", "input": "x" * 65_537, "stream": True}, 413, "too_large"),
        ({"program": "noise", "input": "x" * 4_000}, 400, "invalid_input"),
    ],
)
def test_refusals(client: TestClient, body: dict[str, object], status: int, error: str) -> None:
    answer = client.post("/api/v1/run", json=body)
    assert answer.status_code == status, answer.text
    detail = answer.json()["detail"]
    assert detail["error"] == error
    assert detail["request_id"] == answer.headers["X-Request-Id"]


def test_health(client: TestClient) -> None:
    assert client.get("/health").json()["engine"] is True
    assert client.get("/nothing").json()["detail"]["error"] == "not_found"


def test_health_before_the_engine_is_loaded(tiny: Function) -> None:
    with TestClient(make_api(Held({}, None), Runner("no-such-model"))) as found:
        assert found.get("/health").json()["status"] == "degraded"
