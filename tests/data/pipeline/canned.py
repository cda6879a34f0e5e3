"""A real HTTP server with canned answers, and a model of ours that writes well-formed specs and pairs."""

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Canned", "CannedServer", "Seen", "completion", "running", "write"]


@dataclass(frozen=True)
class Canned:
    """One answer."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    hang_up: bool = False


@dataclass(frozen=True)
class Seen:
    """One request as it came in."""

    at: float
    path: str
    key: str | None
    body: dict[str, Any]


class CannedServer(ThreadingHTTPServer):
    """Answers each request with what `answer` makes of it and of its number, from 0 on."""

    def __init__(self, answer: Callable[[int, dict[str, Any]], Canned]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.seen: list[Seen] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that went away are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: CannedServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            number = len(self.server.seen)
            self.server.seen.append(
                Seen(time.monotonic(), self.path, self.headers.get("Authorization"), body)
            )
        answer = self.server.answer(number, body)
        time.sleep(answer.wait)
        if answer.hang_up:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in ({"Content-Length": str(len(answer.body))} | answer.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(answer: Callable[[int, dict[str, Any]], Canned] | Sequence[Canned]) -> Iterator[CannedServer]:
    """Serve while the block runs; answers given as a list come in that order, the last one again and again."""
    made = answer if callable(answer) else lambda number, _: answer[min(number, len(answer) - 1)]
    with CannedServer(made) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def completion(text: str | None, finish_reason: str = "stop", tokens: tuple[int, int] = (100, 10)) -> Canned:
    """A chat completion that says `text`."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish_reason}
    usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
    return Canned(body=json.dumps({"choices": [choice], "usage": usage}).encode())


def write(body: dict[str, Any]) -> str:
    """What our model replies to a prompt of the pipeline: well-formed specs, or well-formed pairs."""
    asked = body["messages"][1]["content"]
    specs = re.search(r"Write (\d+) specifications", asked)
    mark = hashlib.sha256(json.dumps(body["messages"]).encode()).hexdigest()[:6]
    if specs:
        found = [
            {"spec": f"Say how urgent message {mark}{n} is: high or low.", "has_examples": n % 2 == 0}
            for n in range(int(specs[1]))
        ]
        return json.dumps({"specs": found})
    count = int(re.search(r"Write (\d+) test cases", asked)[1])  # type: ignore[index]
    pairs = [
        {"input": f"Printer {mark} on floor {n} burns", "output": ["high", "low"][n % 2]}
        for n in range(count)
    ]
    return json.dumps({"pairs": pairs})
