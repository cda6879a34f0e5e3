"""What real input looks like: typing errors, odd spacing, letter case and punctuation."""

import re
from collections.abc import Iterable

from programasweights.data.oracle.draw import Draw

__all__ = ["casual", "typos", "untidy"]

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip


def typos(draw: Draw, text: str, count: int = 1, keep: Iterable[str] = ()) -> str:
    """Up to `count` typing errors in words of five or more lower-case letters, none in words of `keep`."""
    kept = {word for part in keep for word in re.findall(r"[a-z]+", part.lower())}
    for _ in range(count):
        places = [m for m in re.finditer(r"\b[a-z]{5,}\b", text) if m.group() not in kept]
        if not places:
            return text
        found = draw.pick(places)
        text = text[: found.start()] + _misspelt(draw, found.group()) + text[found.end() :]
    return text


def _misspelt(draw: Draw, word: str) -> str:
    at = draw.randint(1, len(word) - 2)
    kind = draw.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + draw.pick(_NEAR[word[at]]) + word[at + 1 :]


def untidy(draw: Draw, text: str) -> str:
    """The text, in half of the cases with spaces at its ends, doubled spaces, or a line end."""
    kind = draw.randrange(10)
    if kind == 0:
        return f"  {text}"
    if kind == 1:
        return f"{text} "
    if kind == 2:
        return re.sub(r" ", lambda _: draw.pick((" ", " ", "  ")), text)
    if kind == 3:
        return f"{text}\n"
    if kind == 4:
        return f" {text}  "
    return text


def casual(draw: Draw, text: str, keep: Iterable[str] = ()) -> str:
    """The text as typed in a hurry: perhaps lower case, no full stop, more marks, an error, an emoji.

    Words of `keep` get no error; letter case may change everywhere.
    """
    kind = draw.randrange(8)
    if kind == 0:
        return text.lower()
    if kind == 1:
        return text.lower().rstrip(".!")
    if kind == 2:
        return text.rstrip(".") + draw.pick(("!!", "...", "!", " :)", " 🙂", "…", "!!!", " 🙏", " lol"))
    if kind == 3:
        return typos(draw, text, draw.randint(1, 2), keep)
    if kind == 4:
        return typos(draw, text.lower(), 1, keep)
    return text
