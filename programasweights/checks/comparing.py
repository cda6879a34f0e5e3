"""Compares two functions on the same cases: who is right where the other is wrong, and is that more than chance?"""

import time
from math import comb

from pydantic import BaseModel, ConfigDict

from programasweights.checks.cases import Cases, as_cases
from programasweights.checks.matching import COMPARISONS
from programasweights.checks.report import CaseResult, TestReport, in_percent
from programasweights.checks.running import Tested, answers, run_cases

__all__ = ["Comparison", "compare", "mcnemar"]


class Comparison(BaseModel):
    """Two functions on the same cases. `str()` of it is a readable page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: TestReport
    second: TestReport
    first_seconds: float
    """Mean time of a case when all are run at once."""
    second_seconds: float

    @property
    def wins(self) -> int:
        """Cases that only the first gets right."""
        return sum(a.passed and not b.passed for a, b in self._pairs)

    @property
    def losses(self) -> int:
        """Cases that only the second gets right."""
        return sum(b.passed and not a.passed for a, b in self._pairs)

    @property
    def p_value(self) -> float:
        """How often such a difference, or a larger one, would come by chance if both were equally good."""
        return mcnemar(self.wins, self.losses)

    @property
    def differences(self) -> tuple[tuple[CaseResult, CaseResult], ...]:
        """Results of both where the outputs are not the same."""
        same = COMPARISONS["exact"]
        return tuple((a, b) for a, b in self._pairs if not same(a.found, b.found) or a.error != b.error)

    @property
    def _pairs(self) -> list[tuple[CaseResult, CaseResult]]:
        return list(zip(self.first.results, self.second.results, strict=True))

    @property
    def headline(self) -> str:
        """Accuracies, wins and losses, speed."""
        lines = [
            f"{name}: {report.headline}, {1000 * seconds:.0f} ms a case"
            for name, report, seconds in (
                ("first", self.first, self.first_seconds),
                ("second", self.second, self.second_seconds),
            )
        ]
        only = f"right where the other is wrong: first {self.wins}, second {self.losses}"
        gap = in_percent(self.second.accuracy - self.first.accuracy)
        return "\n".join(
            [*lines, f"second - first: {gap} points; {only}; p = {self.p_value:.3g} (exact McNemar)"]
        )

    def rows(self) -> list[tuple[str, str, str, str]]:
        """(input, expected, first, second) of each case on which the outputs differ; a mark stands at right ones."""
        return [(repr(a.input), repr(a.expected), _marked(a), _marked(b)) for a, b in self.differences]

    def __str__(self) -> str:
        return self.headline


def compare(first: Tested, second: Tested, cases: Cases) -> Comparison:
    """Run two functions on the same cases.

    Args:
        first: a function of the library, or any other of one text.
        second: another.
        cases: (input, expected) pairs or Case records.

    Raises:
        DataError: there are no cases, or one is not usable.
    """
    listed = as_cases(cases)
    reports, seconds = [], []
    for function in (first, second):
        answers(function, [listed[0].input])  # whatever only a first call does is not timed
        start = time.perf_counter()
        reports.append(run_cases(function, listed))
        seconds.append((time.perf_counter() - start) / len(listed))
    return Comparison(
        first=reports[0], second=reports[1], first_seconds=seconds[0], second_seconds=seconds[1]
    )


def mcnemar(wins: int, losses: int) -> float:
    """Two-sided p-value of the exact McNemar test: of a fair coin for each case that only one gets right."""
    total = wins + losses
    tail = sum(comb(total, count) for count in range(min(wins, losses) + 1))
    return min(1.0, 2 * tail / (1 << total))


def _marked(result: CaseResult) -> str:
    return f"{'✓ ' if result.passed else ''}{result.outcome}"
