"""What names a program on a server (a reference), and what names a server (its address).

Forms only: whether there is such a program or server is for others to find out. Light to import, because every
program that is loaded passes here.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from programasweights.errors import HubError
from programasweights.settings import settings

__all__ = ["REFERENCE_FORMS", "Reference", "chosen_server", "is_loopback", "origin", "server_address"]

REFERENCE_FORMS = "user/name, user/name@v2, or a program id (16 to 64 hexadecimal digits)"
_USER = r"[a-z0-9][a-z0-9-]{0,38}"
_NAME = r"[a-z0-9][a-z0-9._-]{0,63}"
_SLUG = re.compile(rf"({_USER}/{_NAME})(?:@v([1-9][0-9]{{0,8}}))?")
_ID = re.compile(r"[0-9a-f]{16,64}")
_PORTS = {"http": 80, "https": 443}
_ADDRESS = "expected an address like http://127.0.0.1:8000 or https://paw.example.org"


@dataclass(frozen=True)
class Reference:
    """How a user names a program that a server holds: by id, or by slug."""

    text: str
    """As the user wrote it."""
    program_id: str | None = None
    """An id or the beginning of one, if it is an id."""
    slug: str | None = None
    """`user/name`, if it is a slug."""
    version: int | None = None
    """The slug's version; None for its main one."""

    @classmethod
    def find(cls, text: str) -> "Reference | None":
        """What `text` names, or None if it has none of the forms; what ends in `.paw` is always a file."""
        if _ID.fullmatch(text):
            return cls(text, program_id=text)
        found = None if text.endswith(".paw") else _SLUG.fullmatch(text)
        if found is None:
            return None
        return cls(text, slug=found[1], version=int(found[2]) if found[2] else None)

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """What `text` names.

        Raises:
            HubError: it has none of the forms.
        """
        found = cls.find(text)
        if found is None:
            raise HubError(f"{text!r:.200} names no program on a server; expected {REFERENCE_FORMS}.")
        return found


def server_address(text: str) -> str:
    """A server's address in its one form: lower case, no default port, no slash at the end.

    Raises:
        HubError: it is no http or https address, or holds more than an address.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise HubError(f"the server {text!r:.200} is no address ({error}); {_ADDRESS}.") from None
    if parts.username is not None or parts.password is not None:  # not shown: it holds a secret
        raise HubError("the server's address holds a user or password; leave them out and use `paw login`.")
    if parts.scheme not in _PORTS or not _is_host(parts.hostname) or parts.query or parts.fragment:
        raise HubError(f"the server is {text!r:.200}; {_ADDRESS}.")
    if not re.fullmatch(r"[\w./~-]*", parts.path, re.ASCII) or ".." in parts.path:
        raise HubError(f"the server {text!r:.200} has an unusual path; {_ADDRESS}.")
    return f"{_origin(parts, port)}{parts.path.rstrip('/')}"


def chosen_server(server: str | None) -> str | None:
    """The address to ask: `server`, or `PAW_SERVER` if that is None; None for this machine alone ("").

    Raises:
        HubError: it is no address.
    """
    named = settings().server if server is None else server
    return server_address(named) if named else None


def origin(url: str) -> str:
    """Scheme, host and port of an http or https address: what a key belongs to.

    Raises:
        ValueError: the address cannot be read.
    """
    parts = urlsplit(url)
    return _origin(parts, parts.port)


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine itself."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(parts: SplitResult, port: int | None) -> str:
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in (None, _PORTS.get(parts.scheme)) else f":{port}")


def _is_host(host: str | None) -> bool:
    return host is not None and re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", host) is not None
