"""Specs that are hardly different: the same request in almost the same words."""

import re
from collections import defaultdict

__all__ = ["NearDuplicates", "normal_spec"]

_ALIKE = 0.8
"""Specs that ask for the same are too much alike from this share of common words on."""


def normal_spec(text: str) -> str:
    """Lower case, white space and quotation marks evened out; what remains decides whether texts are equal."""
    return " ".join(re.sub(r"[\"'`“”‘’]", "", text.casefold()).split()).strip(" .")


class NearDuplicates:
    """Collects specs of one family and says which are new.

    Two specs that ask for different things are never duplicates, however alike they read ("the first two
    words", "the first three words"): telling them apart is what a compiler has to learn.
    """

    def __init__(self) -> None:
        self._texts: set[str] = set()
        self._words: dict[str, list[frozenset[str]]] = defaultdict(list)

    def add(self, text: str, behaviour: str) -> bool:
        """Take in a spec; False if one that asks for the same in almost the same words was there before.

        Args:
            text: the spec without examples.
            behaviour: equal for specs that ask for the same.
        """
        normal = normal_spec(text)
        if normal in self._texts:
            return False
        words = frozenset(normal.split())
        if any(len(words & old) >= _ALIKE * len(words | old) for old in self._words[behaviour]):
            return False
        self._texts.add(normal)
        self._words[behaviour].append(words)
        return True
