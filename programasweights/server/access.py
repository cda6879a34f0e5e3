"""Who is asking: the key or web session of a request, and what routes may demand of the caller.

The gate in `middleware.py` finds the caller before any route is chosen, so that a wrong key is refused
everywhere, on public pages and unknown paths too. Routes take one of the dependencies below.
"""

import hmac
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer

from programasweights.server.errors import ApiError
from programasweights.server.settings import ServerSettings

if TYPE_CHECKING:
    from starlette.datastructures import Headers

    from programasweights.server.accounts import Accounts, Viewer

__all__ = [
    "CSRF_FIELD",
    "CSRF_HEADER",
    "SESSION_COOKIE",
    "AdminCaller",
    "AnyCaller",
    "Caller",
    "Identifier",
    "UserCaller",
    "caller",
    "check_forgery",
]

SESSION_COOKIE = "paw_session"
"""Name of the cookie that holds a web session's token."""
CSRF_HEADER = "X-CSRF-Token"
"""What scripts send a web session's token against forgery in."""
CSRF_FIELD = "csrf"
"""What forms send it in."""

_KEY = re.compile(r"paw_[A-Za-z0-9_-]{20,100}")
_SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Caller:
    """Who sent a request."""

    viewer: "Viewer | None"
    """The user; None for anybody."""
    address: str
    """Where the request came from."""
    csrf: str | None = None
    """The token against forgery of a web session."""

    @property
    def counted_as(self) -> str:
        """Whose allowance a request takes from."""
        return f"address {_network(self.address)}" if self.viewer is None else f"user {self.viewer.user_id}"

    @property
    def user(self) -> "Viewer":
        """The user.

        Raises:
            ApiError: 401 if there is none.
        """
        if self.viewer is None:
            raise _unauthorised("key_required", "this needs a key; send one in the header X-API-Key.")
        return self.viewer


class Identifier:
    """Finds the caller of a request."""

    def __init__(self, settings: ServerSettings, accounts: "Accounts") -> None:
        """Keep what is needed; the user `local` of an open server is made on the first request."""
        self._open = settings.access == "open"
        self._accounts = accounts
        self._local: Viewer | None = None

    def identify(self, headers: "Headers", cookies: Mapping[str, str], address: str) -> Caller:
        """The caller, by key, or by web session, or as the server is open to anybody.

        Raises:
            ApiError: 401 if a key is given that is none, or is no longer one.
        """
        keys = _keys(headers)
        if keys:
            return Caller(self._by_key(keys), address)
        if (token := cookies.get(SESSION_COOKIE)) and (found := self._accounts.by_session(token)) is not None:
            return Caller(found[0], address, found[1])
        if self._open:
            self._local = self._local or self._accounts.ensure_local()
            return Caller(self._local, address)
        return Caller(None, address)

    def _by_key(self, keys: set[str]) -> "Viewer":
        key = keys.pop()
        found = self._accounts.by_key(key) if not keys and _KEY.fullmatch(key) else None
        if found is None:
            message = "the key is not one of this server, or was revoked. Send another one, or none at all."
            raise _unauthorised("invalid_key", message)
        return found


def check_forgery(who: Caller, method: str, sent: str | None) -> None:
    """Refuse a browser's change that does not prove that a page of ours asked for it.

    Raises:
        ApiError: 403 if the session's token is missing or another.
    """
    if method in _SAFE or who.viewer is None or who.viewer.via != "session":
        return
    if who.csrf is None or not hmac.compare_digest((sent or "").encode(), who.csrf.encode()):
        message = f"the token against forgery is missing or old; reload the page, or send {CSRF_HEADER}."
        raise ApiError(403, "forgery_refused", message)


def caller(
    request: Request,
    _key: Annotated[str | None, Security(APIKeyHeader(name="X-API-Key", auto_error=False))] = None,
    _bearer: Annotated[object, Security(HTTPBearer(auto_error=False))] = None,
) -> Caller:
    """The caller, as the gate found it. The other parameters only describe the ways in OpenAPI."""
    found: Caller = request.state.caller
    return found


def _user(who: Annotated[Caller, Depends(caller)]) -> Caller:
    _ = who.user
    return who


def _admin(who: Annotated[Caller, Depends(_user)]) -> Caller:
    if not who.user.admin:
        raise ApiError(403, "admin_required", "this needs the key of an administrator.")
    return who


AnyCaller = Annotated[Caller, Depends(caller)]
"""A route's parameter: whoever asks, `viewer` may be None."""
UserCaller = Annotated[Caller, Depends(_user)]
"""A route's parameter: a caller with a user; 401 otherwise."""
AdminCaller = Annotated[Caller, Depends(_admin)]
"""A route's parameter: an administrator; 401 or 403 otherwise."""


def _keys(headers: "Headers") -> set[str]:
    """Every different key that the headers hold; a scheme that is not ours counts as a wrong one."""
    found = {value.strip() for value in headers.getlist("x-api-key")}
    for value in headers.getlist("authorization"):
        scheme, _, credentials = value.strip().partition(" ")
        found.add(credentials.strip() if scheme.lower() == "bearer" else value)
    return found


def _unauthorised(error: str, message: str) -> ApiError:
    return ApiError(401, error, message, headers={"WWW-Authenticate": "Bearer"})


def _network(address: str) -> str:
    """An IPv6 caller owns at least 64 bits of addresses."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((int(known), 64), strict=False)) if known.version == 6 else address
