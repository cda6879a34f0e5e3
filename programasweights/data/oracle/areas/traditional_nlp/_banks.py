"""What the modules on traditional NLP share: phrase banks with alternatives and parts, and safe names."""

import re
from collections.abc import Callable

from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw

__all__ = [
    "CITIES",
    "LETTER_CASES",
    "MEN",
    "WOMEN",
    "bank",
    "capital",
    "edges",
    "fill",
    "firm",
    "other",
    "person",
    "say",
    "with_an",
]

CITIES = tuple(
    """Lisbon Madrid Lyon Bremen Kraków Oslo Bergen Dublin Leeds Bristol Glasgow Toronto Chicago Denver Boston Seattle
Nairobi Lagos Accra Cairo Tunis Mumbai Delhi Osaka Kyoto Seoul Hanoi Bangkok Jakarta Manila Sydney Perth Auckland Lima Quito
Bogotá Santiago Montevideo Zürich Geneva Vienna Graz Prague Brno Budapest Bucharest Sofia Athens Izmir Ankara Tallinn Riga Vilnius
Helsinki Tampere Malmö Aarhus Rotterdam Utrecht Ghent Antwerp Marseille Toulouse Porto Seville Valencia Naples Turin Bologna
Hamburg Leipzig Stuttgart Gdańsk Montreal Houston Memphis""".split()
)
WOMEN = tuple(
    """Anna Maria Emma Julia Sarah Laura Sophie Hannah Olivia Charlotte Lucy Alice Clara Elena Nina Fatima Aisha Priya Yuki Mei
Ingrid Astrid Rosa Carmen Lucia Isabel Helen Margaret Barbara Susan Linda Karen Nancy Betty Jennifer Amanda Melissa Rebecca
Katherine Victoria Natalia Olga Irina Zofia Chloé Camille Amélie Giulia Francesca Sofía""".split()
)
MEN = tuple(
    """Peter John David Thomas Paul Mark James Robert Michael William Daniel Matthew Andrew George Henry Edward Oliver Samuel
Benjamin Jacob Lucas Felix Hans Stefan Klaus Pierre Antoine Luigi Marco Pablo Carlos Diego Miguel Omar Hassan Ahmed Ali
Rajesh Hiroshi Kenji Ivan Dmitri Piotr Tomasz Lars Erik Björn Olaf Kwame Brian""".split()
)
_THINGS = tuple(
    """ladder kettle suitcase lamp piano bicycle camera umbrella parcel mirror carpet radio blanket bucket helmet tent violin
fridge sofa projector printer trailer van boat basket toolbox cupboard hammer lawnmower heater tablet notebook letter ticket
poster jacket raincoat drum sign calendar painting vase bench scanner keyboard freezer toaster telescope sledge globe map kite
saddle wheelbarrow guitar canoe crate hammock stove fountain statue trumpet barrel curtain pillow""".split()
)
_SUFFIXES = ("Ltd", "Group", "Logistics", "Media", "Systems", "Foods", "Motors", "Pharma", "Energy", "& Sons", "Bank", "Software",
             "Textiles", "Robotics", "Airlines", "Holdings", "Insurance", "Steel")  # fmt: skip
_STEMS = tuple(
    """Norvik Altero Branda Quellix Sunmark Helvio Tarnow Oxbridge Pinewell Castora Verdano Lumetra Kestrel Ironwood Bluefield
Starling Maplecor Zentrix Rovella Aldermoor Fenwick Granite Orbiton Silverline Redstone Halcyon Nordhaus Calvero Winslow
Meridian Dunmore Hartfield""".split()
)


LETTER_CASES: dict[str, Callable[[str], str]] = {"str": str, "upper": str.upper, "lower": str.lower}
"""What a text becomes, by the value of a parameter."""


def bank(text: str) -> tuple[str, ...]:
    """The phrases of a text in which a slash between white space divides them."""
    return tuple(" ".join(part.split()) for part in re.split(r"\s/\s", text) if part.strip())


def person(draw: Draw) -> str:
    """A given and a family name, each one word."""
    while True:
        last = names.last_name(draw)
        if last.isalpha() and last[0].isupper():
            return f"{draw.pick(draw.pick((WOMEN, MEN)))} {last}"


def firm(draw: Draw) -> str:
    """A firm whose name shows that it is one."""
    if draw.chance(0.4):
        return f"{person(draw).split()[1]} {draw.pick(_SUFFIXES)}"
    return f"{draw.pick(_STEMS)} {draw.pick(_SUFFIXES)}"


_PARTS: dict[str, Callable[[Draw], str]] = {
    "first": lambda d: d.pick(d.pick((WOMEN, MEN))),
    "woman": lambda d: d.pick(WOMEN),
    "man": lambda d: d.pick(MEN),
    "person": person,
    "city": lambda d: d.pick(CITIES),
    "firm": firm,
    "product": names.product,
    "noun": lambda d: d.pick(_THINGS),
    "nouns": lambda d: words.plural(d.pick(_THINGS)),
    "adjective": lambda d: d.pick(words.ADJECTIVES),
    "country": lambda d: d.pick(words.KINDS["country"]),
    "day": lambda d: d.pick(words.KINDS["weekday"]),
    "month": lambda d: d.pick(words.KINDS["month"]),
    "clock": lambda d: d.pick((f"{d.randint(8, 21)}:{d.randrange(10, 60, 5)}", f"{d.randint(1, 11)} {d.pick(('am', 'pm'))}")),
    "n": lambda d: str(d.randint(2, 9)),
    "num": lambda d: str(d.randint(11, 900)),
    "year": lambda d: str(d.randint(1985, 2024)),
    "money": lambda d: d.pick(("${}", "€{}", "£{}", "{} euros", "{} dollars")).format(d.randint(12, 900)),
}  # fmt: skip


def with_an(text: str) -> str:
    """The text with `a` before a vowel letter turned into `an`."""
    return re.sub(r"(?<![\w/'])([Aa]) (?=[aeiouAEIOU](?!ni|se|ne|uro|AE)|hour\b)", r"\1n ", text)


def fill(draw: Draw, phrase: str, **known: str) -> str:
    """A phrase with its [alternatives|of wording] chosen and its {parts} filled: from `known`, else drawn."""
    while "[" in phrase:
        phrase = re.sub(r"\[([^\[\]]*)\]", lambda found: draw.pick(found.group(1).split("|")), phrase)

    def filled(found: re.Match[str]) -> str:
        key = found.group(1)
        return known[key] if key in known else _PARTS[key](draw)

    text = with_an(re.sub(r"\{(\w+)\}", filled, phrase))
    return re.sub(r" {2,}", " ", text).replace(" ,", ",").replace(" .", ".").strip()


def say(draw: Draw, phrases: tuple[str, ...], **known: str) -> str:
    """One of the phrases in words."""
    return fill(draw, draw.pick(phrases), **known)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def other(draw: Draw, make: Callable[[Draw], str], *taken: str) -> str:
    """Something made that is none of those taken, nor a part of one, nor holds one."""
    while True:
        made = make(draw)
        if not any(made in t or t in made for t in taken):
            return made


def edges(draw: Draw, text: str) -> str:
    """The text, at times with white space before or after it."""
    return draw.pick(("{}", "{}", "{}", "{}\n", " {}", "{} ", "  {}\n")).replace("{}", text)
