"""Turns every exception into the one error shape, and says nothing of those that nobody planned for."""

import logging
import traceback
from collections.abc import Callable

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from programasweights.errors import (
    CheckpointError,
    HubError,
    InputError,
    InterpreterMismatchError,
    ModelError,
    PawError,
    PawFileError,
    ProgramError,
    SpecError,
)
from programasweights.server.errors import ApiError

__all__ = ["answer", "as_api_error", "install"]

_log = logging.getLogger("programasweights.server")

_KINDS: tuple[tuple[type[PawError], int, str], ...] = (
    (SpecError, 400, "invalid_spec"),
    (InputError, 400, "invalid_input"),
    (PawFileError, 500, "damaged_file"),
    (InterpreterMismatchError, 409, "interpreter_mismatch"),
    (ProgramError, 409, "unusable_program"),
    (CheckpointError, 400, "unknown_compiler"),
    (HubError, 500, "lost_file"),
    (ModelError, 503, "model_unavailable"),
)
"""The first that fits counts. A file that is damaged or missing here is the server's; uploads are checked apart."""
_APOLOGY = "the server cannot do this now; its log says why. Name the request id to whoever runs it."
_FOR_PROGRAMS = ("/api/", "/v1/", "/health", "/ready", "/metrics")
"""Paths that answer in JSON, whoever asks."""
_STATUS_NAMES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "unsupported_media_type"}


Page = Callable[[Request, ApiError, str], Response]
"""Shows an error to a person."""


def install(app: FastAPI, page: Page) -> None:
    """Handle the exceptions that routes raise; a browser that asks for a page is answered with one."""

    async def handle(request: Request, error: Exception) -> Response:
        found, request_id = as_api_error(error, request.url.path), request.state.request_id
        shown = "text/html" in request.headers.get("accept", "")
        if shown and not request.url.path.startswith(_FOR_PROGRAMS):
            return page(request, found, request_id)
        return answer(found, request_id)

    for kind in (ApiError, PawError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, handle)


def answer(error: ApiError, request_id: str) -> Response:
    """The answer that an error is."""
    return JSONResponse(error.body(request_id), status_code=error.status, headers=error.headers)


def as_api_error(error: BaseException, path: str = "") -> ApiError:
    """The answer for an exception; one that is a fault of the server is logged."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    if isinstance(error, HTTPException):
        return _http(error, path)
    for kind, status, name in _KINDS:
        if isinstance(error, kind):
            if status >= 500:
                _log.error("%s: %s", name, error)
            return ApiError(status, name, str(error) if status < 500 else _APOLOGY)
    _log_fault(error)
    return ApiError(500, "internal", _APOLOGY)


def _log_fault(error: BaseException) -> None:
    """Where it happened, without the exception's words, which may quote a spec or an input."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s\n%s", type(error).__name__, frames)


def _invalid(error: RequestValidationError) -> ApiError:
    first = error.errors()[0]
    where, *place = [str(part) for part in first["loc"]]
    field = ".".join(place) or where
    message = f"{field[:200]}: {first['msg'].removeprefix('Value error, ')}"
    if len(error.errors()) > 1:
        message += f" (and {len(error.errors()) - 1} more)"
    return ApiError(400, "invalid_request", message, field=field[:200])


def _http(error: HTTPException, path: str) -> ApiError:
    name = _STATUS_NAMES.get(error.status_code, "invalid_request" if error.status_code < 500 else "internal")
    message = str(error.detail)
    if error.status_code == 404:
        message = f"there is nothing at {path[:200]!r}; /api/v1/openapi.json says what there is."
    elif error.status_code == 405:
        message = f"{path[:200]!r} does not take this method; it takes {(error.headers or {}).get('Allow')}."
    return ApiError(error.status_code, name, message, headers=error.headers)
