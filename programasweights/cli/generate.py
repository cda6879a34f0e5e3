"""`paw data generate`: have a model behind an endpoint write specs and pairs."""

from pathlib import Path
from typing import Annotated

import typer

from programasweights.errors import PawError
from programasweights.progress import progress, say

__all__ = ["generate"]


def generate(
    endpoint: Annotated[
        str, typer.Option(help="Address of an OpenAI-compatible endpoint, usually ending in /v1.")
    ],
    model: Annotated[str, typer.Option(help="The model's name there.")],
    specs: Annotated[int, typer.Option(min=1, help="Specs in all sub-categories together.")],
    out: Annotated[Path, typer.Option(help="Folder to write; a run that was broken off there goes on.")],
    key_env: Annotated[str, typer.Option(help="Environment variable with the API key.")] = "OPENAI_API_KEY",
    pairs: Annotated[int, typer.Option(min=1, help="(input, output) pairs of each spec.")] = 8,
    categories: Annotated[
        list[str] | None, typer.Option(help="An area or sub-category, may be repeated; all by default.")
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Requests under way at the same time.")] = 8,
    rpm: Annotated[float | None, typer.Option(help="Most requests in a minute.")] = None,
    input_price: Annotated[float, typer.Option(help="Price of a million tokens read.")] = 0.0,
    output_price: Annotated[float, typer.Option(help="Price of a million tokens written.")] = 0.0,
    temperature: Annotated[
        float | None, typer.Option(help="How freely the model writes; by default as the endpoint likes.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed asks in other ways.")] = 0,
) -> None:
    """Have a model write specs for the areas of the taxonomy, and pairs for each spec.

    [bold]Example[/bold]

    paw data generate --endpoint http://127.0.0.1:8080/v1 --model smollm2-135m-instruct --specs 20 --out made
    """
    try:
        from programasweights.data.pipeline.generate import GenerationOptions
        from programasweights.data.pipeline.generate import generate as generate_data
    except ModuleNotFoundError as error:
        raise PawError(
            f"asking an endpoint needs {error.name}, which is not installed; pip install 'programasweights[data]'."
        ) from error

    options = GenerationOptions(
        endpoint=endpoint,
        model=model,
        specs=specs,
        pairs=pairs,
        categories=tuple(categories or ()),
        key_env=key_env,
        concurrency=concurrency,
        requests_per_minute=rpm,
        input_price=input_price,
        output_price=output_price,
        temperature=temperature,
        seed=seed,
    )
    with progress("Asking for specs and pairs", total=2 * specs, unit="pieces") as advance:
        report = generate_data(out, options, advance=advance)
    for name, count in (report.counts | report.refused).items():
        say(f"{name}: {count:,}")
    say(f"{report.sent.requests:,} requests sent now, {report.sent.retries:,} of them again")
    say(f"cost of all replies: {report.cost:.4f}, {sum(report.tokens.values()):,} tokens")
    typer.echo(f"{report.counts['specs_with_pairs']:,} specs\t{report.counts['records']:,} records\t{out}")
