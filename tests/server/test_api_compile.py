"""Compiling over HTTP with a real worker: waiting for it, looking later, cancelling, limits."""

import time
from pathlib import Path

import httpx
import pytest

import programasweights as paw
from programasweights.program import from_bytes
from tests.server.serving import Served, check_error, served

TASK = {"spec": "Say whether the text is positive or negative.", "examples": [["Lovely!", "positive"]]}


def test_compile_and_wait(open_server: Served, compiled_id: str) -> None:
    """The program is the one that the library compiles, and the same task is not compiled again."""
    client = open_server.client()
    again = client.post(
        "/api/v1/compile", json=TASK | {"max_new_tokens": 8, "public": False, "later": {"x": 1}}
    )
    job = again.json()
    assert again.status_code == 200
    assert (job["status"], job["cached"], job["program_id"]) == ("ready", True, compiled_id)
    assert job["percent"] == 100
    assert job["error"] is None
    assert job["timings"]["total_ms"] < 5_000
    local = paw.compile(str(TASK["spec"]), [("Lovely!", "positive")], max_new_tokens=8)
    assert local.id == compiled_id
    assert from_bytes(client.get(f"/api/v1/programs/{compiled_id}/paw").content).id == compiled_id


def test_compile_later(open_server: Served) -> None:
    client = open_server.client()
    body = {
        "spec": "Answer with the first letter of the text.",
        "compiler": "prompted",
        "slug": "first-letter",
    }
    before = client.post("/api/v1/compile/precheck", json=body).json()
    assert (before["cached"], before["program_id"], before["compiler_kind"]) == (False, None, "prompted")
    assert before["estimated_wait_s"] > 0
    asked = client.post("/api/v1/compile/async", json=body)
    assert asked.status_code == 202
    job = asked.json()
    assert job["status"] in ("queued", "compiling")
    seen, end = {job["status"]}, time.monotonic() + 60
    while job["status"] not in ("ready", "failed"):
        assert time.monotonic() < end
        time.sleep(0.02)
        job = client.get(f"/api/v1/compile/{job['job_id']}").json()
        seen.add(job["status"])
    assert (job["status"], job["slug"], job["version"], job["version_action"]) == (
        "ready", "local/first-letter", 1, "created",
    )  # fmt: skip
    assert job["compiler_snapshot"] == before["compiler_snapshot"]
    after = client.post("/api/v1/compile/precheck", json=body).json()
    assert (after["cached"], after["program_id"], after["estimated_wait_s"]) == (True, job["program_id"], 0)
    assert client.get("/api/v1/compile").json()["jobs"][0]["job_id"] == job["job_id"]
    check_error(client.delete(f"/api/v1/compile/{job['job_id']}"), 409, "job_ended")


def test_cancel(tmp_path: Path) -> None:
    """A job that no worker takes is cancelled; somebody who waits for it is told."""
    with served(tmp_path, access="keys") as server:
        ada, bob = server.client("ada"), server.client("bob")
        job = ada.post("/api/v1/compile/async", json=TASK).json()
        check_error(bob.get(f"/api/v1/compile/{job['job_id']}"), 404, "not_found")
        check_error(bob.delete(f"/api/v1/compile/{job['job_id']}"), 404, "not_found")
        assert bob.get("/api/v1/compile").json() == {"jobs": []}
        assert ada.delete(f"/api/v1/compile/{job['job_id']}").json()["status"] == "cancelled"
        check_error(ada.delete(f"/api/v1/compile/{job['job_id']}"), 409, "job_ended")
        assert server.client().get("/health").json()["queued"] == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"spec": ""}, "spec"),
        ({"spec": "   \n"}, "spec"),
        ({"spec": None}, "spec"),
        ({"spec": 5}, "spec"),
        ({"spec": "x" * 16_001}, "spec"),
        ({"examples": [["only one"]]}, "examples.0"),
        ({"examples": [["a", "b", "c"]]}, "examples.0"),
        ({"examples": [["a", 1]]}, "examples.0.1"),
        ({"examples": [["a", "b"]] * 65}, "examples"),
        ({"examples": "ab"}, "examples"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"seed": True}, "seed"),
        ({"max_new_tokens": 0}, "max_new_tokens"),
        ({"stop": [""]}, "stop.0"),
        ({"storage": "f64"}, "storage"),
        ({"public": "yes"}, "public"),
        ({"slug": "other/name"}, "slug"),
        ({"slug": "No Slug"}, "slug"),
        ({"slug": "../../etc"}, "slug"),
        ({"tags": ["<b>"]}, "tags"),
        ({"compiler": "/etc"}, "compiler"),
        ({"compiler": "prompted:somebody/else"}, "compiler"),
        ({"interpreter": "somebody/else"}, "interpreter"),
        ({"interpreter": "../../model.gguf"}, "interpreter"),
        ({"priority": "urgent"}, "priority"),
    ],
)
def test_what_cannot_be_compiled(open_server: Served, change: dict[str, object], field: str) -> None:
    for path in ("", "/async"):
        answer = open_server.client().post(f"/api/v1/compile{path}", json=TASK | change)
        assert check_error(answer, 400, "invalid_request")["field"] == field


def test_a_failed_compile_says_why(open_server: Served) -> None:
    """The worker finds that the spec does not fit into the context."""
    body = {"spec": "Repeat the text.", "compiler": "prompted", "max_new_tokens": 8_192}
    answer = open_server.client().post("/api/v1/compile", json=body)
    assert "positions" in check_error(answer, 422, "compile_failed")["message"]
    job = open_server.client().get("/api/v1/compile").json()["jobs"][0]
    assert (job["status"], job["program_id"]) == ("failed", None)
    assert "positions" in job["error"]


def test_the_queue_is_bounded(tmp_path: Path) -> None:
    with served(tmp_path, user_queue_limit=3) as server:
        client = server.client()
        for number in range(3):
            answer = client.post("/api/v1/compile/async", json={"spec": f"Task {number}"})
            assert answer.status_code == 202
        answer = client.post("/api/v1/compile/async", json={"spec": "One more"})
        check_error(answer, 429, "queue_full")
        assert int(answer.headers["retry-after"]) > 0
        assert client.get("/health").json()["queued"] == 3
        figures = client.get("/metrics").text
        assert 'paw_compile_jobs{state="queued"} 3.0' in figures
        assert 'paw_compiles_total{cached="false"} 3.0' in figures


def test_an_unknown_job(open_server: Served) -> None:
    for job_id in ("0" * 32, "x", "%00x", "é"):
        answer = httpx.get(f"{open_server.url}/api/v1/compile/{job_id}")
        assert answer.status_code in (400, 404)
        check_error(answer, answer.status_code, "invalid_text" if "%00" in job_id else "not_found")
