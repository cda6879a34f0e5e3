"""Real worker processes on the real default model: killed, cancelled, too slow; all jobs end, each once."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from programasweights.compiler import CompileOptions, get_compiler
from programasweights.lm.engine import Engine
from programasweights.server.accounts import Accounts, Viewer
from programasweights.server.catalogue import Catalogue
from programasweights.server.database import Database, tables
from programasweights.server.jobs import CompileRequest, JobQueue, JobView, Wants
from programasweights.server.settings import ServerSettings
from programasweights.server.store import ProgramFiles
from programasweights.server.supervisor import Supervisor
from programasweights.spec import Spec

pytestmark = pytest.mark.weights

PATIENCE = 90.0
"""Seconds: worker processes start slowly on a busy machine."""
LONG = CompileRequest("Answer yes or no. " * 500)
"""Takes seconds to read."""


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> ServerSettings:
    return ServerSettings(tmp_path, database=database_url, lease_seconds=5)


@pytest.fixture
def queue(database: Database, settings: ServerSettings) -> JobQueue:
    return JobQueue(database, settings)


@pytest.fixture
def catalogue(database: Database, settings: ServerSettings) -> Catalogue:
    return Catalogue(database, ProgramFiles(settings.files))


@pytest.fixture
def ann(database: Database) -> Viewer:
    return Viewer(Accounts(database).add_user("ann"), "ann", False, "key")


@contextmanager
def supervised(settings: ServerSettings, queue: JobQueue, catalogue: Catalogue) -> Iterator[Supervisor]:
    supervisor = Supervisor(settings, queue, catalogue)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def spec(number: int) -> str:
    return f"Answer yes if the number is above {number}, otherwise no."


def submit(queue: JobQueue, viewer: Viewer, count: int) -> list[JobView]:
    """Jobs that all become versions of one slug, so that one that is done twice shows."""
    return [
        queue.submit(viewer, CompileRequest(spec(n)), Wants(slug="above", tags=(f"n{n}",)))
        for n in range(count)
    ]


def done(queue: JobQueue, viewer: Viewer) -> int:
    return sum(job.state == "done" for job in queue.list(viewer, 1000))


def check_each_ended_once(queue: JobQueue, catalogue: Catalogue, viewer: Viewer, jobs: list[JobView]) -> None:
    ended = [queue.view(job.id, viewer) for job in jobs]
    assert [job.state for job in ended] == ["done"] * len(jobs)
    assert sorted(job.version or 0 for job in ended) == list(range(1, len(jobs) + 1))
    versions = catalogue.versions("above", viewer).versions
    assert {(v.version, v.program_id) for v in versions} == {(j.version, j.program_id) for j in ended}
    for number, job in enumerate(ended):
        assert catalogue.program(job.program_id or "", viewer).behaviour.spec.text == spec(number)
    assert queue.waiting() == (0, 0)


def gone(pid: int) -> bool:
    """Whether a process that is not this one's child has ended."""
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


def test_a_killed_workers_job_is_done_by_the_next(
    settings: ServerSettings, queue: JobQueue, catalogue: Catalogue, ann: Viewer, q8_engine: Engine
) -> None:
    jobs = submit(queue, ann, 10)
    with supervised(settings, queue, catalogue) as supervisor:
        for goal in (2, 5):
            wait_for(lambda goal=goal: done(queue, ann) >= goal and queue.waiting()[1])
            os.kill(supervisor.pids()[0], signal.SIGKILL)
        wait_for(lambda: done(queue, ann) == len(jobs))
        workers = supervisor.pids()
    check_each_ended_once(queue, catalogue, ann, jobs)
    assert all(gone(pid) for pid in workers)
    # and what came out is what this process compiles
    here = get_compiler().compile(Spec.make(spec(3)), q8_engine, CompileOptions())
    assert queue.view(jobs[3].id, ann).program_id == here.id


def test_a_killed_servers_jobs_are_done_by_the_next(
    settings: ServerSettings, queue: JobQueue, catalogue: Catalogue, database: Database, ann: Viewer
) -> None:
    jobs = submit(queue, ann, 10)
    command = [sys.executable, "-m", "tests.server.supervised", replace(settings, workers=2).to_json()]
    server = subprocess.Popen(command)
    try:
        wait_for(lambda: done(queue, ann) >= 3 and queue.waiting()[1])
        with database.reading() as session:
            workers = session.scalars(select(tables.Worker.pid)).all()
        assert workers
    finally:
        server.kill()
        server.wait()
    wait_for(lambda: all(gone(pid) for pid in workers))
    left = len(jobs) - done(queue, ann)
    with supervised(settings, queue, catalogue):
        wait_for(lambda: done(queue, ann) == len(jobs))
    assert left > 0, "all was done before the server was killed"
    check_each_ended_once(queue, catalogue, ann, jobs)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_cancelling_a_running_job_frees_its_worker(
    settings: ServerSettings, queue: JobQueue, catalogue: Catalogue, ann: Viewer
) -> None:
    with supervised(settings, queue, catalogue) as supervisor:
        long = queue.submit(ann, LONG, Wants())
        wait_for(lambda: queue.view(long.id, ann).percent > 0)
        (busy,) = supervisor.pids()
        began = time.monotonic()
        assert queue.cancel(long.id, ann).state == "cancelled"
        (short,) = submit(queue, ann, 1)
        wait_for(lambda: queue.view(short.id, ann).state == "done")
        took = time.monotonic() - began
        assert supervisor.pids() != [busy], f"the worker was not replaced, the job took {took:.1f} s"
    ended = queue.view(long.id, ann)
    assert (ended.state, ended.program_id, ended.attempts) == ("cancelled", None, 1)
    assert queue.view(short.id, ann).attempts == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_compile_that_takes_too_long_is_stopped(
    settings: ServerSettings, database: Database, catalogue: Catalogue, ann: Viewer
) -> None:
    limited = replace(settings, job_seconds=1)
    queue = JobQueue(database, limited)
    with supervised(limited, queue, catalogue) as supervisor:
        wait_for(lambda: queue.alive(10))
        (busy,) = supervisor.pids()
        long = queue.submit(ann, LONG, Wants())
        wait_for(lambda: queue.view(long.id, ann).state == "failed")
        wait_for(lambda: busy not in supervisor.pids())
    ended = queue.view(long.id, ann)
    assert "longer than 1 seconds" in (ended.error or "")
    assert ended.attempts == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_spec_that_cannot_be_compiled_fails_at_once(
    settings: ServerSettings, queue: JobQueue, catalogue: Catalogue, ann: Viewer
) -> None:
    job = queue.submit(ann, CompileRequest("𓃰" * 8000), Wants())
    with supervised(settings, queue, catalogue):
        wait_for(lambda: queue.view(job.id, ann).state == "failed")
    ended = queue.view(job.id, ann)
    assert "Shorten the spec" in (ended.error or "")
    assert ended.attempts == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_stopping_gives_the_job_back(
    settings: ServerSettings, queue: JobQueue, catalogue: Catalogue, ann: Viewer
) -> None:
    job = queue.submit(ann, LONG, Wants())
    with supervised(settings, queue, catalogue) as supervisor:
        wait_for(lambda: queue.view(job.id, ann).state == "running")
        (busy,) = supervisor.pids()
        began = time.monotonic()
    assert time.monotonic() - began < 20
    assert gone(busy)
    given_back = queue.view(job.id, ann)
    assert (given_back.state, given_back.attempts) == ("queued", 0)
    assert queue.alive(60) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_that_cannot_start_is_not_tried_all_the_time(
    settings: ServerSettings, queue: JobQueue, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(settings, compiler=str(settings.data_dir / "no such folder"))
    with caplog.at_level(logging.WARNING), supervised(broken, queue, catalogue):
        wait_for(lambda: len(caplog.records) >= 3)
        began = time.monotonic()
        wait_for(lambda: len(caplog.records) >= 4)
        assert time.monotonic() - began > 1  # the pause before the fourth
        assert queue.alive(60) == 0
    assert all("ended with status 1" in record.getMessage() for record in caplog.records)
