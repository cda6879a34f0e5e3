"""Measures the data of programming by backprop and writes benchmarks/results/pbb_data.json.

    python benchmarks/pbb_data.py [--problems FOLDER] [--out FILE]

How many tokens of the default base model instructions, questions, answers and traces have, how far an answer that
ignores the input would go, how often word sequences made without the grammar are sentences, and, where a folder of
problems is named, how many of them pass.
"""

import argparse
import json
import os
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from programasweights.data.pbb.arithmetic import ArithmeticDomain
from programasweights.data.pbb.ciphers import CipherDomain
from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.grammars import Baseline, GrammarDomain
from programasweights.data.pbb.leetcode import LeetcodeDomain
from programasweights.data.pbb.records import Execution, Instruction, prompted
from programasweights.data.pbb.templates import documents
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.lm.tokenizer import Tokenizer

RESULTS = Path(__file__).parent / "results"
SHOWN = 10
"""Executions of each instruction that are measured."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--problems", type=Path)
    parser.add_argument("--count", type=int, default=100, help="instructions of the problems' domain")
    parser.add_argument("--out", type=Path, default=RESULTS / "pbb_data.json")
    options = parser.parse_args()
    tokenizer = load_engine(DEFAULT_MODEL).tokenizer
    domains: list[tuple[Domain, int]] = [
        (ArithmeticDomain(), 1000),
        (CipherDomain(), 72),
        (GrammarDomain(), 200),
    ]
    if options.problems is not None:
        domains.append((LeetcodeDomain(options.problems), options.count))
    report: dict[str, Any] = {"model": DEFAULT_MODEL, "domains": {}}
    for domain, count in domains:
        report["domains"][domain.name] = of_domain(domain, count, tokenizer)
    options.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


def of_domain(domain: Domain, count: int, tokenizer: Tokenizer) -> dict[str, Any]:
    """What is measured of one domain."""
    start = processor_seconds()
    drawn = domain.instructions(count)
    seconds = processor_seconds() - start
    cases = [(i, e) for i in drawn for e in domain.executions(i, SHOWN)]
    found: dict[str, Any] = {
        "instructions": len(drawn),
        "seconds_to_draw": round(seconds, 1),
        "options": dict(domain.describe()),
        "tokens": tokens(drawn, [e for _, e in cases], tokenizer),
        "majority_answer": round(statistics.mean(majority(domain, i) for i in drawn), 3),
    }
    if isinstance(domain, GrammarDomain):
        found["valid"] = valid(domain, cases)
    if isinstance(domain, ArithmeticDomain):
        found["by_operations"] = by_operations(domain, drawn, tokenizer)
    if isinstance(domain, LeetcodeDomain):
        listed = [len(domain.executions(i, 30)) for i in drawn]
        given = [sum(case["given"] for case in i.attributes["cases"]) for i in drawn]
        found["executions"] = {"median": statistics.median(listed), "given_median": statistics.median(given)}
    return found


def processor_seconds() -> float:
    """Processor time of this process and of those that it has run."""
    return sum(os.times()[:4])


def tokens(
    drawn: Sequence[Instruction], executions: Sequence[Execution], tokenizer: Tokenizer
) -> dict[str, dict[str, float]]:
    """Median, 95th percentile and most tokens of each part."""
    parts: dict[str, list[str]] = {
        "text": [i.text for i in drawn],
        "description": [i.description for i in drawn if i.description],
        "document": [documents(i, contexts=1)[0] for i in drawn],
        "question": [prompted(e, steps=False)[0] for e in executions],
        "answer": [e.answer for e in executions],
        "trace": [prompted(e, steps=True)[1] for e in executions if e.trace],
    }
    return {
        name: spread([len(tokenizer.text_ids(text)) for text in texts])
        for name, texts in parts.items()
        if texts
    }


def spread(counts: list[int]) -> dict[str, float]:
    """Median, 95th percentile, most."""
    ordered = sorted(counts)
    return {
        "median": statistics.median(ordered),
        "p95": ordered[int(0.95 * (len(ordered) - 1))],
        "most": ordered[-1],
    }


def majority(domain: Domain, instruction: Instruction) -> float:
    """Share of an instruction's most common answer among 30 executions."""
    answers = Counter(e.answer for e in domain.executions(instruction, 30))
    return answers.most_common(1)[0][1] / answers.total()


def by_operations(
    domain: ArithmeticDomain, drawn: Sequence[Instruction], tokenizer: Tokenizer
) -> dict[str, dict[str, float]]:
    """Functions, and median tokens and lines of traces, by number of operations."""
    found = {}
    for level in sorted({i.attributes["operations"] for i in drawn}):
        some = [i for i in drawn if i.attributes["operations"] == level]
        traces = [e.trace for i in some for e in domain.executions(i, SHOWN)]
        found[str(level)] = {
            "functions": len(some),
            "text_tokens": statistics.median(len(tokenizer.text_ids(i.text)) for i in some),
            "trace_tokens": statistics.median(len(tokenizer.text_ids(trace)) for trace in traces),
            "trace_lines": statistics.median(trace.count("\n") + 1 for trace in traces),
        }
    return found


def valid(domain: GrammarDomain, cases: Sequence[tuple[Instruction, Execution]]) -> dict[str, float]:
    """Share of valid sentences among derived ones and each kind made without the grammar."""
    found = {"derived": statistics.mean(domain.check(i, e, e.answer) for i, e in cases)}
    for kind in get_args(Baseline):
        answers = [(i, e, domain.baseline(i, e, kind)) for i, e in cases]
        found[kind] = round(statistics.mean(domain.check(i, e, answer) for i, e, answer in answers), 4)
    return found


if __name__ == "__main__":
    main()
