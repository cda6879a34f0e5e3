"""The programs that a replica serves: those it was given by name, and others by id or from a server, on first use."""

from collections.abc import Callable, Mapping

from programasweights.errors import HubError, ServerUnreachableError
from programasweights.hub import ProgramStore
from programasweights.hub.names import Reference
from programasweights.program import Program, from_bytes
from programasweights.server.errors import ApiError, not_found

__all__ = ["Held"]


class Held:
    """Finds programs. How many stay evaluated in memory is the runner's to decide."""

    def __init__(self, contents: Mapping[str, bytes], server: str | None) -> None:
        """Hold programs.

        Args:
            contents: `.paw` bytes by name.
            server: address of a server that holds others; None for those in this node's cache folder.

        Raises:
            PawFileError: bytes are not a program.
        """
        self._contents = dict(contents)
        self._ids = {name: from_bytes(content).id for name, content in contents.items()}
        self._named = {program_id: name for name, program_id in self._ids.items()}
        self._server = server

    def find(self, ref: str) -> tuple[str, Callable[[], Program]]:
        """The id of the program that a reference means, and what reads it.

        Raises:
            ApiError: there is none (404), or its server is away (503).
        """
        program_id = self._ids.get(ref, ref)
        if program_id in self._named:
            content = self._contents[self._named[program_id]]
            return program_id, lambda: from_bytes(content)
        program = self._elsewhere(ref)
        return program.id, lambda: program

    def _elsewhere(self, ref: str) -> Program:
        reference = Reference.find(ref)  # never a path: requests may not name files
        try:
            if reference is not None and self._server is not None:
                from programasweights.hub.fetching import obtain

                return obtain(reference, self._server)
            if reference is not None and reference.program_id is not None:
                return ProgramStore().get(reference.program_id)
        except ServerUnreachableError as error:
            raise ApiError(503, "server_unreachable", str(error), headers={"Retry-After": "5"}) from error
        except HubError as error:
            raise not_found("program of that name or id") from error
        raise not_found("program of that name or id")
