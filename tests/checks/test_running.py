"""Cases, what becomes of them, and reports."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import programasweights as paw
from programasweights.checks import Case, TestReport, run_cases
from programasweights.checks.report import wilson


class Counting:
    """Says how it was called."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def __call__(self, text: str) -> str:
        self.calls.append(1)
        if text == "too long":
            raise paw.ContextLengthError("it does not fit")
        return text.upper()

    def map(self, texts: Iterable[str]) -> list[str]:
        listed = list(texts)
        self.calls.append(len(listed))
        if "too long" in listed:
            raise paw.ContextLengthError("it does not fit")
        return [text.upper() for text in listed]


def test_a_function_is_run_on_all_cases_at_once() -> None:
    function = Counting()
    report = run_cases(function, [("a", "A"), Case("b", "x", name="second"), ("c", "C")])
    assert function.calls == [3]
    assert [r.passed for r in report.results] == [True, False, True]
    assert (report.correct, report.accuracy, len(report.failures)) == (2, 2 / 3, 1)
    assert report.passed(0.6)
    assert not report.passed()
    failure = report.failures[0]
    assert (failure.input, failure.expected, failure.found, failure.name) == ("b", "x", "B", "second")
    page = str(report)
    assert page.startswith("2 of 3 cases passed: 66.7% [20.8, 93.9]\n")
    assert page.splitlines()[-1].split() == ["second", "'b'", "'x'", "'B'"]


def test_an_input_that_is_refused_is_a_failure_and_stops_no_other() -> None:
    lenient = Case("too long", "x", comparison=lambda *_: True)
    report = run_cases(Counting(), [("a", "A"), lenient])
    assert [r.passed for r in report.results] == [True, False]
    assert report.results[1].error == "it does not fit"
    assert report.results[1].found is None
    assert "error: it does not fit" in str(report)


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        run_cases(lambda text: 1 / len(text[1:]), [("a", "b")])


def test_any_function_of_a_text() -> None:
    cases = [
        Case("4", 2.0, comparison="number"),
        Case("9", "about three", comparison=lambda found, expected: found < 4 and "three" in expected),
    ]
    report = run_cases(lambda text: float(text) ** 0.5, cases)
    assert report.passed()
    assert [r.comparison for r in report.results] == ["number", "<lambda>"]
    assert str(report) == "2 of 2 cases passed: 100.0% [34.2, 100.0]"


def test_reports_as_json() -> None:
    report = run_cases(str.split, [("a b", ["a", "b"]), ("\u2028 'x'", float("inf"))])
    again = TestReport.from_json(report.to_json())
    assert again == report
    assert json.loads(report.to_json())["results"][0]["found"] == ["a", "b"]
    for text in ("", "[]", '{"results": [{}]}', '{"results": [], "more": 1}'):
        with pytest.raises(paw.DataError, match="no test report"):
            TestReport.from_json(text)


def test_pages_stay_small_and_harmless() -> None:
    report = run_cases(lambda text: "\x1b[2J" + text * 100, [(f"{n}", "line\nline") for n in range(50)])
    page = str(report)
    assert "... and 30 more" in page
    assert max(map(len, page.splitlines())) < 140
    assert "\x1b" not in page


@pytest.mark.parametrize(
    ("cases", "message"),
    [
        ([], "there are 0 cases"),
        ("ab", "cases are a str"),
        ({"a": "b"}, "cases are a dict"),
        (["ab"], "case 1 is 'ab'"),
        ([("a", "b"), (1, "b")], "case 2 is"),
        ([("a",)], "case 1 is"),
    ],
)
def test_cases_that_make_no_sense(cases: Any, message: str) -> None:
    with pytest.raises(paw.DataError, match=message):
        run_cases(str, cases)
    with pytest.raises(paw.DataError, match="must be one of exact, forgiving"):
        Case("a", "b", comparison="fuzzy")
    with pytest.raises(paw.DataError, match="must be text"):
        Case(3, "b")  # type: ignore[arg-type]


def test_intervals_against_known_values() -> None:
    """Wilson's interval, computed by hand from its formula."""
    assert wilson(8, 10) == pytest.approx((0.49016, 0.94332), abs=1e-5)
    assert wilson(0, 10) == pytest.approx((0.0, 0.27753), abs=1e-5)
    assert wilson(10, 10) == pytest.approx((0.72247, 1.0), abs=1e-5)
    assert wilson(0, 0) == (0.0, 1.0)


def test_functions_and_typed_functions(tiny_name: str, tmp_path: Path) -> None:
    f = paw.compile("Urgent?", interpreter=tiny_name, max_new_tokens=8)
    outputs = f.map(["a", "b"])
    report = f.test([("a", outputs[0]), ("b", outputs[1] + "x")])
    assert [r.passed for r in report.results] == [True, False]
    typed = paw.function(f.program, returns=bool)
    value = typed("a")
    text = "yes" if value else "no"
    report = typed.test([("a", value), ("a", text), ("a", not value), ("a", "maybe")])
    assert [r.passed for r in report.results] == [True, True, False, False]
    assert report.results[0].found is value
    long = typed.test([("x" * 5000, True)])
    assert "1024" in (long.results[0].error or "")
