"""Format validation: ids and control digits, naming styles, passwords, file names."""

import re

from programasweights.data.oracle.areas.core_text._banks import recased
from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, number, token, yes_no

__all__ = ["area"]

area = Area("Format validation")

_MARKS = {"a hyphen": "-", "a slash": "/", "a dot": ".", "an underscore": "_"}
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def _shapes() -> dict[str, str]:
    made = {}
    for count in (2, 3, 4):
        for said, mark in _MARKS.items():
            for digits in (3, 4, 5, 6):
                start = f"{words.number_word(count)} capital letters, {said} and {words.number_word(digits)} digits"
                pattern = rf"[A-Z]{{{count}}}{re.escape(mark)}\d{{{digits}}}"
                made[start] = pattern
                made[start.replace(" and ", ", ") + " and one small letter"] = pattern + "[a-z]"
                made[
                    f"{words.number_word(digits)} digits, {said} and {words.number_word(count)} capital letters"
                ] = rf"\d{{{digits}}}{re.escape(mark)}[A-Z]{{{count}}}"
    return made


def _matching(draw: Draw, pattern: str) -> str:
    """A text that such a pattern matches."""
    made = ""
    for kind, count, other in re.findall(r"(\[A-Z\]|\\d|\[a-z\])(?:\{(\d)\})?|\\?([-/._])", pattern):
        if other:
            made += other
        else:
            pool = {"[A-Z]": _LETTERS, r"\d": "0123456789", "[a-z]": "abcdefghkmnprstuvwxyz"}[kind]
            made += "".join(draw.pick(pool) for _ in range(int(count or 1)))
    return made


def _spoilt(draw: Draw, text: str) -> str:
    at = draw.randrange(len(text))
    kind = draw.randrange(6)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text.lower() if text.lower() != text else text[1:]
    if kind == 3:
        return re.sub(r"[-/._]", draw.pick(("-", "/", ".", "_", "", " ", ":")), text)
    if kind == 4:
        return text[:at] + draw.pick("XQ7x3") + text[at + 1 :]
    digits = re.search(r"\d+", text)
    letters = re.search(r"[A-Z]+", text)
    if digits and letters:
        return (
            digits[0] + draw.pick("-/._") + letters[0]
            if letters.start() == 0
            else letters[0] + draw.pick("-/._") + digits[0]
        )
    return text + "0"


@area.family(
    "identifiers",
    "[check|say] whether the id consists of {shape}, in this order and nothing else: {yes} or, if not, {no}",
    "{yes} if the id is exactly {shape}; {no} otherwise",
    "Our [part numbers|booking codes|member ids] are made of {shape}, [in this order|one after the other], "
    "without anything before, between or after. [Tell me|Return] {yes} for a correct one, {no} for one that is "
    "[too long, too short or otherwise different|different in any way].",
    given="an id",
    shape=choice(_shapes()),
    labels=yes_no(),
)
def id_of_stated_shape(draw: Draw, p: Values) -> Pair:
    text = _matching(draw, p.shape)
    if draw.chance(0.5):
        text = _spoilt(draw, text)
    return text, p.labels["yes" if re.fullmatch(p.shape, text) else "no"]


@area.family(
    "identifiers",
    "[check|look at] the account number, which must be {prefix} and then exactly {size} digits: {start} if it "
    "does not begin with {prefix}, {sign} if something other than a digit follows, {length} if there are too many "
    "or too few digits, {fine} if it is correct; take the first that applies",
    "Rule: {prefix} + {size} digits. Wrong beginning -> {start}; non-digit after it -> {sign}; only the number of "
    "digits wrong -> {length}; ok -> {fine}. First match counts.",
    "Customers mistype their account number, so [I want|the form should show] the reason. It starts with {prefix} "
    "(capitals matter) and goes on with {size} digits. [Answer|Return|Write] {start} when the start is different; "
    "else {sign} when any character after it is not a digit; else {length} when the count of digits is not "
    "{size}; else {fine}.",
    given="an account number",
    prefix=choice("KD", "AC-", "C", "M/", "DE", "NO.", "X-", "AB", "CUST", "Z#"),
    size=number(4, 7),
    labels=labels(start=("prefix", "start", "wrong start"), sign=("character", "sign", "not a digit"),
        length=("length", "size", "count"), fine=("ok", "valid", "correct")),
)  # fmt: skip
def reason_an_account_number_fails(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("start", "sign", "length", "fine"))
    size = p.size if wanted != "length" else draw.pick((p.size - 1, p.size + 1, p.size + 2, p.size - 2))
    digits = "".join(draw.pick("0123456789") for _ in range(size))
    prefix = p.prefix
    if wanted == "sign":
        at = draw.randrange(1, len(digits))
        digits = (
            digits[:at] + draw.pick((" ", "-", "O", "l", "x", ".", "B")) + digits[at + (draw.chance(0.5)) :]
        )
    elif wanted == "start":
        prefix = draw.pick(
            [
                q
                for q in (p.prefix.lower(), "", "Q", p.prefix[1:], "#", "XY", "T-", "0")
                if not q.startswith(p.prefix)
            ]
        )
    return prefix + digits, p.labels[wanted]


@area.family(
    "identifiers",
    "[bring|normalise] the [part number|article number] to the form {letters} letters in capitals, {mark} and "
    "{width} digits filled up with zeros on the left; spaces, hyphens, dots and underscores in the input do not "
    "matter. {bad} if it has not exactly {letters} letters followed by one to {width} digits",
    "Clean id: strip spaces and . - _; then {letters} letters (upper case) + {mark} + number padded to {width} "
    "digits. Other than {letters} letters then 1 to {width} digits: {bad}",
    "Suppliers write our [part|article] numbers in all ways, like ab 12, AB_012 or a.b-12. Ignore blanks, dots, "
    "hyphens and underscores. There must be {letters} letters and after them at least one and at most {width} "
    "digits; write the letters in capitals, then {mark}, then the number with zeros in front up to {width} "
    "digits. If the input does not fit, write {bad}.",
    given="an article number as typed",
    difficulty=3,
    letters=choice({"two": 2, "three": 3, "2": 2, "3": 3}),
    mark=choice({"a hyphen": "-", "a slash": "/", "a dot": ".", "an underscore": "_", "a colon": ":",
        "a space": " "}),
    width=number(4, 6),
    bad=token("invalid", "INVALID", "error", "ERR", "?", "reject", "unknown", "bad id", "check"),
)  # fmt: skip
def article_number_normalised(draw: Draw, p: Values) -> Pair:
    letters = "".join(draw.pick(_LETTERS) for _ in range(p.letters))
    digits = str(draw.randint(1, 10 ** draw.randint(1, p.width) - 1))
    kind = draw.randrange(8)
    if kind == 0:
        letters += draw.pick(_LETTERS)
    elif kind == 1:
        letters = letters[1:]
    elif kind == 2:
        digits += draw.pick("ABXZ")
    parts = [
        letters if draw.chance(0.5) else letters.lower(),
        digits if draw.chance(0.6) else digits.zfill(min(p.width, len(digits) + 1)),
    ]
    text = draw.pick(("", "-", " ", "_", ".", " - ")).join(parts)
    if draw.chance(0.3):
        text = text[0] + draw.pick((" ", ".", "-")) + text[1:]
    found = re.fullmatch(rf"([A-Z]{{{p.letters}}})(\d{{1,{p.width}}})", re.sub(r"[ ._-]", "", text).upper())
    return text, f"{found[1]}{p.mark}{int(found[2]):0{p.width}}" if found else p.bad


_CONTROLS = {
    "the last digit of the sum of the other digits": "sum",
    "the ones digit of the sum of all digits before it": "sum",
    "the ones digit of the sum of the first two digits": "two",
    "the last digit of the sum of the first and the second digit": "two",
    "the last digit of the product of the first two digits": "product",
    "the difference between the first two digits (larger minus smaller)": "difference",
    "the larger of the first two digits": "larger",
}  # fmt: skip


def _control(digits: str, rule: str) -> int:
    first, second = int(digits[0]), int(digits[1])
    return {
        "sum": sum(map(int, digits)) % 10,
        "two": (first + second) % 10,
        "product": first * second % 10,
        "difference": abs(first - second),
        "larger": max(first, second),
    }[rule]


@area.family(
    "control digits",
    "[check|verify] the code: its last digit must be {rule}. {yes} if that holds, {no} if not",
    "Control digit = {rule}. Right: {yes}, wrong: {no}.",
    "Our [loyalty cards|meter readings|voucher codes] end in a control digit. It has to be {rule}. [Tell "
    "me|Return] {yes} if the code passes this test and {no} if [somebody mistyped it|it fails].",
    given="a code of digits",
    difficulty=3,
    rule=choice(_CONTROLS),
    labels=yes_no(),
)
def control_digit_holds(draw: Draw, p: Values) -> Pair:
    digits = "".join(draw.pick("0123456789") for _ in range(draw.randint(3, 5)))
    control = _control(digits, p.rule)
    right = draw.chance(0.5)
    last = control if right else (control + draw.randint(1, 9)) % 10
    return f"{digits}{last}", p.labels["yes" if right else "no"]


@area.family(
    "control digits",
    "[add|append] a control digit to the number: [write|give] the number, {mark} and then a digit that is {rule}",
    "Number -> number + {mark} + control digit ({rule})",
    "New [vouchers|cards] get a number and a control digit after {mark}. The control digit is {rule}, where the "
    "digits before it are those of the number I give. [Return|Give|Write] the whole code.",
    given="a number",
    difficulty=3,
    mark=choice({"a hyphen": "-", "a slash": "/", "a colon": ":", "a dot": ".", "a space": " ",
        "an underscore": "_", "an equals sign": "=", "the letter C": "C", "a hash sign": "#"}),
    rule=choice(_CONTROLS),
)  # fmt: skip
def control_digit_appended(draw: Draw, p: Values) -> Pair:
    digits = "".join(draw.pick("0123456789") for _ in range(draw.randint(3, 5)))
    return digits, f"{digits}{p.mark}{_control(digits, p.rule)}"


_STYLES = ("snake", "camel", "pascal", "kebab", "upper")


def _styled(parts: list[str], style: str) -> str:
    if style == "snake":
        return "_".join(parts)
    if style == "kebab":
        return "-".join(parts)
    if style == "upper":
        return "_".join(parts).upper()
    joined = "".join(p.capitalize() for p in parts)
    return joined[0].lower() + joined[1:] if style == "camel" else joined


_NAME_WORDS = tuple(
    """user order total price count max min last first item file path name size color page token cache date start
    end row cell index error retry limit client shop stock queue image title status mode owner group label line
    job task api key url base""".split()
)


def _name_parts(draw: Draw, low: int = 2, high: int = 3) -> list[str]:
    return draw.some(_NAME_WORDS, low, high)


@area.family(
    "naming styles",
    "[name|tell] the naming style of the identifier: {snake} for small letters with underscores, {camel} for "
    "words run together with a small first letter and capitals inside, {pascal} for the same with a capital first "
    "letter, {kebab} for small letters with hyphens, {upper} for capitals with underscores",
    "Style of a name: words_like_this = {snake}, wordsLikeThis = {camel}, WordsLikeThis = {pascal}, "
    "words-like-this = {kebab}, WORDS_LIKE_THIS = {upper}",
    "I [lint|review] code bases with mixed conventions. For each identifier give {snake} if its words are in "
    "small letters and divided by underscores, {kebab} if they are in small letters and divided by hyphens, "
    "{upper} if they are in capitals and divided by underscores, {camel} if they are glued together and only "
    "later words begin with a capital, {pascal} if they are glued together and every word begins with a capital.",
    given="an identifier",
    difficulty=1,
    labels=labels(snake=("snake_case", "snake", "lower_snake"), camel=("camelCase", "camel", "lowerCamel"),
        pascal=("PascalCase", "pascal", "UpperCamel"), kebab=("kebab-case", "kebab", "dash-case"),
        upper=("UPPER_SNAKE", "constant", "SCREAMING")),
)  # fmt: skip
def naming_style_named(draw: Draw, p: Values) -> Pair:
    style = draw.pick(_STYLES)
    return _styled(_name_parts(draw, 2, 4), style), p.labels[style]


_STYLE_NAMES = {
    "snake_case": "snake", "small letters with underscores (my_big_name)": "snake", "camelCase": "camel",
    "words run together, small first letter, capitals inside (myBigName)": "camel", "PascalCase": "pascal",
    "words run together, each with a capital (MyBigName)": "pascal", "kebab-case": "kebab",
    "small letters with hyphens (my-big-name)": "kebab",
    "SCREAMING_SNAKE_CASE": "upper", "capitals with underscores (MY_BIG_NAME)": "upper",
}  # fmt: skip


@area.family(
    "naming styles",
    "[rewrite|convert] the name [to|into] this style: {style}; and put the word {word} {side}, in the same style",
    "Name -> {style}, with the extra word {word} {side}",
    "We are [unifying|cleaning up] our variable names, which are now in all styles or still plain words with "
    "spaces. Each becomes {style}; the word {word} is added {side} and treated like the other words.",
    given="a name of a variable or a field",
    style=choice(_STYLE_NAMES),
    word=choice("get", "my", "is", "new", "old", "default", "raw", "web", "sub", "tmp", "app", "data", "info",
        "value"),
    side=choice({"at the front": True, "in first place": True, "at the end": False, "in last place": False}),
)  # fmt: skip
def name_in_another_style(draw: Draw, p: Values) -> Pair:
    parts = _name_parts(draw, 1, 3)
    style = draw.pick((*_STYLES, "plain"))
    text = recased(draw, "=ct", " ".join(parts)) if style == "plain" else _styled(parts, style)
    return text, _styled([p.word, *parts] if p.side else [*parts, p.word], p.style)


@area.family(
    "naming styles",
    "[find|give] the first name in the list that is not written in this style: {style}; [write|answer] {none} if "
    "all of them are",
    "First name that breaks the style rule ({style}), as it stands; none: {none}",
    "Our convention for names is: {style}. I paste the names of [a table|a module]; [tell me|find] the first one "
    "that does not follow it, exactly as written, or {none} if every name is [fine|correct]. All names have two "
    "or more words.",
    given="a list of names",
    style=choice(_STYLE_NAMES),
    none=token("none", "ok", "all fine", "-", "clean", "no offender", "0", "pass", "all good", "nothing"),
)
def first_name_off_style(draw: Draw, p: Values) -> Pair:
    made, first = [], ""
    for _ in range(draw.randint(2, 5)):
        style = p.style if draw.chance(0.7) else draw.pick([s for s in _STYLES if s != p.style])
        made.append(_styled(_name_parts(draw), style))
        if style != p.style and not first:
            first = made[-1]
    return draw.pick((", ", "\n", " ", "; ")).join(made), first or p.none
