"""`paw train`: pre-tokenise data, train compilers, compare ways of training them."""

import json
import shlex
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from programasweights.cli.train_marks import marks, readers
from programasweights.cli.train_pictures import features, pictures
from programasweights.errors import DataError
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.progress import Advance, progress

__all__ = ["app"]

Item = TypeVar("Item")

app = typer.Typer(help="Train compilers; needs the training extra.", no_args_is_help=True)
app.command()(features)
app.command()(pictures)
app.command()(marks)
app.command()(readers)


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
    discrete: Annotated[
        Path | None,
        typer.Option(
            help="Discrete programs of the specs, from `targets` or `sample`; without it, the specs."
        ),
    ] = None,
) -> None:
    """Turn records into a file of token ids."""
    from programasweights.data.records import read_records
    from programasweights.lm.loader import load_engine
    from programasweights.training.discrete import read_programs
    from programasweights.training.token_file import TokenLimits, tokenise, write_token_file

    engine = load_engine(model)
    limits = TokenLimits(spec_tokens, input_tokens, output_tokens)
    programs = None if discrete is None else read_programs(discrete)
    tasks = tokenise(chain.from_iterable(map(read_records, records)), engine, limits, programs)
    with progress("Tokenising"):
        count = write_token_file(
            out, tasks, model=model, digest=engine.model.recipe.digest, vocabulary=engine.config.vocab_size
        )
    typer.echo(f"{count:,} specs in {out} ({out.stat().st_size:,} bytes)")


@app.command()
def targets(
    records: Annotated[list[Path], typer.Argument(help="Files of records.")],
    out: Annotated[Path, typer.Option(help="File to write, .jsonl or .jsonl.gz.")],
    seed: Annotated[int, typer.Option(help="Of the choice of wordings and pairs.")] = 0,
) -> None:
    """Build the discrete programs that stage 0 learns to write: another wording of each spec, and pairs of it."""
    from programasweights.data.records import read_records
    from programasweights.training.discrete import warm_start_targets, write_programs

    rows = chain.from_iterable(map(read_records, records))
    typer.echo(f"{write_programs(out, warm_start_targets(rows, seed=seed)):,} specs in {out}")


@app.command()
def sample(
    checkpoint: Annotated[Path, typer.Argument(help="Folder of a compiler checkpoint that writes programs.")],
    records: Annotated[list[Path], typer.Argument(help="Files of records, whose specs are compiled.")],
    out: Annotated[Path, typer.Option(help="File to write, .jsonl or .jsonl.gz.")],
    count: Annotated[int, typer.Option(min=1, help="Programs a spec.")] = 4,
    limit: Annotated[int | None, typer.Option(help="At most so many specs.")] = None,
) -> None:
    """Let a compiler write discrete programs for the specs of records, to train the continuous part on."""
    from programasweights.compiler.checkpoint import load_checkpoint
    from programasweights.data.records import read_records
    from programasweights.lm.loader import load_engine
    from programasweights.training.discrete import sampled_programs, write_programs

    loaded = load_checkpoint(checkpoint)
    engine = load_engine(loaded.config.base, adapter=loaded.lora_digest, deltas=loaded.lora)
    rows = chain.from_iterable(map(read_records, records))
    specs = islice(dict.fromkeys(row.spec for row in rows), limit)
    with progress("Writing", unit="specs") as advance:
        found = _counting(sampled_programs(specs, engine, count=count), advance)
        typer.echo(f"{write_programs(out, found):,} specs in {out}")


@app.command()
def run(
    train: Annotated[
        list[str],
        typer.Argument(help="Token files to train on; FILE@3 is gone through three times an epoch."),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the run; a run that is there goes on.")],
    recipe: Annotated[Path, typer.Option(help="A .json file with the fields of TrainingConfig that differ.")],
    valid: Annotated[list[str] | None, typer.Option(help="NAME=FILE, token files to validate on.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Stop after so long, with the state saved.")] = None,
    start: Annotated[
        Path | None,
        typer.Option(help="Folder of a run or a checkpoint whose weights this one starts from."),
    ] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ... or auto")] = "cpu",
) -> None:
    """Train a compiler as a recipe says; OUT/best is the best checkpoint."""
    from programasweights.training.mixture import Mixture
    from programasweights.training.parallel import leave_processes
    from programasweights.training.precision import say_if_slow
    from programasweights.training.run import TrainingRun
    from programasweights.training.token_file import TokenFile

    files = {name: TokenFile(path) for name, path in _named(valid or ())}
    mixture = Mixture([(TokenFile(path), count) for path, count in _counted(train)])
    config = _config(recipe)
    say_if_slow(config.precision, device)
    training = TrainingRun(out, config, mixture, files, None if device == "auto" else device, start)
    with progress("Training", total=training.config.steps, unit="steps") as advance:
        advance(training.step)
        training.run(seconds=seconds, advance=advance)
    leave_processes()
    typer.echo(
        f"step {training.step} of {training.config.steps}; log, validation and the best checkpoint are in {out}"
    )


@app.command()
def ablate(
    ablation: Annotated[Path, typer.Argument(help="An ablation, from recipes/ablations.")],
    data: Annotated[
        list[str],
        typer.Option(
            help="spec=FILE or discrete=FILE, token files to train on: specs as their own programs, or with "
            "discrete programs; FILE@3 is gone through three times."
        ),
    ],
    valid: Annotated[list[str], typer.Option(help="NAME=FILE, token files to validate on.")],
    out: Annotated[Path, typer.Option(help="Folder of the arms; what is there goes on.")],
    size: Annotated[
        str, typer.Option(help="smoke, cpu or gpu, as sizes.json beside the ablation says.")
    ] = "cpu",
    model: Annotated[
        str | None, typer.Option(help="Base model of compiler and interpreter, in place of the recipe's.")
    ] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ... or auto")] = "cpu",
) -> None:
    """Train the arms of an ablation; OUT/result.json and OUT/figure.png compare them."""
    from programasweights.training.ablate import ablate as train_all
    from programasweights.training.ablation import read_ablation, read_size
    from programasweights.training.parallel import leave_processes
    from programasweights.training.token_file import TokenFile

    arms, settings = read_ablation(ablation), read_size(ablation.parent, size)
    with progress("Training", total=len(arms.arms), unit="arms") as advance:
        train_all(
            arms,
            settings,
            _mixtures(data),
            {name: TokenFile(path) for name, path in _named(valid)},
            out,
            changes={} if model is None else {"base": model, "interpreter": model},
            command=shlex.join(["paw", *sys.argv[1:]]),
            device=None if device == "auto" else device,
            advance=advance,
        )
    leave_processes()
    typer.echo(f"{len(arms.arms)} arms; {out / 'result.json'} and {out / 'figure.png'} compare them")


@app.command()
def plan(
    recipe: Annotated[Path, typer.Argument(help="A recipe.")],
    layers: Annotated[
        int | None, typer.Option(min=1, help="Also take one step with random weights, so many layers deep.")
    ] = None,
) -> None:
    """Say what a recipe takes: parameters, memory, operations; the base models need not be here."""
    from programasweights.training.dry_run import plan as planned
    from programasweights.training.dry_run import take_random_step

    config = _config(recipe)
    found = planned(config)
    typer.echo(f"{config.base} -> {config.interpreter}, {config.form}, {config.precision}")
    typer.echo(f"trained parameters  {found.trained:,} (checkpoint {found.checkpoint_mb:,} MB)")
    typer.echo(f"frozen parameters   {found.frozen:,}")
    typer.echo(f"memory              {found.weights_gb:,} GB weights, {found.optimiser_gb:,} GB optimiser")
    typer.echo(
        f"a step              {found.step_tflops:,} TFLOP: {found.seconds(400):.2g} s at 400 TFLOP/s, "
        f"{found.seconds(0.3):,.0f} s at 0.3 TFLOP/s"
    )
    if layers is not None:
        loss = take_random_step(config, layers=layers)
        typer.echo(f"one step            loss {loss:.3f} with random weights, {layers} layers deep")


@app.command()
def curves(
    runs: Annotated[list[Path], typer.Argument(help="Folders of runs.")],
    out: Annotated[Path, typer.Option(help="Picture to write, .png or .svg.")],
) -> None:
    """Draw loss and validation scores of runs."""
    from programasweights.training.curves import draw_curves

    draw_curves(runs, out)
    typer.echo(out)


def _counting(items: Iterable[Item], advance: Advance) -> Iterator[Item]:
    for item in items:
        advance(1)
        yield item


def _config(recipe: Path) -> Any:
    from programasweights.training.config import TrainingConfig

    try:
        return TrainingConfig(**json.loads(recipe.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise DataError(f"{recipe} is not a recipe: {error}; see recipes/.") from None


def _counted(train: list[str]) -> Iterator[tuple[Path, int]]:
    for text in train:
        path, mark, count = text.rpartition("@")
        yield (Path(path), int(count)) if mark and count.isdigit() else (Path(text), 1)


def _mixtures(data: list[str]) -> dict[str, Any]:
    from programasweights.training.mixture import Mixture
    from programasweights.training.token_file import TokenFile

    found: dict[str, list[str]] = {}
    for name, path in _named(data, "--data"):
        found.setdefault(name, []).append(str(path))
    if set(found) - {"spec", "discrete"}:
        raise typer.BadParameter(f"--data names {', '.join(found)}, but must name spec or discrete.")
    return {n: Mixture([(TokenFile(p), count) for p, count in _counted(f)]) for n, f in found.items()}


def _named(given: tuple[str, ...] | list[str], option: str = "--valid") -> Iterator[tuple[str, Path]]:
    for text in given:
        name, mark, path = text.partition("=")
        if not (name and mark and path):
            raise typer.BadParameter(f"{option} is {text!r}, but must be NAME=FILE.")
        yield name, Path(path)
