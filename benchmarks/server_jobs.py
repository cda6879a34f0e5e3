"""Kills workers and the server in the middle of 50 compile jobs; writes benchmarks/results/server_jobs.json.

    python benchmarks/server_jobs.py [--out FILE] [--jobs 50] [--database URL]

A real `paw serve` is asked for the jobs over HTTP. All of them name one slug, so a job that were done twice would be
a version too many, and a job that were lost a version too few. At a fifth and two fifths of the jobs the worker gets
SIGKILL while it compiles, at three fifths the server does, and another one is started on the same folder. At the end
every program is downloaded and its content hash verified.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from runtime import RESULTS, machine
from sqlalchemy import select

from programasweights.program import from_bytes
from programasweights.server.database import Database, tables

PATIENCE = 300.0
SLUG = "above"


@dataclass
class Server:
    """A `paw serve` in a process of its own, which may be killed and started again."""

    data: Path
    database: str
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=60))

    def start(self) -> None:
        """Start it and wait until it answers and a worker is ready."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "programasweights", "serve", "--data", str(self.data)]
        command += ["--port", str(self.port), "--compiles-per-minute", "100000", "--access", "open"]
        environment = os.environ | {"PAW_SERVER_DATABASE": self.database}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        wait_for(self._ready)

    def _ready(self) -> bool:
        try:
            return self.client.get(f"http://127.0.0.1:{self.port}/ready").status_code == 200
        except httpx.TransportError:
            return False

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request, which must succeed."""
        url = f"http://127.0.0.1:{self.port}/api/v1{path}"
        return self.client.request(method, url, **options).raise_for_status()

    def kill(self) -> None:
        """End it without warning."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "server_jobs.json")
    parser.add_argument("--jobs", type=int, default=50)
    parser.add_argument("--database", default="", help="URL of an empty database; SQLite by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/server.db"
        report = {"machine": machine(), "database": url.split(":")[0]}
        report |= measure(Server(Path(folder), url), options.jobs)
    options.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


def measure(server: Server, count: int) -> dict[str, Any]:
    """Ask for the jobs, kill, and count what came of it."""
    server.start()
    database = Database.open(server.database)
    began = time.monotonic()
    jobs = [
        server.ask("POST", "/compile/async", json={"spec": spec(n), "slug": SLUG}).json()["job_id"]
        for n in range(count)
    ]
    kills = []
    try:
        for fifth in (1, 2, 3):
            victim = "server" if fifth == 3 else "worker"
            kills.append(kill_in_the_middle(server, database, victim, at_least=count * fifth // 5))
        wait_for(lambda: done(database) + failed(database) >= count)
        seconds = time.monotonic() - began
        return {"kills": kills, "seconds": round(seconds, 1)} | outcome(server, database, jobs)
    finally:
        server.kill()
        database.close()


def spec(number: int) -> str:
    return f"Answer yes if the number is above {number}, otherwise no."


def kill_in_the_middle(server: Server, database: Database, victim: str, *, at_least: int) -> dict[str, Any]:
    """Kill the worker or the server while a job runs, once so many are done; says how long the next one took."""
    running: list[tuple[str, int]] = []

    def in_the_middle() -> bool:
        with database.reading() as session:
            joined = select(tables.Job.id, tables.Worker.pid).join(
                tables.Worker, tables.Worker.id == tables.Job.worker_id
            )
            running[:] = [
                (job, pid) for job, pid in session.execute(joined.where(tables.Job.state == "running"))
            ]
        return bool(running) and done(database) >= at_least

    wait_for(in_the_middle, pause=0.002)
    _, worker = running[0]
    began = time.monotonic()
    if victim == "worker":
        os.kill(worker, signal.SIGKILL)
    else:
        server.kill()
        wait_for(lambda: not Path(f"/proc/{worker}").exists() or zombie(worker))
    before = done(database)
    if victim == "server":
        server.start()
    wait_for(lambda: done(database) > before)
    return {
        "killed": victim,
        "done_before": before,
        "seconds_until_the_next_job_was_done": round(time.monotonic() - began, 2),
    }


def outcome(server: Server, database: Database, jobs: list[str]) -> dict[str, Any]:
    """What became of the jobs, from the server's own answers."""
    ended = [server.ask("GET", f"/compile/{job}").json() for job in jobs]
    versions = server.ask("GET", f"/programs/local/{SLUG}/versions").json()["versions"]
    sound = 0
    for number, job in enumerate(ended):
        data = server.ask("GET", f"/programs/{job['program_id']}/paw").content
        program = from_bytes(data)  # checks the hash
        sound += program.id == job["program_id"] and program.behaviour.spec.text == spec(number)
    return {
        "jobs": len(jobs),
        "ended_as": dict(Counter(job["status"] for job in ended)),
        "versions_of_the_slug": len(versions),
        "programs_of_the_versions": len({version["program_id"] for version in versions}),
        "programs_downloaded_and_verified": sound,
        "jobs_by_starts": dict(sorted(Counter(attempts(database, job) for job in jobs).items())),
        "lost": len(jobs) - len({version["program_id"] for version in versions}),
        "done_twice": len(versions) - len({version["program_id"] for version in versions}),
    }


def done(database: Database) -> int:
    return count_of(database, "done")


def failed(database: Database) -> int:
    return count_of(database, "failed")


def count_of(database: Database, state: str) -> int:
    with database.reading() as session:
        return len(session.scalars(select(tables.Job.id).where(tables.Job.state == state)).all())


def attempts(database: Database, job: str) -> int:
    with database.reading() as session:
        return session.scalars(select(tables.Job.attempts).where(tables.Job.id == job)).one()


def zombie(pid: int) -> bool:
    """Whether a process has ended and nobody has asked for its status."""
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


def wait_for(what: Callable[[], bool], *, pause: float = 0.05) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise SystemExit("waited in vain; see the server's log")
        time.sleep(pause)


if __name__ == "__main__":
    main()
