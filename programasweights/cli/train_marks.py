"""`paw train marks` and `paw train readers`: train mark readers, and put them into a picture checkpoint."""

import json
from pathlib import Path
from typing import Annotated

import typer

from programasweights.errors import DataError
from programasweights.progress import progress

__all__ = ["marks", "readers"]


def marks(
    recipe: Annotated[Path, typer.Option(help="A .json file with the fields of MarkTraining.")],
    out: Annotated[Path, typer.Option(help="Folder of the run; a run that is there goes on.")],
    seconds: Annotated[float | None, typer.Option(help="Stop after so long, with the state saved.")] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ...")] = "cpu",
    workers: Annotated[int, typer.Option(min=1, help="Processes that draw.")] = 2,
) -> None:
    """Train a reader of marks on drawings made here; OUT/best/marks.safetensors is the best one."""
    from programasweights.training.marks.config import MarkTraining
    from programasweights.training.marks.run import MarkRun

    try:
        config = MarkTraining(**json.loads(recipe.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise DataError(f"{recipe} is not a recipe: {error}; see recipes/marks.") from None
    with progress("Drawing", total=config.pictures + config.valid_pictures, unit="sheets") as advance:
        run = MarkRun(out, config, device=device, workers=workers, advance=advance)
    with progress("Training", total=config.steps, unit="steps") as advance:
        advance(run.step)
        run.run(seconds=seconds, advance=advance)
    typer.echo(f"step {run.step} of {config.steps}; log, validation and the best reader are in {out}")


def readers(
    checkpoint: Annotated[Path, typer.Argument(help="A picture checkpoint.")],
    out: Annotated[Path, typer.Option(help="Picture checkpoint to write, .safetensors.")],
    reader: Annotated[
        list[Path] | None, typer.Option(help="A marks.safetensors; several times for several.")
    ] = None,
) -> None:
    """Write a picture checkpoint with these mark readers and no others; what they find is told in programs."""
    from programasweights.compiler.picture_checkpoint import with_readers
    from programasweights.vision.marks.files import load_marks

    found = [load_marks(path) for path in reader or []]
    with_readers(checkpoint, found, out)
    tasks = ", ".join(weights.config.task for weights in found) or "nothing"
    typer.echo(f"{out} ({out.stat().st_size:,} bytes) reads marks of {tasks}")
