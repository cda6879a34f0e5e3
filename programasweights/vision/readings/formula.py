"""A drawn formula's signs to LaTeX, by where they stand.

Bars come first, the longest before those inside it: what is above and below one is a fraction, what is below one that
begins at a radical is its root, and a bar with nothing above is drawn over a letter. What is left is a row: signs of
its size, and between them smaller ones, which are exponents or indices of the sign before, by the side
of it that they are on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from programasweights.vision.readings.formula_signs import ACCENTS, BIG, FUNCTIONS, LETTERS
from programasweights.vision.readings.latex import joined, scripted
from programasweights.vision.readings.tilt import tilt

__all__ = ["Bar", "Sign", "read_formula"]

_LEVEL = 1.5
"""Pixels that a drawing is not exact to."""
_BAR_ENDS = 4.0
"""Pixels by which a bar's end may be higher or lower than its beginning."""
_MOST_BARS = 40
"""Bars that are read, the longest; no formula has more, and each may lie within another."""
_ROOT = 2
"""How many sizes smaller than its row a root's degree is, at least."""


@dataclass(frozen=True)
class Sign:
    """A sign, or what was put together from several."""

    x: float
    y: float
    text: str
    style: str = ""
    """Command of its letters' style, such as `\\mathbf`; empty for italic ones."""
    smaller: int = 0
    """How often it was made smaller."""


@dataclass(frozen=True)
class Bar:
    """A horizontal line."""

    left: float
    right: float
    y: float


def read_formula(signs: Sequence[Sign], ends: Sequence[tuple[float, float, bool]]) -> str:
    """LaTeX in its normal form.

    Args:
        signs: what was found, in any order.
        ends: x and y of bars' ends, and whether the bar begins there.
    """
    slope = tilt([(sign.x, sign.y, sign.smaller) for sign in signs if sign.text in LETTERS])
    level = [replace(sign, y=sign.y - slope * sign.x) for sign in signs]
    bars = _bars([(x, y - slope * x, begins) for x, y, begins in ends])
    return _read(level, bars)


def _bars(ends: Sequence[tuple[float, float, bool]]) -> list[Bar]:
    """Each beginning with the nearest end to its right; the longest bars first."""
    found = []
    closing = [(x, y) for x, y, begins in ends if not begins]
    for left, y in sorted(((x, y) for x, y, begins in ends if begins), reverse=True):
        fitting = [(x, down) for x, down in closing if x > left and abs(down - y) <= _BAR_ENDS]
        if fitting:
            right = min(fitting)
            closing.remove(right)
            found.append(Bar(left, right[0], (y + right[1]) / 2))
    return sorted(found, key=lambda bar: bar.left - bar.right)[:_MOST_BARS]


def _read(signs: list[Sign], bars: list[Bar]) -> str:
    """What some signs and bars, the longest first, say."""
    return _row(_without_bars(signs, bars))


def _without_bars(signs: list[Sign], bars: list[Bar]) -> list[Sign]:
    """The signs of a row, where everything with bars has become one."""
    left, waiting = list(signs), list(bars)
    while waiting:
        bar = _outermost(waiting, left)
        waiting.remove(bar)
        above = [s for s in left if bar.left <= s.x <= bar.right and s.y < bar.y]
        below = [s for s in left if bar.left <= s.x <= bar.right and s.y > bar.y]
        inner = [b for b in waiting if bar.left <= (b.left + b.right) / 2 <= bar.right]
        waiting = [b for b in waiting if b not in inner]
        over, under = ([b for b in inner if (b.y < bar.y) is high] for high in (True, False))
        radical = _radical(bar, left)
        if radical is not None:
            degree = [s for s in left if _is_degree(s, radical, bar)]
            waiting, taken = over + waiting, below + degree + [radical]
            made = _root(radical, bar, _without_bars(below, under), _row(degree))
        elif above:
            taken = above + below
            made = _fraction(bar, above, below, over, under)
        elif below:
            # over a single letter: the one nearest to its middle
            letter = min(below, key=lambda s: (abs(s.x - (bar.left + bar.right) / 2), s.y))
            waiting, taken = under + waiting, [letter]
            made = replace(letter, text=rf"\overline{{{_letter(letter)}}}", style="")
        else:
            continue
        left = [s for s in left if s not in taken] + [made]
        waiting.sort(key=lambda b: b.left - b.right)
    return left


def _outermost(bars: list[Bar], signs: Sequence[Sign]) -> Bar:
    """The longest bar; but where a letter below a fraction bar has a bar of its own, that may be the longer one."""
    bar = bars[0]
    above = [s.y for s in signs if bar.left <= s.x <= bar.right and s.y < bar.y]
    over = [b for b in bars if bar.left <= (b.left + b.right) / 2 <= bar.right and b.y < bar.y]
    nearest = max(over, key=lambda b: b.y, default=bar)
    return nearest if above and max(above) < nearest.y else bar


def _radical(bar: Bar, signs: Sequence[Sign]) -> Sign | None:
    """The root sign that a bar begins at."""
    before = [s for s in signs if s.text == r"\sqrt" and s.x < bar.left and s.y > bar.y]
    near = max(before, key=lambda s: s.x, default=None)
    # a radical's ink is at least half as wide as it is high above its middle
    return near if near is not None and bar.left - near.x <= 1.5 * (near.y - bar.y) + _LEVEL else None


def _is_degree(sign: Sign, radical: Sign, bar: Bar) -> bool:
    reach = bar.left - radical.x
    near = radical.x - 2 * reach <= sign.x < bar.left and bar.y - reach < sign.y < radical.y + reach
    return near and sign.smaller >= _ROOT and sign.text in LETTERS


def _root(radical: Sign, bar: Bar, inside: list[Sign], degree: str) -> Sign:
    text = rf"\sqrt{f'[{degree}]' if degree else ''}{{{_row(inside)}}}"
    size = min((sign.smaller for sign in inside), default=radical.smaller)
    return Sign((radical.x + bar.right) / 2, radical.y, text, smaller=size)


def _fraction(bar: Bar, above: list[Sign], below: list[Sign], over: list[Bar], under: list[Bar]) -> Sign:
    smallest = min(sign.smaller for sign in (*above, *below))
    text = rf"\frac{{{_read(above, over)}}}{{{_read(below, under)}}}"
    # in a row of text, what is in a fraction is made smaller once; in a displayed formula it is not
    return Sign((bar.left + bar.right) / 2, bar.y, text, smaller=max(0, smallest - 1))


def _row(signs: list[Sign]) -> str:
    """A row without bars."""
    signs = _with_limits(_with_accents(signs))
    if not signs:
        return ""
    size = min(sign.smaller for sign in signs)
    text = ""
    base: Sign | None = None
    scripts: list[Sign] = []

    def finished() -> str:
        if base is None:
            return text
        low = _row([s for s in scripts if s.y > base.y])
        high = _row([s for s in scripts if s.y <= base.y])
        return scripted(joined(text, _letter(base)), low, high)

    for sign in _with_functions(sorted(signs, key=lambda s: s.x)):
        if sign.smaller > size and base is not None:
            scripts.append(sign)
            continue
        text = finished()
        base, scripts = sign, []
    return finished()


def _with_accents(signs: list[Sign]) -> list[Sign]:
    """Accents put on the letters below them."""
    found = [sign for sign in signs if sign.text not in ACCENTS]
    for accent in (sign for sign in signs if sign.text in ACCENTS):
        below = [s for s in found if s.y > accent.y and s.text in LETTERS]
        if below:
            letter = min(below, key=lambda s: math.hypot(2 * (s.x - accent.x), s.y - accent.y))
            found.remove(letter)
            found.append(replace(letter, text=f"{accent.text}{{{_letter(letter)}}}", style=""))
    return found


def _with_limits(signs: list[Sign]) -> list[Sign]:
    """Sums and products with what is written below and above them."""
    found = list(signs)
    for big in (sign for sign in signs if sign.text in BIG):
        near = [s for s in found if s.smaller > big.smaller and abs(s.x - big.x) <= 0.8 * abs(s.y - big.y)]
        farthest = max((abs(s.y - big.y) for s in near), default=0.0)
        limits = [s for s in near if abs(s.y - big.y) >= 0.6 * farthest]
        low, high = (_row([s for s in limits if (s.y > big.y) is below]) for below in (True, False))
        found = [s for s in found if s not in limits and s is not big]
        found.append(replace(big, text=scripted(big.text, low, high)))
    return found


def _with_functions(signs: list[Sign]) -> list[Sign]:
    """Upright letters of a row that make up the name of a function, as one sign."""
    found: list[Sign] = []
    place = 0
    while place < len(signs):
        name = _function_at(signs, place)
        if name:
            letters = signs[place : place + len(name)]
            found.append(replace(letters[-1], text=f"\\{name}", style=""))
            place += len(name)
        else:
            found.append(signs[place])
            place += 1
    return found


def _function_at(signs: list[Sign], place: int) -> str:
    for name in sorted(FUNCTIONS, key=len, reverse=True):
        letters = signs[place : place + len(name)]
        upright = all(s.style == r"\mathrm" and s.smaller == letters[0].smaller for s in letters)
        if upright and [s.text for s in letters] == list(name):
            return name
    return ""


def _letter(sign: Sign) -> str:
    return f"{sign.style}{{{sign.text}}}" if sign.style else sign.text
