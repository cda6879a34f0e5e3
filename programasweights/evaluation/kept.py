"""The answers of a run in a file, so that a run that was stopped goes on and nothing is asked twice."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from programasweights.errors import DataError
from programasweights.evaluation.suites import Suite, SuiteTask
from programasweights.evaluation.systems.base import Outcome, System

__all__ = ["KeptAnswers"]


class KeptAnswers:
    """The answers so far, by system, suite and task."""

    def __init__(self, path: Path) -> None:
        """Read a file of answers, if it is there.

        Raises:
            DataError: it is damaged, other than in its last line.
        """
        self.path = path
        self.used: set[str] = set()
        self.rows: dict[str, dict[str, Any]] = {}
        self.prints: dict[int, str] = {}
        if path.exists():
            self._read()

    def _read(self) -> None:
        lines = self.path.read_bytes().split(b"\n")
        whole = 0
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line) if line else None
            except ValueError:
                if number < len(lines):
                    raise DataError(
                        f"line {number} of {self.path} is damaged; delete the file to start afresh."
                    ) from None
                break
            if row:
                self.rows[row["key"]] = row
            whole += len(line) + 1
        # A line that a killed run left unfinished is cut off, or the next one would be glued to it.
        with self.path.open("r+b") as file:
            file.truncate(min(whole, self.path.stat().st_size))

    def key(self, suite: Suite, system: System, task: SuiteTask) -> str:
        """What an answer is kept under: all that decides it."""
        if id(system) not in self.prints:
            self.prints[id(system)] = system.fingerprint()
        text = json.dumps([self.prints[id(system)], suite.name, asdict(task)], ensure_ascii=False)
        key = hashlib.sha256(text.encode()).hexdigest()[:20]
        self.used.add(key)
        return key

    def outcome(self, suite: Suite, system: System, task: SuiteTask) -> Outcome:
        """What the system answered to the task.

        Raises:
            KeyError: it has not been asked yet.
        """
        return Outcome(tuple(self.rows[self.key(suite, system, task)]["outputs"]))

    def add(self, row: dict[str, Any]) -> None:
        """Write an answer down."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.rows[row["key"]] = row
