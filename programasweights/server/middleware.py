"""What every request passes before a route is chosen, as three layers of plain ASGI.

`Edge` gives a request its id, an answer its security headers, and the log its line. `Gate` refuses wrong
hosts, foreign origins and wrong keys. `Bodies` bounds and checks what is sent, while it is read.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from urllib.parse import unquote_to_bytes, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from programasweights.server.access import CSRF_FIELD, CSRF_HEADER, Caller, Identifier, check_forgery
from programasweights.server.errors import ApiError
from programasweights.server.handlers import answer, as_api_error
from programasweights.server.metrics import Metrics
from programasweights.server.settings import ServerSettings
from programasweights.server.strict import parse_form, parse_strict

__all__ = ["UPLOAD_PATHS", "Bodies", "Edge", "Gate"]

_log = logging.getLogger("programasweights.server.access")

UPLOAD_PATHS = ("/api/v1/programs",)
"""Paths that take files, and read them piece by piece; any other body is JSON or a form."""
_IMAGE_PATHS = frozenset(
    {"/api/v1/compile", "/api/v1/compile/async", "/api/v1/compile/precheck", "/api/v1/run"}
)
"""Paths whose JSON may bring pictures."""
_UPLOAD_TYPES = ("application/octet-stream", "multipart/form-data")
_FORM_TYPE = "application/x-www-form-urlencoded"
_BODY_SECONDS = 120
"""A body that is not complete by then is refused."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Edge:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, secure: bool) -> None:
        """Wrap an app; `secure` says that clients reach it by https only."""
        self._app = app
        self._metrics = metrics
        self._headers = _HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self._headers)
        try:
            await self._app(scope, receive, exchange.send)
        except Exception as error:
            failure = as_api_error(error, scope["path"])
            if exchange.status is None:
                await answer(failure, exchange.id)(scope, receive, exchange.send)
            else:
                raise  # too late for an answer: the connection must break off
        finally:
            self._note(scope, exchange)

    def _note(self, scope: Scope, exchange: "_Exchange") -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        seconds = time.perf_counter() - exchange.start
        status = exchange.status or 499  # the client went away before there was an answer
        method = scope["method"] if scope["method"].isalpha() and len(scope["method"]) < 8 else "OTHER"
        self._metrics.answered(method, route, status, seconds)
        who: Caller | None = scope["state"].get("caller")
        user = "-" if who is None or who.viewer is None else who.viewer.name
        # The route, not the path: what is filled in may be a secret, or say what a spec is about.
        _log.info(
            "%s %s %s %d %d ms %d bytes %s",
            exchange.id,
            method,
            route,
            status,
            seconds * 1000,
            exchange.bytes,
            user,
        )


class _Exchange:
    """One answer on its way out."""

    def __init__(self, scope: Scope, send: Send, headers: dict[str, str]) -> None:
        self.id = secrets.token_hex(8)
        self.start = time.perf_counter()
        self.status: int | None = None
        self.bytes = 0
        self._send = send
        self._headers = headers
        scope.setdefault("state", {})["request_id"] = self.id

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self.id
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)


class Gate:
    """Refuses requests for another host, from another origin, or with a wrong key."""

    def __init__(self, app: ASGIApp, *, settings: ServerSettings, identifier: Identifier) -> None:
        """Wrap an app."""
        self._app = app
        self._hosts = _hosts(settings)
        self._public = urlsplit(settings.public_url or "").netloc.lower()
        self._identifier = identifier
        self._threads: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            request = Request(scope)
            self._check_address(request)
            who = await self._identify(request)
            if scope["method"] not in _SAFE and who.viewer is not None and who.viewer.via == "session":
                scope["state"]["forgery_open"] = _is_form(request.headers)
                if not scope["state"]["forgery_open"]:
                    check_forgery(who, scope["method"], request.headers.get(CSRF_HEADER))
            scope["state"]["caller"] = who
        except ApiError as error:
            await answer(error, scope["state"]["request_id"])(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check_address(self, request: Request) -> None:
        if b"\0" in unquote_to_bytes(request.scope.get("raw_path", b"")) + unquote_to_bytes(
            request.url.query
        ):
            raise ApiError(400, "invalid_text", "the address holds a null character; leave it out.")
        host = request.headers.get("host", "")
        if self._hosts and _name(host) not in self._hosts:
            message = (
                f"this server is not called {_name(host)[:100]!r}; it answers to "
                f"{', '.join(sorted(self._hosts))}. Start it with --allow-host to add a name."
            )
            raise ApiError(421, "wrong_host", message)
        if request.method not in _SAFE:
            self._check_origin(request.headers, host.lower())

    def _check_origin(self, headers: Headers, host: str) -> None:
        """A browser names the page that a change comes from; other clients do not, and hold no cookies."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        known = origin is None or urlsplit(origin).netloc.lower() in {host, self._public} - {""}
        if not known or (origin is None and site not in ("same-origin", "none")):
            message = "a page of another site asked for a change here, which no other site may."
            raise ApiError(403, "wrong_origin", message)

    async def _identify(self, request: Request) -> Caller:
        # Threads of its own: those of the routes may all be busy.
        self._threads = self._threads or CapacityLimiter(8)
        address = request.client.host if request.client else "unknown"
        return await to_thread.run_sync(
            self._identifier.identify, request.headers, request.cookies, address, limiter=self._threads
        )


class Bodies:
    """Refuses bodies that are too large, too slow, of the wrong type, or not what they say they are."""

    def __init__(self, app: ASGIApp, *, settings: ServerSettings) -> None:
        """Wrap an app."""
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a checked body on, whole, or an upload piece by piece."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if not _has_body(headers):
            await self._app(scope, receive, send)
            return
        try:
            upload = _media_type(headers) in _UPLOAD_TYPES and scope["path"] in UPLOAD_PATHS
            bounded = _bounded(receive, headers, self._limit(scope["path"], upload=upload))
            body = None if upload else await self._checked(scope, headers, bounded)
        except ApiError as error:
            await answer(error, scope["state"]["request_id"])(scope, receive, send)
            return
        except ConnectionError:
            return  # nobody is there to answer
        await self._app(scope, bounded if body is None else _replay(body, receive), send)

    def _limit(self, path: str, *, upload: bool) -> int:
        if upload:
            return self._settings.max_upload_bytes
        images = path in _IMAGE_PATHS
        return self._settings.max_image_body_bytes if images else self._settings.max_body_bytes

    async def _checked(self, scope: Scope, headers: Headers, receive: Receive) -> bytes:
        kind = _media_type(headers)
        is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
        if not is_json and kind != _FORM_TYPE:
            message = (
                f"the body is {kind[:80] or 'of no type'}; send application/json, and say so in Content-Type."
            )
            raise ApiError(415, "unsupported_media_type", message)
        body = await _read(receive)
        if is_json and body:
            parse_strict(body)
        if kind == _FORM_TYPE:
            fields = parse_form(body)
            if scope["state"].get("forgery_open"):
                sent = headers.get(CSRF_HEADER) or fields.get(CSRF_FIELD)
                check_forgery(scope["state"]["caller"], scope["method"], sent)
        return body


def _bounded(receive: Receive, headers: Headers, limit: int) -> Receive:
    """`receive` that refuses more than `limit` bytes, and what is not complete in time."""
    too_large = ApiError(
        413, "too_large", f"the body is larger than {limit} bytes, which is the most that is taken here."
    )
    stated = headers.get("content-length", "0")
    if not (stated.isascii() and stated.isdecimal()) or len(stated) > 15 or int(stated) > limit:
        raise too_large
    left, complete, deadline = limit, False, time.monotonic() + _BODY_SECONDS

    async def bounded() -> Message:
        nonlocal left, complete
        if complete:
            return await receive()
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                message = await receive()
        except TimeoutError:
            message_ = f"the body did not arrive within {_BODY_SECONDS} s; send it faster, or less of it."
            raise ApiError(408, "too_slow", message_) from None
        left -= len(message.get("body", b""))
        complete = not message.get("more_body", False)
        if left < 0:
            raise too_large
        return message

    return bounded


async def _read(receive: Receive) -> bytes:
    pieces = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(pieces)


def _replay(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _media_type(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_form(headers: Headers) -> bool:
    """Whether the token against forgery may stand in the body; `Bodies` looks for it there."""
    return _has_body(headers) and _media_type(headers) == _FORM_TYPE


def _hosts(settings: ServerSettings) -> frozenset[str]:
    """Host names that are answered to; none for any. A page that is rebound to this address names its own."""
    named = {name.lower().strip("[]") for name in settings.shown_hosts}
    if settings.public_url:
        named.add(_name(urlsplit(settings.public_url).netloc))
    return frozenset(named | _LOOPBACK if settings.access == "open" or settings.shown_hosts else ())


def _name(host: str) -> str:
    """A Host header without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
