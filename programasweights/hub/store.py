"""Programs on this machine, kept by id: every program compiled here, and later those fetched.

A program is the file `programs/<id>.paw` of the cache folder.
"""

import contextlib
import re
from pathlib import Path

from programasweights.errors import HubError, PawFileError
from programasweights.program import Program, load, save
from programasweights.settings import settings

__all__ = ["ProgramStore"]

_ID = re.compile(r"[0-9a-f]{8,64}")


class ProgramStore:
    """The folder of programs."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use `folder`, by default the cache folder's `programs`."""
        self.folder = folder or settings().cache_dir / "programs"

    @staticmethod
    def is_id(text: str) -> bool:
        """Whether text looks like a program id or the beginning of one (8 hexadecimal digits or more)."""
        return _ID.fullmatch(text) is not None

    def put(self, program: Program, *, replace: bool = False) -> Program:
        """Keep a program; if one of the same id is kept already, that one is returned, or replaced if asked.

        So a spec compiled twice is the same file, time of compilation included. A damaged file is replaced.
        """
        path = self.folder / f"{program.id}.paw"
        if path.is_file() and not replace:
            with contextlib.suppress(PawFileError):
                return load(path)
        self.folder.mkdir(parents=True, exist_ok=True)
        save(program, path)
        return program

    def get(self, program_id: str) -> Program:
        """The program whose id is, or begins with, `program_id`.

        Raises:
            HubError: there is none, or more than one.
            PawFileError: its file is damaged.
        """
        found = sorted(self.folder.glob(f"{program_id}*.paw")) if self.is_id(program_id) else []
        if len(found) != 1:
            what = "no program" if not found else f"{len(found)} programs"
            raise HubError(
                f"{what} on this machine with an id beginning {program_id!r} (looked in {self.folder}). "
                "Give the path of a .paw file, or the whole id of a program compiled here."
            )
        return load(found[0])
