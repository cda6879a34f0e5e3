"""The picture checkpoint that comes with the package: small, described, and the default for specs with pictures."""

from collections import Counter
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.compiler.default import SHIPPED, SHIPPED_PICTURES
from programasweights.compiler.picture_checkpoint import MAX_BYTES, load_picture_checkpoint, with_readers
from programasweights.data.images import draw_picture
from programasweights.evaluation.metrics import edit_similarity
from programasweights.evaluation.pictures.chemistry import same_molecule
from programasweights.vision import LINE_VERSION
from tests.pictures import picture_file

_PARTS = ("resistor", "capacitor", "inductor", "diode", "lamp", "switch", "battery", "current", "DC", "AC")


def test_it_is_small_and_has_a_card() -> None:
    assert SHIPPED_PICTURES.stat().st_size <= MAX_BYTES
    card = (SHIPPED / "PICTURES.md").read_text("utf-8")
    for heading in ("Data", "Licence", "Numbers", "Limits"):
        assert f"## {heading}" in card
    checkpoint = load_picture_checkpoint(SHIPPED_PICTURES)
    assert checkpoint.config.discrete == "generated"
    assert checkpoint.pictures is not None
    assert checkpoint.pictures.encoder == "both-parts"
    assert checkpoint.pictures.lines == LINE_VERSION
    assert [reader.config.task for reader in checkpoint.pictures.readers] == [
        "smiles",
        "music",
        "latex",
        "circuit",
    ]


@pytest.mark.weights
def test_the_parts_of_circuits_are_read() -> None:
    """On pictures never trained on, the programs' transcriptions are of their own picture and not of another."""
    drawn = [draw_picture("circuit", 0, number, split="test", level=1) for number in range(4)]
    programs = [paw.compile(prompt=[p.spec, paw.Image(p.png)], max_new_tokens=16) for p in drawn]
    read = [_parts(f.program.behaviour.pseudo_program) for f in programs]
    shown = [_parts(picture.transcription) for picture in drawn]
    own = sum((a & b).total() for a, b in zip(read, shown, strict=True))
    others = sum((a & b).total() for a, b in zip(read, shown[1:] + shown[:1], strict=True))
    total = sum(part.total() for part in shown)
    assert own >= 0.9 * total
    assert own > others
    assert all(f(p.questions[0].text) for f, p in zip(programs, drawn, strict=True))


@pytest.mark.weights
def test_formulas_are_read() -> None:
    """As LaTeX that is like their own and less like another's."""
    drawn = [draw_picture("latex", 0, number, split="test", level=1) for number in range(5)]
    programs = [paw.compile(prompt=[p.spec, paw.Image(p.png)], max_new_tokens=40) for p in drawn]
    found = [f(p.questions[0].text) for f, p in zip(programs, drawn, strict=True)]
    wanted = [p.transcription for p in drawn]
    own = sum(map(edit_similarity, found, wanted))
    others = sum(map(edit_similarity, found, wanted[1:] + wanted[:1]))
    assert own > 4
    assert own > others + 0.5


@pytest.mark.weights
def test_without_readers_what_is_written_is_searched_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Seed 0 writes what a beam finds, which is not always what greedy decoding would write."""
    drawn = [draw_picture("circuit", 0, number, split="test", level=2) for number in range(4)]
    with_readers(SHIPPED_PICTURES, [], tmp_path / "pictures.safetensors")

    def written() -> list[str]:
        compiler = str(tmp_path / "pictures.safetensors")
        programs = [paw.compile([p.spec, paw.Image(p.png)], compiler=compiler).program for p in drawn]
        assert {p.behaviour.recipe["pseudo_program"] for p in programs} == {"spec and transcription"}
        return [program.behaviour.pseudo_program for program in programs]

    searched = written()
    monkeypatch.setattr("programasweights.compiler.pictures._BEAM", 1)
    assert written() != searched


@pytest.mark.weights
def test_molecules_are_read() -> None:
    """By their atoms and bonds, and told as the spec wants it: as SMILES, or with what can be counted."""
    right = 0
    for number in range(6):
        drawn = draw_picture("smiles", 0, number, split="test", level=1)
        f = paw.compile([drawn.spec, paw.Image(drawn.png)], max_new_tokens=40)
        right += same_molecule(f(drawn.questions[0].text), drawn.transcription) == 1
    assert right >= 3
    asked = [draw_picture("chemical", 0, number, split="test", level=1) for number in range(6)]
    told = [paw.compile([p.spec, paw.Image(p.png)]).program.behaviour.pseudo_program for p in asked]
    assert sum("rings" in text for text in told) == 6
    facts = [text.split("\n", 1)[1].rpartition("; ")[0] for text in told]
    assert sum(p.transcription.startswith(f) for p, f in zip(asked, facts, strict=True)) >= 3


@pytest.mark.weights
def test_scores_are_read() -> None:
    drawn = [draw_picture("music", 0, number, split="test", level=1) for number in range(4)]
    told = [paw.compile([p.spec, paw.Image(p.png)]).program.behaviour.pseudo_program for p in drawn]
    clefs = [p.transcription.split("; ")[:3] for p in drawn]
    assert sum(all(sign in text for sign in signs) for signs, text in zip(clefs, told, strict=True)) >= 3


@pytest.mark.weights
def test_marks_are_told_of_one_picture_and_seed_0_only() -> None:
    drawn = draw_picture("smiles", 0, 0, split="test", level=1)
    boxes = paw.Image(picture_file(3))

    def sources(spec: list[str | paw.Image], seed: int) -> object:
        return paw.compile(spec, seed=seed).program.behaviour.recipe["pseudo_program"]

    one = sources([drawn.spec, paw.Image(drawn.png)], 0)
    assert one == "spec and marks, read as smiles"
    for spec, seed in (
        ([drawn.spec, paw.Image(drawn.png)], 1),
        ([drawn.spec, paw.Image(drawn.png), boxes], 0),
        ([drawn.spec, boxes], 0),
    ):
        assert sources(spec, seed) == "spec and transcription"


def _parts(text: str) -> Counter[str]:
    return Counter(word for word in text.replace(";", " ").split() if word in _PARTS)
