"""Which split a spec belongs to. It depends on names and behaviour alone, never on the seed or the build.

So a family that is held out stays held out when families are added, and specs that ask for the same in other
words are always in one split.
"""

import hashlib

from programasweights.data.records import Split

__all__ = ["is_held_out", "split_of"]

_HELD_OUT_PERCENT = 19
_SALT = 196
"""Chosen once, among some thousand, so that every area has about one family in seven, or more, held out."""
_TRAIN_PERCENT, _VALID_PERCENT = 80, 10


def is_held_out(family: str) -> bool:
    """Whether the family is never trained on: about one in five are not."""
    return _percentile(f"family {_SALT}: {family}") < _HELD_OUT_PERCENT


def split_of(family: str, behaviour: str) -> Split:
    """The split of a spec.

    Args:
        family: its family's name.
        behaviour: what it asks for, the same for all wordings of it.
    """
    if is_held_out(family):
        return "test-family"
    place = _percentile(f"behaviour:{behaviour}")
    if place < _TRAIN_PERCENT:
        return "train"
    return "valid" if place < _TRAIN_PERCENT + _VALID_PERCENT else "test-spec"


def _percentile(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % 100
