"""Running programs over HTTP: outputs against the library's, streams, limits, clients that go away."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import programasweights as paw
from programasweights.program import from_bytes
from tests.server.programs import program_of
from tests.server.serving import Served, check_error, served

INPUTS = ["I love it", "", "Überraschend gut 🎈", "so so " * 30]


@pytest.fixture(scope="module")
def function(open_server: Served, compiled_id: str) -> paw.Function:
    """The same program, run by the library."""
    data = open_server.client().get(f"/api/v1/programs/{compiled_id}/paw").content
    return paw.function(from_bytes(data))


def test_outputs_are_the_librarys(open_server: Served, compiled_id: str, function: paw.Function) -> None:
    expected = function.map(INPUTS)
    for ref in (compiled_id, "mood@v1"):
        body = {"program": ref, "inputs": INPUTS}
        answer = open_server.client().post("/api/v1/run", json=body).json()
        assert (answer["program_id"], answer["outputs"]) == (compiled_id, expected)
        assert answer["tokens_generated"] > 0
        assert answer["latency_ms"] > 0
    one = open_server.client().post("/api/v1/run", json={"program": compiled_id, "input": INPUTS[0]}).json()
    assert one["outputs"] == expected[:1]
    none = open_server.client().post("/api/v1/run", json={"program": compiled_id, "inputs": []}).json()
    assert none["outputs"] == []


def test_many_clients_at_once(open_server: Served, compiled_id: str, function: paw.Function) -> None:
    expected = function.map(INPUTS)

    def ask(number: int) -> str:
        body = {"program": compiled_id, "input": INPUTS[number % len(INPUTS)]}
        answer = httpx.post(f"{open_server.url}/api/v1/run", json=body, timeout=60)
        return str(answer.json()["outputs"][0])

    with ThreadPoolExecutor(10) as threads:
        assert list(threads.map(ask, range(12))) == expected * 3


def test_stream(open_server: Served, compiled_id: str, function: paw.Function) -> None:
    body = {"program": compiled_id, "input": INPUTS[0], "stream": True}
    with open_server.client().stream("POST", "/api/v1/run", json=body) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in answer.iter_lines() if line]
    events = [json.loads(line.removeprefix("data: ")) for line in lines]
    assert "".join(event["text"] for event in events[:-1]) == function(INPUTS[0])
    last = events[-1]
    assert (last["done"], last["output"], last["program_id"]) == (True, function(INPUTS[0]), compiled_id)


def test_a_stream_that_cannot_start_has_a_status(open_server: Served, compiled_id: str) -> None:
    client = open_server.client()
    body = {"program": "local/none", "input": "x", "stream": True}
    check_error(client.post("/api/v1/run", json=body), 404, "not_found")
    body = {"program": compiled_id, "input": "a " * 20_000, "stream": True}
    check_error(client.post("/api/v1/run", json=body), 400, "invalid_input")


def test_infer(open_server: Served, compiled_id: str, function: paw.Function) -> None:
    client = open_server.client()
    body = {"program_id": compiled_id, "input": INPUTS[0], "max_tokens": None, "unknown": [1]}
    answer = client.post("/api/v1/infer", json=body).json()
    assert answer["output"] == function(INPUTS[0])
    short = client.post("/api/v1/infer", json=body | {"max_tokens": 1, "temperature": 0}).json()
    assert short["tokens_generated"] == 1
    warm = client.post("/api/v1/infer", json=body | {"temperature": 1e-30})
    assert warm.json()["output"] == answer["output"]
    check_error(client.post("/api/v1/infer", json=body | {"temperature": 3}), 400, "invalid_request")


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": None},
        {"input": "x"},
        {"stream": True},
        {"inputs": "x"},
        {"inputs": [1]},
        {"inputs": [None]},
        {"program": ""},
        {"program": None},
        {"max_tokens": 5},
    ],
)
def test_what_is_no_run(open_server: Served, compiled_id: str, change: dict[str, object]) -> None:
    body = {"program": compiled_id, "inputs": ["x"]} | change
    check_error(open_server.client().post("/api/v1/run", json=body), 400, "invalid_request")


def test_limits(open_server: Served, compiled_id: str) -> None:
    client = open_server.client()
    many = {"program": compiled_id, "inputs": [""] * 257}
    assert check_error(client.post("/api/v1/run", json=many), 413, "too_large")["field"] == "inputs"
    long = {"program": compiled_id, "inputs": ["x" * 65_537]}
    assert check_error(client.post("/api/v1/run", json=long), 413, "too_large")["field"] == "inputs.0"
    tokens = {"program": compiled_id, "inputs": ["fine", "a " * 20_000]}
    assert "input 1" in check_error(client.post("/api/v1/run", json=tokens), 400, "invalid_input")["message"]


def test_a_program_for_another_model(keys_server: Served) -> None:
    made = keys_server.give(program_of("For another model"), "ada")
    body = {"program": made, "inputs": ["x"]}
    check_error(keys_server.client("ada").post("/api/v1/run", json=body), 409, "interpreter_mismatch")


def test_runs_are_counted(open_server: Served, compiled_id: str) -> None:
    client, services = open_server.client(), open_server.services
    services.tally.flush()
    before = client.get(f"/api/v1/programs/{compiled_id}").json()["runs"]
    client.post("/api/v1/run", json={"program": compiled_id, "inputs": INPUTS})
    services.tally.flush()
    assert client.get(f"/api/v1/programs/{compiled_id}").json()["runs"] == before + len(INPUTS)
    figures = client.get("/metrics").text
    assert 'paw_requests_total{method="POST",route="/api/v1/run",status="200"}' in figures
    assert "paw_run_tokens_total" in figures


def test_a_client_that_goes_away_is_not_worked_for(open_server: Served, compiled_id: str) -> None:
    """200 inputs are given up a moment after the connection is closed."""
    body = json.dumps({"program": compiled_id, "inputs": [f"text number {n}" for n in range(200)]}).encode()
    head = "POST /api/v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n"
    address = httpx.URL(open_server.url)
    with socket.create_connection((str(address.host), int(address.port or 0))) as connection:
        connection.sendall(head.encode() + body)
        end = time.monotonic() + 20
        while open_server.services.runner.waiting < 100 and time.monotonic() < end:
            time.sleep(0.01)
        assert open_server.services.runner.waiting == 200
    end = time.monotonic() + 3
    while open_server.services.runner.waiting and time.monotonic() < end:
        time.sleep(0.01)
    assert open_server.services.runner.waiting == 0


def test_ready_says_what_is_missing(tmp_path: Path) -> None:
    """Without a worker the server lives but is not ready."""
    with served(tmp_path) as server:
        health = server.client().get("/health")
        assert health.status_code == 200
        assert (health.json()["status"], health.json()["workers"], health.json()["database"]) == (
            "degraded",
            0,
            True,
        )
        ready = server.client().get("/ready")
        assert (ready.status_code, ready.json()["workers"]) == (503, 0)
        assert int(ready.headers["retry-after"]) > 0


def test_ready(open_server: Served) -> None:
    answer = open_server.client().get("/ready")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["workers"], answer.json()["engine"]) == ("ok", 1, True)
