"""How the server bears many clients: a real `paw serve`, 32 clients, runs and downloads mixed.

    python benchmarks/server_load.py [--seconds 60] [--clients 32] [--out OUT.json]

Compiles three programs, then lets every client send one request after the other: seven of ten run an input, one runs
four at once, two download a `.paw` file. Outputs are compared with those that the same inputs gave before the load.
Writes `benchmarks/results/server_load.json` by default.
"""

import argparse
import asyncio
import hashlib
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

SPECS = (
    "Say whether the text is positive or negative.",
    "Answer with the first word of the text.",
    "Say whether the message is urgent. Answer yes or no.",
)
INPUTS = [
    f"{text}, said number {n}." for n in range(5) for text in ("I love it", "It broke at once", "Come now")
]
MOST_REQUESTS = 200_000


@dataclass
class Tally:
    """What the clients saw."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """Requests that were answered."""
        return sum(map(len, self.seconds.values()))


@contextmanager
def serving(folder: str) -> Iterator[tuple[str, int, float]]:
    """A server in a process of its own: address, process id, seconds from start to first page."""
    command = [sys.executable, "-m", "programasweights", "serve", "--port", "0", "--data", folder]
    log = Path(folder) / "log"
    start = time.monotonic()
    with (
        log.open("w") as stderr,
        subprocess.Popen([*command, "--runs-per-minute", "10000000"], stderr=stderr) as process,
    ):
        try:
            while not (found := re.search(r"Serving at (\S+);", log.read_text("utf-8"))):
                time.sleep(0.01)
            while not _page(found[1]):
                time.sleep(0.01)
            first_page = time.monotonic() - start
            while httpx.get(f"{found[1]}/ready").status_code != 200:
                time.sleep(0.1)
            yield found[1], process.pid, first_page
        finally:
            process.terminate()


def _page(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.ConnectError:
        return False


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("utf-8"))
    assert found is not None
    return int(found[1]) / 1024


def prepare(url: str) -> tuple[list[str], dict[tuple[str, str], str]]:
    """Compile the programs; their ids, and the output for every input."""
    ids, outputs = [], {}
    with httpx.Client(base_url=f"{url}/api/v1", timeout=600) as client:
        for spec in SPECS:
            made = client.post("/compile", json={"spec": spec, "max_new_tokens": 8}).raise_for_status().json()
            ids.append(made["program_id"])
            body = {"program": ids[-1], "inputs": INPUTS}
            found = client.post("/run", json=body).raise_for_status().json()["outputs"]
            outputs |= {(ids[-1], text): output for text, output in zip(INPUTS, found, strict=True)}
            client.get(f"/programs/{ids[-1]}/paw").raise_for_status()
    return ids, outputs


async def one_client(
    client: httpx.AsyncClient,
    number: int,
    end: float,
    known: tuple[list[str], dict[tuple[str, str], str]],
    tally: Tally,
) -> None:
    """Ask until the end."""
    draw, (ids, outputs) = random.Random(number), known
    while time.monotonic() < end and tally.count < MOST_REQUESTS:
        program, kind = draw.choice(ids), draw.choices(("run one", "run four", "download"), (7, 1, 2))[0]
        texts = draw.sample(INPUTS, 4 if kind == "run four" else 1)
        start = time.perf_counter()
        try:
            if kind == "download":
                answer = await client.get(f"/programs/{program}/paw")
                right = answer.headers.get("etag") == f'"{program}"' and len(answer.content) > 1_000
            else:
                answer = await client.post("/run", json={"program": program, "inputs": texts})
                right = answer.status_code == 200 and answer.json()["outputs"] == [
                    outputs[program, t] for t in texts
                ]
        except httpx.HTTPError as error:
            tally.faults[type(error).__name__] += 1
            continue
        tally.seconds[kind].append(time.perf_counter() - start)
        if not right:
            tally.faults[f"{kind}: {answer.status_code}"] += 1


async def load(url: str, pid: int, options: argparse.Namespace, known: Any) -> tuple[Tally, list[float]]:
    """Let all clients ask; what they saw, and the server's memory at the start, in the middle, at the end."""
    tally, memory = Tally(), [memory_mb(pid)]
    end = time.monotonic() + options.seconds
    limits = httpx.Limits(max_connections=options.clients)
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=120, limits=limits) as client:
        asking = [one_client(client, n, end, known, tally) for n in range(options.clients)]
        running = asyncio.gather(*asking)
        await asyncio.sleep(options.seconds / 2)
        memory.append(memory_mb(pid))
        await running
    memory.append(memory_mb(pid))
    return tally, memory


def milliseconds(seconds: list[float]) -> dict[str, float]:
    """How long answers took."""
    ordered = sorted(seconds)
    at = {f"p{p}": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in (50, 90, 99)}
    return {name: round(1000 * value, 1) for name, value in (at | {"max": ordered[-1]}).items()}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "server_load.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(folder) as (url, pid, first_page):
        known = prepare(url)
        start = time.monotonic()
        tally, memory = asyncio.run(load(url, pid, options, known))
        took = time.monotonic() - start
    found = {
        "command": f"python benchmarks/server_load.py --seconds {options.seconds:g} --clients {options.clients}",
        "machine": {
            "cores": len(os.sched_getaffinity(0)),
            "python": platform.python_version(),
            "machine": platform.machine(),
        },
        "clients": options.clients,
        "seconds": round(took, 1),
        "first_page_seconds": round(first_page, 2),
        "requests": {kind: len(seconds) for kind, seconds in sorted(tally.seconds.items())},
        "requests_per_second": round(tally.count / took, 1),
        "faults": dict(tally.faults),
        "milliseconds": {kind: milliseconds(seconds) for kind, seconds in sorted(tally.seconds.items())},
        "server_memory_mb": dict(zip(("start", "middle", "end"), (round(m) for m in memory), strict=True)),
        "outputs_sha256": hashlib.sha256(json.dumps(sorted(known[1].values())).encode()).hexdigest()[:16],
    }
    options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
