"""Two functions on the same cases."""

from math import comb

import pytest

import programasweights as paw
from programasweights.checks.comparing import Comparison, compare, mcnemar


def test_who_is_right_where_the_other_is_wrong() -> None:
    cases = [("a", "A"), ("B", "B"), ("c", "C"), ("D", "D"), ("e", "x")]
    found = compare(str.upper, str.lower, cases)
    assert (found.wins, found.losses) == (4, 0)
    assert found.p_value == 2 * 0.5**4
    assert [a.input for a, _ in found.differences] == ["a", "B", "c", "D", "e"]
    assert found.rows()[0] == ("'a'", "'A'", "✓ 'A'", "'a'")
    assert found.first_seconds > 0
    assert (
        "second - first: -80.0 points; right where the other is wrong: first 4, second 0; p = 0.125"
        in str(found)
    )
    same = compare(str.upper, lambda text: text.upper() + " ", cases)
    assert (same.wins, same.losses, same.p_value, same.differences) == (0, 0, 1.0, ())
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_the_exact_test_against_its_definition() -> None:
    for wins, losses in [(0, 0), (1, 0), (5, 1), (1, 5), (10, 10), (3, 15)]:
        total, gap = wins + losses, abs(wins - losses)
        wanted = sum(comb(total, k) for k in range(total + 1) if abs(2 * k - total) >= gap) / 2**total
        assert mcnemar(wins, losses) == pytest.approx(wanted)
    assert mcnemar(6000, 4000) < 1e-80  # more than floats of 2**n could hold


def test_there_must_be_cases() -> None:
    with pytest.raises(paw.DataError, match="0 cases"):
        compare(str.upper, str.lower, [])
