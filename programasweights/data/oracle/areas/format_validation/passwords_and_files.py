"""Format validation: passwords and file names."""

import re

from programasweights.data.oracle.areas.core_text._banks import recased
from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number, yes_no

__all__ = ["area"]

area = Area("Format validation")


_PASS_WORDS = tuple(
    """tiger sunny hello coffee planet winter dragon monkey purple garden rocket silver cookie summer orange castle
""".split()
)


def _password(draw: Draw) -> str:
    text = draw.pick(_PASS_WORDS)
    text = recased(draw, "=cuc", text)
    if draw.chance(0.6):
        text += draw.pick(("_", "-", "!", "#", "", "", "")) + draw.pick(_PASS_WORDS)
    if draw.chance(0.65):
        text += str(draw.randint(1, 2030))
    return text + draw.pick(("", "", "", "!", "?", "$", "*"))


@area.family(
    "passwords",
    "[check|test] the password: {length} if it has fewer than {size} characters, [else|otherwise] {digit} if it "
    "has no digit, else {capital} if it has no capital letter, [else|otherwise] {fine}",
    "Password rules in this order: at least {size} characters (else {length}), a digit (else {digit}), a capital "
    "letter (else {capital}). All kept: {fine}.",
    "Our sign-up page wants passwords of {size} or more characters with [one digit and one capital letter|a digit "
    "and a capital] at least. Show the first rule that is broken: {length} for too short, {digit} for no digit, "
    "{capital} for no capital letter, in this order, and {fine} if none is.",
    given="a password",
    difficulty=3,
    size=number(6, 9),
    labels=labels(length=("too short", "length", "short"), digit=("no digit", "digit", "number missing"),
        capital=("no capital", "capital", "uppercase"), fine=("ok", "accepted", "strong")),
)  # fmt: skip
def first_broken_password_rule(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("length", "digit", "capital", "fine"))
    while True:
        text = _password(draw)
        if wanted == "length" and draw.chance(0.7):
            text = text[: p.size - draw.randint(1, 3)]
        broken = (
            "length"
            if len(text) < p.size
            else "digit"
            if not re.search(r"\d", text)
            else "capital"
            if not re.search("[A-Z]", text)
            else "fine"
        )
        if broken == wanted:
            return text, p.labels[wanted]


_PASS_RULES = {
    "a digit and a capital letter": r"(?=.*\d)(?=.*[A-Z])",
    "a digit and a sign that is neither letter nor digit": r"(?=.*\d)(?=.*[^A-Za-z0-9])",
    "a capital letter and a small letter": r"(?=.*[A-Z])(?=.*[a-z])", "two or more digits": r"(?=.*\d.*\d)",
    "a small letter and a digit": r"(?=.*[a-z])(?=.*\d)",
    "a sign that is neither letter nor digit": r"(?=.*[^A-Za-z0-9])",
    "a digit or a sign that is no letter": r"(?=.*[^A-Za-z])",
}  # fmt: skip


@area.family(
    "passwords",
    "[decide|say] whether the password may be used: {yes} if it contains {rule} and does not contain {banned} in "
    "any letter case, [otherwise|else|if not] {no}",
    "{yes}: password with {rule}, without {banned} in it (any case). {no}: all others.",
    "For our [intranet|member area] a password must have {rule}, and {banned} must not occur in it, capitals or "
    "not. [Tell me|Answer] {yes} if both hold, {no} if one fails.",
    given="a password",
    rule=choice(_PASS_RULES),
    banned=choice({f'"{w}"': w for w in _PASS_WORDS}),
    labels=yes_no(),
)
def password_may_be_used(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    while True:
        text = _password(draw)
        if not wanted and draw.chance(0.4):
            text = re.sub("|".join(_PASS_WORDS), p.banned, text, count=1, flags=re.IGNORECASE)
            text = recased(draw, "=c", text)
        if (bool(re.match(p.rule, text)) and p.banned not in text.lower()) == wanted:
            return text, p.labels["yes" if wanted else "no"]


_DOCS = (
    "report",
    "invoice",
    "minutes",
    "holiday photo",
    "price list",
    "contract",
    "CV",
    "floor plan",
    "budget",
    "meeting notes",
    "scan",
    "logo",
    "menu",
    "draft",
    "letter to {n}",
    "{n} offer",
    "tax form",
    "class list",
    "map of {c}",
)
_EXTENSIONS = ("pdf", "docx", "png", "jpg", "txt", "csv", "xlsx", "zip", "html", "md", "mp3")


def _document(draw: Draw) -> str:
    base = draw.pick(_DOCS).format(
        n=draw.pick(("Anna", "Tom", "Maria", "Lee", "Omar")), c=draw.pick(words.KINDS["capital"])
    )
    return base + draw.pick(
        (
            "",
            "",
            f" {draw.randint(2, 2026)}",
            f" v{draw.randint(1, 9)}",
            f" ({draw.randint(1, 9)})",
            " final",
            " - copy",
            " & notes",
        )
    )


@area.family(
    "file names",
    "[check|say] whether the file may be uploaded: {yes} if its name has only small letters, digits, hyphens and "
    "underscores before the ending and the ending is {first} or {second} [in small letters|in lower case], "
    "[otherwise|else|if not] {no}",
    "Upload ok? Base name of a-z 0-9 - _ only, extension {first} or {second} (lower case): {yes}; anything else: "
    "{no}",
    "Our [server|archive] is picky: apart from the ending, file names may hold small letters, digits, hyphens and "
    "underscores and nothing else (no spaces, no capitals, no further dots), and they must end in {first} or "
    "{second}, not in capitals. [Return|Answer] {yes} if a name is allowed, {no} if it is not.",
    given="a file name",
    first=choice(*("." + e for e in _EXTENSIONS[:5])),
    second=choice(*("." + e for e in _EXTENSIONS[5:])),
    labels=yes_no(),
)
def file_name_allowed(draw: Draw, p: Values) -> Pair:
    base = re.sub(r"[^a-z0-9]+", draw.pick("-_"), _document(draw).lower()).strip("-_")
    ending = draw.pick((p.first, p.second))
    if draw.chance(0.5):
        kind = draw.randrange(5)
        if kind == 0:
            ending = "." + draw.pick([e for e in _EXTENSIONS if "." + e not in (p.first, p.second)])
        elif kind == 1:
            base = base.capitalize()
        elif kind == 2:
            base = base.replace("-", " ").replace("_", " ") + draw.pick((" (1)", " 2", " copy"))
        elif kind == 3:
            base += draw.pick((".v2", ".old", "+", "&co", "!", "#1"))
        else:
            ending = ending.upper()
    text = base + ending
    ok = re.fullmatch(r"[a-z0-9_-]+", base) and ending in (p.first, p.second)
    return text, p.labels["yes" if ok else "no"]


@area.family(
    "file names",
    "[make|turn] the title into a safe file name: {case}, every run of characters other than letters and digits "
    "becomes one {mark}, none [at the beginning|at the start] or end, [and then|finally] {ending}",
    "Title -> file name: {case}; non-alphanumeric runs -> one {mark} (not at the ends); then {ending}",
    "Documents are saved under their titles. [Build|Make] a name without odd characters: {case}; wherever there "
    "are spaces, brackets, commas or other signs (one or several in a row) put a single {mark}, but not at the "
    "start or end; then add {ending}.",
    given="the title of a document",
    case=choice({"all in small letters": 0, "lower case throughout": 0, "letter case as it is": 1,
        "capitals unchanged": 1, "all in capitals": 2}),
    mark=choice({"hyphen": "-", "underscore": "_", "dot": ".", "plus sign": "+", "tilde": "~"}),
    ending=choice(*("." + e for e in _EXTENSIONS)),
)  # fmt: skip
def title_into_file_name(draw: Draw, p: Values) -> Pair:
    text = _document(draw)
    text = recased(draw, "=ct", text)
    if draw.chance(0.5):
        text += draw.pick((": {}", " ({})", ", {}", " / {}", " - {}!", " [{}]")).format(
            draw.pick(("first draft", names.product(draw), words.noun(draw), "do not print", "May 2024"))
        )
    made = re.sub(r"[^A-Za-z0-9]+", p.mark, text).strip(p.mark)
    return text, (made.lower(), made, made.upper())[p.case] + p.ending
