"""Who has which program, as writes inside a transaction of the caller: taking, naming, giving up.

`catalogue` and `jobs` build on it, because a compile that ends must change both in one transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from programasweights.program import Program
from programasweights.server.database import tables
from programasweights.server.database.connect import insert_new
from programasweights.server.database.tables import Case, Compiled, Holding, Slug, Tag, Version
from programasweights.server.names import check_storable

__all__ = [
    "EPHEMERAL_SECONDS",
    "Added",
    "Wants",
    "check_storable",
    "drop",
    "hold",
    "lock",
    "record",
    "set_tags",
    "use_slug",
]

EPHEMERAL_SECONDS = 86_400.0
"""How long a program stays that was asked for as ephemeral."""


@dataclass(frozen=True)
class Wants:
    """How a user wants to have a program."""

    public: bool = False
    """Whether everybody may see and run it."""
    ephemeral: bool = False
    """In no list, and gone after a day."""
    slug: str | None = None
    """Name of which the program becomes the newest version."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Added:
    """What taking a program into the catalogue gave."""

    program_id: str
    slug: str | None = None
    """`user/name`."""
    version: int | None = None
    version_action: Literal["created", "updated", "unchanged"] | None = None
    """The slug is new; it has a new version; the program was its main version already."""


def record(session: Session, program: Program, size: int, now: float) -> None:
    """Make the program's row if there is none, and lock it against being dropped meanwhile."""
    values = _values(program, size, now)
    # One that is being dropped at this moment is there to the insert, and gone to the lock.
    while True:
        insert_new(session, tables.Program, values)
        if lock(session, program.id):
            return


def lock(session: Session, program_id: str) -> bool:
    """Keep a recorded program from being dropped until the transaction ends; False if it is gone."""
    locked = select(tables.Program.id).where(tables.Program.id == program_id).with_for_update()
    return session.scalar(locked) is not None


def hold(session: Session, program_id: str, user_id: int, user: str, wants: Wants, now: float) -> Added:
    """Give a recorded program to a user; what the user has already is kept.

    Args:
        session: a transaction that writes.
        program_id: the program.
        user_id: who gets it.
        user: that user's name.
        wants: checked names.
        now: the time.
    """
    expires = now + EPHEMERAL_SECONDS if wants.ephemeral else None
    values = {"program_id": program_id, "user_id": user_id, "public": wants.public}
    if not insert_new(session, Holding, values | {"added_at": now, "expires_at": expires}):
        _hold_again(session, program_id, user_id, wants, expires)
    for tag in wants.tags:
        insert_new(session, Tag, {"program_id": program_id, "user_id": user_id, "tag": tag})
    if wants.slug is None:
        return Added(program_id)
    return use_slug(session, program_id, user_id, user, wants.slug, now)


def use_slug(session: Session, program_id: str, user_id: int, user: str, name: str, now: float) -> Added:
    """Make a program the main version of a user's slug, as a new version if it is not the main one already."""
    full = f"{user}/{name}"
    row = {"user_id": user_id, "name": name, "created_at": now, "main_version": 1, "last_version": 1}
    created = insert_new(session, Slug, row)
    chosen = (Slug.user_id == user_id, Slug.name == name)
    slug = session.scalars(select(Slug).where(*chosen).with_for_update()).one()
    if not created:
        main = session.get(Version, (slug.id, slug.main_version))
        if main is not None and main.program_id == program_id:
            return Added(program_id, full, slug.main_version, "unchanged")
        slug.last_version += 1
        slug.main_version = slug.last_version
    number = slug.main_version
    session.add(Version(slug_id=slug.id, number=number, program_id=program_id, created_at=now))
    session.flush()
    return Added(program_id, full, number, "created" if created else "updated")


def drop(session: Session, program_id: str, user_id: int) -> bool:
    """Take a program and all that hangs on it from a user; whether nobody has it any more.

    Then its row is gone too, and its file is the caller's to delete before the transaction ends.
    """
    lock(session, program_id)
    for table in (Holding, Tag, Case):
        session.execute(delete(table).where(table.program_id == program_id, table.user_id == user_id))
    mine = select(Slug.id).where(Slug.user_id == user_id)
    gone = delete(Version).where(Version.program_id == program_id, Version.slug_id.in_(mine))
    for slug_id in set(session.scalars(gone.returning(Version.slug_id))):
        _repair_slug(session, slug_id)
    if session.scalar(select(func.count()).select_from(Holding).where(Holding.program_id == program_id)):
        return False
    session.execute(delete(Compiled).where(Compiled.program_id == program_id))
    session.execute(delete(tables.Program).where(tables.Program.id == program_id))
    return True


def set_tags(session: Session, program_id: str, user_id: int, tags: Collection[str]) -> None:
    """Make these a user's only tags on a program."""
    session.execute(delete(Tag).where(Tag.program_id == program_id, Tag.user_id == user_id))
    session.add_all(Tag(program_id=program_id, user_id=user_id, tag=tag) for tag in tags)


def _hold_again(session: Session, program_id: str, user_id: int, wants: Wants, expires: float | None) -> None:
    changes: dict[str, object] = {"public": True} if wants.public else {}
    if expires is None:
        changes["expires_at"] = None
    if changes:
        chosen = (Holding.program_id == program_id, Holding.user_id == user_id)
        session.execute(update(Holding).where(*chosen).values(**changes))


def _repair_slug(session: Session, slug_id: int) -> None:
    """Point a slug that lost a version at its newest one; without any it goes."""
    left = session.scalars(select(Version.number).where(Version.slug_id == slug_id)).all()
    if not left:
        session.execute(delete(Slug).where(Slug.id == slug_id))
        return
    chosen = (Slug.id == slug_id, Slug.main_version.not_in(left))
    session.execute(update(Slug).where(*chosen).values(main_version=max(left)))


def _values(program: Program, size: int, now: float) -> dict[str, object]:
    behaviour, made = program.behaviour, program.record
    spec, examples = behaviour.spec.text, [list(pair) for pair in behaviour.spec.examples]
    check_storable("spec", spec, behaviour.pseudo_program, *(text for pair in examples for text in pair))
    check_storable("interpreter", behaviour.interpreter.name, behaviour.compiler.name)
    return {
        "id": program.id,
        "spec": spec,
        "words": spec.casefold(),
        "examples": examples,
        "images": [picture.model_dump() for picture in behaviour.spec.pictures],
        "takes_images": behaviour.vision is not None,
        "pseudo_program": behaviour.pseudo_program,
        "slots": behaviour.prefix.slots,
        "storage": behaviour.prefix.storage,
        "lora_rank": behaviour.lora.rank,
        "bytes": size,
        "interpreter": behaviour.interpreter.name,
        "interpreter_digest": behaviour.interpreter.digest,
        "compiler": behaviour.compiler.name,
        "compiler_checkpoint": behaviour.compiler.checkpoint,
        "recipe": dict(behaviour.recipe),
        "seed": behaviour.seed,
        "compiled_at": made.created_at,
        "added_at": now,
        "scores": dict(made.scores),
        "downloads": 0,
        "runs": 0,
    }
