"""`paw data images`: pictures with exact labels, drawn here."""

import os
from pathlib import Path
from typing import Annotated

import typer

from programasweights.errors import DataError
from programasweights.progress import progress

__all__ = ["images"]


def images(
    task: Annotated[
        list[str], typer.Option(help="chemical, circuit, music, smiles or latex; several times for several.")
    ],
    count: Annotated[int, typer.Option(help="Pictures of each task.")],
    out: Annotated[Path, typer.Option(help="Folder to write; made if it is not there.")],
    split: Annotated[
        str, typer.Option(help="train, valid or test; they share no formula, scaffold, ...")
    ] = "train",
    seed: Annotated[int, typer.Option(help="The same seed gives the same pictures.")] = 0,
    level: Annotated[
        int | None, typer.Option(help="1 easy, 2, or 3 as in documents; of all levels by default.")
    ] = None,
    formulas: Annotated[Path | None, typer.Option(help="For latex: a file with a formula a line.")] = None,
    smiles: Annotated[
        Path | None, typer.Option(help="For smiles and chemical: a file with a SMILES a line.")
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; by default one a core.")] = None,
) -> None:
    """Draw pictures of formulas, molecules, circuits or scores, with questions and exact answers.

    [bold]Example[/bold]

    paw data images --task circuit --count 100 --split train --seed 0 --out pictures
    """
    from programasweights.data.images.build import PictureOptions, build

    sources = _sources(task, formulas, smiles)
    with progress("Drawing", total=count * len(task), unit="pictures") as advance:
        for one in task:
            workers = workers or os.cpu_count() or 1
            said = build(
                out, PictureOptions(one, split, count, seed, level, sources.get(one), workers), advance
            )
            size = (out / f"{one}-{split}.jsonl.gz").stat().st_size
            typer.echo(f"{one}\t{count:,} pictures\t{said['questions']:,} questions\t{size:,} bytes")


def _sources(tasks: list[str], formulas: Path | None, smiles: Path | None) -> dict[str, Path]:
    """The file of each task that has one."""
    sources: dict[str, Path] = {}
    for option, path, users in (
        ("--formulas", formulas, ("latex",)),
        ("--smiles", smiles, ("smiles", "chemical")),
    ):
        if path is not None and not set(tasks) & set(users):
            raise DataError(
                f"{option} is for the task {' or '.join(users)}, which is not among those to draw."
            )
        sources |= {user: path for user in users if path is not None}
    return sources
