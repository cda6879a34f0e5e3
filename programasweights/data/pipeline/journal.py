"""Replies that were paid for, kept in a file as they come, so that a run that was killed can go on.

One JSON object a line. Only places in the file are kept in memory, so that it may grow large.
"""

import json
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from programasweights.data.pipeline.client import Reply
from programasweights.errors import DataError

__all__ = ["Journal"]


class Journal:
    """Replies by the key of their request. One process at a time may have a journal open."""

    def __init__(self, path: Path) -> None:
        """Open a journal, or begin one. A last line that was not written to its end is dropped.

        Raises:
            DataError: any other line is damaged.
        """
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._places: dict[str, int] = {}
        try:
            self._read(path)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "Journal":
        """Enter."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def __len__(self) -> int:
        """Replies kept."""
        return len(self._places)

    def get(self, key: str) -> Reply | None:
        """The reply to a request, or None if it was not answered yet."""
        if key not in self._places:
            return None
        self._file.seek(self._places[key])
        return _parse(self._file.readline())[1]

    def add(self, key: str, reply: Reply) -> None:
        """Keep a reply; it is in the system's hands when this returns."""
        place = self._file.seek(0, 2)
        line = json.dumps({"key": key, **asdict(reply)}, ensure_ascii=False, separators=(",", ":"))
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        self._places[key] = place

    def _read(self, path: Path) -> None:
        place = 0
        for number, line in enumerate(self._file, 1):
            try:
                if not line.endswith(b"\n"):
                    raise ValueError("the line has no end")
                key, _ = _parse(line)
            except (ValueError, TypeError, KeyError) as error:
                if self._file.readline():
                    raise DataError(
                        f"line {number} of {path} is damaged ({error}); remove the line, and its request is made again."
                    ) from None
                self._file.seek(place)
                self._file.truncate()
                return
            self._places[key] = place
            place += len(line)


def _parse(line: bytes) -> tuple[str, Reply]:
    found = json.loads(line)
    key = found.pop("key")
    return str(key), Reply(**found)
