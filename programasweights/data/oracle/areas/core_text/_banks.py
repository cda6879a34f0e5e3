"""Lists and small phrases that families of core text processing share."""

import re
from collections.abc import Callable, Sequence

from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.params import Param, choice

__all__ = [
    "CHORES",
    "digits_or_word",
    "items",
    "literal",
    "number_text",
    "one_word_items",
    "plain_first_name",
    "recased",
    "shown",
    "statements",
    "with_articles",
]

CHORES = tuple(
    """pay the rent/call the dentist/water the plants/book the flights/clean the oven
    /answer the survey/renew the passport
    /fix the bike/send the invoice/feed the cat/buy stamps/return the library books/order new filters/wash the car
    /update the website/back up the laptop/pick up the parcel/ask about parking/sign the lease
    /print the labels/check the smoke alarm
    /write the report/change the light bulb/cancel the trial/sort the receipts/empty the dishwasher
    /test the login page
    /invite the neighbours/defrost the freezer/reply to the landlord/review the draft
    /measure the window""".replace("\n    ", "").split("/")
)  # fmt: skip
_KINDS = ("animal", "fruit", "vegetable", "colour", "country", "tool", "vehicle", "instrument", "furniture",
    "garment",
          "sport", "profession", "metal", "drink", "tree")  # fmt: skip


def digits_or_word() -> Param:
    """How a count is written: the value is True for a word."""
    return choice({
        "in digits": False, "as a figure": False, "as digits": False, "as a word (zero, one, two ...)": True,
        "spelled out in lower case": True, "as an English word in small letters": True,
    })  # fmt: skip


def number_text(value: int, word: bool) -> str:
    """The number in digits or as a word."""
    return words.number_word(value) if word else str(value)


def plain_first_name(draw: Draw) -> str:
    """A given name of the letters A to Z alone."""
    while True:
        name = names.first_name(draw)
        if re.fullmatch(r"[A-Z][a-z]+", name):
            return name


def one_word_items(draw: Draw, count: int) -> list[str]:
    """Different single words of one kind, of the letters A to Z."""
    if draw.chance(0.25):
        return _distinct([plain_first_name(draw) for _ in range(4 * count)])[:count]
    pool = words.KINDS[draw.pick(_KINDS)] if draw.chance(0.7) else words.NOUNS
    return draw.some(pool, count)


def items(draw: Draw, count: int) -> list[str]:
    """Different entries of a list, some of several words, without commas."""
    kind = draw.randrange(6)
    if kind < 2:
        return one_word_items(draw, count)
    if kind == 2:
        return draw.some(CHORES, count)
    if kind == 3:
        return _distinct([names.product(draw) for _ in range(4 * count)])[:count]
    if kind == 4:
        return _distinct([names.city(draw).replace(",", "") for _ in range(4 * count)])[:count]
    return _distinct([f"{draw.pick(words.ADJECTIVES)} {words.noun(draw)}" for _ in range(4 * count)])[:count]


def _distinct(texts: Sequence[str]) -> list[str]:
    return list({text.lower(): text for text in texts}.values())


def shown(draw: Draw, entries: Sequence[str], forms: str = "csbldn/") -> str:
    """A list as people write it.

    Forms: commas, semicolons, bars, lines, dashed lines, numbered lines, slashes, a sentence with "and" (a).
    """
    form = draw.pick(forms)
    if form == "a":
        return f"{', '.join(entries[:-1])} and {entries[-1]}" if len(entries) > 1 else entries[0]
    if form == "n":
        return "\n".join(f"{n}. {entry}" for n, entry in enumerate(entries, 1))
    if form == "d":
        mark = draw.pick("-*•")
        return "\n".join(f"{mark} {entry}" for entry in entries)
    joint = {
        "c": draw.pick((", ", ", ", ",")),
        "s": draw.pick(("; ", ";")),
        "b": " | ",
        "l": "\n",
        "/": " / ",
    }[form]
    return joint.join(entries)


def statements(draw: Draw, low: int, high: int) -> list[str]:
    """Different plain sentences, each with one mark at its end and none inside."""
    made: list[str] = []
    wanted = draw.randint(low, high)
    while len(made) < wanted:
        kind = draw.pick((prose.statement, prose.statement, prose.ticket, prose.question))
        text = kind(draw)
        if re.fullmatch(r"[^.!?:;()\[\]\"]+[.!?]", text) and text not in made:
            made.append(text)
    return made


def with_articles(text: str) -> str:
    """The text with "an" for "a" before a vowel."""
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


def literal(*texts: str) -> Param:
    """One of these texts, always in double quotes; so they may begin or end with a space."""
    return choice({f'"{text}"': text for text in texts})


_CASES: dict[str, Callable[[str], str]] = {
    "=": str,
    "l": str.lower,
    "u": str.upper,
    "c": str.capitalize,
    "t": str.title,
}


def recased(draw: Draw, ways: str, text: str) -> str:
    """The text as it is (=), in lower (l), upper (u), capitalised (c) or title case (t); repeat one to favour it."""
    return _CASES[draw.pick(ways)](text)
