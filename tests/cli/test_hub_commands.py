"""`paw login`, `logout`, `push`, `pull`, `search`, and `--server`, as a user types them, with the real server."""

import io
import json
import os
import pty
import select
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from programasweights.cli import main
from programasweights.program import load, save
from tests.server.programs import program_of
from tests.server.serving import Served, served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("server"), access="keys", workers=1) as made:
        yield made


@pytest.fixture(autouse=True)
def own_machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if request.node.get_closest_marker("weights") is None:  # those are in the cache of this machine
        monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PAW_OFFLINE", "0")
    for name in ("PAW_API_KEY", "PAW_SERVER", "PAW_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


class Done(NamedTuple):
    """What a command left behind."""

    stdout: str
    stderr: str


Paw = Callable[..., Done]


@pytest.fixture
def paw(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Paw:
    """Runs the command line in this process, which spares importing everything each time."""

    def run(*arguments: str, text: str = "", code: int = 0) -> Done:
        monkeypatch.setattr(sys, "argv", ["paw", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        with pytest.raises(SystemExit) as ended:
            main()
        done = Done(*capsys.readouterr())
        assert ended.value.code == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def keys_file(folder: Path) -> Path:
    return folder / "config" / "programasweights" / "credentials.json"


def test_a_program_goes_there_and_comes_back(
    paw: Paw, server: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key, first, second = server.key("ada"), program_of("Find the badger."), program_of("Find two badgers.")
    save(first, tmp_path / "first.paw")
    save(second, tmp_path / "second.paw")

    done = paw("login", server.url, text=f"{key}\n")
    assert done.stdout == f"ada at {server.url}\n"
    assert key not in done.stdout + done.stderr
    assert stat.S_IMODE(keys_file(tmp_path).stat().st_mode) == 0o600

    monkeypatch.setenv("PAW_SERVER", server.url)
    done = paw("push", "first.paw", "--slug", "badger", "--tag", "animals", "--tag", "forest")
    assert done.stdout == "ada/badger@v1\n"
    assert "you alone can see it" in done.stderr
    done = paw("push", "second.paw", "--slug", "badger", "--public", "--json")
    assert json.loads(done.stdout) == {
        "id": second.id,
        "name": "ada/badger@v2",
        "public": True,
        "tags": [],
    }
    assert paw("push", "first.paw").stdout == f"{first.id}\n"

    monkeypatch.setenv("PAW_CACHE_DIR", str(tmp_path / "other cache"))
    assert paw("pull", "ada/badger@v1").stdout == f"{first.id}\n"
    assert paw("pull", "ada/badger@v2", "-o", "pulled.paw").stdout == "pulled.paw\n"
    assert load(tmp_path / "pulled.paw") == second
    assert "pulled.paw exists" in paw("pull", "ada/badger@v1", "-o", "pulled.paw", code=2).stderr
    assert load(tmp_path / "pulled.paw") == second
    paw("pull", "ada/badger@v1", "-o", "pulled.paw", "--force")
    assert load(tmp_path / "pulled.paw") == first
    assert json.loads(paw("inspect", "ada/badger@v2", "--json").stdout)["program_id"] == second.id

    done = paw("search", "badgers")
    assert done.stdout.split("\n")[0].split() == ["ada/badger", "Find", "two", "badgers."]
    assert done.stderr == "1 of 1\n"
    assert paw("search", "animals", "--mine").stdout.startswith("ada/badger ")
    found = json.loads(paw("search", "badger", "--json").stdout)
    assert {program["id"] for program in found["programs"]} == {first.id, second.id}

    assert "Forgot the key" in paw("logout").stderr
    assert "There was no key" in paw("logout", server.url).stderr
    assert key not in keys_file(tmp_path).read_text()
    assert "answered 401" in paw("push", "first.paw", code=1).stderr
    assert paw("search", "badger").stderr == "1 of 1\n"
    assert "answered 401" in paw("search", "--mine", code=1).stderr


def test_a_wrong_key_is_not_kept(paw: Paw, server: Served, tmp_path: Path) -> None:
    for key in ("paw_" + "x" * 43, "not a key", "nonsense", ""):
        done = paw("login", server.url, text=f"{key}\n", code=1)
        assert done.stderr.startswith("paw: ")
        assert not key or key not in done.stderr
        assert not keys_file(tmp_path).exists()


def test_the_key_is_not_shown_while_it_is_typed(server: Served, tmp_path: Path) -> None:
    key = server.key("ada")
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "programasweights", "login", server.url]
    with subprocess.Popen(
        command, stdin=end, stdout=subprocess.PIPE, stderr=end, start_new_session=True
    ) as process:
        os.close(end)
        shown = b""
        while b": " not in shown:
            if not select.select([terminal], [], [], 30)[0]:
                process.kill()
            shown += os.read(terminal, 1024)  # fails when the process has ended
        os.write(terminal, f"{key}\n".encode())
        assert process.stdout is not None
        assert process.stdout.read() == f"ada at {server.url}\n".encode()
        shown += os.read(terminal, 4096)
        assert process.wait(30) == 0
    os.close(terminal)
    assert b"Key for " in shown
    assert key.encode() not in shown
    assert key in keys_file(tmp_path).read_text()


def test_login_warns_where_the_network_could_read_along(paw: Paw) -> None:
    done = paw("login", "http://no-such-host.invalid", text="paw_x\n", code=1)
    assert "is not encrypted" in done.stderr
    assert "cannot be reached" in done.stderr
    assert "encrypted" not in paw("login", "https://no-such-host.invalid", text="paw_x\n", code=1).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["login"], "no server is named"),
        (["logout"], "no server is named"),
        (["pull", "me/x"], "no server is named"),
        (["search", "x"], "no server is named"),
        (["push", "none.paw"], "none.paw: No such file"),
        (["push", "0123456789"], "no program on this machine"),
        (
            ["pull", "x", "--server", "http://127.0.0.1:9"],
            "'x' names no program on a server; expected user/name",
        ),
        (["pull", "me/x", "--server", "http://127.0.0.1:9"], "cannot be reached"),
        (["search", "x", "--server", "127.0.0.1"], "expected an address like"),
        (["run", "me/x", "y"], "give server= or set PAW_SERVER"),
        (["run", "me/x", "y", "--server", "http://127.0.0.1:9"], "cannot be reached"),
        (["compile", "x", "--server", "http://127.0.0.1:9"], "cannot be reached"),
        (["compile", "x", "--refine", "3", "--server", "http://127.0.0.1:9"], "refine cannot be used with"),
    ],
)
def test_errors(paw: Paw, arguments: list[str], message: str) -> None:
    done = paw(*arguments, code=1)
    assert message in done.stderr
    assert done.stdout == ""


def test_what_strangers_wrote_does_not_command_the_terminal(paw: Paw, server: Served) -> None:
    server.give(program_of("Hostile \x1b]0;title\x07 and\nlong " + "x" * 500), "bob", public=True)
    shown = paw("search", "Hostile", "--server", server.url).stdout
    assert shown.count("\n") == 1
    assert shown.strip().isprintable()
    assert len(shown) < 200


@pytest.mark.weights
def test_compile_there_and_run_here(
    paw: Paw, server: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    server.wait_until_ready()
    pairs = ["-e", "My name is John Smith=>John", "-e", "I am Mary Jones from Leeds=>Mary"]
    done = paw(
        "compile", "Extract the first name.", *pairs, "-o", "names.paw", "--json", "--server", server.url
    )
    report = json.loads(done.stdout)
    assert load(tmp_path / "names.paw").id == report["id"]
    assert done.stderr.startswith(f"Compiling at {server.url} ...\n")
    paw("push", "names.paw", "--slug", "names", "--server", server.url)
    done = paw("run", "ada/names", "This is Laura Stone", "--server", server.url)
    assert done.stdout == "Laura\n"
