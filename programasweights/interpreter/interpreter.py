"""Runs programs on the fixed interpreter model: Program, inputs -> outputs (PAW, the interpreter).

A program is evaluated once, slots and pseudo-program together; a call then only pays for its own input and
output. Leaves out how programs come to be, and how outputs are typed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from programasweights.errors import ContextLengthError, InputError, InterpreterMismatchError, ProgramError
from programasweights.interpreter.template import Template, get_template
from programasweights.lm.decoding import Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvState
from programasweights.lm.lora import PackedLora, module_sizes, pack_lora
from programasweights.program import Program

__all__ = ["Interpreter", "PreparedProgram"]

_GREEDY = Sampling()
F64 = npt.NDArray[np.float64]

_PIECE = 512
"""Tokens read in one pass, which bounds memory."""


@dataclass(frozen=True, eq=False)
class PreparedProgram:
    """A program whose slots and pseudo-program have been evaluated."""

    program: Program
    """The program itself."""
    state: KvState
    """KV of the P positions before the input."""
    lora: PackedLora | None
    """The program's LoRA, as the engine takes it."""
    template: Template
    """Where the input goes."""
    stop: Callable[[Sequence[int]], bool] | None
    """The program's stop rule over token ids."""

    @property
    def nbytes(self) -> int:
        """Bytes that the program takes beside the shared weights."""
        return self.state.nbytes + (0 if self.lora is None else self.lora.nbytes)


class Interpreter:
    """A base model as the machine that programs run on. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        """Wrap an engine; the weights are shared with whoever else uses it."""
        self.engine = engine

    def prepare(self, program: Program) -> PreparedProgram:
        """Evaluate a program's fixed part.

        Raises:
            InterpreterMismatchError: the program was compiled for other weights.
            ProgramError: its template is unknown or it does not fit into the context.
        """
        self._check_weights(program)
        template = get_template(program.behaviour.template)
        engine = self.engine
        ids = template.program_ids(engine.tokenizer, engine.chat, program.behaviour.pseudo_program)
        slots = None if program.prefix is None else KvState(program.prefix.keys, program.prefix.values)
        positions = len(ids) + program.behaviour.prefix.slots
        if positions >= engine.config.context_length:
            raise ProgramError(
                f"the program takes {positions} positions, but the interpreter has only "
                f"{engine.config.context_length}. Compile it from a shorter spec."
            )
        stop = _stop_rule(engine, program.behaviour.generation.stop)
        lora = None if program.lora is None else pack_lora(engine.config, program.lora.parts)
        return PreparedProgram(program, engine.extend_state(slots, ids, lora=lora), lora, template, stop)

    def run(
        self, prepared: PreparedProgram, inputs: Sequence[str], *, sampling: Sampling = _GREEDY
    ) -> list[str]:
        """The outputs for `inputs`, in order. An output does not depend on the other inputs.

        Raises:
            InputError: an input is not text.
            ContextLengthError: an input is too long for the context.
        """
        outputs = [""] * len(inputs)
        for index, output in self.stream(prepared, inputs, sampling=sampling):
            outputs[index] = output
        return outputs

    def run_mixed(self, calls: Sequence[tuple[PreparedProgram, str]]) -> list[str]:
        """The outputs of calls of different programs, in order; raises as `run` does.

        An output is the same as when called alone; many calls together take less time.
        """
        requests = [self.request(prepared, text, number) for number, (prepared, text) in enumerate(calls)]
        outputs = [""] * len(calls)
        for index, completion in complete(self.engine, requests):
            outputs[index] = self.text(calls[index][0], completion.ids)
        return outputs

    def stream(
        self, prepared: PreparedProgram, inputs: Sequence[str], *, sampling: Sampling = _GREEDY
    ) -> Iterator[tuple[int, str]]:
        """Yield (index of the input, output) as each one is done; raises as `run` does, before the first."""
        requests = [
            replace(self.request(prepared, text, number), sampling=sampling)
            for number, text in enumerate(inputs)
        ]
        for index, completion in complete(self.engine, requests):
            yield index, self.text(prepared, completion.ids)

    def request(self, prepared: PreparedProgram, text: str, number: int = 0) -> Request:
        """What the engine is asked to complete for one input, which errors call by its number; raises as `run`."""
        engine = self.engine
        _check_input(number, text)
        ids = prepared.template.input_ids(engine.tokenizer, engine.chat, text)
        request = Request(
            ids=ids,
            max_new_tokens=prepared.program.behaviour.generation.max_new_tokens,
            state=prepared.state,
            stop=prepared.stop,
            lora=prepared.lora,
        )
        if request.positions > engine.config.context_length:
            raise ContextLengthError(
                f"input {number} has {len(ids)} tokens; with the program's {prepared.state.positions} and "
                f"max_new_tokens = {request.max_new_tokens} that makes {request.positions}, but the "
                f"interpreter's context holds {engine.config.context_length}. Shorten or split the input."
            )
        return request

    def text(self, prepared: PreparedProgram, ids: Sequence[int]) -> str:
        """The output that generated tokens stand for; those of an unfinished call give its beginning."""
        text = self.engine.tokenizer.decode(ids).lstrip()
        for stop in prepared.program.behaviour.generation.stop:
            text = text.split(stop, 1)[0]
        return text.rstrip()

    def read(self, prepared: PreparedProgram, text: str, answer: Sequence[int]) -> F64:
        """(L, V) log-probabilities of every token at each place of an answer of L tokens.

        Raises:
            InputError: the input is not text.
            ContextLengthError: input and answer are too long for the context.
        """
        engine = self.engine
        request = self.request(prepared, text)
        ids = [*request.ids, *answer[:-1]]
        positions = prepared.state.positions + len(ids)
        if positions > engine.config.context_length:
            raise ContextLengthError(
                f"program, input and output have {positions} tokens, but the interpreter's context holds "
                f"{engine.config.context_length}. Shorten the example."
            )
        before = (len(request.ids) - 1) // _PIECE * _PIECE
        with engine.borrow_cache(1, positions) as cache:
            cache.load(0, prepared.state)
            if before:
                engine.prefill(cache, ids[:before], lora=prepared.lora)
            places = range(len(request.ids) - 1 - before, len(ids) - before)
            embeddings = engine.embed(ids[before:])[None]
            logits = engine.forward(cache, embeddings, lora=prepared.lora, logits_at=places)[0]
        shifted: F64 = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
        totals: F64 = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        return np.asarray(shifted - totals)

    def _check_weights(self, program: Program) -> None:
        wanted, found = program.behaviour.interpreter, self.engine.model.recipe
        if wanted.digest != found.digest:
            raise InterpreterMismatchError(
                f"the program was compiled for {wanted.name} with weights {wanted.digest[:12]}, but the "
                f"interpreter at hand is {found.name} with weights {found.digest[:12]}. Use the "
                "interpreter that the program names, or compile the spec for this one."
            )
        shape = (wanted.layers, wanted.kv_heads, wanted.head_dim)
        if shape != self.engine.config.kv_shape:
            raise InterpreterMismatchError(
                f"the program states (layers, KV heads, head size) {shape}, but the interpreter has "
                f"{self.engine.config.kv_shape}; the program is damaged."
            )
        sizes = module_sizes(self.engine.config)
        for module, stated in program.behaviour.lora.modules.items():
            if sizes.get(module) != stated:
                raise InterpreterMismatchError(
                    f"the program's LoRA changes {module} of (outputs, inputs) {stated}, but the interpreter has "
                    f"{sizes.get(module, 'no such linear layer')}; the program is damaged."
                )


def _check_input(number: int, text: object) -> None:
    if not isinstance(text, str):
        raise InputError(
            f"input {number} is a {type(text).__name__}, but must be a string. Convert it first."
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"input {number} is not valid Unicode text: {error.reason} at {error.start}."
        ) from None


def _stop_rule(engine: Engine, stops: Sequence[str]) -> Callable[[Sequence[int]], bool] | None:
    if not stops:
        return None

    def reached(ids: Sequence[int]) -> bool:
        text = engine.tokenizer.decode(ids).lstrip()
        return any(stop in text for stop in stops)

    return reached
