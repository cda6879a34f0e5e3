"""The domain of ciphers: which are drawn, and with which shifts they are executed."""

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, Literal, get_args

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.ciphers.rules import Cipher, all_ciphers, cipher_of
from programasweights.data.pbb.ciphers.wording import WORDS, question
from programasweights.data.pbb.domain import Domain
from programasweights.data.pbb.drawing import held_out_splits, invented_names
from programasweights.data.pbb.records import (
    Execution,
    Instruction,
    Split,
    Verdict,
    final_answer,
    instruction_id,
)
from programasweights.errors import DataError

__all__ = ["CipherDomain", "Shifts"]

Shifts = Literal["uniform", "skewed"]

_SHIFTS = range(1, 26)
_COMMON: Mapping[int, float] = {13: 0.5, 3: 0.2, 1: 0.1}
"""Shares of the shifts that texts about ciphers like, in the skewed form; the others share the rest equally."""


class CipherDomain(Domain):
    """72 ciphers of three families, applied to common words."""

    name: Literal["ciphers"] = "ciphers"

    def __init__(self, *, shifts: Shifts = "uniform") -> None:
        """Args: how shifts of executions are drawn, from 1 to 25.

        Raises:
            DataError: there is no such way.
        """
        if shifts not in get_args(Shifts):
            raise DataError(f"shifts are {shifts!r}, but must be one of {', '.join(get_args(Shifts))}.")
        rest = (1 - sum(_COMMON.values())) / (len(_SHIFTS) - len(_COMMON))
        self._shifts = shifts
        self._weights = [1.0 if shifts == "uniform" else _COMMON.get(shift, rest) for shift in _SHIFTS]

    def describe(self) -> Mapping[str, Any]:
        """How shifts are drawn."""
        return {"shifts": self._shifts}

    def instructions(self, count: int, *, seed: int = 0, held_out: float = 0.2) -> list[Instruction]:
        """Ciphers of the three families in turn; the first three are the plainest of each, whatever the seed."""
        draw, names = Draw("ciphers", seed), invented_names(f"ciphers {seed}")
        mixed = [[family[0], *draw.mix(family[1:])] for family in all_ciphers()]
        ciphers = [c for turn in zip_longest(*mixed) for c in turn if c is not None]
        if count > len(ciphers):
            raise DataError(f"there are {len(ciphers)} ciphers, {count} were asked for.")
        chosen = ciphers[:count]
        splits = held_out_splits([c.family for c in chosen], held_out, seed=f"ciphers {seed}")
        return [_instruction(c, next(names), split) for c, split in zip(chosen, splits, strict=True)]

    def executions(self, instruction: Instruction, count: int, *, seed: int = 0) -> list[Execution]:
        """Word problems with different words and shifts; `input` is the word, a space and the shift."""
        cipher = _cipher(instruction)
        draw = Draw("executions", self._shifts, seed, instruction.id)
        found: dict[str, Execution] = {}
        while len(found) < min(count, len(WORDS) * len(_SHIFTS) // 2):
            word, shift = draw.pick(WORDS), draw.choices(_SHIFTS, self._weights)[0]
            found.setdefault(f"{word} {shift}", _execution(instruction, cipher, word, shift, draw))
        return list(found.values())

    def kind(self, execution: Execution) -> str:
        """`common` for the shifts that texts about ciphers like, `rare` for the others, however they are drawn."""
        return "common" if int(execution.input.split()[1]) in _COMMON else "rare"

    def asked(
        self, instruction: Instruction, count: int, *, seed: int = 0, beside: Sequence[Execution] = ()
    ) -> list[Execution] | None:
        """Common and rare shifts in turn, each of a kind equally often, so that a leaning of the learnt ones shows."""
        cipher, draw = _cipher(instruction), Draw("asked", seed, instruction.id)
        found = {execution.input: execution for execution in beside}
        kinds = [[n for n in _SHIFTS if (n in _COMMON) == common] for common in (True, False)]
        free = len(WORDS) * len(_COMMON) - sum(self.kind(execution) == "common" for execution in beside)
        while len(found) < len(beside) + min(count, 2 * free):
            word, shift = draw.pick(WORDS), draw.pick(kinds[(len(found) - len(beside)) % 2])
            found.setdefault(f"{word} {shift}", _execution(instruction, cipher, word, shift, draw))
        return list(found.values())[len(beside) :]

    def verdict(self, instruction: Instruction, execution: Execution, reply: str) -> Verdict:  # noqa: ARG002
        """Right if the final answer is the encrypted word, its letters in a row or apart."""
        words = re.findall(r"[a-z]+", final_answer(reply).lower())
        if len(words) > 1 and all(len(word) == 1 for word in words):
            words = ["".join(words)]
        if len(words) != 1:
            return "unreadable"
        return "right" if words[0] == execution.answer else "wrong"


def _cipher(instruction: Instruction) -> Cipher:
    try:
        return cipher_of(dict(instruction.attributes))
    except (KeyError, TypeError):
        raise DataError(
            f"the attributes of {instruction.id} are {dict(instruction.attributes)!r:.80}, which is no cipher; "
            "expected family and parameters of one."
        ) from None


def _instruction(cipher: Cipher, name: str, split: Split) -> Instruction:
    text = cipher.code(name)
    return Instruction(
        instruction_id("ciphers", text), "ciphers", name, text, cipher.words(name), split, cipher.parameters()
    )


def _execution(instruction: Instruction, cipher: Cipher, word: str, shift: int, draw: Draw) -> Execution:
    return Execution(
        instruction.id,
        f"{word} {shift}",
        question(draw, instruction.name, word, shift),
        cipher.encrypt(word, shift),
        cipher.trace(word, shift),
    )
