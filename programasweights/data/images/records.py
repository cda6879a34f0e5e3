"""One rendered picture with its exact labels, and files of them.

Files are JSON Lines, compressed with gzip when their name ends in `.gz`, one picture a line, its PNG in base64.
The same pictures give the same bytes. A line that is no picture is refused with its number; pixels are not
decoded here.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from programasweights.data.records import read_lines, write_lines
from programasweights.errors import DataError

__all__ = ["SPLITS", "TASKS", "Picture", "Question", "read_pictures", "write_pictures"]

TASKS = ("chemical", "circuit", "music", "smiles", "latex")
"""What is drawn: questions on molecules, circuits and scores; molecules to SMILES; formulas to LaTeX."""
SPLITS = ("train", "valid", "test")
KINDS = ("count", "yes-no", "name", "choice", "value", "text", "transcription")
Kind = Literal["count", "yes-no", "name", "choice", "value", "text", "transcription"]

_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_PNG = 8_000_000
_ENDINGS = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True)
class Question:
    """A question on a picture, and its answer; raises DataError if one is empty or no text."""

    text: str
    answer: str
    kind: str
    """One of `count`, `yes-no`, `name`, `choice`, `value`, `text` and `transcription`."""

    def __post_init__(self) -> None:
        _check_text("question", self, ("text", "answer"))
        if self.kind not in KINDS:
            raise DataError(
                f"a question's 'kind' is {self.kind!r:.80}, but must be one of {', '.join(KINDS)}; see docs/images.md."
            )


@dataclass(frozen=True)
class Picture:
    """A picture, what it shows, and questions on it; raises DataError if a field cannot be what is stated."""

    id: str
    """No two pictures of a data set share it."""
    task: str
    """One of `TASKS`."""
    split: str
    """One of `SPLITS`."""
    group: str
    """The formula, the molecular scaffold, the circuit's structure or the melody: never in two splits."""
    spec: str
    """The words of the image spec, such as "Answer questions about this circuit."."""
    png: bytes
    transcription: str
    """All that the picture shows, as text: LaTeX, SMILES, a netlist, notes. Empty where it is not known."""
    questions: tuple[Question, ...]
    level: int = 0
    """1 easy, 2, 3 as in documents; 0 where it is not known."""

    def __post_init__(self) -> None:
        _check_text("picture", self, ("id", "task", "split", "group", "spec"))
        _check_text("picture", self, ("transcription",), empty=True)
        for name, allowed in (("task", TASKS), ("split", SPLITS), ("level", (0, 1, 2, 3))):
            if (found := getattr(self, name)) not in allowed or isinstance(found, bool):
                raise DataError(
                    f"a picture's {name!r} is {found!r:.80}, but must be one of {', '.join(map(str, allowed))}; "
                    "see docs/images.md."
                )
        _check_png(self.png)
        if not self.questions:
            raise DataError("a picture has no question, but must have one or more; see docs/images.md.")

    def to_json(self) -> str:
        """One line of a file, without its line end."""
        values = asdict(self) | {"png": base64.b64encode(self.png).decode("ascii")}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str) -> "Picture":
        """Read one line of a file.

        Raises:
            DataError: the line is not an object with exactly a picture's keys, or a value cannot be.
        """
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DataError(f"{line!r:.80} is not JSON ({error}); expected one picture a line.") from None
        _check_keys(found, cls, "picture")
        try:
            png = base64.b64decode(found["png"], validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise DataError(f"a picture's 'png' is not base64: {error}; see docs/images.md.") from None
        if not isinstance(found["questions"], list):
            raise DataError("a picture's 'questions' must be a list; see docs/images.md.")
        for question in found["questions"]:
            _check_keys(question, Question, "question")
        questions = tuple(Question(**q) for q in found["questions"])
        return cls(**found | {"png": png, "questions": questions})


def read_pictures(path: Path | str) -> Iterator[Picture]:
    """Pictures of a `.jsonl` or `.jsonl.gz` file, or of all such files of a folder in the order of their names.

    Raises:
        FileNotFoundError: there is no such file.
        DataError: the folder holds none, a line is no picture, or a file is damaged; the message says where.
    """
    path = Path(path)
    files = [path]
    if path.is_dir():
        files = sorted(f for f in path.iterdir() if f.name.endswith(_ENDINGS))
        if not files:
            raise DataError(f"{path} holds no .jsonl or .jsonl.gz file; `paw data images` writes them.")
    for file in files:
        yield from read_lines(file, Picture.from_json)


def write_pictures(path: Path | str, pictures: Iterable[Picture]) -> int:
    """Write pictures to a `.jsonl` or `.jsonl.gz` file, replacing it; returns their number.

    Raises:
        DataError: the name has another ending.
    """
    path = Path(path)
    if not path.name.endswith(_ENDINGS):
        raise DataError(f"{path.name} cannot hold pictures; name a file that ends in .jsonl or .jsonl.gz.")
    return write_lines(path, (picture.to_json() for picture in pictures))


def _check_keys(found: Any, kind: type[Any], said: str) -> None:
    names = [f.name for f in fields(kind)]
    if not isinstance(found, dict) or set(found) != set(names):
        raise DataError(f"{found!r:.80} is no {said}: expected an object with exactly {', '.join(names)}.")


def _check_text(said: str, record: object, names: tuple[str, ...], *, empty: bool = False) -> None:
    for name in names:
        value = getattr(record, name)
        if not isinstance(value, str) or not (empty or value.strip()):
            raise DataError(f"a {said}'s {name!r} is {value!r:.80}, but must be text; see docs/images.md.")


def _check_png(png: object) -> None:
    if not isinstance(png, bytes) or not png.startswith(_PNG):
        raise DataError(f"a picture's 'png' begins with {png!r:.40}, but must be a PNG file.")
    if len(png) > _LARGEST_PNG:
        raise DataError(f"a picture's PNG has {len(png):,} bytes; at most {_LARGEST_PNG:,} are read.")
