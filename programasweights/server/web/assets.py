"""The files that pages load: style sheet, scripts, icon. Read once, and served under a name that changes with them."""

import hashlib
import mimetypes
from dataclasses import dataclass
from importlib import resources

__all__ = ["Asset", "Assets"]

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """One file."""

    content: bytes
    media_type: str


class Assets:
    """All files of the folder `static`."""

    def __init__(self) -> None:
        """Read them."""
        folder = resources.files(__package__) / "static"
        self._files = {
            f.name: Asset(f.read_bytes(), _media_type(f.name)) for f in folder.iterdir() if f.is_file()
        }
        digest = hashlib.sha256()
        for name, asset in sorted(self._files.items()):
            digest.update(f"{name} {len(asset.content)} ".encode() + asset.content)
        self.version = digest.hexdigest()[:12]
        """Changes with any of the files, so that browsers may keep them for good."""

    def url(self, name: str) -> str:
        """Where a page finds a file. Scripts find each other beside themselves.

        Raises:
            KeyError: there is no such file.
        """
        _ = self._files[name]
        return f"/static/{self.version}/{name}"

    def get(self, name: str) -> Asset | None:
        """A file by its name; names are looked up, never joined to a path."""
        return self._files.get(name)


def _media_type(name: str) -> str:
    return _TYPES.get(name[name.rfind(".") :]) or mimetypes.guess_type(name)[0] or "application/octet-stream"
