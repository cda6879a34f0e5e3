"""The domain of random arithmetic: which functions are kept, and executing them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.arithmetic.drawing import draw_function
from programasweights.data.pbb.arithmetic.machine import Machine
from programasweights.data.pbb.arithmetic.syntax import (
    Call,
    Function,
    If,
    Statement,
    Variable,
    operations,
    parse,
    render,
)
from programasweights.data.pbb.arithmetic.wording import in_words, question
from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.drawing import held_out_splits, invented_names
from programasweights.data.pbb.records import (
    Execution,
    Instruction,
    Split,
    Verdict,
    final_answer,
    instruction_id,
)
from programasweights.errors import DataError

__all__ = ["ArithmeticDomain"]

_TRIES = 400
"""Refused draws of one number of operations in a row before it counts as exhausted."""


class ArithmeticDomain(Domain):
    """Functions of one whole number, composed of for, if, + - * // % ** abs > <."""

    name: Literal["arithmetic"] = "arithmetic"

    def __init__(
        self,
        *,
        operations: tuple[int, int] = (1, 6),
        inputs: tuple[int, int] = (-20, 40),
        bound: int = 10_000,
    ) -> None:
        """Args: fewest and most operations of a function; smallest and largest input; bound of all numbers.

        Raises:
            DataError: a range is empty.
        """
        if not 1 <= operations[0] <= operations[1] or inputs[1] - inputs[0] < 10 or bound < 100:
            raise DataError(
                f"operations {operations}, inputs {inputs} and bound {bound} do not fit; expected at least one "
                "operation, 10 inputs and a bound of 100."
            )
        self._operations = operations
        self._inputs = range(inputs[0], inputs[1] + 1)
        self._bound = bound

    def describe(self) -> Mapping[str, Any]:
        """Numbers of operations, inputs and the bound."""
        return {
            "operations": list(self._operations),
            "inputs": [self._inputs[0], self._inputs[-1]],
            "bound": self._bound,
        }

    def instructions(self, count: int, *, seed: int = 0, held_out: float = 0.2) -> list[Instruction]:
        """Functions that differ in what they do, as many of each number of operations as possible."""
        draw, names = Draw("arithmetic", seed), invented_names(f"arithmetic {seed}")
        seen: set[tuple[int, ...]] = {tuple(self._inputs)}
        open_levels = list(range(self._operations[0], self._operations[1] + 1))
        found: list[Function] = []
        while len(found) < count:
            if not open_levels:
                raise DataError(
                    f"only {len(found)} different functions of {self._operations} operations were found, {count} "
                    "were asked for; allow more operations."
                )
            level = open_levels[len(found) % len(open_levels)]
            function = self._new_function(draw, next(names), level, seen)
            if function is None:
                open_levels.remove(level)
            else:
                found.append(function)
        splits = held_out_splits([_count(f) for f in found], held_out, seed=f"arithmetic {seed}")
        return [_instruction(f, split) for f, split in zip(found, splits, strict=True)]

    def compositions(
        self, functions: Sequence[Instruction], count: int, *, seed: int = 0
    ) -> list[Instruction]:
        """Functions that apply one of `functions` to the result of another; all of split `eval`.

        They behave like none of their parts. `attributes` holds the parts' texts as `uses`.

        Raises:
            DataError: there are fewer such pairs.
        """
        draw, names = Draw("compositions", seed), invented_names(f"compositions {seed}")
        known = _parsed({f.name: f.text for f in functions})
        seen = {self._behaviour(f, {}) for f in known.values()}
        tried: set[tuple[str, str]] = set()
        found: list[Instruction] = []
        while len(found) < count:
            if len(tried) == len(functions) * (len(functions) - 1):
                raise DataError(f"only {len(found)} of {count} compositions were found; give more functions.")
            outer, inner = draw.some(functions, 2)
            if (outer.id, inner.id) in tried:
                continue
            tried.add((outer.id, inner.id))
            function = Function(next(names), (), Call(outer.name, Call(inner.name, Variable("x"))))
            if self._is_new(function, known, seen):
                found.append(_composition(function, (outer, inner)))
        return found

    def executions(self, instruction: Instruction, count: int, *, seed: int = 0) -> list[Execution]:
        """Word problems with different numbers, and the steps to their results."""
        draw = Draw("executions", seed, instruction.id)
        return [self._execution(instruction, x, draw) for x in draw.mix(self._inputs)[:count]]

    def verdict(self, instruction: Instruction, execution: Execution, reply: str) -> Verdict:  # noqa: ARG002
        """Right if the final answer holds exactly one number, and it is the result."""
        numbers = re.findall(r"[-−]?\d+", re.sub(r"(?<=\d),(?=\d{3}\b)", "", final_answer(reply)))
        if len(numbers) != 1:
            return "unreadable"
        return "right" if numbers[0].replace("−", "-") == execution.answer else "wrong"

    def _execution(self, instruction: Instruction, x: int, draw: Draw) -> Execution:
        function, machine = parse(instruction.text), self._machine(_uses(instruction))
        answer = machine.run(function, x)
        names = list(instruction.attributes["uses"]) if "uses" in instruction.attributes else [function.name]
        return Execution(
            instruction.id, str(x), question(draw, names, x), str(answer), "\n".join(machine.steps)
        )

    def _machine(self, functions: Mapping[str, Function]) -> Machine:
        return Machine(functions, self._bound)

    def _new_function(self, draw: Draw, name: str, level: int, seen: set[tuple[int, ...]]) -> Function | None:
        tried = set()
        for _ in range(_TRIES):
            function = draw_function(draw, name, level)
            if function.body not in tried and self._is_new(function, {}, seen):
                return function
            tried.add(function.body)
        return None

    def _is_new(self, function: Function, uses: Mapping[str, Function], seen: set[tuple[int, ...]]) -> bool:
        """Whether a function is worth keeping; if so, its behaviour is seen from now on."""
        try:
            behaviour = self._behaviour(function, uses)
        except DataError:
            return False
        most = Counter(behaviour).most_common(1)[0][1]
        if behaviour in seen or most > len(behaviour) // 2:
            return False
        seen.add(behaviour)
        return True

    def _behaviour(self, function: Function, uses: Mapping[str, Function]) -> tuple[int, ...]:
        """Results for all inputs.

        Raises:
            DataError: it cannot be executed for all of them, or a branch is never taken.
        """
        taken: set[tuple[int, bool]] = set()
        results = []
        for x in self._inputs:
            machine = self._machine(uses)
            results.append(machine.run(function, x))
            taken |= machine.taken
        if not all(
            (id(node), outcome) in taken for node in _branches(function.body) for outcome in (True, False)
        ):
            raise DataError("a branch is never taken")
        return tuple(results)


def _branches(body: Sequence[Statement]) -> list[If]:
    found = [node for node in body if isinstance(node, If)]
    blocks = [block for node in found for block in (node.then, node.otherwise)]
    blocks += [node.body for node in body if hasattr(node, "body")]
    return found + [node for block in blocks for node in _branches(block)]


def _count(function: Function) -> int:
    return sum(1 for _ in operations(function))


def _instruction(function: Function, split: Split) -> Instruction:
    text = render(function)
    attributes = {"operations": _count(function), "kinds": sorted(set(operations(function))), "depth": 1}
    return Instruction(
        instruction_id("arithmetic", text),
        "arithmetic",
        function.name,
        text,
        in_words(function),
        split,
        attributes,
    )


def _composition(function: Function, parts: tuple[Instruction, Instruction]) -> Instruction:
    text = render(function)
    attributes = {
        "operations": sum(part.attributes["operations"] for part in parts),
        "kinds": sorted({kind for part in parts for kind in part.attributes["kinds"]}),
        "depth": 2,
        "parts": [part.id for part in parts],
        "uses": {part.name: part.text for part in parts},
    }
    return Instruction(
        instruction_id("arithmetic", text),
        "arithmetic",
        function.name,
        text,
        in_words(function),
        "eval",
        attributes,
    )


def _uses(instruction: Instruction) -> Mapping[str, Function]:
    return _parsed(instruction.attributes.get("uses", {}))


def _parsed(uses: Mapping[str, str]) -> Mapping[str, Function]:
    return {name: parse(text) for name, text in uses.items()}
