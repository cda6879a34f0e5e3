"""The model writes a Python function once, which then runs in a sandbox: the rival that needs no model to call."""

import re
import time
from collections.abc import Sequence
from typing import Protocol

from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome
from programasweights.evaluation.systems.prompted import Message
from programasweights.sandbox import run_function

__all__ = ["Answerer", "CodeSystem"]

_ASK = """Write a Python function `solve(text: str) -> str` that does the task below. It gets one input and returns
the output as a string. Use the standard library only, no files and no network. Reply with one Python code block.

Task:
{spec}"""
_SHOWN = "\n\nsolve({given!r}) must return {wanted!r}."


class Answerer(Protocol):
    """A model that answers conversations."""

    def fingerprint(self) -> str:
        """What decides the answers."""

    def answer(self, conversations: Sequence[Sequence[Message]]) -> list[str]:
        """An answer to each."""


class CodeSystem:
    """A model as a programmer."""

    together = 8

    def __init__(self, name: str, model: Answerer, *, seconds: int = 10) -> None:
        """Args: name for reports; the model, which should allow answers of 512 tokens; time limit of a run."""
        self.name = name
        self._model = model
        self._seconds = seconds

    def fingerprint(self) -> str:
        """The model and the prompt."""
        return f"{self.name}/{self._model.fingerprint()}/{_ASK}"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """Have all functions written, then run each on its inputs."""
        start = time.perf_counter()
        replies = self._model.answer([[("user", _question(task))] for task in tasks])
        each = (time.perf_counter() - start) / len(tasks)
        return [self._outcome(task, reply, each) for task, reply in zip(tasks, replies, strict=True)]

    def single(self, task: SuiteTask) -> float:
        """Seconds of one run of a function that does nothing: what starting the sandbox costs."""
        start = time.perf_counter()
        run_function("def solve(text):\n    return text", "solve", [task.cases[0].input])
        return time.perf_counter() - start

    def _outcome(self, task: SuiteTask, reply: str, seconds: float) -> Outcome:
        code = code_in(reply)
        result = run_function(code, "solve", [case.input for case in task.cases], seconds=self._seconds)
        note = next((error for error in result.errors if error), "")
        return Outcome(result.outputs, seconds, len(code.encode()), note)


def code_in(reply: str) -> str:
    """The code block of a reply; all of it if there is none. A block that was cut off counts."""
    found = re.search(r"```(?:python|py)?\s*\n(.*?)(?:```|\Z)", reply, re.DOTALL | re.IGNORECASE)
    return found.group(1) if found else reply


def _question(task: SuiteTask) -> str:
    shown = "".join(_SHOWN.format(given=given, wanted=wanted) for given, wanted in task.demos)
    return _ASK.format(spec=task.spec) + shown
