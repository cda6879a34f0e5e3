"""Finds programs for a viewer inside a transaction: by reference, by slug, by search."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select
from sqlalchemy.orm import Session

from programasweights.server.accounts import Viewer
from programasweights.server.database import tables
from programasweights.server.database.tables import Holding, Slug, Tag, User, Version
from programasweights.server.entries import Page, Ref, holding_of, read_entries, visible
from programasweights.server.errors import conflict, not_found
from programasweights.server.names import ParsedRef, is_program_id, parse_ref

__all__ = ["MAX_PER_PAGE", "FoundSlug", "Search", "Sort", "check_visible", "find", "find_slug", "search"]

Sort = Literal["new", "downloads", "runs", "name"]
MAX_PER_PAGE = 100
"""Most programs of one page."""
_MOST_TERMS = 8
_PROGRAM = "program of that name or id"


@dataclass(frozen=True)
class FoundSlug:
    """A slug, and what of it the viewer may see."""

    slug: Slug
    user: str
    versions: list[Version]
    """Newest first; at least one."""

    @property
    def full(self) -> str:
        """`user/name`."""
        return f"{self.user}/{self.slug.name}"


@dataclass(frozen=True)
class Search:
    """What to look for."""

    text: str
    """Words that must all be in the spec, the slug's name, a tag, or begin the id."""
    tag: str | None
    mine: bool
    """Only what the viewer holds."""
    sort: Sort
    page: int
    per_page: int


def check_visible(session: Session, program_id: str, viewer: Viewer | None) -> None:
    """Refuse a program that the viewer may not see.

    Raises:
        ApiError: there is no such program, or it is not visible (404 both).
    """
    seen = _visible_ids(viewer).where(Holding.program_id == program_id)
    if not is_program_id(program_id) or session.scalars(seen).first() is None:
        raise not_found(_PROGRAM)


def find(session: Session, ref: str, viewer: Viewer | None) -> Ref:
    """The program that a reference means to this viewer.

    Raises:
        ApiError: none that the viewer may see (404), or several begin so (409).
    """
    parsed = parse_ref(ref)
    if parsed.id_start is not None:
        return Ref(_by_id(session, parsed.id_start, viewer), None, None)
    found = _slug(session, parsed, viewer)
    wanted = found.slug.main_version if parsed.version is None else parsed.version
    for version in found.versions:
        if version.number == wanted:
            return Ref(version.program_id, found.full, version.number)
    raise not_found(_PROGRAM)


def find_slug(session: Session, slug: str, viewer: Viewer | None) -> FoundSlug:
    """A slug by `user/name` or, of the viewer's own, `name`.

    Raises:
        ApiError: there is none that the viewer may see (404).
    """
    return _slug(session, parse_ref(slug), viewer)


def search(session: Session, wanted: Search, viewer: Viewer | None) -> Page:
    """A page of the programs that fit; those kept for a while only are in no list."""
    page, per_page = min(max(wanted.page, 1), 10**6), min(max(wanted.per_page, 1), MAX_PER_PAGE)
    held = _held(wanted, viewer)
    found = select(tables.Program.id).join(held, held.c.program_id == tables.Program.id)
    for term in wanted.text.replace("\0", "").casefold().split()[:_MOST_TERMS]:
        found = found.where(_matches(term, viewer))
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    order = {
        "new": held.c.added.desc(),
        "downloads": tables.Program.downloads.desc(),
        "runs": tables.Program.runs.desc(),
        "name": tables.Program.words,
    }[wanted.sort]
    shown = found.order_by(order, held.c.added.desc(), tables.Program.id)
    ids = session.scalars(shown.limit(per_page).offset((page - 1) * per_page)).all()
    return Page(read_entries(session, ids, viewer), total, page, per_page)


def _visible_ids(viewer: Viewer | None) -> Select[str]:
    return select(Holding.program_id).where(visible(viewer)).distinct()


def _by_id(session: Session, start: str, viewer: Viewer | None) -> str:
    begins = Holding.program_id.between(start, start.ljust(64, "f"))
    found = session.scalars(_visible_ids(viewer).where(begins).limit(2)).all()
    if not found:
        raise not_found(_PROGRAM)
    if len(found) > 1:
        raise conflict("ambiguous", f"several programs begin with {start}; give the whole id of one.")
    return found[0]


def _slug(session: Session, parsed: ParsedRef, viewer: Viewer | None) -> FoundSlug:
    user = parsed.user or (viewer.name if viewer else "")
    chosen = select(Slug).join(User, User.id == Slug.user_id)
    slug = session.scalars(chosen.where(User.name == user, Slug.name == parsed.name)).one_or_none()
    if slug is None:
        raise not_found(_PROGRAM)
    seen = (
        select(Version)
        .join(Holding, (Holding.program_id == Version.program_id) & (Holding.user_id == slug.user_id))
        .where(Version.slug_id == slug.id, visible(viewer))
        .order_by(Version.number.desc())
    )
    versions = list(session.scalars(seen))
    if not versions:
        raise not_found(_PROGRAM)
    return FoundSlug(slug, user, versions)


def _held(wanted: Search, viewer: Viewer | None) -> Subquery:
    own = Holding.user_id == (viewer.user_id if viewer else 0)
    rule = own if wanted.mine else visible(viewer)
    held = select(Holding.program_id, func.max(Holding.added_at).label("added"))
    if wanted.tag is not None:
        held = held.join(Tag, holding_of(Tag)).where(Tag.tag == wanted.tag.replace("\0", "").strip().lower())
    return held.where(rule, Holding.expires_at.is_(None)).group_by(Holding.program_id).subquery()


def _matches(term: str, viewer: Viewer | None) -> ColumnElement[bool]:
    program = tables.Program
    named = (
        select(Version.program_id)
        .join(Slug, Slug.id == Version.slug_id)
        .join(Holding, (Holding.program_id == Version.program_id) & (Holding.user_id == Slug.user_id))
        .where(visible(viewer), Slug.name.contains(term, autoescape=True))
    )
    tagged = select(Tag.program_id).join(Holding, holding_of(Tag))
    tagged = tagged.where(visible(viewer), Tag.tag.contains(term, autoescape=True))
    return or_(
        program.words.contains(term, autoescape=True),
        program.id.startswith(term, autoescape=True),
        program.id.in_(named),
        program.id.in_(tagged),
    )
