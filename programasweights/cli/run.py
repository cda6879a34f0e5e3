"""`paw run`: an input in, an output out; without an input, a filter from stdin to stdout."""

import json
import queue
import sys
import threading
from collections.abc import Iterator
from typing import Annotated

import typer

from programasweights import api

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
    line is {"input": ..., "output": ...}.

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
    for chunk in _chunks():
        for given, output in zip(chunk, function.map(chunk), strict=True):
            typer.echo(_record(given, output) if as_json else _one_line(output))
        sys.stdout.flush()


def _record(given: str, output: str) -> str:
    return json.dumps({"input": given, "output": output}, ensure_ascii=False)


def _one_line(text: str) -> str:
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
