"""`paw serve` and `paw keys` as processes of their own: start, first page, keys, Ctrl-C."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from programasweights.server.settings import access_for


def paw(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "programasweights", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def serving(*arguments: str) -> "Iterator[tuple[str, subprocess.Popen[str], list[str]]]":
    """A server in a process; its address, the process, and the lines that it said until it was there."""
    command = [sys.executable, "-m", "programasweights", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said: list[str] = []
        try:
            while not (found := re.search(r"Serving at (http://\S+);", "".join(said))):
                line = process.stderr.readline()
                assert line, said
                said.append(line)
            yield found[1], process, said
        finally:
            process.kill()


def first_page(url: str) -> httpx.Response:
    end = time.monotonic() + 30
    while True:
        try:
            return httpx.get(url, headers={"Accept": "text/html"}, timeout=30)
        except httpx.ConnectError:
            assert time.monotonic() < end
            time.sleep(0.02)


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and "zombie" not in Path(f"/proc/{pid}/status").read_text()


def children(pid: int) -> list[int]:
    """Child processes, whichever thread started them."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in listed for child in path.read_text().split()]


def test_start_page_and_end(tmp_path: Path) -> None:
    """The whole server, from nothing: its first page, then Ctrl-C, after which nothing of it is left."""
    start = time.monotonic()
    with serving("--data", str(tmp_path)) as (url, process, _):
        page = first_page(url)
        seconds = time.monotonic() - start
        print(f"\nfirst page {seconds:.2f} s after the start")
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert (tmp_path / "server.db").exists()
        assert httpx.get(f"{url}/api/v1/me").json()["name"] == "local"
        assert httpx.get(f"{url}/health", headers={"Host": "evil.example"}).status_code == 421
        end = time.monotonic() + 20
        while not (workers := children(process.pid)):
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130)
        assert process.stderr is not None
        said = process.stderr.read()
        assert "Traceback" not in said, said
    end = time.monotonic() + 10
    while any(map(alive, workers)):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_keys(tmp_path: Path) -> None:
    """A server with keys shows the first one once; keys made and ended on the command line count at once."""
    data = ("--data", str(tmp_path))
    with serving(*data, "--access", "keys", "--workers", "0") as (url, process, said):
        first_page(url)
        assert process.stderr is not None
        lines = "".join(said)
        while not (found := re.search(r"paw_[\w-]{43}", lines)):
            lines += process.stderr.readline()
        me = httpx.get(f"{url}/api/v1/me", headers={"X-API-Key": found[0]}).json()
        assert (me["name"], me["admin"]) == ("admin", True)
        made = paw("keys", "add", "maria", "--name", "laptop", *data)
        key = made.stdout.strip()
        assert re.fullmatch(r"paw_[\w-]{43}", key)
        headers = {"X-API-Key": key}
        assert httpx.get(f"{url}/api/v1/me", headers=headers).json()["name"] == "maria"
        listed = paw("keys", "list", *data).stdout
        assert "maria\n" in listed
        assert "laptop" in listed
        assert key not in listed
        number = re.search(r"(\d+)  paw_\S+  \S+  [^\n]*laptop", listed)
        assert number is not None
        assert paw("keys", "revoke", "maria", number[1], *data).returncode == 0
        assert httpx.get(f"{url}/api/v1/me", headers=headers).status_code == 401
        again = paw("keys", "revoke", "maria", number[1], *data)
        assert (again.returncode, "has no key" in again.stderr) == (1, True)
    with serving(*data, "--access", "keys", "--workers", "0") as (url, process, said):
        first_page(url)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130)
        assert process.stderr is not None
        assert found[0][:12] not in "".join(said) + process.stderr.read()
        assert "shown this once" not in "".join(said)


def test_wrong_uses(tmp_path: Path) -> None:
    assert paw("serve", "--access", "everybody").returncode == 2
    database = paw("serve", "--port", "0", "--database", "mysql://secret@host/x", "--data", str(tmp_path))
    assert database.returncode == 1
    assert "postgresql" in database.stderr
    assert "secret" not in database.stderr
    name = paw("keys", "add", "No Name", "--data", str(tmp_path))
    assert (name.returncode, "user name" in name.stderr) == (1, True)


def test_access_follows_the_address() -> None:
    assert [access_for(host) for host in ("127.0.0.1", "::1", "localhost")] == ["open"] * 3
    assert [access_for(host) for host in ("0.0.0.0", "::", "192.0.2.1", "example.org")] == ["keys"] * 4
