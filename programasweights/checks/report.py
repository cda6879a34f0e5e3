"""What a test of a function found: accuracy with its interval, every case, and a page to read."""

from collections.abc import Sequence
from math import sqrt
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from programasweights.errors import DataError
from programasweights.program.manifest import first_fault
from programasweights.progress import printable

__all__ = ["CaseResult", "TestReport", "in_percent", "table", "wilson"]

_SHOWN = 20
"""Failures on a page; all of them are in the report."""
_WIDTH = 40
_NORMAL = 1.959964
"""Half of the width of a 95% interval, in standard deviations."""


class CaseResult(BaseModel):
    """What became of one case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: str
    expected: JsonValue
    found: JsonValue
    """None if there is no output."""
    passed: bool
    comparison: str
    name: str | None = None
    error: str | None = None
    """Why there is no output."""

    @property
    def outcome(self) -> str:
        """What was found, for a table: in quotation marks, so that blanks are seen."""
        return repr(self.found) if self.error is None else f"error: {self.error}"


class TestReport(BaseModel):
    """All results of a test. `str()` of it is a readable page."""

    __test__: ClassVar[bool] = False  # pytest takes what is called Test... for tests
    model_config = ConfigDict(frozen=True, extra="forbid")

    results: tuple[CaseResult, ...]
    """In the order of the cases."""

    @property
    def correct(self) -> int:
        """Cases that passed."""
        return sum(result.passed for result in self.results)

    @property
    def accuracy(self) -> float:
        """Share of cases that passed; 0.0 without any."""
        return self.correct / len(self.results) if self.results else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95% Wilson interval of the accuracy: where it lies for inputs like these."""
        return wilson(self.correct, len(self.results))

    @property
    def failures(self) -> tuple[CaseResult, ...]:
        """Cases that did not pass."""
        return tuple(result for result in self.results if not result.passed)

    def passed(self, min_accuracy: float = 1.0) -> bool:
        """Whether enough cases passed: all of them, if nothing else is said."""
        return self.accuracy >= min_accuracy

    def to_json(self) -> str:
        """The report as a JSON object."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str) -> "TestReport":
        """The report that `to_json` wrote.

        Raises:
            DataError: it is none.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise DataError(f"this is no test report: {first_fault(error)}.") from None

    @property
    def headline(self) -> str:
        """One line."""
        low, high = self.interval
        share = f"{in_percent(self.accuracy)}% [{in_percent(low)}, {in_percent(high)}]"
        return f"{self.correct} of {len(self.results)} cases passed: {share}"

    def rows(self) -> list[tuple[str, str, str, str]]:
        """(case, input, expected, found) of each failure."""
        return [
            (result.name or str(number), repr(result.input), repr(result.expected), result.outcome)
            for number, result in enumerate(self.results, 1)
            if not result.passed
        ]

    def __str__(self) -> str:
        rows = self.rows()
        if not rows:
            return self.headline
        more = [f"... and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else []
        return "\n".join(
            [self.headline, "", *table(("case", "input", "expected", "found"), rows[:_SHOWN]), *more]
        )


def wilson(correct: int, total: int) -> tuple[float, float]:
    """95% interval of a share, after Wilson: sound for few cases and for shares near 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, square = correct / total, _NORMAL**2
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _NORMAL / (1 + square / total) * sqrt(share * (1 - share) / total + square / (4 * total**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def in_percent(share: float) -> str:
    """One digit behind the point."""
    return f"{100 * share:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table, in which no cell is wider than fits a page."""
    cells = [[_clipped(cell) for cell in row] for row in [head, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]


def _clipped(cell: str) -> str:
    line = printable(cell.replace("\n", "\\n"))
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
