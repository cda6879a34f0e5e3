"""Pictures as they are drawn: the same for the same arguments, readable, in the right split, and worth looking at."""

import hashlib
import io
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from PIL import Image

from programasweights.data.images import LEVELS, SPLITS, TASKS, Source, draw_picture, read_source
from programasweights.data.images.balance import choose, measure
from programasweights.data.images.drawing import split_of
from programasweights.data.images.subject import Candidate
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError

SMILES = Source("two.smi", ("CCO ethanol", "not a molecule", "[Na+].OC(=O)c1ccccc1", "[13CH4]", "[U]"))


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("level", [1, None])
def test_what_every_picture_is(task: str, level: int | None) -> None:
    few, many = (1, 1) if task in ("smiles", "latex") else (4, 8)
    for number, split in enumerate(SPLITS):
        picture = draw_picture(task, 3, number, split=split, level=level)
        assert (picture.task, picture.split) == (task, split)
        assert picture.level == level if level else picture.level in LEVELS
        assert split_of(task, picture.group) == split
        assert few <= len(picture.questions) <= many
        assert sum(q.kind == "yes-no" for q in picture.questions) <= 1
        with Image.open(io.BytesIO(picture.png)) as image:
            assert max(image.size) <= 512
            grey = image.convert("RGB").convert("L")
            assert set(grey.tobytes()) <= set(range(0, 256, 17))
            low, high = grey.getextrema()
            assert isinstance(low, int)
            assert isinstance(high, int)
            assert high - low > 100
        if few == 1:
            assert picture.questions[0].answer == picture.transcription


def test_equal_arguments_give_equal_bytes_in_any_order_and_process() -> None:
    wanted = [draw_picture(task, 1, 5, split="train") for task in TASKS]
    for task in reversed(TASKS):
        draw_picture(task, 2, 6, split="test")
    assert [draw_picture(task, 1, 5, split="train") for task in TASKS] == wanted
    code = (
        "from programasweights.data.images import *; import hashlib\n"
        "for task in reversed(TASKS):\n"
        " print(hashlib.sha256(draw_picture(task, 1, 5, split='train').to_json().encode()).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    told = [hashlib.sha256(picture.to_json().encode()).hexdigest() for picture in reversed(wanted)]
    assert done.stdout.split() == told


def test_seeds_numbers_and_splits_give_other_pictures() -> None:
    ways = [(0, 0, "train"), (1, 0, "train"), (0, 1, "train"), (0, 0, "valid"), (0, 0, "test")]
    drawn = [draw_picture("chemical", seed, number, split=split) for seed, number, split in ways]
    assert len({picture.png for picture in drawn}) == len({picture.id for picture in drawn}) == len(ways)


def test_a_molecule_is_in_one_split_for_both_tasks() -> None:
    groups = [f"scaffold {number}" for number in range(300)]
    assert [split_of("smiles", g) for g in groups] == [split_of("chemical", g) for g in groups]
    counts = Counter(split_of("music", g) for g in groups)
    assert set(counts) == set(SPLITS)
    assert 210 <= counts["train"] <= 270


@pytest.mark.parametrize(
    ("task", "split", "level", "message"),
    [
        ("cats", "train", None, "there is no task 'cats'; expected one of chemical, circuit"),
        ("smiles", "eval", None, "there is no split 'eval'; expected one of train, valid, test"),
        ("smiles", "train", 4, "there is no level 4; expected one of 1, 2, 3"),
    ],
)
def test_what_there_is_not(task: str, split: str, level: int | None, message: str) -> None:
    with pytest.raises(DataError) as caught:
        draw_picture(task, 0, 0, split=split, level=level)
    assert message in str(caught.value)


def test_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programasweights.data.images.drawing._SOURCE_TRIES", 200)
    acid = split_of("smiles", "c1ccccc1")
    assert {draw_picture("smiles", 0, n, split=acid, source=SMILES).transcription for n in range(5)} == {
        "O=C(O)c1ccccc1"
    }
    with pytest.raises(DataError, match=r"two.smi gave no picture of smiles for split"):
        draw_picture("smiles", 0, 0, split=next(s for s in SPLITS if s != acid), source=SMILES, level=2)
    for task in ("circuit", "music"):
        with pytest.raises(DataError, match="leave the source out"):
            draw_picture(task, 0, 0, split="train", source=SMILES)
    (tmp_path / "f.txt").write_text("\n x _ { 1 } ^ 2 \n\n", "utf-8")
    formulas = read_source(tmp_path / "f.txt")
    assert formulas.lines == ("x _ { 1 } ^ 2",)
    drawn = draw_picture("latex", 0, 0, split=split_of("latex", "x_1^2"), source=formulas)
    assert drawn.transcription == "x_1^2"


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", b" \n"), ("a.txt", b"\xff\xfe\x00"), ("a.gz", b"no gzip")]
)
def test_sources_that_are_none(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=rf"{name} (is no text file|holds no line)"):
        read_source(tmp_path / name)


def test_frequent_answers_are_asked_for_less() -> None:
    def candidates(number: int) -> list[Candidate]:
        draw = Draw(number)
        answer = draw.choices("abc", (80, 15, 5))[0]
        return [Candidate("k", "name", ("k?",), answer), Candidate("same", "name", ("s?",), "always")]

    balance = measure(candidates(n) for n in range(2000))
    asked = Counter(
        question.answer
        for number in range(2000, 8000)
        for question in choose(candidates(number), balance, 1, 1, Draw("c", number))
    )
    assert set(asked) == set("abc")
    assert max(asked.values()) / asked.total() < 0.42
    assert balance.chance(Candidate("k", "name", ("k?",), "never seen")) == 1
    assert balance.chance(Candidate("other", "name", ("o?",), "x")) == 1


def test_choose_takes_different_keys_first_and_few_of_yes_or_no() -> None:
    many = [Candidate(f"k{n // 3}", "count", ("?",), str(n)) for n in range(12)]
    balance = measure([])
    for seed in range(20):
        found = choose(many, balance, 4, 4, Draw(seed))
        assert len({int(question.answer) // 3 for question in found}) == 4
    decided = [Candidate(f"y{n}", "yes-no", ("?",), "yes") for n in range(9)]
    assert choose(decided, balance, 2, 4, Draw(0)) == []
    assert len(choose(decided, balance, 1, 4, Draw(0))) == 1
    kept = defaultdict(int)
    for question in choose(many[:3], balance, 1, 8, Draw(0)):
        kept[question.kind] += 1
    assert kept["count"] <= 2


def test_without_the_packages() -> None:
    code = (
        "import sys; sys.modules['resvg_py'] = None; "
        "from programasweights.data.images import draw_picture; draw_picture('circuit', 0, 0, split='train')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: drawing pictures needs resvg_py: pip install 'programasweights[pictures]'"
    )
