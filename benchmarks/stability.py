"""How much a function depends on the wording of its spec and on the seed; writes benchmarks/results/stability.json.

    python benchmarks/stability.py [--specs 40] [--wordings 5] [--seeds 5] [--inputs 50]
        [--setting 0:1 --setting 4:1 ...] [--compiler FOLDER] [--out FILE]

Tasks come from families of the generated data, half of them families that were never trained on; none is a training
spec of seed 0. Each is said in five wordings, compiled from each, and every program answers the same inputs. The spread
of a spec is the best wording's exact match less the worst's. Seeds: the first wording is compiled under five seeds;
programs of equal parts are run once. A setting is the number of examples that are given and the budget. Answers are
kept beside the results, so a stopped run goes on.
"""

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from runtime import RESULTS, machine

from programasweights.compiler import DEFAULT_COMPILER, CompileOptions, Compiler, get_compiler
from programasweights.compiler.search import search
from programasweights.data.oracle.registry import all_families
from programasweights.data.oracle.task import Case, Worded, draw_wordings
from programasweights.data.splits import is_held_out
from programasweights.evaluation.metrics import exact_match
from programasweights.interpreter import Interpreter
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.program import Program
from programasweights.spec import Spec

SEED = 4_711
OPTIONS = CompileOptions(max_new_tokens=48)
EXAMPLES = 4
"""Most examples that a setting may give."""
AGREED = 4
"""Inputs that candidates agree on where there are no examples; none of them is scored."""


def tasks(count: int, wordings: int, pairs: int) -> list[Worded]:
    """The first tasks in the order of their families' hashes, of trained and held-out families in turn."""
    kinds: dict[bool, list[Worded]] = {False: [], True: []}
    order = sorted(all_families(), key=lambda family: hashlib.sha256(family.name.encode()).hexdigest())
    for family in order:
        kind = kinds[is_held_out(family.name)]
        if family.corpus is None and len(kind) < -(-count // 2):
            found = draw_wordings(family, SEED, 0, wordings=wordings, pairs=pairs)
            if found is not None and max(len(text) for text in found.wordings) < 700:
                kind.append(found)
    return [task for pair in zip(kinds[False], kinds[True], strict=False) for task in pair][:count]


class Kept:
    """Answers so far, in a file of JSON lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        self.rows = {row["key"]: row for row in map(json.loads, lines)}

    def add(self, row: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        self.rows[row["key"]] = row


class Study:
    """Compiles and scores."""

    def __init__(self, compiler: Compiler, kept: Kept) -> None:
        self.compiler, self.kept = compiler, kept
        self.hits: dict[str, list[int]] = {}
        self.interpreter = Interpreter(load_engine(DEFAULT_MODEL))
        self.print = parts_digest(self._compile(Spec.make("Say yes."), 1, 0, ()))

    def score(
        self, task: Worded, text: str, *, budget: int, examples: int, seed: int, inputs: int
    ) -> dict[str, Any]:
        """Exact match of one program on the task's inputs."""
        options = {"budget": budget, "examples": examples, "seed": seed, "inputs": inputs}
        shown, agreed, asked = split(task.pairs, examples, inputs)
        what = [self.print, [(case.input, case.output) for case in asked], text, options]
        key = hashlib.sha256(json.dumps(what).encode()).hexdigest()[:20]
        if key not in self.kept.rows:
            start = time.monotonic()
            program = self._compile(Spec.make(text, shown), budget, seed, agreed)
            took, parts = time.monotonic() - start, parts_digest(program)
            same = f"{task.behaviour}/{inputs}/{parts}"
            if same not in self.hits:
                self.hits[same] = self._hits(program, asked)
            row = {"hits": self.hits[same], "parts": parts, "compile_seconds": round(took, 2)}
            self.kept.add({"key": key, **row})
        return self.kept.rows[key]

    def _compile(self, spec: Spec, budget: int, seed: int, agreed: Sequence[str]) -> Program:
        options = CompileOptions(max_new_tokens=OPTIONS.max_new_tokens, seed=seed)
        if budget == 1:
            return self.compiler.compile(spec, self.interpreter.engine, options)
        inputs = () if spec.examples else agreed
        return search(
            self.compiler, spec, self.interpreter.engine, options, budget=budget, inputs=inputs
        ).program

    def _hits(self, program: Program, asked: Sequence[Case]) -> list[int]:
        outputs = self.interpreter.run(self.interpreter.prepare(program), [case.input for case in asked])
        return [
            int(any(exact_match(found, wanted) for wanted in (case.output, *case.alternatives)))
            for found, case in zip(outputs, asked, strict=True)
        ]


def split(
    pairs: Sequence[Case], examples: int, inputs: int
) -> tuple[list[tuple[str, str]], list[str], list[Case]]:
    """Examples to show, inputs to agree on, and cases to score: the scored ones are the same for all settings."""
    shown = [(case.input, case.output) for case in pairs[inputs : inputs + examples]]
    return shown, [case.input for case in pairs[-AGREED:]], list(pairs[:inputs])


def parts_digest(program: Program) -> str:
    """Equal for programs that do the same: the seed aside, everything that decides their behaviour."""
    text = program.behaviour.model_copy(update={"seed": 0, "recipe": {}}).model_dump_json()
    arrays = (
        [] if program.prefix is None else [program.prefix.keys.tobytes(), program.prefix.values.tobytes()]
    )
    arrays += [] if program.lora is None else [part.tobytes() for part in program.lora.stored.values()]
    return hashlib.sha256(b"".join([text.encode(), *arrays])).hexdigest()[:16]


def spreads(
    study: Study, chosen: Sequence[Worded], *, budget: int, examples: int, inputs: int
) -> dict[str, Any]:
    """Accuracy by wording of each task, and how far the wordings part."""
    rows = []
    for number, task in enumerate(chosen):
        by_wording = [
            study.score(task, text, budget=budget, examples=examples, seed=0, inputs=inputs)
            for text in task.wordings
        ]
        accuracies = [round(100 * statistics.mean(row["hits"]), 1) for row in by_wording]
        rows.append(
            {
                "task": task.behaviour,
                "held_out_family": is_held_out(task.family.name),
                "accuracy_by_wording": accuracies,
                "spread": round(max(accuracies) - min(accuracies), 1),
                "median_compile_seconds": statistics.median(row["compile_seconds"] for row in by_wording),
            }
        )
        print(f"budget {budget} examples {examples} task {number}: {accuracies}", file=sys.stderr, flush=True)
    found = [row["spread"] for row in rows]
    alive = [row["spread"] for row in rows if max(row["accuracy_by_wording"]) > 0]
    return {
        "budget": budget,
        "examples": examples,
        "mean_accuracy": round(
            statistics.mean(statistics.mean(row["accuracy_by_wording"]) for row in rows), 2
        ),
        "median_spread": statistics.median(found),
        "mean_spread": round(statistics.mean(found), 2),
        "largest_spread": max(found),
        "specs_over_20_points": sum(spread > 20 for spread in found),
        "specs_that_any_wording_answers": len(alive),
        "median_spread_of_those": statistics.median(alive) if alive else 0.0,
        "median_compile_seconds": statistics.median(row["median_compile_seconds"] for row in rows),
        "specs": rows,
    }


def by_seed(study: Study, chosen: Sequence[Worded], seeds: int, inputs: int) -> dict[str, Any]:
    """The first wording under several seeds."""
    spread, kinds = [], []
    for task in chosen:
        found = list(seeded(study, task, seeds, inputs))
        accuracies = [100 * statistics.mean(row["hits"]) for row in found]
        spread.append(round(max(accuracies) - min(accuracies), 1))
        kinds.append(len({row["parts"] for row in found}))
    return {
        "seeds": seeds,
        "largest_spread": max(spread),
        "median_spread": statistics.median(spread),
        "most_different_programs_of_a_spec": max(kinds),
    }


def seeded(study: Study, task: Worded, seeds: int, inputs: int) -> Iterator[dict[str, Any]]:
    for seed in range(seeds):
        yield study.score(task, task.wordings[0], budget=1, examples=0, seed=seed, inputs=inputs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--specs", type=int, default=40)
    parser.add_argument("--wordings", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--inputs", type=int, default=50)
    parser.add_argument("--setting", action="append", help="EXAMPLES:BUDGET")
    parser.add_argument("--compiler", default=DEFAULT_COMPILER)
    parser.add_argument("--out", type=Path, default=RESULTS / "stability.json")
    args = parser.parse_args()
    settings = [tuple(map(int, text.split(":"))) for text in args.setting or ["0:1", "4:1"]]
    chosen = tasks(args.specs, args.wordings, args.inputs + EXAMPLES + AGREED)
    study = Study(get_compiler(args.compiler), Kept(args.out.with_suffix(".answers.jsonl")))
    results = [
        spreads(study, chosen, budget=budget, examples=examples, inputs=args.inputs)
        for examples, budget in settings
    ]
    found = {
        "command": " ".join(["python", "benchmarks/stability.py", *sys.argv[1:]]),
        "machine": machine(),
        "specs": len(chosen),
        "wordings": args.wordings,
        "inputs": args.inputs,
        "by_wording": results,
        "by_seed": by_seed(study, chosen, args.seeds, args.inputs) if args.seeds else None,
    }
    args.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(
        json.dumps(
            {k: v for r in results for k, v in r.items() if k != "specs"} | {"seed": found["by_seed"]},
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
