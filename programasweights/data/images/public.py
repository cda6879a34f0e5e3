"""Public sets of pictures, from a local folder or a hub of data sets.

    FOLDER/**/SPLIT*.parquet   rows with `image` (bytes, or a struct that holds them) and either `latex_formula` (as in
                               OleehyO/latex-formulas; also `formula`, `latex`, `text`) or `qa_pairs` with `question`
                               and `answer` (as in CoSyn)
    FOLDER/im2latex_SPLIT.lst  with im2latex_formulas.lst and formula_images/, as Im2LaTeX-100K was published
    hf:OWNER/NAME[/SUBSET]     a data set repository with files of the first kind

Their labels are theirs: formulas are brought to the normal form where it is known, else kept as they are. Rows whose
picture cannot be read, or that have no label, are passed over; a file that is none of this is refused.
"""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from programasweights.data.images.latex_text import normal_latex
from programasweights.data.images.raster import optional
from programasweights.data.images.records import SPLITS, TASKS, Picture, Question
from programasweights.errors import DataError, ImageError

__all__ = ["public_pictures"]

LONGEST_SIDE = 1024
"""Larger pictures are scaled down."""
_NAMES = {"train": ("train",), "valid": ("valid", "validation", "val", "dev"), "test": ("test",)}
_FORMULA_COLUMNS = ("latex_formula", "formula", "latex", "text")
_SPECS = {
    "latex": "Write this formula in LaTeX.",
    "smiles": "Write this molecule as SMILES.",
    "chemical": "Answer questions about this molecule.",
    "circuit": "Answer questions about this circuit.",
    "music": "Answer questions about this score.",
}


def public_pictures(source: str | Path, task: str, *, split: str) -> Iterator[Picture]:
    """Pictures of one split of a public set.

    Args:
        source: a folder, or `hf:OWNER/NAME` with or without a folder of that repository behind it.
        task: which of `TASKS` its pictures belong to.
        split: `train`, `valid` or `test`.

    Raises:
        DataError: there is no such task or split, the source holds no file of it, or a file cannot be read.
        ModuleNotFoundError: pyarrow (for parquet) or Pillow is not installed.
    """
    if task not in TASKS or split not in SPLITS:
        raise DataError(f"there is no task {task!r:.40} with a split {split!r:.40}; see docs/images.md.")
    folder = _from_hub(str(source)) if str(source).startswith("hf:") else Path(source)
    lists = [
        folder / f"im2latex_{name}.lst"
        for name in ("validate", *_NAMES[split])
        if split == "valid" or name == split
    ]
    found = [path for path in lists if path.is_file()]
    rows = _im2latex_rows(folder, found[0]) if found else _parquet_rows(folder, split)
    for number, (content, pairs) in enumerate(rows):
        picture = _picture(content, pairs, task, split, f"{task}-{split}-public-{number}")
        if picture is not None:
            yield picture


Pairs = list[tuple[str, str]]


def _picture(content: bytes, pairs: Pairs, task: str, split: str, name: str) -> Picture | None:
    from programasweights.vision import Image

    transcribes = task in ("latex", "smiles")
    kept = [(q, _label(a) if task == "latex" else a) for q, a in pairs if q.strip() and a.strip()]
    try:
        image = Image(content)
    except ImageError:
        return None
    if not kept:
        return None
    return Picture(
        id=name,
        task=task,
        split=split,
        group=kept[0][1] if transcribes else hashlib.sha256(content).hexdigest(),
        spec=_SPECS[task],
        png=_png(image),
        transcription=kept[0][1] if transcribes else "",
        questions=tuple(Question(q, a, "transcription" if transcribes else "text") for q, a in kept),
    )


def _label(formula: str) -> str:
    try:
        return normal_latex(formula)
    except DataError:
        return formula.strip()


def _png(image: Any) -> bytes:
    out = io.BytesIO()
    small = optional("PIL.Image").fromarray(image.pixels)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small.save(out, "PNG")
    return out.getvalue()


def _im2latex_rows(folder: Path, listed: Path) -> Iterator[tuple[bytes, Pairs]]:
    """Rows of Im2LaTeX-100K: a line of the list names a formula by its line number, and a picture."""
    try:
        formulas = (folder / "im2latex_formulas.lst").read_text("utf-8", errors="replace").split("\n")
        for line in listed.read_text("utf-8").splitlines():
            number, name, *_ = line.split()
            formula = formulas[int(number)]
            picture = folder / "formula_images" / f"{Path(name).name}.png"
            if picture.is_file():
                yield picture.read_bytes(), [("Write the formula in LaTeX.", formula)]
    except (ValueError, IndexError, OSError) as error:
        raise DataError(f"{listed} is no list of Im2LaTeX: {error}; see docs/images.md.") from None


def _parquet_rows(folder: Path, split: str) -> Iterator[tuple[bytes, Pairs]]:
    files = sorted(
        p for p in folder.rglob("*.parquet") if p.name.split(".")[0].split("-")[0] in _NAMES[split]
    )
    if not files:
        raise DataError(f"{folder} holds no {split}*.parquet and no list of Im2LaTeX; see docs/images.md.")
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "Parquet needs pyarrow: pip install 'programasweights[frames]'", name="pyarrow"
        ) from None
    for path in files:
        try:
            with pq.ParquetFile(path) as table:
                wanted = _columns(path, table.schema_arrow.names)
                for batch in table.iter_batches(batch_size=64, columns=wanted):
                    yield from (_row(path, row, wanted) for row in batch.to_pylist())
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{path} is no parquet file that can be read: {str(error)[:200]}") from None


def _columns(path: Path, names: list[str]) -> list[str]:
    label = next((name for name in ("qa_pairs", *_FORMULA_COLUMNS) if name in names), None)
    if "image" not in names or label is None:
        raise DataError(
            f"{path} has the columns {', '.join(names)!s:.200}; expected image, and qa_pairs or one of "
            f"{', '.join(_FORMULA_COLUMNS)}."
        )
    return ["image", label]


def _row(path: Path, row: dict[str, Any], columns: list[str]) -> tuple[bytes, Pairs]:
    image, label = (row[name] for name in columns)
    content = image.get("bytes") if isinstance(image, dict) else image
    pairs: list[tuple[Any, Any]] = [("Write the formula in LaTeX.", label)]
    if columns[1] == "qa_pairs" and isinstance(label, dict):
        pairs = list(zip(label.get("question") or [], label.get("answer") or [], strict=False))
    elif columns[1] == "qa_pairs":
        pairs = [(pair.get("question"), pair.get("answer")) for pair in label or [] if isinstance(pair, dict)]
    if not isinstance(content, bytes | None) or not all(
        isinstance(part, str | None) for pair in pairs for part in pair
    ):
        raise DataError(
            f"{path} has a row whose image is no bytes, or whose texts are no texts; see docs/images.md."
        )
    return content or b"", [(q or "", a or "") for q, a in pairs]


def _from_hub(source: str) -> Path:
    """The parquet files of a repository, or of one of its folders, in the hub's cache."""
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    owner, _, rest = source.removeprefix("hf:").partition("/")
    name, _, folder = rest.partition("/")
    wanted = f"{folder}/*.parquet" if folder else "*.parquet"
    try:
        found = huggingface_hub.snapshot_download(
            f"{owner}/{name}", repo_type="dataset", allow_patterns=wanted
        )
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise DataError(
            f"the data set {owner}/{name} could not be fetched: {str(error)[:200]}. Check the name and the network, "
            "or name a local folder."
        ) from error
    return Path(found) / folder
