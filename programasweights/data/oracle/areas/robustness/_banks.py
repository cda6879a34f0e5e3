"""What several modules on robustness share."""

from programasweights.data.oracle.draw import Draw

__all__ = ["cased"]


def cased(draw: Draw, text: str, *methods: str) -> str:
    """The text in one of several letter cases, named as the methods of `str`; an empty name leaves it."""
    method = draw.pick(methods)
    return str(getattr(text, method)()) if method else text
