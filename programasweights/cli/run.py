"""`paw run`: an input in, an output out; without an input, a filter from stdin to stdout; or a table file.

An input is a text, pictures, or a text with pictures behind it.
"""

import json
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from programasweights import api
from programasweights.cli.pictures import with_images
from programasweights.cli.returns import Returns, parse_returns
from programasweights.progress import say
from programasweights.records import Summary, Target, attempt, run_table
from programasweights.settings import settings
from programasweights.typed.columns import column_kind, column_value

__all__ = ["report_table", "run"]

_CHUNK = 32


def run(
    program: Annotated[str, typer.Argument(help="A .paw file, an id, or user/name[@v2] of a server.")],
    text: Annotated[str | None, typer.Argument(metavar="[INPUT]", help="The input; - reads stdin.")] = None,
    image: Annotated[
        list[Path] | None,
        typer.Option(
            help="A picture that the input ends with; may be given several times, and keeps its order."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each input.")] = False,
    returns: Returns = None,
    source: Annotated[
        Path | None,
        typer.Option("--input", "-i", help="A table to run: .csv, .tsv, .jsonl, .ndjson or .parquet."),
    ] = None,
    column: Annotated[str, typer.Option(help="Its column of inputs.")] = "text",
    target: Annotated[
        Path | None, typer.Option("--output", "-o", help="With --input: the table to write, of any format.")
    ] = None,
    output_column: Annotated[str, typer.Option(help="Its column of outputs.")] = "output",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an interrupted run.")] = False,
    limit: Annotated[int | None, typer.Option(min=0, help="Run and write this many rows at most.")] = None,
    server: Annotated[
        str | None, typer.Option(help="Server to fetch it from on first use; PAW_SERVER by default.")
    ] = None,
) -> None:
    r"""Run a program.

    Without INPUT, or with -, every line of stdin is an input and makes one line of output, in order; line
    breaks in an output are printed as \n and backslashes as \\, so that lines stay lines. With --json each
    line is {"input": ..., "output": ...}. A line that cannot be run, being too long, makes an empty line (with --json
    {"input": ..., "error": ...}) and a message; the exit code is then 1.

    With --input, a column of a table is run, and --output is the table with two columns more: the outputs, and why
    there is none. A row that cannot be run does not stop the others; the exit code is then 1. With --resume, the same
    command goes on where it was interrupted.

    [bold]Examples[/bold]

    paw run urgent.paw "The server room is on fire!"

    cat messages.txt | paw run urgent.paw > labels.txt

    paw run urgent.paw --input mail.csv --column body --output labelled.parquet --returns bool

    paw run apples.paw "Is there an apple?" --image photo.jpg

    paw run me/urgent@v2 "All is well." --server https://paw.example.org
    """
    if (source is None) != (target is None) or (source is not None and (text is not None or as_json)):
        raise typer.BadParameter("--input and --output go together, without INPUT and --json.")
    if image and (source is not None or text == "-"):
        raise typer.BadParameter("--image goes with one INPUT or with none, not with stdin or a table.")
    given = with_images(text, image)
    function = api.function(program, returns=parse_returns(returns), server=server)
    if source is not None and target is not None:
        _run_table(
            function, source, column, target, output_column, returns=returns, limit=limit, resume=resume
        )
    elif image or (text is not None and text != "-"):
        output = function(given)
        record = {"input": text, "images": [str(path) for path in image]} if image else {"input": text}
        typer.echo(_object(record, output) if as_json else _as_text(output))
    else:
        _filter(function, as_json=as_json)


def _filter(function: Any, *, as_json: bool) -> None:
    """Run the lines of stdin."""
    done = failed = 0
    for chunk in _chunks():
        for given, answer in zip(chunk, attempt(function.map, chunk), strict=True):
            done += 1
            if isinstance(answer, Exception):
                failed += 1
                say(f"paw: line {done}: {answer}")
            typer.echo(_record(given, answer) if as_json else _one_line(answer))
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


def _run_table(
    function: Any,
    source: Path,
    column: str,
    target: Path,
    output_column: str,
    *,
    returns: str | None,
    limit: int | None,
    resume: bool,
) -> None:
    """Run a column of a table."""
    kind = column_kind(function)
    decides = {"program": function.id, "returns": _identity(returns), "precision": settings().precision}
    found = run_table(
        lambda texts: [column_value(kind, value) for value in function.map(texts)],
        source,
        column,
        Target(target, output_column, kind),
        belongs_to=decides,
        limit=limit,
        resume=resume,
    )
    report_table(found, target, output_column)


def report_table(found: Summary, target: Path, output_column: str) -> None:
    """Say what came of a run; exits with 1 if rows have no output."""
    typer.echo(target)
    resumed = f", {found.resumed:,} of them before" if found.resumed else ""
    say(f"{found.rows:,} rows{resumed}")
    if found.failed:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(found.failed.items()))
        say(f"paw: rows without an output: {reasons}; the column {output_column}_error says more")
        raise typer.Exit(1)


def _record(given: str, answer: Any) -> str:
    if isinstance(answer, Exception):
        return json.dumps({"input": given, "error": str(answer)}, ensure_ascii=False)
    return _object({"input": given}, answer)


def _object(given: dict[str, Any], answer: Any) -> str:
    return json.dumps(given | {"output": column_value("json", answer)}, ensure_ascii=False)


def _as_text(answer: Any) -> str:
    return answer if isinstance(answer, str) else json.dumps(column_value("json", answer), ensure_ascii=False)


def _one_line(answer: Any) -> str:
    text = "" if isinstance(answer, Exception) else _as_text(answer)
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")


def _identity(returns: str | None) -> str:
    """The type as a journal names it: a schema by what its file holds."""
    found = parse_returns(returns)
    return json.dumps(found) if isinstance(found, dict) else str(found)


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
