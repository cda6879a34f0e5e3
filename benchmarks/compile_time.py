"""What examples, search and refinement bring on natural tasks; writes benchmarks/results/compile_time.json.

    python benchmarks/compile_time.py --data FOLDER [--tasks 40] [--cases 10] [--budget 8] [--refine 60]
        [--arm NAME ...] [--compiler FOLDER] [--out FILE]

The tasks are those of the suite `instructions` (FOLDER/instructions/valid.jsonl.gz). A task's first cases are scored;
its last ones are the examples and the inputs that candidates agree on, so all arms answer the same questions and none
was shown. Inputs of more than 700 characters are left out. Answers are kept beside the results; a stopped run goes on.
"""

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime import RESULTS, machine
from stability import Kept, parts_digest

from programasweights.compiler import DEFAULT_COMPILER, CompileOptions, get_compiler
from programasweights.compiler.search import search
from programasweights.data.instructions import read_instructions
from programasweights.evaluation.metrics import bootstrap, exact_match
from programasweights.interpreter import Interpreter
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.program import Program
from programasweights.spec import Spec

OPTIONS = CompileOptions(max_new_tokens=48)
LONGEST = 700
EXAMPLES, AGREED = 8, 4


@dataclass(frozen=True)
class Arm:
    """One way to compile."""

    name: str
    examples: int = 0
    budget: int = 1
    invented: bool = False
    """Whether inputs to agree on are left to the base model."""
    refine: int = 0
    beside: str = "spec"
    """The arm that it is compared with."""


@dataclass(frozen=True)
class Task:
    """A natural task, cut into what is scored and what may be shown."""

    name: str
    text: str
    cases: tuple[tuple[str, tuple[str, ...]], ...]
    examples: tuple[tuple[str, str], ...]
    agreed: tuple[str, ...]


def arms(budget: int, refine: int) -> list[Arm]:
    return [
        Arm("spec"),
        Arm("spec, search on given inputs", budget=budget),
        Arm("spec, search on invented inputs", budget=budget, invented=True),
        Arm("4 examples", examples=4),
        Arm("4 examples, search", examples=4, budget=budget, beside="4 examples"),
        Arm("8 examples", examples=8),
        Arm("8 examples, refined", examples=8, refine=refine),
    ]


def tasks(data: Path, count: int, cases: int) -> list[Task]:
    found = []
    for task in read_instructions(data / "instructions" / "valid.jsonl.gz"):
        short = [one for one in task.instances if len(one.input) <= LONGEST]
        if len(short) < cases + EXAMPLES + AGREED:
            continue
        scored = tuple((one.input, (one.output, *one.alt)) for one in short[:cases])
        shown = tuple((one.input, one.output) for one in short[-EXAMPLES:])
        agreed = tuple(one.input for one in short[-EXAMPLES - AGREED : -EXAMPLES])
        found.append(Task(task.task, task.definition, scored, shown, agreed))
    return found[:count]


class Study:
    """Compiles and scores."""

    def __init__(self, compiler: str, kept: Kept) -> None:
        self.compiler, self.kept = get_compiler(compiler), kept
        self.interpreter = Interpreter(load_engine(DEFAULT_MODEL))
        self.print = parts_digest(self._compile(Spec.make("Say yes."), Arm("spec"), ()))

    def row(self, task: Task, arm: Arm) -> dict[str, Any]:
        """Accuracy of one program, and how long it took to make."""
        text = json.dumps([self.print, task.name, len(task.cases), vars(arm)])
        key = hashlib.sha256(text.encode()).hexdigest()[:20]
        if key not in self.kept.rows:
            start = time.monotonic()
            program = self._compile(Spec.make(task.text, task.examples[: arm.examples]), arm, task.agreed)
            took = time.monotonic() - start
            outputs = self.interpreter.run(
                self.interpreter.prepare(program), [text for text, _ in task.cases]
            )
            hits = [
                max(exact_match(output, answer) for answer in answers)
                for output, (_, answers) in zip(outputs, task.cases, strict=True)
            ]
            row = {"task": task.name, "arm": arm.name, "hits": hits, "outputs": outputs}
            self.kept.add(
                {"key": key, **row, "compile_seconds": round(took, 2), "scores": dict(program.record.scores)}
            )
        return self.kept.rows[key]

    def _compile(self, spec: Spec, arm: Arm, agreed: Sequence[str]) -> Program:
        engine = self.interpreter.engine
        if arm.budget > 1:
            inputs = () if arm.invented or spec.examples else agreed
            return search(self.compiler, spec, engine, OPTIONS, budget=arm.budget, inputs=inputs).program
        program = self.compiler.compile(spec, engine, OPTIONS)
        if arm.refine:
            from programasweights.training.refine import refine

            program = refine(program, engine, steps=arm.refine).program
        return program


def summary(arm: Arm, rows: Sequence[dict[str, Any]], beside: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One arm's mean, and its difference to the arm beside it, task by task."""
    names = [row["task"] for row in rows]
    mine = [statistics.mean(row["hits"]) for row in rows]
    theirs = [statistics.mean(row["hits"]) for row in beside]
    gain = [a - b for a, b in zip(mine, theirs, strict=True)]
    seconds = [row["compile_seconds"] for row in rows]
    return {
        "arm": arm.name,
        "exact_match": bootstrap(mine, names).model_dump(),
        "beside": arm.beside,
        "difference": bootstrap(gain, names).model_dump(),
        "ratio": round(statistics.mean(mine) / max(statistics.mean(theirs), 1e-9), 3),
        "tasks_better": sum(value > 0 for value in gain),
        "tasks_worse": sum(value < 0 for value in gain),
        "median_compile_seconds": statistics.median(seconds),
        "longest_compile_seconds": max(seconds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tasks", type=int, default=40)
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--budget", type=int, default=8)
    parser.add_argument("--refine", type=int, default=60)
    parser.add_argument("--arm", action="append", help="only these arms")
    parser.add_argument("--compiler", default=DEFAULT_COMPILER)
    parser.add_argument("--out", type=Path, default=RESULTS / "compile_time.json")
    args = parser.parse_args()
    study = Study(args.compiler, Kept(args.out.with_suffix(".answers.jsonl")))
    chosen = tasks(args.data, args.tasks, args.cases)
    rows: dict[str, list[dict[str, Any]]] = {}
    results = []
    for arm in arms(args.budget, args.refine):
        if args.arm and arm.name not in {*args.arm, "spec"}:
            continue
        rows[arm.name] = [study.row(task, arm) for task in chosen]
        results.append(summary(arm, rows[arm.name], rows.get(arm.beside, rows["spec"])))
        print(json.dumps(results[-1]), file=sys.stderr, flush=True)
    by_task = {
        task.name: {name: round(statistics.mean(found[n]["hits"]), 3) for name, found in rows.items()}
        for n, task in enumerate(chosen)
    }
    found = {
        "command": " ".join(["python", "benchmarks/compile_time.py", *sys.argv[1:]]),
        "machine": machine(),
        "tasks": len(chosen),
        "cases": args.cases,
        "arms": results,
        "by_task": by_task,
    }
    args.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
