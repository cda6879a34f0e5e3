"""Answers kept on disk between runs and shared between processes: an SQLite file in WAL mode.

An entry is named by a hash of the input and of all that decides the answer to it; the input itself is not kept. What a
killed process had written stays, and what it was writing is as if it had never begun. When the file grows over its
bound, the oldest entries go.
"""

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from programasweights.errors import DataError

__all__ = ["ResultCache"]

_MOST_BYTES = 2**30
_WAIT_SECONDS = 60
_PAUSE_SECONDS = 0.01
_OURS = 0x50415743
"""SQLite's application id of these files."""
_SLICE = 500
"""Keys of one query; SQLite has a bound."""


class ResultCache:
    """A file of answers. Several processes may have it open, and several threads use one object."""

    def __init__(self, path: str | Path, *, most_bytes: int = _MOST_BYTES) -> None:
        """Open a file, or begin one.

        Args:
            path: the file; SQLite keeps two more beside it while it is open.
            most_bytes: the oldest entries are removed when all of them take more.

        Raises:
            DataError: the file is something else, or cannot be used.
        """
        self.path, self._most_bytes = Path(path), most_bytes
        self._lock = threading.Lock()
        with self._named():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))  # outputs are the user's own
            self._database = sqlite3.connect(
                self.path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            with self._named():
                self._set_up()
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> "ResultCache":
        """Enter."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def __len__(self) -> int:
        """Entries kept."""
        with self._named():
            return int(self._number("SELECT count(*) FROM answers"))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def get(self, scope: str, texts: Sequence[str]) -> dict[str, str]:
        """What is kept of the answers to some inputs, by input.

        Args:
            scope: names all that decides an answer, but the input.
            texts: the inputs.
        """
        keys = {_key(scope, text): text for text in texts}
        found: dict[str, str] = {}
        with self._named():
            for part in _slices(list(keys)):
                marks = ",".join("?" * len(part))
                query = f"SELECT key, answer FROM answers WHERE key IN ({marks})"
                found |= {keys[key]: answer for key, answer in self._database.execute(query, part)}
        return found

    def put(self, scope: str, answers: Mapping[str, str]) -> None:
        """Keep answers by input; all are kept, or none if the process ends meanwhile."""
        rows = [(_key(scope, text), answer) for text, answer in answers.items()]
        with self._named(), self._transaction():
            self._database.executemany("INSERT OR IGNORE INTO answers (key, answer) VALUES (?, ?)", rows)
            self._remove_oldest(self._most_bytes)

    def prune(self, most_bytes: int) -> None:
        """Remove the oldest entries until the rest takes at most so many bytes, and make the file smaller."""
        with self._named():
            with self._transaction():
                self._remove_oldest(most_bytes)
            self._database.execute("VACUUM")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _set_up(self) -> None:
        with self._transaction():
            owner = self._number("PRAGMA application_id")
            if owner != _OURS and self._number("SELECT count(*) FROM sqlite_master"):
                raise DataError(
                    f"{self.path} is an SQLite file of something else; give a result cache a file of its own."
                )
            if owner != _OURS:
                self._database.execute(f"PRAGMA application_id = {_OURS}")
                self._database.execute(
                    "CREATE TABLE answers (number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE NOT NULL, "
                    "answer TEXT NOT NULL)"
                )
        self._write_ahead()
        self._database.execute("PRAGMA synchronous = NORMAL")

    def _write_ahead(self) -> None:
        """Switch to a write-ahead log; SQLite does not wait for others by itself here, as it does elsewhere."""
        last = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                self._database.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > last:
                    raise
                time.sleep(_PAUSE_SECONDS)
            else:
                return

    def _remove_oldest(self, most_bytes: int) -> None:
        """Remove entries until those left take nine tenths of the bound, if they take more than it."""
        taken = self._used()
        if taken <= most_bytes:
            return
        count = self._number("SELECT count(*) FROM answers")
        spare = count - int(count * 0.9 * most_bytes / taken)
        self._database.execute(
            "DELETE FROM answers WHERE number IN (SELECT number FROM answers ORDER BY number LIMIT ?)",
            (spare,),
        )

    def _used(self) -> int:
        pages = self._number("PRAGMA page_count") - self._number("PRAGMA freelist_count")
        return pages * self._number("PRAGMA page_size")

    def _number(self, query: str) -> int:
        return int(self._database.execute(query).fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    @contextmanager
    def _named(self) -> Iterator[None]:
        """One thread at a time, and errors that name the file."""
        try:
            with self._lock:
                yield
        except sqlite3.Error as error:
            raise DataError(
                f"the result cache {self.path} cannot be used: {error}. If it is damaged, remove it."
            ) from error


def _key(scope: str, text: str) -> bytes:
    return hashlib.sha256(f"{scope}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _slices(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[start : start + _SLICE] for start in range(0, len(keys), _SLICE))
