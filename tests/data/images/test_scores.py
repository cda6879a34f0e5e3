"""Scores: what verovio engraves is what the labels say."""

import re
from collections import Counter

import pytest

from programasweights.data.images import scores
from programasweights.data.images.melody import draw_score, mei
from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.score import Note, Score


def note(name: str, length: int, *, shown: bool = False) -> Note:
    """Such as `E4`, `Bb3`, `C#5`; `r` is a rest."""
    if name == "r":
        return Note(None, 0, False, length)
    alter = {"b": -1, "#": 1}.get(name[1], 0)
    return Note("CDEFGAB".index(name[0]) + 7 * int(name[-1]), alter, shown, length)


SCORE = Score(
    "bass",
    -3,
    "3/4",
    False,
    (
        (note("Eb3", 4), note("r", 2), note("G3", 6)),
        (note("Bb2", 1), note("B2", 1, shown=True), note("D3", 2), note("Ab3", 8)),
    ),
    "mf",
    "Presto",
)


def told(score: Score) -> dict[str, str]:
    """Answers by question, all wordings."""
    everything = (
        *scores._signs(score),
        *scores._counting(score),
        *scores._pitches(score),
        *scores._bars(score),
    )
    return {text: candidate.answer for candidate in everything for text in candidate.texts}


def test_answers_on_a_known_score() -> None:
    wanted = {
        "Which clef is it?": "bass",
        "What is the time signature?": "3/4",
        "What is the key signature: how many sharps or flats, or none?": "3 flats",
        "In which major key is it written?": "E flat major",
        "Which dynamic marking is there?": "mf",
        "What does the tempo marking say?": "Presto",
        "How many bars are there?": "2",
        "How many notes are played?": "6",
        "How many rests are there?": "1",
        "How many quarter notes are there, without dotted ones?": "1",
        "How many eighth notes are there, without dotted ones?": "1",
        "How many half notes are there, without dotted ones?": "1",
        "How many dotted notes are there?": "1",
        "How many accidentals stand before notes?": "1",
        "Which note is the first note?": "E flat",
        "What note value has the first note?": "quarter",
        "Which note is the last note?": "A flat",
        "What is the highest note?": "A flat",
        "What is the longest note value?": "half",
        "What is the shortest note value?": "sixteenth",
        "From the first to the second note: up, down or same?": "up",
        "From the second to the third note: up, down or same?": "down",
        "From the first to the last note: up, down or same?": "up",
        "How many notes are in bar 1, without rests?": "2",
        "Which note is the first in bar 2?": "B flat",
    }
    found = told(SCORE)
    assert {question: found[question] for question in wanted} == wanted
    # B flat and B natural are at one height: which is the lowest note would be open to argument.
    assert "What is the lowest note?" not in found
    assert SCORE.text() == (
        "bass clef; 3 flats, E flat major; 3/4; Presto; mf; 2 bars of 2 4; 6 notes, 1 rests; 1 half, 1 quarter, "
        "1 eighth, 1 dotted; 1 accidentals; first E flat quarter; last A flat half; highest A flat, lowest B flat; "
        "longest half, shortest sixteenth; up down, in all up; Eb3/4 rest/2 G3/6 | Bb2/1 B2/1 D3/2 Ab3/8"
    )
    assert SCORE.melody == "3/4 0:4 r:2 2:6 -3:1 -3:1 -1:2 3:8"


@pytest.mark.parametrize(
    ("fifths", "key"),
    [(0, "C major"), (1, "G major"), (-1, "F major"), (7, "C sharp major"), (-7, "C flat major")],
)
def test_keys(fifths: int, key: str) -> None:
    score = Score("treble", fifths, "2/4", False, SCORE.bars, "", "")
    assert told(score)["Which major key has this key signature?"] == key


def test_bars_are_full_and_accidentals_hold_in_their_bar() -> None:
    for number in range(300):
        score = draw_score(Draw("full", number), 1 + number % 3)
        count, unit = map(int, score.meter.split("/"))
        for bar in score.bars:
            assert sum(n.length for n in bar) == count * 16 // unit
            changed: set[int] = set()
            for n in bar:
                if n.pitch is None:
                    continue
                assert n.pitch % 7 not in changed, (
                    "what an accidental means for later notes is never in question"
                )
                if n.shown:
                    changed.add(n.pitch % 7)
                else:
                    sharps = "FCGDAEB"[: max(score.fifths, 0)]
                    flats = "BEADGCF"[: max(-score.fifths, 0)]
                    assert n.alter == (n.letter in sharps) - (n.letter in flats)


def engraved(svg: str) -> Counter[str]:
    """How often verovio drew what."""
    return Counter(re.findall(r'<g [^>]*class="(note|rest|measure|accid|clef|keyAccid|dots|beam)[" ]', svg))


def test_verovio_engraves_what_the_labels_count() -> None:
    toolkit = scores._toolkit()
    toolkit.setOptions({"breaks": "none", "header": "none", "footer": "none", "adjustPageWidth": True})
    for number in range(40):
        score = draw_score(Draw("engraved", number), 1 + number % 3)
        assert toolkit.loadData(mei(score))
        svg = toolkit.renderToSVG(1)
        found, said = engraved(svg), told(score)
        assert str(found["note"]) == said["How many notes are played?"]
        assert str(found["rest"]) == said["How many rests are there?"]
        assert str(found["measure"]) == said["How many bars are there?"]
        assert found["keyAccid"] == abs(score.fifths)
        # Every note has an element for its accidental; only shown ones have a glyph in it.
        glyphs = re.findall(r'class="accid"[^>]*>\s*<use', svg)
        assert str(len(glyphs)) == said["How many accidentals stand before notes?"]


def test_notes_sound_as_they_are_named() -> None:
    toolkit = scores._toolkit()
    steps = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
    for number in range(20):
        score = draw_score(Draw("sound", number), 1 + number % 3)
        toolkit.loadData(mei(score))
        toolkit.renderToMIDI()
        starts = {i: event["qstamp"] for event in toolkit.renderToTimemap() for i in event.get("on", [])}
        ids, at, wanted_starts = list(starts), 0, []
        for n in (n for bar in score.bars for n in bar):
            wanted_starts += [at / 4] * (n.pitch is not None)
            at += n.length
        assert list(starts.values()) == wanted_starts
        sounds = [toolkit.getMIDIValuesForElement(i)["pitch"] for i in ids]
        wanted = [12 * ((n.pitch or 0) // 7 + 1) + steps[n.letter] + n.alter for n in score.notes]
        assert sounds == wanted


def test_bars_are_counted_as_they_are_told() -> None:
    asked = 0
    for number in range(60):
        score = draw_score(Draw("bars", number), 3)
        bars = score.text().rpartition("; ")[2].split(" | ")
        counts = [sum(not word.startswith("rest") for word in bar.split()) for bar in bars]
        found = told(score)
        for number_of_bar, count in enumerate(counts, 1):
            assert found[f"How many notes are in bar {number_of_bar}, without rests?"] == str(count)
        if "Which bar has the most notes?" in found:
            asked += 1
            most = int(found["Which bar has the most notes?"])
            assert all(count < counts[most - 1] for place, count in enumerate(counts, 1) if place != most)
    assert asked > 20
