"""`paw run`: an input in, an output out; without an input, a filter from stdin to stdout."""

import json
import queue
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from programasweights import api
from programasweights.errors import InputError
from programasweights.functions import Function
from programasweights.progress import say

__all__ = ["run"]

_CHUNK = 32


def run(
    program: Annotated[str, typer.Argument(help="A .paw file, an id, or user/name[@v2] of a server.")],
    text: Annotated[str | None, typer.Argument(metavar="[INPUT]", help="The input; - reads stdin.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each input.")] = False,
    server: Annotated[
        str | None, typer.Option(help="Server to fetch it from on first use; PAW_SERVER by default.")
    ] = None,
) -> None:
    r"""Run a program.

    Without INPUT, or with -, every line of stdin is an input and makes one line of output, in order; line
    breaks in an output are printed as \n and backslashes as \\, so that lines stay lines. With --json each
    line is {"input": ..., "output": ...}. A line that cannot be run, being too long, makes an empty line (with --json
    {"input": ..., "error": ...}) and a message; the exit code is then 1.

    [bold]Examples[/bold]

    paw run urgent.paw "The server room is on fire!"

    cat messages.txt | paw run urgent.paw > labels.txt

    paw run me/urgent@v2 "All is well." --server https://paw.example.org
    """
    function = api.function(program, server=server)
    if text is not None and text != "-":
        output = function(text)
        typer.echo(_record(text, output) if as_json else output)
        return
    done = failed = 0
    for chunk in _chunks():
        for given, answer in zip(chunk, _answers(function, chunk), strict=True):
            done += 1
            if isinstance(answer, InputError):
                failed += 1
                say(f"paw: line {done}: {answer}")
            typer.echo(_record(given, answer) if as_json else _one_line(answer))
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


def _answers(function: Function, chunk: list[str]) -> Sequence[str | InputError]:
    """The outputs for some lines, or why there is none for a line."""
    try:
        return function.map(chunk)
    except InputError as error:
        if len(chunk) == 1:
            return [error]
        return [answer for given in chunk for answer in _answers(function, [given])]


def _record(given: str, answer: str | InputError) -> str:
    field = "error" if isinstance(answer, InputError) else "output"
    return json.dumps({"input": given, field: str(answer)}, ensure_ascii=False)


def _one_line(answer: str | InputError) -> str:
    text = "" if isinstance(answer, InputError) else answer
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")


def _chunks() -> Iterator[list[str]]:
    """Lines of stdin: as many as have come already, so that a slow writer still gets each answer at once."""
    lines: queue.Queue[str | None] = queue.Queue(maxsize=4 * _CHUNK)
    threading.Thread(target=_read_lines, args=(lines,), daemon=True).start()
    while (line := lines.get()) is not None:
        chunk = [line]
        while len(chunk) < _CHUNK and not lines.empty():
            if (following := lines.get()) is None:
                yield chunk
                return
            chunk.append(following)
        yield chunk


def _read_lines(lines: "queue.Queue[str | None]") -> None:
    for line in sys.stdin:
        lines.put(line.rstrip("\n").removesuffix("\r"))
    lines.put(None)
