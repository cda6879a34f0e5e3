"""The whole server, live, for tests: its address, its parts, clients with and without a key."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from programasweights.program import Program, to_bytes
from programasweights.server.app import create_app
from programasweights.server.services import Services
from programasweights.server.settings import ServerSettings
from tests.server.live import running

__all__ = ["Served", "check_error", "served"]

PLENTY = {"runs_per_minute": 1_000_000, "compiles_per_minute": 1_000_000}
"""Settings of a server whose rates are not what is tested."""


@dataclass
class Served:
    """A running server."""

    url: str
    services: Services
    _stack: ExitStack
    _keys: dict[str, str] = field(default_factory=dict)

    def key(self, user: str, *, admin: bool = False) -> str:
        """A key of a user, who is made when first named."""
        if user not in self._keys:
            accounts = self.services.accounts
            self._keys[user] = accounts.issue_key(accounts.add_user(user, admin), "a test")
        return self._keys[user]

    def client(self, user: str | None = None, **headers: str) -> httpx.Client:
        """A client that asks as a user, or without a key."""
        if user is not None:
            headers["X-API-Key"] = self.key(user)
        # certificates take long to load, and nothing here is https
        made = httpx.Client(base_url=self.url, headers=headers, timeout=60, verify=False)
        return self._stack.enter_context(made)

    def give(self, program: Program, user: str, **options: Any) -> str:
        """Upload a program as a user; returns its id."""
        answer = self.client(user).post(
            "/api/v1/programs",
            content=to_bytes(program),
            headers={"Content-Type": "application/octet-stream"},
            params=options,
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def wait_until_ready(self) -> None:
        """Wait for the engine and the workers."""
        end = time.monotonic() + 60
        while (answer := httpx.get(f"{self.url}/ready")).status_code != 200:
            assert time.monotonic() < end, answer.text
            time.sleep(0.05)


@contextmanager
def served(folder: Path, **settings: Any) -> Iterator[Served]:
    """Serve while the block runs; without workers and open, unless the settings say otherwise."""
    chosen = PLENTY | {"access": "open", "workers": 0} | settings
    app = create_app(ServerSettings(data_dir=folder, **chosen))
    with running(app) as url, ExitStack() as stack:
        yield Served(url, app.state.services, stack)


def check_error(answer: httpx.Response, status: int, error: str) -> dict[str, Any]:
    """Check that an answer is this error, in the one shape; returns its detail."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json"), answer.text
    body = answer.json()
    assert body.keys() == {"detail"}
    detail: dict[str, Any] = body["detail"]
    assert detail.keys() == {"error", "message", "request_id", "field"}
    assert (detail["error"], detail["request_id"]) == (error, answer.headers["x-request-id"]), detail
    assert detail["message"]
    return detail
