"""Where programs are found: on this machine by id, and on servers by name (`fetching`, imported where it is needed)."""

from programasweights.hub.store import ProgramStore

__all__ = ["ProgramStore"]
