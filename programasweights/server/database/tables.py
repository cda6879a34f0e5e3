"""The tables. Times are seconds since 1970 in UTC, as floats, so that they are equal on every database.

A change here needs a revision in `migrations/versions`; a test compares the two.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "ApiKey",
    "Base",
    "Case",
    "Compiled",
    "Holding",
    "Job",
    "JobImage",
    "Program",
    "Slug",
    "Tag",
    "User",
    "Version",
    "WebSession",
    "Worker",
]

_ID = String(64)
"""sha256 in hexadecimal."""


class Base(DeclarativeBase):
    """Gives every constraint a name, so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
        list[list[str]]: JSON,
        bytes: LargeBinary,
        str: Text,
        float: Double,
    }


def _user() -> Mapped[int]:
    return mapped_column(ForeignKey("users.id", ondelete="CASCADE"))


def _program(*, key: bool = False) -> Mapped[str]:
    return mapped_column(_ID, ForeignKey("programs.id", ondelete="CASCADE"), primary_key=key)


class User(Base):
    """Who may hold programs."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(39), unique=True)
    admin: Mapped[bool]
    created_at: Mapped[float]


class ApiKey(Base):
    """A key, known by its hash only."""

    __tablename__ = "api_keys"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = _user()
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(_ID, unique=True)
    hint: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[float]
    used_at: Mapped[float | None]
    revoked_at: Mapped[float | None]


class WebSession(Base):
    """A browser that is signed in, known by the hash of its cookie."""

    __tablename__ = "web_sessions"
    digest: Mapped[str] = mapped_column(_ID, primary_key=True)
    user_id: Mapped[int] = _user()
    csrf: Mapped[str]
    created_at: Mapped[float]
    expires_at: Mapped[float]


class Program(Base):
    """A program as its file describes it; who may see it is written in its holdings."""

    __tablename__ = "programs"
    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    spec: Mapped[str]
    words: Mapped[str]
    """The spec without case, for searches."""
    examples: Mapped[list[list[str]]]
    images: Mapped[list[dict[str, Any]] | None]
    """Places, digests and sizes of the pictures in the spec, which are not kept; None before there were any."""
    takes_images: Mapped[bool] = mapped_column(server_default=false())
    """Whether its inputs may hold pictures."""
    pseudo_program: Mapped[str]
    slots: Mapped[int]
    storage: Mapped[str] = mapped_column(String(8))
    lora_rank: Mapped[int] = mapped_column(server_default="0")
    """0 for a program without a LoRA."""
    bytes: Mapped[int]
    interpreter: Mapped[str]
    interpreter_digest: Mapped[str] = mapped_column(_ID)
    compiler: Mapped[str]
    compiler_checkpoint: Mapped[str | None] = mapped_column(_ID)
    recipe: Mapped[dict[str, Any]]
    seed: Mapped[int] = mapped_column(BigInteger)
    compiled_at: Mapped[str | None] = mapped_column(String(20))
    added_at: Mapped[float]
    scores: Mapped[dict[str, Any]]
    downloads: Mapped[int]
    runs: Mapped[int]


class Holding(Base):
    """A user has a program. It is gone when nobody has it."""

    __tablename__ = "holdings"
    program_id: Mapped[str] = _program(key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    public: Mapped[bool]
    added_at: Mapped[float]
    expires_at: Mapped[float | None]
    """Set for a program that was asked for only for a while: it is in no list, and goes then."""
    __table_args__ = (Index(None, "user_id", "added_at"), Index(None, "expires_at"))


class Tag(Base):
    """A word that a user put on a program."""

    __tablename__ = "tags"
    program_id: Mapped[str] = _program(key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True)
    __table_args__ = (Index(None, "tag"),)


class Slug(Base):
    """A name of a user's own for a program that changes over time."""

    __tablename__ = "slugs"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = _user()
    name: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[float]
    main_version: Mapped[int]
    last_version: Mapped[int]
    """The highest number ever given: a number is not given twice, even when its program is gone."""
    __table_args__ = (UniqueConstraint("user_id", "name"),)


class Version(Base):
    """What a slug meant at some time."""

    __tablename__ = "versions"
    slug_id: Mapped[int] = mapped_column(ForeignKey("slugs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[str] = _program()
    created_at: Mapped[float]
    __table_args__ = (Index(None, "program_id"),)


class Compiled(Base):
    """Which program a compile gave that would give it again."""

    __tablename__ = "compiled"
    request_key: Mapped[str] = mapped_column(_ID, primary_key=True)
    program_id: Mapped[str] = _program()
    __table_args__ = (Index(None, "program_id"),)


class Case(Base):
    """An input with the output that its user wants."""

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[str] = _program()
    user_id: Mapped[int] = _user()
    input: Mapped[str]
    expected: Mapped[str]
    created_at: Mapped[float]
    __table_args__ = (Index(None, "program_id", "user_id"),)


class Job(Base):
    """A compile that was asked for."""

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = _user()
    state: Mapped[str] = mapped_column(String(9))
    priority: Mapped[int]
    request: Mapped[dict[str, Any]]
    request_key: Mapped[str] = mapped_column(_ID)
    wants: Mapped[dict[str, Any]]
    program_id: Mapped[str | None] = mapped_column(_ID)
    """Not a foreign key: a job is history, and keeps the id of a program that was removed."""
    slug: Mapped[str | None]
    version: Mapped[int | None]
    version_action: Mapped[str | None] = mapped_column(String(9))
    cached: Mapped[bool]
    percent: Mapped[float]
    stage: Mapped[str]
    error: Mapped[str | None]
    attempts: Mapped[int]
    token: Mapped[str | None] = mapped_column(String(32))
    """Drawn for every start; a worker with an older one has lost the job."""
    worker_id: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[float]
    available_at: Mapped[float]
    started_at: Mapped[float | None]
    finished_at: Mapped[float | None]
    lease_until: Mapped[float | None]
    __table_args__ = (
        Index(None, "state", "priority", "created_at"),
        Index(None, "user_id", "state"),
        Index(None, "user_id", "started_at"),
        Index(None, "user_id", "created_at"),
        Index(None, "finished_at"),
    )


class JobImage(Base):
    """A picture in the spec of a job that has not ended; gone with its end."""

    __tablename__ = "job_images"
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    png: Mapped[bytes]
    size: Mapped[int]
    """Bytes of the PNG."""


class Worker(Base):
    """A process that compiles."""

    __tablename__ = "workers"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    pid: Mapped[int]
    host: Mapped[str]
    started_at: Mapped[float]
    seen_at: Mapped[float]
    job_id: Mapped[str | None] = mapped_column(String(32))
    ready: Mapped[bool]
