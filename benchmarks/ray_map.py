"""Maps a label function over many rows on Ray, kills a worker meanwhile; writes benchmarks/results/ray_map.json.

    python benchmarks/ray_map.py [--out FILE] [--rows 50000] [--distinct 2000] [--cpus 1]

The rows are short reviews, each of the distinct ones at least once. One process writes them with their labels to a CSV
file; then two nodes' processes of Ray on this machine do, a worker of which gets SIGKILL when a third of the distinct
texts are done, and another one at two thirds. The two files must be the same bytes. Equal texts are run once, in both
ways, but for what a killed worker had. Bound to one core, the time says what Ray costs, not what more cores would
bring.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal

from runtime import RESULTS, machine

import programasweights as paw
from programasweights.records import Target, run_table

LABELS = Literal["positive", "negative"]
SPEC = "Is the review positive or negative?"
EXAMPLES = [("I loved every minute of it.", "positive"), ("A boring waste of time.", "negative")]
THINGS = [
    "the film",
    "this phone",
    "the hotel",
    "our waiter",
    "the new album",
    "that book",
    "the soup",
    "my headphones",
    "the tour",
    "the app",
]
FEELS = [
    "is wonderful",
    "broke after a day",
    "was better than I hoped",
    "is not worth the price",
    "made me smile",
    "was a let-down",
    "just works",
    "never arrived",
]
TAILS = [
    " !",
    " .",
    ", and I would buy it again.",
    ", sadly.",
    " :)",
    ", says my sister.",
    ", honestly.",
    " - five stars.",
    " - one star.",
    ", I suppose.",
]
OPENERS = [
    "Well, ",
    "So, ",
    "Honestly: ",
    "I must say ",
    "My verdict: ",
    "Once more: ",
    "To be fair, ",
    "Update: ",
]
STORE_BYTES = 100 * 2**20


@dataclass
class Killer:
    """Kills a worker whenever so many lines are in the journal."""

    journal: Path
    at: list[int]
    raylets: set[int]
    killed_at: list[int] = field(default_factory=list)

    def run(self) -> None:
        """Until all are killed."""
        while len(self.killed_at) < len(self.at):
            lines = self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0
            if lines > self.at[len(self.killed_at)] and (pids := workers(self.raylets)):
                os.kill(pids[0], signal.SIGKILL)
                self.killed_at.append(lines)
            time.sleep(0.1)


def workers(raylets: set[int]) -> list[int]:
    """Process ids of the workers of some nodes."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent in raylets and (folder / "cmdline").read_bytes().startswith(b"ray::MapWorker"):
                found.append(int(folder.name))
        except (OSError, IndexError):
            continue
    return found


def memory(pids: list[int]) -> list[dict[str, float]]:
    """MB that each process has in memory: all of it, and its share of what several have (PSS)."""
    found = []
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
        kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
        names = {"rss_mb": "Rss", "pss_mb": "Pss", "private_mb": "Private_Dirty"}
        found.append({name: round(kilobytes[key] / 1024, 1) for name, key in names.items()})
    return found


def texts(rows: int, distinct: int) -> list[str]:
    """Rows in an order of chance, of so many distinct texts."""
    draw = random.Random(0)
    all_texts = ["".join((o, t, " ", f, e)) for o, t, f, e in product(OPENERS, THINGS, FEELS, TAILS)]
    chosen = draw.sample(all_texts, distinct)
    found = chosen + draw.choices(chosen, k=rows - distinct)
    draw.shuffle(found)
    return found


def first_places(rows: list[str], shares: tuple[float, ...]) -> list[int]:
    """The rows by which so many of the distinct texts have come."""
    places = sorted({text: place for place, text in reversed(list(enumerate(rows)))}.values())
    return [places[int(share * len(places))] for share in shares]


def on_ray(program: bytes, source: Path, target: Path, kill_at: list[int], cpus: int) -> dict[str, Any]:
    """The same on two nodes, with two workers killed."""
    import ray
    from ray.cluster_utils import Cluster

    from programasweights.distributed import map_dataset

    size = {"num_cpus": cpus, "object_store_memory": STORE_BYTES}
    cluster = Cluster(initialize_head=True, head_node_args={**size, "include_dashboard": False})
    try:
        cluster.add_node(**size)
        ray.init(address=cluster.address, log_to_driver=False, logging_level="error")
        raylets = {node.all_processes["raylet"][0].process.pid for node in cluster.list_all_nodes()}
        journal = target.with_name(f"{target.name}.journal")
        killer = Killer(journal, kill_at, raylets)
        threading.Thread(target=killer.run, daemon=True).start()
        used: list[dict[str, float]] = []
        threading.Thread(target=watch, args=(journal, raylets, used), daemon=True).start()
        start = time.perf_counter()
        found = map_dataset(program, source, output=target, returns=LABELS)
        seconds = time.perf_counter() - start
    finally:
        ray.shutdown()
        cluster.shutdown()
    assert len(killer.killed_at) == 2, "the run was over before two workers were killed"
    return {
        "rows": found.rows,
        "failed": sum(found.failed.values()),
        "nodes": 2,
        "workers": 2 * cpus,
        "killed_at_row": killer.killed_at,
        "seconds": round(seconds, 1),
        "rows_per_second": round(found.rows / seconds, 1),
        "worker_memory": used,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
    }


def watch(journal: Path, raylets: set[int], used: list[dict[str, float]]) -> None:
    """Note the workers' memory once they have run rows."""
    while not journal.exists() or journal.read_bytes().count(b"\n") < 200:
        time.sleep(0.2)
    used.extend(memory(workers(raylets)))


def alone(function: Any, source: Path, target: Path) -> dict[str, Any]:
    """In this process."""
    start = time.perf_counter()
    found = run_table(function.map, source, "text", Target(target, "output", "text"), belongs_to={})
    seconds = time.perf_counter() - start
    return {
        "rows": found.rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(found.rows / seconds, 1),
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
    }


def main() -> None:
    """Run both, compare, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=RESULTS / "ray_map.json")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--distinct", type=int, default=2_000)
    parser.add_argument("--cpus", type=int, default=1, help="CPUs, and so workers, of each node")
    options = parser.parse_args()
    os.environ |= {"PAW_THREADS": "1", "RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}
    function = paw.compile(SPEC, EXAMPLES, returns=LABELS)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reviews.csv"
        rows = texts(options.rows, options.distinct)
        source.write_text("text\n" + "".join(f'"{text}"\n' for text in rows), "utf-8")
        single = alone(function, source, Path(folder) / "alone.csv")
        print(single, flush=True)
        target = Path(folder) / "ray.csv"
        ray = on_ray(
            paw.save(function.program), source, target, first_places(rows, (1 / 3, 2 / 3)), options.cpus
        )
        labels = Counter(line.rsplit(",", 2)[1] for line in target.read_text("utf-8").splitlines()[1:])
    found = {
        "machine": machine(),
        "program": function.id,
        "rows": options.rows,
        "distinct_texts": len(set(rows)),
        "labels": dict(labels),
        "one_process": single,
        "ray": ray,
        "same_bytes": single["sha256"] == ray["sha256"],
    }
    options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))
    assert found["same_bytes"]


if __name__ == "__main__":
    main()
