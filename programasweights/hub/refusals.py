"""What a server says when it refuses, as an error for the user.

The one shape is `{"detail": {"error", "message", "request_id", "field"}}`; whatever else comes, from a proxy for
instance, is told as far as it can be.
"""

import json
from typing import Any

from programasweights.errors import HubError, ServerUnreachableError
from programasweights.hub.transport import Answer, Transport

__all__ = ["check_answer"]

_LATER = {429, 502, 503, 504}


def check_answer(asked: Transport, answer: Answer) -> None:
    """Raise unless the server has done what it was asked.

    Raises:
        ServerUnreachableError: it is too busy, or something before it says that it is not there.
        HubError: it refuses.
    """
    if 200 <= answer.status < 300:
        return
    detail = _detail(answer.body)
    said, request_id = detail.get("message"), detail.get("request_id") or answer.headers.get("X-Request-Id")
    text = f"{asked.base} answered {answer.status}" + (f": {asked.quote(said)}" if said else ".")
    if request_id:
        text += f" (request {asked.quote(request_id)})"
    if answer.status == 401:
        text += f" `paw login {asked.base}` keeps a key for it."
    raise (ServerUnreachableError if answer.status in _LATER else HubError)(text)


def _detail(body: bytes) -> dict[str, Any]:
    """The fields of an error; empty if the body has none."""
    try:
        document = json.loads(body)
        detail = document.get("detail", document)
    except (ValueError, AttributeError, RecursionError):
        return {}
    return detail if isinstance(detail, dict) else {"message": detail}
