"""Reads the tensors of a torch file from before 2020 (`torch.save` without zip) without torch, running nothing.

Such a file is four pickles (a magic number, a version, sizes of C types, the tensors' names and shapes), a
pickle that lists storages, and their numbers. A pickle is a program; the machine here knows only the steps
that build tuples, dictionaries and tensors out of plain values, and refuses all others, so no class is imported and
nothing is called.
"""

import math
import pickletools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from programasweights.errors import UnsupportedModelError

__all__ = ["read_torch_file"]

_MAGIC = 0x1950A86A20F9469CFC6C
_VERSION = 1001
_STORAGES = {"torch FloatStorage": "<f4", "torch LongStorage": "<i8"}
_REBUILD = "torch._utils _rebuild_tensor_v2"
_NAMES = {"collections OrderedDict", _REBUILD, *_STORAGES}
_CONSTANTS: dict[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": ()}
_VALUES = {"BININT", "BININT1", "BININT2", "LONG1", "BINUNICODE", "SHORT_BINUNICODE"}
_MARK = object()


@dataclass(frozen=True)
class _Storage:
    key: str
    dtype: str
    count: int


@dataclass(frozen=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def read_torch_file(path: Path) -> dict[str, npt.NDArray[Any]]:
    """The tensors of a state dictionary, by name.

    Raises:
        UnsupportedModelError: the file is something else, damaged, or holds anything but tensors.
    """
    try:
        with path.open("rb") as file:
            return _read(file)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise UnsupportedModelError(
            f"{path} is no plain torch file of tensors ({error}). Fetch it again from where it came."
        ) from error


def _read(file: BinaryIO) -> dict[str, npt.NDArray[Any]]:
    if (_unpickle(file), _unpickle(file)) != (_MAGIC, _VERSION):
        raise ValueError("it does not begin as one")
    if _unpickle(file)["little_endian"] is not True:
        raise ValueError("its numbers are not little-endian")
    tensors, keys = _unpickle(file), _unpickle(file)
    if not all(isinstance(name, str) and isinstance(t, _Tensor) for name, t in tensors.items()):
        raise ValueError("it holds more than tensors")
    storages = {tensor.storage.key: tensor.storage for tensor in tensors.values()}
    if sorted(keys) != sorted(storages):
        raise ValueError("its tensors and its storages differ")
    content = {key: _numbers(file, storages[key]) for key in keys}
    return {name: _view(tensor, content) for name, tensor in tensors.items()}


def _numbers(file: BinaryIO, storage: _Storage) -> npt.NDArray[Any]:
    count = int.from_bytes(file.read(8), "little")
    if count != storage.count:
        raise ValueError(f"storage {storage.key} has {count} numbers, {storage.count} are expected")
    # A count that is a lie costs nothing: what is not there is not read.
    return np.frombuffer(file.read(count * np.dtype(storage.dtype).itemsize), storage.dtype, count)


def _view(tensor: _Tensor, content: dict[str, npt.NDArray[Any]]) -> npt.NDArray[Any]:
    numbers = content[tensor.storage.key][tensor.offset :]
    steps = [stride * numbers.itemsize for stride in tensor.strides]
    return np.array(np.lib.stride_tricks.as_strided(numbers, tensor.shape, steps), order="C")


def _unpickle(file: BinaryIO) -> Any:
    stack: list[Any] = []
    memory: dict[Any, Any] = {}
    for step, argument, _ in pickletools.genops(file):
        if step.name in ("BINPUT", "LONG_BINPUT"):
            memory[argument] = stack[-1]
        elif step.name in ("BINGET", "LONG_BINGET"):
            stack.append(memory[argument])
        elif step.name in _CONSTANTS:
            stack.append(_CONSTANTS[step.name])
        elif step.name in _VALUES:
            stack.append(argument)
        elif step.name in _STEPS:
            _STEPS[step.name](stack, argument)
        elif step.name not in ("PROTO", "STOP"):
            raise ValueError(f"its pickle wants the step {step.name}")
    (result,) = stack
    return result


def _global(stack: list[Any], name: str) -> None:
    if name not in _NAMES:
        raise ValueError(f"its pickle names {name!r:.80}")
    stack.append(name)


def _reduce(stack: list[Any], _argument: object) -> None:
    arguments, name = stack.pop(), stack.pop()
    if name == "collections OrderedDict" and arguments == ():
        stack.append({})
    elif name == _REBUILD:
        storage, offset, shape, strides, *_ = arguments
        stack.append(_checked(storage, offset, shape, strides))
    else:
        raise ValueError(f"its pickle calls {name!r:.80}")


def _checked(storage: Any, offset: Any, shape: Any, strides: Any) -> _Tensor:
    numbers = (offset, *shape, *strides)
    if not isinstance(storage, _Storage) or not all(isinstance(n, int) and n >= 0 for n in numbers):
        raise ValueError("a tensor is not described as one")
    # In Python's own numbers, which do not overflow.
    last = offset + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    if math.prod(shape) > storage.count or last >= storage.count or 0 in shape:
        raise ValueError(f"a tensor of shape {shape} does not lie in its storage of {storage.count}")
    return _Tensor(storage, offset, tuple(shape), tuple(strides))


def _persistent(stack: list[Any], _argument: object) -> None:
    kind, name, key, _place, count, view = stack.pop()
    if kind != "storage" or not isinstance(key, str) or not isinstance(count, int) or view is not None:
        raise ValueError("a storage is not described as one")
    stack.append(_Storage(key, _STORAGES[name], count))


def _since_mark(stack: list[Any]) -> list[Any]:
    place = max(place for place, value in enumerate(stack) if value is _MARK)
    found = stack[place + 1 :]
    del stack[place:]
    return found


def _set_items(stack: list[Any], _argument: object) -> None:
    items = _since_mark(stack)
    stack[-1].update(zip(items[::2], items[1::2], strict=True))


def _set_item(stack: list[Any], _argument: object) -> None:
    value, key = stack.pop(), stack.pop()
    stack[-1].update({key: value})


def _build(stack: list[Any], _argument: object) -> None:
    """The dictionary's attributes, which are versions of layers, are dropped."""
    stack.pop()
    if not isinstance(stack[-1], dict):
        raise ValueError("its pickle sets attributes")


def _append_items(stack: list[Any], _argument: object) -> None:
    items = _since_mark(stack)
    stack[-1].extend(items)


def _tuple_of(count: int) -> Callable[[list[Any], object], None]:
    def step(stack: list[Any], _argument: object) -> None:
        found = tuple(stack[len(stack) - count :])
        del stack[len(stack) - count :]
        stack.append(found)

    return step


def _append(stack: list[Any], _argument: object) -> None:
    value = stack.pop()
    stack[-1].append(value)


_STEPS: dict[str, Callable[[list[Any], Any], None]] = {
    "APPEND": _append,
    "APPENDS": _append_items,
    "BINPERSID": _persistent,
    "BUILD": _build,
    "EMPTY_DICT": lambda stack, _argument: stack.append({}),
    "EMPTY_LIST": lambda stack, _argument: stack.append([]),
    "GLOBAL": _global,
    "MARK": lambda stack, _argument: stack.append(_MARK),
    "REDUCE": _reduce,
    "SETITEM": _set_item,
    "SETITEMS": _set_items,
    "TUPLE": lambda stack, _argument: stack.append(tuple(_since_mark(stack))),
    "TUPLE1": _tuple_of(1),
    "TUPLE2": _tuple_of(2),
    "TUPLE3": _tuple_of(3),
}
