"""Programs compiled from pictures, one a picture, and the controls that show whether the pictures are read."""

from dataclasses import replace

import numpy as np

from programasweights.compiler import Compiler
from programasweights.errors import DataError
from programasweights.evaluation.pictures.sample import PictureTask, Sample, picture_task
from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome
from programasweights.evaluation.systems.compiled import CompiledSystem
from programasweights.interpreter.interpreter import PreparedProgram
from programasweights.spec import Spec
from programasweights.vision import Image

__all__ = ["MAX_NEW_TOKENS", "PictureSystem"]

MAX_NEW_TOKENS = 128
"""Longest answer. Formulas and molecules of level 3 have up to about 80 tokens."""


class PictureSystem(CompiledSystem):
    """`paw.compile([words, picture])`, and the function asked the questions."""

    def __init__(
        self,
        name: str,
        compiler: Compiler,
        sample: Sample,
        interpreter: str,
        *,
        blind: bool = False,
        swapped: bool = False,
        known: str = "",
    ) -> None:
        """Name a compiler that reads pictures.

        Args:
            name: as reports call it.
            compiler: what compiles.
            sample: all that will be asked.
            interpreter: the model that programs run on.
            blind: the compiler sees nothing of a picture, so that specs of the same words share one program.
            swapped: each picture's questions are put to the program of the next picture of its task.
            known: what the compiler knows beside the pictures, so that answers with other knowledge are not taken up.

        Raises:
            DataError: a task has one picture alone, and pictures shall be swapped.
        """
        super().__init__(name, compiler, max_new_tokens=MAX_NEW_TOKENS, interpreter=interpreter)
        self._partners = _partners(sample) if swapped else {}
        self._digests = sorted(sample.info.digests.items()) if swapped else []
        self._known = known
        self._blind = blind
        self._seen: dict[str, tuple[PreparedProgram | None, Outcome]] = {}

    def fingerprint(self) -> str:
        """The compiler, a program's id, which pictures are swapped, and what is known beside them."""
        return f"{super().fingerprint()}/{self._digests}{self._known}"

    def _prepare(self, task: SuiteTask) -> tuple[PreparedProgram | None, Outcome]:
        if not self._blind:
            return super()._prepare(task)
        if task.spec not in self._seen:
            self._seen[task.spec] = super()._prepare(task)
        prepared, outcome = self._seen[task.spec]
        return prepared, replace(outcome, outputs=("",) * len(task.cases) if prepared is None else ())

    def _spec(self, task: SuiteTask) -> Spec:
        asked = picture_task(task)
        if self._blind:
            return Spec.make([asked.spec, _blank()])
        used = self._partners.get(asked.name, asked)
        return Spec.make([used.spec, used.image])


def _partners(sample: Sample) -> dict[str, PictureTask]:
    found: dict[str, PictureTask] = {}
    for suite in sample.suites:
        tasks = [picture_task(task) for task in suite.tasks]
        if len(tasks) < 2:
            raise DataError(f"{suite.name} has one picture alone, which cannot be swapped; take two or more.")
        found |= {task.name: other for task, other in zip(tasks, [*tasks[1:], tasks[0]], strict=True)}
    return found


def _blank() -> Image:
    from programasweights.vision.pillow import pillow

    return Image(pillow().fromarray(np.full((8, 8, 3), 255, np.uint8)))
