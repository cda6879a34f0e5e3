"""Databases for tests: each test that asks for `database` runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from programasweights.server.database import Database
from programasweights.server.database.tables import Base
from tests.pictures import save_picture_checkpoint
from tests.server.postgres import new_database, running_postgres
from tests.server.serving import Served, served


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


@pytest.fixture(scope="session")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An open server with a worker, both ready, on the real default model."""
    with served(tmp_path_factory.mktemp("open"), workers=1) as made:
        made.wait_until_ready()
        yield made


@pytest.fixture(scope="session")
def keys_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with keys and without workers."""
    with served(tmp_path_factory.mktemp("keys"), access="keys") as made:
        yield made


@pytest.fixture(scope="session")
def picture_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small random checkpoint that reads pictures, for the default model."""
    return save_picture_checkpoint(tmp_path_factory.mktemp("pictures") / "small.safetensors", inputs=True)


@pytest.fixture(scope="session")
def picture_server(tmp_path_factory: pytest.TempPathFactory, picture_checkpoint: Path) -> Iterator[Served]:
    """An open server with a worker that compiles by that checkpoint."""
    folder = tmp_path_factory.mktemp("served")
    with served(folder, workers=1, compiler=str(picture_checkpoint), max_image_pixels=40_000) as made:
        made.wait_until_ready()
        yield made


@pytest.fixture(scope="session")
def compiled_id(open_server: Served) -> str:
    """A program that the open server compiled, of the user local; its outputs are short."""
    body = {"spec": "Say whether the text is positive or negative.", "examples": [["Lovely!", "positive"]]}
    answer = open_server.client().post("/api/v1/compile", json=body | {"max_new_tokens": 8, "slug": "mood"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["program_id"])
