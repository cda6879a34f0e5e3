"""Programs compiled ahead of time, in a folder beside the module whose functions they are.

    __paw__/index.json         content key -> function, file, program id, what compiled it
    __paw__/NAME-<id8>.paw     a program

The folder is package data: a wheel that holds it needs no compiler. Leaves out how functions are found and compiled
(`cli/build.py`), and what a content key covers (`decorator.py`).
"""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from programasweights.errors import ProgramError
from programasweights.program import Program, load, save
from programasweights.program.container import write_file

__all__ = ["BUILT_FOLDER", "Built", "BuiltFolder"]

BUILT_FOLDER = "__paw__"
_INDEX = "index.json"


class Built(BaseModel):
    """A line of the index."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    function: str
    """`module:name`."""
    file: str = Field(pattern=r"^[\w.-]+\.paw$")
    id: str = Field(pattern="^[0-9a-f]{64}$")
    """The program's id."""
    compiled_by: str
    """Release and compiler."""


class _Index(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: int = Field(ge=1, le=1)
    programs: dict[str, Built]


class BuiltFolder:
    """A folder of built programs; need not exist yet."""

    def __init__(self, folder: Path) -> None:
        """Use the folder of that path."""
        self.folder = folder

    def index(self) -> dict[str, Built]:
        """What the folder holds, by content key; nothing without an index.

        Raises:
            ProgramError: the index is damaged.
        """
        path = self.folder / _INDEX
        try:
            return _Index.model_validate_json(path.read_bytes()).programs
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except ValidationError as error:
            raise ProgramError(
                f"{path} is not an index of built programs ({error.errors()[0]['msg']}). Delete the folder and "
                "build again."
            ) from None

    def program(self, built: Built) -> Program:
        """The program of a line.

        Raises:
            ProgramError: its file is missing, damaged or another program.
        """
        path = self.folder / built.file
        try:
            program = load(path)
        except FileNotFoundError:
            raise ProgramError(
                f"{path} is missing, but its index names it. Build again, and include all of {self.folder.name} "
                "in the package."
            ) from None
        if program.id != built.id:
            raise ProgramError(
                f"{path} holds the program {program.id[:12]}, but its index says {built.id[:12]}. Build again."
            )
        return program

    def put(self, function: str, program: Program, compiled_by: str) -> Built:
        """Write a program's file, unless it is there; the index is not changed."""
        name = re.sub(r"[^\w-]", "", function.rpartition(":")[2]) or "program"
        built = Built(
            function=function, file=f"{name}-{program.id[:8]}.paw", id=program.id, compiled_by=compiled_by
        )
        try:
            self.program(built)
        except ProgramError:
            self.folder.mkdir(parents=True, exist_ok=True)
            save(program, self.folder / built.file)
        return built

    def replace(self, module: str, programs: Mapping[str, Built]) -> list[str]:
        """Make these all that the index holds of a module; returns the files that were deleted for it.

        Programs are written before and files deleted after the index, so that a reader finds what it names.
        """
        old = self.index()
        kept = {key: built for key, built in old.items() if built.function.partition(":")[0] != module}
        found = _Index(format=1, programs=dict(sorted((kept | dict(programs)).items())))
        if found.programs != old:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_file(found.model_dump_json(indent=1).encode() + b"\n", self.folder / _INDEX)
        gone = {built.file for built in old.values()} - {built.file for built in found.programs.values()}
        for file in gone:
            (self.folder / file).unlink(missing_ok=True)
        return sorted(gone)
