"""`paw pbb`: programming by backprop."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(help="Programming by backprop: instructions learnt from their text.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Without a callback, a group of one command would be that command."""


@app.command()
def data(
    domain: Annotated[str, typer.Option(help="arithmetic, leetcode, ciphers or grammars.")],
    out: Annotated[Path, typer.Option(help="Folder to write; made if it is not there.")],
    instructions: Annotated[int, typer.Option(min=1, help="Instructions, of both splits together.")] = 200,
    executions: Annotated[int, typer.Option(min=1, help="Executions of each, at most.")] = 30,
    held_out: Annotated[float, typer.Option(min=0, max=1, help="Share that is only evaluated on.")] = 0.2,
    problems: Annotated[
        Path | None, typer.Option(help="For leetcode: folder with the problems (docs/pbb.md).")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 0,
) -> None:
    """Write instructions, documents and executions of a domain.

    [bold]Example[/bold]

    paw pbb data --domain ciphers --out ciphers
    """
    from programasweights.data.pbb.build import PbbOptions, build
    from programasweights.data.pbb.domain import load_domain

    options = PbbOptions(instructions, executions, held_out, seed)
    manifest = build(load_domain(domain, folder=problems), out, options)
    for name, lines in manifest["lines"].items():
        typer.echo(f"{name}\t{lines:,} lines\t{(out / name).stat().st_size:,} bytes")
