"""Problems with solutions: what is kept, what runs give, and files that mean harm."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from programasweights.data.pbb.leetcode import LeetcodeDomain
from programasweights.data.pbb.leetcode.problems import plain_function, read_problems, renamed
from programasweights.data.pbb.leetcode.running import read_arguments, read_value, run_solution, same
from programasweights.data.pbb.records import Execution, Instruction, to_json
from programasweights.errors import DataError


def problem(name: str, body: str, cases: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    """A line as collections of contest problems have it; `body` follows `def name(self, `."""
    return {
        "task_id": name,
        "entry_point": f"Solution().{name}",
        "prompt": "from typing import *\nfrom collections import *\n",
        "completion": f"class Solution:\n    def {name}(self, {body}",
        "input_output": [{"input": given, "output": wanted} for given, wanted in cases],
        "problem_description": f"Do {name}.\n\u00a0\nExample 1:\n\nInput: n = 1\nOutput: 3",
    } | more


DOUBLE = problem("double", "n: int) -> int:\n        return n * 2", [("n = 2", "4"), ("n = 5", "10")])
SUM = problem(
    "total",
    "nums: List[int]) -> int:\n        out = 0\n        for n in nums:\n            out += n\n        return out",
    [("nums = [1,2,3]", "6")],
)
FIRST = problem(
    "first", "words: List[str]) -> str:\n        return words[0]", [('words = ["ab","c"]', '"ab"')]
)
FLAG = problem("flag", "n: int) -> bool:\n        return n > 3", [("n = 5", "true"), ("n = 3", "false")])
PLAIN = {
    "id": "s",
    "code": "def f(a, b):\n    return (a, sorted(b))",
    "input": "1, [2, 1]",
    "output": "(1, [1, 2])",
}


def folder(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    """A folder with one packed file of these problems."""
    with gzip.open(tmp_path / "p.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def by_task(domain: LeetcodeDomain, count: int) -> dict[str, Instruction]:
    """The drawn instructions by task."""
    return {i.attributes["task"]: i for i in domain.instructions(count)}


def test_good_problems_become_instructions(tmp_path: Path) -> None:
    domain = LeetcodeDomain(folder(tmp_path, DOUBLE, SUM, FIRST, FLAG, PLAIN))
    found = by_task(domain, 5)
    assert domain.counts == {"passed": 5}
    assert found["double"].text == "def double(n):\n    return n * 2"
    assert found["double"].description == "Do double."
    (plain,) = (i for i in found.values() if i.attributes["task"] == "s")
    assert plain.text == f"def {plain.name}(a, b):\n    return (a, sorted(b))"
    assert plain.name != "f"
    assert plain.description == ""
    total = domain.executions(found["total"], 99)
    assert (total[0].input, total[0].answer) == ("nums = [1, 2, 3]", "6")
    assert total[0].trace.splitlines() == [
        "nums = [1, 2, 3]",
        "out = 0",
        "n = 1",
        "out = 1",
        "n = 2",
        "out = 3",
        "n = 3",
        "out = 6",
        "return 6",
    ]
    assert len(total) == len({e.input for e in total}) > 5
    for execution in total:
        assert int(execution.answer) == sum(read_arguments(execution.input)[1]["nums"])  # type: ignore[index]
        assert found["total"].name in execution.question
        assert execution.input in execution.question
    back = Instruction(**json.loads(to_json(found["total"])))
    assert domain.executions(back, 99) == total


def test_why_problems_are_left_out(tmp_path: Path) -> None:
    rows = [
        DOUBLE,
        problem("wrong", "n: int):\n        return n", [("n = 2", "4")]),
        problem("fails", "n: int):\n        return n // 0", [("n = 2", "4")]),
        problem("endless", "n: int):\n        while True:\n            n += 1", [("n = 2", "4")]),
        problem("deep", "n: int):\n        return self.deep(n)", [("n = 2", "4")]),
        problem("odd", "head):\n        return head", [("head = node(1)", "[1]")]),
        problem("long", f"n: int):\n        return n + {'0 + ' * 300}0", [("n = 2", "2")]),
        problem("object", "n: int):\n        return object()", [("n = 2", "2")]),
        problem("syntax", "n: int) return", [("n = 2", "2")]),
    ]
    domain = LeetcodeDomain(folder(tmp_path, *rows), varied=0)
    with pytest.raises(DataError, match=r"only 1 of 9 problems pass, 2 were asked for"):
        domain.instructions(2)
    assert domain.counts == {
        "passed": 1,
        "another output": 1,
        "failed": 3,
        "more than one function": 2,
        "unreadable case": 1,
        "too long": 1,
    }
    assert domain.describe()["outcomes"]["failed"] == 3


def test_hostile_solutions_do_no_harm(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "kept").write_text("x")
    attacks = {
        "write": f"open({str(target / 'new')!r}, 'w').write('x')",
        "shell": f"__import__('os').system('rm -r {target}')",
        "remove": f"__import__('shutil').rmtree({str(target)!r})",
        "leave": "__import__('os')._exit(0)",
        "memory": "bytearray(2**32)",
        "forge": "(__import__('sys').__stdout__.write('{}'), __import__('os')._exit(0))",
        "deeper": "(lambda f: f(f))(lambda f: f(f))",
    }
    rows = [
        problem(name, f"n: int):\n        {code}\n        return n", [("n = 2", "2")])
        for name, code in attacks.items()
    ]
    rows.append(
        problem(
            "prelude", "n: int):\n        return n", [("n = 2", "2")], prompt="import os; os.remove('/x')"
        )
    )
    problems = tmp_path / "problems"
    problems.mkdir()
    domain = LeetcodeDomain(folder(problems, *rows, DOUBLE), varied=0)
    assert [i.name for i in domain.instructions(1)] == ["double"]
    with pytest.raises(DataError, match="only 1 of 9"):
        domain.instructions(2)
    assert domain.counts == {"passed": 1, "failed": 8}
    assert [path.name for path in target.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "neither 'completion' nor 'code'"),
        ('{"code": 1, "input": "", "output": ""}', "'code' is 1, but must be text"),
        (json.dumps(DOUBLE | {"entry_point": "Solution().x; import os"}), "must be Solution\\(\\).NAME"),
        (json.dumps(DOUBLE | {"input_output": [1]}), "must be a list of objects"),
        (json.dumps(DOUBLE | {"input_output": [{"input": "n = 1"}]}), "'output' is None"),
        (json.dumps(DOUBLE | {"prompt": None}), "'prompt' is None"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps(DOUBLE) + "\n" + line + "\n", "utf-8")
    with pytest.raises(DataError, match=f"line 2 of .*{message}"):
        LeetcodeDomain(tmp_path)


def test_folders_without_problems(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(DataError, match=r"has no \.jsonl"):
        LeetcodeDomain(tmp_path)
    (tmp_path / "p.jsonl.gz").write_bytes(gzip.compress(json.dumps(DOUBLE).encode() * 99)[:60])
    with pytest.raises(DataError, match="is damaged"):
        LeetcodeDomain(tmp_path)


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    """Also where sets decide the order of steps: the sandbox has a fixed hash seed."""
    body = "s: str) -> int:\n        letters = set(s)\n        return len(letters)"
    sets = problem("letters", body, [("s = 'abcdefghij'", "10")])
    again = problem("double", "n: int) -> int:\n        return n + n", [("n = 2", "4")], task_id="other")
    path = folder(tmp_path, DOUBLE, sets, again, PLAIN)
    once = LeetcodeDomain(path, varied=6).instructions(4, held_out=0.5)
    assert once == LeetcodeDomain(path, varied=6).instructions(4, held_out=0.5)
    assert {"double", "double2", "letters"} < {i.name for i in once}
    assert all(f"def {i.name}(" in i.text for i in once)
    assert sorted(i.split for i in once) == ["eval", "eval", "train", "train"]


def test_one_function_or_none(tmp_path: Path) -> None:
    rows = [
        problem(
            "one",
            "n: int) -> int:\n        def inner(x: int) -> int:\n            return x\n        return inner(n)",
            [],
        ),
        problem("two", "n):\n        return n\n    def other(self):\n        return 1", []),
        {
            "code": "import re\ndef f(n: int = 2):\n    return f(n - 1) if n else 0",
            "input": "1",
            "output": "0",
        },
        {"code": "@cache\ndef f(n):\n    return n", "input": "1", "output": "0"},
        {"code": "x = 1", "input": "1", "output": "0"},
    ]
    functions = [plain_function(p) for p in read_problems(folder(tmp_path, *rows))]
    assert [f is not None for f in functions] == [True, False, True, False, False]
    assert functions[0] is not None
    assert functions[2] is not None
    assert (
        renamed(functions[0], "one")
        == "def one(n):\n\n    def inner(x):\n        return x\n    return inner(n)"
    )
    assert renamed(functions[2], "g") == "def g(n=2):\n    return g(n - 1) if n else 0"


def test_runs_are_bounded_by_lines_and_steps() -> None:
    code = "def f(n):\n    x = 0\n    for i in range(n):\n        x += i\n    return x"
    runs = run_solution("", code, "f", [((n,), {}) for n in (2, 30, 10**6)])
    assert [run and run.value for run in runs] == [1, 435, None]
    assert [run and run.steps for run in runs[:2]] == [
        ("n = 2", "x = 0", "i = 0", "i = 1", "x = 1", "return 1"),
        (),
    ]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("n = 1, s = 'a,b'", ((), {"n": 1, "s": "a,b"})),
        ("[1, (2,)], {'a': None}", (([1, (2,)], {"a": None}), {})),
        ("", ((), {})),
        ("n = f(1)", None),
        ("n", None),
        ("1) + g(2", None),
        ("*[1]", None),
        ("n = [1", None),
        ("[" * 3000, None),
        ("**{}", None),
    ],
)
def test_only_literal_arguments_are_read(text: str, arguments: Any) -> None:
    assert read_arguments(text) == arguments


def test_values() -> None:
    assert [read_value(text) for text in ("[1,2]", "true", "null", " 2", "'a'", "x", "1" * 3000, "'\\d'")] == [
        ([1, 2],), (True,), (None,), (2,), ("a",), None, None, ("\\d",),
    ]  # fmt: skip
    assert same([1, (2.0000001, "a")], (1, [2, "a"]))
    assert not same(True, 1)
    assert not same([1], [1, 2])
    assert not same("1", 1)
    assert not same(float("nan"), 1)


@pytest.mark.parametrize(
    ("answer", "reply", "verdict"),
    [
        ("[1, 2]", "[1,2]", "right"),
        ("[1, 2]", "out = [1]\nAnswer: [1, 2].", "right"),
        ("[1, 2]", "[2, 1]", "wrong"),
        ("[1, 2]", "one and two", "unreadable"),
        ("True", "true", "right"),
        ("True", "Answer: False", "wrong"),
        ("2.5", "2.500001", "right"),
        ("'ab'", "ab", "right"),
        ("'ab'", '"ab"', "right"),
        ("'ab'", "ba", "wrong"),
        ("'12'", "12", "right"),
        ("''", "Answer: ''", "right"),
        ("'ab'", "", "unreadable"),
        ("3", "[" * 5000, "unreadable"),
        ("3", "__import__('os')", "unreadable"),
    ],
)
def test_verdicts(tmp_path: Path, answer: str, reply: str, verdict: str) -> None:
    domain = LeetcodeDomain(folder(tmp_path, DOUBLE))
    instruction = Instruction("leetcode-1", "leetcode", "f", "def f(): ...", "", "train", {})
    execution = Execution("leetcode-1", "", "What is f()?", answer, "")
    assert domain.verdict(instruction, execution, reply) == verdict
