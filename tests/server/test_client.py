"""The client against the real server: programs go there and come back, and stay when the server is gone."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.hub import remote
from programasweights.hub.names import Reference
from programasweights.hub.remote import RemoteHub
from programasweights.program import save
from programasweights.spec import Spec
from tests.server.programs import program_of
from tests.server.serving import Served, served


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("server"), access="keys", workers=1) as made:
        yield made


def hub(server: Served, user: str | None = "ada") -> RemoteHub:
    return RemoteHub(server.url, None if user is None else server.key(user))


@pytest.fixture(autouse=True)
def own_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A client that has nothing yet."""
    use_machine(monkeypatch, tmp_path / "machine")
    monkeypatch.setenv("PAW_OFFLINE", "0")


def use_machine(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PAW_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    for name in ("PAW_API_KEY", "PAW_SERVER"):
        monkeypatch.delenv(name, raising=False)


def downloads(server: Served, program_id: str) -> int:
    return hub(server).info(Reference.parse(program_id)).downloads


# ---- pushing, finding, fetching


def test_push_and_fetch(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of("Is it a question?")
    held = hub(server).push(program, slug="question", tags=["Mail", "yes no"])
    assert (held.id, held.public, held.mine, held.tags) == (program.id, False, True, ("mail", "yes no"))
    assert [(s.slug, s.version, s.is_main) for s in held.slugs] == [("ada/question", 1, True)]
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    for reference in ("ada/question", "ada/question@v1", program.id, program.id[:16]):
        assert paw.load(reference, server=server.url) == program


def test_versions(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = hub(server)
    first, second = program_of("Version one."), program_of("Version two.")
    ada.push(first, slug="versions")
    ada.push(second, slug="versions")
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    monkeypatch.setenv("PAW_SERVER", server.url)
    found = {name: paw.load(f"ada/versions{name}") for name in ("@v1", "@v2", "")}
    assert (found["@v1"], found["@v2"]) == (first, second)
    assert found[""].id == ada.resolve(Reference.parse("ada/versions"))
    with pytest.raises(paw.HubError, match="answered 404"):
        paw.load("ada/versions@v3")


def test_ids_are_fetched_once(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of("Fetched once.")
    hub(server).push(program, slug="once")
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    for reference in (program.id, program.id[:20], "ada/once@v1", "ada/once", "ada/once@v1", program.id):
        assert paw.load(reference, server=server.url) == program
    server.services.tally.flush()
    assert downloads(server, program.id) == 1


def test_a_private_program_of_another_user(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, shown = program_of("Of Ada alone."), program_of("For everybody.")
    hub(server).push(secret, slug="secret")
    hub(server).push(shown, slug="shown", public=True)
    for key in (server.key("bob"), None):
        if key is not None:
            monkeypatch.setenv("PAW_API_KEY", key)
        else:
            monkeypatch.delenv("PAW_API_KEY")
        for reference in ("ada/secret", "ada/secret@v1", secret.id, secret.id[:16]):
            with pytest.raises(paw.HubError, match=r"answered 404: there is no .* \(request [0-9a-f]+\)"):
                paw.load(reference, server=server.url)
    assert paw.load("ada/shown", server=server.url) == shown


def test_a_wrong_key(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of("For everybody, but not with a wrong key.")
    hub(server).push(program, public=True)
    wrong = "paw_" + "x" * 43
    monkeypatch.setenv("PAW_API_KEY", wrong)
    with pytest.raises(paw.HubError, match=r"answered 401: .*paw login") as caught:
        paw.load(program.id, server=server.url)
    assert wrong not in str(caught.value)
    for use in (
        lambda wrongly: wrongly.push(program),
        lambda wrongly: wrongly.search("x"),
        lambda wrongly: wrongly.account(),
        lambda wrongly: wrongly.compile(Spec("x")),
    ):
        with pytest.raises(paw.HubError, match="answered 401"):
            use(RemoteHub(server.url, wrong))


def test_what_needs_a_key_says_so(server: Served) -> None:
    with pytest.raises(paw.HubError, match=r"answered 401: .*paw login"):
        hub(server, None).push(program_of("Nobody's."))
    with pytest.raises(paw.HubError, match="answered 401"):
        paw.compile("Nobody's.", server=server.url)
    assert hub(server, None).account().name is None


def test_searching(server: Served) -> None:
    mine, other = program_of("Sort the wombats by size."), program_of("Count the wombats.")
    hub(server).push(mine, slug="wombats")
    hub(server, "bob").push(other, public=True)
    ada = hub(server)
    assert {p.id for p in ada.search("wombats").programs} == {mine.id, other.id}
    assert [p.id for p in ada.search("wombats", mine=True).programs] == [mine.id]
    assert {p.id for p in hub(server, None).search("wombats").programs} == {other.id}
    first, second = (ada.search("wombats", page=page, per_page=1) for page in (1, 2))
    assert (first.total, second.total) == (2, 2)
    assert {first.programs[0].id, second.programs[0].id} == {mine.id, other.id}


def test_what_the_server_refuses(server: Served) -> None:
    with pytest.raises(paw.HubError, match="answered 400: the slug"):
        hub(server).push(program_of("Badly named."), slug="No Name")
    with pytest.raises(paw.HubError, match="answered 400"):
        hub(server).push(program_of("Badly named."), slug="bob/name")


def test_local_things_win(server: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there, here = program_of("There."), program_of("Here.")
    hub(server).push(there, slug="place")
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ada").mkdir()
    save(here, tmp_path / "ada" / "place")
    assert paw.load("ada/place", server=server.url) == here
    assert paw.load(Path("ada/place"), server=server.url) == here
    (tmp_path / "ada" / "place").unlink()
    assert paw.load("ada/place", server=server.url) == there
    with pytest.raises(FileNotFoundError):
        paw.load(Path("ada/place"), server=server.url)
    with pytest.raises(FileNotFoundError, match="give server= or set PAW_SERVER"):
        paw.load("ada/place")


def test_a_damaged_program_is_fetched_again(
    server: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = program_of("Damaged.")
    hub(server).push(program)
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    paw.load(program.id, server=server.url)
    kept = tmp_path / "machine" / "cache" / "programs" / f"{program.id}.paw"
    kept.write_bytes(b"damaged")
    assert paw.load(program.id, server=server.url) == program
    assert kept.read_bytes() == paw.save(program)


# ---- without the server


def test_programs_stay_when_the_server_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = program_of("It stays.")
    with served(tmp_path / "server", access="keys") as server:
        hub(server).push(program, slug="stays")
        monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
        monkeypatch.setenv("PAW_SERVER", server.url)
        for reference in ("ada/stays", "ada/stays@v1"):
            paw.load(reference)
    capsys.readouterr()
    assert paw.load("ada/stays@v1") == paw.load(program.id) == program
    assert capsys.readouterr().err == ""
    assert paw.load("ada/stays") == program
    said = capsys.readouterr().err
    assert said.startswith(f"Warning: {server.url} cannot be reached (Connection refused).")
    assert f"Using ada/stays as it was, {program.id[:16]}." in said
    for reference in ("ada/other", "ada/stays@v2", "0" * 64):
        with pytest.raises(paw.ServerUnreachableError, match="cannot be reached"):
            paw.load(reference)
    monkeypatch.setenv("PAW_OFFLINE", "1")
    assert paw.load("ada/stays") == paw.load("ada/stays@v1") == program
    assert "PAW_OFFLINE=1 forbids" in capsys.readouterr().err
    with pytest.raises(paw.ServerUnreachableError, match="PAW_OFFLINE=1 forbids"):
        paw.compile("x")


def test_what_is_remembered_is_of_one_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mine, theirs = program_of("Of one server."), program_of("Of the other server.")
    with served(tmp_path / "one") as one, served(tmp_path / "other") as other:
        for server, program in ((one, mine), (other, theirs)):
            hub(server).push(program, slug="same", public=True)
        for server, program in ((one, mine), (other, theirs)):
            assert paw.load("ada/same@v1", server=server.url) == program
    assert paw.load("ada/same@v1", server=one.url) == mine
    assert paw.load("ada/same@v1", server=other.url) == theirs


# ---- compiling


@pytest.mark.weights
def test_compile_there_and_call_here(
    server: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, q8_engine: object
) -> None:
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    pairs = [("My name is John Smith", "John"), ("I am Mary Jones from Leeds", "Mary")]
    function = paw.compile(
        "Extract the first name.", pairs, max_new_tokens=16, stop=["\n"], storage="int8", server=server.url
    )
    behaviour = function.program.behaviour
    assert behaviour.spec.text == "Extract the first name."
    assert list(behaviour.spec.examples) == pairs
    assert (behaviour.generation.max_new_tokens, behaviour.generation.stop) == (16, ("\n",))
    assert behaviour.prefix.storage == "int8"
    assert paw.load(function.id) == function.program  # kept here, too
    hub(server).push(function.program, slug="first-name")
    output = function("This is Laura Stone")
    assert output == "Laura"

    use_machine(monkeypatch, tmp_path / "another")
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    for reference in ("ada/first-name@v1", "ada/first-name", function.id):
        again = paw.function(reference, server=server.url)
        assert (again.id, again("This is Laura Stone")) == (function.id, output)


@pytest.mark.weights
def test_a_compile_that_cannot_be_done_there(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    with pytest.raises(paw.HubError):
        paw.compile("x", compiler="no-such-compiler", server=server.url)
    with pytest.raises(paw.HubError, match="did not compile the task: "):
        paw.compile("x", max_new_tokens=8192, server=server.url)


@pytest.mark.weights
def test_an_interrupt_cancels_the_compile(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def interrupted(*_label: object, **_options: object) -> Iterator[Callable[[float], None]]:
        # where the tests were started in the background, the signal is ignored
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            yield lambda _percent: os.kill(os.getpid(), signal.SIGINT)
        finally:
            signal.signal(signal.SIGINT, before)

    monkeypatch.setattr(remote, "progress", interrupted)
    monkeypatch.setenv("PAW_API_KEY", server.key("bob"))
    pairs = [(f"input {n} " * 20, f"output {n}") for n in range(20)]
    with pytest.raises(KeyboardInterrupt):
        paw.compile("Which number is it?", pairs, seed=7, compiler="prompted", server=server.url)
    (job,) = server.client("bob").get("/api/v1/compile").json()["jobs"]
    assert job["status"] == "cancelled"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"refine": 5}, "refine cannot be used with the server http://127.0.0.1:9; leave it out"),
        ({"compiler": Path("folder")}, "compiler='folder' is on this machine"),
        ({"compiler": "./folder"}, "compiler='./folder' is on this machine"),
        ({"interpreter": "/models/x.gguf"}, "interpreter='/models/x.gguf' is on this machine"),
        ({"max_new_tokens": 0}, "max_new_tokens is 0"),
        ({"prompt": ""}, "the spec is empty"),
    ],
)
def test_what_a_server_cannot_do_is_said_before_it_is_asked(options: dict[str, object], message: str) -> None:
    with pytest.raises(paw.SpecError, match=message):
        paw.compile(**({"prompt": "x", "server": "http://127.0.0.1:9"} | options))  # type: ignore[arg-type]


def test_a_server_searches_too(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_API_KEY", server.key("ada"))
    found = [
        paw.compile(
            "Write it large.", [("a", "A"), ("b", "B")], compiler="prompted", budget=2, server=address
        )
        for address in (server.url, "")
    ]
    there, here = found
    assert there.id == here.id
    assert there.program.behaviour.recipe["search_budget"] == 2


def test_an_empty_server_is_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_SERVER", "http://127.0.0.1:9")
    with pytest.raises(paw.ModelNotFoundError, match="there is no base model 'nope'"):
        paw.compile("x", interpreter="nope", server="")
    with pytest.raises(paw.ServerUnreachableError):
        paw.compile("x", interpreter="nope")
