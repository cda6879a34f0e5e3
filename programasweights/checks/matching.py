"""Whether what was found is what was expected, in four readings.

| comparison | equal are |
|---|---|
| `exact` | texts after `tidy`; other values of the same type that are equal |
| `forgiving` | the same words, whatever their case, the blanks and the punctuation around them |
| `json` | the same JSON value, whatever the order of keys |
| `number` | the same number, however it is written: `1,200`, `1200.0` and `1.2e3` |

An answer with other words around it is never taken: "not urgent" holds "urgent", and means the opposite.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

__all__ = ["COMPARISONS", "exact_match", "normalised", "number_in", "plain", "tidy"]

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,400})?(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,3})?"
)
_CLOSE = Decimal("1e-9")
_AROUND = ".,;:!?…\"'`´‘’“”«»()[]{}<>*_"
"""Punctuation that says nothing at the ends of a word. Signs, currencies, % and # do."""


def tidy(text: str) -> str:
    """NFC, no white space at the ends of lines, runs of blanks as one space, no empty lines."""
    lines = (
        re.sub(r"[^\S\n]+", " ", line).strip() for line in unicodedata.normalize("NFC", text).split("\n")
    )
    return "\n".join(line for line in lines if line)


def exact_match(found: str, wanted: str) -> float:
    """1.0 if both are equal after `tidy`."""
    return float(tidy(found) == tidy(wanted))


def normalised(text: str) -> str:
    """The words of a text: NFKC, without case, invisible characters and punctuation around words."""
    whole = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in whole if unicodedata.category(c) != "Cf").casefold()
    words = [word.strip(_AROUND) for word in seen.split()]
    # An answer that is nothing but punctuation is compared as it is.
    return " ".join(word for word in words if word) or seen.strip()


def number_in(value: object) -> Decimal | None:
    """The number that a value or a text is; None if it is none, or has anything around it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    text = str(value).strip()
    digits = _NUMBER.fullmatch(text) is not None and any(c.isdigit() for c in re.split("[eE]", text)[0])
    return Decimal(text.replace(",", "")) if digits else None


def plain(value: object) -> Any:
    """A value as JSON has it; what JSON has not becomes text."""
    try:
        return json.loads(to_json(value, inf_nan_mode="strings", fallback=str))
    except (PydanticSerializationError, ValueError):
        return repr(value)


def _exact(found: object, expected: object) -> bool:
    if isinstance(found, str) and isinstance(expected, str):
        return exact_match(found, expected) == 1.0
    return type(found) is type(expected) and bool(found == expected)


def _forgiving(found: object, expected: object) -> bool:
    return normalised(_text(found)) == normalised(_text(expected))


def _json(found: object, expected: object) -> bool:
    try:
        return _same_json(_read(found), _read(expected))
    except (ValueError, RecursionError):
        return False


def _number(found: object, expected: object) -> bool:
    first, second = number_in(found), number_in(expected)
    if first is None or second is None:
        return False
    whole = first == first.to_integral_value() and second == second.to_integral_value()
    return first == second if whole else abs(first - second) <= _CLOSE * max(abs(first), abs(second))


COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "exact": _exact,
    "forgiving": _forgiving,
    "json": _json,
    "number": _number,
}
"""Takes what was found and what was expected."""


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(plain(value))


def _read(value: object) -> Any:
    return json.loads(value, parse_constant=_refuse) if isinstance(value, str) else plain(value)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def _same_json(first: Any, second: Any) -> bool:
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(_same_json(first[k], second[k]) for k in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(_same_json, first, second))
    # Python takes True for 1.
    return isinstance(first, bool) == isinstance(second, bool) and bool(first == second)
