"""Format validation: settings lines, number fields."""

import re

from programasweights.data.oracle.areas.core_text._banks import recased
from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator, token, yes_no

__all__ = ["area"]

area = Area("Format validation")

_SETTINGS = (
    "timeout", "port", "host", "retries", "debug", "theme", "language", "log_level", "max_users", "cache_size",
    "color", "autosave", "volume", "font", "proxy", "user", "path", "interval",
)  # fmt: skip


_VALUES = {
    "debug": "true false on off", "autosave": "true false on off",
    "host": "localhost example.org 10.0.0.7 db.local", "theme": "dark light blue classic",
    "language": "en de fr es nl", "log_level": "info warn error debug", "color": "red green black",
    "font": "Arial Verdana Courier Georgia", "proxy": "none proxy.local 10.1.1.2", "user": "admin guest anna root",
    "path": "/var/tmp /home/anna ./data /opt/app", "start_page": "/home /news index.html",
    "api_key": "a81f9c k-2201 test", "line_width": "80 100 120", "font_size": "10 11 12 14",
}  # fmt: skip


def _setting(draw: Draw, key: str) -> str:
    if key in _VALUES:
        return draw.pick(_VALUES[key].split())
    return str(draw.pick((draw.randint(1, 60), draw.randrange(100, 9000, 100))))


@area.family(
    "settings",
    "[find|give the number of] the first line that is wrong: a good line is {shape} with a name of small letters "
    "and underscores and a value that is not empty; lines that begin with {mark} and empty lines are fine too. "
    "Count all lines from 1; {none} if no line is wrong",
    "Config check: every line must be {shape} (name: a-z and _, value not empty), blank, or start with {mark}. "
    "Number of the first bad line (all lines count, from 1), else {none}.",
    "My [tool|game] reads a settings file. Each line is {shape}, where the name has just small letters and "
    "underscores and the value is at least one character; there may also be empty lines, and comments that start "
    "with {mark}. Tell me the number of the first line that breaks this, counting every line from 1, or {none}.",
    given="a settings file",
    difficulty=3,
    shape=choice({"name=value": "=", "name = value (one space on both sides)": " = ",
        "name: value (a space after the colon)": ": ", "name:value without spaces": ":",
        "name -> value (with spaces around the arrow)": " -> "}),
    mark=choice("#", ";", "//", "--", "%"),
    none=token("none", "ok", "-", "0", "valid", "clean", "no error", "pass"),
)  # fmt: skip
def first_bad_settings_line(draw: Draw, p: Values) -> Pair:
    lines = []
    for key in draw.some(_SETTINGS, 3, 6):
        if draw.chance(0.2):
            lines.append(draw.pick((f"{p.mark} {words.noun(draw)} settings", "", f"{p.mark}{key}")))
        lines.append(f"{key}{p.shape}{_setting(draw, key)}")
    if draw.chance(0.8):
        for at in draw.some(range(len(lines)), 1, 2):
            key = draw.pick(_SETTINGS)
            value = _setting(draw, key)
            other = draw.pick([m for m in ("#", "!", "*", "--", "//") if not m.startswith(p.mark)])
            lines[at] = draw.pick(
                (
                    key,
                    f"{key.upper()}{p.shape}{value}",
                    f"{key}{p.shape}".rstrip(),
                    f"{p.shape.lstrip()}{value}",
                    f"{other} {words.noun(draw)}",
                    f"{key} {value}",
                    f"{key}2{p.shape}{value}",
                )
            )
    good = re.compile(rf"[a-z_]+{re.escape(p.shape)}\S.*|{re.escape(p.mark)}.*|")
    bad = [k for k, line in enumerate(lines, 1) if not good.fullmatch(line)]
    return "\n".join(lines), str(bad[0]) if bad else p.none


_ALLOWED = {
    "timeout, port, host, debug": "timeout port host debug",
    "theme, language, font, color": "theme language font color", "user, path, proxy, port": "user path proxy port",
    "volume, autosave, theme, language": "volume autosave theme language",
    "retries, interval, timeout, log_level": "retries interval timeout log_level",
    "host, user, max_users, cache_size": "host user max_users cache_size",
    "debug, log_level, path, interval": "debug log_level path interval",
    "font, color, volume, autosave": "font color volume autosave",
}  # fmt: skip
_NEAR = {
    "timeout": "time_out",
    "port": "ports",
    "host": "hots",
    "debug": "debugg",
    "theme": "theem",
    "language": "langauge",
    "font": "fonts",
    "color": "colour",
    "user": "usr",
    "path": "pth",
    "proxy": "proxi",
    "volume": "volum",
    "autosave": "auto_save",
    "retries": "retry",
    "interval": "intervall",
    "log_level": "loglevel",
    "max_users": "maxusers",
    "cache_size": "cachesize",
}


@area.family(
    "settings",
    "[list|name] the settings that are unknown, [in their order|in the same order], [separated by|divided by] "
    "{separator}; known are {known}, spelled exactly so. {none} if all are known",
    "Allowed keys: {known} (exact spelling). [Return|Give|Write] the keys that are not allowed, [joined "
    "with|joined by|put together with] {separator}, or {none}.",
    "Typing errors in our config go unnoticed. The only settings that exist are {known}. Give me the names of all "
    "others that occur, misspelled ones included, in the order of the file, [with|using] {separator} between "
    "them; {none} if there is nothing strange.",
    given="some settings",
    known=choice(_ALLOWED),
    separator=separator(),
    none=missing("all known", "ok"),
)
def unknown_settings_listed(draw: Draw, p: Values) -> Pair:
    known = p.known.split()
    keys = draw.some(known, 1, 4)
    for _ in range(draw.randint(0, 2)):
        new = draw.pick((_NEAR[draw.pick(known)], draw.pick([s for s in _SETTINGS if s not in known])))
        if new not in keys:
            keys.insert(draw.randrange(len(keys) + 1), new)
    joint = draw.pick(("=", " = ", ": "))
    text = draw.pick(("\n", "\n", "; ", ", ")).join(f"{k}{joint}{_setting(draw, k)}" for k in keys)
    return text, p.separator.join(k for k in keys if k not in known) or p.none


@area.family(
    "settings",
    "[bring|rewrite] the settings line into the form {shape}: the name [in small letters|in lower case] with "
    "underscores for spaces and hyphens, the value without surrounding quotes, {comment}; {bad} if the line has "
    "no name, no value, or neither = nor :",
    "Setting -> {shape}. name: lower case, spaces and hyphens -> _; value: quotes around it removed; {comment}. "
    "No = or :, or an empty side: {bad}.",
    "People write settings [such as|like] Max-Users : \"20\" or Font Size=12. [I need|We need] {shape}, the name "
    "lower case with an underscore for each space or hyphen, and the value freed from quotes; {comment}. The "
    "first = or : divides name and value. Where it is missing, or one side is empty, write {bad}.",
    given="a settings line",
    difficulty=3,
    shape=choice({"name=value": "{}={}", "name: value": "{}: {}", "name = value": "{} = {}", "name:value": "{}:{}",
        "--name=value": "--{}={}", "set name value": "set {} {}", "name -> value": "{} -> {}"}),
    comment=choice({"a comment from # on is dropped": False, "anything from a # on is left out": False,
        "a comment from # on is kept, after two spaces": True,
        "a comment that begins with # stays, two spaces before it": True}),
    bad=token("invalid", "INVALID", "error", "ERR", "?", "skip", "null", "bad line", "-", "n/a"),
)  # fmt: skip
def settings_line_tidied(draw: Draw, p: Values) -> Pair:
    key = draw.pick((*_SETTINGS, "font_size", "line_width", "api_key", "start_page"))
    value = _setting(draw, key)
    name = recased(draw, "==ut", key.replace("_", draw.pick(("_", "-", " "))))
    shown = draw.pick(("{}", "{}", '"{}"', "'{}'")).format(value)
    kind = draw.randrange(7)
    comment = draw.pick(("# default", "# do not touch", "# " + words.noun(draw))) if draw.chance(0.3) else ""
    joint = draw.pick(("=", " = ", ":", ": ", " : "))
    if kind == 0:
        line = draw.pick(
            (f"{name} {shown}", f"{name}{joint}", f"{joint.lstrip()}{shown}", name, f"{name} -> {shown}")
        )
        return line, p.bad
    made = p.shape.format(key, value)
    line = f"{draw.pick(('', '', '  '))}{name}{joint}{shown}"
    if comment:
        line += draw.pick((" ", "   ")) + comment
        made += f"  {comment}" if p.comment else ""
    return line, made


@area.family(
    "number fields",
    "[check|test] the field, which must be a whole number from {low} to {high}: {right} if it is, {outside} if it "
    "is a whole number but smaller or larger, {other} if it is not a whole number in digits. [A minus sign is "
    "allowed|A minus in front is fine], spaces at the ends do not count",
    "Integer from {low} to {high}? In range -> {right}; integer outside -> {outside}; anything else (text, "
    "decimals, empty) -> {other}. Minus sign allowed, trim spaces.",
    "Our form asks for a whole number between {low} and {high}, both included. [Return|Give|Write] {right} for a "
    "good entry, {outside} for a whole number (perhaps with a minus sign) that is too small or too large, {other} "
    "for all that is no whole number in digits, [such as words, decimals or units|for example number words, "
    "decimals or numbers with a unit].",
    given="a number field",
    low=number(2, 12),
    high=number(40, 120, 5),
    labels=labels(right=("ok", "valid", "in range"), outside=("range", "out of range", "outside"), other=("type",
        "not a number", "NaN")),
)  # fmt: skip
def whole_number_within_limits(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("right", "outside", "other"))
    if wanted == "right":
        text = str(draw.pick((draw.randint(p.low, p.high), draw.randint(p.low, p.high), p.low, p.high)))
    elif wanted == "outside":
        text = str(
            draw.pick(
                (
                    p.low - 1,
                    p.high + 1,
                    draw.randint(p.high + 1, 999),
                    draw.randint(0, p.low - 1),
                    -draw.randint(1, 99),
                    p.high + draw.randint(1, 20),
                )
            )
        )
    else:
        value = draw.randint(p.low, p.high)
        text = draw.pick(
            (
                f"{value}.5",
                words.number_word(value),
                f"{value} kg",
                f"{value},0",
                "",
                "abc",
                f"{value}x",
                f"about {value}",
                "n/a",
                f"{value}-{value + 2}",
                f"#{value}",
                f"{value}%",
                "many",
                f"{value} {value}",
            )
        )
    return draw.pick(("{}", "{}", "{}", " {}", "{} ")).format(text), p.labels[wanted]


_AMOUNTS = {
    "1,234.56 (commas for thousands, a point, two decimals)": (",", "."),
    "1.234,56 (points for thousands, a comma, two decimals)": (".", ","),
    "1 234,56 (spaces for thousands, a comma, two decimals)": (" ", ","),
    "1234.56 (no thousands mark, a point, two decimals)": ("", "."),
    "1234,56 (no thousands mark, a comma, two decimals)": ("", ","),
    "1'234.56 (apostrophes for thousands, a point, two decimals)": ("'", "."),
}  # fmt: skip


def _amount(cents: int, marks: tuple[str, str]) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", marks[0]) + f"{marks[1]}{rest:02}"


@area.family(
    "number fields",
    "[check|say] whether the amount is written exactly like {form}: {yes} or, if not, {no}. [Amounts under 1000 "
    "need no thousands mark|Below 1000 there is no thousands mark]",
    "Amount notation must be {form}; below 1000 no thousands mark. Fits: {yes}, else {no}.",
    "Our [bank export|bookkeeping] expects amounts like {form}, of any size from 0.01 on; smaller ones than 1000 "
    "simply have no thousands mark. [Tell me|Return] {yes} if an amount has that notation throughout, {no} if a "
    "mark is another one, stands in the wrong place or is missing, or if the decimals are not two.",
    given="an amount of money",
    form=choice(_AMOUNTS),
    labels=yes_no(),
)
def amount_in_stated_notation(draw: Draw, p: Values) -> Pair:
    cents = draw.pick(
        (
            draw.randint(1, 99_999),
            draw.randint(100_000, 9_999_999),
            draw.randint(100_000, 9_999_999),
            draw.randint(10**8, 10**9),
        )
    )
    text = _amount(cents, p.form)
    if draw.chance(0.5):
        kind = draw.randrange(4)
        if kind == 0:
            text = _amount(cents, draw.pick([m for m in _AMOUNTS.values() if m != p.form]))
        elif kind == 1:
            text = text[:-1] if draw.chance(0.6) else text + str(draw.randint(0, 9))
        elif kind == 2:
            text = text[:-3]
        else:
            text = _amount(draw.randint(100_000, 9_999_999), p.form)
            text = (
                text[0] + draw.pick((",", ".", " ", "'")) + text[1:]
                if p.form[0] == ""
                else text.replace(p.form[0], "", 1)
                if draw.chance(0.6)
                else text[:2] + p.form[0] + text[2:].replace(p.form[0], "", 1)
            )
    groups = rf"\d{{1,3}}({re.escape(p.form[0])}\d{{3}})*" if p.form[0] else r"\d+"
    right = re.fullmatch(rf"{groups}{re.escape(p.form[1])}\d\d", text)
    return text, p.labels["yes" if right else "no"]


@area.family(
    "number fields",
    "[bring|convert] the whole number to plain digits: no {gaps}, no plus sign, no zeros in front, a minus stays, "
    "and put {mark} after it; {bad} if anything else is in it",
    "Integer cleanup: remove {gaps}, leading + and leading zeros, keep -; append {mark}. Other characters "
    "present: {bad}.",
    "A column of counts was filled in by hand. [I want|I would like|We want] the bare digits (with the minus, if "
    "there is one) and {mark} right after them. Inside the number {gaps} are harmless, as are a plus sign and "
    "zeros at the front; they go away; with any other sign or letter in it the entry becomes {bad}. Zero itself "
    "is 0.",
    given="a count as typed",
    gaps=choice({"spaces or commas": " ,", "spaces or apostrophes": " '", "commas or apostrophes": ",'",
        "spaces or points": " .", "underscores or spaces": "_ "}),
    mark=token("#", ";", "|", "!", "*", "=", "~", "/"),
    bad=token("invalid", "INVALID", "error", "ERR", "?", "not a number", "null", "bad", "-", "n/a"),
)  # fmt: skip
def whole_number_in_plain_digits(draw: Draw, p: Values) -> Pair:
    value = draw.pick((draw.randint(0, 99), draw.randint(1000, 99_999), draw.randint(10_000, 9_999_999)))
    gap = draw.pick(p.gaps) if draw.chance(0.75) else draw.pick(",.'_ ")
    text = f"{value:,}".replace(",", gap) if draw.chance(0.8) else str(value)
    text = draw.pick(("", "", "", "+", "-" if value else "", "0", "00")) + text
    if draw.chance(0.15):
        text = draw.pick(
            (
                text + "x",
                "ca. " + text,
                text + "%",
                text.replace("0", "O", 1) if "0" in text else text + "k",
                text + "k",
                "~" + text,
            )
        )
    bare = re.sub(f"[{re.escape(p.gaps)}]", "", text)
    if not re.fullmatch(r"[+-]?\d+", bare):
        return text, p.bad
    return text, f"{int(bare)}{p.mark}"
