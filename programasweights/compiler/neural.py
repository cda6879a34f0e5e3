"""The `neural` compiler: reads the spec once and writes the continuous part of a program (PAW).

    open SPEC [close PSEUDO-PROGRAM end] | prefix tokens      the compiler's context
                                           KV at these positions -> unrotate -> map -> rotate to slots 1..M-1
                                           last hidden states -> shares of learned matrices -> a LoRA

A spec may hold pictures if the checkpoint reads them (`pictures.py`): their embeddings stand among those of the text.

Slot 0 holds the KV of the interpreter's usual first token, the attention sink. Without a checkpoint the
compiler is the base model itself: the map is the identity and the prefix tokens are ordinary words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from programasweights.compiler.base import CompileOptions, Draft, assemble
from programasweights.compiler.checkpoint import Checkpoint, CheckpointConfig
from programasweights.compiler.kv_map import map_slots
from programasweights.compiler.lora_basis import LoraBasis, mix_lora
from programasweights.compiler.pictures import inputs_section, read_pictures
from programasweights.compiler.prompted import (
    MAX_PSEUDO_PROGRAM_TOKENS,
    WrittenProgram,
    write_pseudo_program,
)
from programasweights.compiler.rotation import rotate_keys
from programasweights.errors import CheckpointError, SpecError
from programasweights.lm.decoding import Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvCache
from programasweights.lm.loader import load_engine, model_digest
from programasweights.lm.lora import module_sizes
from programasweights.lm.tokenizer import Tokenizer
from programasweights.program import CompilerSection, KvPrefix, Lora, Program
from programasweights.spec import Spec

__all__ = [
    "NeuralCompiler",
    "Reading",
    "compiler_ids",
    "generate_pseudo_programs",
    "read_prefix",
    "spec_ids",
    "start_ids",
    "untrained",
    "write_slots",
]

F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]

DEFAULT_SLOTS = 64
_LARGEST = float(np.finfo(np.float16).max)
_START_WORDS = " In other words, this is what has to be done with each input that follows, and nothing else:"


@dataclass(frozen=True)
class NeuralCompiler:
    """Spec -> KV prefix and pseudo-program, by a trained checkpoint or by the identity start."""

    checkpoint: Checkpoint | None = None
    """None for the identity start on the interpreter's own base model."""
    tell: Callable[[Spec], str] | None = None
    """Says what is in a spec's pictures, in place of what the compiler would write: for measuring what its misreadings
    cost."""

    def compile(self, spec: Spec, interpreter: Engine, options: CompileOptions) -> Program:
        """Write a program for `interpreter`."""
        checkpoint = self.checkpoint or untrained(interpreter)
        if checkpoint.pictures is None:
            spec = spec.text_only("this compiler")
        engine = self.engine(checkpoint, interpreter)
        if checkpoint.pictures is not None and spec.pictures:
            told = None if self.tell is None else self.tell(spec)
            read, written = read_pictures(checkpoint, engine, spec, options.seed, told=told)
        else:
            written = self._discrete(checkpoint, engine, spec, interpreter, options.seed)
            read = engine.embed(compiler_ids(engine, spec, written.text))
        recipe = {
            "pseudo_program": written.source,
            "continuous": "identity start" if self.checkpoint is None else checkpoint.config.continuous,
            "kv_map": checkpoint.config.kv_map,
        }
        prefix, lora = None, None
        if checkpoint.config.continuous != "none":
            reading = read_prefix(checkpoint, engine, interpreter, read)
            prefix = _prefix(checkpoint, reading, interpreter, options)
            lora = _lora(checkpoint, reading)
        section = CompilerSection(name="neural", checkpoint=checkpoint.digest)
        vision = None if checkpoint.pictures is None else inputs_section(checkpoint.pictures, interpreter)
        draft = Draft(written.text, prefix, recipe, lora, vision)
        return assemble(spec, draft, interpreter, options, section)

    def engine(self, checkpoint: Checkpoint, interpreter: Engine) -> Engine:
        """The engine that reads the spec: the base model with the checkpoint's LoRA merged in.

        Raises:
            CheckpointError: the checkpoint is for another interpreter, or was trained on another base model.
            ModelError: the base model cannot be loaded.
        """
        config = checkpoint.config
        if config.interpreter_digest != interpreter.model.recipe.digest:
            raise CheckpointError(
                f"the compiler checkpoint writes programs for an interpreter with weights "
                f"{config.interpreter_digest[:12]}, not {interpreter.model.recipe.digest[:12]}. Name the "
                "interpreter that it was trained for."
            )
        if config.base_digest == config.interpreter_digest and not checkpoint.lora:
            return interpreter
        if model_digest(config.base) != config.base_digest:
            raise CheckpointError(
                f"the compiler checkpoint was trained on {config.base} with weights {config.base_digest[:12]}, but "
                f"{config.base} is {model_digest(config.base)[:12]} here. Get the weights it was trained on."
            )
        precision = interpreter.model.recipe.precision
        return load_engine(
            config.base, precision=precision, adapter=checkpoint.lora_digest, deltas=checkpoint.lora
        )

    def _discrete(
        self, checkpoint: Checkpoint, engine: Engine, spec: Spec, interpreter: Engine, seed: int
    ) -> WrittenProgram:
        if checkpoint.config.discrete == "written":
            return write_pseudo_program(spec, interpreter, seed)
        if checkpoint.config.discrete == "generated" and checkpoint.pictures is None:
            return generate_pseudo_programs(engine, [spec], [seed])[0]
        return WrittenProgram(
            spec.as_text(), "spec: the compiler puts what it learned into the continuous part"
        )


def generate_pseudo_programs(
    engine: Engine, specs: Sequence[Spec], seeds: Sequence[int]
) -> list[WrittenProgram]:
    """Let a compiler that was trained to do so write a pseudo-program for each spec; seed 0 is greedy.

    Raises:
        SpecError: a spec does not fit into the compiler's context.
    """
    requests = []
    for spec, seed in zip(specs, seeds, strict=True):
        ids = spec_ids(engine, spec, discrete_follows=True)
        sampling = Sampling() if seed == 0 else Sampling(temperature=1.0, top_p=0.95, seed=seed)
        request = Request(ids, MAX_PSEUDO_PROGRAM_TOKENS, sampling=sampling)
        if request.positions > engine.config.context_length:
            raise SpecError(
                f"the spec takes {len(ids)} tokens, but the compiler reads at most "
                f"{engine.config.context_length - MAX_PSEUDO_PROGRAM_TOKENS}. Shorten the spec or its examples."
            )
        requests.append(request)
    found: dict[int, WrittenProgram] = {}
    for index, completion in complete(engine, requests):
        text = engine.tokenizer.decode(completion.ids).strip()
        if completion.finish_reason == "end" and text:
            found[index] = WrittenProgram(text, "generated")
        else:
            reason = f"the compiler did not finish within {MAX_PSEUDO_PROGRAM_TOKENS} tokens"
            found[index] = WrittenProgram(specs[index].as_text(), f"spec: {reason}")
    return [found[index] for index in range(len(specs))]


def compiler_ids(engine: Engine, spec: Spec, pseudo_program: str) -> list[int]:
    """What the compiler reads before its prefix tokens: the spec, and the pseudo-program if it is another text."""
    if pseudo_program == spec.as_text():
        return spec_ids(engine, spec)
    ids = spec_ids(engine, spec, discrete_follows=True) + engine.tokenizer.text_ids(pseudo_program)
    return [*ids, engine.chat.end_id(engine.tokenizer, engine.end_ids)]


def spec_ids(engine: Engine, spec: Spec, *, discrete_follows: bool = False) -> list[int]:
    """The spec as the compiler reads it, up to where it writes the discrete program."""
    tokenizer, chat = engine.tokenizer, engine.chat
    ids = tokenizer.template_ids(chat.begin + chat.open) + tokenizer.text_ids(spec.as_text())
    return ids + tokenizer.template_ids(chat.close) if discrete_follows else ids


@dataclass(frozen=True)
class Reading:
    """What the compiler's pass leaves at its M - 1 prefix tokens."""

    keys: F64
    """(N_c, H_c, M - 1, D_c), unrotated."""
    values: F64
    """(N_c, H_c, M - 1, D_c)."""
    states: npt.NDArray[np.float32]
    """(M - 1, hidden) last hidden states."""


def read_prefix(checkpoint: Checkpoint, engine: Engine, interpreter: Engine, read: F32) -> Reading:
    """Run the compiler once over what it reads, and its prefix tokens.

    Args:
        checkpoint: prefix tokens, KV map, LoRA basis.
        engine: the compiler's model.
        interpreter: the model that the program is for.
        read: (S, hidden) embeddings of what the compiler reads first.

    Raises:
        SpecError: S positions and the prefix tokens do not fit into the compiler's context.
        CheckpointError: the checkpoint's sizes are not those of the models.
    """
    _check_sizes(checkpoint, engine, interpreter)
    start, count = len(read), checkpoint.prefix_tokens.shape[0]
    if start + count > engine.config.context_length:
        raise SpecError(
            f"the spec takes {start} positions, but the compiler reads at most "
            f"{engine.config.context_length - count}. Shorten the spec, or give fewer examples or pictures."
        )
    cache = KvCache(engine.config, 1, start + count)
    engine.prefill(cache, read)
    states = engine.forward(cache, checkpoint.prefix_tokens[None], logits_at=range(count), output="hidden")
    keys, values = cache.read(0, start, start + count)
    plain = rotate_keys(keys, -np.arange(start, start + count), engine.config.rope_theta)
    return Reading(plain, values.astype(np.float64), states[0])


def write_slots(checkpoint: Checkpoint, reading: Reading, interpreter: Engine) -> tuple[F64, F64]:
    """Turn the compiler's KV at the prefix tokens into slots, behind the attention sink.

    Returns:
        Keys, rotated to positions 0..M-1, and values, each (N, H_kv, M, D).
    """
    mapped_keys, mapped_values = map_slots(
        reading.keys,
        reading.values,
        checkpoint.maps,
        tuple(checkpoint.config.layers),
        interpreter.config.kv_shape,
    )
    places = np.arange(1, reading.keys.shape[2] + 1)
    turned = rotate_keys(mapped_keys, places, interpreter.config.rope_theta)
    sink_keys, sink_values = _sink(interpreter)
    return np.concatenate([sink_keys, turned], axis=2), np.concatenate([sink_values, mapped_values], axis=2)


def _prefix(
    checkpoint: Checkpoint, reading: Reading, interpreter: Engine, options: CompileOptions
) -> KvPrefix | None:
    if checkpoint.config.continuous == "lora":
        return None
    keys, values = write_slots(checkpoint, reading, interpreter)
    return KvPrefix.from_arrays(_half(keys), _half(values), storage=options.storage)


def _lora(checkpoint: Checkpoint, reading: Reading) -> Lora | None:
    if checkpoint.basis is None:
        return None
    parts = mix_lora(checkpoint.basis, reading.states)
    named = {
        f"{module}.{letter}": _half(part)
        for module, pair in parts.items()
        for letter, part in zip("ab", pair, strict=True)
    }
    return Lora(named)


def _sink(interpreter: Engine) -> tuple[F64, F64]:
    """KV of the interpreter's usual first token at position 0, each (N, H_kv, 1, D)."""
    first = interpreter.tokenizer.template_ids(interpreter.chat.begin + interpreter.chat.open)[:1] or [
        min(interpreter.end_ids)
    ]
    cache = KvCache(interpreter.config, 1, 1)
    interpreter.prefill(cache, first)
    keys, values = cache.read(0, 0, 1)
    return keys.astype(np.float64), values.astype(np.float64)


def _check_sizes(checkpoint: Checkpoint, engine: Engine, interpreter: Engine) -> None:
    config, reads, runs = checkpoint.config, engine.config, interpreter.config
    if checkpoint.prefix_tokens.shape[1] != reads.hidden_size:
        raise CheckpointError(
            f"prefix_tokens are {checkpoint.prefix_tokens.shape[1]} wide, the compiler's model is {reads.hidden_size}."
        )
    if len(config.layers) != runs.layers or max(config.layers) >= reads.layers:
        raise CheckpointError(
            f"the checkpoint maps compiler layers {config.layers} to {len(config.layers)} interpreter layers; "
            f"the models have {reads.layers} and {runs.layers}."
        )
    if checkpoint.basis is not None:
        _check_basis(checkpoint.basis, engine, interpreter)
    if config.continuous == "lora":
        return
    found = 2 * reads.kv_heads * reads.head_dim, 2 * runs.kv_heads * runs.head_dim
    if checkpoint.maps is None:
        mapped = {(found[1], found[1])}
    else:
        mapped = {(m.w1.shape[1], m.w2.shape[0]) for m in checkpoint.maps}
    if mapped != {found}:
        raise CheckpointError(
            f"the KV map takes and gives {sorted(mapped)} numbers a slot, but the models {found}."
        )


def _check_basis(basis: LoraBasis, engine: Engine, interpreter: Engine) -> None:
    sizes = module_sizes(interpreter.config)
    found = {name: (part.shape[2], basis.down[name].shape[3]) for name, part in basis.up.items()}
    wrong = [name for name, size in found.items() if sizes.get(name) != size]
    if wrong or basis.norm_scale.shape[0] != engine.config.hidden_size:
        raise CheckpointError(
            f"the checkpoint's LoRA basis reads states of {basis.norm_scale.shape[0]} numbers and changes linear "
            f"layers of (outputs, inputs) {found}; the models have {engine.config.hidden_size} and {sizes}."
        )


def _half(array: F64) -> npt.NDArray[np.float16]:
    """Round to float16; the clip keeps a stray outlier finite."""
    return np.clip(array, -_LARGEST, _LARGEST).astype(np.float16)


def untrained(interpreter: Engine, *, slots: int = DEFAULT_SLOTS) -> Checkpoint:
    """The identity start: the interpreter's own model as compiler, with ordinary words as prefix tokens."""
    digest = interpreter.model.recipe.digest
    config = CheckpointConfig(
        base=interpreter.model.recipe.name,
        base_digest=digest,
        interpreter_digest=digest,
        slots=slots,
        discrete="spec",
        kv_map="identity",
        layers=list(range(interpreter.config.layers)),
    )
    return Checkpoint(
        config, interpreter.embed(start_ids(interpreter.tokenizer, slots)), None, {}, None, None
    )


def start_ids(tokenizer: Tokenizer, slots: int) -> list[int]:
    """Tokens whose embeddings the `slots` - 1 prefix tokens start from."""
    words = tokenizer.text_ids(_START_WORDS)
    return [words[i % len(words)] for i in range(slots - 1)]
