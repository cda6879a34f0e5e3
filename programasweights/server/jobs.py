"""The queue of compile jobs, in the database: it survives restarts, and any number of workers may take from it.

    queued -> running -> done | failed | cancelled
       ^---------'          a worker died, or failed in a way that another try may mend

A worker holds a job by a token, drawn anew for every start, and by a lease that it has to renew. All it says about
a job counts only while the token is the job's; so a job that was taken over is finished once, by its last worker.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from secrets import token_hex
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from programasweights.errors import SpecError
from programasweights.program import Program
from programasweights.server.accounts import Viewer
from programasweights.server.database import Database
from programasweights.server.database.connect import insert_new
from programasweights.server.database.tables import Compiled, Job, User, Worker
from programasweights.server.errors import ApiError, conflict, invalid
from programasweights.server.holdings import hold, lock, record
from programasweights.server.job_images import keep_images, read_images, waiting_image_bytes
from programasweights.server.job_records import (
    BATCH,
    INTERACTIVE,
    Claim,
    CompileRequest,
    ImagePlace,
    JobView,
    State,
    Wants,
)
from programasweights.server.job_rows import (
    claimed_job,
    count_jobs,
    end_done,
    end_job,
    known_program,
    next_job,
    own_job,
    put_back,
    ready,
    set_worker_job,
)
from programasweights.server.names import check_slug_name, check_storable, check_tags
from programasweights.server.settings import ServerSettings
from programasweights.server.snapshots import (
    chosen_compiler,
    chosen_interpreter,
    reads_images,
    shown_compiler,
    snapshot,
)

if TYPE_CHECKING:
    from programasweights.vision import Image

__all__ = [
    "BATCH",
    "INTERACTIVE",
    "Claim",
    "CompileRequest",
    "ImagePlace",
    "JobQueue",
    "JobView",
    "State",
    "Wants",
]

_RECENT = 20
_FIRST_GUESS_SECONDS = 2.0
_ALIVE_SECONDS = 10.0


class JobQueue:
    """The queue, for those who ask and for those who work."""

    def __init__(
        self, database: Database, settings: ServerSettings, *, clock: Callable[[], float] = time.time
    ) -> None:
        """Use a migrated database."""
        self._database = database
        self._settings = settings
        self._clock = clock

    def submit(
        self,
        viewer: Viewer,
        request: CompileRequest,
        wants: Wants,
        *,
        priority: int = INTERACTIVE,
        images: "Sequence[Image]" = (),
    ) -> JobView:
        """Queue a compile; if the viewer sees a program that it would give, the job is done at once.

        Args:
            viewer: who asks, and gets the program.
            request: what to compile.
            wants: how the viewer wants to have the program.
            priority: higher ones go first: `INTERACTIVE` or `BATCH`.
            images: the pictures of `request.images`.

        Raises:
            ApiError: the request cannot be compiled (400), or too many jobs wait (429).
            PawError: the server's compiler or interpreter cannot be found.
        """
        request, key = self._prepared(request)
        wants = _checked_wants(wants, viewer)
        job = self._new_job(viewer, request, key, wants, priority)
        files = [image.png() for image in images]
        with self._database.session() as session:
            program_id = known_program(session, key, viewer)
            if program_id is None or not lock(session, program_id):
                self._check_room(session, viewer, sum(map(len, files)))
            else:
                now = self._clock()
                added = hold(session, program_id, viewer.user_id, viewer.name, wants, now)
                job.cached, job.started_at = True, now
                end_done(session, job, added, now)
            session.add(job)
            session.flush()
            if job.state == "queued":
                keep_images(session, job.id, files)
            return JobView.of(job)

    def known(self, viewer: Viewer, request: CompileRequest) -> str | None:
        """The program that a compile would give, if the viewer sees it already.

        Raises:
            ApiError: the request cannot be compiled (400).
            PawError: the server's compiler or interpreter cannot be found.
        """
        _, key = self._prepared(request)
        with self._database.reading() as session:
            return known_program(session, key, viewer)

    def view(self, job_id: str, viewer: Viewer) -> JobView:
        """One of the viewer's jobs.

        Raises:
            ApiError: there is none of that id (404).
        """
        with self._database.reading() as session:
            return JobView.of(own_job(session, job_id, viewer))

    def cancel(self, job_id: str, viewer: Viewer) -> JobView:
        """Cancel one of the viewer's jobs, waiting or running.

        Raises:
            ApiError: there is none of that id (404), or it has ended (409).
        """
        with self._database.session() as session:
            job = own_job(session, job_id, viewer, locked=True)
            if job.state not in ("queued", "running"):
                raise conflict("job_ended", f"the job is {job.state} already; only one that has not ended can be "
                               "cancelled.")  # fmt: skip
            end_job(session, job, "cancelled", self._clock())
            return JobView.of(job)

    def list(self, viewer: Viewer, limit: int) -> list[JobView]:
        """The viewer's jobs, newest first."""
        mine = select(Job).where(Job.user_id == viewer.user_id).order_by(Job.created_at.desc(), Job.id)
        with self._database.reading() as session:
            return [JobView.of(job) for job in session.scalars(mine.limit(limit))]

    def waiting(self) -> tuple[int, int]:
        """How many jobs are queued, and how many running."""
        with self._database.reading() as session:
            return count_jobs(session, Job.state == "queued"), count_jobs(session, Job.state == "running")

    def estimate_seconds(self) -> float:
        """About how long a job that is submitted now takes until its end."""
        last = select(Job.finished_at - Job.started_at).where(Job.state == "done", Job.cached.is_(False))
        with self._database.reading() as session:
            times = session.scalars(last.order_by(Job.finished_at.desc()).limit(_RECENT)).all()
        known = [seconds for seconds in times if seconds is not None]
        each = sum(known) / len(known) if known else _FIRST_GUESS_SECONDS
        turns = math.ceil((sum(self.waiting()) + 1) / max(1, self.alive(_ALIVE_SECONDS)))
        return float(each * turns)

    # -- for workers and their supervisor

    def claim(self, worker_id: str) -> Claim | None:
        """Take the job whose turn it is: by priority, then by user, then by age.

        Among users it is the turn of the one with the fewest running jobs, then of the one whose last job started
        longest ago. No two workers ever get the same start of a job.
        """
        now = self._clock()
        with self._database.reading() as session:  # an idle worker must not take the one write lock of SQLite
            if session.scalar(select(Job.id).where(*ready(now)).limit(1)) is None:
                return None
        with self._database.session() as session:
            job = session.scalars(next_job(now).with_for_update(skip_locked=True, of=Job)).first()
            if job is None:
                return None
            job.state, job.stage, job.percent = "running", "compiling", 0.0
            job.token, job.worker_id, job.attempts = token_hex(16), worker_id, job.attempts + 1
            job.started_at, job.lease_until = now, now + self._settings.lease_seconds
            set_worker_job(session, worker_id, job.id)
            request = CompileRequest.from_json(job.request)
            return Claim(job.id, job.token, worker_id, job.user_id, request, job.attempts)

    def images(self, claim: Claim) -> tuple[bytes, ...]:
        """The PNG files of the job's `request.images`; none once the job has ended."""
        with self._database.reading() as session:
            return tuple(read_images(session, claim.job_id))

    def beat(self, claim: Claim, percent: float, stage: str) -> bool:
        """Renew the lease and tell how far the job is; False if it is no longer this worker's."""
        with self._database.session() as session:
            job = claimed_job(session, claim)
            if job is None:
                return False
            job.percent, job.stage = max(job.percent, min(percent, 100.0)), stage
            job.lease_until = self._clock() + self._settings.lease_seconds
            return True

    def finish(self, claim: Claim, program: Program, size: int) -> bool:
        """End a job with its program, and give that to the user, both or neither.

        Args:
            claim: the worker's hold on the job.
            program: what was compiled; its file is in the store.
            size: bytes of the file.

        Returns:
            False if the job is no longer this worker's; then nothing was changed.
        """
        with self._database.session() as session:
            job = claimed_job(session, claim)
            set_worker_job(session, claim.worker_id, None)
            if job is None:
                return False
            now = self._clock()
            user = session.scalars(select(User.name).where(User.id == job.user_id)).one()
            record(session, program, size, now)
            wants = Wants(**job.wants | {"tags": tuple(job.wants["tags"])})
            added = hold(session, program.id, job.user_id, user, wants, now)
            insert_new(session, Compiled, {"request_key": job.request_key, "program_id": program.id})
            end_done(session, job, added, now)
            return True

    def fail(self, claim: Claim, message: str, retry: bool) -> bool:
        """End a job with a message for its user, or queue it again if another try may help.

        Returns:
            False if the job is no longer this worker's; then nothing was changed.
        """
        with self._database.session() as session:
            job = claimed_job(session, claim)
            set_worker_job(session, claim.worker_id, None)
            if job is None:
                return False
            if retry:
                self._again(session, job, message)
            else:
                end_job(session, job, "failed", self._clock(), message)
            return True

    def release(self, claim: Claim) -> bool:
        """Give a job back unfinished, because the worker has to end; the start does not count."""
        with self._database.session() as session:
            job = claimed_job(session, claim)
            if job is None:
                return False
            put_back(job, self._clock(), attempts=job.attempts - 1)
            return True

    def recover(self, worker_id: str | None = None) -> int:
        """Queue jobs again whose lease ran out, or, of a worker known to be dead, at once; how many there were.

        One that was started as often as allowed fails instead.
        """
        now = self._clock()
        lost = Job.lease_until < now if worker_id is None else Job.worker_id == worker_id
        chosen = select(Job).where(Job.state == "running", lost)
        with self._database.reading() as session:
            if session.scalars(chosen.limit(1)).first() is None:
                return 0
        with self._database.session() as session:
            jobs = session.scalars(chosen.with_for_update(skip_locked=True)).all()
            for job in jobs:
                self._again(session, job, "the process that compiled it ended")
            return len(jobs)

    def stop_overdue(self) -> int:
        """Fail jobs that run longer than allowed; how many. Their workers are to be ended."""
        limit = self._settings.job_seconds
        chosen = select(Job).where(Job.state == "running", Job.started_at < self._clock() - limit)
        with self._database.reading() as session:
            if session.scalars(chosen.limit(1)).first() is None:
                return 0
        message = f"the compile took longer than {limit:g} seconds and was stopped; try a shorter spec."
        with self._database.session() as session:
            jobs = session.scalars(chosen.with_for_update(skip_locked=True)).all()
            for job in jobs:
                end_job(session, job, "failed", self._clock(), message)
            return len(jobs)

    def register(self, worker_id: str, pid: int, host: str) -> None:
        """Make a new worker known, which is not ready yet."""
        now = self._clock()
        row = Worker(id=worker_id, pid=pid, host=host, started_at=now, seen_at=now, job_id=None, ready=False)
        with self._database.session() as session:
            session.add(row)

    def seen(self, worker_id: str, *, ready: bool) -> None:
        """Note that a worker lives."""
        with self._database.session() as session:
            if (row := session.get(Worker, worker_id)) is not None:
                row.seen_at, row.ready = self._clock(), ready

    def leave(self, worker_id: str) -> None:
        """Forget a worker."""
        with self._database.session() as session:
            if (row := session.get(Worker, worker_id)) is not None:
                session.delete(row)

    def alive(self, seconds: float) -> int:
        """How many workers are ready and were heard of in the last seconds."""
        fresh = (Worker.ready, Worker.seen_at >= self._clock() - seconds)
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(Worker).where(*fresh)) or 0

    def strays(self) -> set[str]:
        """Workers that compile for a job which is no longer theirs: cancelled, too long, or taken over."""
        busy = select(Worker.id, Job.state, Job.worker_id).outerjoin(Job, Job.id == Worker.job_id)
        with self._database.reading() as session:
            found = session.execute(busy.where(Worker.job_id.is_not(None))).all()
        return {worker for worker, state, owner in found if state != "running" or owner != worker}

    def forget_workers(self, seconds: float) -> None:
        """Drop the rows of workers that were not heard of for so long; they died with their server."""
        old = select(Worker).where(Worker.seen_at < self._clock() - seconds)
        with self._database.reading() as session:
            if session.scalars(old.limit(1)).first() is None:
                return
        with self._database.session() as session:
            for row in session.scalars(old):
                session.delete(row)

    # -- parts

    def _prepared(self, request: CompileRequest) -> tuple[CompileRequest, str]:
        """A checked request with its compiler and interpreter chosen, and its key."""
        limits = self._settings
        if len(request.spec) > limits.max_spec_characters:
            raise invalid("spec", f"the spec has {len(request.spec)} characters, at most "
                          f"{limits.max_spec_characters} are taken here; shorten it.")  # fmt: skip
        if len(request.examples) > limits.max_examples:
            raise invalid("examples", f"there are {len(request.examples)} examples, at most {limits.max_examples} "
                          "are taken here; leave some out.")  # fmt: skip
        compiler = chosen_compiler(request.compiler, limits)
        interpreter = chosen_interpreter(request.interpreter, limits)
        if request.images and not reads_images(compiler, interpreter):
            message = (
                f"the compiler {shown_compiler(compiler)} reads text only; leave the pictures out, or ask "
            )
            raise invalid("images", f"{message}whoever runs this server to give it a picture checkpoint.")
        chosen = replace(request, compiler=compiler, interpreter=interpreter)
        try:
            spec, _ = replace(chosen, images=()).checked(())
        except SpecError as error:
            raise invalid("spec", str(error)) from None
        check_storable("spec", spec.text)
        check_storable("examples", *(text for pair in spec.examples for text in pair))
        chosen = replace(chosen, spec=spec.text)
        return chosen, chosen.key(snapshot(compiler, interpreter, images=bool(request.images)))

    def _new_job(self, viewer: Viewer, request: CompileRequest, key: str, wants: Wants, priority: int) -> Job:
        now = self._clock()
        return Job(
            id=token_hex(16), user_id=viewer.user_id, state="queued", priority=priority, request=asdict(request),
            request_key=key, wants=asdict(wants), cached=False, percent=0.0, stage="queued", attempts=0,
            created_at=now, available_at=now,
        )  # fmt: skip

    def _check_room(self, session: Session, viewer: Viewer, image_bytes: int) -> None:
        limits = self._settings
        queued = Job.state == "queued"
        if count_jobs(session, queued, Job.user_id == viewer.user_id) >= limits.user_queue_limit:
            text = f"{limits.user_queue_limit} of your jobs wait already; ask again when some have ended."
        elif count_jobs(session, queued) >= limits.queue_limit:
            text = f"{limits.queue_limit} jobs wait already; ask again in a while."
        elif image_bytes and (
            waiting_image_bytes(session, viewer.user_id) + image_bytes > limits.user_waiting_image_bytes
        ):
            text = "too many pictures wait in your jobs already; ask again when some have ended."
        else:
            return
        raise ApiError(429, "queue_full", text, headers={"Retry-After": "10"})

    def _again(self, session: Session, job: Job, message: str) -> None:
        """Queue a job again, or fail it if it was started as often as allowed."""
        now, limit = self._clock(), self._settings.job_attempts
        if job.attempts >= limit:
            end_job(
                session, job, "failed", now, f"{message}; it was tried {job.attempts} times. Ask again later."
            )
        else:
            put_back(job, now + 0.25 * 2**job.attempts, attempts=job.attempts)


def _checked_wants(wants: Wants, viewer: Viewer) -> Wants:
    if wants.ephemeral and (wants.slug is not None or wants.public):
        raise invalid(
            "ephemeral", "an ephemeral program has no slug and is not public; leave one of them out."
        )
    slug = None if wants.slug is None else check_slug_name(wants.slug, viewer.name)
    return replace(wants, slug=slug, tags=tuple(check_tags(wants.tags)))
