"""Runs a solution in the sandbox, on literal arguments alone, and writes down its steps.

A run is counted in lines of the solution, not in seconds, so that what is kept does not depend on the machine.
"""

import ast
import json
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from programasweights.sandbox import run_function

__all__ = ["Arguments", "Run", "read_arguments", "read_value", "run_solution", "same"]

Arguments = tuple[tuple[Any, ...], dict[str, Any]]
"""Positional and named arguments."""

_LONGEST = 2_000
"""Characters of a value or call that is read."""

_HARNESS = """
def _paw_run(text):
    import ast, json, sys
    positional, named = ast.literal_eval(text)
    left, most, steps, before = [LINES], STEPS, [], {}
    def shown(name, value):
        try:
            said = repr(value)
        except Exception:
            return ""
        return "" if len(said) > 60 or " at 0x" in said or "<" in said[:1] else f"{name} = {said}"
    def changes(frame):
        old, now = before.get(id(frame), {}), {}
        for name, value in frame.f_locals.items():
            if said := shown(name, value):
                now[name] = said
        before[id(frame)] = now
        if found := [said for name, said in now.items() if old.get(name) != said]:
            steps.append(", ".join(found))
    def watch(frame, event, value):
        code = frame.f_code
        if code.co_filename != "written.py" or code.co_name == "_paw_run":
            return None
        left[0] -= 1
        if left[0] < 0:
            raise TimeoutError("too many lines")
        if len(steps) > most or code.co_name.startswith("<"):
            return watch
        if event == "call":
            before[id(frame)] = {}
        changes(frame)
        if event == "return" and (said := shown("return", value)):
            steps.append(said.replace("return =", "return"))
        return watch
    sys.settrace(watch)
    try:
        result = ENTRY(*positional, **named)
    finally:
        sys.settrace(None)
    return json.dumps({"value": repr(result), "steps": steps if len(steps) <= most else []})
"""


@dataclass(frozen=True)
class Run:
    """What a solution gave for one input."""

    value: Any
    """The result, a literal value."""
    steps: tuple[str, ...]
    """Which names got which values, a line of the solution each; empty if there were too many."""


def run_solution(
    prelude: str,
    code: str,
    name: str,
    inputs: Sequence[Arguments],
    *,
    lines: int = 20_000,
    steps: int = 40,
    seconds: int = 30,
) -> list[Run | None]:
    """Run a function on each input; None where it failed or gave no literal value.

    Args:
        prelude: what it needs before it.
        code: the function.
        name: its name.
        inputs: literal arguments.
        lines: most lines of code executed for an input.
        steps: most steps that are kept.
        seconds: processor time for all inputs together; far more than so many lines take.
    """
    harness = _HARNESS.replace("ENTRY", name).replace("LINES", str(lines)).replace("STEPS", str(steps))
    result = run_function(
        f"{prelude}\n{code}\n{harness}", "_paw_run", [repr(pair) for pair in inputs], seconds=seconds
    )
    return [_run(output) for output in result.outputs]


def read_arguments(text: str) -> Arguments | None:
    """Literal arguments of a call, `nums = [1], k = 2` or `[1], 2`; None if they are anything else."""
    try:
        with warnings.catch_warnings(action="ignore"):
            call = ast.parse(f"f({text})" if len(text) <= _LONGEST else "", mode="eval").body
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                return None
            named = {word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg is not None}
            positional = tuple(ast.literal_eval(value) for value in call.args)
            return (positional, named) if len(named) == len(call.keywords) else None
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def read_value(text: str) -> tuple[Any] | None:
    """A Python or JSON value in a tuple of its own; None if the text is neither."""
    if len(text) > _LONGEST:
        return None
    try:
        with warnings.catch_warnings(action="ignore"):
            return (ast.literal_eval(text.strip()),)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        pass
    try:
        return (json.loads(text),)
    except (ValueError, RecursionError):
        return None


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal; lists and tuples alike, and floats to five digits."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) or isinstance(other, float):
        numbers = isinstance(one, int | float) and isinstance(other, int | float)
        return numbers and math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-5)
    return bool(one == other)


def _run(output: str) -> Run | None:
    try:
        found = json.loads(output)
        value = read_value(found["value"])
        steps = found["steps"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if value is None or not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        return None
    return Run(value[0], tuple(steps))
