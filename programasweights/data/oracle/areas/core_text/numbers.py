"""Core text processing: numbers in words and digits, number formats, measures, codes with numbers."""

from decimal import Decimal

from num2words import num2words  # type: ignore[import-untyped]

from programasweights.data.oracle.areas.core_text._banks import literal, plain_first_name
from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, number, token

__all__ = ["area"]

area = Area("Core text processing")


_AMOUNT_TEXTS = (
    "{}",
    "{}",
    "Total: {}",
    "{} pcs",
    "We owe them {}.",
    "invoice sum {}",
    "{} guests",
    "amount = {}",
    "It came to {} in the end",
    "({})",
    "page {}",
    "Sum of column 'paid': {}",
)


@area.family(
    "numbers in words",
    "[write|spell] the number of the text in English words, {joint}, {case}, followed by {end}",
    "Number -> [words|English words], {joint}, hyphen as in twenty-one, {case}; then {end}",
    "I fill in [cheques|contracts] and need amounts in words. Take the one number in the text and spell it out in "
    "English [with hyphens as in forty-two|(forty-two has a hyphen)], {joint}. Write it {case} and put {end} "
    "behind it.",
    given="a text with one number",
    joint=choice({
        'with "and" after the hundreds (five hundred and six)': True,
        "the way the British do (five hundred and six)": True, 'without "and" (five hundred six)': False,
        "the way Americans do (five hundred six)": False,
    }),
    case=choice({"in small letters": 0, "all lower case": 0, "with a capital at the very start": 1,
        "the first letter of all a capital": 1, "in capitals": 2, "all upper case": 2}),
    end=literal(" only", " euros", " dollars", " units", " points", ".", "!", " exactly", " pieces", " pounds",
        " (in words)"),
)  # fmt: skip
def amount_spelled_in_words(draw: Draw, p: Values) -> Pair:
    value = draw.pick(
        (
            draw.randint(2, 99),
            draw.randint(101, 999),
            draw.randint(101, 999),
            draw.randint(1, 9) * 1000 + draw.randint(100, 999),
            draw.randrange(100, 9999, 100),
        )
    )
    said = str(num2words(value)).replace(",", "")
    said = said if p.joint else said.replace(" and ", " ")
    return draw.pick(_AMOUNT_TEXTS).format(value), (said, said[0].upper() + said[1:], said.upper())[
        p.case
    ] + p.end


_SPELLED_TEXTS = (
    "There were {} people at the {noun}.", "{first} counted {} steps.", "about {} pages, I think",
    "{N} visitors came on {day}", "we need {} more {nouns}", "The {noun} is {} years old.",
    "{N}.", "my lucky number is {}", "She scored {} points on {day}.", "room {}, third door",
    "between you and me: {} {nouns} were broken", "order {} {nouns}, please",
    "the bill was {} dollars and {first} paid it",
)  # fmt: skip


@area.family(
    "numbers in words",
    "[find|take] the number that is [spelled out|written] in words and [write|give] it in digits, {style}, with "
    "{mark} before it",
    "[Number word(s) in the text|Number in words] -> digits: {mark} + number, {style}. [Ordinals (third) are not "
    "meant.|Ordinals don't count.]",
    "[People dictate quantities to our app as words.|Our app hears quantities as words.|Drivers dictate "
    "quantities as words.] Each text has one such number (cardinal, not first or third). Return it in digits, "
    "{style}, and put {mark} directly before it.",
    given="a dictated sentence",
    style=choice({
        "thousands divided by a comma": ",", "with a comma after the thousands": ",",
        "thousands divided by a point": ".", "with a point after the thousands": ".",
        "without thousands separators": "", "no mark between the digits": "",
        "with an apostrophe after the thousands": "'", "thousands divided by a space": " ",
    }),
    mark=literal("#", "n=", "no. ", "x", "qty: ", "=", "~", "count: ", "total ", "N:", "> "),
)  # fmt: skip
def spelled_number_into_digits(draw: Draw, p: Values) -> Pair:
    value = draw.pick(
        (
            draw.randint(11, 99),
            draw.randint(100, 999),
            draw.randint(1000, 9999),
            draw.randrange(1000, 90000, 500),
            draw.randint(10_000, 99_999),
        )
    )
    said = str(num2words(value)).replace(",", "")
    if draw.chance(0.4):
        said = said.replace(" and ", " ")
    if draw.chance(0.3):
        said = said.replace("-", " ")
    noun = words.noun(draw)
    text = draw.pick(_SPELLED_TEXTS).format(
        said,
        N=said[0].upper() + said[1:],
        noun=noun,
        nouns=words.plural(noun),
        first=plain_first_name(draw),
        day=draw.pick(words.KINDS["weekday"]),
    )
    return text, p.mark + f"{value:,}".replace(",", p.style)


_ORDINAL_TEXTS = (
    "{} place",
    "chapter {}",
    "floor {}",
    "winner no. {}",
    "row {}",
    "week {}",
    "day {} of the trip",
    "grade {}",
    "attempt {}",
    "birthday number {}",
    "{}",
    "rank: {}",
    "the number {} in line",
    "volume {} of the series",
)


@area.family(
    "numbers in words",
    "turn the number of the text into {form}, {case}, with {mark} after it",
    "Number -> {form}, {case}, then {mark}",
    "[For headings|For a certificate|For a programme] [I need|we need] the number in the text as {form}, {case}, "
    "and [directly after it|right behind it] {mark}. [Nothing of the other words.|The other words are not needed.]",
    given="a text with one number",
    form=choice({
        "an ordinal with digits, like 3rd": 0, "an English ordinal in digits such as 3rd or 11th": 0,
        "an ordinal word, like third": 1, "an English ordinal word such as third or twenty-first": 1,
        "a Roman numeral": 2, "Roman numerals such as XIV": 2,
    }),
    case=choice({"in small letters": False, "in lower case": False, "in capital letters": True,
        "in upper case": True}),
    mark=literal(".", ":", ")", " place", " -", "!", " edition", " part", "|", " floor"),
)  # fmt: skip
def number_as_an_ordinal(draw: Draw, p: Values) -> Pair:
    value = draw.pick((draw.randint(1, 12), draw.randint(11, 31), draw.randint(1, 60)))
    made = (f"{num2words(value, to='ordinal_num')}", f"{num2words(value, to='ordinal')}", _roman(value))[
        p.form
    ]
    return draw.pick(_ORDINAL_TEXTS).format(value), (made.upper() if p.case else made.lower()) + p.mark


def _roman(value: int) -> str:
    made = ""
    for size, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        made += letters * (value // size)
        value %= size
    return made


@area.family(
    "number formats",
    "[rewrite|format] the amount in the style {style}, always with two decimals, and {mark} [in front|before it] "
    "after a space",
    "Amount -> {mark}, space, number in the style {style} (two decimals[ always|])",
    "Prices come in the American way (1,234.5: comma for thousands, point for decimals, some without commas). "
    "[Our invoices need|I want] them like {style}, with the same signs between thousands and before the decimals, "
    "and exactly two decimals. Write {mark} and a space first. [Other words are dropped.|Leave out currency words "
    "and other text.]",
    "A [Swiss|foreign] [colleague|partner] sends amounts in American notation with point decimals. Write each one "
    "as {mark}, a space and the number, formed like {style}[, two decimals in every case|; there are always two "
    "decimals].",
    given="an amount in American notation",
    style=choice({"1.234.567,89": (".", ","), '"1.234.567,89"': (".", ","), "1 234 567,89": (" ", ","),
        "1'234'567.89": ("'", "."), "1'234'567,89": ("'", ","), "1234567,89": ("", ","), "1234567.89": ("", "."),
        "1_234_567.89": ("_", "."), "1,234,567.89": (",", ".")}),
    mark=token("EUR", "€", "CHF", "SEK", "NOK", "kr", "PLN", "=", "Total:", "Summe", "DKK", "R$"),
)  # fmt: skip
def amount_in_local_format(draw: Draw, p: Values) -> Pair:
    cents = draw.pick(
        (
            draw.randint(100, 99_999),
            draw.randint(100_000, 9_999_999),
            draw.randint(1_000_000, 999_999_999),
            draw.randrange(10_000, 900_000, 100),
        )
    )
    whole, rest = divmod(cents, 100)
    shown = f"{whole:,}" if draw.chance(0.6) else str(whole)
    if rest % 10 == 0:
        shown += draw.pick(("", f".{rest:02}")) if rest == 0 else f".{rest // 10}"
    else:
        shown += f".{rest:02}"
    text = draw.pick(
        (
            "{}",
            "${}",
            "{} USD",
            "total {}",
            "$ {}",
            "Price: ${}",
            "{} dollars",
            "the bill is {}",
            "sum={}",
            "USD {}",
        )
    )
    return text.format(shown), f"{p.mark} " + f"{whole:,}".replace(",", p.style[0]) + f"{p.style[1]}{rest:02}"


_MEASURES = {
    "length": {"mm": 1, "cm": 10, "m": 1000},
    "weight": {"g": 1, "kg": 1000},
    "volume": {"ml": 1, "cl": 10, "l": 1000},
}
_TARGETS = {
    "millimetres": ("length", "mm"), "centimetres": ("length", "cm"), "metres": ("length", "m"), "grams": ("weight",
    "g"), "kilograms": ("weight", "kg"), "millilitres": ("volume", "ml"), "centilitres": ("volume", "cl"),
    "litres": ("volume", "l"),
}  # fmt: skip
_THINGS = {
    "length": ("shelf, {} wide", "{}", "cable {}", "the board is {} long", "Height: {}", "door {}", "a plant of {}",
    "gap between the tables: {}", "width={}"),
    "weight": ("{} of flour", "{}", "parcel {}", "net weight {}", "the cat weighs {}", "Rice, {}", "Weight: {}",
    "{} apples please", "a bag of {}"),
    "volume": ("{} of milk", "{}", "bottle {}", "Content: {}", "add {} water", "the tank holds {}", "one can ({})",
    "volume={}"),
}  # fmt: skip


@area.family(
    "number formats",
    "[convert|change] the measure to {unit} and write [only|just] the number with {mark} [directly after it|right "
    "behind it]; use a point for decimals and no needless zeros [at the end|after the point]",
    "Measure in {unit}: number + {mark}. Decimal point, no trailing zeros.",
    "My [catalogue|stock list] mixes units. Bring every measure to {unit} and return the number with {mark} "
    "attached, for example 1.5 and not 1.50, with a point as the decimal sign and no thousands separators.",
    given="a text with one metric measure",
    difficulty=3,
    unit=choice(_TARGETS),
    mark=literal(" U", ";", " =", "#", "|", "*", " std", " (norm)", "_", " !"),
)
def metric_measure_in_one_unit(draw: Draw, p: Values) -> Pair:
    kind, target = p.unit
    units = _MEASURES[kind]
    source = draw.pick(list(units))
    value = draw.pick(
        (
            Decimal(draw.randint(1, 20)),
            Decimal(draw.randint(1, 60)) * 5,
            Decimal(draw.randint(11, 99)) / 10,
            Decimal(draw.randint(1, 40)) * 25,
        )
    )
    if source in ("m", "kg", "l"):
        value = Decimal(draw.randint(1, 80)) / draw.pick((1, 4, 10, 10))
    result = value * units[source] / units[target]
    text = draw.pick(_THINGS[kind]).format(f"{_plain(value)}{draw.pick((' ', ' ', ''))}{source}")
    return text, _plain(result) + p.mark


def _plain(value: Decimal) -> str:
    made = f"{value:f}"
    return made.rstrip("0").rstrip(".") if "." in made else made


_CODE_TEXTS = (
    "ticket {}",
    "{}",
    "no {}",
    "Order {}",
    "customer number: {}",
    "#{}",
    "it is case {} again",
    "id={}",
    "{} (new)",
    "item {}",
    "see report {}",
    "member {}",
    "parcel {} is here",
)


@area.family(
    "numbering",
    "make a code from the number in the text: {prefix}, then the number filled up with zeros on the left to "
    "{width} digits, then {suffix}",
    "Code = {prefix} + number padded to {width} digits with leading zeros + {suffix}",
    "Our [archive|warehouse] wants uniform codes. Take the number from what people typed (it has {width} digits "
    "at most, zeros in front of it do not count), pad it with zeros at the front to {width} digits, put {prefix} "
    "before and {suffix} after it, no spaces.",
    given="a text with one number",
    prefix=token("T-", "INV", "A/", "#", "ord_", "CASE-", "K", "doc.", "P:", "ID-"),
    width=number(4, 8),
    suffix=token("-X", "/24", ".pdf", "A", "-EU", "_v1", "Z", "-00", ".txt", "#", "/N"),
)
def code_padded_with_zeros(draw: Draw, p: Values) -> Pair:
    digits = draw.randint(1, min(p.width, 6))
    value = draw.randint(10 ** (digits - 1), 10**digits - 1)
    shown = f"0{value}" if draw.chance(0.15) else str(value)
    return draw.pick(_CODE_TEXTS).format(shown), f"{p.prefix}{value:0{p.width}}{p.suffix}"


@area.family(
    "numbering",
    "[give|write|return] the code that is {step} the one in the text: [only the number at its end changes|the "
    "last run of digits counts], zeros in front [are kept|stay] so that the length [stays|is the same], and the "
    "code is written {case}",
    "Code {step} this one. [Number at the end counts|The number at the end changes], same width with leading "
    "zeros, [all else alike|rest alike], letters {case}.",
    "I [hand out|give] running numbers [such as|like] INV-0041 or 2024/A-17. Someone tells me a code in a "
    "sentence; tell me the one {step} it. Keep the prefix and the leading zeros (the number never gets more "
    "digits here), and write the letters of the code {case}.",
    given="a text with one code",
    step=choice({"right after": 1, "next after": 1, "one higher than": 1, "right before": -1, "one lower than": -1,
        "ten higher than": 10, "two higher than": 2, "five higher than": 5}),
    case=choice({"in capitals": 0, "in upper case": 0, "in small letters": 1, "in lower case": 1, "as they are": 2,
        "unchanged": 2}),
)  # fmt: skip
def neighbouring_running_code(draw: Draw, p: Values) -> Pair:
    width = draw.randint(2, 5)
    value = draw.pick(
        (
            draw.randint(5, 10**width - 12),
            draw.randint(1, min(9, 10**width - 12)),
            draw.randint(1, 8) * 10 + draw.pick((-1, 0, 9)),
            10 ** (width - 1) - draw.randint(0, 1),
        )
    )
    value = min(max(value, 2), 10**width - 11)
    prefix = draw.pick(
        (
            "INV-",
            "inv-",
            "Case",
            "DE/",
            "2024/A-",
            "KX.",
            "order-",
            "Batch_",
            "R",
            "Q3-",
            "t-",
            "Lot.",
            "WH-B-",
        )
    )
    texts = (
        "{}",
        "{}",
        "the last one was {}",
        "we are at {} now",
        "last used: {}",
        "{} was sent on Monday",
        "Yesterday's code: {}",
        "I wrote {} on the box",
        "{} (done)",
        "latest = {}",
    )
    made = f"{prefix}{value + p.step:0{width}}"
    return draw.pick(texts).format(f"{prefix}{value:0{width}}"), (made.upper(), made.lower(), made)[p.case]
