"""`paw login`, `logout`, `push`, `pull`, `search`: programs on a server."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from programasweights import api
from programasweights.errors import HubError
from programasweights.progress import printable, say

if TYPE_CHECKING:
    from programasweights.hub.wire import RemoteProgram

__all__ = ["login", "logout", "pull", "push", "search"]

_SERVER_HELP = "Address of the server; PAW_SERVER by default."
_Server = Annotated[str | None, typer.Option("--server", help=_SERVER_HELP)]
_NamedServer = Annotated[str | None, typer.Argument(metavar="[SERVER]", help=_SERVER_HELP)]
_WIDTH = 100


def login(server: _NamedServer = None) -> None:
    """Keep a key for a server, once the server has taken it.

    The key is asked for, or read from stdin where that is no terminal. It is kept in the user's config folder,
    readable by nobody else, and shown to that server only.

    [bold]Examples[/bold]

    paw login https://paw.example.org

    paw login http://127.0.0.1:8000 < key.txt
    """
    from programasweights.hub.credentials import keep_key
    from programasweights.hub.names import is_loopback
    from programasweights.hub.remote import RemoteHub

    address = _address(server)
    if address.startswith("http:") and not is_loopback(address):
        say(f"Warning: {address} is not encrypted: the network can read the key and all programs.")
    key = _read_key(address)
    name = RemoteHub(address, key).account().name
    path = keep_key(address, key)
    typer.echo(f"{printable(str(name))} at {address}")
    say(f"The key is kept in {path}.")


def logout(server: _NamedServer = None) -> None:
    """Forget the key of a server. The key stays valid; revoke it on the server if it is to end.

    [bold]Example[/bold]

    paw logout https://paw.example.org
    """
    from programasweights.hub.credentials import forget_key

    address = _address(server)
    say(f"Forgot the key of {address}." if forget_key(address) else f"There was no key of {address}.")


def push(
    file: Annotated[str, typer.Argument(help="A .paw file, or the id of a program on this machine.")],
    slug: Annotated[
        str | None, typer.Option(help="Name for it; a name used before gets a new version.")
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Let everybody see and fetch it.")] = False,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A word to find it by.")] = None,
    server: _Server = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Give a program to a server. Only you see it there, unless it is --public.

    [bold]Example[/bold]

    paw push urgent.paw --slug urgent --tag mail
    """
    from programasweights.hub.fetching import connect

    program = api.load(file, server="")
    hub = connect(_address(server))
    held = hub.push(program, slug=slug, public=public, tags=tag or ())
    name = None if slug is None else _version_of(held, f"{hub.account().name}/{slug.rpartition('/')[2]}")
    if as_json:
        typer.echo(json.dumps({"id": held.id, "name": name, "public": held.public, "tags": held.tags}))
        return
    typer.echo(name or held.id)
    seen = "everybody" if held.public else "you alone"
    say(f"{held.id[:16]} is at {hub.address}; {seen} can see it.")


def pull(
    reference: Annotated[str, typer.Argument(metavar="REF", help="user/name, user/name@v2, or an id.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Also write it to this file.")] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace a file that exists.")] = False,
    server: _Server = None,
) -> None:
    """Fetch a program and keep it on this machine; prints its id, or the file.

    [bold]Example[/bold]

    paw pull me/urgent@v2 -o urgent.paw
    """
    from programasweights.hub.fetching import obtain
    from programasweights.hub.names import Reference

    if output is not None and output.exists() and not force:
        raise typer.BadParameter(f"{output} exists; choose another -o, or --force to replace it.")
    program = obtain(Reference.parse(reference), _address(server))
    if output is not None:
        api.save(program, output)
    typer.echo(output or program.id)


def search(
    text: Annotated[str, typer.Argument(help="Words of the task, a name or a tag.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only programs of yours.")] = False,
    page: Annotated[int, typer.Option(min=1, help="Page of the results, 20 on each.")] = 1,
    server: _Server = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find programs on a server.

    [bold]Example[/bold]

    paw search "urgent message"
    """
    from programasweights.hub.fetching import connect

    found = connect(_address(server)).search(text, mine=mine, page=page)
    if as_json:
        typer.echo(json.dumps(found.model_dump(mode="json"), ensure_ascii=False))
        return
    for program in found.programs:
        name = program.slugs[0].slug if program.slugs else program.id[:16]
        task = " ".join(program.spec.split())
        line = f"{name:<32} {task if len(task) <= _WIDTH else task[:_WIDTH] + '...'}"
        typer.echo(printable(line))
    say(f"{len(found.programs)} of {found.total}")


def _address(server: str | None) -> str:
    """The address to ask.

    Raises:
        HubError: none is named.
    """
    from programasweights.hub.credentials import known_servers
    from programasweights.hub.names import chosen_server

    address = chosen_server(server)
    if address is None:
        known = ", ".join(known_servers())
        raise HubError(
            "no server is named; give its address, or set PAW_SERVER."
            + (f" A key is kept for {known}." if known else "")
        )
    return address


def _read_key(address: str) -> str:
    if sys.stdin.isatty():
        key: str = typer.prompt(f"Key for {address}", hide_input=True, err=True)
        return key.strip()
    return sys.stdin.readline(4096).strip()


def _version_of(program: "RemoteProgram", slug: str) -> str | None:
    """The newest version of a slug that is this program."""
    versions = [named.version for named in program.slugs if named.slug == slug]
    return f"{slug}@v{max(versions)}" if versions else None
