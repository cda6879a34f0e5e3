"""Melodies of one voice on one staff: made at random, told as questions need them, written as MEI."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from programasweights.data.oracle.draw import Draw

__all__ = ["CLEFS", "DOTTED", "DURATIONS", "Note", "Score", "draw_score", "mei"]

CLEFS = {"treble": ("G", 2, 34), "bass": ("F", 4, 22), "alto": ("C", 3, 28), "tenor": ("C", 4, 26)}
"""Shape and line of each clef, and the pitch on its middle line."""
DURATIONS = {
    16: "whole",
    12: "dotted half",
    8: "half",
    6: "dotted quarter",
    4: "quarter",
    3: "dotted eighth",
    2: "eighth",
    1: "sixteenth",
}
"""Names of note values by their length in sixteenths."""
DOTTED = (12, 6, 3)
"""Lengths of dotted notes."""
_METERS = {
    1: ("2/4", "3/4", "4/4"),
    2: ("2/4", "3/4", "4/4", "6/8", "3/8", "2/2", "5/4"),
    3: ("2/4", "3/4", "4/4", "6/8", "3/8", "2/2", "5/4", "9/8", "12/8", "7/8", "5/8", "3/2"),
}
_VALUES = {
    1: (16, 8, 8, 4, 4, 4, 2),
    2: (16, 12, 8, 8, 6, 4, 4, 4, 2, 2),
    3: (16, 12, 8, 6, 4, 4, 4, 2, 2, 2, 1, 1),
}
_BARS = {1: (1, 2), 2: (2, 4), 3: (4, 7)}
_FIFTHS = {1: 2, 2: 4, 3: 7}
_SHARPS = "FCGDAEB"
_MAJOR = (
    *("C flat", "G flat", "D flat", "A flat", "E flat", "B flat", "F"),
    *("C", "G", "D", "A", "E", "B", "F sharp", "C sharp"),
)
"""Major keys from 7 flats to 7 sharps."""
_DYNAMICS = ("pp", "p", "mp", "mf", "f", "ff")
_TEMPOS = ("Adagio", "Allegro", "Andante", "Largo", "Moderato", "Presto", "Vivace", "Lento")


@dataclass(frozen=True)
class Note:
    """A note, or a rest."""

    pitch: int | None
    """Diatonic steps above C0: the letter is `pitch % 7`, the octave `pitch // 7`. None for a rest."""
    alter: int
    """-1 flat, 0 natural, 1 sharp, as it sounds."""
    shown: bool
    """Whether an accidental stands before it."""
    length: int
    """In sixteenths; one of `DURATIONS`."""

    @property
    def letter(self) -> str:
        """A to G."""
        assert self.pitch is not None
        return "CDEFGAB"[self.pitch % 7]

    @property
    def name(self) -> str:
        """Such as "E flat"."""
        return self.letter + {-1: " flat", 0: "", 1: " sharp"}[self.alter]


@dataclass(frozen=True)
class Score:
    """A clef, a key signature, a meter, and bars of notes."""

    clef: str
    fifths: int
    """Sharps of the key signature, or minus its flats."""
    meter: str
    symbol: bool
    """Whether the meter is drawn as C or as a crossed C."""
    bars: tuple[tuple[Note, ...], ...]
    dynamic: str
    """Marking below the first bar, or empty."""
    tempo: str
    """Word above the first bar, or empty."""

    @cached_property
    def notes(self) -> list[Note]:
        """All notes, without rests."""
        return [note for bar in self.bars for note in bar if note.pitch is not None]

    @property
    def signature(self) -> str:
        """The key signature, such as "3 flats", or "none"."""
        number, kind = abs(self.fifths), "sharp" if self.fifths > 0 else "flat"
        return f"{number} {kind}{'s' if number > 1 else ''}" if number else "none"

    @property
    def melody(self) -> str:
        """Rhythm and steps: the same in every clef and key."""
        first = self.notes[0].pitch or 0
        steps = ("r" if note.pitch is None else str(note.pitch - first) for bar in self.bars for note in bar)
        lengths = (note.length for bar in self.bars for note in bar)
        return f"{self.meter} " + " ".join(
            f"{step}:{length}" for step, length in zip(steps, lengths, strict=True)
        )

    @property
    def key(self) -> str:
        """The major key of the signature, such as "B flat major"."""
        return f"{_MAJOR[self.fifths + 7]} major"

    @property
    def counts(self) -> list[int]:
        """Notes in each bar, without rests."""
        return [sum(note.pitch is not None for note in bar) for bar in self.bars]

    @property
    def moves(self) -> list[str]:
        """Whether it goes up or down between the first three notes."""
        return [_move(*pair) for pair in pairwise(self.notes[:3])]

    @property
    def whole_move(self) -> str:
        """The same from the first note to the last."""
        return _move(self.notes[0], self.notes[-1])

    def text(self) -> str:
        """All that the score shows, in one line: signs, counts and what stands out, then the notes."""
        heard = self.notes
        lengths = Counter(note.length for note in heard)
        usual = ", ".join(f"{lengths[length]} {DURATIONS[length]}" for length in (8, 4, 2))
        return "; ".join(
            [
                *(f"{self.clef} clef", f"{self.signature}, {self.key}", self.meter),
                *filter(None, (self.tempo, self.dynamic)),
                f"{len(self.bars)} bars of {' '.join(map(str, self.counts))}",
                f"{len(heard)} notes, {sum(map(len, self.bars)) - len(heard)} rests",
                f"{usual}, {sum(lengths[length] for length in DOTTED)} dotted",
                f"{sum(note.shown for note in heard)} accidentals",
                f"first {heard[0].name} {DURATIONS[heard[0].length]}",
                f"last {heard[-1].name} {DURATIONS[heard[-1].length]}",
                f"highest {max(heard, key=_height).name}, lowest {min(heard, key=_height).name}",
                f"longest {DURATIONS[max(lengths)]}, shortest {DURATIONS[min(lengths)]}",
                f"{' '.join(self.moves)}, in all {self.whole_move}",
                " | ".join(" ".join(_told(note) for note in bar) for bar in self.bars),
            ]
        )


def draw_score(draw: Draw, level: int) -> Score:
    """A random melody of the level."""
    fifths = draw.randint(-_FIFTHS[level], _FIFTHS[level])
    meter = draw.pick(_METERS[level])
    clef = draw.pick(list(CLEFS)[: 2 if level == 1 else 4])
    while True:
        pitch = CLEFS[clef][2] + draw.randint(-4, 4)
        bars = []
        for _ in range(draw.randint(*_BARS[level])):
            bar, pitch = _bar(draw, level, clef, fifths, meter, pitch)
            bars.append(bar)
        if sum(note.pitch is not None for bar in bars for note in bar) > 1:
            break
    symbol = meter in ("4/4", "2/2") and draw.chance(0.3 if level > 1 else 0.0)
    dynamic = draw.pick(_DYNAMICS) if level > 1 and draw.chance(0.35) else ""
    tempo = draw.pick(_TEMPOS) if level > 1 and draw.chance(0.35) else ""
    return Score(clef, fifths, meter, symbol, tuple(bars), dynamic, tempo)


def _bar(
    draw: Draw, level: int, clef: str, fifths: int, meter: str, pitch: int
) -> tuple[tuple[Note, ...], int]:
    """One full bar, and the pitch on which it ends."""
    count, unit = map(int, meter.split("/"))
    left, middle = count * 16 // unit, CLEFS[clef][2]
    notes: list[Note] = []
    changed: set[int] = set()
    while left:
        length = draw.pick([value for value in _VALUES[level] if value <= left] or [1])
        left -= length
        if draw.chance(0.12):
            notes.append(Note(None, 0, False, length))
            continue
        pitch = _next(draw, pitch, middle, changed)
        natural = _signature(fifths, pitch)
        shown = level > 1 and len(changed) < 3 and draw.chance(0.1)
        alter = draw.pick([a for a in (-1, 0, 1) if abs(a - natural) == 1]) if shown else natural
        if shown:
            changed.add(pitch % 7)
        notes.append(Note(pitch, alter, shown, length))
    return tuple(notes), pitch


def _next(draw: Draw, pitch: int, middle: int, changed: set[int]) -> int:
    """The next pitch, near the last and the staff; none whose letter has had an accidental in this bar."""
    while True:
        step = draw.choice((-1, 1, -1, 1, -2, 2, 0, -3, 3, -4, 4))
        if abs(pitch + step - middle) <= 6 and (pitch + step) % 7 not in changed:
            return pitch + step
        pitch = middle + draw.randint(-4, 4)


def _signature(fifths: int, pitch: int) -> int:
    letter = "CDEFGAB"[pitch % 7]
    if fifths > 0:
        return int(letter in _SHARPS[:fifths])
    return -int(letter in _SHARPS[::-1][:-fifths]) if fifths else 0


def _height(note: Note) -> int:
    return note.pitch or 0


def _move(one: Note, other: Note) -> str:
    step = _height(other) - _height(one)
    return "up" if step > 0 else "down" if step < 0 else "same"


def _told(note: Note) -> str:
    if note.pitch is None:
        return f"rest/{note.length}"
    return f"{note.letter}{ {-1: 'b', 0: '', 1: '#'}[note.alter] }{note.pitch // 7}/{note.length}"


def mei(score: Score) -> str:
    """The score as MEI, the music encoding that verovio reads."""
    shape, line, _ = CLEFS[score.clef]
    count, unit = score.meter.split("/")
    symbol = f' meter.sym="{"common" if score.meter == "4/4" else "cut"}"' if score.symbol else ""
    key = f"{abs(score.fifths)}{'s' if score.fifths > 0 else 'f'}" if score.fifths else "0"
    staff = (
        f'<staffDef n="1" lines="5" clef.shape="{shape}" clef.line="{line}" keysig="{key}" '
        f'meter.count="{count}" meter.unit="{unit}"{symbol}/>'
    )
    bars = "".join(_measure(score, number) for number in range(len(score.bars)))
    return (
        '<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><music><body><mdiv><score>'
        f"<scoreDef><staffGrp>{staff}</staffGrp></scoreDef><section>{bars}</section>"
        "</score></mdiv></body></music></mei>"
    )


def _measure(score: Score, number: int) -> str:
    last = ' right="end"' if number == len(score.bars) - 1 else ""
    marks = ""
    if number == 0 and score.dynamic:
        marks += f'<dynam tstamp="1" staff="1" place="below">{score.dynamic}</dynam>'
    if number == 0 and score.tempo:
        marks += f'<tempo tstamp="1" staff="1" place="above">{score.tempo}</tempo>'
    notes = _beamed(score.bars[number], 6 if score.meter.endswith("/8") and score.meter[0] in "691" else 4)
    return (
        f'<measure n="{number + 1}"{last}><staff n="1"><layer n="1">{notes}</layer></staff>{marks}</measure>'
    )


def _beamed(bar: tuple[Note, ...], beat: int) -> str:
    """Notes of a bar; short notes of one beat share a beam."""
    text, start = "", 0
    run: list[str] = []
    for note in bar:
        short = note.pitch is not None and note.length < 4
        if run and (not short or start % beat == 0):
            text += _run(run)
            run = []
        if short:
            run.append(_note(note))
        else:
            text += _note(note)
        start += note.length
    return text + _run(run)


def _run(notes: list[str]) -> str:
    return f"<beam>{''.join(notes)}</beam>" if len(notes) > 1 else "".join(notes)


def _note(note: Note) -> str:
    dotted = note.length in (12, 6, 3)
    value = f'dur="{16 // (note.length * 2 // 3 if dotted else note.length)}"' + (
        ' dots="1"' if dotted else ""
    )
    if note.pitch is None:
        return f"<rest {value}/>"
    sign = {-1: "f", 0: "n", 1: "s"}[note.alter]
    accidental = f'accid="{sign}"' if note.shown else f'accid.ges="{sign}"'
    return f'<note {value} pname="{note.letter.lower()}" oct="{note.pitch // 7}" {accidental}/>'
