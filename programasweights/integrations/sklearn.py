"""scikit-learn: programs as a step that makes features, and as a classifier that is compiled from labelled texts.

X holds texts: a list, an array or a series of them, or a table (of one column, for the classifier). Nulls stay null.
"""

from collections.abc import Sequence
from typing import Any, Literal

from programasweights import api
from programasweights.errors import InputError
from programasweights.integrations.columns import Cache, Mappable, kind_of, missing, values, values_of_kind
from programasweights.records import ColumnKind, Work, mapped
from programasweights.typed import Prediction, TypedFunction
from programasweights.typed.columns import column_value

try:
    import numpy as np
    from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
    from sklearn.utils import check_consistent_length, check_random_state, column_or_1d
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted
except ModuleNotFoundError as error:
    raise missing("sklearn", error) from error

__all__ = ["PawClassifier", "PawTransformer"]


class PawTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Gives a function's value for every text: as many columns as there were. There is nothing to fit.

    A column is of bool, int64 or float64 for functions of these types, and of objects for all others and where a bool
    is null; a number that is null is NaN.
    """

    def __init__(self, function: Mappable | None = None, *, cache: Cache = None) -> None:
        """Keep the parameters.

        Args:
            function: from `paw.compile`, `paw.function` or `paw.fuzzy`.
            cache: as in `Function.map`.
        """
        self.function = function
        self.cache = cache

    def fit(self, X: Any, y: Any = None) -> "PawTransformer":  # noqa: N803, ARG002
        """Note the names of the columns."""
        columns, names = _columns(X)
        self.n_features_in_ = len(columns)
        if names is not None:
            self.feature_names_in_ = np.asarray(names, dtype=object)
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803
        """The values, (rows, columns)."""
        check_is_fitted(self, "n_features_in_")
        if self.function is None:
            raise ValueError("PawTransformer has no function; give it one.")
        columns, _ = _columns(X)
        if len(columns) != self.n_features_in_:
            raise ValueError(
                f"X has {len(columns)} features, but {type(self).__name__} is expecting {self.n_features_in_} "
                "features as input."
            )
        kind = kind_of(self.function)
        get = values if kind == "json" else values_of_kind
        found = [get(self.function, column, cache=self.cache) for column in columns]
        return _array(kind, found)

    def get_feature_names_out(self, input_features: Sequence[str] | None = None) -> Any:
        """The names of the columns that went in, or x0, x1 ..."""
        check_is_fitted(self, "n_features_in_")
        names = input_features if input_features is not None else getattr(self, "feature_names_in_", None)
        if names is None:
            names = [f"x{number}" for number in range(self.n_features_in_)]
        return np.asarray(names, dtype=object)

    def __sklearn_tags__(self) -> Any:
        """Takes texts."""
        return _for_texts(super().__sklearn_tags__())


class PawClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Says which class a text is of: compiled from a prompt and labelled texts, or a function that is there already.

    A text that is null is of no class: `predict` gives None for it and `predict_proba` NaN.
    """

    def __init__(
        self,
        prompt: str | None = None,
        *,
        function: TypedFunction[Any] | None = None,
        n_examples: int = 8,
        random_state: Any = 0,
        options: dict[str, Any] | None = None,
        cache: Cache = None,
    ) -> None:
        """Keep the parameters.

        Args:
            prompt: the task in plain words; `fit` compiles it, with the classes of y as labels.
            function: instead of a prompt: one whose type is a set of labels; `fit` then only checks y.
            n_examples: labelled texts that `fit` shows the compiler, drawn from the classes in turn.
            random_state: of the draw.
            options: further keywords of `paw.compile`, such as `compiler` and `interpreter`.
            cache: as in `Function.map`; for `predict`.
        """
        self.prompt = prompt
        self.function = function
        self.n_examples = n_examples
        self.random_state = random_state
        self.options = options
        self.cache = cache

    def fit(self, X: Any, y: Any) -> "PawClassifier":  # noqa: N803
        """Compile, if there is a prompt. Rows without a text are left out.

        Raises:
            ValueError: neither or both of prompt and function are given, or y holds what the function never says.
            PawError: as `paw.compile` does.
        """
        if (self.prompt is None) == (self.function is None):
            raise ValueError("PawClassifier needs either a prompt or a function.")
        texts, labels = _column(X), column_or_1d(y, warn=True)
        check_consistent_length(texts, labels)
        check_classification_targets(labels)
        kept = np.array([text is not None for text in texts], dtype=bool)
        if not kept.any():
            raise ValueError("there is no text to fit to: X has 0 sample(s) that are not null.")
        found = np.unique(labels[kept])
        if self.function is None:
            self._compile([text for text in texts if text is not None], labels[kept], found)
        else:
            self._take(self.function, found)
        return self

    def predict(self, X: Any) -> Any:  # noqa: N803
        """The class of every text."""
        check_is_fitted(self, "function_")
        found = values(self.function_, _column(X), cache=self.cache)
        classes = [None if value is None else self._class(value) for value in found]
        if None in classes:
            return np.array(classes, dtype=object)
        return np.array(classes, dtype=self.classes_.dtype)

    def predict_proba(self, X: Any) -> Any:  # noqa: N803
        """The probability of every class of `classes_` for every text, (rows, classes)."""
        check_is_fitted(self, "function_")
        texts = _column(X)
        work = Work[Prediction[Any]](run=lambda batch: [self.function_.predict(text) for text in batch])
        found = (answer for _, answer in mapped(work, [text for text in texts if text is not None]))
        rows = [[np.nan] * len(self.classes_) if t is None else self._chances(next(found)) for t in texts]
        return np.array(rows, dtype=np.float64).reshape(len(texts), len(self.classes_))

    def __sklearn_tags__(self) -> Any:
        """Takes texts."""
        return _for_texts(super().__sklearn_tags__())

    def _compile(self, texts: list[str], labels: Any, classes: Any) -> None:
        assert self.prompt is not None
        names = [str(name) for name in classes]
        chosen = _drawn(labels, classes, self.n_examples, check_random_state(self.random_state))
        examples = [(texts[place], str(labels[place])) for place in chosen]
        returns = Literal.__getitem__(tuple(names))
        self.function_: TypedFunction[Any] = api.compile(
            self.prompt, examples, returns=returns, **self.options or {}
        )
        self.classes_ = classes
        self._places = {name: place for place, name in enumerate(names)}

    def _take(self, function: TypedFunction[Any], found: Any) -> None:
        kind = getattr(function, "type", None)
        if kind is None or not kind.labels:
            raise ValueError(
                "the function has no labels; load it with returns=bool, Literal[...] or an Enum."
            )
        said = [_plain(kind.parse(label)) for label in kind.labels]
        never = [name for name in found.tolist() if name not in said]
        if never:
            raise ValueError(f"y holds {never!r:.200}, but the function only ever says {said!r:.200}.")
        self.function_ = function
        self.classes_ = np.unique(np.array(said))
        self._places = {name: self.classes_.tolist().index(name) for name in said}

    def _class(self, value: Any) -> Any:
        place = self._places.get(_plain(value))
        return value if place is None else self.classes_.tolist()[place]  # a fallback may say anything

    def _chances(self, prediction: Prediction[Any]) -> list[float]:
        row = [0.0] * len(self.classes_)
        for value, chance in [(prediction.value, prediction.confidence), *prediction.alternatives]:
            row[self._places[_plain(value)]] = chance
        return row


def _plain(value: Any) -> Any:
    return column_value("text" if isinstance(value, str) else "json", value)


def _drawn(labels: Any, classes: Any, count: int, random: Any) -> list[int]:
    """Places of that many labels, from the classes in turn."""
    order = random.permutation(len(labels))
    by_class = [[int(place) for place in order if labels[place] == name] for name in classes]
    rounds = range(max(map(len, by_class)))
    return [places[turn] for turn in rounds for places in by_class if turn < len(places)][:count]


def _columns(X: Any) -> tuple[list[list[str | None]], list[str] | None]:  # noqa: N803
    """The columns of texts, and their names if they have any."""
    if isinstance(X, str):
        raise InputError("X is one string, but must hold many texts; give a list.")
    names = [str(name) for name in X.columns] if hasattr(X, "columns") else None
    if names is None and hasattr(X, "name") and X.name is not None:
        names = [str(X.name)]
    array = np.asarray(X, dtype=object)
    if array.ndim not in (1, 2):
        raise ValueError(f"X has {array.ndim} dimensions, but must have one or two. Reshape your data.")
    columns = [array] if array.ndim == 1 else list(array.T)
    return [[_text(value) for value in column] for column in columns], names


def _column(X: Any) -> list[str | None]:  # noqa: N803
    columns, _ = _columns(X)
    if len(columns) != 1:
        raise ValueError(f"X has {len(columns)} columns, but must have one column of texts.")
    return columns[0]


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return str(value)
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return None
    raise InputError(f"X holds a {type(value).__name__}, but must hold strings and nulls. Convert it first.")


def _array(kind: ColumnKind, columns: list[list[Any]]) -> Any:
    nulls = any(value is None for column in columns for value in column)
    dtypes: dict[ColumnKind, Any] = {"bool": object if nulls else bool, "float": float}
    dtypes["int"] = float if nulls else np.int64
    made = np.empty((len(columns[0]), len(columns)), dtype=dtypes.get(kind, object))
    for place, column in enumerate(columns):
        for row, value in enumerate(column):
            made[row, place] = value
    return made


def _for_texts(tags: Any) -> Any:
    tags.input_tags.string = True
    tags.input_tags.one_d_array = True
    tags.input_tags.two_d_array = False
    tags.input_tags.allow_nan = True
    return tags
