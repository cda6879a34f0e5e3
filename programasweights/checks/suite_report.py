"""What a run of a suite found: cases and properties together, for people, JSON and JUnit."""

from collections import defaultdict
from typing import Any
from xml.etree import ElementTree

from pydantic import BaseModel, ConfigDict

from programasweights.checks.properties import Finding, check_properties
from programasweights.checks.report import TestReport, in_percent
from programasweights.checks.running import Tested, run_cases
from programasweights.checks.suite import Suite
from programasweights.progress import printable

__all__ = ["SuiteReport", "junit", "run_suite"]

HEAD = ("check", "input", "expected", "found")
"""Columns of `SuiteReport.failures`."""


class SuiteReport(BaseModel):
    """All that a suite found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: str
    program: str
    min_accuracy: float
    min_share: float
    cases: TestReport
    """Without results where the suite has no cases."""
    findings: tuple[Finding, ...]
    """One for each check of a property."""

    @property
    def shares(self) -> dict[str, float]:
        """Property -> share of its checks that hold."""
        held: dict[str, list[bool]] = defaultdict(list)
        for finding in self.findings:
            held[finding.property].append(finding.passed)
        return {name: sum(passed) / len(passed) for name, passed in held.items()}

    @property
    def cases_passed(self) -> bool:
        """Whether enough cases passed."""
        return not self.cases.results or self.cases.passed(self.min_accuracy)

    @property
    def passed(self) -> bool:
        """Whether enough cases passed, and every property holds often enough."""
        return self.cases_passed and all(share >= self.min_share for share in self.shares.values())

    @property
    def headline(self) -> str:
        """A line for the cases and one for each property."""
        lines = (
            [f"{self.cases.headline} (needs {in_percent(self.min_accuracy)}%)"] if self.cases.results else []
        )
        for name, share in self.shares.items():
            count = sum(finding.property == name for finding in self.findings)
            lines.append(
                f"{name}: holds in {in_percent(share)}% of {count} checks (needs {in_percent(self.min_share)}%)"
            )
        return "\n".join([*lines, "passed" if self.passed else "FAILED"])

    def failures(self) -> list[tuple[str, str, str, str]]:
        """(check, input, expected, found) of everything that did not pass."""
        cases = [(f"case {row[0]}", *row[1:]) for row in self.cases.rows()]
        wrong = [finding for finding in self.findings if not finding.passed]
        return cases + [(f.property, repr(f.input), f.expected, repr(f.found)) for f in wrong]

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON has it, with what follows from it."""
        low, high = self.cases.interval
        found = {
            "passed": self.passed,
            "accuracy": self.cases.accuracy,
            "interval": [low, high],
            "shares": self.shares,
        }
        return found | self.model_dump(mode="json")


def run_suite(function: Tested, suite: Suite, *, name: str, program: str) -> SuiteReport:
    """Run a suite's cases and properties.

    Args:
        function: what is tested.
        suite: on what.
        name: what the report calls the suite.
        program: what it calls the function.
    """
    cases, properties = suite.listed(), suite.asked()
    return SuiteReport(
        suite=name,
        program=program,
        min_accuracy=suite.min_accuracy,
        min_share=1.0 if properties is None else properties.min_share,
        cases=run_cases(function, cases) if cases else TestReport(results=()),
        findings=() if properties is None else check_properties(function, properties),
    )


def junit(report: SuiteReport) -> str:
    """The report as JUnit XML: a test case for each case and each check of a property.

    What went wrong within what the suite tolerates is skipped, not failed: the file fails where the suite does.
    """
    root = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(root, "testsuite", name=_clean(report.suite))
    for number, result in enumerate(report.cases.results, 1):
        wrong = None if result.passed else f"expected {result.expected!r}, found {result.outcome}"
        _add(suite, "cases", f"{result.name or number}: {result.input}", wrong, report.cases_passed)
    for number, finding in enumerate(report.findings, 1):
        wrong = None if finding.passed else f"expected {finding.expected}, found {finding.found!r}"
        tolerated = report.shares[finding.property] >= report.min_share
        _add(suite, finding.property, f"{number}: {finding.input}", wrong, tolerated)
    counts = {
        "tests": len(suite),
        "failures": len(suite.findall("./testcase/failure")),
        "skipped": len(suite.findall("./testcase/skipped")),
        "errors": 0,
    }
    for name, count in counts.items():
        suite.set(name, str(count))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add(suite: ElementTree.Element, group: str, name: str, wrong: str | None, tolerated: bool) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=_clean(group), name=_clean(name)[:200])
    if wrong is not None:
        kind, why = ("skipped", "wrong, but tolerated: ") if tolerated else ("failure", "")
        ElementTree.SubElement(case, kind, message=_clean(f"{why}{wrong}"))


def _clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return printable(text.replace("\n", "\\n"))
