"""How users, slugs, tags and programs are named, and what a reference to a program means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from programasweights.server.errors import invalid, not_found

__all__ = [
    "LARGEST_ROW_ID",
    "ParsedRef",
    "check_slug_name",
    "check_storable",
    "check_tags",
    "check_user_name",
    "is_program_id",
    "parse_ref",
]

_USER = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_TAG = re.compile(r"[\w][\w .+-]{0,39}")
_ID = re.compile(r"[0-9a-f]{64}")
_ID_START = re.compile(r"[0-9a-f]{16,64}")
_REF = re.compile(
    rf"(?:(?P<user>{_USER.pattern})/)?(?P<name>{_SLUG.pattern})(?:@v(?P<version>[0-9]{{1,9}}))?"
)
_MOST_TAGS = 16
LARGEST_ROW_ID = 2**31 - 1
"""A larger number is no id of a row, and PostgreSQL refuses to look for it."""


@dataclass(frozen=True)
class ParsedRef:
    """A reference to a program: the start of an id, or a slug."""

    id_start: str | None
    """The first 16 digits of an id, or more; None if the reference is no such."""
    user: str | None
    """Owner of the slug; None for the one who asks."""
    name: str
    """Name of the slug."""
    version: int | None
    """Version of the slug; None for the main one."""


def parse_ref(ref: str) -> ParsedRef:
    """Take a reference apart: an id, its first 16 digits or more, `user/name`, `name`, each slug with `@v2`.

    Raises:
        ApiError: it is none of these (404, as for any program that is not there).
    """
    found = _REF.fullmatch(ref)
    if found is None:
        raise not_found("program of that name")
    version = found["version"]
    start = ref if _ID_START.fullmatch(ref) else None
    return ParsedRef(start, found["user"], found["name"], None if version is None else int(version))


def is_program_id(text: str) -> bool:
    """Whether text is a whole program id."""
    return _ID.fullmatch(text) is not None


def check_user_name(name: str) -> str:
    """Return a user's name if it is one.

    Raises:
        ApiError: it is not.
    """
    if not _USER.fullmatch(name):
        text = "of 1 to 39 small letters, digits and hyphens, beginning with a letter or digit"
        raise invalid("name", f"the user name is {name!r:.80}, but must be {text}.")
    return name


def check_slug_name(slug: str, user: str) -> str:
    """The name in a slug that `user` may give: `name`, or `user/name` with the own name.

    Raises:
        ApiError: the slug is another user's or not well formed.
    """
    owner, slash, name = slug.rpartition("/")
    if slash and owner != user:
        raise invalid("slug", f"the slug is {slug!r:.120}, but yours begin with {user}/.")
    if not _SLUG.fullmatch(name) or _ID_START.fullmatch(name):
        text = (
            "1 to 64 small letters, digits, dots, hyphens and underscores, beginning with a letter or digit, "
            "and must not look like a program id"
        )
        raise invalid("slug", f"the slug's name is {name!r:.80}, but must have {text}.")
    return name


def check_tags(tags: Iterable[str]) -> list[str]:
    """Tags in small letters, each once, sorted.

    Raises:
        ApiError: there are too many, or one is not well formed.
    """
    found = sorted({tag.strip().lower() for tag in tags})
    if len(found) > _MOST_TAGS:
        raise invalid("tags", f"there are {len(found)} tags, but a program has at most {_MOST_TAGS}.")
    for tag in found:
        if not _TAG.fullmatch(tag):
            text = "1 to 40 letters, digits, spaces, dots, plus signs and hyphens"
            raise invalid("tags", f"a tag is {tag!r:.80}, but must have {text}.")
    return found


def check_storable(field: str, *texts: str) -> None:
    """Refuse the one character that PostgreSQL cannot keep, on every database.

    Raises:
        ApiError: a text has a null character.
    """
    if any("\0" in text for text in texts):
        raise invalid(field, f"{field} has a null character, which cannot be kept; leave it out.")
