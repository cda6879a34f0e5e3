"""Measures what a trace costs: forward passes, and CPU seconds on one engine thread.

    PAW_THREADS=1 python benchmarks/debugging.py [FILE]

Writes benchmarks/results/debugging.json. Processor time is measured, so other work on the machine changes little.
"""

import json
import sys
import time
from pathlib import Path
from typing import Literal

import programasweights as paw
from programasweights.settings import settings

FIRST = "This is Laura Stone"
REVIEW = "The worst film of the year, and I have seen many."
LETTER = (
    "Dear all, the heating in the west wing was repaired on Monday. The office stays warm now. Next week the lifts "
    "are checked, which takes an hour. Please use the stairs until noon. Thank you for your patience, and see you on "
    "Friday. "
) * 4


def main(path: str = "benchmarks/results/debugging.json") -> None:
    """Trace three inputs and write what it took."""
    first_name = paw.compile(
        "Extract the first name.",
        [("My name is John Smith", "John"), ("I am Mary Jones from Leeds", "Mary")],
    )
    review = paw.compile(
        "Is the review positive or negative?",
        [("I loved every minute of it.", "positive"), ("A boring waste of time.", "negative")],
        returns=Literal["positive", "negative"],
    )
    rows = [
        _row("first name", first_name, FIRST, 160),
        _row("labels", review, REVIEW, 160),
        _row("labels", review, LETTER, 160),
        _row("labels", review, LETTER, 400),
    ]
    Path(path).write_text(json.dumps({"threads": settings().threads, "traces": rows}, indent=1) + "\n")


def _row(
    name: str, function: "paw.Function | paw.TypedFunction[str]", text: str, passes: int
) -> dict[str, object]:
    function(text)
    started = time.process_time()
    found = function.trace(text, passes=passes)
    taken = time.process_time() - started
    row = {
        "input": f"{name}, {len(text.split())} words",
        "budget": passes,
        "passes": found.passes,
        "cpu_seconds": round(taken, 1),
        "parts": len(found.input_parts),
        "counterfactual_words": None if found.counterfactual is None else found.counterfactual.words,
    }
    print(row, flush=True)
    return row


if __name__ == "__main__":
    main(*sys.argv[1:])
