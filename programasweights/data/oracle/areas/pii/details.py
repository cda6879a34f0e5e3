"""PII and privacy: dates and ages, locations, network identifiers."""

import datetime as dt
import re

from programasweights.data.oracle.areas.pii import _banks as banks
from programasweights.data.oracle.banks import dates, names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, token

__all__ = ["area"]

area = Area("PII and privacy")

_BORN = (
    "born {x}",
    "DOB {x}",
    "Date of birth: {x}",
    "My daughter was born on {x}.",
    "{n}, born on {x}",
    "patient {n} (born {x})",
    "birthday: {x}",
    "{n} was born on {x} in {t}.",
    "Her date of birth is {x}.",
)
_OTHER_DATE = (
    "Appointment on {x}.",
    "Letter of {x}.",
    "She moved to {t} on {x}.",
    "Member since {x}.",
    "last seen {x}",
    "Contract signed on {x}.",
    "Operation planned for {x}.",
    "Form received {x}.",
)


@area.family(
    "dates and ages",
    "[find|take] the date of birth in the text and [return|give] it as {form}, nothing else; other dates [do not "
    "count|are ignored]; {none} if no date of birth is given",
    "Date of birth -> {form}. [Ignore other dates.|Other dates do not matter.] No date of birth: {none}",
    "For a [study|statistic] I may only keep a coarse birth date. The text may hold several dates, but I want the "
    "one on which the person was born, reduced to {form}. [Write|Put] {none} if the text does not tell it.",
    given="a note",
    form=choice({
        "the year alone": "%Y", "the year (four digits)": "%Y", "the decade, as in 1980s": "dec",
        "its decade (such as 1990s)": "dec", "year and month, as in 1984-03": "%Y-%m",
        "the month in full and the year, as in March 1984": "%B %Y",
        "the first day of its year, as in 1984-01-01": "%Y-01-01",
        "its half century (1900-1949, 1950-1999 or 2000-2049)": "half",
    }),
    none=missing("unknown"),
)  # fmt: skip
def birth_date_made_coarse(draw: Draw, p: Values) -> Pair:
    known = draw.chance(0.82)
    born, other = dates.date(draw, 1935, 2014), dates.date(draw, 2015, 2026)
    style = draw.pick(("%Y-%m-%d", "w", "w", "%d %B %Y"))
    lines = []
    for day, bank in [(born, _BORN)] * known + [(other, _OTHER_DATE)] * (not known or draw.chance(0.5)):
        shown = dates.written(draw, day) if style == "w" else day.strftime(style)
        lines.append(draw.pick(bank).format(x=shown, n=banks.full_name(draw), t=draw.pick(banks.TOWNS)))
    answer = {
        "dec": f"{born.year // 10 * 10}s",
        "half": f"{born.year // 50 * 50}-{born.year // 50 * 50 + 49}",
    }.get(p.form) or born.strftime(p.form)
    return noise.untidy(
        draw, draw.pick(("\n", "; ", " / ")).join(draw.mix(lines))
    ), answer if known else p.none


_AGES = (
    "I am {a} and live with {o} cats.", "{n}, {a}, works as a {j}.", "{a}-year-old {j} from {t}",
    "My mother turned {a} last week.", "{n} is {a} years old.", "age: {a}, children: {o}", "aged {a}, {o} dogs",
    "at the age of {a} I moved to {t}",
    "{a} y/o, {o} jobs", "just turned {a}!! only {o} candles fit on the cake lol",
    "patient, {a} years, {o} previous visits", "{n} ({a}) won {o} medals.",
    "Hi, {n} here, {a}, looking for a flat with {o} rooms", "I'll be honest, I'm {a}.",
    "Order {k}: buyer is {a} years old", "{n} has been a {j} for {o} years and is {a} now.",
)  # fmt: skip


@area.family(
    "dates and ages",
    "replace the person's age by its band: bands of {width} years that start at multiples of {width} (0, {width} and "
    "so on), {style}; from {top} up write {old} instead. [Return only the band.|Answer with the band alone.]",
    "Age in the text -> band of {width} years (starting at multiples of {width}), {style}; {top} or older = {old}. "
    "[Only the band.|Output the band, nothing more.]",
    "We may publish ages only in groups. [Find|Read] the age in the text and answer with its group, each {width} "
    "years wide and starting at a multiple of {width}, {style}. Everybody of {top} or more is simply {old}. "
    "[Other numbers (children, orders, jobs) are not ages.|Numbers that are not the age do not matter.]",
    given="a text about a person",
    difficulty=3,
    width=choice("5", "10", "20"),
    style=choice({
        "written as first age, hyphen, last age": "{}-{}", "first and last age joined by a hyphen": "{}-{}",
        "written as first age, the word to, last age (with spaces)": "{} to {}",
        "given by its first age alone": "{}", "shown by its first age followed by a plus sign": "{}+",
        "first and last age joined by an underscore": "{}_{}",
    }),
    top=choice("60", "80"),
    old=token("senior", "old", "[max]", "65plus", "oldest group", "S", "top", "elder", "Z", "over"),
)  # fmt: skip
def age_put_into_a_band(draw: Draw, p: Values) -> Pair:
    width, top = int(p.width), int(p.top)
    age = draw.randint(top, 96) if draw.chance(0.2) else draw.randint(18, top - 1)
    text = draw.pick(_AGES).format(
        a=age,
        o=draw.randint(2, 9),
        n=banks.given_name(draw),
        t=draw.pick(banks.TOWNS),
        j=draw.pick(words.KINDS["profession"]),
        k=draw.randint(1000, 9999),
    )
    start = age // width * width
    return noise.untidy(draw, text), p.old if age >= top else p.style.format(start, start + width - 1)


_VISITS = (
    "Born {b}, visit on {v}",
    "DOB {b}; date of consent {v}",
    "date of birth {b} / signed on {v}",
    "{n}, born {b}. Form received {v}.",
    "birth: {b}\nregistration: {v}",
    "On {v} {n} (born {b}) asked for an account.",
    "Account opened {v}, born {b}",
)


@area.family(
    "dates and ages",
    "[say|tell|work out], from the date of birth and the other date, whether the person was {limit} or older on that "
    "other day: {yes} if so, {no} if younger; the birthday itself counts as having reached the age",
    "{yes} = {limit} or older on the second event's day, {no} = younger (on the birthday itself the age is reached). "
    "[The other event is never the birth.|]",
    "Children need their parents' consent. The entry holds a date of birth and the day of [registration|the visit or "
    "form]; [work out|find out] how old the person was on that day. Answer {yes} for {limit} or more, {no} for less; "
    "someone whose birthday falls on that very day has already reached the new age.",
    given="an entry with two dates",
    difficulty=3,
    limit=number(13, 21),
    labels=labels(yes=("yes", "enough", "adult", "ok"), no=("no", "young", "minor", "parents")),
)  # fmt: skip
def old_enough_on_the_day(draw: Draw, p: Values) -> Pair:
    old = draw.chance(0.5)
    visit = dates.date(draw, 2018, 2027)
    if draw.chance(0.5):
        shift = draw.pick((0, 0, 1, 3, 20, 40, 90)) if old else -draw.pick((1, 2, 10, 30, 60))
        base = visit - dt.timedelta(days=shift)
        born = dt.date(base.year - p.limit, base.month, min(base.day, 28))
    else:
        born = dt.date(
            visit.year - p.limit + (-draw.randint(1, 30) if old else draw.randint(1, 8)),
            draw.randint(1, 12),
            draw.randint(1, 28),
        )
    reached = (visit.year - born.year - ((visit.month, visit.day) < (born.month, born.day))) >= p.limit
    style = draw.pick(("%Y-%m-%d", "%d %b %Y", "%d %B %Y"))
    text = draw.pick(_VISITS).format(b=born.strftime(style), v=visit.strftime(style), n=banks.full_name(draw))
    return text, p.labels["yes" if reached else "no"]


_COUNTRY_OF = {
    "Leeds": "UK", "Bristol": "UK", "York": "UK", "Hamburg": "Germany", "Leipzig": "Germany", "Bremen": "Germany",
    "Lyon": "France", "Nantes": "France", "Seville": "Spain", "Bilbao": "Spain", "Turin": "Italy", "Bologna": "Italy",
    "Krakow": "Poland", "Utrecht": "Netherlands", "Malmo": "Sweden", "Porto": "Portugal", "Ghent": "Belgium",
    "Graz": "Austria", "Cork": "Ireland", "Denver": "USA", "Tucson": "USA", "Boise": "USA", "Bergen": "Norway",
    "Brno": "Czechia",
}  # fmt: skip


@area.family(
    "locations",
    "[reduce|cut|shorten] the [address|postal address] to {kept}; {case}. [Everything else is left out.|Drop all the "
    "rest.|No street, no name.]",
    "[Address|Postal address|Full address] -> {kept}; {case}. [Rest removed.|Nothing else.|All the rest is dropped.]",
    "[Our delivery statistics|The tables we publish|Our reports] must not show where [people|customers|members] live "
    "exactly. From each address keep {kept} and drop the name, the street and whatever else there is; {case}.",
    given="a postal address",
    kept=choice({
        "the town": "{t}", "only the town": "{t}",
        "the town and the country, with a comma and a space in between": "{t}, {c}",
        "the country, a hyphen with a space on either side, and the town": "{c} - {t}",
        "the town, a slash and the postal code": "{t}/{z}",
        "the postal code and, after a space, the country": "{z} {c}",
        "the first two digits of the postal code and, after a space, the town": "{y} {t}",
        "the first digit of the postal code, a hyphen and the town": "{z[0]}-{t}",
        "the town and, in round brackets after a space, the country": "{t} ({c})", "the country": "{c}",
    }),
    case=choice({"in capital letters": "u", "all in capitals": "u", "in lower case": "l",
    "all in lower-case letters": "l", "spelled as in the address": "", "with capitals as in the address": ""}),
)  # fmt: skip
def address_without_the_street(draw: Draw, p: Values) -> Pair:
    town = draw.pick(tuple(_COUNTRY_OF))
    code = f"{draw.randint(10000, 99999)}"
    form = draw.pick(
        (
            "{s}, {z} {t}, {c}",
            "{n}\n{s}\n{z} {t}\n{c}",
            "{n}, {s}, {t} {z}, {c}",
            "{s}; {t} {z}; {c}",
            "{n} / {s} / {z} {t} / {c}",
            "{c}, {z} {t}, {s}",
            "{s}, 2nd floor, {z} {t}, {c}",
            "c/o {n}, {s}, {z} {t} ({c})",
        )
    )
    text = form.format(s=banks.street(draw), z=code, t=town, c=_COUNTRY_OF[town], n=banks.full_name(draw))
    answer = p.kept.format(t=town, c=_COUNTRY_OF[town], y=code[:2], z=code)
    return text, answer.upper() if p.case == "u" else answer.lower() if p.case == "l" else answer


_PLACES_AT = (
    "{a}, {o}",
    "lat={a} lon={o}",
    "({a}, {o})",
    "Photo taken at {a}, {o} on {d}",
    "user checked in: {a} {o}",
    "lat: {a}\nlon: {o}",
    "{a};{o}",
    "GPS {a} / {o}",
    "home position {a}, {o}",
    "Last known location {a},{o} ({d})",
    "pos[{a} {o}]",
)


@area.family(
    "locations",
    "[coarsen|shorten|blur] the [coordinates|position]: cut latitude and longitude off after {places} decimal "
    "{noun}, without rounding, and write them as latitude, then {between}, then longitude",
    "[Coordinates|Latitude and longitude|The position] with {places} decimal {noun} ([cut off, no "
    "rounding|truncated, not rounded|never rounded]), latitude first, joined by {between}[. Nothing else|]",
    "[A running app|Our photo app|Our fitness app] should not tell where its users live. Take the two coordinates "
    "[of the entry|in the entry], keep {places} decimal {noun} of each by cutting (never round), and answer with "
    "latitude and longitude, {between} between them. Minus signs stay.",
    given="an entry with coordinates",
    places=choice("1", "2", "3", "4"),
    noun=choice({"places": 0, "digits": 0, "figures": 0}),
    between=choice({"a comma and a space": ", ", "a comma without a space": ",", "a single space": " ",
    "a semicolon without a space": ";", "a slash": "/", "a vertical bar": "|", "a semicolon and a space": "; ",
    "an underscore": "_", "a line break": "\n"}),
)  # fmt: skip
def coordinates_cut_short(draw: Draw, p: Values) -> Pair:
    pair = [
        f"{draw.pick(('', '', '-'))}{draw.randint(1, top)}.{draw.randrange(10**digits):0{digits}d}"
        for top, digits in ((79, draw.randint(5, 7)), (170, draw.randint(5, 7)))
    ]
    short = [re.sub(rf"(\.\d{{{p.places}}})\d*", r"\1", x) for x in pair]
    text = draw.pick(_PLACES_AT).format(a=pair[0], o=pair[1], d=draw.pick(words.KINDS["weekday"]))
    return noise.untidy(draw, text), p.between.join(short)


def _ip(draw: Draw) -> str:
    return ".".join(str(draw.randint(1, 254)) for _ in range(4))


_EVENTS = ("login ok for {u} from {i}", "GET /index.html {s} {i}", "{i} - - \"POST /cart\" {s}",
    "Failed password for {u} from {i} port {k}", "client {i} uses version 2.{v}.{w}",
    "{u} changed the e-mail address ({i})", "blocked {i} after {v} attempts",
           "session {k} opened by {u}", "worker {v} started, version 1.{v}.{w}", "{i} -> {j} {k} bytes", "ban {i}",
           "restart in {k} ms", "remote={i} status={s}", "{u}: please unblock {i} and {j}")  # fmt: skip


@area.family(
    "network identifiers",
    "[replace|overwrite] {part} of [every|each] IPv4 address in the log lines by {mark}, [each number for itself|one "
    "{mark} for each number]; [everything else stays as it is|nothing else changes]",
    "[IPv4 addresses|IP addresses (v4)|Every IPv4 address]: {part} -> {mark} (dots stay, one {mark} per number). "
    "[Version numbers and the rest untouched.|Nothing else changes, version numbers neither.]",
    "[Our lawyer says|We were told] that full IP addresses [may not stay in the logs|have to leave the logs]. Put "
    "{mark} in place of {part} of each address of four numbers, keep the dots, and leave the other text alone, "
    "[also|including] version numbers like 1.2.3.",
    given="a few log lines",
    part=choice({"the last number": 1, "the fourth number": 1, "the last two numbers": 2,
    "the third and the fourth number": 2, "all but the first number": 3, "every number": 4, "all four numbers": 4}),
    mark=token("0", "x", "*", "xxx", "#", "_", "255", "N", "?"),
)  # fmt: skip
def addresses_in_logs_shortened(draw: Draw, p: Values) -> Pair:
    lines = [
        e.format(
            u=names.username(draw),
            i=_ip(draw),
            j=_ip(draw),
            s=draw.pick((200, 301, 404, 500)),
            k=draw.randint(1000, 9999),
            v=draw.randint(2, 9),
            w=draw.randint(0, 20),
        )
        for e in draw.some(_EVENTS, 1, 3)
    ]
    stamp = draw.pick(
        (
            "",
            f"2026-0{draw.randint(1, 9)}-1{draw.randint(0, 9)} ",
            f"[{draw.randint(10, 23)}:{draw.randint(10, 59)}:{draw.randint(10, 59)}] ",
        )
    )
    text = "\n".join(stamp + line for line in lines)
    return text, re.sub(
        r"\b\d+\.\d+\.\d+\.\d+\b",
        lambda m: ".".join(m.group().split(".")[: 4 - p.part] + [p.mark] * p.part),
        text,
    )


_FIELDS = ("user", "email", "ip", "session", "path", "status", "ms")


@area.family(
    "network identifiers",
    "[put {token} in place of|write {token} instead of] the value of {fields} in the log line; [all other|the other] "
    "fields keep their values[ and order|, the order stays|]",
    "[A key=value log|Log of key=value pairs|Log line]: hide the value of {fields} as {token}. [Missing fields are "
    "not added.|A field that is not there is not added.] [Rest as it is.|]",
    "I [send|hand] our logs to a supplier and have to hide the value of {fields} first: what stands behind the "
    "equals sign becomes {token}. Return the complete line; do not add fields that it does not have.",
    given="a log line with key=value fields",
    fields=choice({
        "user": ("user",), "email": ("email",), "ip": ("ip",), "session": ("session",), "user and email": ("user",
        "email"), "ip and session": ("ip", "session"), "user, email and ip": ("user", "email", "ip"),
        "email and path": ("email", "path"),
        "every field except status and ms": ("user", "email", "ip", "session", "path"),
    }),
    token=token("***", "-", "hidden", "<x>", "REDACTED", "?", "[masked]", "0", "null"),
)  # fmt: skip
def log_fields_hidden(draw: Draw, p: Values) -> Pair:
    chosen = draw.some(_FIELDS, 3, 6)
    if draw.chance(0.85) and not set(chosen) & set(p.fields):
        chosen[0] = draw.pick(p.fields)
    value = {
        "user": names.username(draw),
        "email": names.email(draw),
        "ip": _ip(draw),
        "session": f"{draw.randrange(16**8):08x}",
        "path": draw.pick(("/cart", "/login", "/u/settings")),
        "status": draw.pick(("200", "404")),
        "ms": str(draw.randint(2, 900)),
    }
    head = draw.pick(("", "INFO ", f"12:{draw.randint(10, 59)}:07 WARN ", "[web-2] ", "request "))
    made = [
        head + " ".join(f"{k}={p.token if hide and k in p.fields else value[k]}" for k in chosen)
        for hide in (False, True)
    ]
    return made[0], made[1]


_QUERY = {
    "email": "ann%40mail.example",
    "name": "kim",
    "uid": "77123",
    "token": "f3a9c1",
    "phone": "5550199",
    "page": "2",
    "sort": "price",
    "lang": "en",
    "q": "lamp",
    "color": "red",
    "ref": "news",
}


@area.family(
    "network identifiers",
    "[remove|strip|delete] the query [parameters|arguments] {names} from the [web address|URL] and keep [the "
    "others|all others] in their order; if none is left, drop the question mark too; a part after # stays",
    "[Clean URL|Link for the archive|URL]: without the parameters {names}; [others stay in order|keep the rest in "
    "order]; [no empty ? at the end|if nothing is left, no ? either]; #fragment stays.",
    "[Some|Many] links in our [reports|statistics|mails] tell who clicked. [Delete|Take out|Drop] the parameters "
    "{names} with their values from the address, leave every other parameter and anything behind a # as it was, and "
    "if no parameter remains the question mark goes as well.",
    given="a web address",
    names=choice({
        "email and name": ("email", "name"), "uid and token": ("uid", "token"), "email, uid and token": ("email",
        "uid", "token"), "name and ref": ("name", "ref"), "phone and token": ("phone", "token"), "uid": ("uid",),
        "name": ("name",), "email and phone": ("email", "phone"), "name and phone": ("name", "phone"),
        "token": ("token",), "email": ("email",), "uid and ref": ("uid", "ref"),
        "phone, email and ref": ("phone", "email", "ref"), "name, uid and phone": ("name", "uid", "phone"),
        "token and ref": ("token", "ref"),
    }),
)  # fmt: skip
def personal_parameters_dropped(draw: Draw, p: Values) -> Pair:
    keys = draw.mix(
        draw.some(p.names, 0 if draw.chance(0.2) else 1, len(p.names))
        + draw.some([k for k in _QUERY if k not in p.names], 0, 3)
    )
    base = f"https://{names.domain(draw)}/{draw.pick(('', 'shop', 'a/b', 'offer.html', 'thanks'))}"
    end = draw.pick(("", "", "#top", "#reviews"))
    value = {
        k: f"{draw.randint(1000, 9999)}" if k in ("uid", "token", "phone") else v for k, v in _QUERY.items()
    }
    made = []
    for kept in (keys, [k for k in keys if k not in p.names]):
        made.append(base + ("?" + "&".join(f"{k}={value[k]}" for k in kept) if kept else "") + end)
    return made[0], made[1]
