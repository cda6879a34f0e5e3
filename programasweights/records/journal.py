"""Answers of an unfinished run over a table, kept row by row, so that a run that was killed can go on.

The first line says what the answers belong to; then a line `[value, error]` a row, in order. A line that was not
written to its end, and what follows it, is dropped: those rows are run again.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from programasweights.errors import DataError
from programasweights.records.writing import Answer

__all__ = ["Journal"]

_FORMAT = 1


class Journal:
    """A file of answers. One process at a time may have it open."""

    def __init__(self, path: Path, belongs_to: Mapping[str, str]) -> None:
        """Open a journal, or begin one.

        Args:
            path: the file.
            belongs_to: names all that decides the answers.

        Raises:
            DataError: another process has it open, or it belongs to another run.
        """
        from filelock import FileLock, Timeout

        self.path = path
        self._header = {"answers": _FORMAT, **belongs_to}
        self._lock = FileLock(path.with_name(f"{path.name}.lock"))
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise DataError(f"another process is writing {path}; wait for it.") from error
        try:
            self._file = path.open("r+b" if path.exists() else "w+b")
        except BaseException:
            self._lock.release()
            raise
        try:
            self.rows = self._read()
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> "Journal":
        """Enter."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, and let other processes have it."""
        self._close()

    def add(self, answers: list[Answer]) -> None:
        """Keep the answers to the next rows; they are on the disk when this returns."""
        self._file.seek(0, os.SEEK_END)
        self._file.write(b"".join(_line(list(answer)) for answer in answers))
        self._sync()
        self.rows += len(answers)

    def answers(self) -> Iterator[Answer]:
        """All answers, in order."""
        with self.path.open("rb") as file:
            next(file)
            for line in file:
                value, error = json.loads(line)
                yield value, error

    def remove(self) -> None:
        """Remove the file: the run is over."""
        self._file.close()
        self.path.unlink()
        Path(self._lock.lock_file).unlink(missing_ok=True)

    def _close(self) -> None:
        self._file.close()
        self._lock.release()

    def _read(self) -> int:
        """Check the header, or write one; drop what was not written to its end; count the rows."""
        self._file.seek(0)
        found = _parsed(self._file.readline())
        if found is None:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(_line(self._header))
            self._sync()
            return 0
        if found != self._header:
            unlike = [name for name in self._header if found.get(name) != self._header[name]]
            raise DataError(
                f"{self.path} belongs to another run: {', '.join(unlike) or 'its kind'} differ. Repeat the command "
                "that was interrupted, or remove the file to begin anew."
            )
        rows, end = 0, self._file.tell()
        while _parsed(line := self._file.readline()) is not None:
            rows, end = rows + 1, end + len(line)
        self._file.seek(end)
        self._file.truncate()
        return rows

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())


def _line(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> Any:
    """What a whole line holds; None for one that was not written to its end."""
    try:
        return json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
