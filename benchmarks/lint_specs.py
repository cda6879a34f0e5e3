"""How often `paw lint` warns on specs that people and generators wrote, and whether such specs score lower.

    python benchmarks/lint_specs.py DATA COLLECTIONS ANSWERS

DATA is a folder that `paw data build` wrote, COLLECTIONS the one with `instructions/`, ANSWERS the answers that the
`paw bench` run of benchmarks/results/shipped.json kept beside its results. Writes benchmarks/results/lint.json. It says
nothing of what the rules miss.
"""

import json
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from programasweights.checks import lint
from programasweights.checks.matching import exact_match
from programasweights.data.instructions import read_instructions
from programasweights.data.records import read_records
from programasweights.evaluation.suites import Suite, load_suite

OUT = Path(__file__).parent / "results" / "lint.json"
SUITES = ("test-spec", "test-family", "instructions")
DRAWS = 2000

Specs = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def rates(specs: Specs) -> dict[str, Any]:
    """Share of specs that each rule warns of."""
    found = [{warning.code for warning in lint(*spec)} for spec in specs]
    counts = Counter(code for codes in found for code in codes)
    return {"specs": len(specs), "warned": sum(map(bool, found)), "by_rule": dict(sorted(counts.items()))}


def scores(
    suites: Iterable[Suite], answers: dict[tuple[str, str, str], list[str]], system: str
) -> dict[str, Any]:
    """Exact match of specs with a warning and without one, and how often chance makes such a difference."""
    warned, clean = [], []
    for suite in suites:
        for task in suite.tasks:
            outputs = answers[system, suite.name, task.name]
            right = [
                max(exact_match(output, answer) for answer in case.answers)
                for output, case in zip(outputs, task.cases, strict=True)
            ]
            shown = task.demos if "-few" in system else ()
            (warned if lint(task.spec, shown) else clean).append(statistics.mean(right))
    return {
        "warned": len(warned),
        "exact_match_warned": round(statistics.mean(warned), 4),
        "clean": len(clean),
        "exact_match_clean": round(statistics.mean(clean), 4),
        "p_value": permutation(warned, clean),
    }


def permutation(first: list[float], second: list[float]) -> float:
    """Two-sided p-value of a difference of means."""
    gap = abs(statistics.mean(first) - statistics.mean(second))
    pool, draw, hits = first + second, random.Random(0), 0
    for _ in range(DRAWS):
        draw.shuffle(pool)
        parts = pool[: len(first)], pool[len(first) :]
        hits += abs(statistics.mean(parts[0]) - statistics.mean(parts[1])) >= gap - 1e-12
    return hits / DRAWS


def main(data: Path, collections: Path, kept: Path) -> None:
    """Measure and write."""
    draw = random.Random(7)
    generated = sorted({record.spec for record in read_records(data / "valid.jsonl.gz")})
    natural: list[tuple[str, list[tuple[str, str]]]] = []
    for name, count in (("valid", 40), ("train", 20)):
        tasks = list(read_instructions(collections / "instructions" / f"{name}.jsonl.gz"))
        for task in draw.sample(tasks, min(count, len(tasks))):
            natural.append((task.definition, [(e.input, e.output) for e in task.positive_examples[:2]]))
    rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    answers = {(row["system"], row["suite"], row["task"]): row["outputs"] for row in rows}
    suites = [load_suite(name, [data, collections], tasks=120) for name in SUITES]
    systems = ("compiled:shipped", "compiled-few:shipped")
    found = {
        "command": "python benchmarks/lint_specs.py DATA COLLECTIONS ANSWERS",
        "generated": rates([(spec, ()) for spec in draw.sample(generated, 200)]),
        "natural": rates(natural),
        "scores": {system: scores(suites, answers, system) for system in systems},
    }
    OUT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
