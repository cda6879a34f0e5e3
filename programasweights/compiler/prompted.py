"""The `prompted` compiler: the base model, as it comes, writes the pseudo-program from the spec.

It is shown two tasks with their pseudo-programs, an instruction and worked examples each (PAW, the discrete
part of a program), and asked for a third. What a model this small writes often cannot be used, above all
because it gives other outputs itself when it follows the spec; then the pseudo-program is the spec with its
own examples, and the program's recipe says so. Needs no training, no gradient and no checkpoint.
"""

import re
from dataclasses import dataclass

from programasweights.compiler.base import CompileOptions, Draft, assemble
from programasweights.errors import ContextLengthError, SpecError
from programasweights.interpreter.template import DEFAULT_TEMPLATE, get_template
from programasweights.lm.decoding import Completion, Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.program import CompilerSection, Program
from programasweights.spec import Spec

__all__ = ["MAX_PSEUDO_PROGRAM_TOKENS", "PromptedCompiler", "WrittenProgram", "write_pseudo_program"]

MAX_PSEUDO_PROGRAM_TOKENS = 256
"""Most tokens the model may write (PAW: at most 256)."""

_SHOWN = (
    (
        "Given the text of a customer's message, decide if the customer wants money back. Answer refund or other.",
        "Read the customer's message and answer refund if it asks for money back, otherwise answer other.\n\n"
        "Input: The kettle broke after two days, I want my 30 euros returned.\nOutput: refund\n\n"
        "Input: Do you also have this shirt in green?\nOutput: other",
    ),
    (
        "Pull the quantity and the unit out of a line of a recipe.",
        "Write the number and the unit that stand in the recipe line, separated by a space.\n\n"
        "Input: Stir in 250 g of flour and a pinch of salt.\nOutput: 250 g\n\n"
        "Input: Add two cups of cold milk.\nOutput: 2 cups",
    ),
)
"""Tasks and the pseudo-programs that suit them, shown to the model as earlier turns."""

_FIRST_INPUT = re.compile(r"^Input:", re.MULTILINE)
_PAIR = re.compile(r"^Input:(.*?)^Output:(.*?)(?=^Input:|\Z)", re.DOTALL | re.MULTILINE)
_EXPLORING = Sampling(temperature=0.7, top_p=0.9)


@dataclass(frozen=True)
class WrittenProgram:
    """A pseudo-program and where it came from."""

    text: str
    """The pseudo-program."""
    source: str
    """`written`, or `spec: ` and the reason why what was written is not used."""


@dataclass(frozen=True)
class PromptedCompiler:
    """Spec -> pseudo-program by prompting; there is no continuous part."""

    writer: str | None = None
    """Base model that writes the pseudo-program; None for the interpreter itself."""

    def compile(self, spec: Spec, interpreter: Engine, options: CompileOptions) -> Program:
        """Write a program for `interpreter`."""
        spec = spec.text_only("the prompted compiler")
        writer = interpreter if self.writer is None else load_engine(self.writer)
        written = write_pseudo_program(spec, writer, options.seed)
        source = writer.model.recipe
        recipe = {"pseudo_program": written.source, "writer": source.name, "writer_digest": source.digest}
        draft = Draft(written.text, None, recipe)
        return assemble(spec, draft, interpreter, options, CompilerSection(name="prompted"))


def write_pseudo_program(spec: Spec, engine: Engine, seed: int) -> WrittenProgram:
    """Ask the model for a pseudo-program, and fall back on the spec when the answer is not usable.

    Raises:
        SpecError: the spec does not fit into the model's context.
    """
    tokenizer, chat = engine.tokenizer, engine.chat
    ids = tokenizer.template_ids(chat.begin)
    for task, program in _SHOWN:
        ids += _turn(engine, task) + tokenizer.text_ids(program) + tokenizer.template_ids(chat.next_turn)
    ids += _turn(engine, spec.as_text())
    sampling = Sampling() if seed == 0 else Sampling(_EXPLORING.temperature, _EXPLORING.top_p, seed)
    request = Request(ids, MAX_PSEUDO_PROGRAM_TOKENS, sampling=sampling)
    if request.positions > engine.config.context_length:
        raise SpecError(
            f"the spec takes {len(ids)} tokens, but the compiler reads at most "
            f"{engine.config.context_length - MAX_PSEUDO_PROGRAM_TOKENS}. Shorten the spec or its examples."
        )
    [(_, completion)] = complete(engine, [request])
    answer = tokenizer.decode(completion.ids).strip()
    fault = _fault(answer, completion) or _contradiction(answer, spec, engine)
    if fault is not None:
        return WrittenProgram(spec.as_text(), f"spec: {fault}")
    return WrittenProgram(_with_examples(answer, spec), "written")


def _turn(engine: Engine, task: str) -> list[int]:
    """A user's turn that gives a task, up to where the answer begins."""
    open_, close = (engine.tokenizer.template_ids(mark) for mark in (engine.chat.open, engine.chat.close))
    return open_ + engine.tokenizer.text_ids(f"Task: {task}") + close


def _fault(answer: str, completion: Completion) -> str | None:
    """Why an answer cannot serve as a pseudo-program, or None if it can."""
    if completion.finish_reason != "end":
        return f"the model did not finish within {MAX_PSEUDO_PROGRAM_TOKENS} tokens"
    instruction, pairs = _parse(answer)
    if not instruction:
        return "the model wrote no instruction"
    if not pairs:
        return "the model wrote no example pair"
    if len({given for given, _ in pairs}) < len(pairs):
        return "the model repeated an example"
    if any(not given or not wanted or given == wanted for given, wanted in pairs):
        return "the model wrote an example that shows nothing"
    if any(given in program for given, _ in pairs for _, program in _SHOWN):
        return "the model repeated what it was shown"
    return None


def _contradiction(answer: str, spec: Spec, engine: Engine) -> str | None:
    """Say so if the model, doing what the spec says, does not get the outputs that it wrote.

    A model that errs about its own examples would teach the interpreter its errors.
    """
    template, tokenizer = get_template(DEFAULT_TEMPLATE), engine.tokenizer
    _, pairs = _parse(answer)
    state = engine.extend_state(None, template.program_ids(tokenizer, engine.chat, spec.as_text()))
    requests = [
        Request(template.input_ids(tokenizer, engine.chat, given), len(tokenizer.text_ids(wanted)) + 2, state)
        for given, wanted in pairs
    ]
    try:
        for index, completion in complete(engine, requests):
            if tokenizer.decode(completion.ids).strip() != pairs[index][1]:
                return "the model contradicts an example that it wrote"
    except ContextLengthError:
        return "there is no room to check an example that the model wrote"
    return None


def _parse(answer: str) -> tuple[str, list[tuple[str, str]]]:
    instruction = _FIRST_INPUT.split(answer, 1)[0]
    pairs = [(given.strip(), wanted.strip()) for given, wanted in _PAIR.findall(answer)]
    return instruction.strip(), pairs


def _with_examples(answer: str, spec: Spec) -> str:
    """Instruction, then the spec's own examples, which are right, and only without any the invented ones."""
    instruction, invented = _parse(answer)
    return Spec(instruction, spec.examples or tuple(invented)).as_text()
