"""Databases for tests: each test that asks for `database` runs on SQLite and on PostgreSQL."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from programasweights.server.database import Database
from tests.server.postgres import new_database, running_postgres

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The socket folder of a PostgreSQL server, which has a migrated database to copy."""
    with running_postgres() as folder:
        template = Database.open(new_database(folder, "template_paw"))
        template.migrate()
        template.close()
        yield folder


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
    """URL of a migrated database of the test's own."""
    if request.param == "postgres":
        folder = request.getfixturevalue("postgres")
        return new_database(folder, f"test_{next(_numbers)}", "template_paw")
    copied = shutil.copy(request.getfixturevalue("sqlite"), tmp_path / "server.db")
    return f"sqlite:///{copied}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database of the test's own."""
    opened = Database.open(database_url)
    yield opened
    opened.close()
