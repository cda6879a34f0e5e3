"""`paw data`: build, show and check training data."""

from pathlib import Path
from typing import Annotated

import typer

from programasweights.errors import DataError

__all__ = ["app"]

app = typer.Typer(help="Build, show and check training data.", no_args_is_help=True)

_CORPORA = typer.Option(help="Folder with corpora of real texts; some families need it (docs/data.md).")


def use_corpora(folder: Path | None) -> None:
    """Read corpora from the folder, if one is named."""
    from programasweights.data.oracle.banks import corpora

    corpora.use(folder)


@app.command()
def families(corpora: Annotated[Path | None, _CORPORA] = None) -> None:
    """List the families of the generator, by category and sub-category."""
    from programasweights.data.oracle.registry import all_families

    use_corpora(corpora)
    found = sorted(all_families(), key=lambda f: (f.category, f.subcategory, f.name))
    for family in found:
        typer.echo(f"{family.category}\t{family.subcategory}\t{family.name}\t{family.capacity:,}")
    areas, finer = {f.category for f in found}, {(f.category, f.subcategory) for f in found}
    typer.echo(f"{len(found)} families in {len(areas)} areas and {len(finer)} sub-categories", err=True)


@app.command()
def sample(
    family: Annotated[list[str] | None, typer.Argument(help="Names of families; all by default.")] = None,
    category: Annotated[
        str | None, typer.Option(help="Only families whose category holds this text.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="Specs of each family.")] = 2,
    pairs: Annotated[int, typer.Option(min=1, help="Pairs shown of each spec.")] = 3,
    seed: Annotated[int, typer.Option(help="Another seed shows other specs.")] = 0,
    corpora: Annotated[Path | None, _CORPORA] = None,
) -> None:
    """Show specs and pairs, with how far an answer that ignores the input would go."""
    from programasweights.data.oracle.registry import all_families, find_family
    from programasweights.data.oracle.report import report_on
    from programasweights.data.oracle.task import draw_task

    use_corpora(corpora)
    chosen = [find_family(name) for name in family] if family else list(all_families())
    chosen = [f for f in chosen if (category or "").lower() in f.category.lower()]
    if not chosen:
        raise DataError(f"no category holds the text {category!r}; `paw data families` lists them.")
    for one in chosen:
        found = report_on(one, seed=seed)
        typer.secho(
            f"{one.name}  ({one.category} / {one.subcategory}; capacity {found.capacity:,}, refused "
            f"{found.refused:.0%}, majority answer {found.majority:.0%}, copied {found.copied:.0%})",
            bold=True,
        )
        numbers = iter(range(50 * count))
        tasks = [task for number in numbers if (task := draw_task(one, seed, number, max(pairs, 8)))]
        for task in tasks[:count]:
            typer.echo(f"  {task.spec!r}")
            for case in task.pairs[:pairs]:
                also = f"   or {case.alternatives!r}" if case.alternatives else ""
                typer.echo(f"      {case.input!r} => {case.output!r}{also}")
