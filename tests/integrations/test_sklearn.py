"""The transformer and the classifier of scikit-learn: values, nulls, pipelines, and scikit-learn's own checks.

Those checks feed tables of numbers, and run nothing for an estimator that takes texts. They are run here on subclasses
that write each row of numbers as a text; two do not apply:

- `check_classifiers_train` wants 83% accuracy, which a tiny random model does not have;
- `check_array_api_input` is skipped by scikit-learn itself, unless an array library is set up.
"""

import pickle
import warnings
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.utils.estimator_checks import estimator_checks_generator
from sklearn.utils.validation import check_is_fitted, validate_data

import programasweights as paw
from programasweights.functions import Function
from programasweights.integrations.sklearn import PawClassifier, PawTransformer
from programasweights.typed import TypedFunction
from tests.integrations.conftest import KINDS, TEXTS, Mood

NOT_APPLICABLE = {"check_classifiers_train", "check_array_api_input"}
LABELLED = [(f"text {n}", ["ham", "spam", "eggs"][n % 3]) for n in range(12)]
X = [text for text, _ in LABELLED]
Y = [label for _, label in LABELLED]


def as_texts(numbers: Any) -> list[str]:
    return [" ".join(f"{value:.0f}" for value in row[:2]) for row in numbers]


def takes_numbers(tags: Any) -> Any:
    tags.input_tags.two_d_array = True
    tags.input_tags.one_d_array = tags.input_tags.string = tags.input_tags.allow_nan = False
    return tags


class NumberClassifier(PawClassifier):
    """Classifies rows of numbers."""

    def fit(self, X: Any, y: Any) -> Any:  # noqa: N803
        X, y = validate_data(self, X, y)  # noqa: N806
        return super().fit(as_texts(X), y)

    def predict(self, X: Any) -> Any:  # noqa: N803
        check_is_fitted(self)
        return super().predict(as_texts(validate_data(self, X, reset=False)))

    def predict_proba(self, X: Any) -> Any:  # noqa: N803
        check_is_fitted(self)
        return super().predict_proba(as_texts(validate_data(self, X, reset=False)))

    def __sklearn_tags__(self) -> Any:
        return takes_numbers(super().__sklearn_tags__())


CHECKS = list(estimator_checks_generator(NumberClassifier("Say.", n_examples=1)))


@pytest.mark.parametrize("check", [check for _, check in CHECKS], ids=lambda check: check.func.__name__)
def test_checks_of_scikit_learn(tiny_name: str, check: Callable[[Any], None]) -> None:
    if check.func.__name__ in NOT_APPLICABLE:  # type: ignore[attr-defined]
        pytest.skip("does not apply; see the top of this file")
    options = {"interpreter": tiny_name, "compiler": "prompted", "max_new_tokens": 8}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what checks provoke on purpose
        check(NumberClassifier("Say.", n_examples=1, options=options))


@pytest.fixture
def classifier(tiny_name: str) -> PawClassifier:
    options = {"interpreter": tiny_name, "max_new_tokens": 8, "compiler": "neural"}
    return PawClassifier("Ham?", n_examples=4, options=options)


def test_fitting_compiles_from_labelled_texts(classifier: PawClassifier) -> None:
    fitted = classifier.fit(X, Y)
    assert fitted is classifier
    assert fitted.classes_.tolist() == ["eggs", "ham", "spam"]
    spec = fitted.function_.program.behaviour.spec
    assert spec.text.startswith("Ham?\nAnswer with one of: eggs, ham, spam.")
    assert len(spec.examples) == 4
    assert all(dict(LABELLED)[text] == label for text, label in spec.examples)
    assert {label for _, label in spec.examples} == set(Y)
    again = clone(classifier).fit(X, Y)
    assert again.function_.id == fitted.function_.id
    other = clone(classifier).set_params(random_state=1).fit(X, Y)
    assert other.function_.program.behaviour.spec.examples != spec.examples


def test_predictions(classifier: PawClassifier) -> None:
    classifier.fit(X, Y)
    found = classifier.predict(X)
    assert found.dtype == np.array(Y).dtype
    assert found.tolist() == [classifier.function_(text) for text in X]
    chances = classifier.predict_proba(X)
    assert chances.shape == (12, 3)
    assert np.allclose(chances.sum(axis=1), 1)
    assert classifier.classes_[chances.argmax(axis=1)].tolist() == found.tolist()
    assert chances[0, found[0] == classifier.classes_] == classifier.function_.predict(X[0]).confidence
    frame = pd.DataFrame({"text": X}, dtype="string")
    for same in (np.array(X), pd.Series(X), frame, np.array(X)[:, None]):
        assert classifier.predict(same).tolist() == found.tolist()
    assert 0 <= classifier.score(X, Y) <= 1


def test_numbers_as_classes(classifier: PawClassifier) -> None:
    classifier.fit(X, np.array([3, 7] * 6))
    assert classifier.classes_.tolist() == [3, 7]
    found = classifier.predict(X)
    assert found.dtype == np.int64
    assert set(found.tolist()) <= {3, 7}


@pytest.mark.parametrize("null", [None, np.nan, pd.NA])
def test_nulls(classifier: PawClassifier, null: object) -> None:
    texts = [null, *X[1:]]
    classifier.fit(texts, Y)
    found = classifier.predict(texts)
    assert found[0] is None
    assert found[1:].tolist() == classifier.predict(X[1:]).tolist()
    chances = classifier.predict_proba(texts)
    assert np.isnan(chances[0]).all()
    assert not np.isnan(chances[1:]).any()


def test_a_function_that_is_there(untyped: Function) -> None:
    for kind, classes in ((bool, [False, True]), (Mood, ["BAD", "GOOD"]), (Literal[2, 1], [1, 2])):
        function: TypedFunction[Any] = TypedFunction(untyped, kind)
        made = PawClassifier(function=function).fit(X[:1], classes[:1])
        assert made.classes_.tolist() == classes
        expected = [value.name if isinstance(value, Mood) else value for value in function.map(X)]
        assert made.predict(X).tolist() == expected
        assert made.classes_[made.predict_proba(X).argmax(axis=1)].tolist() == expected
        with pytest.raises(ValueError, match="only ever says"):
            PawClassifier(function=function).fit(X[:1], ["other"])


def test_within_scikit_learn(classifier: PawClassifier, untyped: Function) -> None:
    assert cross_val_score(classifier, X, Y, cv=2).shape == (2,)
    assert cross_val_predict(classifier, X, Y, cv=2, method="predict_proba").shape == (12, 3)
    search = GridSearchCV(classifier, {"n_examples": [1, 2]}, cv=2).fit(X, Y)
    assert search.best_params_["n_examples"] in (1, 2)
    fixed = PawClassifier(function=TypedFunction(untyped, Literal["ham", "spam", "eggs"]))
    assert cross_val_score(fixed, X, Y, cv=2).shape == (2,)
    assert fixed.get_params()["function"].id == untyped.id
    assert make_pipeline(fixed).fit(X, Y).predict(X).tolist() == fixed.fit(X, Y).predict(X).tolist()
    again = pickle.loads(pickle.dumps(fixed))  # noqa: S301  # our own
    assert again.predict(X).tolist() == fixed.predict(X).tolist()


def test_wrong_uses(classifier: PawClassifier, untyped: Function) -> None:
    for wrong in (PawClassifier(), PawClassifier("x", function=TypedFunction(untyped, bool))):
        with pytest.raises(ValueError, match="either a prompt or a function"):
            wrong.fit(X, Y)
    with pytest.raises(ValueError, match="has no labels"):
        PawClassifier(function=TypedFunction(untyped, int)).fit(X, Y)
    with pytest.raises(ValueError, match="0 sample"):
        classifier.fit([None, None], ["a", "b"])
    with pytest.raises(ValueError, match="2 columns"):
        classifier.fit(np.array([X, X]).T, Y)
    with pytest.raises(paw.InputError, match="holds a int"):
        classifier.fit([1, 2], ["a", "b"])
    with pytest.raises(paw.InputError, match="one string"):
        classifier.fit("text", ["a"])


@pytest.mark.parametrize("kind", ["text", *KINDS])
def test_transformer_values(functions: dict[str, Any], kind: str) -> None:
    function = functions[kind]
    texts = ["a", "b", "a"]
    expected: list[Any] = [value.name if isinstance(value, Mood) else value for value in function.map(texts)]
    made = PawTransformer(function).fit_transform(texts)
    assert made.shape == (3, 1)
    assert made[:, 0].tolist() == expected
    dtypes = {"bool": bool, "int": np.int64, "numbers": np.int64, "float": np.float64}
    assert made.dtype == dtypes.get(kind, object)
    missing = PawTransformer(function).fit_transform(TEXTS)[:, 0].tolist()
    assert missing[1] is None or np.isnan(missing[1])
    assert missing[0] == (float(expected[0]) if kind in ("int", "numbers") else expected[0])


def test_transformer_within_scikit_learn(functions: dict[str, Any]) -> None:
    frame = pd.DataFrame({"mail": ["a", "b", "c"], "note": ["d", None, "f"], "n": [1, 2, 3]})
    made = (
        PawTransformer(functions["labels"])
        .set_output(transform="pandas")
        .fit_transform(frame[["mail", "note"]])
    )
    assert list(made.columns) == ["mail", "note"]
    assert made["note"].isna().tolist() == [False, True, False]
    steps = make_pipeline(PawTransformer(functions["labels"]), OneHotEncoder())
    both = ColumnTransformer([("mood", steps, "mail"), ("odd", PawTransformer(functions["bool"]), ["note"])])
    assert both.fit_transform(frame).shape[0] == 3
    assert both.named_transformers_["odd"].get_feature_names_out().tolist() == ["note"]
    copy = clone(PawTransformer(functions["labels"], cache="x"))
    assert copy.function is functions["labels"]
    assert copy.cache == "x"
    with pytest.raises(ValueError, match="has 2 features, but PawTransformer is expecting 1"):
        PawTransformer(functions["bool"]).fit(frame[["mail"]]).transform(frame[["mail", "note"]])
    with pytest.raises(ValueError, match="has no function"):
        PawTransformer().fit_transform(["a"])
