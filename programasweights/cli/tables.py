"""Tables on stderr: with lines on a terminal, plain elsewhere."""

import sys
from collections.abc import Sequence

from programasweights.checks.report import table
from programasweights.progress import printable, say

__all__ = ["show_table"]

_MOST = 50


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Show rows, at most fifty of them; nothing without any."""
    if not rows:
        return
    if sys.stderr.isatty():
        _on_terminal(head, rows[:_MOST])
    else:
        for line in table(head, rows[:_MOST]):
            say(line)
    if len(rows) > _MOST:
        say(f"... and {len(rows) - _MOST} more")


def _on_terminal(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*head, show_lines=True)
    for row in rows:
        drawn.add_row(*(Text(printable(cell)) for cell in row))
    Console(stderr=True).print(drawn)
