"""The prefix: what it accepts, and that int8 decodes to the same numbers everywhere."""

import pickle

import numpy as np
import pytest
from numpy.typing import NDArray

from programasweights.errors import ProgramError
from programasweights.program import KvPrefix

SHAPE = (2, 3, 5, 4)  # layers, KV heads, slots, head size


def numbers(seed: int, *, scale: float = 1.0) -> NDArray[np.float16]:
    return (np.random.default_rng(seed).standard_normal(SHAPE) * scale).astype(np.float16)


def test_f16_keeps_every_bit() -> None:
    keys, values = numbers(0), numbers(1)
    prefix = KvPrefix.from_arrays(keys, values)
    assert prefix.keys.tobytes() == keys.tobytes()
    assert prefix.values.tobytes() == values.tobytes()
    assert (prefix.storage, prefix.shape, prefix.slots, prefix.nbytes) == ("f16", SHAPE, 5, 2 * 2 * 120)


def test_int8_against_hand_arithmetic() -> None:
    keys = np.array([[[[127.0, 1.0], [-63.4, 0.5]]]], dtype=np.float16)  # (1, 1, 2, 2), scales 1 and 1/127
    values = np.array([[[[254.0, 3.0], [0.0, 0.0]]]], dtype=np.float16)  # scales 2 and none
    prefix = KvPrefix.from_arrays(keys, values, storage="int8")
    assert prefix.stored["keys"].tolist() == [[[[127, 127], [-63, 64]]]]  # 0.5 / f16(1/127) = 63.506
    assert prefix.stored["keys_scale"].tolist() == [[[[1.0, float(np.float16(1 / 127))]]]]
    assert prefix.stored["values"].tolist() == [[[[127, 2], [0, 0]]]]  # 1.5 goes to even
    assert prefix.stored["values_scale"].tolist() == [[[[2.0], [0.0]]]]
    assert prefix.keys[0, 0, :, 0].tolist() == [127.0, -63.0]
    assert prefix.values.tolist() == [[[[254.0, 4.0], [0.0, 0.0]]]]


def test_int8_codes_are_made_with_the_scale_that_is_stored() -> None:
    keys = np.array([[[[1.0625], [0.53125]]]], dtype=np.float16)
    prefix = KvPrefix.from_arrays(keys, keys, storage="int8")
    # 0.53125 / (1.0625 / 127) = 63.5 would become 64, but the float16 scale is larger: 63.475.
    assert prefix.stored["keys"].ravel().tolist() == [127, 63]


@pytest.mark.parametrize("scale", [1e-7, 1e-3, 1.0, 1e3])
def test_int8_error_is_half_a_step(scale: float) -> None:
    keys, values = numbers(2, scale=scale), numbers(3, scale=scale)
    prefix = KvPrefix.from_arrays(keys, values, storage="int8")
    for array, decoded, axis in ((keys, prefix.keys, 2), (values, prefix.values, 3)):
        largest = np.abs(array.astype(np.float64)).max(axis=axis, keepdims=True)
        error = np.abs(array.astype(np.float64) - decoded)
        # Half a code, plus the roundings of scale and result; the smallest scales have few bits left.
        assert (error <= 0.51 * largest / 127 + largest * 2**-11 + 127 * 2.0**-25).all()


def test_int8_survives_the_largest_float16() -> None:
    keys = np.full(SHAPE, np.finfo(np.float16).max, dtype=np.float16)
    prefix = KvPrefix.from_arrays(keys, -keys, storage="int8")
    assert np.isfinite(prefix.keys).all()
    np.testing.assert_allclose(prefix.keys.astype(float), keys.astype(float), rtol=1e-3)


def test_int8_scales_are_per_channel_for_keys_and_per_slot_for_values() -> None:
    keys, values = numbers(4), numbers(5)
    keys[..., 1] *= 100  # one loud channel
    values[:, :, 2] *= 100  # one loud slot
    prefix = KvPrefix.from_arrays(keys, values, storage="int8")
    quiet_keys, quiet_values = [0, 2, 3], [0, 1, 3, 4]
    assert np.abs(prefix.keys - keys)[..., quiet_keys].max() < 0.02
    assert np.abs(prefix.values - values)[:, :, quiet_values].max() < 0.02


def test_int8_from_stored_arrays_is_the_same_prefix() -> None:
    prefix = KvPrefix.from_arrays(numbers(6), numbers(7), storage="int8")
    again = KvPrefix(prefix.stored)
    assert again == prefix
    assert hash(again) == hash(prefix)
    assert again.keys.tobytes() == prefix.keys.tobytes()
    assert {name: array.tobytes() for name, array in again.stored.items()} == {
        name: array.tobytes() for name, array in prefix.stored.items()
    }


@pytest.mark.parametrize("storage", ["f16", "int8"])
def test_pickles(storage: str) -> None:
    prefix = KvPrefix.from_arrays(numbers(8), numbers(9), storage=storage)  # type: ignore[arg-type]
    copy = pickle.loads(pickle.dumps(prefix))  # noqa: S301
    assert copy == prefix
    assert not copy.keys.flags.writeable


@pytest.mark.parametrize("storage", ["f16", "int8"])
def test_is_immutable_and_owns_its_arrays(storage: str) -> None:
    keys = numbers(10)
    prefix = KvPrefix.from_arrays(keys, numbers(11), storage=storage)  # type: ignore[arg-type]
    before = prefix.keys.copy()
    keys[:] = 0
    np.testing.assert_array_equal(prefix.keys, before)
    for array in (prefix.keys, prefix.values, *prefix.stored.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
    with pytest.raises(TypeError):
        prefix.stored["keys"] = keys  # type: ignore[index]


def test_equality_is_of_bytes() -> None:
    zeros = np.zeros(SHAPE, dtype=np.float16)
    assert KvPrefix.from_arrays(zeros, zeros) == KvPrefix.from_arrays(zeros.copy(), zeros)
    assert KvPrefix.from_arrays(zeros, zeros) != KvPrefix.from_arrays(zeros, -zeros)
    assert KvPrefix.from_arrays(zeros, zeros) != KvPrefix.from_arrays(zeros, zeros, storage="int8")
    assert KvPrefix.from_arrays(zeros, zeros) != "a prefix"


def test_arrays_in_another_memory_order_give_the_same_prefix() -> None:
    keys = numbers(12)
    assert KvPrefix.from_arrays(np.asfortranarray(keys), keys) == KvPrefix.from_arrays(keys, keys)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("storage", ["f16", "int8"])
def test_refuses_numbers_that_are_not_finite(bad: float, which: int, storage: str) -> None:
    arrays = [numbers(13), numbers(14)]
    arrays[which][1, 2, 3, 1] = bad
    with pytest.raises(ProgramError, match="NaN or infinite"):
        KvPrefix.from_arrays(*arrays, storage=storage)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        (numbers(0).astype(np.float32), numbers(0)),
        (numbers(0), numbers(0).astype(np.float64)),
        (numbers(0), numbers(0)[:, :, :4]),
        (numbers(0)[0], numbers(0)[0]),
        (numbers(0)[:, :, :0], numbers(0)[:, :, :0]),
        (np.zeros(SHAPE, np.int8), np.zeros(SHAPE, np.int8)),
    ],
)
def test_refuses_other_types_and_shapes(keys: NDArray[np.float16], values: NDArray[np.float16]) -> None:
    with pytest.raises(ProgramError, match=r"expected|needs"):
        KvPrefix.from_arrays(keys, values)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("keys", -128, "-128"),
        ("values", -128, "-128"),
        ("keys_scale", np.nan, "keys_scale"),
        ("values_scale", np.inf, "values_scale"),
        ("keys_scale", -1.0, "keys_scale"),
        ("values_scale", -0.0, "values_scale"),
        ("keys_scale", 65504.0, "keys have NaN or infinite"),
    ],
)
def test_refuses_codes_and_scales_that_are_never_written(name: str, value: float, message: str) -> None:
    prefix = KvPrefix.from_arrays(numbers(15), numbers(16), storage="int8")
    stored = {key: array.copy() for key, array in prefix.stored.items()}
    stored[name][0, 0, 0, 0] = value
    with pytest.raises(ProgramError, match=message):
        KvPrefix(stored)


@pytest.mark.parametrize("missing", ["keys", "keys_scale", "values", "values_scale"])
def test_refuses_an_incomplete_set_of_arrays(missing: str) -> None:
    stored = dict(KvPrefix.from_arrays(numbers(17), numbers(18), storage="int8").stored)
    del stored[missing]
    with pytest.raises(ProgramError):
        KvPrefix(stored)
