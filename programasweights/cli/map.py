"""`paw map`: a table file on a Ray cluster, or on all cores of this machine."""

import logging
from pathlib import Path
from typing import Annotated

import typer

from programasweights.cli.returns import Returns, parse_returns
from programasweights.cli.run import report_table

__all__ = ["map_"]


def map_(
    program: Annotated[str, typer.Argument(help="A .paw file, an id, or user/name[@v2] of a server.")],
    source: Annotated[
        Path, typer.Option("--input", "-i", help="A table: .csv, .tsv, .jsonl, .ndjson or .parquet.")
    ],
    target: Annotated[Path, typer.Option("--output", "-o", help="The table to write, of any format.")],
    column: Annotated[str, typer.Option(help="Its column of inputs.")] = "text",
    output_column: Annotated[str, typer.Option(help="Its column of outputs.")] = "output",
    returns: Returns = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an interrupted run.")] = False,
    limit: Annotated[int | None, typer.Option(min=0, help="Run and write this many rows at most.")] = None,
    address: Annotated[
        str | None, typer.Option(help="Ray cluster, or auto; RAY_ADDRESS by default, or this machine.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Workers; by default one for each CPU.")] = None,
    threads: Annotated[int, typer.Option(min=1, help="CPUs of a worker.")] = 1,
    cache: Annotated[
        Path | None, typer.Option(help="File on each node's own disk that keeps outputs between runs.")
    ] = None,
) -> None:
    """Run a program over a table with Ray.

    Writes what `paw run --input` writes, in the same order, with many workers; what one was doing when it died is done
    again. Needs the extra `ray`.

    [bold]Examples[/bold]

    paw map urgent.paw --input mail.csv --column body --output labelled.parquet --returns bool

    paw map urgent.paw --input mail.csv --column body --output labelled.csv --address auto --resume
    """
    from programasweights.distributed import map_dataset
    from programasweights.distributed.pool import connect

    connect(address)
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # it tells of every plan and run
    found = map_dataset(
        program,
        source,
        column=column,
        output_column=output_column,
        returns=parse_returns(returns),
        output=target,
        resume=resume,
        limit=limit,
        concurrency=workers,
        threads=threads,
        cache=cache,
    )
    report_table(found, target, output_column)
