"""What text from outside may hold, and JSON from outside in bounded time.

Text with a null character or half of a surrogate pair is no text to a database; it is refused at the door.
"""

from typing import Any
from urllib.parse import parse_qsl

from programasweights.program.canonical_json import parse_json
from programasweights.server.errors import ApiError

__all__ = ["check_text", "parse_form", "parse_strict"]

_MOST_FIELDS = 100


def check_text(text: str, where: str) -> str:
    """Return text if a database can hold it.

    Raises:
        ApiError: it cannot.
    """
    if "\0" in text:
        raise ApiError(400, "invalid_text", f"{where} holds a null character; leave it out.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        message = f"{where} holds half of a surrogate pair, which is no character; leave it out."
        raise ApiError(400, "invalid_text", message)
    return text


def parse_strict(body: bytes) -> Any:
    """The value of a JSON body.

    Raises:
        ApiError: it is not JSON, too large a structure, or holds text that is none.
    """
    try:
        text = body.decode()
        value = parse_json(text)
    except (ValueError, RecursionError) as error:
        message = f"the body cannot be read as JSON: {str(error)[:200]}. Send one JSON object in UTF-8."
        raise ApiError(400, "invalid_json", message) from None
    if "\\u" in text:  # without an escape, UTF-8 and JSON leave no way to write such a character
        _check_all(value)
    return value


def parse_form(body: bytes) -> dict[str, str]:
    """The fields of a URL-encoded form; of one given twice, the last.

    Raises:
        ApiError: it is no such form, or holds text that is none.
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise ApiError(400, "invalid_form", f"the body is no form: {str(error)[:200]}.") from None
    return {check_text(name, "a field's name"): check_text(value, "a field") for name, value in pairs}


def _check_all(value: Any) -> None:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            check_text(value, "the body")
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
