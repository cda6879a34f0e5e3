"""What a word may be replaced with: opposites and negation, other numbers, words of the examples, common words."""

import re
from collections.abc import Iterable

__all__ = ["KINDS", "example_words", "replacements"]

KINDS = 5
"""Kinds of replacement, tried in this order: nothing, an opposite, a number, an example's word, a common word."""

_PAIRS = """
yes no|good bad|great terrible|best worst|better worse|love hate|loved hated|like dislike|happy sad|excellent awful
wonderful horrible|fantastic disappointing|always never|all none|everything nothing|everyone nobody|more less|most least
many few|much little|high low|up down|in out|on off|open closed|before after|first last|early late|fast slow
easy hard|safe dangerous|right wrong|true false|cheap expensive|hot cold|new old|old young|big small|large small
long short|strong weak|full empty|rich poor|clean dirty|light dark|near far|with without|for against|above below
start stop|started stopped|win lose|won lost|buy sell|accept refuse|agree disagree|approve reject|increase decrease
come go|came went|arrive leave|give take|push pull|urgent unimportant|important unimportant|now later|today tomorrow
immediately eventually|possible impossible|available unavailable|working broken|works fails|success failure
free paid|public private|man woman|men women|boy girl|he she|his her|him her|day night|morning evening|summer winter
is isn't|are aren't|was wasn't|were weren't|can cannot|can can't|will won't|do don't|does doesn't|did didn't|has hasn't
have haven't|should shouldn't|would wouldn't|could couldn't|must mustn't|not really|very hardly|too hardly
""".replace("\n", "|")
_COMMON = ("something", "it", "the")
_NUMBER = re.compile(r"\d+")
_CORE = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


def _opposites() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in filter(None, _PAIRS.split("|")):
        one, other = pair.split()
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


_OPPOSITES = _opposites()


def replacements(word: str, examples: Iterable[str]) -> list[tuple[int, str]]:
    """(kind, text) of everything to try in a word's place, marks and capitals around it kept; kind 0 is nothing."""
    lead, core, tail = _parts(word)
    if not core:
        return [(0, "")]
    other = [(0, "")]
    lower = core.lower()
    news = [(1, new) for new in _OPPOSITES.get(lower, ())]
    news += [(2, new) for new in _numbers(core)]
    news += [(3, new) for new in examples] + [(4, new) for new in _COMMON]
    for kind, new in news:
        if new.lower() != lower:
            other.append((kind, f"{lead}{_cased(new, core)}{tail}"))
    return other


def example_words(inputs: Iterable[str], text: str, most: int) -> list[str]:
    """Words of the examples' inputs that the text does not have, in their order."""
    have = {_parts(word)[1].lower() for word in text.split()}
    found = [_parts(word)[1] for given in inputs for word in given.split()]
    return [word for word in dict.fromkeys(found) if word and word.lower() not in have][:most]


def _parts(word: str) -> tuple[str, str, str]:
    found = _CORE.fullmatch(word)
    assert found is not None
    return found[1], found[2], found[3]


def _numbers(core: str) -> list[str]:
    digits = _NUMBER.search(core)
    if digits is None or len(digits[0]) > 15:
        return []
    number = int(digits[0])
    others = dict.fromkeys((number + 1, 0, number * 10, max(0, number - 1)))
    return [core[: digits.start()] + str(new) + core[digits.end() :] for new in others if new != number]


def _cased(new: str, old: str) -> str:
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if old[0].isupper() else new
