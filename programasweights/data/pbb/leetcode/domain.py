"""The domain of problems with solutions: which are kept, and their verified executions.

A problem is kept if its solution is one short function, and gives the file's output for every input of the file.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from programasweights.data.manifest import file_digest
from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.drawing import held_out_splits, invented_names
from programasweights.data.pbb.leetcode.problems import Problem, plain_function, read_problems, renamed
from programasweights.data.pbb.leetcode.running import (
    Arguments,
    Run,
    read_arguments,
    read_value,
    run_solution,
    same,
)
from programasweights.data.pbb.leetcode.varying import said, varied
from programasweights.data.pbb.records import (
    Execution,
    Instruction,
    Split,
    Verdict,
    final_answer,
    instruction_id,
)
from programasweights.errors import DataError

__all__ = ["LeetcodeDomain"]

_QUESTIONS = (
    "What does {f} return for {x}?",
    "Someone calls {f} with {x}. What comes back?",
    "Ana runs {f}. The input is {x}. What does she see?",
    "A test gives {f} the arguments {x}. Which result must it expect?",
    "Work out {f}({x}).",
    "Ben traces {f} by hand for {x}. What is the result?",
    "A service that runs {f} is sent {x}. What does it answer?",
    "Take {x} and apply {f}. What is the output?",
)


class LeetcodeDomain(Domain):
    """Functions that solve problems, with their inputs and results."""

    name: Literal["leetcode"] = "leetcode"

    def __init__(
        self,
        folder: Path,
        *,
        lines: int = 15,
        characters: int = 500,
        case_characters: int = 80,
        varied: int = 40,
    ) -> None:
        """Args:
            folder: with the problems.
            lines: most lines of a function.
            characters: most characters of a function.
            case_characters: most characters of an input, and of an output; longer ones are left out.
            varied: how many changed inputs are tried beside the file's; their results come from running alone.

        Raises:
            DataError: the folder has no problems, or a line of a file is none.
        """
        self._problems = read_problems(folder)
        self._files = {
            path.name: file_digest(path)
            for path in sorted(folder.glob("*.jsonl*"))
            if path.name.endswith((".jsonl", ".jsonl.gz"))
        }
        self._limits = {
            "lines": lines,
            "characters": characters,
            "case_characters": case_characters,
            "varied": varied,
        }
        self.counts: Counter[str] = Counter()
        """Of the last draw: problems `passed`, and why others were left out."""

    def describe(self) -> Mapping[str, Any]:
        """The files' hashes, the limits, how many problems passed, and the Python that ran them."""
        return {
            "files": self._files,
            **self._limits,
            "problems": len(self._problems),
            "outcomes": dict(sorted(self.counts.items())),
            "python": ".".join(map(str, sys.version_info[:2])),
        }

    def instructions(self, count: int, *, seed: int = 0, held_out: float = 0.2) -> list[Instruction]:
        """Functions that pass, in random order; the same name gets a number the second time.

        `attributes["cases"]` holds their executions: input, answer, trace, and whether the file gave them.
        """
        self.counts = Counter()
        found: list[Instruction] = []
        for instruction in self._passing(seed):
            found.append(instruction)
            if len(found) == count:
                splits = held_out_splits([0] * count, held_out, seed=f"leetcode {seed}")
                return [_with_split(i, split) for i, split in zip(found, splits, strict=True)]
        raise DataError(
            f"only {len(found)} of {len(self._problems)} problems pass, {count} were asked for ({dict(self.counts)}); "
            "allow longer functions, or give more problems."
        )

    def executions(self, instruction: Instruction, count: int, *, seed: int = 0) -> list[Execution]:
        """Questions for the verified inputs, those of the file first."""
        draw = Draw("executions", seed, instruction.id)
        return [
            Execution(
                instruction.id,
                case["input"],
                draw.pick(_QUESTIONS).replace("{f}", instruction.name).replace("{x}", case["input"]),
                case["answer"],
                case["trace"],
            )
            for case in instruction.attributes["cases"][:count]
        ]

    def verdict(self, instruction: Instruction, execution: Execution, reply: str) -> Verdict:  # noqa: ARG002
        """Right if the final answer is a value equal to the result; text may stand without quotes."""
        wanted, answer = read_value(execution.answer), final_answer(reply)
        if wanted is not None and isinstance(wanted[0], str):
            quoted = read_value(answer)
            texts = {answer, quoted[0] if quoted and isinstance(quoted[0], str) else answer}
            return "right" if wanted[0].strip() in texts else "wrong" if answer else "unreadable"
        found = read_value(answer.removesuffix("."))
        if wanted is None or found is None:
            return "unreadable"
        return "right" if same(wanted[0], found[0]) else "wrong"

    def _passing(self, seed: int) -> Iterator[Instruction]:
        draw, names = Draw("leetcode", seed), invented_names(f"leetcode {seed}")
        used: Counter[str] = Counter()
        for problem in draw.mix(self._problems):
            function = plain_function(problem)
            if function is None:
                self.counts["more than one function"] += 1
                continue
            name = problem.name or next(names)
            text = renamed(function, f"{name}{used[name] + 1}" if used[name] else name)
            outcome = self._outcome(problem, function.name, text, Draw("varied", seed, problem.task))
            self.counts[outcome if isinstance(outcome, str) else "passed"] += 1
            if not isinstance(outcome, str):
                used[name] += 1
                yield _instruction(problem, function.name, text, outcome)

    def _outcome(self, problem: Problem, name: str, text: str, draw: Draw) -> list[dict[str, Any]] | str:
        """The problem's executions, or why it is left out."""
        if len(text) > self._limits["characters"] or len(text.splitlines()) > self._limits["lines"]:
            return "too long"
        longest = self._limits["case_characters"]
        cases = [case for case in problem.cases if len(case.input) <= longest and len(case.output) <= longest]
        read = [(read_arguments(case.input), read_value(case.output)) for case in cases]
        given = [
            (arguments, value[0]) for arguments, value in read if arguments is not None and value is not None
        ]
        if not given or len(given) < len(cases):
            return "unreadable case"
        inputs = [arguments for arguments, _ in given]
        others = [varied(draw, draw.pick(inputs)) for _ in range(self._limits["varied"])]
        runs = run_solution(problem.prelude, text, name, inputs + others)
        if any(run is None for run in runs[: len(given)]):
            return "failed"
        if not all(
            run is not None and same(run.value, value) for run, (_, value) in zip(runs, given, strict=False)
        ):
            return "another output"
        return _cases(inputs + others, runs, len(given), longest)


def _cases(inputs: list[Arguments], runs: list[Run | None], given: int, longest: int) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for place, (arguments, run) in enumerate(zip(inputs, runs, strict=True)):
        text = said(arguments)
        if run is not None and max(len(text), len(repr(run.value))) <= longest:
            case = {
                "input": text,
                "answer": repr(run.value),
                "trace": "\n".join(run.steps),
                "given": place < given,
            }
            found.setdefault(text, case)
    return list(found.values())


def _instruction(problem: Problem, name: str, text: str, cases: list[dict[str, Any]]) -> Instruction:
    attributes = {"task": problem.task, "lines": len(text.splitlines()), "cases": cases}
    return Instruction(
        instruction_id("leetcode", text), "leetcode", name, text, problem.words, "train", attributes
    )


def _with_split(instruction: Instruction, split: Split) -> Instruction:
    return replace(instruction, split=split)
