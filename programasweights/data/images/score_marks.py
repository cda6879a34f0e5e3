"""Where the signs of an engraved score stand, read from verovio's SVG.

Verovio writes notes and rests in the order of the music, so that each is told by the score itself; of everything else
the kind of group says what it is. Marks of a staff that are no notes stand on its middle line.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from programasweights.data.images.marks import Mark
from programasweights.vision.readings.score import CLEFS, DURATIONS, Note, Score

__all__ = ["score_marks"]

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_HEAD, _REST, _CLEF, _SIGN = 110, 100, 240, 90
"""Half the usual width of what is drawn from its left edge on, in verovio's units."""


def score_marks(svg: str, score: Score) -> Iterator[Mark]:
    """Notes, rests, bar lines, clefs, signatures and words, in pixels of the SVG."""
    root = ElementTree.fromstring(svg)
    scale_of = root.find(f"{_SVG}svg")
    assert scale_of is not None
    scale = float(root.attrib["width"].removesuffix("px")) / float(scale_of.attrib["viewBox"].split()[2])
    page = next(group for group in root.iter(f"{_SVG}g") if group.get("class") == "page-margin")
    right, down = _numbers(page.attrib["transform"])
    music = iter([note for bar in score.bars for note in bar])
    for measure in _groups(page, "measure"):
        for x, y, labels in _of_measure(measure, score, music):
            yield Mark((x + right) * scale, (y + down) * scale, labels)


Spot = tuple[float, float, tuple[str, ...]]


def _of_measure(measure: ElementTree.Element, score: Score, music: Iterator[Note]) -> Iterator[Spot]:
    staff = next(_groups(measure, "staff"))
    middle = _numbers(staff.findall(f"{_SVG}path")[2].attrib["d"])[1]
    for group in staff.iter(f"{_SVG}g"):
        kind = group.get("class", "")
        if kind in ("note", "rest"):
            x, y = _uses(group)[0]
            note = next(music)
            if note.pitch is None:
                yield x + _REST, middle, ("rest", DURATIONS[note.length])
            else:
                step = note.pitch - CLEFS[score.clef][2]
                sign = {-1: "flat", 0: "natural", 1: "sharp"}[note.alter] if note.shown else ""
                yield x + _HEAD, y, ("note", DURATIONS[note.length], str(step), sign)
        elif kind == "clef":
            yield _uses(group)[0][0] + _CLEF, middle, ("clef", score.clef)
        elif kind == "keySig" and (places := _uses(group)):
            yield _mean(places) + _SIGN, middle, ("key", score.signature)
        elif kind == "meterSig":
            yield _mean(_uses(group)) + _HEAD, middle, ("meter", score.meter)
    for group in _groups(measure, "barLine"):
        for path in group.findall(f"{_SVG}path")[:1]:
            yield _numbers(path.attrib["d"])[0], middle, ("bar",)
    for kind, word in (("dynam", score.dynamic), ("tempo", score.tempo)):
        for group in _groups(measure, kind):
            texts = [(float(t.attrib["x"]), float(t.attrib["y"])) for t in group.iter(f"{_SVG}text")]
            x, y = (texts or _uses(group))[0]
            yield x + _CLEF, y, (kind, word)


def _groups(within: ElementTree.Element, kind: str) -> Iterator[ElementTree.Element]:
    return (group for group in within.iter(f"{_SVG}g") if group.get("class") == kind)


def _uses(group: ElementTree.Element) -> list[tuple[float, float]]:
    """Where the glyphs of a group start."""
    found = [_numbers(use.attrib["transform"]) for use in group.iter(f"{_SVG}use")]
    return [(numbers[0], numbers[1]) for numbers in found]


def _mean(places: list[tuple[float, float]]) -> float:
    return sum(x for x, _ in places) / len(places)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBERS.findall(text)]
