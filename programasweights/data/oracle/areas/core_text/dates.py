"""Core text processing: dates, times of day, durations, letter case, doubled words."""

import datetime as dt
import re

from babel.dates import format_date

from programasweights.data.oracle.areas.core_text._banks import (
    literal,
    one_word_items,
    plain_first_name,
    recased,
    statements,
)
from programasweights.data.oracle.banks import dates, noise, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, number, separator, token

__all__ = ["area"]

area = Area("Core text processing")

_DATE_TEXTS = (
    "{}",
    "{}",
    "{}",
    "Meeting on {}",
    "born {}",
    "due {}, no later",
    "{} (Berlin)",
    "The invoice is from {}.",
    "date: {}",
    "see you on {}!",
    "valid until {}",
    "Printed {}",
    "we moved here {}",
)


@area.family(
    "dates and times",
    "[rewrite|convert] the date in the text, which is in {language}, to the form {form}; if there is no [complete "
    "date|date with day, month and year], [write|return] {none}",
    "{language} date with the month as a word -> {form}. No complete date: {none}.",
    "I collect [letters|forms] in {language} and need their dates in one format. Find the date (day, month as a "
    "word, year) and give it as {form}, with leading zeros. [Some texts|Texts that] lack a day or year or have no "
    "date at all[; these get|: for these, return] {none}.",
    given="a text that may hold a date",
    language=choice(dates.LANGUAGES),
    form=choice(dates.FORMATS),
    none=missing("no date"),
)
def month_name_date_into_digits(draw: Draw, p: Values) -> Pair:
    day = dates.date(draw)
    text = dates.written(draw, day, p.language)
    if p.language in ("es", "pt"):
        text = str(format_date(day, "long", locale=p.language))
    if p.language != "en" and draw.chance(0.3):
        text = str(format_date(day, draw.pick(("full", "d MMM y")), locale=p.language))
    if draw.chance(0.2):
        bare = draw.pick(("MMMM y", "d MMMM", "LLLL y"))
        text = str(format_date(day, bare, locale=p.language))
        return text, p.none
    texts = (
        _DATE_TEXTS
        if p.language == "en"
        else ("{}", "{}", " {}", "{}.", "({})", "-- {} --", "** {}", "{} !", "> {}", "1) {}")
    )
    text = recased(draw, "===ul", text)
    return draw.pick(texts).format(text), day.strftime(p.form)


@area.family(
    "dates and times",
    "write the date, which comes as {form}, in {language}: day without a leading zero, month as a full word, year "
    "in four digits, in the [usual|standard] order [day, month, year|of day, month and year], with {mark} in front",
    "{form} -> written date in {language} (day, full month name, year; no leading zero), preceded by {mark}",
    "For letters to our customers I need dates as people write them in {language}: day, month in full, year, for "
    "example with the {language} name of the month and the little words or dots that belong there. The input "
    "looks like {form}. Put {mark} at the front.",
    given="a date in digits",
    form=choice(dates.FORMATS),
    language=choice({name: code for name, code in dates.LANGUAGES.items() if code not in ("en",)}),
    mark=literal("> ", "= ", "- ", "* ", "@ ", ": ", "# ", "[date] ", "| ", "~ "),
)
def digits_into_written_date(draw: Draw, p: Values) -> Pair:
    day = dates.date(draw)
    text = day.strftime(p.form)
    made = str(format_date(day, "long", locale=p.language))
    plain = str(format_date(day, "d MMMM y", locale=p.language))
    return noise.untidy(draw, text), p.mark + made, () if plain == made else (p.mark + plain,)


_ENGLISH_FORMS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%A, %d %B %Y", "%B %d %Y", "%d-%b-%Y", "%a %d %b %Y")


@area.family(
    "dates and times",
    "[bring|convert|rewrite] the date [into|to] the form {form}; [it comes|the date comes] either with the "
    "English month name, in ISO form (year-month-day), or as {usual}",
    "[Any date|Date] (English month name, ISO, or [else|otherwise] {usual}) -> {form}",
    "Our [import|spreadsheet|customer list|archive] has dates in mixed forms: month names in English, ISO dates "
    "that begin with the year, and dates with slashes, which mean {usual}. [I want|I would like|We want] all of "
    "them as {form}, with leading zeros[ and a year of four digits|].",
    given="a date",
    form=choice({**dates.FORMATS, "DD.MM.YY": "%d.%m.%y", "YYYY-MM": "%Y-%m", "MM/YYYY": "%m/%Y"}),
    usual=choice({"day/month/year": "%d/%m/%Y", "the day, the month and the year with slashes": "%d/%m/%Y",
        "month/day/year": "%m/%d/%Y", "the month, the day and the year with slashes": "%m/%d/%Y"}),
)  # fmt: skip
def mixed_dates_in_one_form(draw: Draw, p: Values) -> Pair:
    day = dates.date(draw)
    form = draw.pick((*_ENGLISH_FORMS, "%Y-%m-%d", "%Y-%m-%d", p.usual, p.usual, p.usual, p.usual))
    text = day.strftime(form)
    if "%B" in form or "%b" in form or (form == p.usual and draw.chance(0.4)):
        text = re.sub(r"\b0", "", text)
    text = draw.pick(("{}", "{}", "{}", "on {}", "Date: {}", "{}.", "due {}")).format(text)
    return noise.untidy(draw, text), day.strftime(p.form)


def _clock(minutes: int, form: str) -> str:
    hour, minute = divmod(minutes, 60)
    return form.format(
        h=hour, m=minute, t=(hour - 1) % 12 + 1, a="am" if hour < 12 else "pm", A="AM" if hour < 12 else "PM"
    )


_CLOCKS = {
    "14:05": "{h:02}:{m:02}", "02:05 PM": "{t:02}:{m:02} {A}", "2:05 pm": "{t}:{m:02} {a}", "1405": "{h:02}{m:02}",
    "14.05": "{h:02}.{m:02}", "14h05": "{h:02}h{m:02}", "2:05pm": "{t}:{m:02}{a}",
}  # fmt: skip
_CLOCK_TEXTS = (
    "{}",
    "{}",
    "at {}",
    "We meet at {}.",
    "train leaves {}",
    "dinner {}, don't be late",
    "start: {}",
    "alarm {}",
    "{first} calls at {}",
    "doors open {}",
    "the {noun} closes at {}",
    "{} sharp",
)


@area.family(
    "dates and times",
    "[write|give] the time of day in the text in the form {form} (that would be five past two in the afternoon), "
    "[or|and] {none} if the text names no time",
    "Time in the text -> like {form} for 2:05 in the afternoon; no time: {none}",
    "People type times with am/pm or on the 24-hour clock, as 7pm, 7:30 p.m. or 19.30. [I need|We need] each time "
    "written [the way|as] {form} is written for 2:05 in the afternoon[, with the same zeros and letters|]. "
    "Midnight is 12 am, noon 12 pm. Without any time, return {none}.",
    given="a text with a time of day",
    form=choice(_CLOCKS),
    none=missing("no time"),
)
def clock_time_in_one_form(draw: Draw, p: Values) -> Pair:
    first, noun = plain_first_name(draw), words.noun(draw)
    if draw.chance(0.2):
        return draw.pick(_CLOCK_TEXTS).format(
            draw.pick(
                ("later", "in the evening", "soon", "tomorrow", "after lunch", "on day 2", "once a week")
            ),
            first=first,
            noun=noun,
        ), p.none
    minutes = dates.minutes(draw)
    if draw.chance(0.25):
        minutes = draw.pick((0, 12)) * 60 + draw.pick((0, 15, 30, minutes % 60))
    forms = ["{h:02}:{m:02}", "{t}:{m:02} {a}", "{t}:{m:02} {A}", "{t}.{m:02}{a}", "{h:02}.{m:02}"]
    if minutes % 60 == 0:
        forms += ["{t}{a}", "{t} {a}", "{t} {A}"]
    text = _clock(minutes, draw.pick(forms))
    return draw.pick(_CLOCK_TEXTS).format(text, first=first, noun=noun), _clock(minutes, p.form)


_SPANS = (
    "{h} h {m} min",
    "{h}h{m:02}",
    "{h} hours {m} minutes",
    "{h} hours and {m} minutes",
    "{h}:{m:02} h",
    "{h} hrs {m} mins",
    "{h}h {m}m",
)
_SPAN_TEXTS = (
    "{}",
    "{}",
    "It took {}.",
    "Duration: {}",
    "film ({})",
    "{} by train",
    "worked {} on the {noun}",
    "{first}: {}",
    "about {} from here",
    "The talk lasts {}",
)
_SPAN_FORMS = {
    "the number of minutes alone": 0, "total minutes, number only": 0, "hours and minutes as H:MM (1:05)": 1,
    "H:MM (such as 1:05)": 1, "hours and minutes as 1h05m": 2, "the form 1h05m": 2,
    "hours with two decimals (1.25)": 3, "decimal hours with two decimals (1.25)": 3,
}  # fmt: skip


@area.family(
    "dates and times",
    "[express|write] the duration in the text as {form}, with {mark} after it",
    "[Duration|Time span] -> {form}, then {mark}",
    "Our time sheets [are filled in|get filled in] however people like: 90 min, 1 h 30, 1:30 h, one number of "
    "minutes. Bring each duration to {form} and put {mark} [right after it|directly behind it]. [Every time is a "
    "span, not an hour of the day.|Nothing else from the text.]",
    given="a text with a duration",
    difficulty=3,
    form=choice(_SPAN_FORMS),
    mark=literal(" total", ";", " (net)", "*", " spent", " !", " =", "|", " logged", " ok"),
)
def duration_in_one_form(draw: Draw, p: Values) -> Pair:
    total = (
        draw.pick((15, 30, 45, 60, 75, 90, 105, 120, 150, 165, 180, 210, 225, 255, 345))
        if p.form == 3
        else draw.pick((draw.randrange(10, 300, 5), draw.randint(20, 300)))
    )
    hours, minutes = divmod(total, 60)
    if hours == 0 or draw.chance(0.3):
        text = draw.pick(("{} min", "{} minutes", "{}min", "{} mins")).format(total)
    elif minutes == 0:
        text = draw.pick(("{} h", "{} hours", "{}h")).format(hours).replace("1 hours", "1 hour")
    else:
        text = re.sub(r"\b1 hours", "1 hour", draw.pick(_SPANS).format(h=hours, m=minutes))
        text = re.sub(r"\b1 minutes", "1 minute", text)
    shown = (f"{total}", f"{hours}:{minutes:02}", f"{hours}h{minutes:02}m", f"{total / 60:.2f}")[p.form]
    return draw.pick(_SPAN_TEXTS).format(
        text, noun=words.noun(draw), first=plain_first_name(draw)
    ), shown + p.mark


@area.family(
    "sorting",
    "put the dates in order, {order}, in the form in which they come ({form}), [separated by|divided by] {separator}",
    "Dates ({form}) sorted {order}, [joined with|joined by|put together with] {separator}",
    "I have [deadlines|birthdays] as {form} in no order at all. [List|Return] them {order}, unchanged, with "
    "{separator} between them.",
    given="some dates",
    difficulty=3,
    order=choice({"earliest first": False, "oldest to newest": False, "latest first": True,
        "newest to oldest": True}),
    form=choice({k: v for k, v in dates.FORMATS.items() if k != "YYYYMMDD"}),
    separator=separator(),
)  # fmt: skip
def dates_put_in_order(draw: Draw, p: Values) -> Pair:
    base = dates.date(draw)
    spread = draw.pick((40, 400, 4000))
    days = sorted(
        {base + dt.timedelta(days=draw.randint(0, spread)) for _ in range(draw.randint(3, 4))},
        reverse=p.order,
    )
    mixed = draw.mix(days)
    text = draw.pick((", ", "\n", "; ", " | ", " and ")).join(day.strftime(p.form) for day in mixed)
    return text, p.separator.join(day.strftime(p.form) for day in days)


_SMALL = "a an the and or of in on at to for with".split()
_TITLES = (
    "the {adj} {noun} of {noun2}s", "how to {base} a {noun} in {n} days", "a guide to the {adj} {noun}",
    "{noun} and {noun2}: what to know", "the best {noun} for a {adj} {noun2}", "notes on {adj} {noun}s",
    "why we {base} the {noun}", "{adj} {noun} with {adj2} {noun2}",
    "at the {noun} or in the {noun2}", "an end to the {adj} {noun}", "{n} ways to {base} your {noun}",
    "from {noun} to {noun2}",
)  # fmt: skip


def _headline_case(text: str, style: int) -> str:
    parts = text.lower().split(" ")
    if style == 0:
        return " ".join(w if k and w in _SMALL else w[0].upper() + w[1:] for k, w in enumerate(parts))
    if style == 1:
        return " ".join(w[0].upper() + w[1:] for w in parts)
    return text[0].upper() + text[1:].lower() if style == 2 else text.upper()


@area.family(
    "letter case",
    "[set|write|put] the title in this letter case: {style}; {end}. [The words do not change.|Words stay the "
    "same.|Change nothing else.]",
    "[Title|Heading] -> {style}; {end}",
    "Titles in our [shop|library|blog|newsletter] [come in every letter case|are typed in all kinds of letter "
    "case]. [I want|We need] {style}, whatever they look like now, and {end}.",
    "[fix|correct] the capitals of the [title|heading], {style}, [whatever it was like before|however it came "
    "in]; {end}",
    given="a title",
    difficulty=1,
    style=choice({
        "each word with a capital letter except a, an, the, and, or, of, in, on, at, to, for, with (but the first word always has one)": 0,
        "capitals on all words but a, an, the, and, or, of, in, on, at, to, for, with; the first word gets one in any case": 0,
        "every word with a capital first letter, small words too": 1,
        "a capital at the start of each word without exception": 1,
        "only the very first letter a capital, all others small": 2,
        "one capital at the beginning and small letters after it": 2, "capitals throughout": 3,
        "all letters in upper case": 3,
    }),
    end=choice({"add a full stop": ".", "a full stop at the end": ".", "nothing added at the end": "",
        "no mark at the end": "", "three dots (...) at the end": "...", "an exclamation mark at the end": "!"}),
)  # fmt: skip
def title_in_stated_case(draw: Draw, p: Values) -> Pair:
    noun, noun2 = draw.some(words.NOUNS, 2)
    adj, adj2 = draw.some(words.ADJECTIVES, 2)
    text = draw.pick(_TITLES).format(
        noun=noun, noun2=noun2, adj=adj, adj2=adj2, base=words.verb(draw)[0], n=draw.randint(3, 12)
    )
    text = re.sub(r"\ba (?=[aeiou])", "an ", text)
    return recased(draw, "lutc", text), _headline_case(text, p.style) + p.end


@area.family(
    "letter case",
    "list the words of at least {size} letters that are written entirely in capitals, in order, each once, "
    "[separated by|divided by] {separator}; {none} if there are none. Words with digits do not count",
    "ALL-CAPS words ({size}+ letters, no digits), each once in order of appearance, [joined with|joined by|put "
    "together with] {separator}, else {none}",
    "I want to [find|check] the [abbreviations|acronyms] in our manuals. Take every word that has [only capital "
    "letters|nothing but capitals] and at least {size} of them, leave out those with digits in them, mention a "
    "repeated one just once, and [put|place] {separator} in between. None there? Then {none}.",
    given="a passage of a manual",
    size=number(2, 4),
    separator=separator(),
    none=missing(),
)
def capital_words_listed(draw: Draw, p: Values) -> Pair:
    known = """USB LED PDF GPS API VAT FAQ CEO PIN SIM HTML NASA WIFI HDMI OK ID TV PC EU UK SMTP ASAP URL CSV LAN KG
""".split()
    chosen = draw.some(known, 0, 3)
    pieces = []
    for template in draw.some(_MANUAL, 2, 3):
        word = (
            draw.pick(chosen)
            if chosen and draw.chance(0.75)
            else draw.pick(("button", "Panel", "X4", "B2B", "cable", "Menu", "H2O", "iPad", "Ulla", "A3"))
        )
        pieces.append(template.format(word, noun=words.noun(draw)))
    text = " ".join(pieces)
    found = [w for w in re.findall(r"[^\W_]+", text) if re.fullmatch(rf"[A-Z]{{{p.size},}}", w)]
    return text, p.separator.join(dict.fromkeys(found)) or p.none


_MANUAL = (
    "Press the {} key.", "The {} light blinks.", "Open the {noun} and look for {}.", "Send the {} to the office.",
    "Without {} nothing works.", "Do NOT touch the {noun}.", "See chapter 4 on {}.", "The {} port is on the left.",
    "Choose {} in the list.",
    "I checked the {noun}.", "One {} is needed.", "Is {} there?", "Type your {} here, then wait.",
    "Save it as {}, please.",
)  # fmt: skip


@area.family(
    "letter case",
    "[undo|repair] caps lock: if the text was typed with the caps lock key on by mistake (capitals and small "
    "letters swapped, as in hELLO), [write|give] it with the letter case swapped back[ and|,] {mark} before it; "
    "if not, [write|answer] {fine}",
    "Caps lock undone: hELLO aNNA -> Hello Anna, with {mark} in front; text with normal case -> {fine}",
    "Users of our [till|chat] forget that caps lock is on and type tHANK yOU. Swap small and capital letters in "
    "such messages and put {mark} before the result. Messages with [ordinary|normal] capitals get {fine}[ and "
    "nothing else|].",
    given="a typed message",
    mark=literal("> ", "fixed: ", "-> ", "* ", "[case] ", "# ", "~ ", "= "),
    fine=token("ok", "fine", "unchanged", "as is", "no change", "correct", "-", "normal"),
)
def caps_lock_undone(draw: Draw, p: Values) -> Pair:
    text = draw.pick((prose.statement, prose.ticket, prose.note, prose.question))(draw)
    if draw.chance(0.35):
        return text, p.fine
    return text.swapcase(), p.mark + text.swapcase().swapcase()


@area.family(
    "deduplication",
    '[find|list] the words that are typed twice in a row [by mistake|by accident], such as "the the", in lower '
    "case and [separated by|divided by] {separator}; {none} if there are none. [Capitals do not matter|Letter "
    "case is ignored]",
    "Doubled words (same word twice in a row, case ignored) in lower case, [joined with|joined by|put together "
    "with] {separator}; clean text: {none}",
    'My [spell checker|editor] misses words that I typed two times running, like "to to". [List|Give] each such '
    "word once for every place where it happens, in small letters and [in the order of the text|in the order in "
    "which they come], divided by "
    "{separator}. If nothing is doubled, write {none}. A word that comes again later in the text is fine.",
    given="a draft",
    separator=separator(),
    none=missing("clean"),
)
def doubled_words_found(draw: Draw, p: Values) -> Pair:
    tokens = " ".join(statements(draw, 1, 2)).split(" ")
    places = [
        k
        for k, w in enumerate(tokens)
        if re.fullmatch(r"[a-z]{2,}", w) and (k == 0 or tokens[k - 1].lower() != w)
    ]
    chosen = draw.some(places, 0, min(2, len(places)))
    made, found = [], []
    for k, word in enumerate(tokens):
        made.append(word)
        if k in chosen:
            made.append(word)
            found.append(word)
    if draw.chance(0.2) and tokens[0].isalpha():
        made.insert(1, tokens[0].lower())
        found.insert(0, tokens[0].lower())
    return " ".join(made), p.separator.join(found) or p.none


@area.family(
    "deduplication",
    "[find|name] the entry that stands in the list more than once ([letter case does not count|capitals or not]) "
    "and write it in lower case with the number of times after it, like tea{joint}2; {none} if all entries "
    "differ. At most one entry is repeated",
    "Which entry is repeated, and how often? entry{joint}count, entry in lower case, case ignored. All different: "
    "{none}. Never more than one is repeated.",
    "Somebody may have put the same [thing|name] on our list twice or more. If so, answer with it in small "
    "letters and how many times it is there, [written like|in the form] tea{joint}2. There is at most one such "
    "entry; upper and lower case are [the same|no difference]. If there is none, [say|answer] {none}.",
    given="a list",
    joint=choice(": ", " x", "=", " - ", "/", "*", " #", "|", "_"),
    none=missing("all different"),
)
def repeated_entry_with_count(draw: Draw, p: Values) -> Pair:
    entries = one_word_items(draw, draw.randint(3, 6))
    times = draw.pick((1, 2, 2, 3, 4))
    twin = draw.pick(entries)
    for _ in range(times - 1):
        entries.insert(draw.randrange(len(entries) + 1), recased(draw, "=luc", twin))
    text = draw.pick((", ", "\n", "; ", " / ", "\n- ")).join(entries)
    return ("- " if "\n- " in text else "") + text, f"{twin.lower()}{p.joint}{times}" if times > 1 else p.none
