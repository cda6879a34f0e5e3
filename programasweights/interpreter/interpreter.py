"""Runs programs on the fixed interpreter model: Program, inputs -> outputs (PAW, the interpreter).

A program is evaluated once, slots and pseudo-program together; a call then only pays for its own input and
output. Leaves out how programs come to be, and how outputs are typed.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from programasweights.errors import ContextLengthError, InputError, InterpreterMismatchError, ProgramError
from programasweights.inputs import Given, mixed_input, pieces
from programasweights.interpreter.pictures import PictureReader
from programasweights.interpreter.template import Template, get_template
from programasweights.lm.decoding import Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvState
from programasweights.lm.lora import PackedLora, module_sizes, pack_lora
from programasweights.program import Program, VisionSection

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
        self._lock = threading.Lock()
        self._readers: dict[VisionSection, PictureReader] = {}

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
        self, prepared: PreparedProgram, inputs: Sequence[Given], *, sampling: Sampling = _GREEDY
    ) -> list[str]:
        """The outputs for `inputs`, in order. An output does not depend on the other inputs.

        Raises:
            InputError: an input is neither text nor, where the program takes them, texts and pictures.
            ContextLengthError: an input is too long for the context.
            ModelError: what reads the pictures cannot be found.
        """
        outputs = [""] * len(inputs)
        for index, output in self.stream(prepared, inputs, sampling=sampling):
            outputs[index] = output
        return outputs

    def run_mixed(self, calls: Sequence[tuple[PreparedProgram, Given]]) -> list[str]:
        """The outputs of calls of different programs, in order; raises as `run` does.

        An output is the same as when called alone; many calls together take less time.
        """
        requests = [self.request(prepared, given, number) for number, (prepared, given) in enumerate(calls)]
        outputs = [""] * len(calls)
        for index, completion in complete(self.engine, requests):
            outputs[index] = self.text(calls[index][0], completion.ids)
        return outputs

    def stream(
        self, prepared: PreparedProgram, inputs: Sequence[Given], *, sampling: Sampling = _GREEDY
    ) -> Iterator[tuple[int, str]]:
        """Yield (index of the input, output) as each one is done; raises as `run` does, before the first."""
        requests = [
            replace(self.request(prepared, given, number), sampling=sampling)
            for number, given in enumerate(inputs)
        ]
        for index, completion in complete(self.engine, requests):
            yield index, self.text(prepared, completion.ids)

    def request(self, prepared: PreparedProgram, given: Given, number: int = 0) -> Request:
        """What the engine is asked to complete for one input, which errors call by its number; raises as `run`."""
        request = self.check(prepared, given, number)
        text, pictures = mixed_input(given, number)
        if not pictures:
            return request
        reader, tokenizer = self._reader(prepared), self.engine.tokenizer
        parts = [
            self.engine.embed(tokenizer.text_ids(piece)) if isinstance(piece, str) else reader(piece)
            for piece in pieces(text, pictures)
        ]
        after = prepared.template.input_ids(tokenizer, self.engine.chat, "")
        return replace(request, embeddings=np.concatenate([*parts, self.engine.embed(after)]))

    def check(self, prepared: PreparedProgram, given: Given, number: int = 0) -> Request:
        """The request for one input but for the embeddings of its pictures, which take time; raises as `run`."""
        engine = self.engine
        text, pictures = mixed_input(given, number)
        ids: list[int] = []
        for piece in pieces(text, pictures):
            if isinstance(piece, str):
                ids += engine.tokenizer.text_ids(piece)
            else:
                ids += [0] * self._reader(prepared, number).positions
        ids += prepared.template.input_ids(engine.tokenizer, engine.chat, "")
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

    def read(self, prepared: PreparedProgram, given: Given, answer: Sequence[int]) -> F64:
        """(L, V) log-probabilities of every token at each place of an answer of L tokens.

        Raises:
            InputError: the input is not text.
            ContextLengthError: input and answer are too long for the context.
        """
        engine = self.engine
        request = self.request(prepared, given)
        count = len(request.ids) + max(len(answer) - 1, 0)
        positions = prepared.state.positions + count
        if positions > engine.config.context_length:
            raise ContextLengthError(
                f"program, input and output have {positions} tokens, but the interpreter's context holds "
                f"{engine.config.context_length}. Shorten the example."
            )
        before = (len(request.ids) - 1) // _PIECE * _PIECE
        with engine.borrow_cache(1, positions) as cache:
            cache.load(0, prepared.state)
            if before:
                engine.prefill(cache, request.prompt[:before], lora=prepared.lora)
            places = range(len(request.ids) - 1 - before, count - before)
            parts = [engine.embedded(part) for part in (request.prompt[before:], answer[:-1]) if len(part)]
            logits = engine.forward(cache, np.concatenate(parts)[None], lora=prepared.lora, logits_at=places)[
                0
            ]
        shifted: F64 = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
        totals: F64 = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        return np.asarray(shifted - totals)

    def _reader(self, prepared: PreparedProgram, number: int = 0) -> PictureReader:
        """What reads pictures in a program's inputs, loaded on first use."""
        vision = prepared.program.behaviour.vision
        if vision is None:
            raise InputError(
                f"input {number} holds a picture, but the program takes text only. Compile it with a picture "
                "checkpoint that was trained for pictures in inputs."
            )
        with self._lock:
            if vision not in self._readers:
                self._readers[vision] = PictureReader(vision, self.engine.config.hidden_size)
            return self._readers[vision]

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


def _stop_rule(engine: Engine, stops: Sequence[str]) -> Callable[[Sequence[int]], bool] | None:
    if not stops:
        return None

    def reached(ids: Sequence[int]) -> bool:
        text = engine.tokenizer.decode(ids).lstrip()
        return any(stop in text for stop in stops)

    return reached
