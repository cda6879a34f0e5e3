"""`paw pbb`: programming by backprop."""

import json
import shlex
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from programasweights.errors import DataError
from programasweights.progress import progress

__all__ = ["app"]

app = typer.Typer(help="Programming by backprop: instructions learnt from their text.", no_args_is_help=True)


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


@app.command()
def run(
    domain: Annotated[str, typer.Option(help="arithmetic, leetcode, ciphers or grammars.")],
    curriculum: Annotated[
        list[str],
        typer.Option(
            help="proactive, retroactive, single, mixture or distillation; several times to compare several."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the run; files of an earlier one are replaced.")],
    size: Annotated[str, typer.Option(help="smoke, cpu or gpu.")] = "cpu",
    recipe: Annotated[
        Path | None, typer.Option(help="A .json file with fields of PbbConfig that differ from the size's.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Base model, in place of the default.")] = None,
    problems: Annotated[
        Path | None, typer.Option(help="For leetcode: folder with the problems (docs/pbb.md).")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the data, the order, the LoRA and the samples.")] = 0,
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:1, ...")] = "cpu",
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Keep the arms that the run in OUT has finished; add those missing."),
    ] = False,
) -> None:
    """Train curricula and ask for executions; OUT/result.json and OUT/figure.png compare them.

    [bold]Example[/bold]

    paw pbb run --domain grammars --curriculum proactive --curriculum single --size smoke --out run
    """
    from programasweights.training.pbb.curricula import arms_of
    from programasweights.training.pbb.run import run_pbb
    from programasweights.training.precision import say_if_slow

    fields = {"domain": domain, "curricula": tuple(curriculum), "seed": seed} | (
        {"base": model} if model else {}
    )
    config = _config(size, recipe, fields)
    say_if_slow(config.precision, device)
    with progress("Training", total=len(arms_of(config)), unit="arms") as advance:
        found = run_pbb(
            config,
            out,
            problems=problems,
            command=shlex.join(["paw", *sys.argv[1:]]),
            device=device,
            resume=resume,
            advance=advance,
        )
    for name, scores in [("untrained", found.untrained), ("in context", found.in_context)] + [
        (arm.name, arm.scores) for arm in found.arms
    ]:
        for reply, score in scores["eval"].items():
            right = score.right
            typer.echo(f"{name}\t{reply}\t{right.mean:.1%} right ({right.low:.1%} to {right.high:.1%})")


@app.command()
def compare(
    runs: Annotated[list[Path], typer.Argument(help="Folders of finished runs.")],
    out: Annotated[Path, typer.Option(help="Folder to write; made if it is not there.")],
) -> None:
    """Put runs side by side, and say how many demonstrations an instruction's text is worth.

    [bold]Example[/bold]

    paw pbb compare code words --out study
    """
    from programasweights.training.pbb.study import compare_runs

    for name, run in compare_runs(runs, out)["runs"].items():
        for arm, parts in run["scores"].items():
            for reply, score in parts["eval"].items():
                right = score["right"]
                typer.echo(
                    f"{name}\t{arm}\t{reply}\t{right['mean']:.1%} right ({right['low']:.1%} to {right['high']:.1%})"
                )
        for reply, worth in run["worth_of_text"].items():
            tried = "more than were tried"
            said = {key: tried if value is None else f"{value:g}" for key, value in worth["nll"].items()}
            typer.echo(
                f"{name}\t{reply}\ta text is worth, in demonstrations by -log p: {said['mean']} "
                f"({said['low']} to {said['high']})"
            )


def _config(size: str, recipe: Path | None, fields: dict[str, Any]) -> Any:
    from programasweights.training.pbb.config import SIZES, PbbConfig

    if size not in SIZES:
        raise DataError(f"there is no size {size!r}; expected one of {', '.join(SIZES)}.")
    try:
        told = {} if recipe is None else json.loads(recipe.read_text("utf-8"))
        listed = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
        return PbbConfig(**{**SIZES[size], **listed, **fields})
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(f"the run cannot be set up: {error}") from None
