"""`paw trace`: why a program says what it says to one input."""

from pathlib import Path
from typing import Annotated

import typer

from programasweights.cli.returns import Returns, parse_returns
from programasweights.cli.single import single_function
from programasweights.progress import say

__all__ = ["trace"]


def trace(
    program: Annotated[str, typer.Argument(help="A .paw file, an id, or user/name[@v2] of a server.")],
    text: Annotated[str, typer.Argument(metavar="INPUT", help="The input.")],
    html: Annotated[Path | None, typer.Option(help="Write a page to this file, too.")] = None,
    passes: Annotated[int, typer.Option(help="Most forward passes to spend, 32 or more.")] = 160,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    returns: Returns = None,
    server: Annotated[
        str | None, typer.Option(help="Server to fetch it from on first use; PAW_SERVER by default.")
    ] = None,
) -> None:
    """Show why a program says what it says: token probabilities, what mattered, the nearest input that changes it.

    [bold]Example[/bold]

    paw trace name.paw "This is Laura Stone" --html trace.html
    """
    function = single_function(program, returns=parse_returns(returns), server=server)
    found = function.trace(text, passes=passes)
    if html is not None:
        say(f"Wrote {found.to_html(html)}.")
    typer.echo(found.to_json() if as_json else str(found))
