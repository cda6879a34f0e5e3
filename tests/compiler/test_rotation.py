"""Moving keys along the rotary embedding."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from programasweights.compiler.rotation import rotate_keys


def test_against_hand_arithmetic() -> None:
    key = np.array([[1.0, 2.0, 3.0, 4.0]])  # planes pair channels (0, 2) and (1, 3)
    turned = rotate_keys(key, [5], theta=100.0)[0]
    first, second = 5.0, 5.0 * 100.0**-0.5
    expected = [
        1 * math.cos(first) - 3 * math.sin(first),
        2 * math.cos(second) - 4 * math.sin(second),
        3 * math.cos(first) + 1 * math.sin(first),
        4 * math.cos(second) + 2 * math.sin(second),
    ]
    np.testing.assert_allclose(turned, expected, rtol=1e-12)


@given(st.integers(0, 8000), st.integers(0, 8000))
def test_turns_add_up_and_undo_each_other(first: int, second: int) -> None:
    keys = np.random.default_rng(first).normal(size=(2, 3, 1, 8))
    both = rotate_keys(rotate_keys(keys, [first], 1e5), [second], 1e5)
    np.testing.assert_allclose(both, rotate_keys(keys, [first + second], 1e5), atol=1e-9)
    np.testing.assert_allclose(rotate_keys(both, [-first - second], 1e5), keys, atol=1e-9)


def test_each_slot_has_its_own_position() -> None:
    keys = np.ones((1, 1, 3, 4))
    together = rotate_keys(keys, [0, 1, 2], 1e4)
    apart = [rotate_keys(keys[:, :, :1], [p], 1e4)[0, 0, 0] for p in range(3)]
    np.testing.assert_array_equal(together[0, 0], np.stack(apart))
