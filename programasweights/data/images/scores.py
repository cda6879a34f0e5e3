"""Task `music`: questions on drawn scores."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from programasweights.data.images.marks import Drawing
from programasweights.data.images.melody import draw_score, mei
from programasweights.data.images.raster import FONTS, optional, svg_image
from programasweights.data.images.score_marks import score_marks
from programasweights.data.images.subject import Candidate, Source, Subject
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError
from programasweights.vision.readings.score import DOTTED, DURATIONS, Note, Score

__all__ = ["QUESTIONS", "SPECS", "draw_subject"]

SPECS = (
    "Answer questions about this score.",
    "Answer questions about the music in this picture. Answer briefly.",
    "You get a question about this sheet music. Reply with the answer only.",
)
QUESTIONS = (4, 8)

_MUSIC_FONTS = ("Leipzig", "Bravura", "Gootville", "Leland", "Petaluma")
_ORDINALS = ("first", "second", "third")


def draw_subject(draw: Draw, level: int, source: Source | None) -> Subject:
    """A random melody.

    Raises:
        DataError: a source is named; scores are drawn by the generator only.
    """
    if source is not None:
        raise DataError(f"scores cannot be drawn from {source.name}; leave the source out.")
    score = draw_score(draw, level)
    return Subject(
        group=score.melody,
        transcription=score.text(),
        candidates=lambda: [*_signs(score), *_counting(score), *_pitches(score), *_bars(score)],
        render=lambda style, level: render(score, style, level),
    )


def render(score: Score, style: Draw, level: int) -> Drawing:
    """The score in a random style: music font, line widths, size, spacing."""
    toolkit = _toolkit()
    scale = style.randint(*((48, 62), (42, 54), (36, 46))[level - 1])
    toolkit.setOptions(
        {
            "font": style.pick(_MUSIC_FONTS),
            "scale": scale,
            "pageWidth": 49_000 // scale,
            "adjustPageHeight": True,
            "adjustPageWidth": True,
            "breaks": "auto" if level > 1 else "none",
            "header": "none",
            "footer": "none",
            "mnumInterval": 0,
            "staffLineWidth": style.uniform(0.12, 0.24),
            "stemWidth": style.uniform(0.16, 0.3),
            "barLineWidth": style.uniform(0.24, 0.4),
            "spacingLinear": style.uniform(0.18, 0.3),
            "svgViewBox": False,
        }
    )
    toolkit.loadData(mei(score))
    family = style.pick([family for family in FONTS if "Mono" not in family])
    svg = toolkit.renderToSVG(1)
    return Drawing(svg_image(svg, zoom=1.0, family=family), tuple(score_marks(svg, score)))


@cache
def _toolkit() -> Any:
    verovio = optional("verovio")
    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    toolkit.setInputFrom("mei")
    return toolkit


def _signs(score: Score) -> Iterator[Candidate]:
    yield Candidate("clef", "choice", ("Which clef is it?", "What is the clef?"), score.clef)
    texts: tuple[str, ...] = ("What is the time signature?", "Which time signature is it?")
    yield Candidate("meter", "name", texts, score.meter)
    texts = ("What is the key signature: how many sharps or flats, or none?",)
    yield Candidate("signature", "name", texts, score.signature)
    texts = ("Which major key has this key signature?", "In which major key is it written?")
    yield Candidate("key", "name", texts, score.key)
    if score.dynamic:
        yield Candidate("dynamic", "name", ("Which dynamic marking is there?",), score.dynamic)
    if score.tempo:
        yield Candidate("tempo", "name", ("What does the tempo marking say?",), score.tempo)


def _counting(score: Score) -> Iterator[Candidate]:
    everything = [note for bar in score.bars for note in bar]
    texts: tuple[str, ...] = ("How many bars are there?", "How many measures are there?")
    yield Candidate("count bars", "count", texts, str(len(score.bars)))
    texts = ("How many notes are there, without rests?", "How many notes are played?")
    yield Candidate("count notes", "count", texts, str(len(score.notes)))
    texts = ("How many rests are there?", "How many rests does it have?")
    yield Candidate("count rests", "count", texts, str(len(everything) - len(score.notes)))
    lengths = Counter(note.length for note in score.notes)
    for length in (8, 4, 2):
        name = DURATIONS[length]
        texts = (f"How many {name} notes are there, without dotted ones?",)
        yield Candidate(f"count {name}", "count", texts, str(lengths[length]))
    dotted = sum(lengths[length] for length in DOTTED)
    yield Candidate("count dotted", "count", ("How many dotted notes are there?",), str(dotted))
    shown = sum(note.shown for note in score.notes)
    texts = ("How many accidentals stand before notes?",)
    yield Candidate("count accidentals", "count", texts, str(shown))


def _pitches(score: Score) -> Iterator[Candidate]:
    yield from _of_note("first", "the first note", score.notes[0])
    yield from _of_note("last", "the last note", score.notes[-1])
    for extreme, choose in (("highest", max), ("lowest", min)):
        far = choose(note.pitch for note in score.notes if note.pitch is not None)
        there = {note.name for note in score.notes if note.pitch == far}
        if len(there) == 1:
            texts: tuple[str, ...] = (f"What is the {extreme} note?", f"Which note is the {extreme}?")
            yield Candidate(extreme, "name", texts, there.pop())
    values = {note.length for note in score.notes}
    texts = ("What is the longest note value?",)
    yield Candidate("longest", "name", texts, DURATIONS[max(values)])
    if len(values) > 1:
        yield Candidate("shortest", "name", ("What is the shortest note value?",), DURATIONS[min(values)])
    yield from _directions(score)


def _of_note(key: str, said: str, note: Note) -> Iterator[Candidate]:
    yield Candidate(
        f"{key} name", "name", (f"Which note is {said}?", f"What is the name of {said}?"), note.name
    )
    texts: tuple[str, ...] = (f"What note value has {said}?",)
    yield Candidate(f"{key} value", "name", texts, DURATIONS[note.length])


def _directions(score: Score) -> Iterator[Candidate]:
    """Where the melody goes at its beginning, and from its first to its last note."""
    names = [f"{one} to the {other}" for one, other in pairwise(_ORDINALS)]
    for said, answer in [*zip(names, score.moves, strict=False), ("first to the last", score.whole_move)]:
        texts: tuple[str, ...] = (f"From the {said} note: up, down or same?",)
        yield Candidate("direction", "choice", texts, answer)


def _bars(score: Score) -> Iterator[Candidate]:
    if len(score.bars) < 2:
        return
    counts = score.counts
    for number, bar in enumerate(score.bars, 1):
        texts: tuple[str, ...] = (f"How many notes are in bar {number}, without rests?",)
        yield Candidate("count in bar", "count", texts, str(counts[number - 1]))
        if bar[0].pitch is not None and number > 1:
            yield Candidate(
                "first in bar", "name", (f"Which note is the first in bar {number}?",), bar[0].name
            )
    if counts.count(max(counts)) == 1 and len(counts) > 2:
        texts = ("Which bar has the most notes?", "In which bar are the most notes?")
        yield Candidate("most notes", "count", texts, str(counts.index(max(counts)) + 1))
