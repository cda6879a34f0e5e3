"""One spec of a family with its pairs: drawn, balanced, and checked by making everything a second time."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Family, Values
from programasweights.data.oracle.grammar import opened
from programasweights.data.oracle.params import quote_style

__all__ = ["Case", "Task", "Worded", "draw_task", "draw_wordings"]

_ROUNDS = 4
"""Candidates are drawn up to this many times as often as pairs are wanted, to balance the answers."""
_LONGEST_INPUT, _LONGEST_OUTPUT = 2000, 400
_RENDERINGS = 20
"""Texts that are drawn for each wording that is wanted."""


@dataclass(frozen=True)
class Case:
    """One input with its answers."""

    input: str
    output: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One spec and its pairs."""

    family: Family
    spec: str
    core: str
    """The spec without its frame and examples; the same core asks for the same."""
    behaviour: str
    """Equal for specs of the family that ask for the same in other words."""
    pairs: tuple[Case, ...]
    shown: tuple[Case, ...]
    """The examples within the spec; not among the pairs."""


def draw_task(family: Family, seed: int, number: int, pairs: int) -> Task | None:
    """The spec of this number, or None if the draw did not come out well formed.

    A spec is refused if its parameters cannot be read back from its text, if pairs made from the parameters
    as read differ from those made from the parameters as drawn, or if too few different inputs came out.
    """
    draw = Draw(seed, family.name, number)
    quote = quote_style(draw)
    said: dict[str, str] = {}
    for name, param in family.params.items():
        said.update(param.say(draw, name, quote))
    phrasing = draw.pick(family.phrasings)
    core = phrasing.render(draw, said)
    task_text = opened(draw, phrasing, core, family.given)
    values = family.values(said)
    readings = family.read(task_text)
    if len(readings) != 1 or repr(readings[0]) != repr(values):
        return None
    wanted = draw.randint(1, 4) if draw.chance(0.5) else 0
    cases = _balanced(draw, family, readings[0], f"{seed}/{family.name}/{number}", pairs + wanted)
    if len(cases) < pairs + min(wanted, 1) or not _same_again(family, values, cases):
        return None
    chosen = [case for _, case in cases]
    shown, kept = _divide(chosen, len(chosen) - pairs)
    return Task(
        family,
        task_text + _examples(draw, shown),
        core,
        f"{family.name}: {values!r}",
        tuple(kept),
        tuple(shown),
    )


@dataclass(frozen=True)
class Worded:
    """One task, said in several ways."""

    family: Family
    behaviour: str
    """Names the family and the values of its parameters."""
    wordings: tuple[str, ...]
    """Specs without examples, no two of one core."""
    pairs: tuple[Case, ...]
    """Right for all of them."""


def draw_wordings(family: Family, seed: int, number: int, *, wordings: int, pairs: int) -> Worded | None:
    """The task of this number in several wordings; None if the family has too few, or the draw came out ill formed.

    The wordings differ in phrasing, alternatives and frame; each is read back as the same values.
    """
    draw = Draw(seed, family.name, number, "wordings")
    quote = quote_style(draw)
    said: dict[str, str] = {}
    for name, param in family.params.items():
        said.update(param.say(draw, name, quote))
    values = family.values(said)
    texts: dict[str, str] = {}
    for _ in range(wordings * _RENDERINGS):
        phrasing = draw.pick(family.phrasings)
        core = phrasing.render(draw, said)
        text = opened(draw, phrasing, core, family.given)
        if len(texts) < wordings and [repr(reading) for reading in family.read(text)] == [repr(values)]:
            texts.setdefault(core, text)
    cases = _balanced(draw, family, values, f"{seed}/{family.name}/{number}/wordings", pairs)
    if len(texts) < wordings or len(cases) < pairs or not _same_again(family, values, cases):
        return None
    behaviour = f"{family.name}: {values!r}"
    return Worded(family, behaviour, tuple(texts.values()), tuple(case for _, case in cases))


def _balanced(draw: Draw, family: Family, values: Values, seed: str, wanted: int) -> list[tuple[str, Case]]:
    """Up to `wanted` cases with different inputs, the answers as evenly spread as the draws allow."""
    by_answer: dict[str, list[tuple[str, Case]]] = defaultdict(list)
    seen: set[str] = set()
    for attempt in range(wanted * _ROUNDS):
        key = f"{seed}/{attempt}"
        case = _case(family, key, values)
        if case.input in seen or len(case.input) > _LONGEST_INPUT or len(case.output) > _LONGEST_OUTPUT:
            continue
        seen.add(case.input)
        by_answer[case.output].append((key, case))
        if len(seen) >= wanted and _even(by_answer, wanted):
            break
    taken: list[tuple[str, Case]] = []
    depth = 0
    while len(taken) < min(wanted, len(seen)):
        layer = [cases[depth] for cases in by_answer.values() if depth < len(cases)]
        taken += draw.mix(layer)[: wanted - len(taken)]
        depth += 1
    return draw.mix(taken)


def _even(by_answer: dict[str, list[tuple[str, Case]]], wanted: int) -> bool:
    """Whether `wanted` cases can be taken with no answer more frequent than in an even spread."""
    most = max(2, -(-wanted // max(2, len(by_answer))))
    return sum(min(len(cases), most) for cases in by_answer.values()) >= wanted


def _case(family: Family, key: str, values: Values) -> Case:
    made = family.make(Draw(key), values)
    return Case(made[0], made[1], made[2] if len(made) > 2 else ())


def _same_again(family: Family, values: Values, cases: Sequence[tuple[str, Case]]) -> bool:
    return all(_case(family, key, values) == case for key, case in cases)


def _divide(cases: list[Case], shown: int) -> tuple[list[Case], list[Case]]:
    """Cases to show in the spec, with different answers if possible, and the rest."""
    if shown == 0:
        return [], cases
    counts = Counter(case.output for case in cases)
    order = sorted(range(len(cases)), key=lambda n: (-counts[cases[n].output], n))
    first: dict[str, int] = {}
    for place in order:
        if len(cases[place].input) <= 400:
            first.setdefault(cases[place].output, place)
    picked = list(first.values())[:shown]
    picked += [n for n in range(len(cases)) if n not in picked][: shown - len(picked)]
    return [cases[n] for n in picked], [c for n, c in enumerate(cases) if n not in picked]


def _examples(draw: Draw, shown: Sequence[Case]) -> str:
    if not shown:
        return ""
    one_line = all("\n" not in c.input + c.output and c.input for c in shown)
    if draw.chance(0.4) or not one_line:
        return "".join(f"\n\nInput:\n{c.input}\n\nOutput:\n{c.output}" for c in shown)
    style = draw.randrange(6)
    lines = [_LINES[style].format(i=c.input, o=c.output) for c in shown]
    head = draw.pick(("Examples:", "Example:" if len(shown) == 1 else "Examples:", "For instance:", "e.g."))
    if style in (0, 1):
        return "\n\n" + "\n\n".join(lines)
    return f"\n\n{head}\n" + "\n".join(lines)


_LINES = (
    "Input: {i}\nOutput: {o}",
    "Q: {i}\nA: {o}",
    "{i} -> {o}",
    "{i} => {o}",
    '- "{i}" gives "{o}"',
    "{i}\t{o}",
)
