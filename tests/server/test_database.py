"""Connections, transactions and migrations, on SQLite and on a real PostgreSQL."""

import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from programasweights.errors import PawError
from programasweights.server.database import Database
from programasweights.server.database.connect import insert_new
from programasweights.server.database.migrate import FOLDER, upgrade
from programasweights.server.database.tables import Base, Holding, User
from tests.server.postgres import new_database

_numbers = itertools.count()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without tables."""
    if request.param == "postgres":
        return new_database(request.getfixturevalue("postgres"), f"empty_{next(_numbers)}")
    return f"sqlite:///{tmp_path / 'folder of its own' / 'server.db'}"


@pytest.fixture
def connection(empty_url: str) -> Iterator[Connection]:
    """A writing transaction on a database without tables."""
    database = Database.open(empty_url)
    with database.session() as session:
        yield session.connection()
    database.close()


def revisions() -> list[str]:
    """All revisions, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def add_user(database: Database, name: str) -> None:
    with database.session() as session:
        session.add(User(name=name, admin=False, created_at=0.0))


def test_the_migrated_schema_is_that_of_the_tables(connection: Connection) -> None:
    upgrade(connection)
    options = {"compare_type": True, "compare_server_default": True}
    assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
    found = set(inspect(connection).get_table_names()) - {"alembic_version"}
    assert found == set(Base.metadata.tables)


def test_every_revision_keeps_what_was_written_at_the_first(connection: Connection) -> None:
    first, *later = revisions()
    upgrade(connection, first)
    connection.execute(text("INSERT INTO users (id, name, admin, created_at) VALUES (7, 'ann', true, 1.5)"))
    connection.execute(
        text(
            "INSERT INTO slugs (id, user_id, name, created_at, main_version, last_version)"
            " VALUES (3, 7, 'urgent', 2.5, 1, 1)"
        )
    )
    connection.execute(
        text(
            "INSERT INTO programs (id, spec, words, examples, pseudo_program, slots, storage, bytes, interpreter,"
            " interpreter_digest, compiler, recipe, seed, added_at, scores, downloads, runs) VALUES ('p', 's', 's',"
            " '[]', 's', 4, 'f16', 9, 'i', 'd', 'c', '{}', 0, 3.5, '{}', 0, 0)"
        )
    )
    for revision in [*later, "head"]:
        upgrade(connection, revision)
        assert connection.execute(text("SELECT id, name, created_at FROM users")).all() == [(7, "ann", 1.5)]
        assert connection.execute(text("SELECT user_id, name FROM slugs")).all() == [(7, "urgent")]
    assert connection.execute(
        text("SELECT id, slots, lora_rank, images, takes_images FROM programs")
    ).all() == [("p", 4, 0, None, False)]
    current = MigrationContext.configure(connection).get_current_revision()
    assert current == [first, *later][-1]


def test_a_second_migration_changes_nothing(database: Database) -> None:
    add_user(database, "ann")
    database.migrate()
    with database.reading() as session:
        assert session.scalars(select(User.name)).all() == ["ann"]


def test_processes_that_start_at_once_all_migrate(empty_url: str) -> None:
    code = "import sys; from programasweights.server.database import Database; Database.open(sys.argv[1]).migrate()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, empty_url], stderr=subprocess.PIPE) for _ in range(3)
    ]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    database = Database.open(empty_url)
    add_user(database, "ann")
    database.close()


def test_the_migrations_are_in_the_wheel(tmp_path: Path) -> None:
    """What hatch puts into a wheel is the package folder; the files must be where `FOLDER` says."""
    assert (FOLDER / "env.py").is_file()
    assert sorted(p.name for p in (FOLDER / "versions").glob("0*.py"))
    code = (
        "from programasweights.server.database import Database;"
        f"Database.open('sqlite:///{tmp_path / 'x.db'}').migrate()"
    )
    # from any folder, without a file of the project beside it
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(FOLDER.parents[3])},
        check=True,
    )
    assert (tmp_path / "x.db").stat().st_size > 0


def test_an_exception_undoes_the_transaction(database: Database) -> None:
    def fail() -> None:
        with database.session() as session:
            session.add(User(name="ann", admin=False, created_at=0.0))
            session.flush()
            raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        fail()
    with database.reading() as session:
        assert session.scalars(select(User)).all() == []


def test_a_holding_needs_its_program(database: Database) -> None:
    """Foreign keys count on both databases."""
    from sqlalchemy.exc import IntegrityError

    add_user(database, "ann")
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(Holding(program_id="0" * 64, user_id=1, public=False, added_at=0.0, expires_at=None))


def test_insert_new_tells_whether_it_did(database: Database) -> None:
    values = {"name": "ann", "admin": False, "created_at": 0.0}
    with database.session() as session:
        assert insert_new(session, User, values) is True
        assert insert_new(session, User, values) is False


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    add_user(database, "ann")
    with database.session() as session:
        session.add(User(name="bob", admin=False, created_at=0.0))
        session.flush()
        began = time.monotonic()
        with database.reading() as other:
            assert other.scalars(select(User.name)).all() == ["ann"]
        assert time.monotonic() - began < 2


def test_many_writers_wait_for_each_other(database: Database) -> None:
    """Each reads and then writes, which is where a lock taken late fails on SQLite."""
    add_user(database, "ann")
    together = threading.Barrier(8)

    def count_up(_: int) -> None:
        together.wait()
        for _ in range(5):
            with database.session() as session:
                user = session.scalars(select(User).with_for_update()).one()
                user.created_at += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(8)))
    with database.reading() as session:
        assert session.scalars(select(User.created_at)).one() == 40


def test_ping(database: Database, tmp_path: Path) -> None:
    assert database.ping()
    gone = Database.open(f"postgresql://nobody@/none?host={tmp_path}")
    assert not gone.ping()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://root@localhost/paw", "sqlite://", "sqlite:///:memory:"]
)
def test_urls_that_are_refused(url: str) -> None:
    with pytest.raises(PawError, match="database"):
        Database.open(url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(PawError) as caught:
        Database.open("oracle://scott:tiger@localhost/x")
    assert "tiger" not in str(caught.value)
