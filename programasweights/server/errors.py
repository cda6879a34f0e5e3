"""The server's one exception for answers that are not a success, and the one shape of their body.

    {"detail": {"error": "not_found", "message": "...", "request_id": "9f2c...", "field": null}}

Turning other exceptions into this shape is the app's work.
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["ApiError", "conflict", "invalid", "not_found"]


class ApiError(Exception):
    """Becomes an HTTP answer; no caller of the library meets it."""

    def __init__(
        self,
        status: int,
        error: str,
        message: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Make an answer.

        Args:
            status: HTTP status, 400 or more.
            error: what went wrong as a `snake_case` word, for programs to compare.
            message: the same for people: what was found, what was expected, what to do.
            field: the field of the request that is at fault, as in `examples.0`.
            headers: further headers of the answer, for instance Retry-After.
        """
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message
        self.field = field
        self.headers = dict(headers or {})

    def body(self, request_id: str) -> dict[str, Any]:
        """The JSON object of the answer."""
        named = {"error": self.error, "message": self.message, "request_id": request_id, "field": self.field}
        return {"detail": named}


def not_found(what: str) -> ApiError:
    """404, in the same words whether a thing is absent or not the caller's to see."""
    message = f"there is no {what} that you can see; check the name, and the key that you ask with."
    return ApiError(404, "not_found", message)


def invalid(field: str, message: str) -> ApiError:
    """400 for a field of the request."""
    return ApiError(400, "invalid_request", message, field=field)


def conflict(error: str, message: str) -> ApiError:
    """409: the request is sound, but not as things stand."""
    return ApiError(409, error, message)
