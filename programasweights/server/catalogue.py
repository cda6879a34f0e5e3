"""The programs of a server, each as its viewer may see it: taking, finding, naming, sharing, giving up.

A viewer of None is anonymous and sees what is public. What a viewer may not see is answered in the same words as
what does not exist.
"""

import time
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from programasweights.program import Program, from_bytes
from programasweights.server.accounts import Viewer
from programasweights.server.database import Database, tables
from programasweights.server.database.tables import Holding, Slug, Version
from programasweights.server.entries import (
    Case,
    Entry,
    Page,
    Ref,
    SlugVersion,
    VersionInfo,
    Versions,
    read_entries,
)
from programasweights.server.errors import ApiError, conflict, invalid, not_found
from programasweights.server.holdings import (
    Added,
    Wants,
    drop,
    hold,
    record,
    set_tags,
    use_slug,
)
from programasweights.server.lookup import (
    MAX_PER_PAGE,
    FoundSlug,
    Search,
    Sort,
    check_visible,
    find,
    find_slug,
    search,
)
from programasweights.server.names import LARGEST_ROW_ID, check_slug_name, check_storable, check_tags
from programasweights.server.store import ProgramFiles

__all__ = [
    "MAX_PER_PAGE",
    "Added",
    "Case",
    "Catalogue",
    "Entry",
    "Page",
    "Ref",
    "SlugVersion",
    "Sort",
    "VersionInfo",
    "Versions",
]

_MOST_CASES = 200


class Catalogue:
    """Programs and who holds them.

    Methods that take a viewer raise ApiError 404 for what the viewer may not see, and 403 for changes to what the
    viewer sees but does not own.
    """

    def __init__(
        self, database: Database, files: ProgramFiles, *, clock: Callable[[], float] = time.time
    ) -> None:
        """Use a migrated database."""
        self._database = database
        self._files = files
        self._clock = clock

    def add(
        self,
        program: Program,
        viewer: Viewer,
        *,
        public: bool = False,
        tags: Iterable[str] = (),
        slug: str | None = None,
    ) -> Added:
        """Give a program to a viewer, as the newest version of `slug` if one is named.

        Raises:
            ApiError: a name is not well formed (400).
        """
        name = None if slug is None else check_slug_name(slug, viewer.name)
        wants = Wants(public=public, slug=name, tags=tuple(check_tags(tags)))
        size = self._files.put(program)
        with self._database.session() as session:
            now = self._clock()
            record(session, program, size, now)
            added = hold(session, program.id, viewer.user_id, viewer.name, wants, now)
        self.keep_file(program)
        return added

    def keep_file(self, program: Program) -> None:
        """Write the file again if the last holder of the same program gave it up just before this one took it."""
        if not self._files.has(program.id):
            self._files.put(program)

    def resolve(self, ref: str, viewer: Viewer | None) -> Ref:
        """The program that a reference means: an id or its first 16 digits, `user/name`, `name`, with `@v2`.

        Raises:
            ApiError: none that the viewer may see (404), or several ids begin so (409).
        """
        with self._database.reading() as session:
            return find(session, ref, viewer)

    def entry(self, program_id: str, viewer: Viewer | None) -> Entry:
        """All about a program."""
        with self._database.reading() as session:
            check_visible(session, program_id, viewer)
            entries = read_entries(session, [program_id], viewer)
        if not entries:  # given up between the two looks
            raise not_found("program of that id")
        return entries[0]

    def search(
        self,
        viewer: Viewer | None,
        *,
        text: str = "",
        tag: str | None = None,
        mine: bool = False,
        sort: Sort = "new",
        page: int = 1,
        per_page: int = 20,
    ) -> Page:
        """Programs whose spec, slug, tag or id fits all words of `text`; at most `MAX_PER_PAGE` at a time."""
        with self._database.reading() as session:
            return search(session, Search(text, tag, mine, sort, page, per_page), viewer)

    def bytes(self, program_id: str, viewer: Viewer | None) -> bytes:
        """The `.paw` file of a program.

        Raises:
            HubError: the store lost it.
        """
        with self._database.reading() as session:
            check_visible(session, program_id, viewer)
        return self._files.get(program_id)

    def program(self, program_id: str, viewer: Viewer | None) -> Program:
        """A program, to run it."""
        return from_bytes(self.bytes(program_id, viewer))

    def versions(self, slug: str, viewer: Viewer | None) -> Versions:
        """What a slug meant over time."""
        with self._database.reading() as session:
            found = find_slug(session, slug, viewer)
            main = found.slug.main_version
            shown = [
                VersionInfo(v.number, v.program_id, v.created_at, v.number == main) for v in found.versions
            ]
            return Versions(found.full, main, shown)

    def set_main(self, slug: str, viewer: Viewer, number: int) -> None:
        """Make a version of the viewer's slug the one that it means."""
        with self._database.session() as session:
            found = self._own_slug(session, slug, viewer)
            if number not in {version.number for version in found.versions}:
                raise not_found("version of that slug")
            found.slug.main_version = number

    def rename(self, ref: str, viewer: Viewer, new_name: str) -> str | None:
        """Rename the slug `ref`, or name the program `ref` if it has none; "" removes the slug.

        Returns:
            `user/name` as it is now, or None.

        Raises:
            ApiError: the name is not well formed (400) or taken, or the program has several slugs (409).
        """
        name = check_slug_name(new_name, viewer.name) if new_name else None
        with self._database.session() as session:
            target = find(session, ref, viewer)
            slug = self._slug_of(session, target, viewer)
            if name is None:
                if slug is not None:
                    session.delete(slug)
                return None
            if slug is not None and slug.name == name:
                return f"{viewer.name}/{name}"
            if session.scalar(select(Slug.id).where(Slug.user_id == viewer.user_id, Slug.name == name)):
                raise conflict("slug_taken", f"you have a slug {name!r} already; choose another name.")
            if slug is not None:
                slug.name = name
                return f"{viewer.name}/{name}"
            self._check_held(session, target.program_id, viewer)
            now = self._clock()
            return use_slug(session, target.program_id, viewer.user_id, viewer.name, name, now).slug

    def publish(self, program_id: str, viewer: Viewer, public: bool) -> None:
        """Show the viewer's program to everybody, or no longer."""
        with self._database.session() as session:
            self._check_held(session, program_id, viewer)
            held = (Holding.program_id == program_id, Holding.user_id == viewer.user_id)
            session.execute(update(Holding).where(*held).values(public=public))

    def tag(self, program_id: str, viewer: Viewer, tags: Iterable[str]) -> None:
        """Make these the viewer's tags on a program."""
        checked = check_tags(tags)
        with self._database.session() as session:
            self._check_held(session, program_id, viewer)
            set_tags(session, program_id, viewer.user_id, checked)

    def remove(self, program_id: str, viewer: Viewer) -> None:
        """Give a program up, with the viewer's tags, cases and slug versions; nobody's program is deleted."""
        with self._database.session() as session:
            self._check_held(session, program_id, viewer)
            self._drop(session, program_id, viewer.user_id)

    def remove_expired(self) -> int:
        """Give up what was wanted for a while only; how many that were."""
        due = select(Holding.program_id, Holding.user_id).where(Holding.expires_at <= self._clock())
        with self._database.reading() as session:
            found = session.execute(due).all()
        for program_id, user_id in found:
            with self._database.session() as session:
                held = (Holding.program_id == program_id, Holding.user_id == user_id)
                if session.execute(due.where(*held)).first() is not None:
                    self._drop(session, program_id, user_id)
        return len(found)

    def count_download(self, program_id: str) -> None:
        """Count one download."""
        with self._database.session() as session:
            row = tables.Program
            session.execute(update(row).where(row.id == program_id).values(downloads=row.downloads + 1))

    def count_run(self, program_id: str, n: int) -> None:
        """Count inputs that were run."""
        with self._database.session() as session:
            row = tables.Program
            session.execute(update(row).where(row.id == program_id).values(runs=row.runs + n))

    def set_scores(self, program_id: str, scores: Mapping[str, float]) -> None:
        """Write a program's scores down, beside those of other names."""
        with self._database.session() as session:
            chosen = select(tables.Program).where(tables.Program.id == program_id).with_for_update()
            row = session.scalars(chosen).one_or_none()
            if row is None:
                raise not_found("program of that id")
            row.scores = row.scores | dict(scores)

    def cases(self, program_id: str, viewer: Viewer) -> list[Case]:
        """The viewer's own test cases of a program, oldest first."""
        mine = (tables.Case.program_id == program_id, tables.Case.user_id == viewer.user_id)
        with self._database.reading() as session:
            check_visible(session, program_id, viewer)
            rows = session.scalars(select(tables.Case).where(*mine).order_by(tables.Case.id))
            return [Case(row.id, row.input, row.expected) for row in rows]

    # `input` is the word of the interface
    def add_case(self, program_id: str, viewer: Viewer, input: str, expected: str) -> Case:
        """Save a test case.

        Raises:
            ApiError: there are too many already, or a text cannot be kept (400).
        """
        check_storable("input", input)
        check_storable("expected", expected)
        mine = (tables.Case.program_id == program_id, tables.Case.user_id == viewer.user_id)
        row = tables.Case(
            program_id=program_id,
            user_id=viewer.user_id,
            input=input,
            expected=expected,
            created_at=self._clock(),
        )
        with self._database.session() as session:
            check_visible(session, program_id, viewer)
            if (
                session.scalar(select(func.count()).select_from(tables.Case).where(*mine)) or 0
            ) >= _MOST_CASES:
                raise invalid(
                    "input", f"a program has at most {_MOST_CASES} test cases of yours; remove some."
                )
            session.add(row)
            session.flush()
            return Case(row.id, input, expected)

    def remove_case(self, program_id: str, viewer: Viewer, case_id: int) -> None:
        """Remove a test case of the viewer's."""
        case = tables.Case
        mine = (case.id == case_id, case.program_id == program_id, case.user_id == viewer.user_id)
        with self._database.session() as session:
            gone = delete(case).where(*mine).returning(case.id)
            if case_id > LARGEST_ROW_ID or session.scalar(gone) is None:
                raise not_found("test case of that id")

    def _drop(self, session: Session, program_id: str, user_id: int) -> None:
        if drop(session, program_id, user_id):
            # While the row is locked: whoever adds the same program waits, and then finds that the file is gone.
            session.flush()
            self._files.delete(program_id)

    def _check_held(self, session: Session, program_id: str, viewer: Viewer) -> None:
        check_visible(session, program_id, viewer)
        if session.get(Holding, (program_id, viewer.user_id)) is None:
            raise _not_yours("program")

    def _own_slug(self, session: Session, slug: str, viewer: Viewer) -> FoundSlug:
        found = find_slug(session, slug, viewer)
        if found.slug.user_id != viewer.user_id:
            raise _not_yours("slug")
        return found

    def _slug_of(self, session: Session, target: Ref, viewer: Viewer) -> Slug | None:
        """The slug that a reference names, or the only one that a program named by id has with this viewer."""
        if target.slug is not None:
            return self._own_slug(session, target.slug, viewer).slug
        named = select(Version.slug_id).where(Version.program_id == target.program_id)
        slugs = session.scalars(select(Slug).where(Slug.user_id == viewer.user_id, Slug.id.in_(named))).all()
        if len(slugs) > 1:
            names = ", ".join(sorted(slug.name for slug in slugs)[:5])
            raise conflict(
                "ambiguous", f"the program has several slugs ({names}); name the one that you mean."
            )
        return slugs[0] if slugs else None


def _not_yours(what: str) -> ApiError:
    return ApiError(403, "forbidden", f"this {what} is another user's; you can change your own only.")
