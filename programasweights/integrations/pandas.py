"""pandas: `series.paw.map(f)`. Importing this module registers the accessor.

The result has the index and the name of the series. Nulls stay null.

| values | dtype |
|---|---|
| bool, int, float | `boolean`, `Int64`, `Float64` |
| text, labels, Enum members | the series' own if it is one of strings, else `string` |
| any other | `object`: the values themselves |
"""

from typing import Any

from programasweights.integrations.columns import Cache, Mappable, kind_of, missing, values, values_of_kind
from programasweights.records import Progress

try:
    import pandas as pd
except ModuleNotFoundError as error:
    raise missing("pandas", error) from error

__all__ = ["PawAccessor"]

_DTYPES = {"bool": "boolean", "int": "Int64", "float": "Float64", "json": "object"}


@pd.api.extensions.register_series_accessor("paw")
class PawAccessor:
    """Functions over a series of texts."""

    def __init__(self, series: Any) -> None:
        """Called by pandas."""
        self._series = series

    def map(self, function: Mappable, *, progress: Progress = False, cache: Cache = None) -> Any:
        """A series of the function's values.

        Args:
            function: from `paw.compile`, `paw.function` or `paw.fuzzy`.
            progress: as in `Function.map`.
            cache: as in `Function.map`.

        Raises:
            PawError: as `Function.map` does.
        """
        series, kind = self._series, kind_of(function)
        texts = [None if null else text for text, null in zip(series.tolist(), series.isna(), strict=True)]
        get = values if kind == "json" else values_of_kind
        found = get(function, texts, progress=progress, cache=cache)
        own = series.dtype if isinstance(series.dtype, pd.StringDtype) else "string"
        data = pd.Series(found, dtype=_DTYPES.get(kind, own)).set_axis(series.index)
        return data.rename(series.name)
