"""Files of pictures, from Python and from the command line."""

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from programasweights.data.images import draw_picture, read_pictures
from programasweights.data.images.build import PictureOptions, build
from programasweights.errors import DataError


def paw(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "programasweights", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_file_holds_what_is_drawn_one_by_one(tmp_path: Path) -> None:
    seen: list[int] = []
    said = build(tmp_path, PictureOptions("latex", "valid", 5, 3), seen.append)
    assert seen == [1] * 5
    found = list(read_pictures(tmp_path))
    assert found == [draw_picture("latex", 3, number, split="valid") for number in range(5)]
    file = tmp_path / "latex-valid.jsonl.gz"
    assert json.loads((tmp_path / "latex-valid.json").read_text("utf-8")) == said
    assert said["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert said["questions"] == said["pictures"] == 5
    assert said["png_bytes"] == sum(len(picture.png) for picture in found)
    assert sum(said[f"level {level}"] for level in {picture.level for picture in found}) == 5
    assert {"rdkit", "matplotlib", "resvg-py"} <= set(said["versions"])


def test_processes_do_not_change_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "f.smi").write_text("CC(=O)Oc1ccccc1C(=O)O\nc1ccccc1CCN\nCCCCCO\n", "utf-8")
    for workers in (1, 2):
        options = PictureOptions("smiles", "train", 4, source=tmp_path / "f.smi", workers=workers)
        build(tmp_path / str(workers), options)
    one, two = ((tmp_path / str(n) / "smiles-train.jsonl.gz").read_bytes() for n in (1, 2))
    assert one == two


def test_options_out_of_range() -> None:
    with pytest.raises(DataError, match="count is 0"):
        PictureOptions("latex", "valid", 0)
    with pytest.raises(DataError, match="workers is 0"):
        PictureOptions("latex", "valid", 1, workers=0)
    with pytest.raises(DataError, match="there is no task 'cats'"):
        PictureOptions("cats", "valid", 1)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "f.txt.gz").write_bytes(gzip.compress("\n".join(f"x _ {n}" for n in range(50)).encode()))
    arguments = ["data", "images", "--count", 2, "--seed", 1, "--workers", 1, "--out", tmp_path / "d"]
    formulas = ["--formulas", tmp_path / "f.txt.gz", "--level", 1]
    done = paw(*arguments, "--task", "latex", "--task", "smiles", *formulas)
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [
        ["latex", "2 pictures"],
        ["smiles", "2 pictures"],
    ]
    found = list(read_pictures(tmp_path / "d"))
    assert [(p.task, p.split, p.level) for p in found] == [("latex", "train", 1)] * 2 + [
        ("smiles", "train", 1)
    ] * 2
    assert all(p.transcription.startswith("x_") for p in found[:2])
    done = paw(*arguments, "--task", "music", "--smiles", tmp_path / "f.txt.gz")
    assert done.returncode == 1
    assert done.stderr.endswith(
        "paw: --smiles is for the task smiles or chemical, which is not among those to draw.\n"
    )


def test_what_the_command_says_without_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from programasweights.cli import main

    arguments = ["--task", "smiles", "--count", "1", "--workers", "1", "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["paw", "data", "images", *arguments])
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(SystemExit, match="1"):
        main()
    assert capsys.readouterr().err.splitlines()[-1] == (
        "paw: this needs resvg_py: pip install 'programasweights[pictures]'"
    )
