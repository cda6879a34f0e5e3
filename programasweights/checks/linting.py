"""`lint`: reads a spec before it is compiled and warns of what makes specs fail. Needs no model."""

from collections.abc import Iterable
from dataclasses import dataclass

from programasweights.checks.lint_rules import RULES
from programasweights.checks.lint_signs import Task
from programasweights.spec import Spec

__all__ = ["SpecWarning", "lint"]


@dataclass(frozen=True)
class SpecWarning:
    """One thing that may be wrong with a spec."""

    code: str
    """L001, ..."""
    what: str
    """In a few words."""
    found: str
    """Where it was seen."""
    why: str
    """Why it matters."""
    fix: str
    """What to do."""

    def __str__(self) -> str:
        return f"{self.code} {self.what}: {self.found}\n     {self.why} {self.fix}"


def lint(spec: str, examples: Iterable[tuple[str, str]] | None = None) -> tuple[SpecWarning, ...]:
    """Warn of what makes specs fail, in the order of the rules' codes.

    Args:
        spec: the task in plain words.
        examples: (input, output) pairs.

    Raises:
        SpecError: the spec or an example is not usable at all.
    """
    checked = Spec.make(spec, examples)
    task = Task.of(checked.text, checked.examples)
    found = [(rule, rule.find(task)) for rule in RULES]
    return tuple(SpecWarning(r.code, r.what, said, r.why, r.fix) for r, said in found if said is not None)
