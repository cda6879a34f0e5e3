"""What is measured when a program is compiled: how many of its own examples, and of tests, it gets right.

Examples are seen: the program shows them to the model, so they are easier than new inputs. Tests are not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from programasweights.checks.cases import Cases
from programasweights.checks.report import TestReport
from programasweights.errors import SpecError

__all__ = ["MOST_EXAMPLES", "Measured", "check_min_accuracy", "measure"]

MOST_EXAMPLES = 32
"""Examples that are run; each costs a call."""


@dataclass(frozen=True)
class Measured:
    """The results of the tests and the examples."""

    scores: Mapping[str, float]
    """For the program's record."""
    report: TestReport | None
    """Of the tests, or without any of the examples; None if nothing was run."""


def measure(
    test: Callable[[Cases], TestReport],
    examples: Sequence[tuple[str, str]],
    tests: Cases | None,
    known: Mapping[str, float],
    *,
    wanted: bool,
) -> Measured:
    """Run examples and tests.

    Args:
        test: runs cases.
        examples: those that the program was compiled with.
        tests: cases that it was not shown.
        known: scores of the same program; its examples are not run again for their score.
        wanted: whether a report is.

    Raises:
        DataError: a test is not usable.
    """
    scores: dict[str, float] = {}
    report = None
    if tests is not None:
        report = test(tests)
        scores |= {"test_accuracy": round(report.accuracy, 6), "test_cases": float(len(report.results))}
    if examples and ("examples_accuracy" not in known or (wanted and report is None)):
        seen = test(_some(examples))
        scores["examples_accuracy"] = round(seen.accuracy, 6)
        report = report or seen
    return Measured(scores, report)


def check_min_accuracy(least: float | None, *, measured: bool) -> None:
    """Refuse a threshold that cannot be used, before anything is compiled.

    Raises:
        SpecError: it is no share, or there is nothing to measure it on.
    """
    if least is None:
        return
    if isinstance(least, bool) or not isinstance(least, int | float) or not 0 <= least <= 1:
        raise SpecError(f"min_accuracy is {least!r:.60}, but must be a number from 0 to 1.")
    if not measured:
        raise SpecError("min_accuracy needs something to be measured on; give tests=, or examples.")


def _some(examples: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """All examples, or as many as are run, evenly spread."""
    count = min(len(examples), MOST_EXAMPLES)
    return [examples[place * len(examples) // count] for place in range(count)]
