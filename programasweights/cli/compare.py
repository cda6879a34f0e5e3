"""`paw compare`: two programs on the same cases."""

import json
from pathlib import Path
from typing import Annotated

import typer

from programasweights import api
from programasweights.checks.comparing import compare as compare_functions
from programasweights.checks.suite import read_cases
from programasweights.cli.tables import show_table
from programasweights.progress import progress

__all__ = ["compare"]


def compare(
    first: Annotated[str, typer.Argument(help="A .paw file, an id, or user/name[@v2] of a server.")],
    second: Annotated[str, typer.Argument(help="Another.")],
    cases: Annotated[Path, typer.Option(help='A suite, or a .jsonl file of {"input", "expected"} objects.')],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    server: Annotated[
        str | None, typer.Option(help="Server to fetch from on first use; PAW_SERVER by default.")
    ] = None,
) -> None:
    """Compare two programs on the same cases.

    Outputs that differ are listed on stderr, with a mark at those that are right.

    [bold]Example[/bold]

    paw compare old.paw new.paw --cases suite.yaml
    """
    listed = read_cases(cases)
    old, new = (api.function(name, server=server) for name in (first, second))
    with progress("Comparing"):
        found = compare_functions(old, new, listed)
    show_table(("input", "expected", "first", "second"), found.rows())
    if as_json:
        sums = {"wins": found.wins, "losses": found.losses, "p_value": found.p_value}
        shares = {"first_accuracy": found.first.accuracy, "second_accuracy": found.second.accuracy}
        typer.echo(json.dumps(shares | sums | found.model_dump(mode="json"), ensure_ascii=False))
    else:
        typer.echo(found.headline)
