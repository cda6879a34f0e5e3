"""What the catalogue tells about programs, and who is told: a user's own, and what others made public.

A program is visible to those who hold it, and to everybody once one holder made it public. Of the names, tags and
holders of a program everybody sees those of public holdings only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from programasweights.server.accounts import Viewer
from programasweights.server.database import tables
from programasweights.server.database.tables import Holding, Slug, Tag, User, Version

__all__ = [
    "Case",
    "Entry",
    "Page",
    "Ref",
    "SlugVersion",
    "VersionInfo",
    "Versions",
    "read_entries",
    "visible",
]


@dataclass(frozen=True)
class Ref:
    """The program that a reference means."""

    program_id: str
    slug: str | None
    """`user/name`; None if the program was named by its id."""
    version: int | None


@dataclass(frozen=True)
class SlugVersion:
    """A version of a slug that is a certain program."""

    slug: str
    """`user/name`."""
    version: int
    is_main: bool


@dataclass(frozen=True)
class Entry:
    """A program as one viewer sees it."""

    id: str
    spec: str
    examples: list[list[str]]
    images: list[dict[str, Any]]
    """Place (`at`), `digest`, `width` and `height` of the pictures in the spec."""
    takes_images: bool
    """Whether its inputs may hold pictures."""
    pseudo_program: str
    slots: int
    storage: str
    lora_rank: int
    bytes: int
    interpreter: str
    interpreter_digest: str
    compiler: str
    compiler_checkpoint: str | None
    recipe: dict[str, Any]
    seed: int
    compiled_at: str | None
    added_at: float
    scores: dict[str, float]
    downloads: int
    runs: int
    public: bool
    """Whether the viewer's own holding is public; of another's program, which the viewer sees, True."""
    mine: bool
    """Whether the viewer holds it."""
    tags: list[str]
    owners: list[str]
    slugs: list[SlugVersion]


@dataclass(frozen=True)
class Page:
    """A part of a list of programs."""

    programs: list[Entry]
    total: int
    """Programs on all pages."""
    page: int
    """Counted from 1."""
    per_page: int


@dataclass(frozen=True)
class VersionInfo:
    """One version of a slug."""

    version: int
    program_id: str
    created_at: float
    is_main: bool


@dataclass(frozen=True)
class Versions:
    """All versions of a slug that the viewer may see, newest first."""

    slug: str
    main_version: int
    versions: list[VersionInfo]


@dataclass(frozen=True)
class Case:
    """An input with the output that the viewer wants."""

    id: int
    input: str
    expected: str


_COLUMNS = [field.name for field in fields(Entry) if hasattr(tables.Program, field.name)]


def visible(viewer: Viewer | None) -> ColumnElement[bool]:
    """Which holdings let a viewer see their program."""
    return or_(Holding.public, _own(viewer))


def read_entries(session: Session, ids: Sequence[str], viewer: Viewer | None) -> list[Entry]:
    """The programs of these ids, which the viewer may see, in this order."""
    found = {p.id: p for p in session.scalars(select(tables.Program).where(tables.Program.id.in_(ids)))}
    holders = _holders(session, ids, viewer)
    tags = _tags(session, ids, viewer)
    slugs = _slugs(session, ids, viewer)
    return [_entry(found[i], viewer, holders[i], tags[i], slugs[i]) for i in ids if i in found]


def _own(viewer: Viewer | None) -> ColumnElement[bool]:
    return false() if viewer is None else Holding.user_id == viewer.user_id


def _holders(
    session: Session, ids: Iterable[str], viewer: Viewer | None
) -> dict[str, list[tuple[str, bool]]]:
    wanted = select(Holding.program_id, User.name, Holding.public).join(User, User.id == Holding.user_id)
    wanted = wanted.where(Holding.program_id.in_(ids), visible(viewer)).order_by(Holding.added_at, User.name)
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for program_id, name, public in session.execute(wanted):
        found[program_id].append((name, public))
    return found


def _tags(session: Session, ids: Iterable[str], viewer: Viewer | None) -> dict[str, list[str]]:
    wanted = select(Tag.program_id, Tag.tag).join(Holding, holding_of(Tag)).distinct()
    wanted = wanted.where(Tag.program_id.in_(ids), visible(viewer)).order_by(Tag.tag)
    found: dict[str, list[str]] = defaultdict(list)
    for program_id, tag in session.execute(wanted):
        found[program_id].append(tag)
    return found


def _slugs(session: Session, ids: Iterable[str], viewer: Viewer | None) -> dict[str, list[SlugVersion]]:
    wanted = (
        select(Version.program_id, User.name, Slug.name, Version.number, Slug.main_version)
        .join(Slug, Slug.id == Version.slug_id)
        .join(User, User.id == Slug.user_id)
        .join(Holding, and_(Holding.program_id == Version.program_id, Holding.user_id == Slug.user_id))
        .where(Version.program_id.in_(ids), visible(viewer))
        .order_by(User.name, Slug.name, Version.number.desc())
    )
    found: dict[str, list[SlugVersion]] = defaultdict(list)
    for program_id, user, name, number, main in session.execute(wanted):
        found[program_id].append(SlugVersion(f"{user}/{name}", number, number == main))
    return found


def holding_of(table: type[Tag]) -> ColumnElement[bool]:
    """Joins a user's tag with the holding of the same user."""
    return and_(Holding.program_id == table.program_id, Holding.user_id == table.user_id)


def _entry(
    row: tables.Program,
    viewer: Viewer | None,
    holders: list[tuple[str, bool]],
    tags: list[str],
    slugs: list[SlugVersion],
) -> Entry:
    own = dict(holders).get(viewer.name) if viewer else None
    columns = {name: getattr(row, name) for name in _COLUMNS} | {"images": row.images or []}
    names = [name for name, _ in holders]
    public = own is not False
    return Entry(**columns, public=public, mine=own is not None, tags=tags, owners=names, slugs=slugs)
