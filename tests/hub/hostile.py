"""Hand-made HTTP servers on this machine, which may answer anything at all."""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from programasweights.hub.remote import RemoteHub
from programasweights.hub.transport import Limits
from programasweights.program import FORMAT_VERSION

__all__ = ["GOLDEN", "KEY", "QUICK", "HostileServer", "Play", "answer", "as_json", "hub", "serving"]

GOLDEN = sorted((Path(__file__).parent.parent / "program" / "golden").glob(f"v{FORMAT_VERSION}-*.paw"))
"""Files as this release writes them."""
KEY = "paw_secret-of-the-user"
QUICK = Limits(connect=2, silence=0.5, answer=1.5, file=1.5, tries=3, first_pause=0.01, longest_pause=2)

Play = bytes | Callable[[socket.socket], None]
"""What is sent for one request: bytes, or whatever a function does with the connection."""


def answer(
    body: bytes = b"", *, status: int = 200, headers: Sequence[str] = (), length: int | None = None
) -> bytes:
    """A whole answer; `length` is what it claims, by default the truth."""
    lines = [
        f"HTTP/1.1 {status} Said",
        *headers,
        f"Content-Length: {len(body) if length is None else length}",
    ]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def as_json(document: Any, *, status: int = 200, headers: Sequence[str] = ()) -> bytes:
    """A whole answer in JSON."""
    return answer(json.dumps(document).encode(), status=status, headers=headers)


class HostileServer:
    """Plays what it is told, one thing for a request; the last one for all further requests."""

    def __init__(self, listener: socket.socket, plays: Sequence[Play]) -> None:
        self.plays = list(plays)
        self.heard: list[str] = []
        """Requests as they came, head and body."""
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._listener = listener

    @property
    def asked(self) -> list[str]:
        """First lines of the requests, without the protocol."""
        return [request.split("\r\n", 1)[0].removesuffix(" HTTP/1.1") for request in self.heard]

    def run(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(10)
                self.heard.append(_hear(connection))
                play = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
                if callable(play):
                    play(connection)
                else:
                    connection.sendall(play)


def _hear(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return data.decode("latin-1")
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    stated = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    size = int(stated[0].split(b":")[1]) if stated else 0
    while len(body) < size and (piece := connection.recv(65536)):
        body += piece
    return (head + b"\r\n\r\n" + body).decode("latin-1")


@contextmanager
def serving(*plays: Play) -> Iterator[HostileServer]:
    """A server that plays `plays` while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = HostileServer(listener, plays)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(15)
        assert not thread.is_alive()


def hub(server: HostileServer | str, **changes: Any) -> RemoteHub:
    """A client that shows `KEY` and does not wait long."""
    url = server if isinstance(server, str) else server.url
    return RemoteHub(url, KEY, limits=replace(QUICK, **changes))
