"""The `prompted` compiler: the base model, as it comes, writes the pseudo-program from the spec.

It is asked for an instruction and worked examples (PAW, the discrete part of a program). A model this small
often writes something that cannot be used; then the pseudo-program is the spec with its own examples, and
the program's recipe says so. Needs no training, no gradient and no checkpoint.
"""

import re
from dataclasses import dataclass

from programasweights.compiler.base import CompileOptions, Draft, assemble
from programasweights.errors import SpecError
from programasweights.lm.decoding import Completion, Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.program import CompilerSection, Program
from programasweights.spec import Spec

__all__ = ["MAX_PSEUDO_PROGRAM_TOKENS", "PromptedCompiler", "WrittenProgram", "write_pseudo_program"]

MAX_PSEUDO_PROGRAM_TOKENS = 256
"""Most tokens the model may write (PAW: at most 256)."""

_REQUEST = (
    "Here is a task:\n\n{spec}\n\n"
    "State the task again as one clear instruction. Then invent two inputs of the kind the task is about and "
    "give the right output for each. Keep to this form:\n\n"
    "Instruction: what to do\n\nInput: first input\nOutput: its output\n\nInput: second input\nOutput: its output"
)
_OPENING = "Instruction:"
_PAIR = re.compile(r"^Input:(.*?)^Output:(.*?)(?=^Input:|\Z)", re.DOTALL | re.MULTILINE)
_EXPLORING = Sampling(temperature=0.7, top_p=0.9)


@dataclass(frozen=True)
class WrittenProgram:
    """A pseudo-program and where it came from."""

    text: str
    """The pseudo-program."""
    source: str
    """`written`, or `spec: ` and the reason why what was written is not used."""


class PromptedCompiler:
    """Spec -> pseudo-program by prompting; there is no continuous part."""

    def compile(self, spec: Spec, interpreter: Engine, options: CompileOptions) -> Program:
        """Write a program for `interpreter`, which is also the model that writes it."""
        written = write_pseudo_program(spec, interpreter, options.seed)
        draft = Draft(written.text, None, {"pseudo_program": written.source})
        return assemble(spec, draft, interpreter, options, CompilerSection(name="prompted"))


def write_pseudo_program(spec: Spec, engine: Engine, seed: int) -> WrittenProgram:
    """Ask the model for a pseudo-program, and fall back on the spec when the answer is not usable.

    Raises:
        SpecError: the spec does not fit into the model's context.
    """
    tokenizer, chat = engine.tokenizer, engine.chat
    ids = tokenizer.template_ids(chat.begin + chat.open) + tokenizer.text_ids(
        _REQUEST.format(spec=spec.as_text())
    )
    ids += tokenizer.template_ids(chat.close) + tokenizer.text_ids(_OPENING)
    sampling = Sampling() if seed == 0 else Sampling(_EXPLORING.temperature, _EXPLORING.top_p, seed)
    request = Request(ids, MAX_PSEUDO_PROGRAM_TOKENS, sampling=sampling)
    if request.positions > engine.config.context_length:
        raise SpecError(
            f"the spec takes {len(ids)} tokens, but the compiler reads at most "
            f"{engine.config.context_length - MAX_PSEUDO_PROGRAM_TOKENS}. Shorten the spec or its examples."
        )
    [(_, completion)] = complete(engine, [request])
    answer = _OPENING + tokenizer.decode(completion.ids)
    fault = _fault(answer, completion)
    if fault is not None:
        return WrittenProgram(spec.as_text(), f"spec: {fault}")
    return WrittenProgram(_with_examples(answer, spec), "written")


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
    if any(text in _REQUEST for pair in pairs for text in pair):
        return "the model repeated the form"
    return None


def _parse(answer: str) -> tuple[str, list[tuple[str, str]]]:
    head = answer.split("\nInput:", 1)[0]
    pairs = [(given.strip(), wanted.strip()) for given, wanted in _PAIR.findall(answer)]
    return head.removeprefix(_OPENING).strip(), pairs


def _with_examples(answer: str, spec: Spec) -> str:
    """Instruction, then the spec's own examples, which are right, and only without any the invented ones."""
    instruction, invented = _parse(answer)
    return Spec(instruction, spec.examples or tuple(invented)).as_text()
