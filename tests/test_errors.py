"""The tree drawn in errors.py is the tree of classes."""

import re

from programasweights import errors


def drawn_parents() -> dict[str, str]:
    """Class name -> name of the class that it hangs from, read off the drawing."""
    parents, path = {}, []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"    ([│├└─ ]*)(\w+Error)\b", line)
        if found:
            depth = len(found.group(1)) // 4
            path = [*path[:depth], found.group(2)]
            parents[found.group(2)] = path[-2] if depth else "Exception"
    return parents


def test_the_drawing_is_right() -> None:
    actual = {name: getattr(errors, name).__mro__[1].__name__ for name in errors.__all__}
    assert drawn_parents() == actual


def test_wrong_values_are_value_errors() -> None:
    assert issubclass(errors.SpecError, ValueError)
    assert issubclass(errors.ContextLengthError, ValueError)
