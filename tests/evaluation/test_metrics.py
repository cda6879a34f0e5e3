"""Scores against hand arithmetic."""

import pytest

from programasweights.checks.matching import exact_match, tidy
from programasweights.evaluation.metrics import (
    binary_f1,
    bootstrap,
    edit_similarity,
    forgiving_match,
    token_f1,
)


@pytest.mark.parametrize(
    ("found", "wanted", "exact", "forgiving"),
    [
        ("yes", "yes", 1, 1),
        ("  yes \n", "yes", 1, 1),
        ("a  b\n\n c", "a b\nc", 1, 1),
        ("e\u0301", "\u00e9", 1, 1),
        ("Yes", "yes", 0, 1),
        ('"yes".', "yes", 0, 1),
        ("The answer is yes, sir", "yes", 0, 1),
        ("yesterday", "yes", 0, 0),
        ("a, b", "a,b", 0, 0),
        ("#", "#", 1, 1),
        ("~", "#", 0, 0),
        ("", "yes", 0, 0),
        ("a\nb", "a b", 0, 0),
    ],
)
def test_matches(found: str, wanted: str, exact: float, forgiving: float) -> None:
    assert exact_match(found, wanted) == exact
    assert forgiving_match(found, wanted) == forgiving


def test_tidy_keeps_lines() -> None:
    assert tidy(" a \t b \n\n  c ") == "a b\nc"


def test_token_f1() -> None:
    assert token_f1("the red car", "red car") == pytest.approx(2 * 2 / 5)
    assert token_f1("Red, red", "red") == pytest.approx(2 * 1 / 4), "a comma is a token, repeats count once"
    assert token_f1("", "") == 1
    assert token_f1("", "x") == 0


def test_edit_similarity() -> None:
    assert edit_similarity("ABCD", "abcd") == 1
    assert edit_similarity("abcd", "abxd") == pytest.approx(2 * 3 / 8)
    assert edit_similarity("", "") == 1


def test_binary_f1() -> None:
    found = ["spam", "Spam.", "ham", "nonsense"]
    wanted = ["spam", "ham", "spam", "ham"]
    assert binary_f1(found, wanted, "spam") == pytest.approx(2 * 1 / (2 + 2))
    assert binary_f1(["ham"], ["ham"], "spam") == 0


def test_bootstrap_draws_whole_clusters() -> None:
    values = [1.0] * 50 + [0.0] * 50
    alone = bootstrap(values, [str(n) for n in range(100)])
    paired = bootstrap(values, ["a"] * 50 + ["b"] * 50)
    assert alone.mean == paired.mean == 0.5
    assert 0.38 < alone.low < 0.44
    assert 0.56 < alone.high < 0.62
    assert (paired.low, paired.high) == (0, 1), "two families say little, however many specs they have"
    assert bootstrap(values, ["a"] * 100) == bootstrap(values, ["a"] * 100)
    assert str(bootstrap([1.0], ["a"])) == "100.0 [100.0, 100.0]"
    with pytest.raises(ValueError, match="at least one"):
        bootstrap([], [])


def test_bootstrap_weighs_tasks_not_clusters() -> None:
    assert bootstrap([1.0, 1.0, 1.0, 0.0], ["a", "a", "a", "b"]).mean == 0.75
