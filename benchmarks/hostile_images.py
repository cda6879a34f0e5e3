"""Loads 500 hostile picture files, and as many mutants of sound ones: an error that says why, no crash, little memory.

    python benchmarks/hostile_images.py

Each file is loaded in a process of its own, forked from one that has loaded a picture before, so that a crash is
seen, and what a file costs is the growth of that process's largest memory. Mutants may still be pictures.
"""

import argparse
import json
import os
import platform
import resource
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

import PIL
from hostile_image_files import hostile_files, mutants, saved, sound_files
from PIL import Image as PillowImage

import programasweights as paw

RESULTS = Path(__file__).parent / "results" / "hostile_images.json"


Loader = Callable[[bytes], dict[str, Any]]


def load(content: bytes) -> dict[str, Any]:
    """What became of a file, in this process."""
    before, start = peak(), time.perf_counter()
    try:
        picture = paw.Image(content)
        outcome, said = "loaded", repr(picture)
    except paw.ImageError as error:
        outcome, said = "ImageError", str(error)
    except BaseException:  # noqa: BLE001
        outcome, said = "unexpected", traceback.format_exc()
    return {
        "outcome": outcome,
        "said": said,
        "mb": (peak() - before) / 1024,
        "s": time.perf_counter() - start,
    }


def peak() -> int:
    """The process's largest memory so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def load_apart(content: bytes) -> dict[str, Any]:
    """`load` in a fork, whose death is an outcome too."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writing, "w") as pipe:
            json.dump(load(content), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if status:
        return {"outcome": "crash", "said": f"status {status}", "mb": 0.0, "s": 0.0}
    found: dict[str, Any] = json.loads(said)
    return found


def is_clear(found: dict[str, Any]) -> bool:
    """One line that says what was found, and what to do or what was expected."""
    said = found["said"]
    return (
        "\n" not in said
        and 40 <= len(said) <= 600
        and any(word in said for word in ("Expected", "save", "scale"))
    )


def run(files: Iterable[tuple[str, bytes]], *, may_load: bool, load: Loader = load_apart) -> dict[str, Any]:
    """Outcomes by class, what is not as it must be, and the largest costs."""
    by_class: dict[str, Counter[str]] = {}
    wrong, worst, longest, total = [], (0.0, ""), (0.0, ""), 0
    for kind, content in files:
        found = load(content)
        total += 1
        by_class.setdefault(kind, Counter())[found["outcome"]] += 1
        allowed = {"ImageError", "loaded"} if may_load else {"ImageError"}
        if found["outcome"] not in allowed or (found["outcome"] == "ImageError" and not is_clear(found)):
            wrong.append({"class": kind, **found})
        worst, longest = max(worst, (found["mb"], kind)), max(longest, (found["s"], kind))
    return {
        "files": total,
        "not_as_it_must_be": wrong,
        "largest_growth_mb": [round(worst[0], 1), worst[1]],
        "longest_seconds": [round(longest[0], 2), longest[1]],
        "by_class": {kind: dict(sorted(counts.items())) for kind, counts in by_class.items()},
    }


def largest_allowed() -> dict[str, float]:
    """What a picture of as many pixels as allowed costs, by kind, in MB."""
    turned = PillowImage.Exif()
    turned[0x0112] = 6
    size = (8_000, 4_000)
    files = {
        "RGB PNG": saved(PillowImage.new("RGB", size, "red"), "PNG"),
        "RGBA PNG": saved(PillowImage.new("RGBA", size, (9, 9, 9, 99)), "PNG"),
        "RGB JPEG, turned": saved(PillowImage.new("RGB", size, "red"), "JPEG", exif=turned.tobytes()),
    }
    return {kind: round(load_apart(content)["mb"], 1) for kind, content in files.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=1.0, help="how many of the files, from 0 to 1")
    parser.add_argument("--out", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    for _, content in sound_files(Random(0), 12):  # readers are imported, and so cost nothing later
        paw.Image(content)
    report = {
        "pillow": PIL.__version__,
        "python": platform.python_version(),
        "must_fail": run(hostile_files(arguments.seed, arguments.share), may_load=False),
        "mutants": run(mutants(Random(arguments.seed), round(500 * arguments.share)), may_load=True),
        "largest_allowed_mb": largest_allowed() if arguments.share == 1 else {},
    }
    arguments.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
