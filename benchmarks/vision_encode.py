"""Times one picture, from file to features, for each of our encoders, and the reading of a line in it.

    taskset -c 0,1 python benchmarks/vision_encode.py      two cores of a quiet machine, by the clock

Pictures are rendered ones of every task, and one as large as a camera's. Decoding is timed apart from encoding; a time
is the median over a picture's repeats, of which the worst picture's counts. The processor's time is written
beside the clock's, since it holds on a busy machine, too.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from hostile_image_files import saved
from PIL import Image as PillowImage

import programasweights as paw
from programasweights.data.images import TASKS, draw_picture
from programasweights.settings import settings
from programasweights.vision.encoders import ENCODERS
from programasweights.vision.line import load_line_reader
from programasweights.vision.loader import load_encoder

RESULTS = Path(__file__).parent / "results" / "vision_encode.json"


def pictures(each: int) -> dict[str, list[bytes]]:
    """PNG files by task, and a JPEG of twelve million pixels."""
    found = {task: [draw_picture(task, 7, n, split="test").png for n in range(each)] for task in TASKS}
    small = PillowImage.frombytes("RGB", (400, 300), Random(0).randbytes(400 * 300 * 3))
    return found | {"camera": [saved(small.resize((4000, 3000)), "JPEG", quality=85)]}


def times(run: Callable[[], Any], repeats: int) -> dict[str, float]:
    """Medians, in milliseconds."""
    clock, processor = [], []
    for _ in range(repeats):
        start, used = time.perf_counter(), time.process_time()
        run()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return {
        "ms": round(statistics.median(clock) * 1000, 1),
        "processor_ms": round(statistics.median(processor) * 1000, 1),
    }


def worst(found: list[dict[str, float]]) -> dict[str, float]:
    """The slowest of them."""
    return max(found, key=lambda row: row["ms"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=4, help="pictures of each task")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--out", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    files = pictures(arguments.each)
    images = {task: [paw.Image(content) for content in contents] for task, contents in files.items()}
    report: dict[str, Any] = {
        "cores": len(os.sched_getaffinity(0)),
        "threads": settings().threads,
        "load": [round(load, 2) for load in os.getloadavg()],
        "decode": {
            task: worst([times(lambda c=content: paw.Image(c), arguments.repeats) for content in contents])
            for task, contents in files.items()
        },
        "encode": {},
    }
    reader = load_line_reader()
    report["line"] = {
        task: worst([times(lambda i=image: reader.read(i), arguments.repeats) for image in group])
        for task, group in images.items()
    }
    print("line", report["line"], flush=True)
    for name in ENCODERS:
        start = time.perf_counter()
        encoder = load_encoder(name)
        loading = round(time.perf_counter() - start, 2)
        encoder.encode(images["circuit"][:1])
        report["encode"][name] = {
            "load_s": loading,
            "tokens": encoder.tokens,
            "features": encoder.features,
        } | {
            task: worst(
                [times(lambda e=encoder, i=image: e.encode([i]), arguments.repeats) for image in group]
            )
            for task, group in images.items()
        }
        print(name, report["encode"][name], flush=True)
    arguments.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
