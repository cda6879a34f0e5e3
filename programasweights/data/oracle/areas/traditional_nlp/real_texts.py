"""Traditional NLP: real American addresses, real names as people type them, and real log lines."""

import re
from typing import Any

from programasweights.data.oracle.banks import corpora
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("Traditional NLP")

_STATES = frozenset("""al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn
tx ut vt va wa wv wi wy dc""".split())


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


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).lower()


_CHECKS = {"AddressNumber": r"\d+", "ZipCode": r"\d{5}(-\d{4})?", "StateName": r"[A-Za-z]{2}", "PlaceName": r"[A-Za-z .'-]+"}
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
        if not {"AddressNumber", "StreetName"} <= parts.keys() or {"AddressNumberSuffix", "AddressNumberPrefix", "NotAddress", "BuildingName", "Recipient"} & parts.keys():
            continue
        found = parts.get(part, "")
        if found and there and re.fullmatch(_CHECKS[part], found) and (part != "StateName" or found.lower() in _STATES):
            return row["text"], found
        if part == "AddressNumber":
            continue
        looks = any(re.fullmatch(r"\d{5}(\d{4})?", t) for t in tokens[1:]) if part == "ZipCode" else any(t in _STATES for t in tokens) if part == "StateName" else "ZipCode" in parts or "StateName" in parts
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
    return text, {"str": str, "upper": str.upper, "lower": str.lower}[p.case](found) or p.none


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
    kind = draw.pick(("box", "box", "unit", "unit", "house", "house", "cross"))
    turns = corpora.attempts("addresses")
    while True:
        next(turns)
        row = corpora.row(draw, "addresses")
        tags = {tag for tag, _ in row["tags"]}
        box, cross = "USPSBoxID" in tags, "IntersectionSeparator" in tags
        unit = bool({"OccupancyIdentifier", "OccupancyType"} & tags)
        if {"SubaddressType", "SubaddressIdentifier", "BuildingName", "Recipient", "LandmarkName", "NotAddress", "USPSBoxGroupID", "AddressNumberSuffix"} & tags:
            continue
        boxed = box and "AddressNumber" not in tags and re.search(r"\bp\.? ?o\b", row["text"], re.IGNORECASE)
        street = {"AddressNumber", "StreetName"} <= tags and not box and not cross and not re.search(r" (and|&) ", row["text"], re.IGNORECASE)
        plain = street and not unit and not re.search(r"#|\b(apt|suite|ste|unit|fl|floor|room|rm)\b", row["text"], re.IGNORECASE)
        named = "OccupancyType" in tags or "#" in row["text"]
        if {"box": boxed and not unit, "unit": street and unit and named, "house": plain, "cross": cross and not unit and not box}[kind]:
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
        if {"PrefixOther", "SuffixOther"} <= set(tags) or "And" in tags or not re.fullmatch(r"[A-Za-z]{2,}", given) or not re.fullmatch(r"[A-Za-z'-]{2,}", last):
            continue
        turned = tags.index("Surname") < tags.index("GivenName")
        if turned != ("," in row["text"].split()[0]) or (not turned and "MiddleName" in tags and draw.chance(0.4)):
            continue
        form = {"upper": str.upper, "lower": str.lower, "str": str}[p.case]
        return row["text"], form(p.form.format(s=last, g=given, i=given[0]))


_ADDED = {"title": {"PrefixMarital", "PrefixOther"}, "generation": {"SuffixGenerational"}, "degree": {"SuffixOther"}, "nickname": {"Nickname"}, "couple": {"And"}}


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
    kind = draw.pick((*_ADDED, "plain"))
    special = set().union(*_ADDED.values())
    turns = corpora.attempts("people")
    while True:
        next(turns)
        row = corpora.row(draw, "people")
        tags = {tag for tag, _ in row["tags"]}
        if not {"GivenName", "Surname"} <= tags:
            continue
        if (tags & special and tags & special <= _ADDED.get(kind, set())) or (kind == "plain" and not tags & special and not re.search(r"[(\"&]|\band\b", row["text"])):
            return row["text"], p.labels[kind]


_LOGS = {"Spark": 6, "HealthApp": 4, "Android": 6, "Mac": 5}
_LOG_PARTS = {
    "the message at the end, without date, time, level, process numbers and component": "message", "only the text of the message (no date, level, numbers or component before it)": "message",
    "the time of day as HH:MM:SS or as written, without fractions of a second": "time", "the time of day up to the seconds, written as in the line": "time",
    "the name of the component (program or module) that wrote the line, without its process number": "component", "just the component or program that logged it, no number in brackets": "component",
}  # fmt: skip


@area.family(
    "log lines",
    "[extract|get|return|pull out] {part} [from|of] the log line, in {case}. [The lines come from several systems.|Formats differ from line to line.|]",
    "[Log line|A line of a log] ([Spark, Android, macOS, a health app|various systems]) -> {part}; [write it|output] in {case}",
    "I [collect|merge] logs of [phones, laptops and a cluster|many machines], all in formats of their own (fields divided by blanks or vertical bars). For each line [give|return] {part}, in {case}.",
    given="a log line",
    difficulty=2,
    corpus="logs",
    part=choice(_LOG_PARTS),
    case=choice({"its original spelling": "str", "the original letter case": "str", "lower case": "lower", "small letters": "lower", "capital letters": "upper", "upper case": "upper"}),
)  # fmt: skip
def field_of_a_real_log_line(draw: Draw, p: Values) -> Pair:
    turns = corpora.attempts("logs")
    while True:
        next(turns)
        row = corpora.row(draw, "logs")
        raw, content = row["raw"], row["Content"]
        if row["system"] not in _LOGS or not raw.endswith(content) or not 3 < len(content) < 160 or content != content.strip():
            continue
        if row["system"] == "Mac" and "([" in raw:
            continue
        time = re.search(r"\b\d{1,2}:\d{1,2}:\d{1,2}", raw)
        if time and row["Component"] and row["Component"] in raw:
            found = {"message": content, "time": time.group(), "component": row["Component"]}[p.part]
            return raw, {"str": str, "lower": str.lower, "upper": str.upper}[p.case](found)


_LEVELS = {"FATAL": "bad", "SEVERE": "bad", "ERROR": "bad", "E": "bad", "WARNING": "warn", "W": "warn", "WARN": "warn", "INFO": "fine", "I": "fine", "Info": "fine", "D": "trace", "V": "trace"}


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
    kind = draw.pick(("bad", "warn", "fine", "trace"))
    turns = corpora.attempts("logs")
    while True:
        next(turns)
        row = corpora.row(draw, "logs")
        if _LEVELS.get(row.get("Level") or "") == kind and len(row["raw"]) < 400 and (kind != "fine" or draw.chance(0.3) or row["system"] in ("BGL", "Android")):
            return row["raw"], p.labels[kind]


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
    kind = draw.pick(("same", "different"))
    turns = corpora.attempts("logs")
    while True:
        next(turns)
        first = corpora.row(draw, "logs")
        for _ in range(60):
            second = corpora.row(draw, "logs")
            texts = (first["Content"], second["Content"])
            if first["system"] != second["system"] or texts[0] == texts[1] or max(map(len, texts)) > 250:
                continue
            a, b = _vocabulary(first["EventTemplate"]), _vocabulary(second["EventTemplate"])
            alike = len(a & b) / max(1, len(a | b))
            if kind == "different" and min(len(a), len(b)) > 1 and (0 < alike < 0.4 or (alike == 0 and draw.chance(0.05))):
                return "\n".join(texts), p.labels[kind]
            if kind == "same" and len(a) > 1 and first["EventTemplate"] == second["EventTemplate"]:
                return "\n".join(texts), p.labels[kind]
