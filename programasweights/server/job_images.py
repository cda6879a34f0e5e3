"""The pictures of jobs inside a transaction of the caller: kept while the job waits or runs, and not longer."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from programasweights.server.database.tables import Job, JobImage

__all__ = ["drop_images", "keep_images", "read_images", "waiting_image_bytes"]


def keep_images(session: Session, job_id: str, files: Sequence[bytes]) -> None:
    """Keep the PNG files of a job's spec, in their order."""
    for number, png in enumerate(files):
        session.add(JobImage(job_id=job_id, number=number, png=png, size=len(png)))


def read_images(session: Session, job_id: str) -> list[bytes]:
    """The PNG files of a job that has not ended, in their order."""
    kept = select(JobImage.png).where(JobImage.job_id == job_id)
    return list(session.scalars(kept.order_by(JobImage.number)))


def drop_images(session: Session, job: Job) -> None:
    """Forget a job's pictures."""
    if job.request.get("images"):
        session.execute(delete(JobImage).where(JobImage.job_id == job.id))


def waiting_image_bytes(session: Session, user_id: int) -> int:
    """How much the pictures take that a user's jobs hold."""
    held = select(func.sum(JobImage.size)).join(Job, Job.id == JobImage.job_id)
    return session.scalar(held.where(Job.user_id == user_id)) or 0
