"""The most common answer of the examples, whatever the input: what a system must beat to have read anything."""

from collections import Counter
from collections.abc import Sequence

from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome

__all__ = ["MajoritySystem"]


class MajoritySystem:
    """Always the same answer."""

    name = "majority"
    together = 1000

    def fingerprint(self) -> str:
        """Nothing but the rule."""
        return self.name

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """The most common answer of each task's examples, the first of equals; empty without examples."""
        return [Outcome((self._answer(task),) * len(task.cases)) for task in tasks]

    def single(self, task: SuiteTask) -> float:
        """No time at all."""
        del task
        return 0.0

    def _answer(self, task: SuiteTask) -> str:
        counts = Counter(wanted for _, wanted in task.demos)
        return counts.most_common(1)[0][0] if counts else ""
