"""Who sees which program, and what becomes of it when its holders change it or give it up."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from programasweights.program import Program
from programasweights.server.accounts import Accounts, Viewer
from programasweights.server.catalogue import Added, Catalogue, Ref
from programasweights.server.database import Database
from programasweights.server.errors import ApiError
from programasweights.server.holdings import EPHEMERAL_SECONDS, Wants, hold, record
from programasweights.server.store import ProgramFiles
from tests.server.programs import program_of

HELLO, BYE, THANKS = (
    program_of(f"{word} to whoever speaks.") for word in ("Say hello", "Say bye", "Give thanks")
)


class Clock:
    """A time that passes a second with each look."""

    now = 1000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def files(tmp_path: Path) -> ProgramFiles:
    return ProgramFiles(tmp_path / "programs")


@pytest.fixture
def catalogue(database: Database, files: ProgramFiles, clock: Clock) -> Catalogue:
    return Catalogue(database, files, clock=clock)


@pytest.fixture
def viewers(database: Database) -> list[Viewer]:
    accounts = Accounts(database)
    return [Viewer(accounts.add_user(name), name, False, "key") for name in ("ann", "bob")]


@pytest.fixture
def ann(viewers: list[Viewer]) -> Viewer:
    return viewers[0]


@pytest.fixture
def bob(viewers: list[Viewer]) -> Viewer:
    return viewers[1]


def refused(call: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(ApiError) as caught:
        call()
    return caught.value.status, caught.value.error


GONE = (404, "not_found")


def ids(catalogue: Catalogue, viewer: Viewer | None, **wanted: object) -> list[str]:
    return [entry.id for entry in catalogue.search(viewer, **wanted).programs]  # type: ignore[arg-type]


def test_what_is_added_can_be_read_back(catalogue: Catalogue, files: ProgramFiles, ann: Viewer) -> None:
    program = program_of("Shout.\n\nLoudly.", examples=[("hi", "HI"), ("ä", "Ä")], scores={"exact": 0.5})
    added = catalogue.add(program, ann, tags=["Text ", "text", "b"], slug="shout")
    assert added == Added(program.id, "ann/shout", 1, "created")
    assert catalogue.program(program.id, ann) == program
    entry, behaviour = catalogue.entry(program.id, ann), program.behaviour
    assert (entry.id, entry.spec, entry.examples) == (
        program.id,
        "Shout.\n\nLoudly.",
        [["hi", "HI"], ["ä", "Ä"]],
    )
    assert (entry.pseudo_program, entry.seed) == (behaviour.pseudo_program, behaviour.seed)
    assert entry.lora_rank == behaviour.lora.rank
    assert (entry.slots, entry.storage) == (behaviour.prefix.slots, behaviour.prefix.storage)
    assert (entry.interpreter, entry.interpreter_digest) == (
        behaviour.interpreter.name,
        behaviour.interpreter.digest,
    )
    assert (entry.compiler, entry.compiler_checkpoint) == (
        behaviour.compiler.name,
        behaviour.compiler.checkpoint,
    )
    assert (entry.recipe, entry.scores, entry.compiled_at) == (
        dict(behaviour.recipe),
        {"exact": 0.5},
        program.record.created_at,
    )
    assert (entry.bytes, entry.downloads, entry.runs) == (len(files.get(program.id)), 0, 0)
    assert (entry.public, entry.mine, entry.tags, entry.owners) == (False, True, ["b", "text"], ["ann"])
    assert [(s.slug, s.version, s.is_main) for s in entry.slugs] == [("ann/shout", 1, True)]


def test_a_private_program_does_not_exist_for_others(catalogue: Catalogue, ann: Viewer, bob: Viewer) -> None:
    catalogue.add(HELLO, ann, slug="hello", tags=["greeting"])
    catalogue.add_case(HELLO.id, ann, "a", "b")
    absent = BYE.id
    for viewer in (bob, None):
        for ref in (HELLO.id, HELLO.id[:16], "ann/hello", "ann/hello@v1", absent, "ann/none", "hello"):
            assert refused(lambda ref=ref, viewer=viewer: catalogue.resolve(ref, viewer)) == GONE
        for program_id in (HELLO.id, absent):
            for use in (catalogue.entry, catalogue.bytes, catalogue.program):
                assert refused(lambda use=use, i=program_id, viewer=viewer: use(i, viewer)) == GONE
        assert refused(lambda viewer=viewer: catalogue.versions("ann/hello", viewer)) == GONE
        assert catalogue.search(viewer).total == 0
        assert catalogue.search(viewer, tag="greeting").total == 0
    for change in (
        lambda i: catalogue.publish(i, bob, True),
        lambda i: catalogue.tag(i, bob, ["x"]),
        lambda i: catalogue.remove(i, bob),
        lambda i: catalogue.cases(i, bob),
        lambda i: catalogue.add_case(i, bob, "a", "b"),
        lambda i: catalogue.rename(i, bob, "mine"),
    ):
        assert refused(lambda change=change: change(HELLO.id)) == GONE
        assert refused(lambda change=change: change(absent)) == GONE
    assert refused(lambda: catalogue.set_main("ann/hello", bob, 1)) == GONE


def test_messages_do_not_tell_absent_from_hidden(catalogue: Catalogue, ann: Viewer, bob: Viewer) -> None:
    catalogue.add(HELLO, ann, slug="hello")

    def message(ref: str) -> str:
        with pytest.raises(ApiError) as caught:
            catalogue.resolve(ref, bob)
        return caught.value.message

    assert message(HELLO.id) == message(BYE.id)
    assert message("ann/hello") == message("ann/none") == message("nobody/none")


def test_a_public_program_is_everybodys_to_see_and_its_holders_to_change(
    catalogue: Catalogue, ann: Viewer, bob: Viewer
) -> None:
    catalogue.add(HELLO, ann, slug="hello", tags=["greeting"], public=True)
    for viewer in (bob, None):
        assert catalogue.resolve("ann/hello", viewer) == Ref(HELLO.id, "ann/hello", 1)
        entry = catalogue.entry(HELLO.id, viewer)
        assert (entry.public, entry.mine, entry.owners, entry.tags) == (True, False, ["ann"], ["greeting"])
        assert ids(catalogue, viewer) == [HELLO.id]
        assert catalogue.program(HELLO.id, viewer) == HELLO
    denied = (403, "forbidden")
    assert refused(lambda: catalogue.publish(HELLO.id, bob, False)) == denied
    assert refused(lambda: catalogue.remove(HELLO.id, bob)) == denied
    assert refused(lambda: catalogue.tag(HELLO.id, bob, ["x"])) == denied
    assert refused(lambda: catalogue.rename("ann/hello", bob, "mine")) == denied
    assert refused(lambda: catalogue.rename(HELLO.id, bob, "mine")) == denied
    assert refused(lambda: catalogue.rename("ann/hello", bob, "")) == denied
    assert refused(lambda: catalogue.set_main("ann/hello", bob, 1)) == denied
    catalogue.publish(HELLO.id, ann, False)
    assert refused(lambda: catalogue.entry(HELLO.id, bob)) == GONE
    assert catalogue.entry(HELLO.id, ann).public is False


def test_a_shared_program_does_not_show_its_private_holders(
    catalogue: Catalogue, ann: Viewer, bob: Viewer
) -> None:
    catalogue.add(HELLO, ann, slug="secret-plan", tags=["secret"])
    catalogue.add(HELLO, bob, slug="greeter", tags=["open"], public=True)
    seen = catalogue.entry(HELLO.id, None)
    assert (seen.owners, seen.tags, [s.slug for s in seen.slugs]) == (["bob"], ["open"], ["bob/greeter"])
    assert refused(lambda: catalogue.resolve("ann/secret-plan", bob)) == GONE
    assert catalogue.search(bob, tag="secret").total == catalogue.search(bob, text="secret").total == 0
    own = catalogue.entry(HELLO.id, ann)
    assert (own.owners, own.tags, own.public) == (["ann", "bob"], ["open", "secret"], False)


def test_references(catalogue: Catalogue, ann: Viewer, bob: Viewer) -> None:
    catalogue.add(HELLO, ann, slug="word")
    catalogue.add(BYE, ann, slug="ann/word")
    assert catalogue.resolve(HELLO.id, ann) == Ref(HELLO.id, None, None)
    assert catalogue.resolve(HELLO.id[:16], ann) == Ref(HELLO.id, None, None)
    assert catalogue.resolve("word", ann) == catalogue.resolve("ann/word", ann) == Ref(BYE.id, "ann/word", 2)
    assert catalogue.resolve("word@v1", ann) == Ref(HELLO.id, "ann/word", 1)
    assert refused(lambda: catalogue.resolve("word", bob)) == GONE
    bad = [HELLO.id[:15], HELLO.id + "0", "word@v3", "word@2", "word@v", "", "/", "ann/", "a/b/c", "word\n",
           "../word", "ann/word\0", "ANN/word", "word@v" + "9" * 40]  # fmt: skip
    for ref in bad:
        assert refused(lambda ref=ref: catalogue.resolve(ref, ann)) == GONE, ref
    for program_id in ("", "x" * 64, "\0", HELLO.id[:16]):
        assert refused(lambda i=program_id: catalogue.entry(i, ann)) == GONE


def test_versions_of_a_slug(catalogue: Catalogue, ann: Viewer, bob: Viewer) -> None:
    assert catalogue.add(HELLO, ann, slug="word").version_action == "created"
    assert catalogue.add(HELLO, ann, slug="word") == Added(HELLO.id, "ann/word", 1, "unchanged")
    assert catalogue.add(BYE, ann, slug="word", public=True) == Added(BYE.id, "ann/word", 2, "updated")
    assert catalogue.add(HELLO, ann, slug="word") == Added(HELLO.id, "ann/word", 3, "updated")
    found = catalogue.versions("word", ann)
    assert (found.slug, found.main_version) == ("ann/word", 3)
    assert [(v.version, v.program_id, v.is_main) for v in found.versions] == [
        (3, HELLO.id, True),
        (2, BYE.id, False),
        (1, HELLO.id, False),
    ]
    catalogue.set_main("ann/word", ann, 2)
    assert catalogue.resolve("word", ann).program_id == BYE.id
    assert refused(lambda: catalogue.set_main("word", ann, 9)) == GONE
    # others see the public version alone
    assert [v.version for v in catalogue.versions("ann/word", bob).versions] == [2]
    assert catalogue.resolve("ann/word", bob).version == 2
    catalogue.set_main("word", ann, 3)
    assert refused(lambda: catalogue.resolve("ann/word", bob)) == GONE
    assert catalogue.resolve("ann/word@v2", bob).program_id == BYE.id


def test_a_version_number_is_never_given_twice(catalogue: Catalogue, ann: Viewer) -> None:
    for program in (HELLO, BYE):
        catalogue.add(program, ann, slug="word")
    catalogue.remove(BYE.id, ann)
    assert catalogue.resolve("word", ann) == Ref(HELLO.id, "ann/word", 1)
    assert catalogue.add(THANKS, ann, slug="word").version == 3


def test_rename(catalogue: Catalogue, ann: Viewer) -> None:
    catalogue.add(HELLO, ann, slug="word")
    catalogue.add(BYE, ann, slug="other")
    assert catalogue.rename("word", ann, "greet") == "ann/greet"
    assert refused(lambda: catalogue.resolve("word", ann)) == GONE
    assert catalogue.rename("ann/greet@v1", ann, "ann/greet") == "ann/greet"
    assert refused(lambda: catalogue.rename("greet", ann, "other")) == (409, "slug_taken")
    assert refused(lambda: catalogue.rename("greet", ann, "bob/greet")) == (400, "invalid_request")
    assert catalogue.rename(HELLO.id, ann, "hello") == "ann/hello"
    assert catalogue.rename("hello", ann, "") is None
    assert catalogue.entry(HELLO.id, ann).slugs == []
    assert catalogue.rename(HELLO.id, ann, "") is None
    assert catalogue.rename(HELLO.id, ann, "again") == "ann/again"
    assert catalogue.resolve("again", ann) == Ref(HELLO.id, "ann/again", 1)
    catalogue.add(HELLO, ann, slug="third")
    assert refused(lambda: catalogue.rename(HELLO.id, ann, "x")) == (409, "ambiguous")


def test_search(catalogue: Catalogue, ann: Viewer, bob: Viewer) -> None:
    catalogue.add(HELLO, ann, slug="greeter", tags=["social"])
    catalogue.add(BYE, ann, public=True)
    catalogue.add(THANKS, bob, tags=["social"], public=True)
    strange = program_of("100% ÄRGER_weg\\ 'quoted'; --")
    catalogue.add(strange, bob)
    assert ids(catalogue, ann) == [THANKS.id, BYE.id, HELLO.id]
    assert ids(catalogue, ann, mine=True) == [BYE.id, HELLO.id]
    assert ids(catalogue, None) == [THANKS.id, BYE.id]
    assert ids(catalogue, None, mine=True) == []
    assert ids(catalogue, ann, text="SAY  speaks") == [BYE.id, HELLO.id]
    assert ids(catalogue, ann, text="greeter") == [HELLO.id]
    assert ids(catalogue, ann, text="social") == ids(catalogue, ann, tag=" Social") == [THANKS.id, HELLO.id]
    assert ids(catalogue, ann, text=BYE.id[:10]) == [BYE.id]
    for text in ("ärger", "100%", "r_w", "weg\\", "'quoted';"):
        assert ids(catalogue, bob, text=text) == [strange.id], text
    for text in ("%", "_", "\\"):
        assert ids(catalogue, bob, text=text) == [strange.id], text
    assert ids(catalogue, bob, text="1%0") == ids(catalogue, bob, text="nothing like it") == []
    assert ids(catalogue, bob, text="\0", mine=True) == [strange.id, THANKS.id]
    assert ids(catalogue, bob, tag="\0") == []
    assert ids(catalogue, ann, sort="name") == [THANKS.id, BYE.id, HELLO.id]


def test_pages_and_orders(catalogue: Catalogue, ann: Viewer) -> None:
    programs = [program_of(f"Count to {n}.") for n in range(7)]
    for program in programs:
        catalogue.add(program, ann)
    newest = [program.id for program in reversed(programs)]
    first, last = (catalogue.search(ann, page=p, per_page=3) for p in (1, 3))
    assert [e.id for e in first.programs] == newest[:3]
    assert [e.id for e in last.programs] == newest[6:]
    assert (first.total, last.total, last.page, last.per_page) == (7, 7, 3, 3)
    assert catalogue.search(ann, page=10**30, per_page=10**9).programs == []
    assert ids(catalogue, ann, page=-1, per_page=10**30) == newest
    catalogue.count_run(programs[2].id, 5)
    catalogue.count_run(programs[2].id, 2)
    catalogue.count_download(programs[4].id)
    assert ids(catalogue, ann, sort="runs")[0] == programs[2].id
    assert ids(catalogue, ann, sort="downloads")[0] == programs[4].id
    assert (catalogue.entry(programs[2].id, ann).runs, catalogue.entry(programs[4].id, ann).downloads) == (
        7,
        1,
    )


def test_tags_are_the_users_own(catalogue: Catalogue, ann: Viewer, bob: Viewer) -> None:
    catalogue.add(HELLO, ann, tags=["one", "two"], public=True)
    catalogue.add(HELLO, bob, tags=["three"])
    catalogue.tag(HELLO.id, ann, ["Four"])
    assert catalogue.entry(HELLO.id, ann).tags == ["four"]
    assert catalogue.entry(HELLO.id, bob).tags == ["four", "three"]
    for bad in (["" * 3], ["a" * 41], ["<b>"], ["a\0"], [f"t{n}" for n in range(17)]):
        assert refused(lambda bad=bad: catalogue.tag(HELLO.id, ann, bad)) == (400, "invalid_request")


@pytest.mark.parametrize(
    "slug", ["", "Word", "a b", "../x", "bob/x", "a/b/c", "é", "x" * 65, "a\0", "f" * 16]
)
def test_slugs_that_are_refused(catalogue: Catalogue, files: ProgramFiles, ann: Viewer, slug: str) -> None:
    assert refused(lambda: catalogue.add(HELLO, ann, slug=slug)) == (400, "invalid_request")
    assert not files.has(HELLO.id)


def test_a_program_goes_with_its_last_holder(
    catalogue: Catalogue, files: ProgramFiles, ann: Viewer, bob: Viewer
) -> None:
    catalogue.add(HELLO, ann, slug="word", tags=["x"])
    catalogue.add(HELLO, bob, slug="wort", public=True)
    catalogue.add_case(HELLO.id, ann, "a", "b")
    catalogue.remove(HELLO.id, ann)
    seen = catalogue.entry(HELLO.id, ann)
    assert (seen.mine, seen.tags, [s.slug for s in seen.slugs]) == (False, [], ["bob/wort"])
    assert catalogue.cases(HELLO.id, ann) == []
    assert files.has(HELLO.id)
    catalogue.remove(HELLO.id, bob)
    assert refused(lambda: catalogue.entry(HELLO.id, bob)) == GONE
    assert not files.has(HELLO.id)
    assert catalogue.add(HELLO, bob, slug="wort").version_action == "created"
    assert catalogue.program(HELLO.id, bob) == HELLO


def test_adding_again_keeps_what_there_is(catalogue: Catalogue, ann: Viewer) -> None:
    catalogue.add(HELLO, ann, tags=["one"], public=True)
    before = catalogue.entry(HELLO.id, ann)
    catalogue.add(HELLO, ann, tags=["two"])
    after = catalogue.entry(HELLO.id, ann)
    assert (after.public, after.tags, after.added_at) == (True, ["one", "two"], before.added_at)


def test_cases(catalogue: Catalogue, ann: Viewer, bob: Viewer) -> None:
    catalogue.add(HELLO, ann, public=True)
    one = catalogue.add_case(HELLO.id, ann, "in", "out\nline")
    two = catalogue.add_case(HELLO.id, ann, "", "")
    other = catalogue.add_case(HELLO.id, bob, "bob's", "case")
    assert catalogue.cases(HELLO.id, ann) == [one, two]
    assert catalogue.cases(HELLO.id, bob) == [other]
    assert (one.input, one.expected) == ("in", "out\nline")
    for case_id in (other.id, 10**30, -1):
        assert refused(lambda c=case_id: catalogue.remove_case(HELLO.id, ann, c)) == GONE
    catalogue.remove_case(HELLO.id, ann, one.id)
    assert catalogue.cases(HELLO.id, ann) == [two]
    assert refused(lambda: catalogue.add_case(HELLO.id, ann, "a\0", "b")) == (400, "invalid_request")
    for _ in range(199):
        catalogue.add_case(HELLO.id, ann, "a", "b")
    assert refused(lambda: catalogue.add_case(HELLO.id, ann, "a", "b")) == (400, "invalid_request")


def test_scores(catalogue: Catalogue, ann: Viewer) -> None:
    catalogue.add(HELLO, ann)
    catalogue.set_scores(HELLO.id, {"cases": 0.5})
    catalogue.set_scores(HELLO.id, {"cases": 1.0, "other": 0.25})
    assert catalogue.entry(HELLO.id, ann).scores == {"cases": 1.0, "other": 0.25}
    assert refused(lambda: catalogue.set_scores(BYE.id, {})) == GONE


def test_a_null_character_is_refused_alike_on_every_database(
    catalogue: Catalogue, ann: Viewer, files: ProgramFiles
) -> None:
    assert refused(lambda: catalogue.add(program_of("nul\0l"), ann)) == (400, "invalid_request")
    assert refused(lambda: catalogue.add(program_of("x", examples=[("\0", "")]), ann)) == (
        400,
        "invalid_request",
    )


def test_an_ephemeral_program_goes_by_itself(
    catalogue: Catalogue, database: Database, files: ProgramFiles, clock: Clock, ann: Viewer
) -> None:
    for program in (HELLO, BYE):
        with database.session() as session:
            record(session, program, files.put(program), clock())
            hold(session, program.id, ann.user_id, ann.name, Wants(ephemeral=True), clock())
    assert catalogue.entry(HELLO.id, ann).mine
    assert catalogue.search(ann, mine=True).total == 0
    catalogue.add(BYE, ann)  # wanted for good after all
    assert catalogue.remove_expired() == 0
    clock.now += EPHEMERAL_SECONDS
    assert catalogue.remove_expired() == 1
    assert refused(lambda: catalogue.entry(HELLO.id, ann)) == GONE
    assert not files.has(HELLO.id)
    assert ids(catalogue, ann) == [BYE.id]


def test_adding_and_giving_up_at_once_never_loses_the_file(
    catalogue: Catalogue, files: ProgramFiles, viewers: list[Viewer]
) -> None:
    """Whatever order the threads come in: who holds the program in the end can read it."""
    together = threading.Barrier(4)

    def churn(number: int) -> None:
        viewer = viewers[number % 2]
        together.wait()
        for _ in range(10):
            catalogue.add(HELLO, viewer, slug="word")
            with suppress(ApiError):  # the other thread of the same user may have been faster
                catalogue.remove(HELLO.id, viewer)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(churn, range(4)))
    for viewer in viewers:
        assert refused(lambda viewer=viewer: catalogue.entry(HELLO.id, viewer)) == GONE
        catalogue.add(HELLO, viewer)
        assert catalogue.program(HELLO.id, viewer) == HELLO


def test_a_file_that_goes_just_before_it_is_taken_is_written_again(
    database: Database, files: ProgramFiles, tmp_path: Path, ann: Viewer, bob: Viewer
) -> None:
    """Bob gives the program up after ann found its file, and before she holds it."""
    bobs = Catalogue(database, files)
    bobs.add(HELLO, bob)

    class Interrupted(ProgramFiles):
        given_up = False

        def put(self, program: Program) -> int:
            size = super().put(program)
            if not self.given_up:
                self.given_up = True
                bobs.remove(HELLO.id, bob)
                assert not self.has(HELLO.id)
            return size

    anns = Catalogue(database, Interrupted(tmp_path / "programs"))
    anns.add(HELLO, ann)
    assert anns.program(HELLO.id, ann) == HELLO


def test_versions_that_are_added_at_once_all_count(catalogue: Catalogue, ann: Viewer) -> None:
    programs: list[Program] = [program_of(f"Count to {n}.") for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        added = list(pool.map(lambda program: catalogue.add(program, ann, slug="count"), programs))
    assert sorted(a.version or 0 for a in added) == list(range(1, 13))
    assert len(catalogue.versions("count", ann).versions) == 12
