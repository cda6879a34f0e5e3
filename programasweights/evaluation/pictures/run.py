"""Runs systems on a sample of pictures and sums up; answers are kept, so that a stopped run goes on."""

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from programasweights.evaluation.bench import Results, answers_file, measure, task_scores, write_results
from programasweights.evaluation.kept import KeptAnswers
from programasweights.evaluation.metrics import Interval, bootstrap
from programasweights.evaluation.pictures.sample import Sample, SampleInfo, picture_task
from programasweights.evaluation.suites import Suite
from programasweights.evaluation.systems.base import System
from programasweights.progress import Advance

__all__ = ["PAPER", "Difference", "PictureResults", "run_pictures"]

PAPER: Mapping[str, float] = {"chemical": 36.5, "circuit": 24.1, "music": 52.5, "smiles": 17.5, "latex": 39.1}
"""Figures of the paper's table 2, in percent: of other, real data, and so for orientation only."""
_CONTROLS = ("paw-blind", "majority")


class Difference(BaseModel):
    """How much more a system gets right than one that sees nothing, on the same pictures."""

    model_config = ConfigDict(extra="forbid")

    task: str
    system: str
    control: str
    exact_match: Interval
    """Difference of exact match; the interval comes from draws of pictures, each with both systems' answers."""


class PictureResults(Results):
    """All scores of a run on pictures. Intervals come from draws of pictures."""

    sample: SampleInfo
    by_kind: dict[str, dict[str, dict[str, float]]]
    """Exact match by task, system and kind of question; mean over questions."""
    differences: list[Difference]
    """Against the blind control or, where none was run, the majority answers."""
    paper: dict[str, float]
    """For orientation: the paper's figures in percent, which are of other, real data."""


def run_pictures(
    sample: Sample,
    systems: Sequence[System],
    out: Path,
    *,
    command: str = "",
    advance: Advance = lambda _: None,
) -> PictureResults:
    """Run each system on the sample and write `out`, a JSON file of `PictureResults`.

    Args:
        sample: what to answer.
        systems: what answers.
        out: results; answers go beside it and are taken up again.
        command: how to repeat the run, for the file.
        advance: told the number of questions done.

    Raises:
        DataError: the file of answers is damaged.
        PawError: a system cannot be used.
    """
    kept = KeptAnswers(answers_file(out))
    found = measure(sample.suites, systems, kept, command=command, advance=advance)
    results = PictureResults(
        **found.model_dump(),
        sample=sample.info,
        by_kind={
            suite.name: {system.name: _by_kind(kept, suite, system) for system in systems}
            for suite in sample.suites
        },
        differences=list(_differences(kept, sample.suites, systems)),
        paper={suite.name: PAPER[suite.name] for suite in sample.suites},
    )
    write_results(results, out)
    return results


def _by_kind(kept: KeptAnswers, suite: Suite, system: System) -> dict[str, float]:
    right: dict[str, list[float]] = defaultdict(list)
    for task in suite.tasks:
        outputs = kept.outcome(suite, system, task).outputs
        for kind, case, found in zip(picture_task(task).kinds, task.cases, outputs, strict=True):
            right[kind].append(max(suite.metrics["exact_match"](found, answer) for answer in case.answers))
    return {kind: round(statistics.mean(values), 4) for kind, values in sorted(right.items())}


def _differences(
    kept: KeptAnswers, suites: Sequence[Suite], systems: Sequence[System]
) -> Iterator[Difference]:
    named = {kind: s for s in reversed(systems) for kind in _CONTROLS if s.name.partition(":")[0] == kind}
    control = next((named[kind] for kind in _CONTROLS if kind in named), None)
    if control is None:
        return
    for suite in suites:
        blind = _exact(kept, suite, control)
        for system in systems:
            if system is not control:
                own = _exact(kept, suite, system)
                more = [one - other for one, other in zip(own, blind, strict=True)]
                interval = bootstrap(more, [task.cluster for task in suite.tasks])
                yield Difference(
                    task=suite.name, system=system.name, control=control.name, exact_match=interval
                )


def _exact(kept: KeptAnswers, suite: Suite, system: System) -> list[float]:
    return [
        task_scores(suite, task, kept.outcome(suite, system, task))["exact_match"] for task in suite.tasks
    ]
