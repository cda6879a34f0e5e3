"""`paw train`: pre-tokenise data, and train a compiler's continuous part."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from programasweights.errors import DataError
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.progress import progress

__all__ = ["app"]

app = typer.Typer(help="Train compilers; needs the training extra.", no_args_is_help=True)


@app.command()
def prepare(
    records: Annotated[
        list[Path], typer.Argument(help="Files of records, in the order they are to stand in.")
    ],
    out: Annotated[Path, typer.Option(help="Token file to write, .safetensors.")],
    model: Annotated[str, typer.Option(help="Base model whose tokenizer is used.")] = DEFAULT_MODEL,
    spec_tokens: Annotated[int, typer.Option(help="Specs with more tokens are left out.")] = 384,
    input_tokens: Annotated[int, typer.Option(help="Inputs with more tokens are left out.")] = 256,
    output_tokens: Annotated[int, typer.Option(help="Outputs with more tokens are left out.")] = 96,
) -> None:
    """Turn records into a file of token ids."""
    from programasweights.data.records import read_records
    from programasweights.lm.loader import load_engine
    from programasweights.training.token_file import TokenLimits, tokenise, write_token_file

    engine = load_engine(model)
    limits = TokenLimits(spec_tokens, input_tokens, output_tokens)
    tasks = tokenise(chain.from_iterable(map(read_records, records)), engine, limits)
    with progress("Tokenising"):
        count = write_token_file(
            out, tasks, model=model, digest=engine.model.recipe.digest, vocabulary=engine.config.vocab_size
        )
    typer.echo(f"{count:,} specs in {out} ({out.stat().st_size:,} bytes)")


@app.command()
def stage2(
    train: Annotated[
        list[str],
        typer.Argument(help="Token files to train on; FILE@3 is gone through three times an epoch."),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the run; a run that is there goes on.")],
    recipe: Annotated[Path, typer.Option(help="A .json file with the fields of Stage2Config that differ.")],
    valid: Annotated[list[str] | None, typer.Option(help="NAME=FILE, token files to validate on.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Stop after so long, with the state saved.")] = None,
    start: Annotated[
        Path | None, typer.Option(help="Folder of an earlier run whose last weights this one starts from.")
    ] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ...")] = "cpu",
) -> None:
    """Train the continuous part of programs through the frozen interpreter; OUT/best is the best checkpoint."""
    from programasweights.training.mixture import Mixture
    from programasweights.training.stage2 import Stage2Run
    from programasweights.training.token_file import TokenFile

    files = {name: TokenFile(path) for name, path in _named(valid or ())}
    mixture = Mixture([(TokenFile(path), count) for path, count in _counted(train)])
    run = Stage2Run(out, _config(recipe), mixture, files, device, start)
    with progress("Training", total=run.config.steps, unit="steps") as advance:
        advance(run.step)
        run.run(seconds=seconds, advance=advance)
    typer.echo(f"step {run.step} of {run.config.steps}; log, validation and the best checkpoint are in {out}")


def _config(recipe: Path) -> Any:
    from programasweights.training.config import Stage2Config

    try:
        return Stage2Config(**json.loads(recipe.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise DataError(f"{recipe} is not a recipe: {error}; see recipes/stage2.") from None


def _counted(train: list[str]) -> Iterator[tuple[Path, int]]:
    for text in train:
        path, mark, count = text.rpartition("@")
        yield (Path(path), int(count)) if mark and count.isdigit() else (Path(text), 1)


def _named(valid: tuple[str, ...] | list[str]) -> Iterator[tuple[str, Path]]:
    for text in valid:
        name, mark, path = text.partition("=")
        if not (name and mark and path):
            raise typer.BadParameter(f"--valid is {text!r}, but must be NAME=FILE.")
        yield name, Path(path)
