"""Families that read corpora of real texts, on small corpora of the same form written here."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from programasweights.data.build import BuildOptions, build
from programasweights.data.oracle.banks import corpora, names
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Family
from programasweights.data.oracle.registry import all_families
from programasweights.data.oracle.report import report_on
from programasweights.errors import DataError

REAL = [family for family in all_families() if family.corpus is not None]


def _address(draw: Draw) -> list[tuple[str, str]]:
    parts = [("AddressNumber", str(draw.randint(1, 9999)))]
    if draw.chance(0.4):
        parts.append(("StreetNamePreDirectional", draw.pick(("N", "S.", "East"))))
    parts += [
        ("StreetName", names.last_name(draw).split()[0]),
        ("StreetNamePostType", draw.pick(("Ave", "St.", "Road"))),
    ]
    if draw.chance(0.5):
        parts += [
            ("OccupancyType", draw.pick(("Suite", "Apt"))),
            ("OccupancyIdentifier", str(draw.randint(1, 99))),
        ]
    if draw.chance(0.8):
        parts += [("PlaceName", "Springfield,"), ("StateName", draw.pick(("IL", "MA", "Ohio")))]
        parts.append(("ZipCode", str(draw.randint(10000, 99999))))
    return parts


def _person(draw: Draw) -> list[tuple[str, str]]:
    parts = [("PrefixMarital", "Mrs")] if draw.chance(0.3) else []
    parts.append(("GivenName", names.first_name(draw).split()[0]))
    if draw.chance(0.4):
        parts.append(("MiddleInitial", "J."))
    parts.append(("Surname", names.last_name(draw).split()[0]))
    if draw.chance(0.3):
        parts.append(("SuffixGenerational", draw.pick(("Jr.", "III"))))
    return parts


def _log(draw: Draw, number: int) -> dict[str, str]:
    level, part = draw.pick(("INFO", "WARN", "ERROR")), draw.pick(("dfs.DataNode", "sshd", "kernel"))
    content = f"Received block blk_{draw.randint(1, 10**9)} of size {draw.randint(1, 99999)}"
    return {
        "system": draw.pick(("HDFS", "Linux", "Apache")), "LineId": str(number), "Date": "081109", "Time": "203518",
        "Pid": "143", "Level": level, "Component": part, "Content": content, "EventId": "E1", "EventTemplate": "Received block <*> of size <*>",  # noqa: E501
        "raw": f"081109 203518 143 {level} {part}: {content}",
    }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("corpora")
    draw = Draw("corpora")
    tagged = {"addresses": _address, "people": _person}
    rows: dict[str, list[object]] = {"logs": [_log(draw, n) for n in range(400)]}
    for name, make in tagged.items():
        made = [make(draw) for _ in range(400)]
        rows[name] = [{"text": " ".join(text for _, text in tags), "tags": tags} for tags in made]
    for name, file in corpora.NAMES.items():
        (path / file).parent.mkdir(exist_ok=True)
        (path / file).write_bytes(gzip.compress("\n".join(json.dumps(r) for r in rows[name]).encode()))
    corpora.use(path)
    yield path
    corpora.use(None)


@pytest.mark.parametrize("family", REAL, ids=lambda f: f.name)
def test_families_of_real_texts_give_specs(family: Family, folder: Path) -> None:
    found = report_on(family, specs=10)
    assert found.refused <= 0.5
    assert found.capacity >= 100


def test_a_build_takes_them_in_only_with_a_folder(folder: Path, tmp_path: Path) -> None:
    with_texts = build(tmp_path / "with", BuildOptions(specs=900, pairs=2, corpora=folder, workers=1))
    without = build(tmp_path / "without", BuildOptions(specs=900, pairs=2, workers=1))
    assert {f.name for f in REAL} <= set(with_texts.families)
    assert not {f.name for f in REAL} & set(without.families)
    corpora.use(folder)


def test_without_a_folder_they_cannot_be_drawn(folder: Path) -> None:
    corpora.use(None)
    with pytest.raises(DataError, match=r"needs a folder of corpora; see docs/data\.md"):
        report_on(REAL[0], specs=1)
    corpora.use(folder)
