"""Pages of the documentation as tests: their Python runs, and gives what they say."""

import ast
import contextlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["DOCS", "run_block", "run_page"]

DOCS = Path(__file__).parents[1] / "docs"


def run_page(name: str, *, plain: Callable[[str], str] = str) -> tuple[int, int]:
    """Run a page's Python blocks, one after the other, in the current folder.

    A line that ends in a comment gives what the comment says; a text block behind a block is what that printed, once
    `plain` has been applied to both. Returns how many lines and how many text blocks were compared.
    """
    names: dict[str, Any] = {"__name__": "page"}
    printed, lines, texts = "", 0, 0
    page = (DOCS / name).read_text("utf-8")
    for kind, block in re.findall(r"```(python|text)\n(.*?)```", page, re.DOTALL):
        if kind == "text":
            assert plain(printed) == plain(block), f"{name} prints\n{printed}\nand says\n{block}"
            texts += 1
            continue
        with contextlib.redirect_stdout(io.StringIO()) as out:
            lines += run_block(block, names)
        printed = out.getvalue()
    return lines, texts


def run_block(block: str, names: dict[str, Any]) -> int:
    """Run a block; expressions with a comment behind them must give what it says. Returns how many."""
    lines, checked = block.splitlines(), 0
    for statement in ast.parse(block).body:
        code = ast.unparse(statement)
        said = re.search(r"  # (.+)$", lines[(statement.end_lineno or 0) - 1])
        if isinstance(statement, ast.Expr) and said is not None:
            assert repr(eval(code, names)) == said[1], code  # noqa: S307  # our own page
            checked += 1
        else:
            exec(code, names)  # noqa: S102  # our own page
    return checked
