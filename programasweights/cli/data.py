"""`paw data`: build, show and check training data."""

import time
from pathlib import Path
from typing import Annotated

import typer

from programasweights.cli.data_images import images
from programasweights.cli.generate import generate
from programasweights.errors import DataError
from programasweights.progress import progress

__all__ = ["app"]

app = typer.Typer(help="Build, show and check training data.", no_args_is_help=True)

app.command("generate")(generate)
app.command("images")(images)

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
    from programasweights.data.oracle.banks.corpora import available
    from programasweights.data.oracle.registry import all_families, find_family
    from programasweights.data.oracle.report import report_on
    from programasweights.data.oracle.task import draw_task

    use_corpora(corpora)
    everywhere = [f for f in all_families() if f.corpus is None or available(f.corpus)]
    chosen = [find_family(name) for name in family] if family else everywhere
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


@app.command()
def build(
    specs: Annotated[int, typer.Option(help="Specs in all splits together.")],
    out: Annotated[Path, typer.Option(help="Folder to write; made if it is not there.")],
    pairs: Annotated[int, typer.Option(help="(input, output) pairs of each spec.")] = 8,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 0,
    corpora: Annotated[Path | None, _CORPORA] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; by default one a core.")] = None,
) -> None:
    """Build the generated data set: train, valid, test-spec and test-family, and a manifest."""
    import os

    from programasweights.data.build import BuildOptions
    from programasweights.data.build import build as build_data

    start = time.perf_counter()
    options = BuildOptions(specs, pairs, seed, corpora, workers or os.cpu_count() or 1)
    with progress("Drawing specs", total=specs, unit="specs") as advance:
        manifest = build_data(out, options, advance)
    for split, count in manifest.specs.items():
        size = (out / f"{split}.jsonl.gz").stat().st_size
        typer.echo(f"{split}\t{count:,} specs\t{manifest.records[split]:,} records\t{size:,} bytes")
    typer.echo(f"{time.perf_counter() - start:.0f} s", err=True)


@app.command()
def check(folder: Annotated[Path, typer.Argument(help="Folder that `paw data build` wrote.")]) -> None:
    """Check a data set: files against the manifest's hashes, and leaks between the splits."""
    from programasweights.data.leaks import find_leaks
    from programasweights.data.manifest import Manifest

    Manifest.load(folder / "manifest.json").check_files(folder)
    leaks = find_leaks(folder)
    for leak in leaks[:20]:
        typer.echo(f"{leak.kind} in {leak.where[0]} and {leak.where[1]}: {leak.what!r:.200}")
    if leaks:
        raise DataError(f"{folder} leaks: {len(leaks):,} findings; do not train on it, build it again.")
    typer.echo("files as the manifest says, no leaks")


@app.command()
def natural(
    collection: Annotated[Path, typer.Argument(help="A collection of tasks, .jsonl or .jsonl.gz.")],
    out: Annotated[Path, typer.Option(help="File of records to write, .jsonl or .jsonl.gz.")],
    rewordings: Annotated[Path | None, typer.Option(help="File with other wordings of the tasks.")] = None,
    cap: Annotated[int, typer.Option(help="Most instances of a task.")] = 64,
    per_spec: Annotated[int, typer.Option(help="Instances under one wording.")] = 8,
    licence: Annotated[str, typer.Option(help="open, unknown (open or not stated), or any.")] = "unknown",
    seed: Annotated[int, typer.Option(help="Chooses wordings and instances.")] = 0,
) -> None:
    """Turn a collection of natural tasks into records."""
    from programasweights.data.instructions import (
        InstructionOptions,
        instruction_records,
        read_instructions,
        read_rewordings,
    )
    from programasweights.data.records import write_records

    options = InstructionOptions(cap=cap, per_spec=per_spec, licence=licence, seed=seed)  # type: ignore[arg-type]
    words = read_rewordings(rewordings) if rewordings else None
    count = write_records(out, instruction_records(read_instructions(collection), options, words))
    typer.echo(f"{count:,} records in {out}")


@app.command()
def card(
    folder: Annotated[Path, typer.Argument(help="Folder that `paw data build` wrote.")],
    triplets: Annotated[int, typer.Option(min=0, help="Random triplets to show.")] = 30,
    seed: Annotated[int, typer.Option(help="Another seed shows other triplets.")] = 0,
) -> None:
    """Print a data set's figures as Markdown: counts by area, majority answers, random triplets."""
    from programasweights.data.card import card as figures

    typer.echo(figures(folder, triplets=triplets, seed=seed))
