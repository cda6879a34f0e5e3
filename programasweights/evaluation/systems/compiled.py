"""A program compiled from the spec, run on the interpreter."""

import time
from collections.abc import Sequence
from functools import cached_property

from programasweights.compiler import CompileOptions, Compiler
from programasweights.compiler.search import search
from programasweights.errors import InputError, ProgramError, SpecError
from programasweights.evaluation.suites import SuiteTask
from programasweights.evaluation.systems.base import Outcome
from programasweights.interpreter import Interpreter
from programasweights.interpreter.interpreter import PreparedProgram
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.program import Program, to_bytes
from programasweights.spec import Spec

__all__ = ["CompiledSystem"]


class CompiledSystem:
    """`paw.compile(spec)`, and the function called on the inputs."""

    together = 8

    def __init__(
        self,
        name: str,
        compiler: Compiler,
        *,
        shown: bool = False,
        budget: int = 1,
        max_new_tokens: int = 96,
        interpreter: str = DEFAULT_MODEL,
    ) -> None:
        """Name a compiler.

        Args:
            name: as reports call it.
            compiler: what compiles.
            shown: whether examples are passed.
            budget: as `paw.compile` takes it.
            max_new_tokens: longest output.
            interpreter: the model that programs run on.
        """
        self.name = name
        self._budget = budget
        self._compiler = compiler
        self._shown = shown
        self._options = CompileOptions(max_new_tokens=max_new_tokens)
        self._model = interpreter

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(load_engine(self._model))

    def fingerprint(self) -> str:
        """The compiler, and a program's id, which hashes checkpoint and weights."""
        probe = self._compiler.compile(Spec.make("Say yes."), self._interpreter.engine, self._options)
        return f"{self.name}/{probe.id}/{self._options}"

    def run(self, tasks: Sequence[SuiteTask]) -> list[Outcome]:
        """Compile each spec, then run all inputs together."""
        ready = [self._prepare(task) for task in tasks]
        calls = [
            (prepared, case.input)
            for task, (prepared, _) in zip(tasks, ready, strict=True)
            if prepared is not None
            for case in task.cases
        ]
        answers = iter(self._run(calls))
        return [
            blank if prepared is None else
            Outcome(tuple(next(answers) for _ in task.cases), blank.prepare_seconds, blank.program_bytes)
            for task, (prepared, blank) in zip(tasks, ready, strict=True)
        ]  # fmt: skip

    def single(self, task: SuiteTask) -> float:
        """Seconds of one call."""
        prepared, _ = self._prepare(task)
        start = time.perf_counter()
        if prepared is not None:
            self._run([(prepared, task.cases[0].input)])
        return time.perf_counter() - start

    def _prepare(self, task: SuiteTask) -> tuple[PreparedProgram | None, Outcome]:
        start = time.perf_counter()
        try:
            program = self._compile(self._spec(task))
            prepared = self._interpreter.prepare(program)
        except (SpecError, InputError, ProgramError) as error:
            return None, Outcome(("",) * len(task.cases), time.perf_counter() - start, 0, str(error))
        return prepared, Outcome((), time.perf_counter() - start, len(to_bytes(program)))

    def _spec(self, task: SuiteTask) -> Spec:
        return Spec.make(task.spec, task.demos if self._shown else None)

    def _compile(self, spec: Spec) -> Program:
        engine = self._interpreter.engine
        if self._budget == 1:
            return self._compiler.compile(spec, engine, self._options)
        return search(self._compiler, spec, engine, self._options, budget=self._budget).program

    def _run(self, calls: Sequence[tuple[PreparedProgram, str]]) -> list[str]:
        try:
            return self._interpreter.run_mixed(calls)
        except InputError:
            return [self._run_one(call) for call in calls]

    def _run_one(self, call: tuple[PreparedProgram, str]) -> str:
        try:
            return self._interpreter.run_mixed([call])[0]
        except InputError:
            return ""
