"""Compares the untrained compilers on unseen tasks and writes benchmarks/results/compilers.json.

    python benchmarks/compilers.py --data FOLDER [--out FILE]

FOLDER holds `instructions/valid.jsonl.gz`, one task a line: {"definition", "positive_examples": [{"input",
"output"}], "instances": [{"input", "output", "alt"?}]}. Each task is compiled from its definition, with and
without up to three of its examples, and the functions run on four instances. Scores are means over tasks,
with 95% intervals from 1,000 bootstrap draws of tasks.
"""

import argparse
import difflib
import gzip
import json
import re
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

import programasweights as paw

INSTANCES, EXAMPLES, LONGEST = 4, 3, 1500


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "compilers.json")
    options = parser.parse_args()
    tasks = read_tasks(options.data / "instructions" / "valid.jsonl.gz")
    report: dict[str, Any] = {"tasks": len(tasks), "instances_each": INSTANCES, "systems": {}}
    for shots in (0, EXAMPLES):
        for compiler in ("prompted", "neural"):
            print(f"{compiler} with {shots} examples ...", file=sys.stderr)
            report["systems"][f"{compiler}, {shots} examples"] = score(tasks, compiler, shots)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


def read_tasks(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def score(tasks: list[dict[str, Any]], compiler: str, shots: int) -> dict[str, Any]:
    exact, similar, seconds, sources = [], [], [], []
    for task in tasks:
        pairs = [(e["input"], e["output"]) for e in task["positive_examples"] if len(e["input"]) < LONGEST][
            :shots
        ]
        start = time.perf_counter()
        function = paw.compile(task["definition"], pairs, compiler=compiler, max_new_tokens=32)
        seconds.append(time.perf_counter() - start)
        sources.append(str(function.program.behaviour.recipe["pseudo_program"]))
        chosen = [i for i in task["instances"] if len(i["input"]) < LONGEST][:INSTANCES]
        outputs = function.map([i["input"] for i in chosen])
        answers = [[i["output"], *i.get("alt", [])] for i in chosen]
        both = list(zip(outputs, answers, strict=True))
        exact.append(statistics.mean(any(normal(o) == normal(a) for a in known) for o, known in both))
        similar.append(statistics.mean(max(similarity(o, a) for a in known) for o, known in both))
    return {
        "exact_match": interval(exact),
        "edit_similarity": interval(similar),
        "median_compile_seconds": round(statistics.median(seconds), 2),
        "pseudo_programs": {source: sources.count(source) for source in sorted(set(sources))},
    }


def normal(text: str) -> str:
    """Lower case, and every run of other than letters and digits one space."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def similarity(found: str, wanted: str) -> float:
    return difflib.SequenceMatcher(None, normal(found), normal(wanted)).ratio()


def interval(values: list[float]) -> dict[str, float]:
    draws = np.random.default_rng(0).choice(values, (1000, len(values))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return {
        "mean": round(float(np.mean(values)), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
    }


if __name__ == "__main__":
    main()
