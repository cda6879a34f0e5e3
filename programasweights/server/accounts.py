"""Who asks: users, their keys and their signed-in browsers.

Keys and session tokens are random, long, shown once, and kept as hashes only. There are no passwords: whoever
runs the server makes users and hands out keys.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from programasweights.server.database import Database
from programasweights.server.database.connect import insert_new
from programasweights.server.database.tables import ApiKey, User, WebSession
from programasweights.server.errors import conflict
from programasweights.server.names import LARGEST_ROW_ID, check_storable, check_user_name

__all__ = ["KEY_PREFIX", "LOCAL_USER", "SESSION_SECONDS", "Accounts", "KeyInfo", "Viewer"]

KEY_PREFIX = "paw_"
LOCAL_USER = "local"
"""Who everybody is on an open server."""
SESSION_SECONDS = 30 * 86_400.0
_HINT = 8
_LONGEST = 200
"""No key or token is longer; a longer one is not even hashed."""
_USED_EVERY = 60.0
"""A key's last use is written down at most so often, or every request would write."""


@dataclass(frozen=True)
class Viewer:
    """A user who asks for something."""

    user_id: int
    name: str
    admin: bool
    via: Literal["open", "key", "session"]
    """How the server knows."""


@dataclass(frozen=True)
class KeyInfo:
    """What is known about a key; not the key."""

    id: int
    name: str
    hint: str
    """Its first characters."""
    created_at: float
    used_at: float | None


class Accounts:
    """Users, keys and sessions."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        """Use a migrated database."""
        self._database = database
        self._clock = clock

    def ensure_local(self) -> Viewer:
        """The user of an open server, made on first use."""
        if self.find_user(LOCAL_USER) is None:
            with self._database.session() as session:
                insert_new(session, User, {"name": LOCAL_USER, "admin": True, "created_at": self._clock()})
        with self._database.reading() as session:
            return _viewer(session.scalars(select(User).where(User.name == LOCAL_USER)).one(), "open")

    def add_user(self, name: str, admin: bool = False) -> int:
        """Make a user; returns the id.

        Raises:
            ApiError: the name is not well formed (400) or taken (409).
        """
        values = {"name": check_user_name(name), "admin": admin, "created_at": self._clock()}
        with self._database.session() as session:
            if not insert_new(session, User, values):
                raise conflict("name_taken", f"there is a user {name!r} already; choose another name.")
            return session.scalars(select(User.id).where(User.name == name)).one()

    def find_user(self, name: str) -> int | None:
        """The id of a user."""
        with self._database.reading() as session:
            return session.scalar(select(User.id).where(User.name == name))

    def issue_key(self, user_id: int, name: str) -> str:
        """A new key of a user, which is shown this once. `name` says what it is for.

        Raises:
            ApiError: the name cannot be kept (400).
        """
        check_storable("name", name)
        key = KEY_PREFIX + secrets.token_urlsafe(32)
        row = ApiKey(
            user_id=user_id, name=name, digest=_digest(key), hint=key[:_HINT], created_at=self._clock()
        )
        with self._database.session() as session:
            session.add(row)
        return key

    def by_key(self, key: str) -> Viewer | None:
        """Whose key it is; None if it is nobody's or revoked."""
        if len(key) > _LONGEST:
            return None
        found = (
            select(ApiKey, User).join(User).where(ApiKey.digest == _digest(key), ApiKey.revoked_at.is_(None))
        )
        with self._database.reading() as session:
            row = session.execute(found).one_or_none()
        if row is None:
            return None
        self._note_use(row[0])
        return _viewer(row[1], "key")

    def keys(self, user_id: int) -> list[KeyInfo]:
        """A user's keys that were not revoked, oldest first."""
        found = (
            select(ApiKey).where(ApiKey.user_id == user_id, ApiKey.revoked_at.is_(None)).order_by(ApiKey.id)
        )
        with self._database.reading() as session:
            return [KeyInfo(k.id, k.name, k.hint, k.created_at, k.used_at) for k in session.scalars(found)]

    def revoke_key(self, user_id: int, key_id: int) -> bool:
        """End a key of a user; whether there was one."""
        if key_id > LARGEST_ROW_ID:
            return False
        chosen = (ApiKey.id == key_id, ApiKey.user_id == user_id, ApiKey.revoked_at.is_(None))
        with self._database.session() as session:
            change = update(ApiKey).where(*chosen).values(revoked_at=self._clock()).returning(ApiKey.id)
            return session.scalar(change) is not None

    def start_session(self, user_id: int) -> tuple[str, str]:
        """Sign a browser in: the cookie's token, and what its forms must send along."""
        token, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), self._clock()
        row = WebSession(
            digest=_digest(token),
            user_id=user_id,
            csrf=csrf,
            created_at=now,
            expires_at=now + SESSION_SECONDS,
        )
        with self._database.session() as session:
            _drop_expired(session, now)
            session.add(row)
        return token, csrf

    def by_session(self, token: str) -> tuple[Viewer, str] | None:
        """Whose browser it is, and what its forms must send along."""
        if len(token) > _LONGEST:
            return None
        chosen = (WebSession.digest == _digest(token), WebSession.expires_at > self._clock())
        with self._database.reading() as session:
            row = session.execute(select(WebSession.csrf, User).join(User).where(*chosen)).one_or_none()
        return None if row is None else (_viewer(row[1], "session"), row[0])

    def end_session(self, token: str) -> None:
        """Sign a browser out."""
        with self._database.session() as session:
            session.execute(delete(WebSession).where(WebSession.digest == _digest(token)))

    def _note_use(self, key: ApiKey) -> None:
        now = self._clock()
        if key.used_at is not None and now - key.used_at < _USED_EVERY:
            return
        with self._database.session() as session:
            session.execute(update(ApiKey).where(ApiKey.id == key.id).values(used_at=now))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _viewer(user: User, via: Literal["open", "key", "session"]) -> Viewer:
    return Viewer(user.id, user.name, user.admin, via)


def _drop_expired(session: Session, now: float) -> None:
    session.execute(delete(WebSession).where(WebSession.expires_at <= now))
