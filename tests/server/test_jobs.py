"""The queue: whose turn it is, who holds a job, and that each job ends once, on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from programasweights.program import Program
from programasweights.server.accounts import Accounts, Viewer
from programasweights.server.catalogue import Catalogue
from programasweights.server.database import Database
from programasweights.server.errors import ApiError
from programasweights.server.jobs import BATCH, INTERACTIVE, Claim, CompileRequest, JobQueue, JobView, Wants
from programasweights.server.settings import ServerSettings
from programasweights.server.store import ProgramFiles
from tests.server.programs import program_of

WORKER, OTHER = "a" * 32, "b" * 32
PLAIN = Wants()


class Clock:
    """A time that the test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def files(tmp_path: Path) -> ProgramFiles:
    return ProgramFiles(tmp_path / "programs")


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> ServerSettings:
    return ServerSettings(tmp_path, database=database_url, lease_seconds=10, job_attempts=3, job_seconds=60)


@pytest.fixture
def queue(database: Database, settings: ServerSettings, clock: Clock) -> JobQueue:
    return JobQueue(database, settings, clock=clock)


@pytest.fixture
def catalogue(database: Database, files: ProgramFiles, clock: Clock) -> Catalogue:
    return Catalogue(database, files, clock=clock)


@pytest.fixture
def viewers(database: Database) -> list[Viewer]:
    accounts = Accounts(database)
    return [Viewer(accounts.add_user(name), name, False, "key") for name in ("ann", "bob", "cid")]


@pytest.fixture
def ann(viewers: list[Viewer]) -> Viewer:
    return viewers[0]


@pytest.fixture
def bob(viewers: list[Viewer]) -> Viewer:
    return viewers[1]


@pytest.fixture
def end(queue: JobQueue, files: ProgramFiles) -> Callable[[Claim], bool]:
    """Ends a job as a worker does, with a program of the request's spec."""

    def finish(claim: Claim) -> bool:
        program = made(claim)
        return queue.finish(claim, program, files.put(program))

    return finish


def made(claim: Claim) -> Program:
    return program_of(claim.request.spec, examples=claim.request.examples)


def ask(queue: JobQueue, viewer: Viewer, spec: str, wants: Wants = PLAIN, **options: Any) -> JobView:
    return queue.submit(viewer, CompileRequest(spec), wants, **options)


def claimed(queue: JobQueue, worker: str = WORKER) -> Claim:
    claim = queue.claim(worker)
    assert claim is not None
    return claim


def refused(call: Callable[[], object]) -> tuple[int, str, str | None]:
    with pytest.raises(ApiError) as caught:
        call()
    return caught.value.status, caught.value.error, caught.value.field


def order(queue: JobQueue, clock: Clock) -> list[str]:
    """The specs in the order in which they are taken, each job running on."""
    found = []
    while (claim := queue.claim(WORKER)) is not None:
        found.append(claim.request.spec)
        clock.now += 1
    return found


def test_a_job_from_its_start_to_its_end(
    queue: JobQueue, catalogue: Catalogue, end: Callable[[Claim], bool], clock: Clock, ann: Viewer
) -> None:
    request = CompileRequest(" Say hi. ", examples=(("a", "b"),), seed=2**62, stop=("\n",), storage="int8")
    job = queue.submit(ann, request, Wants(slug="hi", tags=("B", "a"), public=True))
    assert (job.state, job.stage, job.percent, job.attempts, job.cached) == ("queued", "queued", 0, 0, False)
    assert queue.view(job.id, ann) == job
    assert queue.waiting() == (1, 0)
    clock.now += 5
    claim = claimed(queue)
    asked = replace(request, spec="Say hi.", compiler="default", interpreter="smollm2-135m-instruct")
    assert (claim.job_id, claim.worker_id, claim.user_id, claim.attempts) == (job.id, WORKER, ann.user_id, 1)
    assert claim.request == asked
    assert queue.claim(OTHER) is None
    assert queue.waiting() == (0, 1)
    assert queue.beat(claim, 40, "compiling")
    assert queue.beat(claim, 30, "storing")
    running = queue.view(job.id, ann)
    assert (running.state, running.percent, running.stage) == ("running", 40, "storing")
    clock.now += 2
    assert end(claim) is True
    done = queue.view(job.id, ann)
    assert (done.state, done.percent, done.program_id, done.error) == ("done", 100, made(claim).id, None)
    assert (done.slug, done.version, done.version_action) == ("ann/hi", 1, "created")
    assert (done.created_at, done.started_at, done.finished_at, done.attempts) == (1000, 1005, 1007, 1)
    entry = catalogue.entry(made(claim).id, ann)
    assert (entry.mine, entry.public, entry.tags) == (True, True, ["a", "b"])
    assert queue.waiting() == (0, 0)
    assert end(claim) is False
    assert queue.fail(claim, "late", retry=True) is False
    assert queue.beat(claim, 50, "late") is False
    assert queue.view(job.id, ann) == done


def test_priority_then_age(queue: JobQueue, clock: Clock, ann: Viewer) -> None:
    for spec, priority in [("1", BATCH), ("2", INTERACTIVE), ("3", BATCH), ("4", INTERACTIVE)]:
        ask(queue, ann, spec, priority=priority)
        clock.now += 1
    assert order(queue, clock) == ["2", "4", "1", "3"]


def test_users_take_turns(queue: JobQueue, clock: Clock, viewers: list[Viewer]) -> None:
    """One who asks for much does not keep another waiting, however many jobs run on."""
    for viewer, count in zip(viewers, (4, 2, 1), strict=True):
        for number in range(count):
            ask(queue, viewer, f"{viewer.name} {number}")
            clock.now += 1
    assert order(queue, clock) == ["ann 0", "bob 0", "cid 0", "ann 1", "bob 1", "ann 2", "ann 3"]


def test_users_take_turns_with_one_worker(
    queue: JobQueue, clock: Clock, viewers: list[Viewer], end: Callable[[Claim], bool]
) -> None:
    """With nothing else running it is the turn of the one who was served longest ago."""
    for viewer, count in zip(viewers, (4, 2, 1), strict=True):
        for number in range(count):
            ask(queue, viewer, f"{viewer.name} {number}")
            clock.now += 1
    found = []
    while (claim := queue.claim(WORKER)) is not None:
        found.append(claim.request.spec)
        clock.now += 1
        assert end(claim)
    assert found == ["ann 0", "bob 0", "cid 0", "ann 1", "bob 1", "ann 2", "ann 3"]


def test_the_user_with_fewer_running_jobs_comes_first(
    queue: JobQueue, clock: Clock, ann: Viewer, bob: Viewer, end: Callable[[Claim], bool]
) -> None:
    """Though bob was served last, ann has a job running and he has none."""
    ask(queue, ann, "ann 0")
    claimed(queue)
    clock.now += 1
    ask(queue, bob, "bob 0")
    assert end(claimed(queue))
    clock.now += 1
    ask(queue, ann, "ann 1")
    clock.now += 1
    ask(queue, bob, "bob 1")
    assert order(queue, clock) == ["bob 1", "ann 1"]


def test_many_threads_claim_and_none_gets_anothers(
    database_url: str, settings: ServerSettings, queue: JobQueue, viewers: list[Viewer], clock: Clock
) -> None:
    """Each thread with a connection pool of its own, as processes have."""
    jobs = {ask(queue, viewers[n % 3], f"Job {n}").id for n in range(48)}

    def work(number: int) -> list[str]:
        own = Database.open(database_url)
        found, mine = [], JobQueue(own, settings, clock=clock)
        while (claim := mine.claim(f"{number:032x}")) is not None:
            found.append(claim.job_id)
        own.close()
        return found

    with ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(work, range(8)))
    taken = Counter(job for part in parts for job in part)
    # a thread that found all rest locked by others may have left early; nothing may be taken twice
    assert set(taken.values()) == {1}
    rest = {claim.job_id for claim in iter(lambda: queue.claim(WORKER), None)}
    assert set(taken) | rest == jobs
    assert not set(taken) & rest


def test_a_lost_job_is_taken_over_and_ended_once(
    queue: JobQueue, catalogue: Catalogue, end: Callable[[Claim], bool], clock: Clock, ann: Viewer
) -> None:
    job = ask(queue, ann, "Say hi.", Wants(slug="hi"))
    slow = claimed(queue)
    clock.now += 9
    assert queue.beat(slow, 10, "compiling")
    clock.now += 9
    assert queue.recover() == 0
    clock.now += 2
    assert queue.recover() == 1
    assert queue.recover() == 0
    assert (queue.view(job.id, ann).state, queue.waiting()) == ("queued", (1, 0))
    assert queue.claim(OTHER) is None  # not at once: what failed may need a moment
    clock.now += 1
    fast = claimed(queue, OTHER)
    assert (fast.job_id, fast.attempts) == (job.id, 2)
    assert fast.token != slow.token
    assert queue.beat(slow, 90, "late") is False
    assert end(slow) is False
    assert queue.release(slow) is False
    with pytest.raises(ApiError):  # nothing of the late end is kept
        catalogue.entry(made(slow).id, ann)
    assert queue.view(job.id, ann).state == "running"
    assert end(fast) is True
    assert end(slow) is False
    assert len(catalogue.versions("hi", ann).versions) == 1


def test_a_dead_workers_job_is_queued_at_once(queue: JobQueue, clock: Clock, ann: Viewer) -> None:
    ask(queue, ann, "one")
    ask(queue, ann, "two")
    dead, alive = claimed(queue), claimed(queue, OTHER)
    assert queue.recover(WORKER) == 1
    clock.now += 1
    assert claimed(queue, OTHER).job_id == dead.job_id
    assert queue.beat(alive, 1, "compiling")


def test_a_job_that_kills_its_workers_fails(queue: JobQueue, clock: Clock, ann: Viewer) -> None:
    job = ask(queue, ann, "Say hi.")
    for attempt in (1, 2, 3):
        clock.now += 60
        assert claimed(queue).attempts == attempt
        clock.now += 11
        assert queue.recover() == 1
    ended = queue.view(job.id, ann)
    assert ended.state == "failed"
    assert "tried 3 times" in (ended.error or "")
    assert queue.claim(WORKER) is None


def test_failing_for_good_and_failing_for_now(queue: JobQueue, clock: Clock, ann: Viewer) -> None:
    job = ask(queue, ann, "Say hi.")
    assert queue.fail(claimed(queue), "a hiccup", retry=True) is True
    assert queue.view(job.id, ann).state == "queued"
    clock.now += 60
    again = claimed(queue)
    assert again.attempts == 2
    assert queue.fail(again, "the spec is too long", retry=False) is True
    ended = queue.view(job.id, ann)
    assert (ended.state, ended.error, ended.finished_at) == ("failed", "the spec is too long", clock.now)


def test_a_job_given_back_was_not_started(queue: JobQueue, ann: Viewer) -> None:
    job = ask(queue, ann, "Say hi.")
    assert queue.release(claimed(queue)) is True
    assert queue.view(job.id, ann).attempts == 0
    assert claimed(queue, OTHER).attempts == 1


def test_cancel(queue: JobQueue, ann: Viewer, bob: Viewer, end: Callable[[Claim], bool]) -> None:
    waiting, running = ask(queue, ann, "Wait."), None
    assert queue.cancel(waiting.id, ann).state == "cancelled"
    assert queue.claim(WORKER) is None
    running = ask(queue, ann, "Run.")
    queue.register(WORKER, 1, "here")
    claim = claimed(queue)
    assert queue.strays() == set()
    assert refused(lambda: queue.cancel(running.id, bob)) == (404, "not_found", None)
    assert queue.cancel(running.id, ann).finished_at is not None
    assert queue.strays() == {WORKER}
    assert queue.beat(claim, 50, "compiling") is False
    assert end(claim) is False
    assert queue.strays() == set()
    assert queue.view(running.id, ann).state == "cancelled"
    assert refused(lambda: queue.cancel(running.id, ann)) == (409, "job_ended", None)
    assert queue.recover() == 0


def test_a_job_that_takes_too_long_fails(
    queue: JobQueue, clock: Clock, ann: Viewer, end: Callable[[Claim], bool]
) -> None:
    job = ask(queue, ann, "Say hi.")
    queue.register(WORKER, 1, "here")
    claim = claimed(queue)
    for _ in range(6):
        clock.now += 9
        assert queue.beat(claim, 50, "compiling")
        assert queue.stop_overdue() == 0
    clock.now += 7
    assert queue.stop_overdue() == 1
    ended = queue.view(job.id, ann)
    assert (ended.state, queue.strays()) == ("failed", {WORKER})
    assert "longer than 60 seconds" in (ended.error or "")
    assert end(claim) is False


def test_what_was_compiled_is_not_compiled_again(
    queue: JobQueue, catalogue: Catalogue, end: Callable[[Claim], bool], ann: Viewer
) -> None:
    request = CompileRequest("Say hi.")
    assert queue.known(ann, request) is None
    queue.submit(ann, request, PLAIN)
    claim = claimed(queue)
    assert end(claim)
    program_id = made(claim).id
    assert queue.known(ann, CompileRequest("  Say hi. ")) == program_id
    again = queue.submit(ann, request, Wants(slug="hi", tags=("x",)))
    assert (again.state, again.cached, again.program_id, again.slug) == ("done", True, program_id, "ann/hi")
    assert again.finished_at is not None
    assert catalogue.entry(program_id, ann).tags == ["x"]
    assert queue.claim(WORKER) is None
    for other in (
        replace(request, seed=1),
        replace(request, examples=(("a", "b"),)),
        replace(request, max_new_tokens=7),
        replace(request, stop=("x",)),
        replace(request, storage="int8"),
        replace(request, compiler="prompted"),
    ):
        assert queue.known(ann, other) is None
    catalogue.remove(program_id, ann)
    assert queue.known(ann, request) is None
    assert queue.submit(ann, request, PLAIN).state == "queued"


def test_what_others_compiled_in_private_stays_unknown(
    queue: JobQueue, catalogue: Catalogue, end: Callable[[Claim], bool], ann: Viewer, bob: Viewer
) -> None:
    ask(queue, ann, "Say hi.")
    claim = claimed(queue)
    assert end(claim)
    assert queue.known(bob, CompileRequest("Say hi.")) is None
    job = ask(queue, bob, "Say hi.")
    assert (job.state, job.cached) == ("queued", False)
    catalogue.publish(made(claim).id, ann, True)
    assert queue.known(bob, CompileRequest("Say hi.")) == made(claim).id
    assert ask(queue, bob, "Say hi.").cached is True
    entry = catalogue.entry(made(claim).id, bob)
    assert (entry.mine, entry.public) == (True, False)
    assert end(claimed(queue))  # the one that was queued before gives the same program
    assert queue.view(job.id, bob).program_id == made(claim).id


REFUSED = [
    (CompileRequest("  "), "spec"),
    (CompileRequest("x" * 16_001), "spec"),
    (CompileRequest("nul\0l"), "spec"),
    (CompileRequest("half \ud800"), "spec"),
    (CompileRequest("x", examples=(("a", "b\0"),)), "examples"),
    (CompileRequest("x", examples=(("a", "b"),) * 65), "examples"),
    (CompileRequest("x", compiler="/etc"), "compiler"),
    (CompileRequest("x", compiler="prompted:http://169.254.169.254/"), "compiler"),
    (CompileRequest("x", interpreter="/etc/passwd"), "interpreter"),
    (CompileRequest("x", seed=-1), "spec"),
    (CompileRequest("x", max_new_tokens=0), "spec"),
    (CompileRequest("x", storage="f64"), "spec"),
    (CompileRequest("x", stop=("",)), "spec"),
]
UNWANTED = [
    (Wants(slug="No Slug"), "slug"),
    (Wants(slug="bob/hi"), "slug"),
    (Wants(tags=("<b>",)), "tags"),
    (Wants(ephemeral=True, slug="hi"), "ephemeral"),
    (Wants(ephemeral=True, public=True), "ephemeral"),
]


def test_requests_that_are_refused(queue: JobQueue, ann: Viewer) -> None:
    for request, field in REFUSED:
        found = refused(lambda request=request: queue.submit(ann, request, PLAIN))
        assert found == (400, "invalid_request", field), request
    for wants, field in UNWANTED:
        found = refused(lambda wants=wants: ask(queue, ann, "x", wants))
        assert found == (400, "invalid_request", field), wants
    assert queue.list(ann, 10) == []


def test_an_ephemeral_program_is_in_no_list(
    queue: JobQueue, catalogue: Catalogue, ann: Viewer, end: Callable[[Claim], bool]
) -> None:
    ask(queue, ann, "Say hi.", Wants(ephemeral=True))
    claim = claimed(queue)
    assert end(claim)
    assert catalogue.entry(made(claim).id, ann).mine
    assert catalogue.search(ann).total == 0


def test_the_queue_is_bounded(database: Database, settings: ServerSettings, ann: Viewer, bob: Viewer) -> None:
    small = JobQueue(database, replace(settings, queue_limit=3, user_queue_limit=2))
    for spec in ("1", "2"):
        ask(small, ann, spec)
    with pytest.raises(ApiError, match="2 of your jobs") as caught:
        ask(small, ann, "3")
    assert (caught.value.status, caught.value.error) == (429, "queue_full")
    assert int(caught.value.headers["Retry-After"]) > 0
    ask(small, bob, "1")
    with pytest.raises(ApiError, match="3 jobs wait"):
        ask(small, bob, "2")


def test_jobs_are_their_users_own(queue: JobQueue, clock: Clock, ann: Viewer, bob: Viewer) -> None:
    jobs = []
    for spec in ("1", "2", "3"):
        jobs.append(ask(queue, ann, spec))
        clock.now += 1
    assert queue.list(ann, 2) == jobs[:0:-1]
    assert queue.list(bob, 10) == []
    for job_id in (jobs[0].id, "0" * 32, "", "\0", "../x", "x" * 10**5):
        assert refused(lambda job_id=job_id: queue.view(job_id, bob)) == (404, "not_found", None)


def test_workers_that_live(queue: JobQueue, clock: Clock) -> None:
    queue.register(WORKER, 1, "here")
    queue.register(OTHER, 2, "here")
    assert queue.alive(10) == 0
    queue.seen(WORKER, ready=True)
    assert queue.alive(10) == 1
    clock.now += 9
    queue.seen(OTHER, ready=True)
    assert queue.alive(10) == 2
    clock.now += 2
    assert queue.alive(10) == 1
    queue.forget_workers(10)
    queue.seen(WORKER, ready=True)  # forgotten: it says nothing
    assert queue.alive(10) == 1
    queue.leave(OTHER)
    assert queue.alive(10) == 0


def test_estimates_follow_what_was_measured(
    queue: JobQueue, clock: Clock, ann: Viewer, end: Callable[[Claim], bool]
) -> None:
    guess = queue.estimate_seconds()
    assert guess > 0
    for number in range(4):
        ask(queue, ann, f"Job {number}")
        claim = claimed(queue)
        clock.now += 8
        assert end(claim)
    assert queue.estimate_seconds() == pytest.approx(8)
    for number in range(3):
        ask(queue, ann, f"Waiting {number}")
    assert queue.estimate_seconds() == pytest.approx(32)
    for worker in (WORKER, OTHER):
        queue.register(worker, 1, "here")
        queue.seen(worker, ready=True)
    assert queue.estimate_seconds() == pytest.approx(16)


def test_the_key_of_a_request_is_that_of_its_content() -> None:
    request = CompileRequest("Say hi.", examples=(("a", "b"),))
    assert request.key("s") == CompileRequest(" Say hi. ", examples=(("a", "b"),)).key("s")
    assert len({request.key("s"), request.key("t"), CompileRequest("Say hi.").key("s")}) == 3
