"""Traditional NLP: real American addresses, real names as people type them, and real log lines."""

import re
from collections.abc import Callable
from typing import Any

from programasweights.data.oracle.areas.traditional_nlp._banks import LETTER_CASES
from programasweights.data.oracle.banks import corpora
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Traditional NLP")

_STATES = frozenset(
    """al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn
tx ut vt va wa wv wi wy dc""".split()
)


def _parts(row: dict[str, Any]) -> dict[str, str]:
    """The parts of a labelled text by tag, without commas at their ends; empty if a tag comes up in two places."""
    found: dict[str, list[str]] = {}
    last = ""
    for piece, tag in ((part, tag) for tag, part in row["tags"]):
        if tag != last and tag in found:
            return {}
        found.setdefault(tag, []).append(piece)
        last = tag
    return {tag: " ".join(pieces).strip(" ,") for tag, pieces in found.items()}


def _of_kind(
    draw: Draw, corpus: str, wanted: str, kind_of: Callable[[dict[str, Any]], str]
) -> tuple[dict[str, Any], str]:
    """A row of the wanted kind, or, where none seems to exist, of another; with its kind ("" is none)."""
    for tries, _ in enumerate(corpora.attempts(corpus)):
        row = corpora.row(draw, corpus)
        kind = kind_of(row)
        if kind and (kind == wanted or tries > 700):
            return row, kind
    raise AssertionError("attempts end in an error")


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).lower()


_CHECKS = {
    "AddressNumber": r"\d+",
    "ZipCode": r"\d{5}(-\d{4})?",
    "StateName": r"[A-Za-z]{2}",
    "PlaceName": r"[A-Za-z .'-]+",
}
_ADDRESS = {
    "the house number": "AddressNumber", "the number of the house": "AddressNumber", "the ZIP code": "ZipCode", "the postal code (ZIP)": "ZipCode", "the state": "StateName", "the two-letter state": "StateName",
    "the town": "PlaceName", "the town or city": "PlaceName",
}  # fmt: skip


def _address(draw: Draw, part: str, there: bool) -> tuple[str, str]:
    """An address and the part; "" if it has none, which is only given if nothing in the text looks like one."""
    turns = corpora.attempts("addresses")
    while True:
        next(turns)
        row = corpora.row(draw, "addresses")
        parts, tokens = _parts(row), [_bare(word) for word in row["text"].split()]
        if (
            not {"AddressNumber", "StreetName"} <= parts.keys()
            or {"AddressNumberSuffix", "AddressNumberPrefix", "NotAddress", "BuildingName", "Recipient"}
            & parts.keys()
        ):
            continue
        found = parts.get(part, "")
        if (
            found
            and there
            and re.fullmatch(_CHECKS[part], found)
            and (part != "StateName" or found.lower() in _STATES)
        ):
            return row["text"], found
        if part == "AddressNumber":
            continue
        looks = (
            any(re.fullmatch(r"\d{5}(\d{4})?", t) for t in tokens[1:])
            if part == "ZipCode"
            else any(t in _STATES for t in tokens)
            if part == "StateName"
            else "ZipCode" in parts or "StateName" in parts
        )
        if not found and not there and not looks:
            return row["text"], ""


@area.family(
    "real addresses and names",
    "[extract|read off|find] {part} in the American address, {case}[, without a comma after it|]; [write|return] {none} if the address lacks it",
    "US address -> {part}, {case}. [No comma after it.|] Not there: {none}",
    "I [clean|repair] a list of customers' addresses in the USA, typed in by hand in all sorts of ways. From each line I need only {part}, {case}; the rest is [dropped|not needed]. Where a line does not have it, [put|write] {none}.",
    given="an American address",
    corpus="addresses",
    part=choice(_ADDRESS),
    case=choice({"as written": "str", "in the spelling of the line": "str", "in capital letters if it has letters": "upper", "with any letters in upper case": "upper", "with any letters in lower case": "lower"}),
    none=missing(),
)  # fmt: skip
def part_of_a_real_address(draw: Draw, p: Values) -> Pair:
    text, found = _address(draw, p.part, p.part == "AddressNumber" or draw.chance(0.75))
    return text, LETTER_CASES[p.case](found) or p.none


_UNCLEAR = {"SubaddressType", "SubaddressIdentifier", "BuildingName", "Recipient", "LandmarkName", "NotAddress", "USPSBoxGroupID",
            "AddressNumberSuffix"}  # fmt: skip


def _address_kind(row: dict[str, Any]) -> str:
    text, tags = row["text"].lower(), {tag for tag, _ in row["tags"]}
    box, cross = "USPSBoxID" in tags, "IntersectionSeparator" in tags
    unit = bool({"OccupancyIdentifier", "OccupancyType"} & tags)
    if tags & _UNCLEAR:
        return ""
    if (
        {"AddressNumber", "StreetName"} <= tags
        and not box
        and not cross
        and not re.search(r" (and|&) ", text)
    ):
        if unit:
            return "unit" if "OccupancyType" in tags or "#" in text else ""
        return "" if re.search(r"#|\b(apt|suite|ste|unit|fl|floor|room|rm)\b", text) else "house"
    if unit or box == cross:
        return ""
    return (
        "cross" if cross else "box" if "AddressNumber" not in tags and re.search(r"\bp\.? ?o\b", text) else ""
    )


@area.family(
    "real addresses and names",
    "[sort|classify] the American address: {box} if it is a post office box, {unit} if it is a house with a [suite, apartment or floor|suite, apartment, room or floor] given, {house} if it is a house and no more, {cross} if it is a street corner (two crossing streets)",
    "[Kind|Type] of US address: PO box {box} | street + suite/apt/floor {unit} | street and house number only {house} | intersection {cross}",
    "Our [courier|parcel service] cannot deliver to every address. Mark addresses of a post office box {box}; corners where two streets meet {cross}; street addresses that name a unit inside the building (suite, apartment, floor, room, a number after #) {unit}; street addresses without such a unit {house}.",
    given="an American address",
    corpus="addresses",
    labels=labels(box=("po box", "box"), unit=("unit", "apartment"), house=("house", "street"), cross=("corner", "intersection")),
)  # fmt: skip
def kind_of_a_real_address(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("box", "box", "unit", "unit", "house", "house", "cross"))
    row, kind = _of_kind(draw, "addresses", wanted, _address_kind)
    return row["text"], p.labels[kind]


_NAME_FORMS = {
    "Family, Given": "{s}, {g}", "Given Family": "{g} {s}", "G. Family (just the initial of the given name)": "{i}. {s}", "Family G. (the given name cut to its initial)": "{s} {i}.",
    "Family/Given": "{s}/{g}", "Given_Family": "{g}_{s}", "Given.Family": "{g}.{s}", "Family (Given)": "{s} ({g})", "Family; Given": "{s}; {g}",
}  # fmt: skip


@area.family(
    "real addresses and names",
    "[write|rewrite|put|return] the name [as|in the form] {form}, {case}; middle names, [initials in the middle|middle initials], titles, nicknames and additions such as Jr. are left out. A comma after the first word means that the family name comes first",
    "[Name|Contact|Person] -> {form}, {case}. [Drop|No] middle names, titles, suffixes, nicknames. [With a comma: family name first|'X, Y' = family name X]",
    "My [contact list|address book|customer list] has names in all forms, some with the family name first (then a comma follows it). I [want|need] every one as {form}, {case}. Only the given and the family name are kept: no Dr. or Mrs., no middle names or initials, no nickname in brackets or quotes, no Jr. or MD.",
    given="a name from a contact list",
    difficulty=2,
    corpus="people",
    form=choice(_NAME_FORMS),
    case=choice({"in capital letters": "upper", "all in upper case": "upper", "all in lower case": "lower", "in small letters only": "lower", "in the letter case of the list": "str", "with the capitals as they are": "str"}),
)  # fmt: skip
def real_name_in_one_form(draw: Draw, p: Values) -> Pair:
    turns = corpora.attempts("people")
    while True:
        next(turns)
        row = corpora.row(draw, "people")
        parts = _parts(row)
        given, last = parts.get("GivenName", ""), parts.get("Surname", "")
        tags = [tag for tag, _ in row["tags"]]
        if (
            {"PrefixOther", "SuffixOther"} <= set(tags)
            or "And" in tags
            or not re.fullmatch(r"[A-Za-z]{2,}", given)
            or not re.fullmatch(r"[A-Za-z'-]{2,}", last)
        ):
            continue
        turned = tags.index("Surname") < tags.index("GivenName")
        if turned != ("," in row["text"].split()[0]) or (
            not turned and "MiddleName" in tags and draw.chance(0.4)
        ):
            continue
        form = LETTER_CASES[p.case]
        return row["text"], form(p.form.format(s=last, g=given, i=given[0]))


_ADDED = {
    "title": {"PrefixMarital", "PrefixOther"},
    "generation": {"SuffixGenerational"},
    "degree": {"SuffixOther"},
    "nickname": {"Nickname"},
    "couple": {"And"},
}


def _name_addition(row: dict[str, Any]) -> str:
    tags = {tag for tag, _ in row["tags"]}
    if not {"GivenName", "Surname"} <= tags:
        return ""
    found = [kind for kind, marks in _ADDED.items() if tags & marks]
    if not found:
        return "" if re.search(r"[(\"&]|\band\b", row["text"]) else "plain"
    return found[0] if len(found) == 1 else ""


@area.family(
    "real addresses and names",
    "[tell|say] what the name has besides plain names and initials: {title} for a title in front (Mr, Mrs, Dr ...), {generation} for Jr., Sr. or a Roman numeral, {degree} for letters of a degree or profession (MD, Esq. ...), {nickname} for a nickname in brackets or quotes, {couple} if two people are joined by 'and' or '&', {plain} for nothing of the kind",
    "[Extra|Addition] in a name: title before it {title}; generation (Jr, III) {generation}; degree/profession after it {degree}; nickname {nickname}; two people {couple}; nothing extra {plain}",
    "Before I import contacts I sort out the odd ones. Each name has at most one of these: a form of address or title at its front ({title}), a generation mark like Jr. or III ({generation}), a professional suffix such as M.D. or Esq. ({degree}), a nickname in quotation marks or brackets ({nickname}), or two people in one entry ({couple}). If none of that is there, the answer is {plain}.",
    given="a name from a contact list",
    difficulty=1,
    corpus="people",
    labels=labels(title=("title", "prefix"), generation=("generation", "junior"), degree=("degree", "profession"), nickname=("nickname", "alias"), couple=("couple", "two"), plain=("plain", "nothing extra")),
)  # fmt: skip
def addition_in_a_real_name(draw: Draw, p: Values) -> Pair:
    row, kind = _of_kind(draw, "people", draw.pick((*_ADDED, "plain")), _name_addition)
    return row["text"], p.labels[kind]


_LONG_HEADERS = ("BGL", "HPC", "OpenStack", "Windows")
"""Systems whose lines have more before the message than the spec tells of."""
_LOG_PARTS = {
    "the message at the end, without date, time, level, process numbers and component": "message", "only the text of the message (no date, level, numbers or component before it)": "message",
    "the time of day as HH:MM:SS or as written, without fractions of a second": "time", "the time of day up to the seconds, written as in the line": "time",
    "the name of the component (program or module) that wrote the line, without its process number": "component", "just the component or program that logged it, no number in brackets": "component",
}  # fmt: skip


@area.family(
    "log lines",
    "[extract|get|return|pull out] {part} [from|of] the log line, in {case}; {none} if the line has no such thing. [The lines come from several systems.|Formats differ from line to line.|]",
    "[Log line|A line of a log] ([Spark, Android, macOS, a health app|various systems]) -> {part}; [write it|output] in {case}; not there: {none}",
    "I [collect|merge] logs of [phones, laptops and a cluster|many machines], all in formats of their own (fields divided by blanks or vertical bars). For each line [give|return] {part}, in {case}. [Where it is missing|If a line lacks it], [give|return] {none}.",
    given="a log line",
    difficulty=2,
    corpus="logs",
    part=choice(_LOG_PARTS),
    case=choice({"its original spelling": "str", "the original letter case": "str", "lower case": "lower", "small letters": "lower", "capital letters": "upper", "upper case": "upper"}),
    none=missing(),
)  # fmt: skip
def field_of_a_real_log_line(draw: Draw, p: Values) -> Pair:
    turns = corpora.attempts("logs")
    while True:
        next(turns)
        row = corpora.row(draw, "logs")
        raw, content = row["raw"], row["Content"]
        if (
            row["system"] in _LONG_HEADERS
            or not raw.endswith(content)
            or not 3 < len(content) < 160
            or content != content.strip()
        ):
            continue
        if row["system"] == "Mac" and "([" in raw:
            continue
        time = re.search(r"\b\d{1,2}:\d{1,2}:\d{1,2}", raw)
        if row["Component"] and row["Component"] in raw:
            found = {"message": content, "time": time.group() if time else "", "component": row["Component"]}[
                p.part
            ]
            return raw, LETTER_CASES[p.case](found) or p.none


_LEVELS = {
    "FATAL": "bad",
    "SEVERE": "bad",
    "ERROR": "bad",
    "E": "bad",
    "WARNING": "warn",
    "W": "warn",
    "WARN": "warn",
    "INFO": "fine",
    "I": "fine",
    "Info": "fine",
    "D": "trace",
    "V": "trace",
}


@area.family(
    "log lines",
    "[read|take] the level of the log line: {bad} for error, severe or fatal, {warn} for warning, {fine} for info, {trace} for debug or verbose. [Android writes|On Android the level is] one letter (V, D, I, W, E). Only the level field counts, not the message",
    "Severity by the level field (Android: one letter V/D/I/W/E): ERROR, SEVERE, FATAL = {bad}; WARNING = {warn}; INFO = {fine}; debug, verbose = {trace}. [Ignore words in the message.|The message does not matter.]",
    "Lines of several systems run into my [monitor|dashboard], and I want four levels. Go by the level that the line itself states in its header, never by alarming words in the message: {bad} (ERROR, SEVERE, FATAL or E), {warn} (WARNING or W), {fine} (INFO or I), {trace} (D for debug, V for verbose).",
    given="a log line",
    difficulty=2,
    corpus="logs",
    labels=labels(bad=("error", "critical", "red"), warn=("warning", "warn", "yellow"), fine=("info", "ok", "green"), trace=("debug", "trace", "grey")),
)  # fmt: skip
def severity_of_a_real_log_line(draw: Draw, p: Values) -> Pair:
    row, kind = _of_kind(draw, "logs", draw.pick(("bad", "warn", "fine", "trace")), _level)
    return row["raw"], p.labels[kind]


def _level(row: dict[str, Any]) -> str:
    return _LEVELS.get(row.get("Level") or "", "") if len(row["raw"]) < 400 else ""


def _vocabulary(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", text))


@area.family(
    "log lines",
    "[decide|tell] if the two log messages are the same event: {same} if they differ only in values such as numbers, ids, addresses, paths or file names, {different} if the wording differs",
    "Two log messages: one template, other values = {same}; two templates = {different}",
    "I [group|cluster] log messages into event types. Two messages belong to one type when the program wrote them with the same sentence and merely filled in other values (counts, times, ids, hosts, names of files or packages). [Return|Answer] {same} for one type and {different} for two.",
    given="two log messages",
    difficulty=2,
    corpus="logs",
    labels=labels(same=("same", "yes", "match"), different=("different", "no", "mismatch")),
)
def same_event_in_two_log_messages(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("same", "different"))
    for tries, _ in enumerate(corpora.attempts("logs")):
        first = corpora.row(draw, "logs")
        for _ in range(60):
            second = corpora.row(draw, "logs")
            texts = (first["Content"], second["Content"])
            if first["system"] != second["system"] or texts[0] == texts[1] or max(map(len, texts)) > 250:
                continue
            kind = _likeness(draw, first["EventTemplate"], second["EventTemplate"])
            if kind and (kind == wanted or tries > 100):
                return "\n".join(texts), p.labels[kind]
    raise AssertionError("attempts end in an error")


def _likeness(draw: Draw, first: str, second: str) -> str:
    """Whether two templates are the same or clearly different; "" if neither."""
    a, b = _vocabulary(first), _vocabulary(second)
    if min(len(a), len(b)) < 2:
        return ""
    if first == second:
        return "same"
    alike = len(a & b) / len(a | b)
    return "different" if 0 < alike < 0.4 or (alike == 0 and draw.chance(0.05)) else ""
