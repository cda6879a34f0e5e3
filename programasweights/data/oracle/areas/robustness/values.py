"""Robustness: one value in many forms - dates, times, amounts, units, telephone numbers."""

import datetime as dt

from programasweights.data.oracle.areas.robustness._banks import cased
from programasweights.data.oracle.banks import dates, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing

__all__ = ["area"]

area = Area("Robustness to variations")

_AROUND = (
    "{}",
    "{}",
    "{}",
    " {}",
    "{}.",
    "on {}",
    "Date: {}",
    "({})",
    "{} (confirmed)",
    "due {}",
    "arrived {}",
    "sent on {}",
    "until {}!",
    "{}\n",
    "Dated {}",
)


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@area.family(
    "dates and times",
    "[bring|turn|convert] the date, in whatever form it is [written|typed], to {form}. In dates with slashes "
    "{order} comes first[, unless they start with the year|"
    "; a four-digit number in front is the year]. With dots the day is first. [No date at all|If there is no "
    "date]: {none}",
    "[Any|Some] date form -> {form}. a/b/year: {order} first; a.b.year: the day first. [Without a date|Nothing "
    "that is a date]: {none}",
    "[Our data come|The dates in my table come] from many sources: 3rd of May 2021, 03.05.2021 (with dots the "
    "day is first), 2021-05-03, May 3 2021 and so on. [Rewrite|Write] each "
    "as {form}; where slashes are used, {order} stands before the first slash (a year in front stays a year). "
    "[Texts|Fields] without a date get {none}.",
    given="a date in some form",
    form=choice(dict(dates.FORMATS)),
    order=choice({"the day": 0, "the month": 1}),
    none=missing("no date"),
)
def date_of_any_form_to_one(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.12):
        return draw.pick(
            (
                "soon",
                "next week",
                "tba",
                "as agreed",
                "-",
                "unknown",
                "see above",
                "in spring",
                "no date yet",
                "{} pieces",
            )
        ).format(draw.randint(2, 99)), p.none
    day = dates.date(draw)
    month = day.strftime("%B")
    pair = (day.day, day.month) if p.order == 0 else (day.month, day.day)
    text = draw.pick((
        f"{_ordinal(day.day)} of {month} {day.year}", f"{month} {_ordinal(day.day)}, {day.year}",
        f"{day.day} {month} {day.year}", f"{month} {day.day} {day.year}",
        day.isoformat(), f"{day.year}/{day.month:02d}/{day.day:02d}", f"{day.day}.{day.month}.{day.year}",
            f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{pair[0]}/{pair[1]}/{day.year}", f"{pair[0]:02d}/{pair[1]:02d}/{day.year}",
        f"{pair[0]:02d}/{pair[1]:02d}/{day.year}", f"{day.day}-{month[:3]}-{day.year}",
        f"{day.day} {month[:3].upper()} {day.year}", f"{month[:3]} {day.day}, {day.year}",
        f"{day.day} {month.lower()} {day.year}", dates.written(draw, day),
        f"{day.year} {month} {day.day}", f"the {_ordinal(day.day)} of {month}, {day.year}",
    ))  # fmt: skip
    return draw.pick(_AROUND).format(text), day.strftime(p.form)


@area.family(
    "dates and times",
    "[write|give] the date as {form}. The month [is|may be] given in one of several European languages[, such "
    "as {first} or {second}|, for example {first} or {second}]",
    "[Dates|A date] with month names of European languages ({first}, {second}, ...) -> {form}",
    "We [sell|ship] all over Europe, and letters carry dates with month names in {first}, {second} and other "
    "languages. [Turn|Convert] the date into {form} so that we can sort by it.",
    "[Read|Understand] the date, [whatever|no matter which] European language its month is in ({first}, "
    "{second} ...), and [output|return] it as {form}.",
    given="a date in a foreign language",
    form=choice(dict(dates.FORMATS)),
    first=choice("German", "French", "Dutch", "Swedish"),
    second=choice("Spanish", "Italian", "Polish", "Portuguese", "Czech"),
)
def date_with_foreign_month_to_one_form(draw: Draw, p: Values) -> Pair:
    day = dates.date(draw)
    language = draw.pick([v for v in dates.LANGUAGES.values() if v != "en" or draw.chance(0.3)])
    text = dates.written(draw, day, language)
    text = cased(draw, text, "", "", "upper", "lower")
    return draw.pick(("{}", "{}", "{}.", " {}", "({})", "{} ", "{}\n", "** {} **")).format(
        text
    ), day.strftime(p.form)


_TIMES = {
    "HH:MM (24-hour clock)": "24",
    "HH:MM from 00:00 to 23:59": "24",
    "HHMM (24-hour clock, no colon)": "mil",
    "h:mm am or h:mm pm (no zero in front of the hour)": "12",
    "h:mm AM or h:mm PM (without a leading zero)": "12C",
    "HHhMM in 24-hour form, like 08h30": "h",
}


@area.family(
    "dates and times",
    "[find|pick] the time of day in the text, however it is put, and write it as {form}[. Only one time is "
    "named|]; if [no time is named|there is none], {none}",
    "[Any|Whatever] spelling of a time -> {form}. [No time in it|Without a time]: {none}",
    "My guests [write|say] half past six in the evening, 6.30pm, 18h30 or 1830 hrs, and I want all of these as "
    "{form}. A clock time [without|that has no] am, pm or part of the day is on the 24-hour "
    "clock; 'half past six' means 6:30, 'quarter to' means 15 minutes before. [Messages|Texts] with no time "
    "get {none}.",
    given="a short message",
    difficulty=3,
    form=choice(_TIMES),
    none=missing("no time"),
)
def time_of_any_form_to_one(draw: Draw, p: Values) -> Pair:
    if draw.chance(0.12):
        return draw.pick(
            (
                "see you soon",
                "any time is fine",
                "later, ok?",
                "I can't come, sorry",
                "not today",
                "call me when you are there",
                "let's talk {d}",
            )
        ).format(d=draw.pick(words.KINDS["weekday"])), p.none
    part, low, high = draw.pick(
        (("in the morning", 5, 11), ("in the afternoon", 13, 16), ("in the evening", 18, 21))
    )
    hour, minute = (
        draw.randint(low, high),
        draw.pick((0, 0, 15, 30, 30, 45, draw.randrange(5, 60, 5), draw.randrange(60))),
    )
    short, half = hour % 12 or 12, "am" if hour < 12 else "pm"
    dotted = half[0] + "." + half[1] + "."
    options = [f"{hour:02d}:{minute:02d}", f"{hour}h{minute:02d}", f"{short}:{minute:02d} {half}",
        f"{short}.{minute:02d}{half}", f"{short}:{minute:02d} {dotted}", f"{short}:{minute:02d}{half.upper()}",
               f"{hour:02d}{minute:02d} hrs"]  # fmt: skip
    word = words.number_word
    if minute == 0:
        options += [
            f"{short}{half}",
            f"{short} {half}",
            f"{word(short)} {half}",
            f"{short} o'clock {part}",
            f"{word(short)} o'clock {part}",
        ] * 2
    elif minute in (15, 30):
        options += [f"{'quarter' if minute == 15 else 'half'} past {word(short)} {part}"] * 3
    elif minute == 45 and hour < high:
        options += [f"quarter to {word(short % 12 + 1)} {part}"] * 3
    elif minute % 5 == 0 and minute < 30:
        options += [f"{word(minute)} past {word(short)} {part}"] * 2
    said = draw.pick(options)
    text = draw.pick(
        (
            "{}",
            "at {}",
            "see you {}",
            "{} is fine",
            "let's say {}",
            "I'll be there at {}",
            "meeting: {}",
            "can we make it {}?",
            "ok, {} then!",
            "{} please",
            "not before {}",
        )
    ).format(said)
    clock = dt.time(hour, minute)
    out = {
        "24": f"{clock:%H:%M}",
        "mil": f"{clock:%H%M}",
        "12": f"{short}:{minute:02d} {half}",
        "12C": f"{short}:{minute:02d} {half.upper()}",
        "h": f"{hour:02d}h{minute:02d}",
    }[p.form]
    return text, out


@area.family(
    "amounts and numbers",
    "[write|give|return] the amount [as a plain number|without any grouping of digits], with {mark} before the "
    "[cents|two decimals], always two decimals, and {code}. A dot or comma followed by exactly two "
    "digits at the end [parts off|marks] the cents; all other dots, commas, spaces and apostrophes only group "
    "the digits",
    "[Amount in any style|Money in any notation|Any spelling of an amount] -> digits, {mark}, two decimals; "
    "{code}. [Last dot/comma with two digits after it = decimals|Two digits after the last dot or comma = "
    "decimals], other separators "
    "(. , ' space) just group",
    "[Invoices|Bills|Price lists|Offers] reach us from many countries: 1.234,56 or 1,234.56 or 1 234,56 or "
    "1'234.56, all the same amount. [Turn|Bring|Convert] each into a number without grouping, {mark} before "
    "two decimals, and {code}. "
    "[When|If|Where] a dot or comma is followed by three digits, it only groups[ them|]; amounts without "
    "decimals get two zeros.",
    given="an amount of money",
    difficulty=3,
    mark=choice({"a dot": ".", "a comma": ",", "a point": "."}),
    code=choice({"leave out the currency": "{n}", "without currency": "{n}",
        "with the three-letter currency code after it (EUR, USD, GBP or CHF)": "{n} {c}",
                 "with the three-letter code EUR, USD, GBP or CHF and a space in front": "{c} {n}"}),
)  # fmt: skip
def amount_of_any_notation_to_one(draw: Draw, p: Values) -> Pair:
    whole = draw.pick((draw.randint(1, 999), draw.randint(1000, 99999), draw.randint(1000, 9999999)))
    cents = draw.randint(0, 99)
    group, mark = draw.pick(
        ((",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("", ","), (" ", "."))
    )
    shown = f"{whole:,}".replace(",", group)
    if draw.chance(0.75):
        shown += f"{mark}{cents:02d}"
    else:
        cents = 0
    code = draw.pick(("EUR", "USD", "GBP", "CHF"))
    sign = {
        "EUR": ("€", "EUR", "euros", "Euro"),
        "USD": ("$", "USD", "US dollars"),
        "GBP": ("£", "GBP", "pounds"),
        "CHF": ("CHF", "Swiss francs", "Fr."),
    }[code]
    name = draw.pick(sign)
    front = name in ("€", "$", "£", "EUR", "USD", "GBP", "CHF") and draw.chance(0.5)
    text = f"{name}{'' if len(name) == 1 else ' '}{shown}" if front else f"{shown} {name}"
    text = draw.pick(
        ("{}", "{}", " {}", "Total: {}", "{} incl. tax", "= {}", "amount due {}", "{} (net)")
    ).format(text)
    return text, p.code.format(n=f"{whole}{p.mark}{cents:02d}", c=code)


_UNITS = {
    "kg": ("kilogram", ("kg", "kgs", "kilos", "KG", "kg.", "kilograms", "Kilo")),
    "g": ("gram", ("g", "gr", "grams", "g.", "gramme", "grammes")),
    "cm": ("centimetre", ("cm", "cms", "centimetres", "CM", "centimeters", "cm.")),
    "m": ("metre", ("m", "metres", "meters", "mtr", "mtrs", "metre")),
    "km": ("kilometre", ("km", "kms", "kilometres", "KM", "kilometers", "Km")),
    "l": ("litre", ("l", "litres", "liters", "ltr", "L", "ltrs")),
    "ml": ("millilitre", ("ml", "mls", "millilitres", "mL", "milliliters", "ML")),
    "min": ("minute", ("min", "mins", "minutes", "min.", "Minutes")),
    "h": ("hour", ("h", "hrs", "hours", "hr", "hr.", "Hours")),
}


@area.family(
    "amounts and numbers",
    "[bring|convert|change] the [measurement|quantity] to one [spelling|notation]: the number with {mark} as "
    "its decimal sign, then {unit}. Units are kg, g, cm, m, km, l, ml, min and h, in any [spelling|form]; [do "
    "not convert|convert no] values",
    "[Quantity|Measure|Measurement] in any spelling -> number ({mark} for decimals) + {unit}; [same value|no "
    "conversion of values]. Units meant: kg, g, cm, m, km, l, ml, min, h",
    "[Product weights and sizes|Measurements|The quantities] in our [shop|database|table] are a mess: '12 "
    "kilos', '12KGS', '12,0 kg.'. [Normalise|Rewrite] each one, but keep its value and unit: first the number "
    "as typed, with {mark} for decimals, then {unit} "
    "(the units are kilograms, grams, centimetres, metres, kilometres, litres, millilitres, minutes, hours).",
    given="a measurement",
    mark=choice({"a dot": ".", "a comma": ",", "a point": "."}),
    unit=choice({"a space and the symbol": (" ", 0), "the symbol without a space": ("", 0),
        "a space and the English name in the singular, such as kilogram or metre": (" ", 1),
                 "a hyphen and the symbol": ("-", 0), "an underscore and the symbol": ("_", 0),
                 "a slash and the symbol": ("/", 0)}),
)  # fmt: skip
def unit_of_any_spelling_to_one(draw: Draw, p: Values) -> Pair:
    symbol = draw.pick(tuple(_UNITS))
    name, forms = _UNITS[symbol]
    number = (
        str(draw.randint(1, 900))
        if draw.chance(0.5)
        else f"{draw.randint(0, 99)}{draw.pick('.,')}{draw.randint(1, 9)}"
    )
    form = draw.pick(forms)
    text = (
        number
        + draw.pick((" ", "", " ", "  "))
        + (form.upper() if len(form) > 4 and draw.chance(0.2) else form)
    )
    text = draw.pick(("{}", "{}", " {}", "{}\n", "({})", "= {}", ": {}", "{} ")).format(text)
    gap, long = p.unit
    return text, number.replace(",", ".").replace(".", p.mark) + gap + (name if long else symbol)


@area.family(
    "amounts and numbers",
    "[bring|convert] the US phone number to the form {form}. A leading +1, 1 or 001 is the country code and is "
    "not part of the ten digits; [ignore|leave out] extensions (ext. or x and digits). {none} if there are not "
    "exactly ten digits",
    "[Phone number|Telephone number], any notation -> {form}. [Drop|Without] country code (+1, 1, 001) and "
    "extension (x12, ext. 12); not ten digits: {none}",
    "[Callers|Customers] type their US number with dots, spaces, brackets or nothing between. I store them as "
    "{form}, without the country code (+1, 001 or a 1 before the ten digits) and without an extension such as x45 or "
    "ext. 45. A number with fewer or more digits than ten is [wrong|invalid] and gets {none}.",
    given="a phone number",
    difficulty=3,
    form=choice({"555-123-4567": "{}-{}-{}", "(555) 123-4567": "({}) {}-{}", "5551234567": "{}{}{}",
        "555.123.4567": "{}.{}.{}", "+1 555 123 4567": "+1 {} {} {}", "+15551234567": "+1{}{}{}",
                 "555 123 4567": "{} {} {}", "555/123-4567": "{}/{}-{}"}),
    none=missing("invalid"),
)  # fmt: skip
def phone_of_any_notation_to_one(draw: Draw, p: Values) -> Pair:
    a, b, c = str(draw.randint(201, 989)), str(draw.randint(200, 999)), f"{draw.randint(0, 9999):04d}"
    good = draw.chance(0.82)
    if not good:
        c = draw.pick((c[:3], c[:2], c + str(draw.randint(0, 9)), c + "00"))
    shape = draw.pick(
        (
            "{}-{}-{}",
            "({}) {}-{}",
            "{}{}{}",
            "{}.{}.{}",
            "{} {} {}",
            "{}/{}-{}",
            "({}){}{}",
            "{} - {} - {}",
            "{} {}{}",
        )
    )
    front = draw.pick(("", "", "", "+1 ", "1-", "001 ", "+1-", "1 ")) if good else ""
    text = front + shape.format(a, b, c)
    text += draw.pick(("", "", "", f" x{draw.randint(10, 99)}", f" ext. {draw.randint(10, 999)}"))
    text = draw.pick(
        ("{}", "{}", "{}", " {}", "Tel: {}", "{} (mobile)", "phone {}", "call {}!", "{}\n")
    ).format(text)
    return text, p.form.format(a, b, c) if good else p.none
