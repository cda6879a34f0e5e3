"""What an output may be required to be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic_core import from_json

from programasweights.composition.values import as_text
from programasweights.errors import SpecError
from programasweights.program.graph import MAX_LABELS, JsonCheck, OneOfCheck, RegexCheck, SavedCheck
from programasweights.program.patterns import matcher

__all__ = ["Check", "IsJson", "Matches", "OneOf", "Predicate", "check_of", "read_check"]


@dataclass(frozen=True)
class Predicate:
    """Any Python function of the output."""

    function: Callable[[Any], Any]

    def __call__(self, value: Any) -> bool:
        return bool(self.function(value))

    def saved(self) -> None:
        """A Python function cannot be saved."""

    def __str__(self) -> str:
        return getattr(self.function, "__qualname__", repr(self.function))


@dataclass(frozen=True)
class Matches:
    """The output's text matches a pattern in full."""

    pattern: str

    @cached_property
    def _matches(self) -> Callable[[str], bool]:
        return matcher(self.pattern)

    def __post_init__(self) -> None:
        try:
            assert callable(self._matches)
            self.saved()
        except ValueError as error:
            raise SpecError(f"regex is not usable: {error}.") from error

    def __call__(self, value: Any) -> bool:
        return self._matches(as_text(value))

    def __reduce__(self) -> tuple[Any, ...]:
        # the compiled pattern cannot cross processes
        return Matches, (self.pattern,)

    def saved(self) -> RegexCheck:
        """As it stands in a bundle."""
        return RegexCheck(kind="regex", pattern=self.pattern)

    def __str__(self) -> str:
        return f"regex {self.pattern!r}"


@dataclass(frozen=True)
class OneOf:
    """The output's text is one of these."""

    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.values) <= MAX_LABELS or not all(isinstance(text, str) for text in self.values):
            raise SpecError(f"one_of is {self.values!r:.200}, but must be 1 to {MAX_LABELS} strings.")

    def __call__(self, value: Any) -> bool:
        return as_text(value) in self.values

    def saved(self) -> OneOfCheck:
        """As it stands in a bundle."""
        return OneOfCheck(kind="one_of", values=self.values)

    def __str__(self) -> str:
        return f"one of {', '.join(self.values)}"


@dataclass(frozen=True)
class IsJson:
    """The output's text is JSON."""

    def __call__(self, value: Any) -> bool:
        try:
            from_json(as_text(value), allow_inf_nan=False)
        except ValueError:
            return False
        return True

    def saved(self) -> JsonCheck:
        """As it stands in a bundle."""
        return JsonCheck(kind="json")

    def __str__(self) -> str:
        return "JSON"


Check = Predicate | Matches | OneOf | IsJson


def check_of(
    predicate: Callable[[Any], Any] | None, regex: str | None, one_of: Iterable[str] | None, *, json: bool
) -> Check:
    """The one check that a caller has named.

    Raises:
        SpecError: none is named, or more than one, or it is not usable.
    """
    named = [predicate is not None, regex is not None, one_of is not None, json]
    if sum(named) != 1:
        raise SpecError(
            f"require was given {sum(named)} checks, but takes one: a function of the output, regex=, one_of= or "
            "json=True."
        )
    if regex is not None:
        return Matches(regex)
    if one_of is not None:
        return OneOf((one_of,) if isinstance(one_of, str) else tuple(one_of))
    if json:
        return IsJson()
    if not callable(predicate):
        raise SpecError(f"the check is {predicate!r:.100}, but must be a function of the output.")
    return Predicate(predicate)


def read_check(saved: SavedCheck) -> Check:
    """The check that stands in a bundle."""
    match saved:
        case RegexCheck():
            return Matches(saved.pattern)
        case OneOfCheck():
            return OneOf(saved.values)
        case JsonCheck():
            return IsJson()
