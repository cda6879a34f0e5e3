"""One record format for all data: a spec, an input, and the output that the spec asks for.

Files are JSON Lines, compressed with gzip when their name ends in `.gz`; one record a line, keys sorted as in
`Record`, keys without a value left out. The same records give the same bytes.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Literal, TypeVar, cast, get_args

from programasweights.errors import DataError

__all__ = ["Record", "Split", "read_lines", "read_records", "task_id", "write_lines", "write_records"]

Split = Literal["train", "valid", "test-spec", "test-family"]
Item = TypeVar("Item")

_LONGEST_LINE = 64_000_000


@dataclass(frozen=True)
class Record:
    """One (spec, input, output) triplet.

    Raises DataError if the spec is empty or a field has another type than stated.
    """

    spec: str
    """The task in plain words, as a user writes it; may hold examples."""
    input: str
    """What the function is given; may be empty."""
    output: str
    """What it must answer."""
    alternatives: tuple[str, ...] = ()
    """Other answers that are as right."""
    task: str = ""
    """Identifies the spec: records of equal `task` have the same spec."""
    family: str = ""
    """Specs of one family differ in wording and parameters alone."""
    category: str = ""
    """One of the areas, such as `PII and privacy`."""
    subcategory: str = ""
    """A finer area."""
    difficulty: int = 0
    """1 easy, 2 medium, 3 hard, 0 unknown."""
    source: str = ""
    """Where it comes from: `oracle`, `model:NAME`, `instructions`, ..."""
    split: str = ""
    """`train`, `valid`, `test-spec`, `test-family`, or empty."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value, kind = getattr(self, field.name), _KINDS[field.name]
            if not isinstance(value, kind) or isinstance(value, bool):
                raise DataError(
                    f"a record's {field.name!r} is {value!r:.80}, but must be {_SAID[kind]}; see docs/data.md."
                )
        if not self.spec.strip():
            raise DataError("a record's 'spec' is empty, but must say what to do; see docs/data.md.")
        if not all(isinstance(a, str) for a in self.alternatives):
            raise DataError(
                f"a record's 'alternatives' are {self.alternatives!r:.80}, but must be strings; see docs/data.md."
            )

    @property
    def answers(self) -> tuple[str, ...]:
        """All right answers, the output first."""
        return (self.output, *self.alternatives)

    def to_json(self) -> str:
        """One line of a data file, without its line end."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        kept = {name: v for name, v in values.items() if v or name in _REQUIRED}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """Read one line of a data file; keys that are not a record's are ignored.

        Raises:
            DataError: the line is not a JSON object, or not a record.
        """
        try:
            found = json.loads(line)
        except ValueError as error:
            raise DataError(f"{line!r:.80} is not JSON ({error}); expected one record a line.") from None
        if not isinstance(found, dict):
            raise DataError(f"{line!r:.80} is not a JSON object; expected one record a line.")
        missing = [name for name in _REQUIRED if name not in found]
        if missing:
            raise DataError(f"{line!r:.80} has no {' and no '.join(map(repr, missing))}; see docs/data.md.")
        values = {name: found[name] for name in _KINDS if name in found}
        if isinstance(values.get("alternatives"), list):
            values["alternatives"] = tuple(values["alternatives"])
        return cls(**values)


_REQUIRED = ("spec", "input", "output")
_KINDS: dict[str, type] = {f.name: str for f in fields(Record)} | {"alternatives": tuple, "difficulty": int}
_SAID = {str: "text", tuple: "a list of texts", int: "a whole number"}
assert set(get_args(Split)) == {"train", "valid", "test-spec", "test-family"}


def task_id(spec: str) -> str:
    """The id of a spec: the first 16 hex digits of its sha256."""
    return hashlib.sha256(spec.encode()).hexdigest()[:16]


def read_records(path: Path) -> Iterator[Record]:
    """Records of a `.jsonl` or `.jsonl.gz` file, one at a time.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: a line is not a record, or the file is damaged; the message names the line.
    """
    return read_lines(path, Record.from_json)


def read_lines(path: Path, parse: Callable[[str], Item]) -> Iterator[Item]:
    """What `parse` makes of the lines of a `.jsonl` or `.jsonl.gz` file, one at a time; empty lines are skipped.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: `parse` refuses a line, a line is longer than 64 million characters, or the file is damaged;
            the message names the line.
    """
    number = 0
    try:
        with _open_text(path, "r") as file:
            while line := file.readline(_LONGEST_LINE):
                number += 1
                if len(line) == _LONGEST_LINE:
                    raise DataError(
                        f"it is longer than {_LONGEST_LINE:,} characters; expected one record a line."
                    )
                if line.strip():
                    yield parse(line)
    except DataError as error:
        raise DataError(f"line {number} of {path}: {error}") from None
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise DataError(f"{path} is damaged after line {number}: {error}; fetch or build it again.") from None


def write_records(path: Path, records: Iterable[Record]) -> int:
    """Write records to a `.jsonl` or `.jsonl.gz` file, replacing it; returns their number."""
    return write_lines(path, (record.to_json() for record in records))


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines as they are; the same lines give the same bytes, compressed or not."""
    count = 0
    part = path.with_name(path.name + ".part")
    with _open_text(path, "w", part) as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    part.replace(path)
    return count


@contextmanager
def _open_text(path: Path, mode: Literal["r", "w"], instead: Path | None = None) -> Iterator[IO[str]]:
    with (instead or path).open(f"{mode}b") as raw:
        if path.suffix != ".gz":
            yield (text := io.TextIOWrapper(raw, "utf-8", newline="\n"))
            text.flush()
            return
        # No name and no time in the header: the bytes depend on the content alone.
        with gzip.GzipFile("", f"{mode}b", 6, raw, 0) as packed:
            yield (text := io.TextIOWrapper(cast(IO[bytes], packed), "utf-8", newline="\n"))
            text.flush()
