"""The server's database: its tables, its migrations, and connections to SQLite or PostgreSQL."""

from programasweights.server.database.connect import Database

__all__ = ["Database"]
