"""The map from the compiler's KV to the interpreter's."""

import math

import numpy as np
import pytest

from programasweights.compiler.kv_map import LayerMap, map_slots

RANDOM = np.random.default_rng(0)


def random_map(inputs: int, outputs: int, *, residual: bool) -> LayerMap:
    parts = [
        RANDOM.normal(size=shape).astype(np.float32)
        for shape in ((5, inputs), (5,), (outputs, 5), (outputs,))
    ]
    return LayerMap(*parts, residual=residual)


def by_hand(layer: LayerMap, x: list[float]) -> list[float]:
    inner = [
        sum(w * v for w, v in zip(row, x, strict=True)) + b for row, b in zip(layer.w1, layer.b1, strict=True)
    ]
    active = [v / (1 + math.exp(-v)) for v in inner]
    out = [
        sum(w * v for w, v in zip(row, active, strict=True)) + b
        for row, b in zip(layer.w2, layer.b2, strict=True)
    ]
    return [o + v for o, v in zip(out, x, strict=True)] if layer.residual else out


@pytest.mark.parametrize("residual", [True, False])
def test_a_map_against_hand_arithmetic(residual: bool) -> None:
    layer = random_map(6, 6, residual=residual)
    x = RANDOM.normal(size=6)
    np.testing.assert_allclose(layer(x[None])[0], by_hand(layer, x.tolist()), rtol=1e-6)


def test_large_numbers_do_not_overflow() -> None:
    layer = LayerMap(
        np.eye(2, dtype=np.float32),
        np.zeros(2, np.float32),
        np.eye(2, dtype=np.float32),
        np.zeros(2, np.float32),
        False,
    )
    np.testing.assert_array_equal(layer(np.array([[1e6, -1e6]])), [[1e6, 0.0]])


def test_identity_takes_the_layers_it_is_told() -> None:
    keys, values = RANDOM.normal(size=(2, 3, 2, 4, 8))
    found = map_slots(keys, values, None, (2, 0), (2, 2, 8))
    np.testing.assert_array_equal(found[0], keys[[2, 0]])
    np.testing.assert_array_equal(found[1], values[[2, 0]])


def test_between_models_of_different_shapes() -> None:
    """Compiler: 3 layers of 2 heads of 4; interpreter: 2 layers of 1 head of 6; 5 slots."""
    keys, values = RANDOM.normal(size=(2, 3, 2, 5, 4))
    maps = random_map(16, 12, residual=False), random_map(16, 12, residual=False)
    new_keys, new_values = map_slots(keys, values, maps, (2, 1), (2, 1, 6))
    assert new_keys.shape == new_values.shape == (2, 1, 5, 6)
    for layer, source in enumerate((2, 1)):
        for slot in range(5):
            x = [*keys[source, :, slot].reshape(-1), *values[source, :, slot].reshape(-1)]
            expected = by_hand(maps[layer], x)
            np.testing.assert_allclose(new_keys[layer, 0, slot], expected[:6], rtol=1e-5)
            np.testing.assert_allclose(new_values[layer, 0, slot], expected[6:], rtol=1e-5)
