"""Keeps `.paw` files by program id, in a folder or wherever fsspec reaches (S3, for instance).

    <url>/<first two digits of the id>/<id>.paw

The id is the hash of what the file holds, so a file never changes, and what is read is checked against it.
"""

from pathlib import Path, PurePosixPath

from fsspec.core import url_to_fs

from programasweights.errors import HubError, PawFileError
from programasweights.program import Program, from_bytes, save, to_bytes
from programasweights.program.constants import MAX_FILE_BYTES
from programasweights.server.names import is_program_id

__all__ = ["ProgramFiles"]


class ProgramFiles:
    """The files of a server's programs."""

    def __init__(self, url: str | Path) -> None:
        """Use a folder, or an fsspec URL whose credentials come from the environment."""
        self._fs, self._root = url_to_fs(str(url))
        protocols = self._fs.protocol if isinstance(self._fs.protocol, tuple) else (self._fs.protocol,)
        self._local = "file" in protocols

    def put(self, program: Program) -> int:
        """Keep a program; returns the bytes of its file.

        A sound file of the same id stays as it is, with the time and scores that it was first kept with; a damaged
        one is replaced. Nobody ever reads half a file.
        """
        path = self._path(program.id)
        try:
            return len(self.get(program.id))
        except (HubError, PawFileError):
            data = to_bytes(program)
        if self._local:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            save(program, path)
        else:
            self._fs.pipe_file(path, data)
        return len(data)

    def get(self, program_id: str) -> bytes:
        """The file of a program.

        Raises:
            HubError: there is none.
            PawFileError: it is damaged, or holds another program.
        """
        path = self._path(program_id)
        try:
            data: bytes = self._fs.cat_file(path, start=0, end=MAX_FILE_BYTES + 1)
        except FileNotFoundError:
            raise HubError(f"the file of program {program_id} is missing in the server's store.") from None
        found = from_bytes(data).id
        if found != program_id:
            raise PawFileError(f"the file of program {program_id} holds program {found}.")
        return data

    def has(self, program_id: str) -> bool:
        """Whether there is a file of that id."""
        return bool(self._fs.isfile(self._path(program_id)))

    def delete(self, program_id: str) -> None:
        """Remove a program's file, if there is one."""
        try:
            self._fs.rm_file(self._path(program_id))
        except FileNotFoundError:
            return

    def local_path(self, program_id: str) -> Path | None:
        """Where the file lies, if it is a file of this machine that exists."""
        path = self._path(program_id)
        return Path(path) if self._local and self.has(program_id) else None

    def _path(self, program_id: str) -> str:
        if not is_program_id(program_id):
            raise HubError(
                f"{program_id!r:.100} is no program id; expected 64 hexadecimal digits in small letters."
            )
        return str(PurePosixPath(self._root) / program_id[:2] / f"{program_id}.paw")
