"""The most common answer to a question, whatever the picture: what a system must beat to have seen anything."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from programasweights.data.images import Question
from programasweights.evaluation.pictures.sample import Sample, picture_task
from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome

__all__ = ["QuestionMajority"]


class QuestionMajority:
    """Learns answers by question from the training split; of a question that never came up, the task's answer."""

    name = "majority"
    together = 1000

    def __init__(self, sample: Sample) -> None:
        """Count the answers."""
        self._answers = {task: _counted(questions) for task, questions in sample.trained.items()}

    def fingerprint(self) -> str:
        """All that it learned."""
        return f"{self.name}/{sorted((task, sorted(found.items())) for task, found in self._answers.items())}"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """The most common answer to each question, the first of equals; empty without any."""
        return [Outcome(tuple(self._answer(task, case.input) for case in task.cases)) for task in tasks]

    def single(self, task: SuiteTask) -> float:
        """No time at all."""
        del task
        return 0.0

    def _answer(self, task: SuiteTask, question: str) -> str:
        known = self._answers.get(picture_task(task).task, {})
        return known.get(question, known.get(_ANY, ""))


_ANY = ""
"""Stands for all questions; no question is empty."""


def _counted(questions: Iterable[Question]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for question in questions:
        for text in (question.text, _ANY):
            counts[text][question.answer] += 1
    return {text: found.most_common(1)[0][0] for text, found in counts.items()}
