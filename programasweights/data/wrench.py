"""Text classification sets of WRENCH (Zhang et al., 2021), for tests only: their test splits are never trained on.

Read from a folder in either of two forms, or from a hub of data sets:

    FOLDER/sms/valid.jsonl[.gz]      {"text", "label"} a line
    FOLDER/sms/valid.json            {"0": {"label": 0, "data": {"text": ...}}, ...}, as WRENCH publishes them
    hf:OWNER/NAME                    a data set repository with files of the second form
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from programasweights.data.records import Record
from programasweights.errors import DataError

__all__ = ["WRENCH", "WrenchSet", "load_wrench"]


@dataclass(frozen=True)
class WrenchSet:
    """One of the sets: a spec of ours, and what its label numbers mean in it."""

    name: str
    """Folder name."""
    spec: str
    """The task, with each label's name and meaning."""
    labels: tuple[str, ...]
    """Name of each label number."""
    metric: Literal["accuracy", "f1"]
    """The paper's metric; F1 is of the last label."""


WRENCH: dict[str, WrenchSet] = {
    s.name: s
    for s in (
        WrenchSet(
            "youtube",
            "Decide whether a comment under a YouTube music video is spam. Spam asks people to visit a link or "
            "channel, to subscribe, or sells something; anything that talks about the video or the artist is "
            "ham. Answer with one word: spam or ham.",
            ("ham", "spam"),
            "accuracy",
        ),
        WrenchSet(
            "sms",
            "Decide whether a text message is spam. Spam is unasked advertising, prize draws, paid services and "
            "fraud; messages between people who know each other are ham. Answer with one word: spam or ham.",
            ("ham", "spam"),
            "f1",
        ),
        WrenchSet(
            "yelp",
            "Say what the writer of this review of a business thinks of it on the whole. Answer with one word: "
            "positive or negative.",
            ("negative", "positive"),
            "accuracy",
        ),
        WrenchSet(
            "imdb",
            "Say what the writer of this film review thinks of the film on the whole. Answer with one word: "
            "positive or negative.",
            ("negative", "positive"),
            "accuracy",
        ),
    )
}
"""The four sets of the paper's table 1."""


def load_wrench(name: str, split: str, source: str | Path) -> Iterator[Record]:
    """Records of one split of one set.

    Args:
        name: `youtube`, `sms`, `yelp` or `imdb`.
        split: `train`, `valid` or `test`.
        source: a folder, or `hf:OWNER/NAME`.

    Raises:
        DataError: there is no such set or file, or a row is damaged.
    """
    if name not in WRENCH:
        raise DataError(f"there is no WRENCH set {name!r}; expected one of {', '.join(WRENCH)}.")
    known = WRENCH[name]
    path = _file(name, split, source)
    for number, (text, label) in enumerate(_rows(path), 1):
        if not isinstance(text, str) or not isinstance(label, int) or not 0 <= label < len(known.labels):
            raise DataError(
                f"row {number} of {path} has the text {text!r:.40} and the label {label!r}; expected text and a "
                f"number below {len(known.labels)}."
            )
        yield Record(
            spec=known.spec,
            input=text,
            output=known.labels[label],
            task=f"wrench-{name}",
            family=f"wrench-{name}",
            category="Traditional NLP",
            source="wrench",
            split=split,
        )


def _file(name: str, split: str, source: str | Path) -> Path:
    if str(source).startswith("hf:"):
        return _from_hub(str(source).removeprefix("hf:"), f"{name}/{split}.json")
    folder = Path(source) / name
    for ending in (".jsonl.gz", ".jsonl", ".json"):
        if (folder / f"{split}{ending}").is_file():
            return folder / f"{split}{ending}"
    raise DataError(f"{folder} holds no {split}.jsonl.gz, {split}.jsonl or {split}.json; see docs/data.md.")


def _from_hub(repository: str, file: str) -> Path:
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(huggingface_hub.hf_hub_download(repository, file, repo_type="dataset"))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise DataError(
            f"{file} of the data set {repository} could not be fetched: {str(error)[:200]}. Check the name and "
            "the network, or name a local folder."
        ) from error


def _rows(path: Path) -> Iterator[tuple[object, object]]:
    try:
        if path.suffix == ".json":
            for row in json.loads(path.read_text("utf-8")).values():
                yield row["data"]["text"], row["label"]
            return
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as file
        ):
            for line in file:
                row = json.loads(line)
                yield row["text"], row["label"]
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, gzip.BadGzipFile) as error:
        raise DataError(f"{path} is not a WRENCH file: {error!r:.200}; see docs/data.md.") from None
