"""Keys of servers: kept privately, and shown to nobody else."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from programasweights.errors import HubError
from programasweights.hub.credentials import (
    credentials_file,
    forget_key,
    keep_key,
    key_for,
    known_servers,
)
from programasweights.settings import settings

KEY = "paw_one"
HERE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("PAW_API_KEY", "PAW_SERVER"):
        monkeypatch.delenv(name, raising=False)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_key_is_kept_for_its_server_alone(tmp_path: Path) -> None:
    assert key_for(HERE) is None
    path = keep_key(f"{HERE}/", KEY)
    assert path == credentials_file() == tmp_path / "config" / "programasweights" / "credentials.json"
    keep_key("https://paw.example", "paw_two")
    assert key_for(HERE) == KEY
    assert key_for("HTTPS://paw.EXAMPLE:443/hub") == "paw_two"
    for other in (
        "http://127.0.0.1:8001",
        "https://127.0.0.1:8000",
        "http://localhost:8000",
        "http://paw.example",
        "https://paw.example.org",
        "https://sub.paw.example",
    ):
        assert key_for(other) is None
    assert known_servers() == [HERE, "https://paw.example"]


def test_nobody_else_may_read_them() -> None:
    before = os.umask(0)
    try:
        path = keep_key(HERE, KEY)
    finally:
        os.umask(before)
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_file_that_others_could_read_is_closed(capsys: pytest.CaptureFixture[str]) -> None:
    path = keep_key(HERE, KEY)
    path.chmod(0o644)
    assert key_for(HERE) == KEY
    assert mode(path) == 0o600
    assert "could be read by other users" in capsys.readouterr().err


def test_a_key_is_replaced_and_forgotten() -> None:
    keep_key(HERE, KEY)
    keep_key(HERE, "paw_new")
    keep_key("http://other", "paw_other")
    assert key_for(HERE) == "paw_new"
    assert forget_key(f"{HERE}/")
    assert not forget_key(HERE)
    assert key_for(HERE) is None
    assert key_for("http://other") == "paw_other"
    assert KEY not in credentials_file().read_text()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"[" * 50_000, "cannot be read"),
        (b"[]", "not an object"),
        (b'{"http://x": 5}', "not an object"),
        (b'{"http://127.0.0.1:8000": "secret\\n"}', "the key is empty"),
    ],
)
def test_a_damaged_file_is_told_and_not_overwritten(content: bytes, message: str) -> None:
    path = credentials_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    path.chmod(0o600)
    for use in (lambda: key_for(HERE), lambda: keep_key(HERE, KEY), lambda: forget_key(HERE)):
        with pytest.raises(HubError, match=message) as caught:
            use()
        assert "secret" not in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("key", ["", "a b", "a\nb", "ü", "x" * 513])
def test_what_is_no_key_is_not_kept(key: str) -> None:
    with pytest.raises(HubError, match="the key is empty, too long"):
        keep_key(HERE, key)
    assert not credentials_file().exists()


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_key(HERE, KEY)
    monkeypatch.setenv("PAW_API_KEY", "paw_environment")
    assert key_for(HERE) == key_for("http://any") == "paw_environment"


def test_the_environments_key_is_for_the_environments_server(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_key("http://other", "paw_other")
    monkeypatch.setenv("PAW_API_KEY", "paw_environment")
    monkeypatch.setenv("PAW_SERVER", f"{HERE}/")
    assert key_for(HERE) == "paw_environment"
    assert key_for("http://other") == "paw_other"
    assert key_for("http://third") is None


def test_a_key_of_the_environment_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_API_KEY", "pasted twice")
    with pytest.raises(HubError, match="the key is empty, too long") as caught:
        key_for(HERE)
    assert "pasted" not in str(caught.value)


def test_settings_do_not_show_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_API_KEY", KEY)
    assert settings().api_key == KEY
    assert KEY not in repr(settings())


def test_keys_written_at_the_same_time_leave_a_whole_file() -> None:
    def write(number: int) -> None:
        for _ in range(20):
            keep_key(f"http://host-{number}", KEY)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert json.loads(credentials_file().read_text())
    assert mode(credentials_file()) == 0o600
