"""`paw serve`: the whole server, or only a base model behind OpenAI's chat protocol."""

import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from programasweights.errors import PawError
from programasweights.progress import progress, say

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["DATABASE_OPTION", "DATA_OPTION", "data_folder", "serve"]

_SECONDS_TO_FINISH = 5
_ONE_USER_RUNS = 100_000
"""Runs a minute on an open server, whose only user has nobody to keep a place for."""

DATA_OPTION = typer.Option(
    "--data", help="Folder of the server's database and programs; by default in the user's data folder."
)
DATABASE_OPTION = typer.Option(
    "--database",
    envvar="PAW_SERVER_DATABASE",
    help="URL of the database, sqlite:///FILE or postgresql+psycopg://...; by default a file in the data folder. "
    "The variable keeps a password off the command line.",
    show_default=False,
)


def serve(
    openai: Annotated[
        bool, typer.Option("--openai", help="Only a base model behind OpenAI's chat protocol, without keys.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(
            help="Base model that programs run on, or that --openai serves: a name, hub id, file or folder."
        ),
    ] = None,
    compiler: Annotated[
        str | None,
        typer.Option(
            help="Compiler of requests that name none: the folder of a checkpoint, or the file of one that reads "
            "pictures."
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 opens it to the network.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 8080,
    data: Annotated[Path | None, DATA_OPTION] = None,
    database: Annotated[str, DATABASE_OPTION] = "",
    files: Annotated[
        str, typer.Option(help="Folder or fsspec URL of the programs.", show_default=False)
    ] = "",
    workers: Annotated[int, typer.Option(min=0, max=64, help="Processes that compile.")] = 1,
    access: Annotated[
        Literal["open", "keys"] | None,
        typer.Option(
            help="open: whoever reaches the port is the one user. keys: nothing private without a key. By default "
            "open on a loopback address, and keys on any other.",
            show_default=False,
        ),
    ] = None,
    public_url: Annotated[
        str | None, typer.Option(help="Address that clients use, where a proxy stands in front.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A host name that requests may name; may be given several times.")
    ] = None,
    runs_per_minute: Annotated[
        int | None, typer.Option(min=1, help="Inputs that one user may run.", show_default=False)
    ] = None,
    compiles_per_minute: Annotated[int, typer.Option(min=1, help="Compiles that one user may ask for.")] = 60,
) -> None:
    """Compile, keep and run programs for browsers and other programs, until Ctrl-C.

    [bold]Examples[/bold]

    paw serve

    paw serve --host 0.0.0.0 --public-url https://paw.example.org

    paw serve --openai --model qwen3-0.6b --port 9000
    """
    try:
        import uvicorn  # noqa: F401  looked for before anything is opened
    except ModuleNotFoundError as error:
        raise PawError(
            f"serving needs {error.name}, which is not installed; pip install 'programasweights[server]'."
        ) from error
    with _listen(host, port) as listener:
        if openai:
            _run(_base_model(model), listener, host, path="/v1")
            return
        from programasweights.compiler import get_compiler
        from programasweights.server.app import create_app
        from programasweights.server.settings import ServerSettings, access_for

        if compiler is not None:
            get_compiler(compiler)  # one that cannot be used is refused before anything is opened
        chosen = access or access_for(host)
        settings = ServerSettings(
            data_dir=data_folder(data),
            database=database,
            files=files,
            public_url=public_url,
            access=chosen,
            shown_hosts=tuple(allow_host or ()),
            interpreter=model,
            compiler=compiler,
            workers=workers,
            runs_per_minute=runs_per_minute or (_ONE_USER_RUNS if chosen == "open" else 600),
            compiles_per_minute=compiles_per_minute,
        )
        _log_to_stderr()
        app = create_app(settings, on_first_key=_show_first_key)
        _run(app, listener, host, proxied=public_url is not None)


def data_folder(named: Path | None) -> Path:
    """The folder of the server's database and programs."""
    if named is not None:
        return named
    import platformdirs

    return Path(platformdirs.user_data_dir("programasweights", appauthor=False)) / "server"


def _base_model(model: str | None) -> "FastAPI":
    from programasweights.server.openai_api import create_app

    with progress("Loading the model"):
        return create_app(model)


def _run(
    app: "FastAPI", listener: socket.socket, host: str, *, path: str = "", proxied: bool = False
) -> None:
    import uvicorn

    shown = f"[{host}]" if ":" in host else host
    say(f"Serving at http://{shown}:{listener.getsockname()[1]}{path}; Ctrl-C ends it.")
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=proxied,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _show_first_key(key: str) -> None:
    say(f"The key of the user admin, shown this once:\n\n    {key}\n\n`paw keys add USER` makes more.")


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("programasweights")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PawError(
            f"cannot listen on {host} port {port}: {error}. Choose another --host or --port."
        ) from None
