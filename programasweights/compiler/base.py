"""What every compiler shares: the options of a compile, and putting a program together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from programasweights.errors import SpecError
from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.engine import Engine
from programasweights.program import (
    Behaviour,
    CompilerSection,
    GenerationSection,
    InterpreterSection,
    KvPrefix,
    Lora,
    LoraSection,
    PictureSection,
    PrefixSection,
    Program,
    Record,
    SpecSection,
    VisionSection,
)
from programasweights.program.kv_prefix import Storage
from programasweights.program.manifest import MAX_NAME
from programasweights.spec import Spec

__all__ = ["CompileOptions", "Compiler", "Draft", "assemble", "spec_section"]

Scalar = bool | int | float | str | None


@dataclass(frozen=True)
class CompileOptions:
    """What a caller may choose about a compile, beside the spec."""

    seed: int = 0
    """0 writes the most probable text found; any other seed samples, and the same seed gives the same program."""
    max_new_tokens: int = 128
    """Most tokens of an output."""
    stop: tuple[str, ...] = ()
    """Texts that end an output; they are not part of it."""
    storage: Storage = "f16"
    """How the KV prefix is stored: `"f16"`, or `"int8"` in half the space."""

    def __post_init__(self) -> None:
        if type(self.max_new_tokens) is not int or not 1 <= self.max_new_tokens <= 8192:
            raise SpecError(
                f"max_new_tokens is {self.max_new_tokens!r}, but must be a whole number from 1 to 8192."
            )
        if type(self.seed) is not int or not 0 <= self.seed < 2**63:
            raise SpecError(f"seed is {self.seed!r}, but must be a whole number from 0 to 2**63 - 1.")
        if self.storage not in ("f16", "int8"):
            raise SpecError(f"storage is {self.storage!r}, but must be 'f16' or 'int8'.")
        if len(self.stop) > 16 or not all(_is_stop(text) for text in self.stop):
            raise SpecError(
                f"stop is {self.stop!r:.200}, but must be at most 16 strings of 1 to 256 characters."
            )


def _is_stop(text: object) -> bool:
    # a lone surrogate is no character, and no program can hold it
    return (
        isinstance(text, str) and 1 <= len(text) <= 256 and not any("\ud800" <= c <= "\udfff" for c in text)
    )


@dataclass(frozen=True)
class Draft:
    """What a compiler decides about a program."""

    pseudo_program: str
    """The discrete part."""
    prefix: KvPrefix | None
    """The continuous part that the interpreter attends to."""
    recipe: Mapping[str, Scalar]
    """How they were made."""
    lora: Lora | None = None
    """The continuous part that changes the interpreter's linear layers."""
    vision: VisionSection | None = None
    """What its inputs' pictures are read through; None for inputs of text."""


class Compiler(Protocol):
    """Spec -> Program."""

    def compile(self, spec: Spec, interpreter: Engine, options: CompileOptions) -> Program:
        """Write a program for `interpreter` that does what `spec` says.

        Raises:
            SpecError: the spec does not fit into the models' context.
            ModelError: a model that the compiler needs cannot be used.
        """


def assemble(
    spec: Spec, draft: Draft, interpreter: Engine, options: CompileOptions, compiler: CompilerSection
) -> Program:
    """Put a program together.

    Raises:
        SpecError: the pseudo-program leaves no room for inputs in the interpreter's context.
    """
    _check_room(draft, interpreter, options)
    if len(interpreter.model.recipe.name) > MAX_NAME:
        raise SpecError(
            f"the interpreter's name has {len(interpreter.model.recipe.name)} characters, but a program can name it in "
            f"at most {MAX_NAME}; use a shorter path."
        )
    layers, kv_heads, head_dim = interpreter.config.kv_shape
    source = interpreter.model.recipe
    behaviour = Behaviour(
        spec=spec_section(spec),
        pseudo_program=draft.pseudo_program,
        template=DEFAULT_TEMPLATE,
        interpreter=InterpreterSection(
            name=source.name, digest=source.digest, layers=layers, kv_heads=kv_heads, head_dim=head_dim
        ),
        compiler=compiler,
        seed=options.seed,
        recipe=draft.recipe,
        generation=GenerationSection(max_new_tokens=options.max_new_tokens, stop=options.stop),
        prefix=PrefixSection(
            slots=0 if draft.prefix is None else draft.prefix.slots,
            storage="f16" if draft.prefix is None else draft.prefix.storage,
        ),
        lora=LoraSection(rank=0)
        if draft.lora is None
        else LoraSection(rank=draft.lora.rank, modules=draft.lora.modules),
        vision=draft.vision,
    )
    return Program(behaviour=behaviour, record=_record(), prefix=draft.prefix, lora=draft.lora)


def spec_section(spec: Spec) -> SpecSection:
    """A spec as a program records it: of pictures, place, digest and size."""
    pictures = tuple(
        PictureSection(
            at=place, digest=image.digest, width=image.pixels.shape[1], height=image.pixels.shape[0]
        )
        for place, image in spec.pictures
    )
    return SpecSection(text=spec.text, examples=spec.examples, pictures=pictures)


def _check_room(draft: Draft, interpreter: Engine, options: CompileOptions) -> None:
    template = get_template(DEFAULT_TEMPLATE)
    # with the marks of the turns, which take more than the text where there are many examples
    tokens = len(template.program_ids(interpreter.tokenizer, interpreter.chat, draft.pseudo_program))
    taken = tokens + (0 if draft.prefix is None else draft.prefix.slots) + options.max_new_tokens
    # A quarter of the context stays free for inputs and the marks around them.
    room = interpreter.config.context_length * 3 // 4
    if taken > room:
        raise SpecError(
            f"the pseudo-program's {tokens} tokens, the slots and max_new_tokens take {taken} positions; at "
            f"most {room} of the interpreter's {interpreter.config.context_length} may be taken. Shorten the "
            "spec or its examples."
        )


def _record() -> Record:
    from datetime import UTC, datetime
    from importlib.metadata import version

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Record(created_at=now, package_version=version("programasweights"))
