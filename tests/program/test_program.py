"""A program as a value: what its id depends on, and that an inconsistent one cannot be made."""

import dataclasses
import hashlib
import pickle
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from programasweights.errors import ProgramError
from programasweights.program import KvPrefix, Program, Record
from programasweights.program.canonical_json import canonical_json

Sections = dict[str, Any]


def with_behaviour(program: Program, change: Callable[[Sections], object]) -> Program:
    document = program.behaviour.model_dump()
    change(document)
    return Program(
        type(program.behaviour).model_validate(document), program.record, program.prefix, program.lora
    )


def test_id_by_hand(f16_program: Program) -> None:
    prefix = f16_program.prefix
    assert prefix is not None
    parts = [b"programasweights program id 1", canonical_json(f16_program.behaviour.model_dump()).encode()]
    for name, array in (("prefix.keys", prefix.keys), ("prefix.values", prefix.values)):
        parts += [name.encode(), b"F16", b"[2,1,3,4]", array.astype("<f2").tobytes()]
    framed = b"".join(struct.pack("<Q", len(part)) + part for part in parts)
    assert f16_program.id == hashlib.sha256(framed).hexdigest()


def test_record_does_not_change_the_id(program: Program) -> None:
    other = dataclasses.replace(
        program, record=Record(created_at=None, package_version="9", scores={"exact_match": 1.0, "f1": 0.25})
    )
    assert other.id == program.id
    assert hash(other) == hash(program)
    assert other != program
    assert other == dataclasses.replace(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b["spec"].update(text=b["spec"]["text"] + "!"),
        lambda b: b["spec"].update(examples=b["spec"]["examples"][:1]),
        lambda b: b["spec"].update(examples=b["spec"]["examples"][::-1]),
        lambda b: b.update(pseudo_program=b["pseudo_program"] + " "),
        lambda b: b.update(template="chat"),
        lambda b: b["interpreter"].update(name="other"),
        lambda b: b["interpreter"].update(digest="00" * 32),
        lambda b: b["compiler"].update(name="other"),
        lambda b: b["compiler"].update(checkpoint=None),
        lambda b: b.update(seed=8),
        lambda b: b["recipe"].update(tries=4),
        lambda b: b["recipe"].update(tries=3.0),
        lambda b: b["recipe"].update(more=None),
        lambda b: b["generation"].update(max_new_tokens=17),
        lambda b: b["generation"].update(stop=()),
    ],
)
def test_everything_else_changes_the_id(program: Program, change: Callable[[Sections], object]) -> None:
    other = with_behaviour(program, change)
    assert other.id != program.id
    assert other != program


@pytest.mark.parametrize("name", ["keys", "keys_scale", "values", "values_scale"])
def test_every_stored_number_changes_the_id(int8_program: Program, name: str) -> None:
    assert int8_program.prefix is not None
    ids = {int8_program.id}
    for index in np.ndindex(int8_program.prefix.stored[name].shape):
        stored = {key: array.copy() for key, array in int8_program.prefix.stored.items()}
        stored[name][index] = 1 if stored[name][index] != 1 else 2
        ids.add(dataclasses.replace(int8_program, prefix=KvPrefix(stored)).id)
    assert len(ids) == 1 + int8_program.prefix.stored[name].size


def test_sign_of_zero_changes_the_id(f16_program: Program) -> None:
    assert f16_program.prefix is not None
    keys = np.zeros_like(f16_program.prefix.keys)
    ids = {
        dataclasses.replace(f16_program, prefix=KvPrefix.from_arrays(array, keys)).id
        for array in (keys, -keys)
    }
    assert len(ids) == 2


def test_order_of_dicts_does_not_matter(program: Program) -> None:
    def reverse(behaviour: Sections) -> None:
        behaviour["recipe"] = dict(reversed(behaviour["recipe"].items()))

    assert with_behaviour(program, reverse).id == program.id


def test_prefix_must_be_as_the_behaviour_states(f16_program: Program, int8_program: Program) -> None:
    assert f16_program.prefix is not None
    keys = f16_program.prefix.keys
    shorter = KvPrefix.from_arrays(keys[:, :, :2], keys[:, :, :2])
    narrower = KvPrefix.from_arrays(keys[..., :2], keys[..., :2])
    for wrong in (None, int8_program.prefix, shorter, narrower):
        with pytest.raises(ProgramError, match="its behaviour states"):
            dataclasses.replace(f16_program, prefix=wrong)


def test_no_slots_means_no_prefix(f16_program: Program) -> None:
    with pytest.raises(ProgramError, match="its behaviour states"):
        with_behaviour(f16_program, lambda b: b.update(prefix={"slots": 0, "storage": "f16"}))


def test_cannot_be_made_from_unvalidated_models(f16_program: Program) -> None:
    for field, update in (("behaviour", {"seed": -1}), ("record", {"scores": {"a": float("nan")}})):
        broken = getattr(f16_program, field).model_copy(update=update)
        with pytest.raises(ProgramError, match="invalid field"):
            dataclasses.replace(f16_program, **{field: broken})


def test_is_frozen_hashable_and_picklable(program: Program) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        program.prefix = None  # type: ignore[misc]
    copy = pickle.loads(pickle.dumps(program))  # noqa: S301
    assert {copy, program} == {program}
    assert program != program.id


def test_repr_is_short(program: Program) -> None:
    assert program.id in repr(program)
    assert len(repr(program)) < 250
