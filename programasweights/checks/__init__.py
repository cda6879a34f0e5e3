"""Evidence that a fuzzy function works: cases, suites with properties, comparisons, and warnings about specs.

Everything here takes any function of one text; how programs are made and run is not known.
"""

from programasweights.checks.cases import Case, as_cases
from programasweights.checks.comparing import Comparison, compare
from programasweights.checks.linting import SpecWarning, lint
from programasweights.checks.report import CaseResult, TestReport
from programasweights.checks.running import run_cases

__all__ = [
    "Case", "CaseResult", "Comparison", "SpecWarning", "TestReport", "as_cases", "compare", "lint", "run_cases",
]  # fmt: skip
