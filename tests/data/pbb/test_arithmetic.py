"""Random arithmetic: against hand calculation, against Python itself, and what is refused."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.arithmetic import ArithmeticDomain
from programasweights.data.pbb.arithmetic.drawing import draw_function
from programasweights.data.pbb.arithmetic.machine import Machine
from programasweights.data.pbb.arithmetic.syntax import operations, parse, render
from programasweights.data.pbb.arithmetic.wording import in_words
from programasweights.errors import DataError
from programasweights.sandbox import run_function

DOMAIN = ArithmeticDomain()
TOLM = """def tolm(x):
    x = (x - 3) ** 2
    if x > 10:
        x = x % 7
    else:
        x = abs(x)
    for i in range(3):
        x = x + i
    return x"""


def test_a_function_by_hand() -> None:
    machine = Machine()
    assert machine.run(parse(TOLM), 8) == 7
    assert machine.steps == [
        "x = 8",
        "x = (8 - 3) ** 2 = 5 ** 2 = 25",
        "25 > 10 is true",
        "x = 25 % 7 = 4",
        "i = 0",
        "x = 4 + 0 = 4",
        "i = 1",
        "x = 4 + 1 = 5",
        "i = 2",
        "x = 5 + 2 = 7",
    ]
    machine = Machine()
    assert machine.run(parse(TOLM), 1) == 7
    assert machine.steps[1:4] == ["x = (1 - 3) ** 2 = (-2) ** 2 = 4", "4 > 10 is false", "x = abs(4) = 4"]
    assert sorted(operations(parse(TOLM))) == ["%", "**", "+", "-", ">", "abs", "for"]


def test_words_by_hand() -> None:
    assert in_words(parse(TOLM)) == (
        "tolm takes a number x. Set x to (x minus 3) to the power of 2. If x is greater than 10, set x to the "
        "remainder of x divided by 7; otherwise set x to the absolute value of x. Do this 3 times, counting i from 0 "
        "to 2: add i to x. The result is x."
    )


def test_division_rounds_down_as_in_python() -> None:
    text = "def f(x):\n    x = (x // 3) + (x % 3)\n    return x"
    assert [Machine().run(parse(text), x) for x in (-7, 7)] == [-3 + 2, 2 + 1]


@given(st.integers(), st.integers(1, 9))
def test_text_and_tree_are_the_same(seed: int, count: int) -> None:
    function = draw_function(Draw("test", seed), "tolm", count)
    assert parse(render(function)) == function
    assert sum(1 for _ in operations(function)) == count


def test_python_gives_the_same_results() -> None:
    """Our machine against the real interpreter, in the sandbox, on 120 functions and every input."""
    drawn = ArithmeticDomain(operations=(1, 8)).instructions(120, seed=5)
    cases = [(i, e) for i in drawn for e in DOMAIN.executions(i, 100)]
    assert len(cases) == 120 * 61
    code = "\n".join(i.text for i in drawn)
    code += "\ndef solve(text):\n    name, x = text.split()\n    return str(globals()[name](int(x)))"
    result = run_function(code, "solve", [f"{i.name} {e.input}" for i, e in cases])
    assert not any(result.errors), next(filter(None, result.errors))
    assert list(result.outputs) == [e.answer for _, e in cases]


def test_functions_differ_in_what_they_do_and_none_is_nearly_constant() -> None:
    drawn = DOMAIN.instructions(150, seed=1)
    behaviours = []
    for instruction in drawn:
        answers = {e.input: e.answer for e in DOMAIN.executions(instruction, 61)}
        assert len(answers) == 61
        assert all(abs(int(answer)) <= 10_000 for answer in answers.values())
        assert Counter(answers.values()).most_common(1)[0][1] <= 30
        behaviours.append(tuple(sorted(answers.items())))
    assert len(set(behaviours)) == len({i.name for i in drawn}) == len({i.id for i in drawn}) == 150
    levels = Counter(i.attributes["operations"] for i in drawn)
    assert set(levels) == {1, 2, 3, 4, 5, 6}
    assert max(levels.values()) - min(levels.values()) <= 1
    held_out = Counter(i.attributes["operations"] for i in drawn if i.split == "eval")
    assert sum(held_out.values()) == 30
    assert set(held_out.values()) == {5}


def test_no_branch_is_dead() -> None:
    """Both outcomes of every `if` are seen among the inputs."""
    for instruction in DOMAIN.instructions(60, seed=2):
        traces = "\n".join(e.trace for e in DOMAIN.executions(instruction, 61))
        if " if " in instruction.text:
            assert "is true" in traces
            assert "is false" in traces


def test_the_same_seed_draws_the_same() -> None:
    once, again = DOMAIN.instructions(40, seed=3), ArithmeticDomain().instructions(40, seed=3)
    assert once == again
    assert {i.text for i in once}.isdisjoint(i.text for i in DOMAIN.instructions(40, seed=4))
    first = DOMAIN.executions(once[0], 5, seed=1)
    assert first == DOMAIN.executions(once[0], 5, seed=1)
    assert first != DOMAIN.executions(once[0], 5, seed=2)
    assert first == DOMAIN.executions(once[0], 9, seed=1)[:5]


def test_compositions_apply_one_after_the_other() -> None:
    functions = DOMAIN.instructions(30, seed=6)
    by_name = {f.name: f for f in functions}
    made = DOMAIN.compositions(functions, 20)
    assert len({c.text for c in made}) == 20
    assert made == DOMAIN.compositions(functions, 20)
    for composition in made:
        outer, inner = composition.attributes["uses"]
        assert f"return {outer}({inner}(x))" in composition.text
        assert composition.split == "eval"
        for execution in DOMAIN.executions(composition, 3):
            between = Machine().run(parse(by_name[inner].text), int(execution.input))
            assert int(execution.answer) == Machine().run(parse(by_name[outer].text), between)
            assert f"{inner}({execution.input}) = {between}" in execution.trace
            assert execution.question.count(outer) == execution.question.count(inner) == 1
            assert composition.name not in execution.question


def test_there_are_only_so_many() -> None:
    with pytest.raises(DataError, match=r"only .* different functions of \(1, 1\) operations"):
        ArithmeticDomain(operations=(1, 1)).instructions(500)
    with pytest.raises(DataError, match="compositions were found"):
        DOMAIN.compositions(DOMAIN.instructions(3), 7)
    with pytest.raises(DataError, match="do not fit"):
        ArithmeticDomain(operations=(3, 2))


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("7", "right"),
        ("x = 4 + 3 = 7\nAnswer: 7.", "right"),
        ("Answer: x is 7", "right"),
        ("Answer: 8", "wrong"),
        ("Answer: -7", "wrong"),
        ("x = 4 + 3 = 7", "unreadable"),
        ("Answer: seven", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_verdicts(reply: str, verdict: str) -> None:
    (instruction,) = DOMAIN.instructions(1)
    execution = DOMAIN.executions(instruction, 1)[0]
    seven = type(execution)(instruction.id, "3", "What is it?", "7", "")
    assert DOMAIN.verdict(instruction, seven, reply) == verdict
    assert DOMAIN.check(instruction, seven, reply) == (verdict == "right")


def test_verdicts_on_large_and_negative_numbers() -> None:
    (instruction,) = DOMAIN.instructions(1)
    execution = type(DOMAIN.executions(instruction, 1)[0])(instruction.id, "3", "What is it?", "-1234", "")
    assert [DOMAIN.verdict(instruction, execution, r) for r in ("-1,234", "−1234", "1234")] == [
        "right",
        "right",
        "wrong",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "def f(x): return",
        "def f(y):\n    return y",
        "def f(x):\n    return __import__('os')",
        "def f(x):\n    return x.real",
        "def f(x):\n    x = [x]\n    return x",
        "def f(x):\n    while x:\n        x = 1\n    return x",
        "def f(x):\n    if x > 1:\n        x = 2\n    return x",
        "def f(x):\n    return True",
        "def f(x):\n    return x / 2",
        "def f(x):\n    return " + "(" * 500 + "x" + ")" * 500,
    ],
)
def test_text_of_another_language_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        parse(text)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("    return x // (x - 3)", "divides by zero"),
        ("    return 11 ** (x + 1)", "is beyond"),
        ("    return 2 ** (x * 100)", "exponent"),
        ("    for i in range(1000000000):\n        x = 1\n    return x", "more than 500 steps"),
        ("    return i", "outside of a loop"),
        ("    return other(x)", "not known"),
        ("    return f(x)", "nest deeper"),
    ],
)
def test_runs_that_are_stopped(body: str, message: str) -> None:
    function = parse(f"def f(x):\n{body}")
    with pytest.raises(DataError, match=message):
        Machine({"f": function}).run(function, 3)


def test_instructions_can_be_executed_from_their_json() -> None:
    from programasweights.data.pbb.records import Instruction, to_json

    functions = DOMAIN.instructions(6)
    for instruction in (*functions, *DOMAIN.compositions(functions, 2)):
        back = Instruction(**json.loads(to_json(instruction)))
        assert DOMAIN.executions(back, 5) == DOMAIN.executions(instruction, 5)
