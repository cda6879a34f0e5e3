"""Canonical JSON: one text for one value, and a parser that is safe on hostile text.

The canonical text is what Python's `json.dumps` writes with sorted keys (by code point), no spaces, non-ASCII
characters as they are, and no NaN or infinity. Whether a text is canonical is for the caller to compare.
"""

import json
import math
import re
from typing import Any

from programasweights.program.constants import MAX_JSON_DEPTH, MAX_JSON_SKELETON, MAX_NUMBER_CHARS

# A string, or what stands between strings. Possessive, and content with an unterminated string, so that it
# takes linear time and constant stack on any text.
_PIECE = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[^"]++', re.DOTALL)


def canonical_json(value: object) -> str:
    """Write `value` (dicts with string keys, lists, tuples, strings, numbers, booleans, None) canonically.

    Raises ValueError for NaN and infinities.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def parse_json(text: str) -> Any:
    """Parse JSON from an untrusted source in time and memory linear in its length.

    Raises ValueError for text that is not JSON, repeats a key, nests deeper than MAX_JSON_DEPTH, holds a
    number that is not finite or longer than MAX_NUMBER_CHARS, or has more than MAX_JSON_SKELETON characters
    outside strings.
    """
    _check_skeleton(text)
    return json.loads(
        text,
        object_pairs_hook=_object_without_duplicates,
        parse_int=_bounded_int,
        parse_float=_finite_float,
        parse_constant=_refuse_constant,
    )


def _check_skeleton(text: str) -> None:
    """Refuse text that would become too many or too deeply nested objects, before any object is made."""
    size = depth = 0
    for piece in _PIECE.finditer(text):
        if piece[0][0] == '"':
            continue
        size += len(piece[0])
        if size > MAX_JSON_SKELETON:
            raise ValueError(f"more than {MAX_JSON_SKELETON} characters outside strings")
        for character in piece[0]:
            depth += (character in "[{") - (character in "]}")
            if depth > MAX_JSON_DEPTH:
                raise ValueError(f"nested deeper than {MAX_JSON_DEPTH} levels")


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("an object has the same key twice")
    return result


def _bounded_int(digits: str) -> int:
    _check_number_length(digits)
    return int(digits)


def _finite_float(digits: str) -> float:
    _check_number_length(digits)
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits} is not finite as a 64-bit float")
    return number


def _check_number_length(digits: str) -> None:
    # int() and float() take more than linear time on long texts.
    if len(digits) > MAX_NUMBER_CHARS:
        raise ValueError(f"a number of {len(digits)} characters; at most {MAX_NUMBER_CHARS} are allowed")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
