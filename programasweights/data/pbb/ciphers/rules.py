"""The ciphers, exactly: what each does to a word of the letters a to z and a shift, step by step.

stairs  after Caesar    letter n (from 0) moves by shift + step * n, forward or backward
rows    after Atbash    the alphabet is divided into rows; a letter at place p of a row of L letters becomes the
                        one at (L - 1 - p + shift + extra * row) % L of the same row
turns   after Vigenere  the key is (shift, shift + gap); its other number is used from the letter after each
                        letter of a certain kind
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

__all__ = ["Cipher", "Rows", "Stairs", "Turns", "all_ciphers", "cipher_of"]

ABC_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"
_CONSONANTS = "bcdfghjklmnpqrstvwxyz"

_DIVISIONS = {
    "vowels": (_VOWELS, _CONSONANTS),
    "halves": (ABC_LETTERS[:13], ABC_LETTERS[13:]),
    "alternate": (ABC_LETTERS[::2], ABC_LETTERS[1::2]),
    "thirds": (ABC_LETTERS[:8], ABC_LETTERS[8:16], ABC_LETTERS[16:]),
}
_ROWS_SAID = {
    "vowels": "vowels are one row and consonants another",
    "halves": "a to m are one row and n to z another",
    "alternate": "a, c, e and so on are one row, and b, d, f and so on another",
    "thirds": "a to h are one row, i to p the next and q to z the last",
}
_KINDS = {
    "vowel": _VOWELS,
    "consonant": _CONSONANTS,
    "early": ABC_LETTERS[:13],
    "late": ABC_LETTERS[13:],
}
_KINDS_SAID = {
    "vowel": "a vowel",
    "consonant": "a consonant",
    "early": "a letter from a to m",
    "late": "a letter from n to z",
}


class Cipher(ABC):
    """A way of turning a word into another, given a shift."""

    family: str

    @abstractmethod
    def steps(self, word: str, shift: int) -> Iterator[tuple[str, str]]:
        """For each letter, the calculation as a line, and the letter that comes out."""

    @abstractmethod
    def code(self, name: str) -> str:
        """The cipher as a Python function of this name."""

    @abstractmethod
    def words(self, name: str) -> str:
        """The cipher in plain words."""

    def encrypt(self, word: str, shift: int) -> str:
        """The word in the cipher."""
        return "".join(letter for _, letter in self.steps(word, shift))

    def trace(self, word: str, shift: int) -> str:
        """The calculation, a line a letter."""
        return "\n".join(line for line, _ in self.steps(word, shift))

    def parameters(self) -> dict[str, Any]:
        """Family and parameters, as JSON values; `cipher_of` reads them."""
        return {"family": self.family, **vars(self)}


@dataclass(frozen=True)
class Stairs(Cipher):
    """Caesar's cipher with a shift that grows from letter to letter."""

    step: int
    """How much it grows."""
    backward: bool
    """Whether letters move towards a."""

    family = "stairs"

    def steps(self, word: str, shift: int) -> Iterator[tuple[str, str]]:
        """For each letter, the calculation as a line, and the letter that comes out."""
        sign = "-" if self.backward else "+"
        for n, letter in enumerate(word):
            place, move = ABC_LETTERS.index(letter), shift + self.step * n
            to = place - move if self.backward else place + move
            out = ABC_LETTERS[to % 26]
            yield f"{letter}: {place} {sign} {move} = {to}{_wrapped(to, 26)} -> {out}", out

    def code(self, name: str) -> str:
        """The cipher as a Python function of this name."""
        sign = "-" if self.backward else "+"
        return (
            f'def {name}(text, shift):\n    abc = "{ABC_LETTERS}"\n    out = ""\n'
            f"    for n, c in enumerate(text):\n        move = shift + {self.step} * n\n"
            f"        out += abc[(abc.index(c) {sign} move) % 26]\n    return out"
        )

    def words(self, name: str) -> str:
        """The cipher in plain words."""
        where = "backward, and z comes before a" if self.backward else "forward, and after z comes a"
        return (
            f"{name} moves each letter of a word through the alphabet, {where}. The first letter moves by the shift, "
            f"each next letter by {self.step} more than the one before."
        )


@dataclass(frozen=True)
class Rows(Cipher):
    """Atbash within rows of the alphabet, each turned by the shift."""

    division: str
    """Which rows: vowels, halves, alternate or thirds."""
    extra: int
    """How much further each next row is turned."""

    family = "rows"

    def steps(self, word: str, shift: int) -> Iterator[tuple[str, str]]:
        """For each letter, the calculation as a line, and the letter that comes out."""
        for letter in word:
            index, row = next((i, r) for i, r in enumerate(_DIVISIONS[self.division]) if letter in r)
            place, last, move = row.index(letter), len(row) - 1, shift + self.extra * index
            to = last - place + move
            out = row[to % len(row)]
            yield (
                f"{letter}: row {index}, {last} - {place} + {move} = {to}{_wrapped(to, len(row))} -> {out}",
                out,
            )

    def code(self, name: str) -> str:
        """The cipher as a Python function of this name."""
        rows = ", ".join(f'"{row}"' for row in _DIVISIONS[self.division])
        extra = f" + {self.extra} * i" if self.extra else ""
        return (
            f'def {name}(text, shift):\n    out = ""\n    for c in text:\n'
            f"        for i, row in enumerate([{rows}]):\n            if c in row:\n"
            f"                p = len(row) - 1 - row.index(c) + shift{extra}\n"
            "                out += row[p % len(row)]\n    return out"
        )

    def words(self, name: str) -> str:
        """The cipher in plain words."""
        extra = f", and by {self.extra} more for each row after the first" if self.extra else ""
        return (
            f"In {name}, {_ROWS_SAID[self.division]}. Each letter is replaced by the one at the mirrored place of its "
            f"own row, then moved on in the row by the shift{extra}; after a row's end comes its start."
        )


@dataclass(frozen=True)
class Turns(Cipher):
    """Vigenere's cipher with two numbers as its key, changing only after certain letters."""

    after: str
    """Kind of letter after which the key changes: vowel, consonant, early or late."""
    gap: int
    """By how much the second number is larger than the shift."""

    family = "turns"

    def steps(self, word: str, shift: int) -> Iterator[tuple[str, str]]:
        """For each letter, the calculation as a line, and the letter that comes out."""
        key, turn = (shift, shift + self.gap), 0
        for letter in word:
            place = ABC_LETTERS.index(letter)
            to = place + key[turn]
            out = ABC_LETTERS[to % 26]
            line = f"{letter}: {place} + {key[turn]} = {to}{_wrapped(to, 26)} -> {out}"
            if letter in _KINDS[self.after]:
                turn = 1 - turn
                line += f", key {key[turn]}"
            yield line, out

    def code(self, name: str) -> str:
        """The cipher as a Python function of this name."""
        return (
            f'def {name}(text, shift):\n    abc = "{ABC_LETTERS}"\n    key = [shift, shift + {self.gap}]\n'
            f'    k = 0\n    out = ""\n    for c in text:\n        out += abc[(abc.index(c) + key[k]) % 26]\n'
            f'        if c in "{_KINDS[self.after]}":\n            k = 1 - k\n    return out'
        )

    def words(self, name: str) -> str:
        """The cipher in plain words."""
        return (
            f"{name} moves each letter of a word forward through the alphabet, and after z comes a. It moves by the "
            f"shift at first; after each {_KINDS_SAID[self.after].removeprefix('a ')} of the word it changes between "
            f"the shift and the shift plus {self.gap}."
        )


def all_ciphers() -> tuple[tuple[Cipher, ...], ...]:
    """Every cipher, by family; the plainest of a family stands first."""
    stairs = tuple(Stairs(step, backward) for backward, step in product((False, True), range(1, 13)))
    rows = tuple(Rows(division, extra) for extra, division in product(range(6), _DIVISIONS))
    turns = tuple(Turns(after, gap) for gap, after in product(range(4, 10), _KINDS))
    return stairs, rows, turns


def cipher_of(parameters: dict[str, Any]) -> Cipher:
    """The cipher with these parameters.

    Raises:
        KeyError, TypeError: there is none.
    """
    kind = {"stairs": Stairs, "rows": Rows, "turns": Turns}[parameters["family"]]
    cipher: Cipher = kind(**{name: value for name, value in parameters.items() if name != "family"})
    if not any(cipher in family for family in all_ciphers()):
        raise KeyError(f"no {cipher}")
    return cipher


def _wrapped(to: int, letters: int) -> str:
    return "" if 0 <= to < letters else f", {to} % {letters} = {to % letters}"
