"""Orders, positions, quantities and directions worked out from single statements."""

import re
from fractions import Fraction
from itertools import pairwise, permutations
from typing import TypeAlias

from programasweights.data.oracle.areas.inference._banks import joined, number_or_word, people
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Inference and reasoning")

_EXTREMES = {
    "tallest": ("taller", "shorter", True),
    "shortest": ("taller", "shorter", False),
    "oldest": ("older", "younger", True),
    "youngest": ("older", "younger", False),
    "fastest": ("faster", "slower", True),
    "slowest": ("faster", "slower", False),
    "strongest": ("stronger", "weaker", True),
    "richest": ("richer", "poorer", True),
}


def _below(clues: list[tuple[str, str]], who: list[str]) -> dict[str, set[str]]:
    """For each person all that are below by the clues, directly or through others."""
    below = {name: {b for a, b in clues if a == name} for name in who}
    for middle in who:
        for name in who:
            if middle in below[name]:
                below[name] |= below[middle]
    return below


@area.family(
    "orderings",
    "say who is the {extreme} [of all the people named|of the people in the text]; if the text does not settle it, [write|answer] {none}",
    "Who's the {extreme}? [First name only.|Just the name.] Not decidable from the clues: {none}",
    "The input compares [a few|some] people two by two, in no particular order. Work out which of all the people mentioned is the {extreme} and give "
    "that name. When more than one person could still be the one, give {none} instead[ of guessing|].",
    given="a set of comparisons between people",
    difficulty=3,
    extreme=choice(_EXTREMES),
    none=missing("unclear", "unknown"),
)
def extreme_person_from_comparisons(draw: Draw, p: Values) -> Pair:
    more, less, top = p.extreme
    who = people(draw, draw.randint(3, 5))
    chain = draw.mix(who)
    clues = list(pairwise(chain))
    if draw.chance(0.45):
        # The end of interest is compared only with somebody further in, so that two remain.
        clues = clues[1:] if top else clues[:-1]
        inner = draw.pick(chain[2:] if top else chain[:-2])
        clues.append((chain[0], inner) if top else (inner, chain[-1]))
    if draw.chance(0.4):
        i, j = sorted(draw.some(range(len(chain)), 2))
        if chain[j] in _below(clues, who)[chain[i]]:
            clues.append((chain[i], chain[j]))
    below = _below(clues, who)
    ends = [n for n in who if len(below[n] if top else [m for m in who if n in below[m]]) == len(who) - 1]
    said = []
    for a, b in draw.mix(list(dict.fromkeys(clues))):
        form = draw.randrange(4)
        text = (
            f"{a} is {more} than {b}",
            f"{b} is {less} than {a}",
            f"{b} is not as {_PLAIN[more]} as {a}",
            f"compared with {b}, {a} is {more}",
        )[form]
        said.append(text[0].upper() + text[1:])
    return noise.untidy(draw, ". ".join(said) + "."), ends[0] if ends else p.none


_PLAIN = {"taller": "tall", "older": "old", "faster": "fast", "stronger": "strong", "richer": "rich"}


_Clue: TypeAlias = tuple[str, str, str]
"""Kind of clue and what it is about: two names, or a name and a place."""


def _race_clues(draw: Draw, order: list[str]) -> list[tuple[str, _Clue]]:
    """True statements about the order of arrival, with what they say."""
    made: list[tuple[str, _Clue]] = []
    n = len(order)
    for i, a in enumerate(order):
        made.append((f"{a} was number {i + 1}.", ("at", a, str(i))))
        if i == 0:
            made.append((f"{a} won.", ("at", a, "0")))
        if i == n - 1:
            made.append((f"{a} came in last.", ("at", a, str(n - 1))))
        if i + 1 < n:
            made.append((f"{order[i + 1]} crossed the line right after {a}.", ("next", a, order[i + 1])))
            made.append((f"{a} finished immediately before {order[i + 1]}.", ("next", a, order[i + 1])))
        for b in order[i + 1 :]:
            made.append((f"{a} was ahead of {b}.", ("before", a, b)))
            made.append((f"{b} arrived some time after {a}.", ("before", a, b)))
    return made


def _fits(order: tuple[str, ...], clue: _Clue) -> bool:
    kind, a, b = clue
    if kind == "at":
        return order[int(b)] == a
    gap = order.index(b) - order.index(a)
    return gap == 1 if kind == "next" else gap > 0


@area.family(
    "orderings",
    "work out the order of finishing and list the names from {direction}, separated by {separator} (all runners are named, no ties); if the clues allow more than one order, answer {none}",
    "[Race result|Order of arrival|Final ranking] from [clues|remarks] -> names, {direction}, joined by {separator}. Everybody who ran is named; no ties. [More than one order possible|Not fully determined]: {none}",
    "I get race results by [phone|text message] as loose remarks and need the full ranking. The remarks name everyone who took part, and there were no ties. Write all names from "
    "{direction} with {separator} between them. Write {none} if the remarks leave any two places undecided.",
    given="a set of remarks about a race",
    difficulty=3,
    direction=choice({"first to last": 1, "last to first": -1, "the winner to the last": 1, "the last one up to the winner": -1}),
    separator=separator(),
    none=missing("undecided"),
)  # fmt: skip
def finishing_order_from_remarks(draw: Draw, p: Values) -> Pair:
    order = people(draw, draw.randint(3, 4))
    open_result = draw.chance(0.25)
    possible = list(permutations(order))
    said: list[str] = []
    for text, clue in draw.mix(_race_clues(draw, order)):
        left = [o for o in possible if _fits(o, clue)]
        if len(left) == len(possible) or (open_result and len(left) == 1):
            continue
        possible = left
        said.append(text)
        if len(left) == 1:
            break
    text = " ".join(said)
    missed = [name for name in order if name not in re.findall(r"[\w'-]+", text)]
    if missed:
        text += f" {joined(missed)} also ran."
    return noise.untidy(draw, text), p.separator.join(order[:: p.direction]) if len(possible) == 1 else p.none


_UNITS: dict[str, tuple[tuple[str, int], ...]] = {
    "weight": (("g", 1), ("grams", 1), ("kg", 1000), ("t", 1_000_000)),
    "length": (("mm", 1), ("cm", 10), ("m", 1000), ("km", 1_000_000)),
    "volume": (("ml", 1), ("cl", 10), ("litres", 1000), ("l", 1000)),
    "time": (("s", 1), ("seconds", 1), ("min", 60), ("minutes", 60), ("h", 3600), ("hours", 3600)),
}
_CARRIERS = {
    "weight": "flour sugar rice coal sand salt butter gravel coffee beans".split(),
    "length": "rope wire ribbon hose cable fence chain tape track pipe".split(),
    "volume": "milk juice paint oil water soup vinegar syrup shampoo wine".split(),
    "time": "film meeting flight lecture nap call walk concert lesson drive".split(),
}


def _amount(value: Fraction, unit: int) -> str | None:
    """The value in the unit with at most two decimals; None if that is not exact or not handy."""
    shown = value / unit
    if shown * 100 % 1 or not Fraction(1, 20) <= shown <= 20000:
        return None
    text = f"{float(shown):g}"
    return text if Fraction(text) == shown else None


@area.family(
    "quantities",
    "[convert the units|compare across units|bring everything to one unit] and [name|give|return] the item with the {extreme} amount; "
    "[in a tie|if two or more share it|if several are equal there], write {none}",
    "{extreme} amount -> item name ([units differ, convert first|mind the units]). [Tie at that end|Two or more equal there]: {none}",
    "[Suppliers send|My team sends|People send] me amounts in mixed units, all of one kind (weights, lengths, volumes or durations). Give the name of the item with the {extreme} amount, "
    "without the amount. If two items are exactly equal there, give {none}.",
    given="a list of items with amounts",
    extreme=choice({"largest": 1, "biggest": 1, "smallest": -1, "least": -1, "greatest": 1, "lowest": -1, "highest": 1}),
    none=missing("tie", "equal", "a tie"),
)  # fmt: skip
def item_with_extreme_amount(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(list(_UNITS))
    items = draw.some(_CARRIERS[kind], 2, 4)
    units = dict(_UNITS[kind])
    middle = 3600 if kind == "time" else 1000
    base = Fraction(middle * draw.randint(2, 60), 4)
    values = [base * Fraction(draw.pick((10, 10, 11, 9, 15, 5, 100, 20)), 10) for _ in items]
    if draw.chance(0.75):
        values = [v + Fraction(n * middle, 4) for n, v in enumerate(values)]
    said = []
    for item, value in zip(items, values, strict=True):
        shown = [f"{number} {unit}" for unit, size in units.items() if (number := _amount(value, size))]
        amount = draw.pick(shown) if shown else f"{float(value):g} {next(iter(units))}"
        if draw.chance(0.2):
            amount = amount.replace(" ", "") if amount[-2:] not in ("ds", "rs", "es", "ms") else amount
        said.append(draw.pick(("{i}: {a}", "{i} - {a}", "{i} ({a})")).format(i=item, a=amount))
    best = max(values) if p.extreme == 1 else min(values)
    winners = [i for i, v in zip(items, values, strict=True) if v == best]
    return draw.pick(("; ", ", ", "\n")).join(said), winners[0] if len(winners) == 1 else p.none


_COUNTED = {
    kind: [w for w in words.KINDS[kind] if not w.endswith("s") and w not in ("sheep", "deer", "file", "chin", "lead", "pea", "spinach", "celery", "garlic", "broccoli", "football", "drawer")]
    for kind in ("fruit", "animal", "garment", "tool", "furniture", "instrument", "vehicle", "vegetable")
}  # fmt: skip
_KIND_NAMES = {
    "pieces of fruit": "fruit", "animals": "animal", "clothes": "garment", "items of clothing": "garment", "tools": "tool",
    "pieces of furniture": "furniture", "musical instruments": "instrument", "vehicles": "vehicle", "vegetables": "vegetable",
}  # fmt: skip


@area.family(
    "quantities",
    "[count|add up|find the total number of] the {kind} in the [text|description], [using the numbers given|going by the stated numbers], and answer {form}; "
    "what is said to be [missing|absent|lacking] does not count",
    "How many {kind} [in all|altogether|in total]? Answer {form}. [Things of other kinds don't count.|Ignore everything else.|Skip other things.] 'no ...' counts as zero",
    "[Children|Pupils|Test persons] describe what they see in [a picture|a picture book|a collage] and I need one figure: the total number of {kind}, counting 'a' or 'an' as one. "
    "Anything said not to be there is not counted. Give the total {form} (zero if there are none).",
    given="a description of a picture",
    kind=choice(_KIND_NAMES),
    form=choice(
        {"in digits": "digits", "as a number in digits": "digits", "as a word": "word", "in words": "word"}
    ),
)
def total_of_a_kind(draw: Draw, p: Values) -> Pair:
    # Kinds that somebody might mix up are not put side by side.
    others = [
        k
        for k in _COUNTED
        if k != p.kind and {k, p.kind} not in ({"tool", "instrument"}, {"fruit", "vegetable"})
    ]
    chosen = [(w, True) for w in draw.some(_COUNTED[p.kind], draw.pick((0, 1, 2, 2, 3, 4)))]
    chosen += [(w, False) for w in draw.some(_COUNTED[draw.pick(others)], 1, 3)]
    total, said = 0, []
    for word, counted in draw.mix(chosen):
        count = draw.pick((1, 1, 2, 3, 4, 5, 6))
        absent = draw.chance(0.12)
        if absent:
            said.append(f"no {words.plural(word)}")
        elif count == 1:
            article = "an" if word[0] in "aeiou" and word != "ukulele" else "a"
            said.append(f"{draw.pick((article, article, 'one'))} {word}")
        else:
            said.append(f"{number_or_word(draw, count)} {words.plural(word)}")
        total += count if counted and not absent else 0
    start = draw.pick(
        (
            "I see ",
            "I can see ",
            "We found ",
            "In the picture: ",
            "You'll find ",
            "We spotted ",
            "There: ",
            "On it you can see ",
        )
    )
    text = start + joined(said) + draw.pick((".", ".", "", "!", ". Nothing else."))
    return noise.untidy(draw, text), str(total) if p.form == "digits" else words.number_word(total)


_WINDS = ("north", "east", "south", "west")
_TURNS = (
    ("turn right", 1), ("turn left", -1), ("turn around", 2), ("go {} metres straight on", 0), ("make a U-turn", 2),
    ("walk {} steps forward", 0), ("take a right", 1), ("take a left", -1), ("wait {} seconds", 0), ("make a right turn", 1), ("make a left turn", -1),
    ("move {} metres back without turning", 0), ("turn 90 degrees to the left", -1), ("turn 90 degrees to the right", 1),
)  # fmt: skip


@area.family(
    "directions",
    "work out which way one is facing at the end: {north} for north, {east} for east, {south} for south, {west} for west. [Every turn is a quarter turn unless it says otherwise.|"
    "Left and right turns are 90 degrees.]",
    "Final heading after the turns -> {north} (north) / {east} (east) / {south} (south) / {west} (west)",
    "Our [delivery robot|toy rover|drone] logs what it did in words and I need its final heading for the map. Left and right mean a quarter turn, turning around a half turn. "
    "Output {north} if it faces north at the end, {south} if south, {west} if west, and {east} if east.",
    given="a list of moves",
    labels=labels(
        north=("N", "north", "up"),
        east=("E", "east", "right"),
        south=("S", "south", "down"),
        west=("W", "west", "left"),
    ),
)
def heading_after_turns(draw: Draw, p: Values) -> Pair:
    heading = draw.randrange(4)
    said = [
        draw.pick(("Start facing {}", "You look {} at first", "Initial heading: {}")).format(_WINDS[heading])
    ]
    moves = []
    for _ in range(draw.randint(1, 6)):
        text, turn = draw.pick(_TURNS)
        heading += turn
        moves.append(text.format(draw.randint(2, 40)))
    if draw.chance(0.5):
        text = f"{said[0]}. {draw.pick(('Then ', 'Now ', 'First '))}{', then '.join(moves)}."
    else:
        text = "\n".join(f"{n}. {m[0].upper()}{m[1:]}" for n, m in enumerate(said + moves, 1))
    return text, p.labels[_WINDS[heading % 4]]


_SEATS = {
    "at the far left": (0, 1),
    "at the far right": (-1, 1),
    "second from the left": (1, 1),
    "second from the right": (-2, 1),
    "third from the left": (2, 1),
}


@area.family(
    "directions",
    "[say|work out|find out] who sits {seat} in the row (nobody sits there who is not named); [write|answer|put] {none} if the text does not [settle|decide|fix] that",
    "Seating row[, left and right as we see them|, as seen from where we stand|]: who is {seat}? All who sit there are named. [Undecided|Several possible]: {none}",
    "We get seating requests as sentences and must print name cards. All the people named sit in one row, side by side, with no empty seats, and left and right are as [we see|the photographer sees] "
    "them. Give the name of the person who sits {seat}, or {none} if the sentences allow different people there.",
    given="a description of a row of seats",
    difficulty=3,
    seat=choice(_SEATS),
    none=missing("unclear", "open"),
)
def seat_in_the_row(draw: Draw, p: Values) -> Pair:
    row = people(draw, draw.randint(3, 5))
    cut = draw.pick((0, 0, 0, draw.randint(1, len(row) - 1)))
    blocks = [row[:cut], row[cut:]] if cut else [row]
    said = []
    for block in blocks:
        if len(block) == 1:
            said.append(f"{block[0]} sits somewhere in the same row")
        for a, b in pairwise(block):
            said.append(
                draw.pick(("{b} sits directly to the right of {a}", "{a} is just left of {b}", "the seat right next to {a} on the right is {b}'s",
                           "immediately to the left of {b} is {a}")).format(a=a, b=b)
            )  # fmt: skip
    fixed = cut and draw.chance(0.3)
    if fixed:
        said.append(f"{row[0]} has the seat at the left end")
    orders = [row] if fixed or not cut else [row, blocks[1] + blocks[0]]
    place = p.seat[0]
    found = {order[place] for order in orders}
    text = ". ".join(s[0].upper() + s[1:] for s in draw.mix(said)) + "."
    count = f"There are {number_or_word(draw, len(row))} people in the row. " if draw.chance(0.5) else ""
    return noise.untidy(draw, count + text), row[place] if len(found) == 1 else p.none
