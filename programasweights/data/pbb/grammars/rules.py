"""Context-free grammars: their text, sentences by derivation, and an Earley parser.

A grammar's text is one rule a line, `Name -> Symbol word | Symbol Symbol`. Names with a capital letter are symbols,
the first of them is a sentence; words in small letters stand for themselves.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from programasweights.data.oracle.draw import Draw
from programasweights.errors import DataError

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["Derivation", "Grammar", "parse_grammar"]

_LONGEST = 12
"""Words in a derived sentence, at most."""
_MOST_RULES = 50


@dataclass(frozen=True)
class Derivation:
    """A sentence, and the rules that made it, always applied to the leftmost symbol."""

    words: tuple[str, ...]
    steps: tuple[str, ...]


class Grammar:
    """Rules by symbol; each rule is the alternatives, each of them symbols and words in order."""

    def __init__(self, rules: Mapping[str, tuple[tuple[str, ...], ...]]) -> None:
        """Args: the rules, the sentence's first.

        Raises:
            DataError: a symbol has no rule, or a name or word has other characters than letters.
        """
        if not 1 <= len(rules) <= _MOST_RULES:
            raise DataError(f"a grammar has {len(rules)} rules, but must have between 1 and {_MOST_RULES}.")
        for symbol, alternatives in rules.items():
            for item in (symbol, *(item for alternative in alternatives for item in alternative)):
                if not re.fullmatch(r"[A-Z][a-z]*|[a-z]+", item):
                    raise DataError(f"{item!r:.40} is neither a symbol (Noun) nor a word (dog).")
                if item[0].isupper() and item not in rules:
                    raise DataError(f"the symbol {item!r:.40} has no rule; add one.")
            if not symbol[0].isupper() or not alternatives or not all(alternatives):
                raise DataError(f"the rule of {symbol!r:.40} is no rule; expected Name -> something.")
        self._rules = rules
        self._start = next(iter(rules))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words, in the order of the rules."""
        items = (item for rule in self._rules.values() for alternative in rule for item in alternative)
        return tuple(dict.fromkeys(item for item in items if item.islower()))

    @property
    def text(self) -> str:
        """The grammar as text."""
        return "\n".join(
            f"{symbol} -> {' | '.join(map(' '.join, alternatives))}"
            for symbol, alternatives in self._rules.items()
        )

    def derive(self, draw: Draw) -> Derivation:
        """A random sentence of at most 12 words.

        Raises:
            DataError: none was found; the grammar has no short sentences.
        """
        for _ in range(200):
            if found := self._attempt(draw):
                return found
        raise DataError(
            f"{self._start} has hardly any sentence of at most {_LONGEST} words; shorten its rules."
        )

    def accepts(self, sentence: str) -> bool:
        """Whether words, separated by white space, are a sentence."""
        from lark.exceptions import UnexpectedInput

        words = sentence.split()
        if not words or len(words) > 10 * _LONGEST:
            return False
        try:
            self._parser.parse(" ".join(words))
        except UnexpectedInput:
            return False
        return True

    def _attempt(self, draw: Draw) -> Derivation | None:
        items, done, steps = [self._start], 0, []
        while done < len(items):
            symbol = items[done]
            if symbol.islower():
                done += 1
                continue
            chosen = draw.pick(self._rules[symbol])
            steps.append(f"{symbol} -> {' '.join(chosen)}")
            items[done : done + 1] = chosen
            if len(items) > _LONGEST or len(steps) > 10 * _LONGEST:
                return None
        return Derivation(tuple(items), tuple(steps))

    @cached_property
    def _parser(self) -> "Lark":
        from lark import Lark

        # A word ends where white space or the text does; without that, "dogcat" would be two words.
        lines = [f"W_{word.upper()}: /{word}(?!\\S)/" for word in self.words]
        for symbol, alternatives in self._rules.items():
            options = (" ".join(map(_lark_name, alternative)) for alternative in alternatives)
            lines.append(f"{_lark_name(symbol)}: {' | '.join(options)}")
        source = "\n".join([*lines, "%ignore / /"]) + "\n"
        return Lark(source, parser="earley", lexer="basic", start=_lark_name(self._start))


@lru_cache(maxsize=512)
def parse_grammar(text: str) -> Grammar:
    """Read a grammar's text.

    Raises:
        DataError: it is no grammar.
    """
    rules: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in text.splitlines():
        symbol, arrow, right = (part.strip() for part in line.partition("->"))
        if not arrow or symbol in rules:
            raise DataError(
                f"{line!r:.80} is no rule, or its symbol has one already; expected Name -> something."
            )
        rules[symbol] = tuple(tuple(alternative.split()) for alternative in right.split("|"))
    return Grammar(rules)


def _lark_name(item: str) -> str:
    return f"W_{item.upper()}" if item.islower() else f"s_{item.lower()}"
