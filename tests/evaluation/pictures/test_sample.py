"""Samples of pictures: frozen, held out, and read from files as they are drawn."""

from dataclasses import replace
from pathlib import Path

import pytest

from programasweights.data.images import draw_picture, write_pictures
from programasweights.errors import DataError
from programasweights.evaluation.metrics import ANSWER_METRICS
from programasweights.evaluation.pictures.sample import draw_sample, picture_task, read_sample
from programasweights.evaluation.suites import SuiteCase, SuiteTask
from programasweights.vision import Image


def test_a_drawn_sample_is_the_test_split_and_frozen() -> None:
    sample = draw_sample(["smiles"], count=3, counted=2, seed=5, level=1)
    (suite,) = sample.suites
    drawn = [draw_picture("smiles", 5, n, split="test", level=1) for n in range(3)]
    tasks = [picture_task(task) for task in suite.tasks]
    assert [task.name for task in tasks] == [p.id for p in drawn]
    assert [task.image for task in tasks] == [Image(p.png) for p in drawn]
    assert [(task.cases, task.kinds) for task in tasks] == [
        ((SuiteCase(p.questions[0].text, (p.transcription,)),), ("transcription",)) for p in drawn
    ]
    assert {p.split for p in sample.shown["smiles"]} == {"train"}
    trained = [p.questions[0] for p in sample.shown["smiles"]]
    assert list(sample.trained["smiles"]) == trained
    assert {p.group for p in sample.shown["smiles"]}.isdisjoint(p.group for p in drawn)
    assert draw_sample(["smiles"], count=3, counted=2, seed=5, level=1) == sample
    info = sample.info
    assert (info.source, info.seed, info.level) == ("drawn", 5, 1)
    assert (info.pictures, info.questions, info.trained) == ({"smiles": 3}, {"smiles": 3}, {"smiles": 2})
    assert "rdkit" in info.versions
    other = draw_sample(["smiles"], count=3, counted=2, seed=6, level=1)
    assert other.info.digests != info.digests


def test_molecules_have_their_own_metrics() -> None:
    (suite,) = draw_sample(["smiles"], count=1, counted=0, level=1).suites
    assert set(suite.metrics) == {*ANSWER_METRICS, "valid_smiles", "same_text", "tanimoto"}


def test_a_sample_from_files_leaves_out_what_was_trained_on(tmp_path: Path) -> None:
    test = [draw_picture("smiles", 1, n, split="test", level=1) for n in range(4)]
    train = [draw_picture("smiles", 1, n, split="train", level=1) for n in range(2)]
    relabelled = [replace(p, id=f"music {p.id}", task="music") for p in test[:1]]
    write_pictures(tmp_path / "p.jsonl.gz", [*train, *test, *relabelled])
    sample = read_sample(tmp_path / "p.jsonl.gz", ["smiles", "music"], count=3)
    assert sample.info.pictures == {"smiles": 3, "music": 1}
    assert {t.name for t in sample.suites[0].tasks} < {p.id for p in test}
    assert {p.id for p in sample.shown["smiles"]} == {p.id for p in train}
    assert {q.answer for q in sample.trained["smiles"]} == {p.transcription for p in train}
    assert (sample.info.source, sample.info.seed, sample.info.versions) == ("p.jsonl.gz", None, {})
    assert read_sample(tmp_path, ["smiles"], count=2).suites[0].tasks == sample.suites[0].tasks[:2]
    assert sample.info.digests["smiles"] != read_sample(tmp_path, ["smiles"], count=2).info.digests["smiles"]


def test_what_cannot_be_sampled(tmp_path: Path) -> None:
    write_pictures(tmp_path / "p.jsonl", [draw_picture("smiles", 1, 0, split="train", level=1)])
    with pytest.raises(DataError, match=r"p.jsonl has no picture of the task smiles in the split test"):
        read_sample(tmp_path / "p.jsonl", ["smiles"], count=3)
    with pytest.raises(DataError, match=r"p.jsonl has no picture of the task maps"):
        read_sample(tmp_path / "p.jsonl", ["maps"], count=3)
    with pytest.raises(DataError, match="there is no task 'maps'"):
        draw_sample(["maps"], count=1)
    with pytest.raises(DataError, match="the task 't' has no picture"):
        picture_task(SuiteTask("t", "s", (), (), "c", "c"))
