"""How fast rows go through, and what a killed run leaves.

    python benchmarks/map_rows.py [--rows 10000] [--free-rows 1000] [--table-rows 10000] [--out OUT.json]

Maps a label function over short rows without duplicates and with half of them duplicates, and one of free text over
fewer. Then runs the rows through `paw run --input` twice: once to the end, and once killed with SIGKILL at three places
and resumed; compares the bytes of both tables, and the ids of the rows. Writes `benchmarks/results/map_rows.json`.
"""

import argparse
import csv
import hashlib
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Literal

import programasweights as paw
from programasweights.functions import Function
from programasweights.settings import settings
from programasweights.typed import TypedFunction

LABELS = ("positive", "negative")
SUBJECTS = ("film", "book", "meal", "hotel", "phone", "trip", "song", "show", "game", "lamp")
VERDICTS = ("I loved", "I hated", "Everybody praised", "Nobody liked", "I returned", "I would buy")
REASONS = ("the price", "the colour", "how it ended", "the staff", "its size", "the first day", "the sound")


def rows_of(count: int) -> list[str]:
    """Short texts, all different."""
    draw = random.Random(0)
    return [
        f"{draw.choice(VERDICTS)} the {draw.choice(SUBJECTS)} number {n} because of {draw.choice(REASONS)}."
        for n in range(count)
    ]


def half_duplicates(texts: list[str]) -> list[str]:
    """As many rows, each text twice, in random order."""
    found = texts[: len(texts) // 2] * 2
    random.Random(1).shuffle(found)
    return found


def timed(function: Any, texts: list[str]) -> dict[str, Any]:
    """Map, and say how fast."""
    start = time.perf_counter()
    outputs = function.map(texts)
    took = time.perf_counter() - start
    return {
        "rows": len(texts),
        "distinct": len(set(texts)),
        "share_of_duplicates": round(1 - len(set(texts)) / len(texts), 3),
        "seconds": round(took, 1),
        "rows_per_second": round(len(texts) / took, 1),
        "outputs_sha256": hashlib.sha256(json.dumps(outputs).encode()).hexdigest()[:16],
    }


def command(program: Path, source: Path, target: Path) -> list[str]:
    """`paw run` over a table."""
    options = ["--input", str(source), "--output", str(target), "--returns", ",".join(LABELS), "--resume"]
    return [sys.executable, "-m", "programasweights", "run", str(program), *options]


def killed_and_resumed(program: Path, source: Path, target: Path, rows: int) -> dict[str, Any]:
    """Kill the run when a quarter, a half and three quarters are there; then let it end."""
    journal, start, found = target.with_name(f"{target.name}.journal"), time.perf_counter(), []
    for share in (0.25, 0.5, 0.75):
        with subprocess.Popen(command(program, source, target), stderr=subprocess.DEVNULL) as process:
            while lines(journal) < share * rows:
                if process.poll() is not None:
                    raise SystemExit("the run ended before it could be killed")
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGKILL)
        found.append(lines(journal))
    subprocess.run(command(program, source, target), check=True, capture_output=True)
    return {"killed_after_rows": found, "seconds": round(time.perf_counter() - start, 1)}


def lines(journal: Path) -> int:
    """Rows in a journal."""
    return max(0, journal.read_bytes().count(b"\n") - 1) if journal.exists() else 0


def tables(function: Function, texts: list[str]) -> dict[str, Any]:
    """Run a table to the end, and again with interruptions."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program, source = function.dump(folder / "f.paw"), folder / "in.csv"
        with source.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["id", "text"], *((f"{n:06}", text) for n, text in enumerate(texts))])
        start = time.perf_counter()
        whole, pieces = folder / "whole.parquet", folder / "pieces.parquet"
        subprocess.run(command(program, source, whole), check=True, capture_output=True)
        took = time.perf_counter() - start
        interrupted = killed_and_resumed(program, source, pieces, len(texts))
        ids, outputs = columns(pieces)
        return {
            "rows": len(texts),
            "seconds": round(took, 1),
            "rows_per_second": round(len(texts) / took, 1),
            **{f"interrupted_{key}": value for key, value in interrupted.items()},
            "same_bytes": whole.read_bytes() == pieces.read_bytes(),
            "rows_lost": len(set(range(len(texts))) - set(map(int, ids))),
            "rows_repeated": len(ids) - len(set(ids)),
            "same_as_map": outputs
            == TypedFunction(function, Literal.__getitem__(LABELS)).map(texts[:200]) + outputs[200:],
        }


def columns(path: Path) -> tuple[list[str], list[str]]:
    """Ids and outputs."""
    from pyarrow import parquet

    table = parquet.read_table(path)
    return table["id"].to_pylist(), table["output"].to_pylist()


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--free-rows", type=int, default=1_000)
    parser.add_argument("--table-rows", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "map_rows.json")
    options = parser.parse_args()
    label = paw.compile(
        "Is the review positive or negative?",
        examples=[("I loved every minute of it.", "positive"), ("A boring waste of time.", "negative")],
        returns=Literal.__getitem__(LABELS),
    )
    free = paw.compile(
        "Name the thing that the sentence is about.",
        examples=[
            ("I loved the cake number 3 because of its size.", "cake"),
            ("Nobody liked the car.", "car"),
        ],
        max_new_tokens=16,
    )
    texts = rows_of(options.rows)
    found = {
        "command": f"python benchmarks/map_rows.py --rows {options.rows} --free-rows {options.free_rows}"
        f" --table-rows {options.table_rows}",
        "machine": {
            "cores": len(os.sched_getaffinity(0)),
            "engine_threads": settings().threads,
            "load_at_start": round(os.getloadavg()[0], 1),
            "python": platform.python_version(),
            "machine": platform.machine(),
        },
        "labels": timed(label, texts),
        "labels_half_duplicates": timed(label, half_duplicates(texts)),
        "free_text": timed(free, texts[: options.free_rows]),
        "paw_run": tables(label.untyped, texts[: options.table_rows]),
    }
    options.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
