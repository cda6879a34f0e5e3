"""Databases for tests: each test that asks for `database` runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from programasweights.server.database import Database
from programasweights.server.database.tables import Base
from tests.server.postgres import new_database, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The socket folder of a PostgreSQL server."""
    with running_postgres() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres_database(postgres: Path) -> Iterator[tuple[str, Database]]:
    """A migrated PostgreSQL database and its URL; tests empty it before use, which is faster than making another."""
    url = new_database(postgres, "paw")
    opened = Database.open(url)
    opened.migrate()
    yield url, opened
    opened.close()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    made = Database.open(f"sqlite:///{path}")
    made.migrate()
    made.close()
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a migrated, empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite'), tmp_path / 'server.db')}"
    url, opened = request.getfixturevalue("postgres_database")
    names = ", ".join(Base.metadata.tables)
    with opened.session() as session:
        session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    return str(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database."""
    opened = Database.open(database_url)
    yield opened
    opened.close()
