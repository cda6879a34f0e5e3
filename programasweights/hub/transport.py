"""HTTP requests to one server, which may be slow, broken or hostile. Standard library only.

Every request has a time limit as a whole, and every answer a size limit. Certificates are verified. Redirects
are followed within the server's own origin, so the key never goes elsewhere. What may pass is tried again:
broken connections and 502 and 504 where asking twice does no harm, 429 and 503 always, after `Retry-After`.
"""

import http.client
import io
import random
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from programasweights.errors import HubError, ServerUnreachableError
from programasweights.hub.connection import ConnectError, make_opener
from programasweights.hub.names import origin
from programasweights.progress import printable
from programasweights.settings import settings

__all__ = ["Answer", "Limits", "Transport"]

_PIECE = 1 << 16
_LONGEST_QUOTE = 600
_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
"""The request was not taken up: sending it again does nothing twice."""
_PASSING = {502, 504}


@dataclass(frozen=True)
class Limits:
    """How long to wait, and how often."""

    connect: float = 10.0
    """Seconds to reach the server."""
    silence: float = 30.0
    """Seconds without a byte."""
    answer: float = 60.0
    """Seconds for one try as a whole."""
    file: float = 900.0
    """The same where a program is sent or fetched."""
    tries: int = 4
    """A request is sent at most so many times."""
    first_pause: float = 0.5
    """Seconds before the second try; each further pause is twice as long, less a random part."""
    longest_pause: float = 60.0
    """A server that asks to wait longer is given up."""
    redirects: int = 3
    """Redirects that one request follows."""


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Transport:
    """The way to one server."""

    base: str
    """Its address, in the form that `server_address` gives."""
    key: str | None = field(default=None, repr=False)
    """Sent with every request; None sends none."""
    limits: Limits = Limits()
    """How patient to be."""
    _tls: list[ssl.SSLContext] = field(default_factory=list, repr=False, compare=False)

    def request(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        content_type: str = "application/json",
        most_bytes: int,
        seconds: float,
    ) -> Answer:
        """Ask, and read the whole answer, whatever its status.

        Args:
            method: HTTP's.
            path: below the server's address, with the query.
            body: what to send.
            content_type: what kind of thing the body is.
            most_bytes: size that the answer may have.
            seconds: time for one try as a whole.

        Raises:
            ServerUnreachableError: it does not answer, is too busy, or `PAW_OFFLINE=1`.
            HubError: the answer is too large or cut short, or redirects elsewhere.
        """
        if settings().offline:
            raise ServerUnreachableError(
                f"PAW_OFFLINE=1 forbids the network, so {self.base} is not asked. Unset it to ask."
            )
        once = partial(self._follow, method, f"{self.base}{path}", body, content_type, most_bytes, seconds)
        harmless = method != "POST"  # to send twice
        for attempt in range(1, self.limits.tries + 1):
            last = attempt == self.limits.tries
            try:
                answer = once()
            except _BrokenError as error:
                if last or not (harmless and error.may_pass):
                    raise ServerUnreachableError(f"{self.base} {self.quote(error)}") from None
                self._pause(attempt, 0.0, str(error))
                continue
            passing = answer.status in _BUSY or (harmless and answer.status in _PASSING)
            if last or not passing:
                return answer
            self._pause(attempt, _retry_after(answer.headers), f"is busy (status {answer.status})")
        raise AssertionError  # the last try returns or raises

    def quote(self, text: object) -> str:
        """A stranger's text on one line: without the key, which it may repeat, and control characters."""
        line = " ".join(str(text).split())
        line = line if self.key is None else line.replace(self.key, "***")
        return printable(line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}...")

    def _pause(self, attempt: int, wished: float, why: str) -> None:
        if wished > self.limits.longest_pause:
            raise ServerUnreachableError(
                f"{self.base} {why} and asks to wait {wished:.0f} s; try again then."
            )
        pause = self.limits.first_pause * 2 ** (attempt - 1) * random.uniform(0.5, 1)
        time.sleep(max(pause, wished))

    def _follow(
        self, method: str, url: str, body: bytes | None, kind: str, most_bytes: int, seconds: float
    ) -> Answer:
        deadline = time.monotonic() + seconds
        for _ in range(self.limits.redirects + 1):
            answer = self._once(method, url, body, kind, most_bytes, deadline)
            target = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or target is None:
                return answer
            url = self._redirected(method, url, target)
        raise HubError(f"{self.base} redirects more than {self.limits.redirects} times; check the address.")

    def _redirected(self, method: str, url: str, target: str) -> str:
        try:
            found = urljoin(url, target)
            same = origin(found) == origin(self.base)
        except ValueError:
            found, same = target, False
        if not same or urlsplit(found).username is not None:
            raise HubError(
                f"{self.base} redirects to {self.quote(target)}, another server, which was not followed. Use that "
                "address if you trust it."
            )
        if method != "GET":
            raise HubError(f"{self.base} redirects a {method} to {self.quote(target)}; check the address.")
        return found

    def _once(
        self, method: str, url: str, body: bytes | None, kind: str, most_bytes: int, deadline: float
    ) -> Answer:
        request = Request(url, method=method, headers={"User-Agent": "programasweights"})
        if self.key is not None:
            request.add_unredirected_header("Authorization", f"Bearer {self.key}")
        if body is not None:
            # From a file, it is sent piece by piece, and the time limit of the socket is that of a piece.
            request.data = io.BytesIO(body)
            request.add_header("Content-Length", str(len(body)))
            request.add_header("Content-Type", kind)
        if url.startswith("https:") and not self._tls:
            self._tls.append(ssl.create_default_context())  # slow: it reads all certificates
        opener = make_opener(
            url, deadline=deadline, silence=self.limits.silence, tls=self._tls[0] if self._tls else None
        )
        try:
            with opener.open(request, timeout=self.limits.connect) as response:
                data = _read(response, most_bytes)
                return Answer(response.status, response.headers, data)
        except (OSError, http.client.HTTPException) as error:
            raise _BrokenError.of(error) from error
        except _SizeError as error:
            raise HubError(f"{self.base} {error}") from None


class _SizeError(Exception):
    """The answer is too large or too small."""


class _BrokenError(Exception):
    """No whole answer came."""

    def __init__(self, what: str, *, may_pass: bool) -> None:
        super().__init__(what)
        self.may_pass = may_pass

    @classmethod
    def of(cls, error: Exception) -> "_BrokenError":
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, ConnectError):
            return cls(_unconnected(reason.cause), may_pass=False)
        if isinstance(reason, TimeoutError):
            return cls("did not answer in time.", may_pass=True)
        said = f"{type(reason).__name__}: {reason}" if isinstance(reason, Exception) else reason
        return cls(f"broke the connection or does not speak HTTP ({said!r:.300}).", may_pass=True)


def _unconnected(cause: OSError) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"cannot be trusted: its certificate is not valid here ({cause.verify_message}). Add the certificate "
            "authority to this machine, or name its file in SSL_CERT_FILE."
        )
    said = "no answer in time" if isinstance(cause, TimeoutError) else cause.strerror or str(cause)
    return f"cannot be reached ({said}). Check the address, the network, and that the server runs."


def _read(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    stated = response.length  # None if it is sent in chunks, or until the connection ends
    if stated is not None and stated > most_bytes:
        raise _SizeError(f"answers with {stated} bytes, more than the {most_bytes} that are read.")
    pieces, size = list[bytes](), 0
    while piece := response.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most_bytes:
            raise _SizeError(f"answers with more than the {most_bytes} bytes that are read.")
    if stated is not None and size < stated:
        raise http.client.IncompleteRead(b"", stated - size)
    return b"".join(pieces)


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that an answer asks to wait, given as a number or a date; 0 if it does not ask."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return min(float(value[:12]), 1e9)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
