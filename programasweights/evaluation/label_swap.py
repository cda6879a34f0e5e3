"""Is the spec read? Two labels of a classification task are swapped in its text, and the right answers with them.

A system that answers by habit keeps its answers and fails; one that reads the spec scores as before.
"""

import re
from collections import Counter
from dataclasses import replace

from programasweights.evaluation.suites import SuiteCase, SuiteTask

__all__ = ["has_labels", "with_labels_swapped"]

_MOST_LABELS = 8


def has_labels(task: SuiteTask) -> bool:
    """Whether two labels of the task can be swapped."""
    return _two_labels(task) is not None


def with_labels_swapped(task: SuiteTask) -> SuiteTask:
    """The task with its two most frequent labels swapped in spec, demonstrations and answers.

    Raises:
        ValueError: the task has no two labels that stand in its spec.
    """
    pair = _two_labels(task)
    if pair is None:
        raise ValueError(f"{task.name} has no labels to swap.")
    one, two = pair
    swap = {one: two, two: one}
    pattern = re.compile(f"{_whole(one)}|{_whole(two)}")
    return replace(
        task,
        name=f"{task.name}+swapped",
        spec=pattern.sub(lambda found: swap[found.group()], task.spec),
        demos=tuple((given, swap.get(wanted, wanted)) for given, wanted in task.demos),
        cases=tuple(SuiteCase(c.input, tuple(swap.get(a, a) for a in c.answers)) for c in task.cases),
    )


def _two_labels(task: SuiteTask) -> tuple[str, str] | None:
    counts = Counter([case.answers[0] for case in task.cases] + [wanted for _, wanted in task.demos])
    if not 2 <= len(counts) <= _MOST_LABELS or any(len(case.answers) > 1 for case in task.cases):
        return None
    # every answer has to be a name in the spec, or this is no choice between labels
    if not all(_is_name(label) and re.search(_whole(label), task.spec) for label in counts):
        return None
    (one, _), (two, _) = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
    return None if one in two or two in one else (one, two)


def _is_name(label: str) -> bool:
    """Whether the label cannot be mistaken for punctuation or an article of the running text."""
    return any(c.isalnum() for c in label) and label not in ("a", "A", "I", "i") and "\n" not in label


def _whole(label: str) -> str:
    return rf"(?<!\w){re.escape(label)}(?!\w)"
