"""The picture checkpoint that comes with the package: small, described, and the default for specs with pictures."""

from collections import Counter

import pytest

import programasweights as paw
from programasweights.compiler.default import SHIPPED, SHIPPED_PICTURES
from programasweights.compiler.picture_checkpoint import MAX_BYTES, load_picture_checkpoint
from programasweights.data.images import draw_picture
from programasweights.evaluation.metrics import edit_similarity
from programasweights.vision import LINE_VERSION

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
    assert own >= 0.6 * total
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
    assert own > 2.5
    assert own > others + 0.5


@pytest.mark.weights
def test_what_is_written_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seed 0 writes what a beam finds, which is not always what greedy decoding would write."""
    drawn = [draw_picture("latex", 0, number, split="test", level=2) for number in range(4)]

    def written() -> list[str]:
        return [paw.compile([p.spec, paw.Image(p.png)]).program.behaviour.pseudo_program for p in drawn]

    searched = written()
    monkeypatch.setattr("programasweights.compiler.pictures._BEAM", 1)
    assert written() != searched


def _parts(text: str) -> Counter[str]:
    return Counter(word for word in text.replace(";", " ").split() if word in _PARTS)
