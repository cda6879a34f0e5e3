"""Programs of servers as if they were here: fetched on first use, kept by id, found again without the server."""

from programasweights.errors import HubError, PawFileError, ServerUnreachableError
from programasweights.hub.credentials import key_for
from programasweights.hub.names import Reference
from programasweights.hub.remembered import recall, remember
from programasweights.hub.remote import RemoteHub
from programasweights.hub.store import ProgramStore
from programasweights.program import Program
from programasweights.progress import say

__all__ = ["connect", "obtain"]


def connect(server: str) -> RemoteHub:
    """A server, asked with the key that is kept or set for it.

    Raises:
        HubError: the address or the key cannot be used.
    """
    return RemoteHub(server, key_for(server))


def obtain(reference: Reference, server: str) -> Program:
    """The program that a reference means, from this machine if that is certain, else from the server.

    `server` is an address as `chosen_server` gives it. An id or a slug's version means the same program for ever.
    What a slug alone means is asked each time; if the server does not answer, the program that it meant last is
    used, and a line says so.

    Raises:
        FormatVersionError: the program is of a version that this release does not read.
        HubError: there is no such program, or the server cannot be reached or does not answer as it must.
        OSError: the cache folder cannot be written.
    """
    known = reference.program_id or recall(server, reference.text)
    if known is not None and (reference.slug is None or reference.version is not None):
        return _kept(known) or _fetch(known, reference, connect(server))
    hub = connect(server)
    try:
        means = hub.resolve(reference)
        program = _kept(means) or _fetch(means, reference, hub)
    except ServerUnreachableError as error:
        earlier = None if known is None else _kept(known)
        if earlier is None:
            raise
        say(f"Warning: {error} Using {reference.text} as it was, {earlier.id[:16]}.")
        return earlier
    remember(server, reference.text, means)
    return program


def _kept(program_id: str) -> Program | None:
    try:
        return ProgramStore().get(program_id)
    except (HubError, PawFileError):
        return None


def _fetch(program_id: str, reference: Reference, hub: RemoteHub) -> Program:
    say(f"Fetching {reference.text} from {hub.address} ...")
    whole = program_id if len(program_id) == 64 else hub.resolve(reference)
    return ProgramStore().put(hub.fetch(whole))
