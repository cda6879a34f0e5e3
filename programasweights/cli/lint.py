"""`paw lint`: warnings of what makes specs fail. Needs no base model."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from programasweights.checks.linting import lint as lint_spec
from programasweights.cli.compile import read_examples
from programasweights.progress import printable, say

__all__ = ["lint"]


def lint(
    spec: Annotated[str, typer.Argument(help="The task in plain words; - reads it from stdin.")],
    example: Annotated[
        list[str] | None, typer.Option("--example", "-e", help="An example as in=>out, as compile takes it.")
    ] = None,
    examples: Annotated[
        Path | None, typer.Option(help='A file of examples, a JSON object {"input", "output"} a line.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """Warn of what makes specs fail, before one is compiled. The exit code is 1 if there are warnings.

    [bold]Example[/bold]

    paw lint "Classify the sentiment of the review."
    """
    text = sys.stdin.read() if spec == "-" else spec
    found = lint_spec(text, read_examples(example, examples))
    if as_json:
        typer.echo(json.dumps([asdict(warning) for warning in found], ensure_ascii=False))
    else:
        for warning in found:
            typer.echo(printable(str(warning)))
        say(f"{len(found)} warnings" if len(found) != 1 else "1 warning")
    if found:
        raise typer.Exit(1)
