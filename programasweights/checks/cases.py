"""Cases: an input, what is expected for it, and how both are compared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from programasweights.checks.matching import COMPARISONS
from programasweights.errors import DataError

__all__ = ["MAX_CASES", "Case", "Cases", "as_cases"]

MAX_CASES = 10_000


@dataclass(frozen=True)
class Case:
    """One input with its right answer.

    Raises DataError if the input is no text, or there is no such comparison.
    """

    input: str
    """What the function is given."""
    expected: Any
    """What it should give: a text, or a value for functions with a type."""
    name: str | None = None
    """How reports call it."""
    comparison: str | Callable[[Any, Any], bool] = "exact"
    """exact, forgiving, json, number, or a function of what was found and what was expected."""

    def __post_init__(self) -> None:
        if not isinstance(self.input, str):
            raise DataError(f"the input of a case is a {type(self.input).__name__}, but must be text.")
        known = isinstance(self.comparison, str) and self.comparison in COMPARISONS
        if not known and not callable(self.comparison):
            raise DataError(
                f"the comparison of the case {self.input!r:.60} is {self.comparison!r:.60}, but must be one of "
                f"{', '.join(COMPARISONS)}, or a function of what was found and what was expected."
            )

    @property
    def way(self) -> str:
        """The name of the comparison."""
        if isinstance(self.comparison, str):
            return self.comparison
        return getattr(self.comparison, "__name__", type(self.comparison).__name__)

    def accepts(self, found: object) -> bool:
        """Whether an output counts as right."""
        compare = COMPARISONS[self.comparison] if isinstance(self.comparison, str) else self.comparison
        return bool(compare(found, self.expected))


Cases = Iterable[Case | tuple[str, Any]]
"""Cases, or (input, expected) pairs."""


def as_cases(cases: Cases) -> tuple[Case, ...]:
    """Cases from what a caller passes.

    Raises:
        DataError: there are none or too many, or one is neither a case nor a pair.
    """
    if isinstance(cases, str | bytes | dict):
        raise DataError(
            f"cases are a {type(cases).__name__}, but must be (input, expected) pairs or Case records."
        )
    found = tuple(_case(number, case) for number, case in enumerate(cases, 1))
    if not 1 <= len(found) <= MAX_CASES:
        raise DataError(f"there are {len(found)} cases; give 1 to {MAX_CASES}.")
    return found


def _case(number: int, case: object) -> Case:
    if isinstance(case, Case):
        return case
    if isinstance(case, tuple | list) and len(case) == 2 and isinstance(case[0], str):
        return Case(case[0], case[1])
    raise DataError(f"case {number} is {case!r:.100}, but must be a pair (input, expected) or a Case.")
