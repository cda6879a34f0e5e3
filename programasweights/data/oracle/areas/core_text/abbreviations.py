"""Core text processing: abbreviations written out, and made from names."""

import itertools
import re

from programasweights.data.oracle.areas.core_text._banks import literal, plain_first_name, recased
from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice

__all__ = ["area"]

area = Area("Core text processing")


_SHORT_UNITS = {
    "kg": "kilogram", "lb": "pound", "oz": "ounce", "km": "kilometre", "cm": "centimetre", "mm": "millimetre",
    "ft": "foot", "in": "inch", "mi": "mile", "ml": "millilitre", "cl": "centilitre", "min": "minute",
    "sec": "second", "hr": "hour",
}  # fmt: skip
_UNIT_TEXTS = {
    "kg lb oz": ("add {} of flour", "{} of {noun} parts", "weight: {}", "{first} lifts {}", "parcel of {}",
    "only {} of rice left", "use {} of sugar"),
    "km mi": ("{} to go", "{} from the {noun}", "{first} ran {}", "turn left after {}", "the {noun} is {} away"),
    "cm mm ft in": ("Length {}", "cut off {}", "the {noun} is {} wide", "keep {} apart", "size: {}",
    "drill {} deep"),
    "ml cl": ("pour in {} of milk", "the {noun} holds {}", "dilute with {} of water", "Content: {}"),
    "min sec hr": ("it took {}", "wait {} before you open the {noun}", "{first} needs {}", "bake for {}",
    "pause: {}", "about {} of silence"),
}  # fmt: skip


@area.family(
    "abbreviations",
    "[write out|spell out] the abbreviated units in full, in {spelling} spelling, plural unless the number is "
    "exactly 1, [and leave|leave] the rest of the text as it is; begin the result with {mark}",
    "Units in [full words|words] ({spelling} spelling), singular only after 1; text otherwise unchanged, {mark} "
    "in front",
    "A [screen reader|voice|speaker] will read my [recipes|manuals|notes] aloud, so cm, kg, ft and so on must "
    "become words in {spelling} spelling, with the plural for every number other than 1. Do not convert anything, "
    "keep the other words, and put {mark} [at the beginning|at the start].",
    given="a short text with measures",
    spelling=choice("British", "American"),
    mark=literal("> ", "say: ", "- ", "[voice] ", "TTS: ", "* ", "text: ", "@ ", "read: ", "| ", "# "),
)
def units_written_in_full(draw: Draw, p: Values) -> Pair:
    parts, full = [], []
    noun, first = words.noun(draw), plain_first_name(draw)
    for kind in draw.some(list(_UNIT_TEXTS), 1, 2):
        template, short = draw.pick(_UNIT_TEXTS[kind]), draw.pick(kind.split())
        long = _SHORT_UNITS[short]
        if p.spelling == "American":
            long = re.sub(r"(met|lit)re$", r"\1er", long)
        value = draw.pick(
            ("1", "2", str(draw.randint(2, 90)), str(draw.randint(2, 900)), f"{draw.randint(1, 9)}.5")
        )
        plural = {"foot": "feet", "inch": "inches"}.get(long, long + "s")
        parts.append(template.format(f"{value} {short}", noun=noun, first=first))
        full.append(template.format(f"{value} {long if value == '1' else plural}", noun=noun, first=first))
    joint = draw.pick((", ", "; ", "\n", " / "))
    return joint.join(parts), p.mark + joint.join(full)


_ORGS = (
    "{a} {k} of {city}",
    "{a} {b} {k}",
    "The {a} {k} for {b} {n}",
    "{k} of {a} and {b} {n}",
    "{a} {n} {k}",
    "{city} {a} {k}",
    "{k} for {n} and {n2}",
    "the {a} {n} {k}",
    "{a} {k} on {n}",
)
_ORG_ADJ = """National Royal United Global Northern Central Public Independent Open International European Digital
    Regional Free Advanced Modern Joint""".split()
_ORG_KIND = """Institute Association Council Agency Federation Bank Museum Society Office Union Fund Network Committee
    Academy Alliance Commission""".split()
_ORG_NOUN = """Energy Music Trade Health Water Labour Space Sports Climate Housing Transport Research Learning Finance
    Railways Ocean""".split()


@area.family(
    "abbreviations",
    "[make|form] the abbreviation of the name from the first letters of its words, {case}, {dots}, leaving out "
    "{skipped}, [and|then] add {end}",
    "Initial letters of the name, {case}, {dots}; {skipped} left out; at the end {end}",
    "Our [contact list|table] is too narrow for long names of organisations. Build the short form: first letter "
    "of each word except {skipped}, {case}, {dots}, and finally {end}.",
    given="the name of an organisation",
    case=choice({"as capitals": True, "in upper case": True, "as small letters": False, "in lower case": False}),
    dots=choice({"each followed by a dot": ".", "with a dot after every letter": ".", "without dots": "",
        "no dots or spaces": "", "divided by hyphens": "-"}),
    skipped=choice({"of, for, the, and, on": True, "the words the, of, on, for and and": True,
        "only the word the": False, 'every "the"': False}),
    end=literal(" (short)", "/DE", " Ltd", "_1", " *", ":", ";", "#", "|EU", " org"),
)  # fmt: skip
def abbreviation_of_an_organisation(draw: Draw, p: Values) -> Pair:
    a, b = draw.some(_ORG_ADJ, 2)
    n, n2 = draw.some(_ORG_NOUN, 2)
    city = draw.pick(words.KINDS["capital"])
    text = draw.pick(_ORGS).format(a=a, b=b, n=n, n2=n2, k=draw.pick(_ORG_KIND), city=city)
    skipped = "of for the and on".split() if p.skipped else ["the"]
    letters = [w[0].upper() if p.case else w[0].lower() for w in text.split() if w.lower() not in skipped]
    made = "-".join(letters) if p.dots == "-" else "".join(letter + p.dots for letter in letters)
    return recased(draw, "===ul", text), made + p.end


_CHAT_SHORT = {
    "asap": "as soon as possible", "btw": "by the way", "fyi": "for your information", "imo": "in my opinion",
    "brb": "be right back", "idk": "I don't know", "tbh": "to be honest", "omw": "on my way", "nvm": "never mind",
    "thx": "thanks", "pls": "please", "ttyl": "talk to you later", "afaik": "as far as I know",
}  # fmt: skip
_CHAT_LINES = (
    "{}, call {first}",
    "{} the {noun} is {adj}",
    "can you check the {noun} {}",
    "{first} said no, {}",
    "need the {noun} by {day} {}",
    "{}!",
    "the {noun} page is down, {}",
    "{} I was at the {noun}",
    "ok {}",
    "{first} left the {noun} open, {}",
    "see you on {day}",
    "where is the {noun}?",
)


_GLOSSARIES = {
    f"{a} ({_CHAT_SHORT[a]}) and {b} ({_CHAT_SHORT[b]})": (a, b)
    for a, b in itertools.combinations(_CHAT_SHORT, 2)
}


@area.family(
    "abbreviations",
    "[write out|expand] the abbreviations {glossary} in the message, whatever letter case they are typed in; "
    "[other abbreviations|all others] and the rest of the text stay as they are. {end}",
    "Expand only {glossary}, any case. [Other abbreviations stay.|Leave other abbreviations alone.] Nothing else "
    "changes. {end}",
    "Our [older readers|support staff|translators] stumble over some shorthand: {glossary}. Replace each by the "
    "words in brackets, [as given there,|just as they stand there,] wherever it stands as a word of its own, "
    "typed in capitals or not, and leave everything else untouched[, other shorthand included| even if it is "
    "shorthand as well]. {end}",
    given="a chat message",
    difficulty=1,
    glossary=choice(_GLOSSARIES),
    end=choice({
        "Put nothing around the new words.": "{}", "The new words get no marks.": "{}",
        "Put the new words in square brackets.": "[{}]", "The new words stand in asterisks (*like this*).": "*{}*",
        "Write the new words in capitals.": "UP",
    }),
)  # fmt: skip
def chat_shorthand_written_out(draw: Draw, p: Values) -> Pair:
    lines = []
    for line in draw.some(_CHAT_LINES, 2, 3):
        word = draw.pick(
            (*p.glossary, *p.glossary, draw.pick([s for s in _CHAT_SHORT if s not in p.glossary]))
        )
        word = recased(draw, "==uc", word)
        lines.append(
            line.format(
                word,
                first=plain_first_name(draw),
                noun=words.noun(draw),
                adj=draw.pick(words.ADJECTIVES),
                day=draw.pick(words.KINDS["weekday"]),
            )
        )
    text = draw.pick((". ", "\n", "... ", " - ")).join(lines)
    result = text
    for short in p.glossary:
        long = _CHAT_SHORT[short]
        long = long.upper() if p.end == "UP" else p.end.format(long)
        result = re.sub(rf"\b{short}\b", long, result, flags=re.IGNORECASE)
    return text, result
