"""Melodies of one voice on one staff: made at random, and written as MEI."""

from programasweights.data.oracle.draw import Draw
from programasweights.vision.readings.score import CLEFS, Note, Score, signature_alter

__all__ = ["draw_score", "mei"]

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
_DYNAMICS = ("pp", "p", "mp", "mf", "f", "ff")
_TEMPOS = ("Adagio", "Allegro", "Andante", "Largo", "Moderato", "Presto", "Vivace", "Lento")


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
        natural = signature_alter(fifths, pitch)
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
