"""Helpers that the modules on fuzzy classification share: phrase banks, their wording, and messages made of them."""

import re
from collections.abc import Callable

from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw

__all__ = ["ITEMS", "NEUTRAL", "bank", "capital", "chain", "letter", "rough", "say"]


def bank(text: str) -> tuple[str, ...]:
    """The phrases of a text in which they are divided by slashes with white space around them."""
    return tuple(" ".join(part.split()) for part in re.split(r"\s/\s", text) if part.strip())


ITEMS = bank("""desk lamp / coffee maker / backpack / office chair / water bottle / keyboard / phone case / tent /
    blender / alarm clock / rain jacket / toaster / kettle / monitor / yoga mat / suitcase / camera / frying pan
    / umbrella / router / vacuum cleaner / guitar / sleeping bag / bookshelf / mattress / watch / drill / hair
    dryer / printer / tablet / charger / rice cooker / garden hose / bike helmet / speaker / heater / fan /
    microphone / stroller / hammock""")
"""Things from a shop, in the singular."""

NEUTRAL = bank("""I bought it in {month}. / The order number is {order}. / I live in {city}. / It is the
    [blue|grey|black|white] one. / It was for my [sister|brother|father|flat|office|new room]. / I ordered it on
    {day}. / I paid by [card|bank transfer|invoice]. / It is the second {item} in our house. / My customer
    number is {order}. / I used it [on {day}|this week|at home|on a trip]. / I heard of you through [a friend|an
    advert|a colleague]. / I have an account since {month}.""")
"""Sentences of a customer that say nothing of how things are."""

_THINGS = tuple(
    """projector banner poster sofa carpet fridge cabinet whiteboard painting plant sign showcase brochure
    catalogue copier mirror ladder screen trolley counter shelf tablecloth scanner map calendar flag kettle
    heater lamp printer toolbox crate barrel safe curtain bench piano mailbox""".split()
)

_PARTS: dict[str, Callable[[Draw], str]] = {
    "first": names.first_name,
    "name": names.full_name,
    "city": names.city,
    "company": lambda d: f"{names.last_name(d)} {d.pick(('Ltd', 'Group', 'and Sons', 'Logistics', 'Media'))}",
    "item": lambda d: d.pick(ITEMS),
    "noun": lambda d: d.pick(_THINGS),
    "day": lambda d: d.pick(words.KINDS["weekday"]),
    "month": lambda d: d.pick(words.KINDS["month"]),
    "clock": lambda d: d.pick((f"{d.randint(8, 19)}:{d.randrange(10, 60, 5)}", f"{d.randint(2, 9)} pm")),
    "n": lambda d: str(d.randint(2, 9)),
    "num": lambda d: str(d.randint(11, 900)),
    "m": lambda d: str(d.randrange(10, 55, 5)),
    "money": lambda d: d.pick(("${}", "€{}", "£{}", "{} euros", "{} dollars")).format(d.randint(15, 900)),
    "order": lambda d: f"{d.pick(('', '#', 'A-', 'no. '))}{d.randint(10000, 99999)}",
}

_GREETINGS = bank(
    "Hi, / Hello, / Hi there, / Hey, / Good morning, / Hello {first}, / Hi {first}, / Dear team, / Hi all, "
    "/ Dear {first},"
)
_ENDS = bank(
    "{first} / {name} / Regards, {first} / Best, {first} / - {first} / Kind regards, {name} / {name}, "
    "{city} / Sent from my phone"
)


def chain(draw: Draw, phrase: str, **fill: str) -> str:
    """A phrase with its [alternatives|of wording] chosen and its {parts} filled: from `fill`, else drawn."""
    while "[" in phrase:
        phrase = re.sub(r"\[([^\[\]]*)\]", lambda found: draw.pick(found.group(1).split("|")), phrase)

    def filled(found: re.Match[str]) -> str:
        key = found.group(1)
        return fill[key] if key in fill else _PARTS[key](draw)

    text = re.sub(r"\{(\w+)\}", filled, phrase)
    return re.sub(r" {2,}", " ", text).replace(" ,", ",").replace(" .", ".").strip()


def say(draw: Draw, phrases: tuple[str, ...], **fill: str) -> str:
    """One of the phrases in words."""
    return chain(draw, draw.pick(phrases), **fill)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def rough(draw: Draw, text: str) -> str:
    """The text as people type it, without marks that would change its tone."""
    kind = draw.randrange(12)
    if kind == 0:
        text = text.lower()
    elif kind == 1:
        text = text.lower().rstrip(".")
    elif kind == 2:
        text = noise.typos(draw, text, draw.randint(1, 2))
    elif kind == 3:
        text = noise.typos(draw, text.lower(), 1).rstrip(".")
    elif kind == 4:
        text = text.rstrip(".")
    elif kind == 5:
        text = text.replace("'", "")
    elif kind == 6:
        text = text.replace(". ", draw.pick(("\n", "... ", " - ", ".  ", ".\n\n")))
    return noise.untidy(draw, text) if draw.chance(0.3) else text


def letter(draw: Draw, *parts: str, frame: float = 0.35) -> str:
    """A message of these sentences, at times with a greeting and a name at its end."""
    said = [capital(part) + ("" if part[-1] in ".!?…:)" else ".") for part in parts if part]
    text = " ".join(said)
    if draw.chance(frame):
        text = say(draw, _GREETINGS) + draw.pick((" ", "\n", "\n\n")) + text
    if draw.chance(frame):
        text += draw.pick((" ", "\n", "\n\n")) + say(draw, _ENDS)
    return rough(draw, text)
