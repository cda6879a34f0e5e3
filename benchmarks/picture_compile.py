"""Time of compiling a spec with a picture, and of a call.

    python benchmarks/picture_compile.py CHECKPOINT --out FILE.json

Seconds on the clock and of the processor. The first compile on a machine, which writes the compiler's merged weights
into the cache folder, stands apart.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import programasweights as paw
from programasweights.data.images import draw_picture
from programasweights.settings import settings


def measured(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What work gives, and its seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, {
        "wall_s": round(time.perf_counter() - wall, 3),
        "cpu_s": round(time.process_time() - cpu, 3),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pictures", type=int, default=8)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    compiles, calls, sizes = [], [], []
    for number in range(asked.pictures + 1):
        drawn = draw_picture("circuit", 1, number, split="test")

        def make(png: bytes = drawn.png, words: str = drawn.spec) -> Any:
            return paw.compile(prompt=[words, paw.Image(png)], compiler=asked.checkpoint, max_new_tokens=16)

        f, took = measured(make)
        compiles.append(took)
        calls.append(measured(lambda f=f, text=drawn.questions[0].text: f(text))[1])
        sizes.append(len(paw.save(f.program)))
    told = paw.compile("Answer questions about this circuit.", compiler=asked.checkpoint, max_new_tokens=16)
    middle = {name: statistics.median(row[name] for row in compiles[1:]) for name in ("wall_s", "cpu_s")}
    result = {
        "command": f"python benchmarks/picture_compile.py CHECKPOINT --pictures {asked.pictures}",
        "threads": settings().threads,
        "pictures": asked.pictures,
        "first_compile": compiles[0],
        "compile_median": middle,
        "compile_most": {name: max(row[name] for row in compiles[1:]) for name in middle},
        "call_median": {name: statistics.median(row[name] for row in calls[1:]) for name in middle},
        "program_bytes": max(sizes),
        "program_bytes_of_text": len(paw.save(told.program)),
        "checkpoint_bytes": asked.checkpoint.stat().st_size,
    }
    asked.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
