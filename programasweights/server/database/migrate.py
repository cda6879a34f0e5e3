"""Runs the migrations, which are part of the package, on an open connection."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

__all__ = ["FOLDER", "upgrade"]

FOLDER = Path(__file__).parent / "migrations"
"""Where alembic finds `env.py` and the revisions."""


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables up to a revision, inside the connection's transaction."""
    config = Config()
    # alembic reads the option through configparser, to which a percent sign is special
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
