"""`paw compile`: a spec in, perhaps with pictures, a `.paw` file out."""

import json
import re
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, cast

import typer

from programasweights import api
from programasweights.checks.suite import read_cases
from programasweights.cli.pictures import with_images
from programasweights.errors import SpecError
from programasweights.program.kv_prefix import Storage
from programasweights.progress import progress

__all__ = ["compile_", "read_examples"]

_EPILOG = """[bold]Examples[/bold]

paw compile "Is the message urgent? Answer yes or no." -o urgent.paw

paw compile "Write the opposite of the word." --example "big=>small" --example "up=>down"

paw compile - --examples pairs.jsonl < spec.txt

paw compile "Is the message urgent? Answer yes or no." --tests suite.yaml --min-accuracy 0.8

paw compile "Answer questions about this circuit." --image circuit.png
"""
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


def compile_(
    spec: Annotated[str, typer.Argument(help="The task in plain words; - reads it from stdin.")],
    example: Annotated[
        list[str] | None,
        typer.Option("--example", "-e", help=r"An example as in=>out; \n, \t and \\ are understood."),
    ] = None,
    examples: Annotated[
        Path | None,
        typer.Option(help='A file of examples, a JSON object {"input", "output"} a line.'),
    ] = None,
    image: Annotated[
        list[Path] | None,
        typer.Option(
            help="A picture that the spec ends with; may be given several times, and keeps its order."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; by default named after the spec.")
    ] = None,
    compiler: Annotated[
        str | None,
        typer.Option(
            help="default, shipped, prompted, prompted:MODEL, neural, backprop, backprop:FILE.paw, a checkpoint's "
            "folder, or the file of one that reads pictures."
        ),
    ] = None,
    interpreter: Annotated[
        str | None, typer.Option(help="Base model that it will run on: a name, hub id, file or folder.")
    ] = None,
    seed: Annotated[
        int, typer.Option(help="0 writes the most probable text found, any other seed samples.")
    ] = 0,
    max_new_tokens: Annotated[int, typer.Option(help="Most tokens of an output.")] = 128,
    stop: Annotated[list[str] | None, typer.Option(help="Text that ends an output.")] = None,
    storage: Annotated[str, typer.Option(help="KV prefix as f16, or as int8 in half the space.")] = "f16",
    budget: Annotated[
        int, typer.Option(min=1, help="Candidates to try, of which the best on the examples is kept.")
    ] = 1,
    refine: Annotated[
        int,
        typer.Option(min=0, help="Steps of improvement by gradient on the examples; needs the train extra."),
    ] = 0,
    tests: Annotated[
        Path | None, typer.Option(help="A suite, or a .jsonl file, of cases to measure the program on.")
    ] = None,
    min_accuracy: Annotated[
        float | None,
        typer.Option(help="Share of the tests (without any, of the examples) that must pass, 0 to 1."),
    ] = None,
    server: Annotated[
        str | None, typer.Option(help="Server that compiles in this machine's place; PAW_SERVER by default.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace a file that exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compile a task into a program file."""
    text = sys.stdin.read() if spec == "-" else spec
    pairs = read_examples(example, examples)
    prompt = with_images(text, image)
    path = output or Path(f"{_slug(text)}.paw")
    if path.exists() and not force:
        raise typer.BadParameter(f"{path} exists; choose another -o, or --force to replace it.")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}; make it first, or choose another -o.")
    from programasweights.hub.names import chosen_server

    start = time.perf_counter()
    # A server's progress has a bar of its own.
    with nullcontext() if chosen_server(server) else progress("Compiling"):
        function = api.compile(
            prompt,
            pairs,
            compiler=compiler,
            interpreter=interpreter,
            seed=seed,
            max_new_tokens=max_new_tokens,
            stop=stop or (),
            budget=budget,
            refine=refine,
            tests=read_cases(tests) if tests else None,
            min_accuracy=min_accuracy,
            server=server,
            storage=cast(Storage, storage),  # checked by compile, with a message
        )
    function.dump(path)
    size, seconds = path.stat().st_size, time.perf_counter() - start
    if as_json:
        record = {"path": str(path), "id": function.id, "bytes": size, "seconds": round(seconds, 3)}
        typer.echo(json.dumps(record | {"scores": dict(function.program.record.scores)}))
    else:
        typer.echo(path)
        recipe = function.program.behaviour.recipe["pseudo_program"]
        typer.echo(
            f"id {function.id[:16]}, {size:,} bytes, {seconds:.1f} s; pseudo-program: {recipe}", err=True
        )
        for name, score in function.program.record.scores.items():
            typer.echo(f"{name} {score:g}", err=True)


compile_.__doc__ = f"{compile_.__doc__}\n\n{_EPILOG}"


def read_examples(example: list[str] | None, examples: Path | None) -> list[tuple[str, str]]:
    """The examples that `-e` and `--examples` name.

    Raises:
        SpecError: a line of the file is none.
    """
    return [_pair(e) for e in example or ()] + (_read_pairs(examples) if examples else [])


def _pair(text: str) -> tuple[str, str]:
    given, arrow, wanted = text.partition("=>")
    if not arrow:
        raise typer.BadParameter(f"the example {text!r} has no => between input and output.")
    return _unescape(given.strip()), _unescape(wanted.strip())


def _unescape(text: str) -> str:
    return re.sub(r"\\[nt\\]", lambda found: _ESCAPES[found.group()], text)


def _read_pairs(path: Path) -> list[tuple[str, str]]:
    pairs = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            pairs.append((record["input"], record["output"]))
        except (ValueError, KeyError, TypeError) as error:
            raise SpecError(
                f'line {number} of {path} is not a JSON object with "input" and "output": {error!r}.'
            ) from None
    return pairs


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join(words)[:40].strip("-") or "program"
