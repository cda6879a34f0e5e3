"""What can be measured about a family: refusals, capacity, and how far an answer that ignores the input goes."""

from collections import Counter
from dataclasses import dataclass

from programasweights.data.oracle.family import Family
from programasweights.data.oracle.task import Task, draw_task

__all__ = ["FamilyReport", "report_on"]


@dataclass(frozen=True)
class FamilyReport:
    """Measured on some drawn specs of one family."""

    family: str
    capacity: int
    """About how many different specs it can give."""
    refused: float
    """Share of draws that came out ill-formed."""
    majority: float
    """Mean over specs of the share of the most common answer: what always giving one answer scores."""
    copied: float
    """Share of pairs whose output is the input as it is."""
    cores: int
    """Different specs among those drawn, frames and examples aside."""
    drawn: int
    """Specs drawn and not refused."""


def report_on(family: Family, *, specs: int = 40, pairs: int = 8, seed: int = 0) -> FamilyReport:
    """Draw specs of a family and measure them."""
    tasks = [draw_task(family, seed, number, pairs) for number in range(specs)]
    good: list[Task] = [task for task in tasks if task is not None]
    cases = [case for task in good for case in task.pairs]
    return FamilyReport(
        family.name,
        family.capacity,
        1 - len(good) / specs,
        sum(Counter(c.output for c in t.pairs).most_common(1)[0][1] for t in good) / max(len(cases), 1),
        sum(c.input == c.output for c in cases) / max(len(cases), 1),
        len({task.core for task in good}),
        len(good),
    )
