"""Runs a function on cases."""

from collections.abc import Callable, Sequence
from typing import Any

from programasweights.checks.cases import Case, Cases, as_cases
from programasweights.checks.matching import plain
from programasweights.checks.report import CaseResult, TestReport
from programasweights.errors import PawError

__all__ = ["Tested", "answers", "run_cases"]

Tested = Callable[[str], Any]
"""From a text to a text or a value. If it has a `map`, that is called, with all inputs at once."""


def run_cases(function: Tested, cases: Cases) -> TestReport:
    """Run a function on cases and say which passed.

    A case that the function refuses with an error of this package, being too long for instance, has failed.

    Args:
        function: a function of the library, or any other of one text.
        cases: (input, expected) pairs or Case records.

    Raises:
        DataError: there are no cases, or one is not usable.
    """
    listed = as_cases(cases)
    found = answers(function, [case.input for case in listed])
    return TestReport(results=tuple(map(_result, listed, found)))


def answers(function: Tested, inputs: Sequence[str]) -> list[Any]:
    """The output for each input, or the error that the package raised for it."""
    together: Callable[[Sequence[str]], list[Any]] | None = getattr(function, "map", None)
    if together is not None:
        try:
            return together(inputs)
        except PawError:
            pass  # one by one, to see which it was
    return [_answer(function, text) for text in inputs]


def _answer(function: Tested, text: str) -> Any:
    try:
        return function(text)
    except PawError as error:
        return error


def _result(case: Case, found: Any) -> CaseResult:
    failed = isinstance(found, PawError)
    return CaseResult(
        input=case.input,
        expected=plain(case.expected),
        found=None if failed else plain(found),
        passed=not failed and case.accepts(found),
        comparison=case.way,
        name=case.name,
        error=str(found) if failed else None,
    )
