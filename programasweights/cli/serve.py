"""`paw serve`: a base model behind OpenAI's chat protocol, on this machine."""

import socket
from typing import Annotated

import typer

from programasweights.errors import PawError
from programasweights.progress import progress, say

__all__ = ["serve"]

_SECONDS_TO_FINISH = 5


def serve(
    openai: Annotated[
        bool, typer.Option("--openai", help="Speak OpenAI's chat completions protocol.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(help="Base model: a name, hub id, file or folder; the default model if left out."),
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 opens it to the network.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 8080,
) -> None:
    """Serve a base model to OpenAI clients until Ctrl-C. No key is asked for.

    [bold]Examples[/bold]

    paw serve --openai

    paw serve --openai --model qwen3-0.6b --port 9000
    """
    if not openai:
        raise typer.BadParameter("only OpenAI's protocol is served for now; add --openai.")
    try:
        import uvicorn

        from programasweights.server.openai_api import create_app
    except ModuleNotFoundError as error:
        raise PawError(
            f"serving needs {error.name}, which is not installed; pip install 'programasweights[server]'."
        ) from error
    with _listen(host, port) as listener:
        with progress("Loading the model"):
            app = create_app(model)
        shown = f"[{host}]" if ":" in host else host
        say(f"Serving at http://{shown}:{listener.getsockname()[1]}/v1; Ctrl-C ends it.")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=_SECONDS_TO_FINISH
        )
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PawError(
            f"cannot listen on {host} port {port}: {error}. Choose another --host or --port."
        ) from None
