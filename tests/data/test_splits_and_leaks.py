"""Splits, near-duplicates and leaks, on a real small build and on planted leaks."""

from collections import defaultdict
from pathlib import Path

import pytest

from programasweights.data.build import SPLITS, BuildOptions, build
from programasweights.data.leaks import find_leaks, find_shared_inputs
from programasweights.data.manifest import Manifest
from programasweights.data.near_duplicates import NearDuplicates, normal_spec
from programasweights.data.oracle.registry import all_families
from programasweights.data.records import Record, read_records, write_records
from programasweights.data.splits import is_held_out, split_of
from programasweights.errors import DataError

OPTIONS = BuildOptions(specs=900, pairs=4, seed=7)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("data")
    build(out, OPTIONS)
    return out


def test_a_build_has_what_its_manifest_says(built: Path) -> None:
    manifest = Manifest.load(built / "manifest.json")
    manifest.check_files(built)
    assert sum(manifest.specs.values()) == 900
    for split in SPLITS:
        records = list(read_records(built / f"{split}.jsonl.gz"))
        assert len(records) == manifest.records[split] == 4 * manifest.specs[split]
        assert {r.split for r in records} == {split}
        assert {r.source for r in records} == {"oracle"}
        assert all(r.task and r.family and r.category and r.subcategory and r.output for r in records)
        assert len({r.task for r in records}) == len({r.spec for r in records}) == manifest.specs[split]
    assert manifest.specs["train"] > 4 * max(manifest.specs["valid"], manifest.specs["test-spec"])


def test_the_same_seed_gives_the_same_bytes_whatever_the_processes(built: Path, tmp_path: Path) -> None:
    build(tmp_path, BuildOptions(specs=900, pairs=4, seed=7, workers=1))
    for name in [*(f"{s}.jsonl.gz" for s in SPLITS), "manifest.json"]:
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def test_a_build_does_not_leak(built: Path) -> None:
    assert find_leaks(built) == []


def test_enough_families_are_held_out_in_every_area() -> None:
    by_area = defaultdict(list)
    for family in all_families():
        by_area[family.category].append(is_held_out(family.name))
    flat = [held for area in by_area.values() for held in area]
    assert sum(flat) >= 0.15 * len(flat)
    assert all(any(area) and not all(area) for area in by_area.values()), {
        k: sum(v) for k, v in by_area.items()
    }


def test_wordings_of_one_request_share_a_split() -> None:
    trained = next(f.name for f in all_families() if not is_held_out(f.name))
    splits = [split_of(trained, f"request {n}") for n in range(2000)]
    assert splits == [split_of(trained, f"request {n}") for n in range(2000)]
    assert 0.77 < splits.count("train") / 2000 < 0.83
    assert 0.08 < splits.count("test-spec") / 2000 < 0.12


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({}, "spec"), ({"spec": "Other words."}, "request"), ({"spec": "Other.", "task": "x/9/9"}, "family")],
)
def test_planted_leaks_are_found(tmp_path: Path, changed: dict[str, str], kind: str) -> None:
    train = Record("Say 'yes'.", "a", "yes", task="f/1/2", family="f")
    fine = Record("Say no.", "a", "no", task="g/1/1", family="g")
    planted = Record(
        **{"spec": "say yes", "input": "b", "output": "yes", "task": "f/1/3", "family": "f"} | changed
    )
    for split, record in (("train", train), ("valid", fine), ("test-spec", fine), ("test-family", planted)):
        write_records(tmp_path / f"{split}.jsonl.gz", [record])
    assert kind in {leak.kind for leak in find_leaks(tmp_path)}


def test_shared_inputs_are_found_despite_case_and_punctuation() -> None:
    long = "The quick brown fox jumps over the lazy dog, twice."
    train = [Record("a", long, "x"), Record("a", "ok", "x")]
    suite = [
        Record("b", long.upper().replace(",", " -"), "y"),
        Record("b", "ok", "y"),
        Record("b", long + " No.", "y"),
    ]
    assert [leak.what for leak in find_shared_inputs(train, suite, "suite")] == [suite[0].input]


def test_near_duplicates() -> None:
    seen = NearDuplicates()
    assert seen.add("List the names in the text, sorted and joined by commas", "1")
    assert not seen.add('list the names in the "text", sorted and joined by commas.', "2"), "the same text"
    assert not seen.add("List the names in this text, sorted and joined by commas", "1"), "almost the same"
    assert seen.add("List the names in this text, sorted and joined by commas", "2"), (
        "asks for something else"
    )
    assert seen.add("Names please; commas between them, in order", "1"), "quite other words"
    assert normal_spec(' Say "A"\n now. ') == "say a now"


def test_damaged_sets_are_refused(built: Path, tmp_path: Path) -> None:
    manifest = Manifest.load(built / "manifest.json")
    with pytest.raises(DataError, match="is missing; build the set again"):
        manifest.check_files(tmp_path)
    for split in SPLITS:
        (tmp_path / f"{split}.jsonl.gz").write_bytes((built / f"{split}.jsonl.gz").read_bytes() + b"\0")
    with pytest.raises(DataError, match="its manifest says"):
        manifest.check_files(tmp_path)
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    with pytest.raises(DataError, match="is not a data set's manifest"):
        Manifest.load(tmp_path / "manifest.json")
    text = (built / "manifest.json").read_text("utf-8").replace('"format_version": 1', '"format_version": 99')
    (tmp_path / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(DataError, match="format version 99, this release reads 1"):
        Manifest.load(tmp_path / "manifest.json")


def test_options_are_checked() -> None:
    with pytest.raises(DataError, match="pairs is 0, but must be at least 1"):
        BuildOptions(specs=1, pairs=0)


def test_more_specs_than_there_are_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"holds none of .*docs/data.md"):
        build(tmp_path, BuildOptions(specs=1, corpora=tmp_path))
    assert list(tmp_path.iterdir()) == []
