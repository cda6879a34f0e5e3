"""What a server says, checked before use. Fields that this release does not know are ignored."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Account", "Job", "Page", "RemoteProgram", "Resolved", "SlugVersion"]

ProgramId = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class Account(_Said):
    """Who a key belongs to."""

    name: str | None
    """The user's name, which their slugs begin with; None for nobody in particular."""


class Job(_Said):
    """A compile on the server."""

    # Part of an address: nothing but digits, so that it cannot lead elsewhere.
    job_id: Annotated[str, Field(pattern=r"\A[0-9a-f]{1,64}\z")]
    """Its name there."""
    status: Literal["queued", "compiling", "ready", "failed", "cancelled"]
    """How far it has come."""
    percent: float | None = None
    """The same as a number up to 100."""
    program_id: ProgramId | None = None
    """The program, once it is ready."""
    error: str | None = None
    """Why it failed."""


class Resolved(_Said):
    """The program that a reference means."""

    program_id: ProgramId
    """Its id."""


class SlugVersion(_Said):
    """A name of a program."""

    slug: str
    """`user/name`."""
    version: int
    """Counts from 1."""
    is_main: bool = False
    """Whether the name alone means this version."""


class RemoteProgram(_Said):
    """A program as the server describes it; its bytes say more, and are verified."""

    id: ProgramId
    """Program id."""
    spec: str
    """The task."""
    interpreter: str = ""
    """Base model that it runs on."""
    compiler: str = ""
    """What compiled it."""
    public: bool = False
    """Whether everybody may see it."""
    mine: bool = False
    """Whether the one who asks holds it."""
    owners: tuple[str, ...] = ()
    """Users who hold it, as far as they may be seen."""
    slugs: tuple[SlugVersion, ...] = ()
    """Its names."""
    tags: tuple[str, ...] = ()
    """Words to find it by."""
    downloads: int = 0
    """How often it was fetched."""
    runs: int = 0
    """How often the server ran it."""


class Page(_Said):
    """Part of a list of programs."""

    programs: tuple[RemoteProgram, ...]
    """Those on this page."""
    total: int
    """How many there are in all."""
