"""The manifest of a program: everything about it but the numbers of its KV prefix and its LoRA.

Two parts: `Behaviour` is what decides how the program behaves, and is hashed into its id; `Record` is what
is known about it, and is not. The models are frozen and strict, and bound every field, because manifests
come from strangers. Making one with a bad value raises pydantic's ValidationError, which is a ValueError.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    ValidationError,
    model_serializer,
    model_validator,
)

from programasweights.program.constants import FORMAT_VERSION, PICTURE_VERSION
from programasweights.program.kv_prefix import PrefixShape, Storage

MAX_TEXT_CHARS: Final = 65_536
MAX_EXAMPLE_CHARS: Final = 16_384
MAX_EXAMPLES: Final = 1_000
MAX_PICTURES: Final = 64
MAX_INT: Final = 2**63 - 1


def _list_to_tuple(value: object) -> object:
    # JSON has no tuples; strict validation would refuse its lists.
    return tuple(value) if isinstance(value, list) else value


def _check_scalar(value: bool | int | float | str | None) -> bool | int | float | str | None:
    if isinstance(value, int) and abs(value) > MAX_INT:
        raise ValueError("an integer must fit into 64 bits")
    if isinstance(value, str):
        if len(value) > 4_096:
            raise ValueError("a string must have at most 4096 characters")
        value.encode()  # refuses lone surrogates, which plain strings do not
    return value


def _check_time(value: str) -> str:
    datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")  # refuses the 30th of February
    return value


def _left_out(fields: dict[str, Any], name: str, *, empty: bool) -> dict[str, Any]:
    if empty:
        del fields[name]
    return fields


Text = Annotated[str, StringConstraints(max_length=MAX_TEXT_CHARS)]
ExampleText = Annotated[str, StringConstraints(max_length=MAX_EXAMPLE_CHARS)]
Example = Annotated[tuple[ExampleText, ExampleText], BeforeValidator(_list_to_tuple)]
MAX_NAME = 200
"""Most characters of a name."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME)]
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
StopText = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Dimension = Annotated[int, Field(ge=1, le=65_536)]
Scalar = Annotated[bool | int | float | str | None, AfterValidator(_check_scalar)]
Time = Annotated[
    str,
    StringConstraints(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
    AfterValidator(_check_time),
]


class _Section(BaseModel):
    # Revalidation catches what model_copy(update=...) and model_construct let through.
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, revalidate_instances="always"
    )


class PictureSection(_Section):
    """A picture in a spec, of which a program keeps no pixels."""

    at: Annotated[int, Field(ge=0, le=MAX_TEXT_CHARS)]
    """Characters of the spec's text before it."""
    digest: Digest
    """sha256 of its size and pixels."""
    width: Dimension
    height: Dimension


class SpecSection(_Section):
    """What the program was compiled from."""

    text: Text
    examples: Annotated[
        tuple[Example, ...], BeforeValidator(_list_to_tuple), Field(max_length=MAX_EXAMPLES)
    ] = ()
    """(input, output) pairs."""
    pictures: Annotated[
        tuple[PictureSection, ...], BeforeValidator(_list_to_tuple), Field(max_length=MAX_PICTURES)
    ] = ()
    """Pictures among the text, in order. A spec without any has no such field."""

    @model_validator(mode="after")
    def _pictures_stand_in_the_text(self) -> "SpecSection":
        places = [0, *(picture.at for picture in self.pictures), len(self.text)]
        if places != sorted(places):
            raise ValueError("pictures stand in order within the text")
        return self

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _left_out(handler(self), "pictures", empty=not self.pictures)


class InterpreterSection(_Section):
    """The one base model that the program runs on."""

    name: Name
    digest: Digest
    """sha256 of the base weights."""
    layers: Dimension
    """N."""
    kv_heads: Dimension
    """H_kv."""
    head_dim: Dimension
    """D."""


class CompilerSection(_Section):
    """The compiler that made the program."""

    name: Name
    checkpoint: Digest | None = None
    """sha256 of the trained checkpoint; None for a compiler that has none."""


class GenerationSection(_Section):
    """When the interpreter stops."""

    max_new_tokens: Annotated[int, Field(ge=1, le=8_192)]
    stop: Annotated[tuple[StopText, ...], BeforeValidator(_list_to_tuple), Field(max_length=16)] = ()


class VisionSection(_Section):
    """What turns pictures in inputs into embeddings for the interpreter."""

    encoder: Name
    encoder_digest: Digest
    """sha256 of the encoder's weights and preprocessing."""
    projector: Digest
    """sha256 of the projector behind it."""


class PrefixSection(_Section):
    """Size and storage of the KV prefix."""

    slots: Annotated[int, Field(ge=0, le=4_096)]
    """M; 0 for a program without a prefix."""
    storage: Storage = "f16"

    @model_validator(mode="after")
    def _one_way_to_say_none(self) -> "PrefixSection":
        if self.slots == 0 and self.storage != "f16":
            raise ValueError('a prefix of 0 slots has storage "f16"')
        return self


ModuleName = Annotated[str, StringConstraints(pattern="^[a-z0-9_]{1,32}(\\.[a-z0-9_]{1,32}){0,3}$")]
Sizes = Annotated[tuple[Dimension, Dimension], BeforeValidator(_list_to_tuple)]


class LoraSection(_Section):
    """Size of the LoRA, and the linear layers that it changes in every decoder layer."""

    rank: Annotated[int, Field(ge=0, le=1_024)]
    """R; 0 for a program without a LoRA."""
    modules: Annotated[Mapping[ModuleName, Sizes], Field(max_length=64)] = Field(default_factory=dict)
    """Linear layer -> (outputs, inputs)."""

    @model_validator(mode="after")
    def _one_way_to_say_none(self) -> "LoraSection":
        if (self.rank == 0) != (not self.modules):
            raise ValueError("a LoRA has a rank exactly if it has modules")
        return self


class Behaviour(_Section):
    """All that decides how a program behaves, but the numbers of its continuous part. Hashed into the program id."""

    spec: SpecSection
    pseudo_program: Text
    """The discrete part of the program, as text that the interpreter reads."""
    template: Name
    """Name of the prompt template that joins pseudo-program and input."""
    interpreter: InterpreterSection
    compiler: CompilerSection
    seed: Annotated[int, Field(ge=0, le=MAX_INT)]
    recipe: Annotated[
        Mapping[Annotated[str, StringConstraints(min_length=1, max_length=64)], Scalar], Field(max_length=64)
    ]
    """How each part was made, for instance {"pseudo_program": "written by the model"}."""
    generation: GenerationSection
    prefix: PrefixSection
    lora: LoraSection = LoraSection(rank=0)
    vision: VisionSection | None = None
    """For a program whose inputs may hold pictures; others have no such field."""

    @model_serializer(mode="wrap")
    def _without_none(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return _left_out(handler(self), "vision", empty=self.vision is None)

    @property
    def format_version(self) -> int:
        """The version of a file that can hold it: programs of text stay what older releases can read."""
        return PICTURE_VERSION if self.spec.pictures or self.vision else FORMAT_VERSION

    @property
    def prefix_shape(self) -> PrefixShape:
        """(N, H_kv, M, D); M is 0 for a program without a prefix."""
        model = self.interpreter
        return model.layers, model.kv_heads, self.prefix.slots, model.head_dim


class Record(_Section):
    """What is known about a program but does not change it. Not hashed."""

    created_at: Time | None = None
    """UTC, as in 2025-01-31T12:00:00Z."""
    package_version: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    scores: Annotated[
        Mapping[Annotated[str, StringConstraints(min_length=1, max_length=128)], float], Field(max_length=256)
    ] = Field(default_factory=dict)
    """Name -> score."""


class Manifest(_Section):
    """The JSON document inside a `.paw` file."""

    format_version: Annotated[int, Field(ge=FORMAT_VERSION, le=PICTURE_VERSION)]
    program_id: Digest
    behaviour: Behaviour
    record: Record

    @model_validator(mode="after")
    def _version_fits(self) -> "Manifest":
        if self.format_version != self.behaviour.format_version:
            raise ValueError(f"such a program has format_version {self.behaviour.format_version}")
        return self


def first_fault(error: ValidationError) -> str:
    """One line on the first thing that is wrong, without repeating the refused value, which may be huge."""
    faults: list[Any] = list(error.errors(include_url=False, include_input=False, include_context=False))
    place = ".".join(str(part) for part in faults[0]["loc"])[:200]
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{place!r}: {faults[0]['msg']}{more}"
