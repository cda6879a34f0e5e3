"""Public sets: files of the layouts that they were published in, and files that are none."""

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from programasweights.data.images import public_pictures
from programasweights.errors import DataError


def picture(width: int = 20, kind: str = "PNG") -> bytes:
    """A picture file."""
    out = io.BytesIO()
    Image.new("L", (width, 10), 200).save(out, kind)
    return out.getvalue()


def parquet(path: Path, **columns: list[Any]) -> None:
    """A parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)


def test_formulas(tmp_path: Path) -> None:
    images = [{"bytes": picture(), "path": "1.png"}, {"bytes": picture(3000, "JPEG"), "path": None}]
    parquet(
        tmp_path / "data" / "train-00000-of-00002.parquet",
        image=[*images, {"bytes": b"broken", "path": None}, {"bytes": None, "path": "x"}, images[0]],
        latex_formula=[r"x _ { 1 } \; + y", r"\begin{array}{c} a \end{array} ", "x", "y", " "],
    )
    parquet(tmp_path / "data" / "train-00001-of-00002.parquet", image=[picture()], latex_formula=["z"])
    parquet(tmp_path / "data" / "test-00000-of-00001.parquet", image=[picture()], latex_formula=["t"])
    found = list(public_pictures(tmp_path, "latex", split="train"))
    assert [p.transcription for p in found] == ["x_1+y", r"\begin{array}{c} a \end{array}", "z"]
    assert [p.questions[0].answer for p in found] == [p.transcription for p in found]
    assert {(p.task, p.split, p.level) for p in found} == {("latex", "train", 0)}
    assert len({p.id for p in found}) == 3
    with Image.open(io.BytesIO(found[1].png)) as image:
        assert max(image.size) == 1024
    assert [p.transcription for p in public_pictures(tmp_path, "latex", split="test")] == ["t"]


@pytest.mark.parametrize("as_struct", [True, False])
def test_questions(tmp_path: Path, as_struct: bool) -> None:
    pairs: Any = {"question": ["How many?", "Which?"], "answer": ["3", ""], "explanation": ["a", "b"]}
    if not as_struct:
        pairs = [
            {"question": q, "answer": a} for q, a in zip(pairs["question"], pairs["answer"], strict=True)
        ]
    parquet(
        tmp_path / "circuit" / "validation-0.parquet",
        image=[{"bytes": picture()}],
        qa_pairs=[pairs],
        id=["a"],
    )
    (found,) = public_pictures(tmp_path, "circuit", split="valid")
    assert [(q.text, q.answer, q.kind) for q in found.questions] == [("How many?", "3", "text")]
    assert (found.transcription, len(found.group)) == ("", 64)


def im2latex(folder: Path, listed: str) -> Path:
    """A folder as Im2LaTeX-100K has it."""
    (folder / "formula_images").mkdir(parents=True)
    (folder / "im2latex_formulas.lst").write_bytes(b"a + b\nc _ 1 \xe9\nd ^ 2")
    (folder / "im2latex_validate.lst").write_text(listed, "utf-8")
    for name in ("one", "two"):
        (folder / "formula_images" / f"{name}.png").write_bytes(picture())
    return folder


def test_im2latex(tmp_path: Path) -> None:
    folder = im2latex(tmp_path, "2 one basic\n0 two basic\n0 three basic\n0 ../one basic\n")
    found = list(public_pictures(folder, "latex", split="valid"))
    assert [p.transcription for p in found] == ["d^2", "a+b", "a+b"]


@pytest.mark.parametrize("listed", ["one\n", "x one basic\n", "77 one basic\n"])
def test_im2latex_that_is_none(tmp_path: Path, listed: str) -> None:
    with pytest.raises(DataError, match="is no list of Im2LaTeX"):
        list(public_pictures(im2latex(tmp_path, listed), "latex", split="valid"))


def test_what_is_no_public_set(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no task 'cats'"):
        list(public_pictures(tmp_path, "cats", split="train"))
    with pytest.raises(DataError, match=r"holds no train\*.parquet"):
        list(public_pictures(tmp_path, "latex", split="train"))
    (tmp_path / "train.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(DataError, match="no parquet file that can be read"):
        list(public_pictures(tmp_path, "latex", split="train"))
    parquet(tmp_path / "train.parquet", image=[picture()], caption=["x"])
    with pytest.raises(DataError, match="has the columns image, caption"):
        list(public_pictures(tmp_path, "latex", split="train"))
    parquet(tmp_path / "train.parquet", image=[7], latex=["x"])
    with pytest.raises(DataError, match="a row whose image is no bytes"):
        list(public_pictures(tmp_path, "latex", split="train"))
    parquet(tmp_path / "train.parquet", image=[picture()], latex=[7])
    with pytest.raises(DataError, match="whose texts are no texts"):
        list(public_pictures(tmp_path, "latex", split="train"))


def test_a_repository_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(DataError, match="nobody/nothing could not be fetched"):
        list(public_pictures("hf:nobody/nothing/sub", "latex", split="train"))
