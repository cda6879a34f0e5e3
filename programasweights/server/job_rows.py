"""The rows of jobs inside a transaction of the caller: which one is next, and how it changes state."""

import re

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from programasweights.server.accounts import Viewer
from programasweights.server.database.tables import Compiled, Holding, Job, Worker
from programasweights.server.entries import visible
from programasweights.server.errors import not_found
from programasweights.server.holdings import Added
from programasweights.server.job_images import drop_images
from programasweights.server.job_records import Claim, State

__all__ = [
    "claimed_job",
    "count_jobs",
    "end_done",
    "end_job",
    "known_program",
    "next_job",
    "own_job",
    "put_back",
    "ready",
    "set_worker_job",
]

_ID = re.compile("[0-9a-f]{32}")


def known_program(session: Session, key: str, viewer: Viewer) -> str | None:
    """What the key was compiled to, if the viewer may see it: what others keep private stays unknown."""
    wanted = select(Compiled.program_id).join(Holding, Holding.program_id == Compiled.program_id)
    return session.scalars(wanted.where(Compiled.request_key == key, visible(viewer))).first()


def own_job(session: Session, job_id: str, viewer: Viewer, *, locked: bool = False) -> Job:
    """One of the viewer's jobs."""
    found = select(Job).where(Job.id == job_id, Job.user_id == viewer.user_id)
    if locked:
        found = found.with_for_update()
    job = session.scalars(found).one_or_none() if _ID.fullmatch(job_id) else None
    if job is None:
        raise not_found("job of that id")
    return job


def count_jobs(session: Session, *where: ColumnElement[bool]) -> int:
    """How many jobs fit."""
    return session.scalar(select(func.count()).select_from(Job).where(*where)) or 0


def ready(now: float) -> tuple[ColumnElement[bool], ...]:
    """Which jobs wait and may start now."""
    return Job.state == "queued", Job.available_at <= now


def next_job(now: float) -> Select[Job]:
    """Whose turn it is: one job of the highest priority, by user, then by age."""
    other = aliased(Job)
    running = select(func.count()).where(other.user_id == Job.user_id, other.state == "running")
    served = select(func.coalesce(func.max(other.started_at), 0)).where(other.user_id == Job.user_id)
    turn = (running.scalar_subquery(), served.scalar_subquery(), Job.created_at, Job.id)
    return select(Job).where(*ready(now)).order_by(Job.priority.desc(), *turn).limit(1)


def claimed_job(session: Session, claim: Claim) -> Job | None:
    """The job, locked, if the claim still holds."""
    held = (Job.id == claim.job_id, Job.token == claim.token, Job.state == "running")
    return session.scalars(select(Job).where(*held).with_for_update()).one_or_none()


def set_worker_job(session: Session, worker_id: str, job_id: str | None) -> None:
    """Write down what a worker works on."""
    if (row := session.get(Worker, worker_id)) is not None:
        row.job_id = job_id


def put_back(job: Job, available_at: float, *, attempts: int) -> None:
    """Queue a job again."""
    job.state, job.stage, job.percent, job.attempts = "queued", "queued", 0.0, attempts
    job.token = job.worker_id = job.lease_until = None
    job.available_at = available_at


def end_job(session: Session, job: Job, state: State, now: float, error: str | None = None) -> None:
    """End a job; no worker holds it any more, and its pictures are gone."""
    drop_images(session, job)
    job.state, job.stage, job.error, job.finished_at = state, state, error, now
    job.token = job.lease_until = None


def end_done(session: Session, job: Job, added: Added, now: float) -> None:
    """End a job with its program."""
    job.program_id, job.slug = added.program_id, added.slug
    job.version, job.version_action, job.percent = added.version, added.version_action, 100.0
    end_job(session, job, "done", now)
