"""`paw train features` and `paw train pictures`: train compilers that read pictures."""

import json
from pathlib import Path
from typing import Annotated

import typer

from programasweights.errors import DataError
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.progress import progress

__all__ = ["features", "pictures"]


def features(
    source: Annotated[
        Path, typer.Argument(help="Pictures with questions, as `paw data images` writes them.")
    ],
    out: Annotated[Path, typer.Option(help="Feature file to write, .safetensors.")],
    encoder: Annotated[
        str | None, typer.Option(help="Frozen encoder; the default one if none is named.")
    ] = None,
    model: Annotated[str, typer.Option(help="Base model whose tokenizer is used.")] = DEFAULT_MODEL,
    answer_tokens: Annotated[int, typer.Option(help="Questions with longer answers are left out.")] = 80,
    lines: Annotated[
        bool,
        typer.Option("--lines", help="Also give the compiler the line of text that stands in a picture."),
    ] = False,
) -> None:
    """Encode pictures once, for `paw train pictures`."""
    from programasweights.data.images import read_pictures
    from programasweights.lm.loader import load_engine
    from programasweights.training.pictures.feature_file import write_feature_file
    from programasweights.vision import DEFAULT_ENCODER, load_encoder

    name = encoder or DEFAULT_ENCODER
    with progress("Encoding"):
        count = write_feature_file(
            out,
            read_pictures(source),
            load_engine(model),
            load_encoder(name),
            name=name,
            answer_tokens=answer_tokens,
            lines=lines,
        )
    typer.echo(f"{count:,} pictures in {out} ({out.stat().st_size:,} bytes)")


def pictures(
    recipe: Annotated[
        Path, typer.Option(help="A .json file with the fields of PictureTraining that differ.")
    ],
    data: Annotated[
        Path, typer.Option(help="Folder of feature files, train*.safetensors and valid*.safetensors.")
    ],
    out: Annotated[Path, typer.Option(help="Folder of the run; a run that is there goes on.")],
    start: Annotated[
        Path | None,
        typer.Option(
            help="Text or picture checkpoint to start from; the text checkpoint in the package if none is."
        ),
    ] = None,
    seconds: Annotated[float | None, typer.Option(help="Stop after so long, with the state saved.")] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ...")] = "cpu",
) -> None:
    """Train a compiler that reads pictures; OUT/best/pictures.safetensors is the best checkpoint."""
    from programasweights.compiler.default import SHIPPED
    from programasweights.training.pictures.config import PictureTraining
    from programasweights.training.pictures.run import PictureRun, find_files
    from programasweights.training.precision import say_if_slow

    try:
        config = PictureTraining(**json.loads(recipe.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise DataError(f"{recipe} is not a recipe: {error}; see recipes/pictures.") from None
    say_if_slow(config.precision, device)
    train, valid = find_files(data)
    run = PictureRun(out, config, train, valid, device=device, start=start or SHIPPED)
    with progress("Training", total=config.steps, unit="steps") as advance:
        advance(run.step)
        run.run(seconds=seconds, advance=advance)
    typer.echo(f"step {run.step} of {config.steps}; log, validation and the best checkpoint are in {out}")
