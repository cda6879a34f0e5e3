"""The command line `paw`: one module per command.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 an error that the message explains,
2 a wrong use of the command, 130 interrupted.
"""

import os
import sys
from typing import Annotated

import typer

from programasweights.cli import (
    bench,
    bench_pictures,
    build,
    compare,
    data,
    demo,
    doctor,
    hub,
    inspect,
    keys,
    lint,
    models,
    pbb,
    run,
    serve,
    test,
    trace,
    train,
)
from programasweights.cli import compile as compile_command
from programasweights.cli import map as map_command
from programasweights.errors import PawError

__all__ = ["app", "main"]

app = typer.Typer(
    name="paw",
    help="Compile a task in plain words into a small neural program, and run it offline on your CPU.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("compile")(compile_command.compile_)
app.command("run")(run.run)
app.command("map")(map_command.map_)
app.command("inspect")(inspect.inspect)
app.command("test")(test.paw_test)
app.command("compare")(compare.compare)
app.command("trace")(trace.trace)
app.command("lint")(lint.lint)
app.command("build")(build.build)
app.add_typer(models.app, name="models")
app.add_typer(data.app, name="data")
app.add_typer(train.app, name="train")
app.add_typer(pbb.app, name="pbb")
app.command("bench")(bench.bench)
app.command("bench-pictures")(bench_pictures.bench_pictures)
app.command("serve")(serve.serve)
app.add_typer(keys.app, name="keys")
app.command("login")(hub.login)
app.command("logout")(hub.logout)
app.command("push")(hub.push)
app.command("pull")(hub.pull)
app.command("search")(hub.search)
app.command("doctor")(doctor.doctor)
app.command("demo")(demo.demo)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"paw {version('programasweights')}")
        raise typer.Exit


@app.callback()
def _root(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


_EXTRAS = {
    **dict.fromkeys(("babel", "faker", "inflect", "lark", "mimesis", "num2words", "httpx"), "data"),
    "matplotlib": "bench",
    **dict.fromkeys(("rdkit", "resvg_py", "schemdraw", "verovio"), "pictures"),
    "pyarrow": "frames",
    **dict.fromkeys(("alembic", "fastapi", "jinja2", "prometheus_client", "sqlalchemy", "uvicorn"), "server"),
    "rapidocr": "ocr",
    "ray": "ray",
    **dict.fromkeys(("torch", "transformers", "peft", "accelerate"), "train"),
}
"""Which extra brings which package, for those who have not installed it."""


def _message(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def main() -> None:
    """Run the command line; errors become one message on stderr and an exit code."""
    try:
        app()
    except (PawError, OSError, UnicodeDecodeError) as error:
        if isinstance(error, BrokenPipeError):
            # The reader went away, as `head` does. Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        if os.environ.get("PAW_DEBUG") == "1":
            raise
        typer.echo(f"paw: {_message(error)}", err=True)
        sys.exit(1)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None or os.environ.get("PAW_DEBUG") == "1":
            raise
        typer.echo(f"paw: this needs {error.name}: pip install 'programasweights[{extra}]'", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
