"""How parts of a formula are written one after the other in LaTeX, each in one way only."""

import re

__all__ = ["joined", "scripted"]

_COMMAND_AT_END = re.compile(r"\\[A-Za-z]+$")


def joined(before: str, after: str) -> str:
    """Both, with a space where a command's name would run into a letter."""
    needs_space = after and after[0].isalpha() and _COMMAND_AT_END.search(before)
    return f"{before} {after}" if needs_space else before + after


def scripted(text: str, below: str, above: str) -> str:
    """A text with what is written below and above it, without braces around one character."""
    for sign, script in (("_", below), ("^", above)):
        if script:
            text += sign + (script if len(script) == 1 else f"{{{script}}}")
    return text
