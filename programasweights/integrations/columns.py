"""What data frames, databases and scikit-learn share: a function over a column in which texts may be missing."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from programasweights.composition import Pipeline
from programasweights.decorator import Fuzzy
from programasweights.errors import InputError
from programasweights.records import ColumnKind, Progress, ResultCache, Work, mapped
from programasweights.typed.columns import column_kind, column_value

__all__ = ["Cache", "Mappable", "MappableFunction", "kind_of", "missing", "values", "values_of_kind"]

Cache = str | Path | ResultCache | None


class MappableFunction(Protocol):
    """Functions with and without a type, and those of `paw.fuzzy`."""

    def map(
        self, texts: Iterable[str], /, *, progress: Progress = False, cache: Cache = None
    ) -> Sequence[Any]:
        """The values for many texts, in order."""


Mappable = MappableFunction | Pipeline
"""What can be run over a column."""


def kind_of(function: Mappable) -> ColumnKind:
    """The kind of a column of its values."""
    return column_kind(function.function if isinstance(function, Fuzzy) else function)


def values(
    function: Mappable, texts: Sequence[Any], *, progress: Progress = False, cache: Cache = None
) -> list[Any]:
    """A function's values for texts, None for None."""
    given = [text for text in texts if text is not None]
    if isinstance(function, Pipeline):
        found = _values_of_pipeline(function, given, progress, cache)
    else:
        found = iter(function.map(given, progress=progress, cache=cache))
    return [None if text is None else next(found) for text in texts]


def values_of_kind(
    function: Mappable, texts: Sequence[Any], *, progress: Progress = False, cache: Cache = None
) -> list[Any]:
    """The same, as a column of the function's kind holds them: JSON as its text."""
    kind = kind_of(function)
    found = [column_value(kind, value) for value in values(function, texts, progress=progress, cache=cache)]
    if kind != "json":
        return found
    return [None if value is None else json.dumps(value, ensure_ascii=False) for value in found]


def _values_of_pipeline(
    pipeline: Pipeline, texts: list[Any], progress: Progress, cache: Cache
) -> Iterator[Any]:
    """The same for stages, which know no progress; their values are too many-sided to be kept."""
    if cache is not None:
        raise InputError("cache= is for single functions; leave it out for a pipeline.")
    return (value for _, value in mapped(Work(run=pipeline.map), texts, progress=progress, whole=True))


def missing(package: str, error: ModuleNotFoundError) -> ModuleNotFoundError:
    """The error for a package that is not installed."""
    if (error.name or "").partition(".")[0] != package:
        return error
    return ModuleNotFoundError(f"this needs {package}: pip install 'programasweights[frames]'", name=package)
