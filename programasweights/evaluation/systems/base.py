"""The interface of a system under test."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from programasweights.evaluation.suites import SuiteTask

__all__ = ["Outcome", "System"]


@dataclass(frozen=True)
class Outcome:
    """What a system answered to the cases of one task."""

    outputs: tuple[str, ...]
    """One for each case, in order."""
    prepare_seconds: float = 0.0
    """Time for the task before its first input: compiling, writing code."""
    program_bytes: int = 0
    """What has to be kept for the task: a `.paw` file, a prompt, code."""
    note: str = ""
    """Why there is no answer, where a system could not give any."""


class System(Protocol):
    """Answers the inputs of tasks."""

    name: str
    """As named in reports."""
    together: int
    """Tasks that it likes to be given at once."""

    def fingerprint(self) -> str:
        """What decides its answers: models, prompts, settings. Answers are kept under it."""

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """Answer all cases of all tasks.

        Raises:
            PawError: the system cannot be used at all; a single task's failure is an empty outcome with a note.
        """

    def single(self, task: SuiteTask) -> float:
        """Seconds that one call takes alone, once the task is prepared: measured on its first case."""
