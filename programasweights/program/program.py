"""A compiled program: a value made of its behaviour, what is recorded about it, its KV prefix and its LoRA.

It knows nothing of language models: running it is the interpreter's work, and files are paw_file's.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from programasweights.errors import ProgramError
from programasweights.program.canonical_json import canonical_json
from programasweights.program.constants import ID_DOMAIN
from programasweights.program.kv_prefix import KvPrefix, stored_layout
from programasweights.program.lora import Lora, lora_layout
from programasweights.program.manifest import Behaviour, Manifest, Record, first_fault

DTYPE_CODES: Final = {np.dtype(np.float16): "F16", np.dtype(np.int8): "I8"}
"""The names that safetensors gives to the types that numbers are stored in."""

TensorLayout = Mapping[str, tuple[np.dtype[Any], tuple[int, ...]]]


@dataclass(frozen=True, eq=False, repr=False)
class Program:
    """A compiled program. Immutable, hashable, and picklable, so that it can cross processes.

    Two programs are equal if their ids and records are.

    Raises ProgramError if a field is invalid, or prefix or LoRA are not of the size and storage that `behaviour`
    states.
    """

    behaviour: Behaviour
    record: Record
    prefix: KvPrefix | None = None
    """None exactly when `behaviour.prefix.slots` is 0."""
    lora: Lora | None = None
    """None exactly when `behaviour.lora.rank` is 0."""

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "behaviour", Behaviour.model_validate(self.behaviour))
            object.__setattr__(self, "record", Record.model_validate(self.record))
        except ValidationError as error:
            raise ProgramError(f"a program with an invalid field, {first_fault(error)}") from error
        found = {name: (array.dtype, array.shape) for name, array in self.tensors.items()}
        expected = tensor_layout(self.behaviour)
        if found != expected:
            raise ProgramError(f"the program has the tensors {found}, but its behaviour states {expected}")

    @cached_property
    def id(self) -> str:
        """sha256 of the behaviour and the prefix, 64 hexadecimal digits. Time and scores never change it."""
        return program_id(canonical_json(self.behaviour.model_dump()), self.tensors)

    def with_scores(self, scores: Mapping[str, float]) -> "Program":
        """The same program with more scores in its record."""
        record = self.record.model_copy(update={"scores": dict(self.record.scores) | dict(scores)})
        return replace(self, record=record)

    @property
    def tensors(self) -> dict[str, NDArray[Any]]:
        """The stored arrays of LoRA and prefix by their names in a file, in name order; empty without either."""
        lora = {} if self.lora is None else self.lora.stored
        prefix = {} if self.prefix is None else self.prefix.stored
        named = {f"lora.{name}": array for name, array in lora.items()}
        named |= {f"prefix.{name}": array for name, array in prefix.items()}
        return {name: named[name] for name in sorted(named)}

    @property
    def manifest(self) -> Manifest:
        """The document that a file of this program carries."""
        return Manifest(
            format_version=self.behaviour.format_version,
            program_id=self.id,
            behaviour=self.behaviour,
            record=self.record,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Program):
            return NotImplemented
        return self.id == other.id and self.record == other.record

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        model = self.behaviour.interpreter.name
        return f"Program(id={self.id!r}, interpreter={model!r}, prefix={self.prefix!r}, lora={self.lora!r})"


def tensor_layout(behaviour: Behaviour) -> TensorLayout:
    """Name -> (dtype, shape) of the tensors that a program of this behaviour has, in name order."""
    lora = lora_layout(behaviour.interpreter.layers, behaviour.lora.rank, behaviour.lora.modules)
    layout = {f"lora.{name}": array for name, array in lora.items()}
    if behaviour.prefix.slots:
        prefix = stored_layout(behaviour.prefix.storage, behaviour.prefix_shape)
        layout |= {f"prefix.{name}": array for name, array in prefix.items()}
    return {name: layout[name] for name in sorted(layout)}


def program_id(behaviour_json: str, tensors: Mapping[str, NDArray[Any]]) -> str:
    """sha256, as hexadecimal, over length-framed parts: a domain, the behaviour, each tensor in name order.

    `behaviour_json` is canonical. A tensor counts with its name, type, shape and little-endian bytes. The
    text is hashed as it stood in the file, not as this release understands it, so that older versions
    verify too.
    """
    digest = hashlib.sha256()
    parts = [ID_DOMAIN.encode(), behaviour_json.encode()]
    for name in sorted(tensors):
        array = tensors[name]
        parts += [name.encode(), DTYPE_CODES[array.dtype].encode()]
        parts += [canonical_json(array.shape).encode(), little_endian_bytes(array)]
    for part in parts:
        # With its length in front, no part can be mistaken for the end or the start of another.
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()


def little_endian_bytes(array: NDArray[Any]) -> bytes:
    """The numbers of `array` in C order, least significant byte first, on any machine."""
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
