"""Where programs are found by id."""

from programasweights.hub.store import ProgramStore

__all__ = ["ProgramStore"]
