"""Progress bars on stderr for work that takes longer than a second.

A bar is shown only on a terminal; elsewhere one line at the start says what is going on, unless the
work is done at once. Nothing ever goes to stdout.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Advance", "printable", "progress", "say"]

Advance = Callable[[float], None]
"""Adds an amount of finished work to a bar, in the bar's unit."""


def say(line: str) -> None:
    """Print one line to stderr."""
    print(line, file=sys.stderr)  # noqa: T201


def printable(text: str) -> str:
    """Escape control characters but line breaks: a text from a stranger must not command the terminal."""
    return "".join(c if c == "\n" or c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@contextmanager
def progress(label: str, *, total: float | None = None, unit: str = "steps") -> Iterator[Advance]:
    """Show a bar named `label` while the block runs, and yield the function that advances it.

    Args:
        label: what is going on, in a few words.
        total: all work to be done, in `unit`; None when unknown.
        unit: `"bytes"` prints sizes and speed; any other word prints plain counts.
    """
    if not sys.stderr.isatty():
        say(f"{label} ...")
        yield lambda _amount: None
        return
    from rich import progress as bars
    from rich.console import Console

    columns: list[bars.ProgressColumn] = [bars.TextColumn("{task.description}"), bars.BarColumn()]
    if unit == "bytes":
        columns += [bars.DownloadColumn(), bars.TransferSpeedColumn()]
    else:
        columns += [bars.MofNCompleteColumn()]
    columns += [bars.TimeRemainingColumn()]
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda amount: bar.advance(task, amount)
