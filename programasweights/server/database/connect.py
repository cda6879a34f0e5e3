"""Connections to the server's database: SQLite in one file, or PostgreSQL by URL.

On SQLite, readers see the last committed state and never wait (WAL); a writer takes the one write lock at its
beginning, so two writers wait for each other instead of failing in the middle.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import NullPool

from programasweights.errors import PawError

__all__ = ["Database", "insert_new"]

_BUSY_SECONDS = 10
_LOOK_AGAIN = 0.02
_CONNECTIONS = 10
_MORE_CONNECTIONS = 40
_MIGRATION_LOCK = 0x70617721
"""Any number that nothing else locks in the same PostgreSQL database."""


class Database:
    """One database, for all threads of a process."""

    def __init__(self, url: URL, engine: Engine) -> None:
        """Use `open`."""
        self._url = url
        self._engine = engine
        self._writing = engine.execution_options(paw_writes=True)

    @classmethod
    def open(cls, url: str) -> Self:
        """Connect on first use to `sqlite:///FILE` or `postgresql+psycopg://...`.

        Raises:
            PawError: the URL is not understood.
        """
        parsed = _parse(url)
        engine = _engine(parsed, pool_size=_CONNECTIONS, max_overflow=_MORE_CONNECTIONS, pool_pre_ping=True)
        return cls(parsed, engine)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite, which has one writer at a time."""
        return self._engine.dialect.name == "sqlite"

    def migrate(self) -> None:
        """Bring the tables to this release's; safe when several processes do so at once."""
        from programasweights.server.database.migrate import upgrade

        # Not a pooled connection: changing a table on SQLite needs foreign keys off, which is the connection's.
        engine = _engine(self._url, foreign_keys=False, poolclass=NullPool).execution_options(paw_writes=True)
        try:
            with engine.begin() as connection:
                if not self.is_sqlite:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
                upgrade(connection)
        finally:
            engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write: committed at the end, undone by an exception."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, and never waits for those that write."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    def ping(self) -> bool:
        """Whether the database answers."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(text("SELECT 1")).scalar() == 1
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def insert_new(session: Session, table: type[DeclarativeBase], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one of the same key is there; returns whether it was inserted."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    target = table.__table__
    assert isinstance(target, Table)
    statement = dialect.insert(target).values(**values).on_conflict_do_nothing()
    return bool(session.execute(statement.returning(*target.primary_key)).all())


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        parsed = None
    kind = None if parsed is None else parsed.get_backend_name()
    if parsed is None or kind not in ("sqlite", "postgresql"):
        # the URL itself may hold a password
        found = "not a URL" if parsed is None else f"one of {kind}"
        expected = "sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
        raise PawError(f"the database's URL is {found}, but must be {expected}.")
    if kind == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.database in (None, "", ":memory:"):
        raise PawError("the database is SQLite in memory, but worker processes need a file: sqlite:///FILE.")
    return parsed


def _engine(url: URL, *, foreign_keys: bool = True, **options: Any) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, **options)
    Path(url.database or "").absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # or the driver begins transactions at moments of its own
        _use_wal(connection)
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("paw_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    """Have the file keep a write-ahead log, which it then does for ever.

    SQLite waits for other connections everywhere but here: when several begin at once, all but one fail.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_LOOK_AGAIN)
