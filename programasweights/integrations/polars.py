"""polars: `pl.col("text").paw.map(f)` and `series.paw.map(f)`. Importing this module registers both.

Works in lazy and streaming queries too: the type of the result is known before anything is run. Nulls stay null.

| values | data type |
|---|---|
| bool, int, float | `Boolean`, `Int64`, `Float64` |
| text, labels, Enum members | `String` |
| any other | `String`: JSON, which `str.json_decode` takes apart |
"""

from functools import partial
from typing import Any

from programasweights.errors import InputError
from programasweights.integrations.columns import Cache, Mappable, kind_of, missing, values_of_kind
from programasweights.records import Progress

try:
    import polars as pl
except ModuleNotFoundError as error:
    raise missing("polars", error) from error

__all__ = ["PawExpression", "PawSeries"]

_TYPES = {"bool": pl.Boolean, "int": pl.Int64, "float": pl.Float64, "text": pl.String, "json": pl.String}


@pl.api.register_series_namespace("paw")
class PawSeries:
    """Functions over a series of texts."""

    def __init__(self, series: Any) -> None:
        """Called by polars."""
        self._series = series

    def map(self, function: Mappable, *, progress: Progress = False, cache: Cache = None) -> Any:
        """A series of the function's values.

        Args:
            function: from `paw.compile`, `paw.function` or `paw.fuzzy`.
            progress: as in `Function.map`.
            cache: as in `Function.map`.

        Raises:
            PawError: the series is not one of texts, or as `Function.map` does.
        """
        return _mapped(self._series, function=function, progress=progress, cache=cache)


@pl.api.register_expr_namespace("paw")
class PawExpression:
    """Functions over a column of texts."""

    def __init__(self, expression: Any) -> None:
        """Called by polars."""
        self._expression = expression

    def map(self, function: Mappable, *, progress: Progress = False, cache: Cache = None) -> Any:
        """An expression of the function's values; takes what the series' `map` takes."""
        run = partial(_mapped, function=function, progress=progress, cache=cache)
        return self._expression.map_batches(run, return_dtype=_TYPES[kind_of(function)], is_elementwise=True)


def _mapped(series: Any, *, function: Mappable, progress: Progress, cache: Cache) -> Any:
    if series.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise InputError(
            f"the column {series.name!r} holds {series.dtype}, but must hold strings. Cast it first."
        )
    found = values_of_kind(function, series.cast(pl.String).to_list(), progress=progress, cache=cache)
    return pl.Series(series.name, found, dtype=_TYPES[kind_of(function)])
