"""Does every output parse? Twenty typed functions of the default model on hostile inputs.

    python benchmarks/typed_hostile.py [OUT.json] [CALLS]

Makes 10,000 calls by default, as many of each function, and writes `benchmarks/results/typed_hostile.json`. A call ends
in a value that is checked apart from the library (`jsonschema_rs`, `re`, `isinstance`), or in an error, which has to be
one that the function's documentation names. A tenth of the calls run what the shipped compiler made, one by one; the
others prompted programs, which run in batches sooner: which tokens are allowed depends on neither. Token limits are
small, so that many outputs are cut off and have to be closed. Inputs are seeded. The file is written after each 50
calls, and a stopped run goes on from there.
"""

import json
import os
import platform
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from hostile_inputs import hostile_inputs
from hostile_types import TYPES, HostileType

import programasweights as paw
from programasweights.typed import TypedFunction

EXPECTED = {
    "too long": {"ContextLengthError"},
    "lone surrogate": {"InputError"},
    "no text": {"InputError"},
}
"""The errors that a class of inputs must cause."""
CHECKED = {"model with a check", "date", "schema of any object"}
"""Types with checks that no grammar states, the last against numbers that are too large: these alone may refuse."""
BATCH = 16
ROUND = 50
"""Calls of a type between writes."""
REFUSED = object()
Functions = tuple[TypedFunction[Any], TypedFunction[Any]]


@dataclass
class Tally:
    """What became of one function's calls."""

    rounds: int = 0
    by_input: dict[str, dict[str, int]] = field(default_factory=dict)
    """Class of inputs -> outcome -> calls."""
    wrong: list[dict[str, str]] = field(default_factory=list)
    """Calls that did not end as documented."""
    seconds: float = 0.0
    cpu_seconds: float = 0.0


def main() -> None:
    """Compile every function, call it on its share of the inputs, write the counts."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "results" / "typed_hostile.json")
    rounds = (int(sys.argv[2]) if len(sys.argv) > 2 else 10_000) // len(TYPES) // ROUND
    tallies = _earlier(out)
    functions: dict[str, Functions] = {}
    for done in range(rounds):
        for number, kind in enumerate(TYPES):
            tally = tallies[kind.name]
            if tally.rounds == done:
                start, busy = time.perf_counter(), time.process_time()
                if kind.name not in functions:
                    functions[kind.name] = compiled(kind)
                inputs = list(hostile_inputs(np.random.default_rng([done, number]), ROUND))
                call_all(kind, functions[kind.name], inputs, tally)
                tally.rounds += 1
                tally.seconds = round(tally.seconds + time.perf_counter() - start, 1)
                tally.cpu_seconds = round(tally.cpu_seconds + time.process_time() - busy, 1)
                out.write_text(json.dumps(_page(tallies), indent=1) + "\n", "utf-8")
        print(
            json.dumps({key: value for key, value in _page(tallies).items() if key[:2] != "by"}), flush=True
        )


def _page(tallies: dict[str, Tally]) -> dict[str, Any]:
    whole: Counter[str] = Counter()
    by_input: dict[str, Counter[str]] = defaultdict(Counter)
    for tally in tallies.values():
        for name, outcomes in tally.by_input.items():
            by_input[name].update(outcomes)
            whole.update(outcomes)
    return {
        "machine": {"cores": len(os.sched_getaffinity(0)), "python": platform.python_version()},
        "types": sum(tally.rounds > 0 for tally in tallies.values()),
        "calls": whole.total(),
        "outcomes": whole,
        "unexpected": sum(len(tally.wrong) for tally in tallies.values()),
        "seconds": round(sum(tally.seconds for tally in tallies.values()), 1),
        "cpu_seconds": round(sum(tally.cpu_seconds for tally in tallies.values()), 1),
        "by_type": {name: asdict(tally) for name, tally in tallies.items()},
        "by_input": dict(sorted(by_input.items())),
    }


def _earlier(out: Path) -> dict[str, Tally]:
    """What an earlier run has finished."""
    known = json.loads(out.read_text("utf-8"))["by_type"] if out.exists() else {}
    return {kind.name: Tally(**known.get(kind.name, {})) for kind in TYPES}


def compiled(kind: HostileType, **options: Any) -> Functions:
    """A function that the shipped compiler made, and a prompted one; options go to both compilers."""

    def made(compiler: str) -> TypedFunction[Any]:
        keywords = {"compiler": compiler, "max_new_tokens": kind.limit} | options
        return paw.compile(
            kind.task, kind.examples, returns=kind.returns, fallback=lambda _: REFUSED, **keywords
        )

    return made("default"), made("prompted")


def call_all(kind: HostileType, functions: Functions, inputs: list[tuple[str, Any]], tally: Tally) -> None:
    """Call one type's functions on (class, input) pairs and count what comes of it."""
    single = max(1, len(inputs) // 10)
    for function, mine, size in zip(functions, (inputs[:single], inputs[single:]), (1, BATCH), strict=True):
        for name, text, outcome in _outcomes(function, mine, size):
            label, expected = _judged(kind, name, outcome)
            found = tally.by_input.setdefault(name, {})
            found[label] = found.get(label, 0) + 1
            if not expected:
                tally.wrong.append({"input": ascii(text)[:300], "class": name, "outcome": label})


def _outcomes(
    function: TypedFunction[Any], inputs: list[tuple[str, Any]], size: int
) -> Iterator[tuple[str, Any, Any]]:
    """(class, input, value or error) of every input; those that must fail are called alone."""
    for name, text in inputs:
        if name in EXPECTED:
            yield name, text, _attempt(function, [text])[0]
    fine = [given for given in inputs if given[0] not in EXPECTED]
    for first in range(0, len(fine), size):
        batch = fine[first : first + size]
        for (name, text), found in zip(batch, _attempt(function, [text for _, text in batch]), strict=True):
            yield name, text, found


def _attempt(function: TypedFunction[Any], texts: list[Any]) -> list[Any]:
    try:
        return function.map(texts)
    except Exception as error:  # noqa: BLE001  # whatever is raised is what this looks for
        return [error] if len(texts) == 1 else [_attempt(function, [text])[0] for text in texts]


def _judged(kind: HostileType, name: str, outcome: Any) -> tuple[str, bool]:
    """What to call an outcome, and whether it is as documented."""
    if isinstance(outcome, Exception):
        known = type(outcome).__name__ in EXPECTED.get(name, ())
        return type(outcome).__name__, known and isinstance(outcome, paw.PawError)
    if name in EXPECTED:
        return "value where an error is due", False
    if outcome is REFUSED:
        return "refused by the type's own check", kind.name in CHECKED
    return ("value", True) if kind.holds(outcome) else (f"not of the type: {outcome!r}"[:200], False)


if __name__ == "__main__":
    main()
