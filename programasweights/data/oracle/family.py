"""A family of tasks: its phrasings, its parameters, and the function that makes pairs for it.

area = Area("Core text processing")

@area.family(
    "selection of words",
    "[list|give|write] the [words|tokens] with [at least|no fewer than] {size} letters, separated by {separator}",
    "Long words only ({size} letters or more), joined with {separator}",
    given="a sentence", size=number(5, 8), separator=separator(),
)
def long_words(draw: Draw, p: Values) -> Pair:
    text = prose.sentence(draw)
    return text, p.separator.join(w for w in text.split() if len(w) >= p.size) or p.none
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import TypeAlias

from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.grammar import Phrasing, strip_frame
from programasweights.data.oracle.params import Param

__all__ = ["Area", "Family", "Pair", "Values"]

Values: TypeAlias = SimpleNamespace
"""The values of a family's parameters, one attribute each."""
Pair: TypeAlias = tuple[str, str] | tuple[str, str, tuple[str, ...]]
"""Input and output, and other right answers if there are any."""
Maker: TypeAlias = Callable[[Draw, Values], Pair]


@dataclass(frozen=True)
class Family:
    """A family of tasks that differ in wording and parameters."""

    name: str
    category: str
    subcategory: str
    phrasings: tuple[Phrasing, ...]
    params: Mapping[str, Param]
    make: Maker
    """Makes a pair; depends on nothing but the draw and the values."""
    given: str | None = None
    """What an input is, with its article: "a product review"."""
    difficulty: int = 2
    corpus: str | None = None
    """The corpus of real texts that it needs, see `banks.corpora`."""

    @property
    def capacity(self) -> int:
        """About how many different specs it can give."""
        total = sum(p.wordings for p in self.phrasings)
        for param in self.params.values():
            total *= param.count
        return total

    @cached_property
    def _readers(self) -> tuple[re.Pattern[str], ...]:
        patterns = {slot: p.pattern(slot) for name, p in self.params.items() for slot in p.slots(name)}
        return tuple(phrasing.reader(patterns) for phrasing in self.phrasings)

    def values(self, said: Mapping[str, str]) -> Values:
        """The values of the parameters when the slots say this."""
        return Values(**{name: param.read(said, name) for name, param in self.params.items()})

    def read(self, text: str) -> list[Values]:
        """The values of the parameters, read from a rendered spec (without examples), each reading once."""
        found: dict[str, Values] = {}
        for core in strip_frame(text, self.given):
            for phrasing, reader in zip(self.phrasings, self._readers, strict=True):
                said = phrasing.read(reader, core)
                if said is not None:
                    try:
                        values = self.values(said)
                    except (KeyError, ValueError):
                        continue
                    found[repr(values)] = values
        return list(found.values())


@dataclass
class Area:
    """Collects the families of one category."""

    category: str
    families: list[Family] = field(default_factory=list)

    def family(
        self,
        subcategory: str,
        *phrasings: str,
        given: str | None = None,
        difficulty: int = 2,
        corpus: str | None = None,
        **params: Param,
    ) -> Callable[[Maker], Maker]:
        """Register a function that makes pairs as a family named after it.

        Raises:
            ValueError: a phrasing does not show a slot, or shows an unknown one.
        """

        def register(make: Maker) -> Maker:
            name = make.__name__.strip("_").replace("_", "-")
            built = tuple(Phrasing(re.sub(r"[ \n]*\n[ ]*", "\n", text)) for text in phrasings)
            expected = {slot for key, param in params.items() for slot in param.slots(key)}
            for phrasing in built:
                if phrasing.slots != expected:
                    raise ValueError(
                        f"family {name}: the phrasing {phrasing.text!r} always shows the slots "
                        f"{sorted(phrasing.slots)}, but the parameters fill {sorted(expected)}."
                    )
            self.families.append(
                Family(name, self.category, subcategory, built, params, make, given, difficulty, corpus)
            )
            return make

        return register
