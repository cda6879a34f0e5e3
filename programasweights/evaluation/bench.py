"""Runs systems on suites and sums up. Every answer is kept in a file beside the results, so a run that was
stopped goes on where it was, and a second run with the same file does nothing twice.
"""

import json
import platform
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from programasweights.evaluation.kept import KeptAnswers
from programasweights.evaluation.metrics import ANSWER_METRICS, Interval, binary_f1, bootstrap
from programasweights.evaluation.suites import Suite, SuiteTask
from programasweights.evaluation.systems.base import Outcome, System
from programasweights.progress import Advance

__all__ = [
    "Results",
    "Score",
    "Wrong",
    "answers_file",
    "measure",
    "run_bench",
    "task_scores",
    "write_results",
]

_SINGLES = 5
"""Tasks whose first case is run alone, to measure latency."""
_KEPT_WRONG = 12


class Wrong(BaseModel):
    """A wrong answer, for reading."""

    spec: str
    input: str
    wanted: str
    found: str


class Score(BaseModel):
    """One system on one suite."""

    model_config = ConfigDict(extra="forbid")

    suite: str
    system: str
    tasks: int
    cases: int
    metrics: dict[str, Interval]
    """Macro means over tasks; intervals from draws of whole families. For a suite of one task: over its rows."""
    f1: float | None
    """F1 of the suite's class, where F1 is its metric."""
    by_category: dict[str, float]
    """Exact match by area, mean over tasks."""
    majority_answer: float
    """Mean over tasks of the share of the most common right answer: the prior's score, had one known it."""
    program_bytes: int
    """Median of what is kept for a task."""
    prepare_seconds: float
    """Median time for a task before its first input."""
    cases_per_second: float
    """Answers a second, preparing aside, many at once."""
    single_seconds: float
    """Median time of one call alone."""
    failed_tasks: int
    """Tasks that the system could not answer at all."""
    wrong: list[Wrong]


class Results(BaseModel):
    """All scores of a run."""

    model_config = ConfigDict(extra="forbid")

    command: str
    machine: str
    seconds: float
    """Wall time of the answers in it."""
    scores: list[Score]


def answers_file(out: Path) -> Path:
    """Where the answers of a run are kept: beside its results."""
    return out.with_suffix(".answers.jsonl")


def run_bench(
    suites: Sequence[Suite],
    systems: Sequence[System],
    out: Path,
    *,
    command: str = "",
    advance: Advance = lambda _: None,
) -> Results:
    """Run each system on each suite and write `out`, a JSON file of `Results`.

    Args:
        suites: what to answer.
        systems: what answers.
        out: results; answers go beside it and are taken up again.
        command: how to repeat the run, for the file.
        advance: told the number of cases done.

    Raises:
        DataError: the file of answers is damaged, other than in its last line.
        PawError: a system cannot be used.
    """
    results = measure(suites, systems, KeptAnswers(answers_file(out)), command=command, advance=advance)
    write_results(results, out)
    return results


def measure(
    suites: Sequence[Suite],
    systems: Sequence[System],
    kept: KeptAnswers,
    *,
    command: str = "",
    advance: Advance = lambda _: None,
) -> Results:
    """As `run_bench`, but leaves it to the caller to write the results."""
    scores = []
    for system in systems:
        for suite in suites:
            _answer(kept, suite, system, advance)
            scores.append(_score(kept, suite, system))
    seconds = sum(row["seconds"] for row in kept.rows.values() if row["key"] in kept.used)
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    return Results(command=command, machine=machine, seconds=round(seconds, 1), scores=scores)


def write_results(results: Results, out: Path) -> None:
    """Write results as JSON."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results.model_dump(), indent=1, ensure_ascii=False) + "\n", "utf-8")


def _answer(kept: KeptAnswers, suite: Suite, system: System, advance: Advance) -> None:
    left = [t for t in suite.tasks if kept.key(suite, system, t) not in kept.rows]
    advance(sum(len(t.cases) for t in suite.tasks) - sum(len(t.cases) for t in left))
    for first in range(0, len(left), system.together):
        group = left[first : first + system.together]
        start = time.perf_counter()
        outcomes = system.run(group)
        seconds = time.perf_counter() - start
        cases = sum(len(t.cases) for t in group)
        prepared = sum(o.prepare_seconds for o in outcomes)
        for task, outcome in zip(group, outcomes, strict=True):
            share = len(task.cases) / cases
            kept.add(
                {
                    "key": kept.key(suite, system, task),
                    "system": system.name,
                    "suite": suite.name,
                    "task": task.name,
                    "outputs": outcome.outputs,
                    "run_seconds": max(seconds - prepared, 0.0) * share,
                    "seconds": seconds * share,
                    "prepare_seconds": outcome.prepare_seconds,
                    "program_bytes": outcome.program_bytes,
                    "note": outcome.note,
                    "single_seconds": system.single(task) if task in suite.tasks[:_SINGLES] else None,
                }
            )
        advance(cases)


def _score(kept: KeptAnswers, suite: Suite, system: System) -> Score:
    rows = [kept.rows[kept.key(suite, system, task)] for task in suite.tasks]
    answered = [(task, kept.outcome(suite, system, task)) for task in suite.tasks]
    # A suite of one task is scored by row: its intervals come from draws of rows.
    units = list(_units(suite, answered))
    metrics = {
        name: bootstrap([unit[2][name] for unit in units], [unit[0] for unit in units])
        for name in suite.metrics
    }
    by_category: dict[str, list[float]] = defaultdict(list)
    for _, category, values in units:
        by_category[category].append(values["exact_match"])
    singles = [row["single_seconds"] for row in rows if row["single_seconds"] is not None]
    cases = sum(len(task.cases) for task in suite.tasks)
    busy = sum(row["run_seconds"] for row in rows)
    return Score(
        suite=suite.name,
        system=system.name,
        tasks=len(suite.tasks),
        cases=cases,
        metrics=metrics,
        f1=_f1(suite, answered),
        by_category={name: round(statistics.mean(v), 4) for name, v in sorted(by_category.items())},
        majority_answer=round(statistics.mean(_majority(task) for task in suite.tasks), 4),
        program_bytes=round(statistics.median(row["program_bytes"] for row in rows)),
        prepare_seconds=round(statistics.median(row["prepare_seconds"] for row in rows), 4),
        cases_per_second=round(cases / busy, 2) if busy else 0.0,
        single_seconds=round(statistics.median(singles), 4) if singles else 0.0,
        failed_tasks=sum(bool(row["note"]) and not any(row["outputs"]) for row in rows),
        wrong=_wrong(answered),
    )


def _units(
    suite: Suite, answered: Sequence[tuple[SuiteTask, Outcome]]
) -> Iterator[tuple[str, str, dict[str, float]]]:
    """(cluster, category, scores) of each task, or of each row if there is only one task."""
    for task, outcome in answered:
        if len(answered) == 1:
            rows = enumerate(_case_scores(suite, task, outcome))
            yield from ((str(n), task.category, values) for n, values in rows)
        else:
            yield task.cluster, task.category, task_scores(suite, task, outcome)


def task_scores(suite: Suite, task: SuiteTask, outcome: Outcome) -> dict[str, float]:
    """The suite's metrics of a task: means over its cases."""
    scored = _case_scores(suite, task, outcome)
    return {name: statistics.mean(values[name] for values in scored) for name in suite.metrics}


def _case_scores(suite: Suite, task: SuiteTask, outcome: Outcome) -> list[dict[str, float]]:
    return [
        {
            name: max(metric(found, answer) for answer in case.answers)
            for name, metric in suite.metrics.items()
        }
        for case, found in zip(task.cases, outcome.outputs, strict=True)
    ]


def _f1(suite: Suite, answered: Sequence[tuple[SuiteTask, Outcome]]) -> float | None:
    if suite.f1_of is None:
        return None
    found = [output for _, outcome in answered for output in outcome.outputs]
    wanted = [case.answers[0] for task, _ in answered for case in task.cases]
    return round(binary_f1(found, wanted, suite.f1_of), 4)


def _majority(task: SuiteTask) -> float:
    answers = [case.answers[0] for case in task.cases]
    return max(answers.count(answer) for answer in answers) / len(answers)


def _wrong(answered: Sequence[tuple[SuiteTask, Outcome]]) -> list[Wrong]:
    """The first wrong answer of each of the first tasks that have one."""
    found = []
    for task, outcome in answered:
        for case, output in zip(task.cases, outcome.outputs, strict=True):
            if not any(ANSWER_METRICS["exact_match"](output, answer) for answer in case.answers):
                found.append(Wrong(spec=task.spec, input=case.input, wanted=case.answers[0], found=output))
                break
        if len(found) == _KEPT_WRONG:
            break
    return found
