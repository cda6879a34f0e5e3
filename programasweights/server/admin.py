"""Users and keys for whoever runs the server, beside the API: who works on the database needs no key."""

from dataclasses import dataclass

from sqlalchemy import select

from programasweights.server.accounts import LOCAL_USER, Accounts, KeyInfo
from programasweights.server.database import Database
from programasweights.server.database.tables import User

__all__ = ["FIRST_ADMIN", "UserInfo", "first_key", "users"]

FIRST_ADMIN = "admin"
"""Name of the administrator whom a new server makes."""


@dataclass(frozen=True)
class UserInfo:
    """A user and the user's keys."""

    id: int
    name: str
    admin: bool
    keys: list[KeyInfo]


def users(database: Database, accounts: Accounts) -> list[UserInfo]:
    """All users, by name."""
    with database.reading() as session:
        rows = [(row.id, row.name, row.admin) for row in session.scalars(select(User).order_by(User.name))]
    return [UserInfo(*row, accounts.keys(row[0])) for row in rows]


def first_key(database: Database, accounts: Accounts) -> str | None:
    """A key for the first administrator of a new server; None if it has an administrator already."""
    others = select(User.id).where(User.admin, User.name != LOCAL_USER).limit(1)
    with database.reading() as session:
        if session.scalar(others) is not None:
            return None
    return accounts.issue_key(accounts.add_user(FIRST_ADMIN, admin=True), "made at the first start")
