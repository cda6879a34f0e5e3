"""Parameters of a family: what a spec says of them, and what that means.

A parameter first draws what is *said* (the text of its slots in a phrasing); its *value* is always read from
what is said. So a spec that shows every slot determines the values, and the checks can read them back.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from programasweights.data.oracle.draw import Draw

__all__ = ["Param", "choice", "labels", "missing", "number", "separator", "token", "yes_no"]

_QUOTES = ('"{}"', "'{}'", "`{}`", "{}", "{}")
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


class Param(ABC):
    """One parameter of a family."""

    count: int
    """About how many values it has."""

    def slots(self, name: str) -> tuple[str, ...]:
        """Names of the slots that a parameter called `name` fills."""
        return (name,)

    @abstractmethod
    def say(self, draw: Draw, name: str, quote: str) -> dict[str, str]:
        """Text for each slot; `quote` is the spec's way to quote literal text, with {} for the text."""

    @abstractmethod
    def pattern(self, slot: str) -> str:
        """A regular expression for all that a slot may say; without groups that capture."""

    @abstractmethod
    def read(self, said: Mapping[str, str], name: str) -> Any:
        """The value that the text of the slots stands for; KeyError or ValueError if it stands for none."""


class _Choice(Param):
    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)
        self._said = list(values)
        self.count = len({repr(v) for v in values.values()})

    def say(self, draw: Draw, name: str, quote: str) -> dict[str, str]:
        return {name: draw.pick(self._said)}

    def pattern(self, slot: str) -> str:
        return _either(self._said)

    def read(self, said: Mapping[str, str], name: str) -> Any:
        return self._values[said[name]]


class _Number(Param):
    def __init__(self, options: Sequence[int]) -> None:
        self._options = options
        self.count = len(options)

    def say(self, draw: Draw, name: str, quote: str) -> dict[str, str]:
        value = draw.pick(self._options)
        return {name: _WORDS[value] if 1 < value < len(_WORDS) and draw.chance(0.4) else str(value)}

    def pattern(self, slot: str) -> str:
        return r"-?\d+|" + _either(_WORDS)

    def read(self, said: Mapping[str, str], name: str) -> int:
        text = said[name]
        return _WORDS.index(text) if text in _WORDS else int(text)


class _Token(Param):
    def __init__(self, options: Sequence[str]) -> None:
        self._options = options
        self.count = len(options)

    def say(self, draw: Draw, name: str, quote: str) -> dict[str, str]:
        return {name: _quoted(draw.pick(self._options), quote)}

    def pattern(self, slot: str) -> str:
        return _either([quote.format(option) for option in self._options for quote in _QUOTES])

    def read(self, said: Mapping[str, str], name: str) -> str:
        return _unquoted(said[name])


class _Labels(Param):
    def __init__(self, known: Mapping[str, Sequence[str]], others: int) -> None:
        self._known = known
        self.count = others

    def slots(self, name: str) -> tuple[str, ...]:
        return tuple(self._known)

    def say(self, draw: Draw, name: str, quote: str) -> dict[str, str]:
        shown = _label_texts(draw, self._known)
        return {key: _quoted(text, quote) for key, text in zip(self._known, shown, strict=True)}

    def pattern(self, slot: str) -> str:
        return f"""(?i:{_either(self._known[slot])})|"[^"\n]+"|'[^'\n]+'|`[^`\n]+`|\\w+(?: \\d+)?"""

    def read(self, said: Mapping[str, str], name: str) -> dict[str, str]:
        return {key: _unquoted(said[key]) for key in self._known}


def choice(*values: Any, **more: Any) -> Param:
    """One of several values. `choice("a", "b")` says the value itself; `choice({"said": value})` maps.

    Several phrasings may stand for one value. What is said appears in the spec as it is.
    """
    assert not more
    if len(values) == 1 and isinstance(values[0], Mapping):
        return _Choice(values[0])
    return _Choice({str(v): v for v in values})


def number(low: int, high: int, step: int = 1) -> Param:
    """A whole number from `low` to `high`, said in digits or, up to twelve, as a word."""
    return _Number(range(low, high + 1, step))


def token(*options: str) -> Param:
    """Literal text that the output holds, such as `[EMAIL]`; quoted in some specs. None may be empty."""
    assert all(options)
    return _Token(options)


def missing(*more: str) -> Param:
    """Literal text to answer when there is nothing to answer, such as `none`; `more` adds options."""
    return _Token(
        ("none", "None", "N/A", "n/a", "NONE", "-", "nothing", "null", "not found", "NOT FOUND", "missing",
         "no match", "[]", "(none)", "empty", "0 results", "n.a.", "nil", *more)
    )  # fmt: skip


def labels(**known: str | Sequence[str]) -> Param:
    """Names of classes. `labels(spam=("spam", "junk"), ham="ham")` fills the slots {spam} and {ham}.

    Each class has its usual names; specs use those in some letter case, or letters, digits, symbols or
    invented words. So a phrasing has to say in words what each class means. The value is a dict from class
    to the name in use.
    """
    given = {key: (names,) if isinstance(names, str) else tuple(names) for key, names in known.items()}
    return _Labels(given, 400)


def yes_no() -> Param:
    """`labels` with the classes {yes} and {no}."""
    return labels(
        yes=("yes", "true", "1", "Y", "positive", "ok", "pass"),
        no=("no", "false", "0", "N", "negative", "not ok", "fail"),
    )


def separator() -> Param:
    """Text between the items of a list, said as in "separated by {separator}"."""
    return _Choice(
        {
            "commas": ", ",
            "a comma and a space": ", ",
            "commas without spaces": ",",
            "semicolons": "; ",
            "a semicolon and a space": "; ",
            "semicolons without spaces": ";",
            "vertical bars with spaces around them": " | ",
            '" | "': " | ",
            "a vertical bar without spaces": "|",
            "line breaks": "\n",
            "newlines": "\n",
            "single spaces": " ",
            "slashes with a space on either side": " / ",
            '" / "': " / ",
            '" -> "': " -> ",
            "plus signs with a space on either side": " + ",
            "tabs": "\t",
            '", "': ", ",
            '"; "': "; ",
        }
    )


_STEMS = ("zor", "mip", "tak", "bel", "quo", "fen", "lud", "rax", "nim", "vop", "gar", "hys", "dov", "pim", "sul",
          "wex", "kor", "jat", "yub", "cil")  # fmt: skip
_SHAPES: tuple[Callable[[str], str], ...] = (
    str,
    str,
    str.upper,
    str.capitalize,
    "[{}]".format,
    "<{}>".format,
)
_COLOURS = (
    "red",
    "green",
    "blue",
    "yellow",
    "orange",
    "purple",
    "grey",
    "black",
    "white",
    "pink",
    "teal",
    "brown",
)
_SYMBOLS = ("+", "-", "=", "*", "#", "@", "%", "&", "~", "^")
_GREEK = (
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
)


def _either(options: Sequence[str]) -> str:
    """A regular expression for one of the options, longer ones first."""
    return "|".join(re.escape(text) for text in sorted(set(options), key=lambda t: (-len(t), t)))


def _label_texts(draw: Draw, known: Mapping[str, Sequence[str]]) -> list[str]:
    """A name for each class; all different."""
    size = len(known)
    if draw.chance(0.5):
        depth = draw.randrange(max(len(names) for names in known.values()))
        shown = [names[depth % len(names)] for names in known.values()]
        shape = draw.pick(_SHAPES)
        shown = [shape(name) for name in shown]
        if len(set(shown)) == size:
            return shown
    if draw.chance(0.25):
        first = draw.randrange(2)
        return [str(n) for n in range(first, first + size)]
    if draw.chance(0.3):
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        start = draw.pick((0, 0, 0, 23 - size))
        made = list(letters[start : start + size])
        return [m.lower() for m in made] if draw.chance(0.3) else made
    if draw.chance(0.35):
        prefix = draw.pick(("class ", "type ", "L", "T", "group ", "label_", "C"))
        return [f"{prefix}{n}" for n in range(1, size + 1)]
    pool: list[str] = list(draw.pick((_COLOURS, _GREEK, _SYMBOLS if size <= len(_SYMBOLS) else _GREEK)))
    if draw.chance(0.5) or size > len(pool):
        pool = [first + draw.pick(("", "", "a", "i", "ex", "on", "ut")) for first in draw.mix(_STEMS)]
    made = draw.sample(pool, size)
    return [m.upper() for m in made] if draw.chance(0.3) else made


_MISREAD = {"nothing", "empty", "missing", "blank", "not found", "no match"}
"""Literal texts that read as something else without quotes."""


def _quoted(text: str, quote: str) -> str:
    marks = quote.replace("{}", "")
    if not marks and (not text[0].isalnum() or text[-1] in ".,;: " or text in _MISREAD):
        quote = '"{}"'
    elif marks and marks[0] in text:
        quote = '"{}"' if '"' not in text else "'{}'"
    return quote.format(text)


def _unquoted(text: str) -> str:
    for quote in _QUOTES:
        mark = quote[0]
        if mark != "{" and len(text) > 2 and text[0] == text[-1] == mark:
            return text[1:-1]
    return text


def quote_style(draw: Draw) -> str:
    """The way in which one spec quotes literal text, with {} for the text."""
    return draw.pick(_QUOTES)
