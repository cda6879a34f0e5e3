"""Task `circuit`: questions on drawn circuits."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from programasweights.data.images.circuit_drawing import render
from programasweights.data.images.ladder import draw_ladder
from programasweights.data.images.subject import Candidate, Source, Subject
from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError
from programasweights.vision.readings.circuit import KINDS, Ladder, Part

__all__ = ["QUESTIONS", "SPECS", "draw_subject"]

SPECS = (
    "Answer questions about this circuit.",
    "Answer questions about the circuit in this picture. Answer briefly.",
    "You get a question about this circuit diagram. Reply with the answer only.",
)
QUESTIONS = (4, 8)


def draw_subject(draw: Draw, level: int, source: Source | None) -> Subject:
    """A random circuit.

    Raises:
        DataError: a source is named; circuits are drawn by the generator only.
    """
    if source is not None:
        raise DataError(f"circuits cannot be drawn from {source.name}; leave the source out.")
    ladder = draw_ladder(draw, level)
    asking = draw.random()
    return Subject(
        group=ladder.structure,
        transcription=ladder.netlist,
        candidates=lambda: [*_counting(ladder), *_naming(ladder), *_relating(ladder, Draw(asking))],
        render=lambda style, _: render(ladder, style),
    )


def _counting(ladder: Ladder) -> Iterator[Candidate]:
    kinds = Counter(part.kind for part in ladder.parts)
    for kind in ("resistor", "capacitor", "inductor"):
        texts: tuple[str, ...] = (f"How many {kind}s are there?", f"How many {kind}s does the circuit have?")
        yield Candidate(f"count {kind}", "count", texts, str(kinds[kind]))
    texts = (
        "How many components are there, counting the source?",
        "Counting the source, how many components?",
    )
    yield Candidate("count all", "count", texts, str(len(ladder.parts)))
    texts = ("How many loops (meshes) are there?", "How many meshes does the circuit have?")
    yield Candidate("count loops", "count", texts, str(ladder.branches - 1))
    for kind in list(KINDS)[3:]:
        # A Zener diode and an LED are diodes too: where they are drawn, the answer would be open to argument.
        if kind != "diode" or not kinds["LED"] + kinds["Zener diode"]:
            article = "an" if kind[0] in "aL" else "a"
            texts = (f"Is there {article} {kind}?", f"Does the circuit have {article} {kind}?")
            yield Candidate(f"has {kind}", "yes-no", texts, "yes" if kinds[kind] else "no")


def _naming(ladder: Ladder) -> Iterator[Candidate]:
    values = Counter(part.value for part in ladder.parts)
    for part in ladder.parts:
        if part.is_source:
            texts: tuple[str, ...] = ("What kind of source is it?", "What drives the circuit?")
            yield Candidate("source kind", "choice", texts, part.kind)
            texts = (f"What is the value of {part.name}?", "What is the value of the source?")
            yield Candidate("source value", "value", texts, part.value)
        elif part.value:
            texts = (f"What is the value of {part.name}?", f"What value does {part.name} have?")
            yield Candidate(f"value {part.kind}", "value", texts, part.value)
        if part.value and values[part.value] == 1 and not part.is_source:
            texts = (
                f"Which component has the value {part.value}?",
                f"Which component is labelled {part.value}?",
            )
            yield Candidate("valued", "name", texts, part.name)
        if (ladder.neutral and not part.is_source) or part.kind in ("diode", "LED", "Zener diode"):
            key = "kind of any" if ladder.neutral else "kind of diode"
            yield Candidate(key, "choice", (f"What kind of component is {part.name}?",), part.kind)
    yield from _placed(ladder)


def _placed(ladder: Ladder) -> Iterator[Candidate]:
    for side, x in (("leftmost", 0), ("rightmost", ladder.branches - 1)):
        there = [part for part in ladder.parts if part.start[0] == part.end[0] == x]
        if len(there) == 1:
            texts: tuple[str, ...] = (
                f"Which component is in the {side} branch?",
                f"Name the component in the {side} vertical branch.",
            )
            yield Candidate("in branch", "name", texts, there[0].name)
            if not there[0].is_source:
                texts = (f"What kind of component is in the {side} branch?",)
                yield Candidate("kind in branch", "choice", texts, there[0].kind)
    top = [part for part in ladder.parts if part.start[1] == part.end[1] == 2]
    if len(top) == 1:
        yield Candidate("on top", "name", ("Which component is on the top line?",), top[0].name)
        yield Candidate("kind on top", "choice", ("What kind of component is on the top line?",), top[0].kind)


def _relating(ladder: Ladder, draw: Draw) -> Iterator[Candidate]:
    pairs = list(combinations(ladder.parts, 2))
    for one, other in pairs:
        one, other = (one, other) if draw.chance(0.5) else (other, one)
        series, parallel = ladder.in_series(one, other), ladder.in_parallel(one, other)
        # Two parts alone in a loop are both; nobody agrees on what to call them.
        if parallel and all(ladder.ends[node] == 2 for node in ladder.nodes(one)):
            continue
        answer = "series" if series else "parallel" if parallel else "neither"
        texts: tuple[str, ...] = (f"Are {one.name} and {other.name} in series, in parallel or neither?",)
        yield Candidate("relation", "choice", texts, answer)
    for letter, other_letter in combinations(ladder.letters, 2):
        both = frozenset(ladder.node_of[ladder.letters[name]] for name in (letter, other_letter))
        between = [part for part in ladder.parts if ladder.nodes(part) == both]
        if len(between) == 1:
            yield from _between(letter, other_letter, between[0])
    yield from _extreme(ladder)
    yield from _partners(ladder)


def _between(one: str, other: str, part: Part) -> Iterator[Candidate]:
    texts: tuple[str, ...] = (
        f"Which component is between {one} and {other}?",
        f"What is connected between nodes {one} and {other}?",
    )
    yield Candidate("between", "name", texts[:1], part.name)
    texts = (f"What kind of component is between {one} and {other}?",)
    if not part.is_source:
        yield Candidate("kind between", "choice", texts, part.kind)


def _extreme(ladder: Ladder) -> Iterator[Candidate]:
    for kind in ("resistor", "capacitor", "inductor"):
        valued = [(_size(part.value), part.name) for part in ladder.parts if part.kind == kind and part.value]
        if len(valued) > 1 and len({size for size, _ in valued}) == len(valued):
            texts: tuple[str, ...] = (f"Which {kind} has the largest value?", f"Which {kind} is the largest?")
            yield Candidate(f"largest {kind}", "name", texts, max(valued)[1])
            texts = (f"Which {kind} has the smallest value?", f"Which {kind} is the smallest?")
            yield Candidate(f"smallest {kind}", "name", texts, min(valued)[1])


def _partners(ladder: Ladder) -> Iterator[Candidate]:
    for part in ladder.parts:
        others = [other for other in ladder.parts if other is not part]
        series = [other.name for other in others if ladder.in_series(part, other)]
        if len(series) == 1:
            yield Candidate(
                "in series", "name", (f"Which component is in series with {part.name}?",), series[0]
            )
        parallel = [other.name for other in others if ladder.in_parallel(part, other)]
        if len(parallel) == 1 and len(others) > 1:
            texts: tuple[str, ...] = (f"Which component is in parallel with {part.name}?",)
            yield Candidate("in parallel", "name", texts, parallel[0])


def _size(value: str) -> float:
    number, unit = value.split()
    scale = {"k": 1e3, "m": 1e-3, "µ": 1e-6, "n": 1e-9}
    return float(number) * (scale[unit[0]] if len(unit) > 1 else 1.0)
