"""`paw keys`: users of a server and their keys, made by whoever runs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from programasweights.cli.serve import DATA_OPTION, DATABASE_OPTION, data_folder
from programasweights.errors import PawError

if TYPE_CHECKING:
    from programasweights.server.accounts import Accounts
    from programasweights.server.database import Database

__all__ = ["app"]

app = typer.Typer(help="Users of a server and their keys.", no_args_is_help=True)

User = Annotated[str, typer.Argument(help="Name of the user.", show_default=False)]
Data = Annotated[Path | None, DATA_OPTION]
DatabaseUrl = Annotated[str, DATABASE_OPTION]


@app.command()
def add(
    user: User,
    name: Annotated[str, typer.Option(help="What the key is for.")] = "made on the command line",
    admin: Annotated[bool, typer.Option("--admin", help="A new user becomes an administrator.")] = False,
    data: Data = None,
    database: DatabaseUrl = "",
) -> None:
    """Make a key for a user, and the user if there is none of that name. The key is shown this once.

    [bold]Examples[/bold]

    paw keys add maria

    paw keys add ops --admin --database postgresql+psycopg://paw@db/paw
    """
    with _accounts(data, database) as (_, accounts):
        found = accounts.find_user(user)
        if found is not None and admin:
            raise PawError(f"there is a user {user!r} already; only a new user can become an administrator.")
        typer.echo(accounts.issue_key(accounts.add_user(user, admin) if found is None else found, name))


@app.command("list")
def list_(data: Data = None, database: DatabaseUrl = "") -> None:
    """List users and their keys; not the keys themselves, which nobody can show again."""
    from programasweights.server.admin import users

    with _accounts(data, database) as (opened, accounts):
        for user in users(opened, accounts):
            typer.echo(user.name + (" (administrator)" if user.admin else ""))
            for key in user.keys:
                used = "never used" if key.used_at is None else f"last used {_day(key.used_at)}"
                typer.echo(f"  {key.id:>4}  {key.hint}…  {_day(key.created_at)}  {used}  {key.name}")


@app.command()
def revoke(
    user: User,
    key_id: Annotated[int, typer.Argument(help="Number of the key, as listed.", show_default=False, min=1)],
    data: Data = None,
    database: DatabaseUrl = "",
) -> None:
    """End a key at once."""
    with _accounts(data, database) as (_, accounts):
        found = accounts.find_user(user)
        if found is None or not accounts.revoke_key(found, key_id):
            raise PawError(f"{user!r} has no key {key_id} that is not revoked; `paw keys list` lists them.")


@contextmanager
def _accounts(data: Path | None, url: str) -> "Iterator[tuple[Database, Accounts]]":
    from programasweights.server.accounts import Accounts
    from programasweights.server.database import Database
    from programasweights.server.errors import ApiError
    from programasweights.server.settings import ServerSettings

    database = Database.open(ServerSettings(data_dir=data_folder(data), database=url).database)
    try:
        database.migrate()
        yield database, Accounts(database)
    except ApiError as error:
        raise PawError(error.message) from None
    finally:
        database.close()


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
