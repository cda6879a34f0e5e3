"""How far can `confidence` be trusted? Collects it on validation tasks, fits one half, reports on the other.

    python benchmarks/calibration.py --data FOLDER [--data FOLDER] [--minutes 40] [--out OUT.json]

The folders hold `valid.jsonl.gz` of a built data set, `instructions/valid.jsonl.gz` and `wrench/<set>/valid.*`
(docs/data.md); nothing of a test split is read. Every task is compiled by the default compiler, from its spec alone and
with up to three examples, and what its labels (or its decoded text) score is kept in `OUT.answers.jsonl`, so that a
stopped run goes on; after `--minutes` it is summed up as far as it is. Writes `benchmarks/results/calibration.json`,
`docs/figures/reliability.png` and `docs/figures/coverage.png`. Needs matplotlib.
"""

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

from calibration_fit import draw, summed_up

import programasweights as paw
from programasweights.compiler.checkpoint import load_checkpoint
from programasweights.compiler.default import SHIPPED
from programasweights.errors import InputError, SpecError
from programasweights.evaluation.label_swap import has_labels
from programasweights.evaluation.metrics import exact_match
from programasweights.evaluation.suites import Suite, SuiteTask, load_suite
from programasweights.lm.decoding import complete
from programasweights.spec import split_examples
from programasweights.typed import TypedFunction

ROOT = Path(__file__).parents[1]
FORMS = ("spec alone", "with examples")
FREE = ("", "N/A", "[MASK]")
"""Inputs without content: what a program answers to them is its habit."""
WRENCH_CASES = 100
TOKENS = 48
"""Longest output of open types."""


@dataclass(frozen=True)
class Work:
    """A task to be compiled in one form."""

    suite: str
    task: SuiteTask
    form: str
    labels: tuple[str, ...]
    """Empty for open outputs."""

    @property
    def key(self) -> str:
        text = json.dumps([self.suite, self.task.name, self.form, self.labels])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def collected(folders: list[Path], answers: Path, minutes: float) -> list[dict[str, Any]]:
    """All rows, those of earlier runs included; one row is one input of one program."""
    rows = [json.loads(line) for line in answers.read_text("utf-8").splitlines()] if answers.exists() else []
    known, end = {row["key"] for row in rows}, time.monotonic() + 60 * minutes
    for work in _in_turn(folders):
        if work.key in known:
            continue
        if time.monotonic() > end:
            break
        found = list(_answered(work))
        with answers.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in found)
        rows += found
    wanted = {work.key for work in _in_turn(folders)}
    return [row for row in rows if row["key"] in wanted]


def _in_turn(folders: list[Path]) -> Iterator[Work]:
    """The suites' tasks in turn, so that a short run has some of all; open ones, which take long, come seldom."""
    natural = load_suite("instructions", folders, tasks=10**6, cases=12)
    made = load_suite("valid", folders, tasks=10**6, cases=8)
    for name in ("sms", "youtube"):
        for work in _closed(load_suite(f"wrench-{name}", folders)):
            yield from work
    labelled, spoken = _closed(made), _closed(natural)
    opened = (work for pair in zip(_open(made), _open(natural), strict=False) for work in pair)
    for turn in count():
        streams = [labelled, labelled, labelled, spoken] + [opened] * (turn % 8 == 0)
        group = [work for stream in streams if (work := next(stream, None)) is not None]
        if not group:
            return
        for works in group:
            yield from works


def _closed(suite: Suite) -> Iterator[list[Work]]:
    seen: dict[str, int] = {}
    for task in suite.tasks:
        # a few specs of each family
        seen[task.cluster] = seen.get(task.cluster, 0) + 1
        if has_labels(task) and seen[task.cluster] < 3:
            answers = [case.answers[0] for case in task.cases] + [wanted for _, wanted in task.demos]
            yield [Work(suite.name, task, form, tuple(sorted(set(answers)))) for form in FORMS]


def _open(suite: Suite) -> Iterator[list[Work]]:
    seen: set[str] = set()
    for task in suite.tasks:
        if task.cluster not in seen and not has_labels(task):
            seen.add(task.cluster)
            yield [Work(f"{suite.name}, open", task, form, ()) for form in FORMS]


def _answered(work: Work) -> Iterator[dict[str, Any]]:
    text, shown = split_examples(work.task.spec)
    pairs = [(case.input, case.answers) for case in work.task.cases]
    demos = [*shown, *work.task.demos]
    if work.suite.startswith("valid"):
        # its pairs are all cases so far: three become examples, in both forms, so that both score the same
        demos, pairs = [*shown, *((given, answers[0]) for given, answers in pairs[5:])], pairs[:5]
    pairs = pairs[:WRENCH_CASES]
    row = {"key": work.key, "suite": work.suite, "family": work.task.cluster, "form": work.form}
    try:
        function = paw.compile(
            text,
            demos[:3] if work.form == "with examples" else None,
            returns=Literal[work.labels] if work.labels else str,
            max_new_tokens=TOKENS,
        )
        free = [_scores(function, given) for given in FREE] if work.labels else None
        for given, answers in pairs:
            if work.labels:
                place = work.labels.index(answers[0])
                yield row | {"scores": _scores(function, given), "free": free, "answer": place}
            else:
                output, logprob = _decoded(function, given)
                right = max(exact_match(output, answer) for answer in answers)
                yield row | {"logprob": logprob, "right": right}
    except (SpecError, InputError, paw.ProgramError) as error:
        print(f"left out {work.task.name}: {error}", file=sys.stderr)


def _scores(function: TypedFunction[Any], text: str) -> list[float]:
    """The log-probability of every label."""
    [request] = function._requests([text])
    return [round(float(score), 4) for score in function._ways.scores(request)]


def _decoded(function: TypedFunction[Any], text: str) -> tuple[str, float]:
    """Greedy output and its log-probability."""
    [request] = function._requests([text])
    [(_, completion)] = complete(function.untyped.interpreter.engine, [request])
    return function.untyped.interpreter.text(function.untyped.prepared, completion.ids), completion.logprob


def main() -> None:
    """Collect, fit, report, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/calibration.json")
    parser.add_argument("--figures", type=Path, default=ROOT / "docs/figures")
    asked = parser.parse_args()
    rows = collected(asked.data, asked.out.with_suffix(".answers.jsonl"), asked.minutes)
    page = {
        "command": "python benchmarks/calibration.py",
        "checkpoint": load_checkpoint(SHIPPED).digest,
        "machine": {"cores": len(os.sched_getaffinity(0)), "python": platform.python_version()},
    } | summed_up(rows)
    asked.out.write_text(json.dumps(page, indent=1) + "\n", "utf-8")
    draw(rows, page, asked.figures)
    print(json.dumps(page["fitted"]), json.dumps(page["report"]["all"]))


if __name__ == "__main__":
    main()
