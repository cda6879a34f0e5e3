"""Connections with a time limit as a whole, for `transport`: sockets, and the openers of urllib that use them."""

import http.client
import io
import socket
import ssl
import time
import urllib.request
from functools import partial
from typing import Any

from programasweights.hub.names import is_loopback

__all__ = ["ConnectError", "make_opener"]


class ConnectError(OSError):
    """There is no connection, so nothing was sent."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _TimedReader(io.RawIOBase):
    """Bytes of a socket, up to a point in time that slow drops do not put off."""

    def __init__(self, connection: socket.socket, deadline: float, silence: float) -> None:
        self._socket, self._deadline, self._silence = connection, deadline, silence
        self._raw = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._socket.settimeout(min(left, self._silence))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    def __init__(
        self, sock: socket.socket, *args: Any, deadline: float, silence: float, **options: Any
    ) -> None:
        super().__init__(sock, *args, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_TimedReader(sock, deadline, silence))


class _Patient:
    """A connection that tells failing to connect from breaking later, and reads early refusals."""

    sock: socket.socket | None
    silence: float

    def connect(self) -> None:
        try:
            super().connect()  # type: ignore[misc]
        except OSError as error:
            raise ConnectError(error) from error
        assert self.sock is not None
        self.sock.settimeout(self.silence)

    def endheaders(self, *args: Any, **options: Any) -> None:
        try:
            super().endheaders(*args, **options)  # type: ignore[misc]
        except (BrokenPipeError, ConnectionResetError):
            # A server that refuses a body hangs up, and has often said why.
            if self.sock is None:
                raise


class _PlainConnection(_Patient, http.client.HTTPConnection):
    pass


class _TlsConnection(_Patient, http.client.HTTPSConnection):
    pass


def _connection(
    kind: type[Any], host: str, *, deadline: float, silence: float, **options: Any
) -> http.client.HTTPConnection:
    made: Any = kind(host, **options)
    made.silence = silence
    made.response_class = partial(_TimedResponse, deadline=deadline, silence=silence)
    connection: http.client.HTTPConnection = made
    return connection


class _PlainHandler(urllib.request.HTTPHandler):
    def __init__(self, make: Any) -> None:
        super().__init__()
        self._make = make

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(self._make, _PlainConnection), req)


class _TlsHandler(urllib.request.HTTPSHandler):
    def __init__(self, make: Any, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._make, self._verified = make, context

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(self._make, _TlsConnection), req, context=self._verified)


def make_opener(
    url: str, *, deadline: float, silence: float, tls: ssl.SSLContext | None
) -> urllib.request.OpenerDirector:
    """What opens one http or https address, through the proxy that the environment names.

    Made by hand: the ready-made opener follows redirects, and reads files and FTP.

    Args:
        url: the address, which tells whether a proxy is asked.
        deadline: point of `time.monotonic()` at which the whole answer must be there.
        silence: seconds without a byte.
        tls: how certificates are checked; None if the address is not https.
    """
    opener = urllib.request.OpenerDirector()
    if not is_loopback(url):
        opener.add_handler(urllib.request.ProxyHandler())
    make = partial(_connection, deadline=deadline, silence=silence)
    opener.add_handler(_PlainHandler(make))
    if tls is not None:
        opener.add_handler(_TlsHandler(make, tls))
    return opener
