"""Reads problems with Python solutions from a folder of .jsonl and .jsonl.gz files.

Two kinds of line are known. Of collections of contest problems: `completion` (a class with the solution),
`entry_point` (`Solution().name`), `prompt` (imports that it needs), `input_output` (a list of `{"input": "n = 1",
"output": "2"}`), and the problem's words in `problem_description` or `meta.question_title`. Of collections of single
functions: `code`, `input`, `output`, without words. No solution is executed here.
"""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from programasweights.data.records import read_lines
from programasweights.errors import DataError

__all__ = ["Case", "Problem", "plain_function", "read_problems", "renamed"]


@dataclass(frozen=True)
class Case:
    """An input and the output that the file gives for it."""

    input: str
    """Arguments as they stand in a call: `nums = [1, 2], k = 3`."""
    output: str
    """A Python or JSON value."""


@dataclass(frozen=True)
class Problem:
    """A problem as the file has it."""

    task: str
    name: str
    """Name of the function that solves it; empty if names mean nothing in the collection."""
    prelude: str
    """Imports and helpers that the solution needs."""
    code: str
    words: str
    """The problem without its examples; may be empty."""
    cases: tuple[Case, ...]


def read_problems(folder: Path) -> list[Problem]:
    """All problems of a folder, by file name and line.

    Raises:
        DataError: the folder has no such file, or a line is no problem; the message names it.
    """
    files = sorted(path for path in folder.glob("*.jsonl*") if path.name.endswith((".jsonl", ".jsonl.gz")))
    if not files:
        raise DataError(
            f"{folder} has no .jsonl or .jsonl.gz file; expected problems with solutions (docs/pbb.md)."
        )
    return [problem for path in files for problem in read_lines(path, _problem)]


def plain_function(problem: Problem) -> ast.FunctionDef | None:
    """The solution as one function without annotations and `self`; None if it is more than that."""
    try:
        body = ast.parse(problem.code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    body = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    if len(body) == 1 and isinstance(body[0], ast.ClassDef):
        body = body[0].body
    if len(body) != 1 or not isinstance(function := body[0], ast.FunctionDef) or function.decorator_list:
        return None
    if function.args.args and function.args.args[0].arg == "self":
        function.args.args.pop(0)
    nodes = list(ast.walk(function))
    if any(isinstance(node, ast.Name) and node.id == "self" for node in nodes):
        return None
    for node in nodes:
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    return function


def renamed(function: ast.FunctionDef, name: str) -> str:
    """The text of a function under another name."""
    old = function.name
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == old:
            node.id = name
    function.name = name
    return ast.unparse(function)


def _problem(line: str) -> Problem:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{line!r:.80} is not JSON ({error}); expected one problem a line.") from None
    if isinstance(row, dict) and "completion" in row:
        return _contest_problem(row)
    if isinstance(row, dict) and "code" in row:
        cases = (Case(_text(row, "input"), _text(row, "output")),)
        return Problem(str(row.get("id", "")), "", "", _text(row, "code"), "", cases)
    raise DataError(
        f"{line!r:.80} has neither 'completion' nor 'code'; expected a problem with its solution."
    )


def _contest_problem(row: Mapping[str, Any]) -> Problem:
    entry = _text(row, "entry_point")
    if not re.fullmatch(r"Solution\(\)\.[A-Za-z_]\w*", entry):
        raise DataError(f"'entry_point' is {entry!r:.80}, but must be Solution().NAME.")
    listed = row.get("input_output")
    if not isinstance(listed, list) or not all(isinstance(case, dict) for case in listed):
        raise DataError(f"'input_output' is {listed!r:.80}, but must be a list of objects.")
    cases = tuple(Case(_text(case, "input"), _text(case, "output")) for case in listed)
    meta = row.get("meta")
    words = row.get("problem_description") or (meta.get("question_title") if isinstance(meta, dict) else "")
    words = re.split(r"\n\s*(?:Example|Constraints)\b", str(words or ""))[0]
    found = Problem(_text(row, "task_id"), entry.rpartition(".")[2], _text(row, "prompt"), "", "", cases)
    return replace(found, code=_text(row, "completion"), words=re.sub(r"\s+", " ", words).strip())


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise DataError(f"{name!r} is {value!r:.80}, but must be text.")
    return value
