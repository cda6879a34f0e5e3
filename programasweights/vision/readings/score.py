"""A melody on one staff, as it is told: signs, counts, what stands out, and its notes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from programasweights.vision.readings.tilt import tilt

__all__ = [
    "CLEFS",
    "DOTTED",
    "DURATIONS",
    "Note",
    "Score",
    "ScoreMark",
    "mended_bars",
    "read_score",
    "signature_alter",
]

ScoreMark = tuple[float, float, tuple[str, ...], float]
"""Place on the sheet, labels (kind, value, steps above the middle line, accidental), and how probable they are."""

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
_LENGTHS = {name: length for length, name in DURATIONS.items()}
_VALUE = {"key": re.compile(r"[1-7] (sharp|flat)s?"), "meter": re.compile(r"[1-9]\d?/(1|2|4|8|16)")}
"""What the values of signatures look like."""
_ON_MIDDLE_LINE = ("clef", "key", "meter", "rest", "bar")
"""Kinds of marks that stand on the middle line of their staff."""
_MAJOR = (
    *("C flat", "G flat", "D flat", "A flat", "E flat", "B flat", "F"),
    *("C", "G", "D", "A", "E", "B", "F sharp", "C sharp"),
)
"""Major keys from 7 flats to 7 sharps."""
_SHARPS = "FCGDAEB"


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


def read_score(marks: Sequence[ScoreMark]) -> Score | None:
    """The score that marks make up; None where clef, meter or notes are missing.

    Every staff begins with a clef; a mark belongs to the staff whose clef is nearest in height.
    """
    marks = [mark for mark in marks if _makes_sense(mark[2])]
    slope = tilt([(x, y, 0) for x, y, labels, _ in marks if labels[0] in _ON_MIDDLE_LINE])
    level = [(x, y - slope * x, labels, sure) for x, y, labels, sure in marks]
    staves = sorted(y for _, y, labels, _ in level if labels[0] == "clef")
    if not staves:
        return None
    read = sorted(
        (min(range(len(staves)), key=lambda n: abs(staves[n] - y)), x, labels, sure)
        for x, y, labels, sure in level
    )
    said: dict[str, str] = {}
    for _, _, labels, _ in read:
        if labels[0] not in ("note", "rest", "bar"):
            said.setdefault(labels[0], labels[1])
    signature = said.get("key", "0 sharps").split()
    fifths = int(signature[0]) * (1 if signature[1].startswith("sharp") else -1)
    bars: list[Bar] = [[]]
    for _, _, labels, sure in read:
        if labels[0] == "bar":
            bars.append([])
        elif labels[0] in ("note", "rest"):
            bars[-1].append((_read_note(labels, said["clef"], fifths), sure))
    meter, bars = mended_bars(said.get("meter", ""), [bar for bar in bars if bar])
    score = Score(
        clef=said["clef"],
        fifths=fifths,
        meter=meter,
        symbol=False,
        bars=tuple(tuple(note for note, _ in bar) for bar in bars),
        dynamic=said.get("dynam", ""),
        tempo=said.get("tempo", ""),
    )
    return score if score.meter and score.notes else None


Bar = list[tuple[Note, float]]
"""Notes, and how probable each is."""


def mended_bars(meter: str, bars: list[Bar]) -> tuple[str, list[Bar]]:
    """Meter and bars that go with each other, where few changes are enough.

    If most bars are equally long, but not as the meter says, its number of beats was misread. A bar that is twice too
    long is parted if a note begins in its middle, and two that are one together are joined. In a bar that is a little
    too long or too short, the least probable note that may have half or up to twice its value gets what fits.
    """
    if not meter or not bars:
        return meter, bars
    beats, unit = map(int, meter.split("/"))
    usual, often = Counter(map(_length, bars)).most_common(1)[0]
    if often > 1 and 2 * often > len(bars) and usual * unit % 16 == 0:
        beats = usual * unit // 16
    full = beats * 16 // unit
    mended: list[Bar] = []
    for bar in bars:
        if mended and _length(mended[-1]) < full and _length(mended[-1]) + _length(bar) == full:
            mended[-1] = mended[-1] + bar
        else:
            mended += _parted(bar, full)
    return f"{beats}/{unit}", [_filled(bar, full) for bar in mended]


def _length(bar: Bar) -> int:
    return sum(note.length for note, _ in bar)


def _parted(bar: Bar, full: int) -> list[Bar]:
    if _length(bar) != 2 * full:
        return [bar]
    for place in range(len(bar)):
        if _length(bar[:place]) == full:
            return [bar[:place], bar[place:]]
    return [bar]


def _filled(bar: Bar, full: int) -> Bar:
    missing = full - _length(bar)
    fitting = [
        n
        for n, (note, _) in enumerate(bar)
        if note.length + missing in DURATIONS
        and note.length <= 2 * (note.length + missing) <= 4 * note.length
    ]
    # half a bar or less may be meant: an upbeat, or what it leaves for the end
    if not missing or not fitting or 2 * _length(bar) <= full:
        return bar
    chosen = min(fitting, key=lambda n: bar[n][1])
    note, sure = bar[chosen]
    return [*bar[:chosen], (replace(note, length=note.length + missing), sure), *bar[chosen + 1 :]]


def _makes_sense(labels: tuple[str, ...]) -> bool:
    """Whether a mark's value is one of its kind; a network names each property for itself."""
    kind, value = labels[0], labels[1] if len(labels) > 1 else ""
    if kind in ("note", "rest"):
        return value in _LENGTHS
    if kind == "clef":
        return value in CLEFS
    return bool(_VALUE[kind].fullmatch(value)) if kind in _VALUE else True


def _read_note(labels: tuple[str, ...], clef: str, fifths: int) -> Note:
    length = _LENGTHS[labels[1]]
    if labels[0] == "rest":
        return Note(None, 0, False, length)
    pitch = CLEFS[clef][2] + int(labels[2])
    shown = {"flat": -1, "natural": 0, "sharp": 1}.get(labels[3])
    return Note(pitch, signature_alter(fifths, pitch) if shown is None else shown, shown is not None, length)


def signature_alter(fifths: int, pitch: int) -> int:
    """1, 0 or -1: what a key signature makes of a pitch without an accidental."""
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
