"""Small parts that several modules of this area put texts together from."""

from collections.abc import Callable, Sequence

from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw

__all__ = ["capital", "joined", "labelled", "number_or_word", "people"]

_LAYOUTS = ("{a}: {x}\n{b}: {y}", "{a}: {x}\n\n{b}: {y}", "{a} - {x}\n{b} - {y}", "[{a}] {x} [{b}] {y}", "{a}: {x} / {b}: {y}",
            "{a}:\n{x}\n{b}:\n{y}")  # fmt: skip
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


def people(draw: Draw, count: int) -> list[str]:
    """Different given names, none the beginning of another."""
    found: list[str] = []
    while len(found) < count:
        name = names.first_name(draw)
        if " " not in name and not any(name.startswith(other) or other.startswith(name) for other in found):
            found.append(name)
    return found


def joined(items: Sequence[str], last: str = "and") -> str:
    """The items as in a sentence: "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """The text with its first character in upper case."""
    return text[0].upper() + text[1:]


def labelled(draw: Draw, first: str, x: str, second: str, y: str) -> str:
    """Two texts under their headings, in one of many layouts."""
    forms: tuple[Callable[[str], str], ...] = (str, str, str.upper, str.lower)
    form = draw.pick(forms)
    layouts = _LAYOUTS[1::4] if "\n" in x + y else _LAYOUTS
    return draw.pick(layouts).format(a=form(first), b=form(second), x=x, y=y)


def number_or_word(draw: Draw, value: int) -> str:
    """A number in digits or, up to twelve, in some cases as a word."""
    return _SMALL[value] if 0 < value < len(_SMALL) and draw.chance(0.5) else str(value)
