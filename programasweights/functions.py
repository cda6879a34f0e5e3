"""A program that can be called: f(x), f.map, f.dump."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from programasweights.checks.cases import Cases
from programasweights.checks.report import TestReport
from programasweights.checks.running import run_cases
from programasweights.composition import Composable
from programasweights.debugging import Trace, free_subject, traced
from programasweights.inputs import Given
from programasweights.interpreter import Interpreter, PreparedProgram
from programasweights.lm.decoding import Sampling
from programasweights.program import Program, save, to_bytes
from programasweights.records import Gatherer, Progress, ResultCache, Work, map_in_threads, mapped
from programasweights.settings import Precision

__all__ = ["Explanation", "Function"]


@dataclass(frozen=True)
class Explanation:
    """What a function holds. `str()` of it is a readable page."""

    id: str
    """Program id."""
    spec: str
    """The task, as the user put it."""
    examples: tuple[tuple[str, str], ...]
    """The user's (input, output) pairs."""
    pseudo_program: str
    """The discrete part."""
    pseudo_program_tokens: int
    """Its length in tokens."""
    slots: int
    """M, slots of the KV prefix."""
    prefix_storage: str
    """`f16` or `int8`."""
    lora_rank: int
    """R, rank of the LoRA; 0 without one."""
    lora_modules: tuple[str, ...]
    """Linear layers that it changes."""
    file_bytes: int
    """Size of the `.paw` file."""
    memory_bytes: int
    """Memory that the evaluated program takes beside the shared weights."""
    interpreter: str
    """Name and weights of the model it runs on."""
    compiler: str
    """Name and checkpoint of the compiler."""
    recipe: dict[str, object]
    """How the parts were made."""
    seed: int
    """Seed of the compile."""
    max_new_tokens: int
    """Most tokens of an output."""
    stop: tuple[str, ...]
    """Texts that end an output."""
    created_at: str | None
    """When it was compiled, UTC."""
    scores: dict[str, float]
    """Measured scores, if there are any."""

    def __str__(self) -> str:
        facts = {
            "id": self.id,
            "size": f"{self.file_bytes:,} bytes on disk, {self.memory_bytes:,} in memory",
            "KV prefix": f"{self.slots} slots ({self.prefix_storage})" if self.slots else "none",
            "LoRA": _lora_in_words(self.lora_rank, self.lora_modules),
            "pseudo-program": f"{self.pseudo_program_tokens} tokens",
            "interpreter": self.interpreter,
            "compiler": self.compiler,
            "recipe": "; ".join(f"{k} = {v}" for k, v in self.recipe.items()),
            "seed": self.seed,
            "output": f"at most {self.max_new_tokens} tokens"
            + (f", stops at {self.stop}" if self.stop else ""),
            "compiled": self.created_at or "unknown",
            "scores": ", ".join(f"{k} {v:g}" for k, v in self.scores.items()) or "none",
        }
        lines = [f"{name + ':':<16}{value}" for name, value in facts.items()]
        pairs = [f"{given!r} => {wanted!r}" for given, wanted in self.examples]
        return "\n".join([*lines, "", "Spec", self.spec, *pairs, "", "Pseudo-program", self.pseudo_program])


def _lora_in_words(rank: int, modules: tuple[str, ...]) -> str:
    names = ", ".join(name.rpartition(".")[2] for name in modules)
    return f"rank {rank} on {names}" if rank else "none"


class Function(Composable):
    """A program bound to an interpreter. Safe to call from several threads."""

    def __init__(self, program: Program, interpreter: Interpreter) -> None:
        """Bind and evaluate the program.

        Raises:
            ProgramError: the program cannot run on this interpreter.
        """
        self.program = program
        self._interpreter = interpreter
        self._prepared = interpreter.prepare(program)

    @property
    def id(self) -> str:
        """The program's id: sha256 of all that decides its behaviour."""
        return self.program.id

    @property
    def interpreter(self) -> Interpreter:
        """What the program runs on."""
        return self._interpreter

    @property
    def prepared(self) -> PreparedProgram:
        """The program as the interpreter has evaluated it."""
        return self._prepared

    def __call__(self, text: Given) -> str:
        """The output for one input: a text, or, for a program that takes them, a picture or texts and pictures.

        Raises:
            InputError: the input is not text, or holds pictures that the program does not take.
            ContextLengthError: the input is too long for the interpreter's context.
        """
        return self._interpreter.run(self._prepared, [text])[0]

    def map(
        self,
        texts: Iterable[Given],
        *,
        progress: Progress = False,
        cache: str | Path | ResultCache | None = None,
    ) -> list[str]:
        """The outputs for many inputs, in order: each the same as when called alone, but sooner.

        Args:
            texts: the inputs; equal ones are run once.
            progress: True shows a bar on stderr; a function is called with the rows done and the number of rows.
            cache: a file that keeps outputs between runs and processes, made if need be.

        Raises:
            InputError: an input is not text; nothing is run then.
            ContextLengthError: an input is too long for the interpreter's context; nothing is run then.
            DataError: the cache's file cannot be used.
        """
        rows = mapped(self._work, texts, progress=progress, cache=cache, whole=True)
        return [output for _, output in rows]

    def imap(
        self,
        texts: Iterable[Given],
        *,
        progress: Progress = False,
        cache: str | Path | ResultCache | None = None,
    ) -> Iterator[str]:
        """As `map`, for any number of inputs: gives outputs as they come, reads a few thousand inputs ahead.

        An input that cannot be run raises when its turn comes. Of a great many inputs, equal ones that stand far apart
        may be run again.
        """
        rows = mapped(self._work, texts, progress=progress, cache=cache)
        return (output for _, output in rows)

    async def acall(self, text: Given) -> str:
        """The output for one input, as a call gives it; calls that wait at the same time are run together."""
        return await self._gatherer.call(text)

    async def amap(
        self,
        texts: Iterable[Given],
        *,
        progress: Progress = False,
        cache: str | Path | ResultCache | None = None,
    ) -> list[str]:
        """As `map`, in a thread."""
        rows = mapped(self._work, texts, progress=progress, cache=cache, whole=True)
        return await map_in_threads(output for _, output in rows)

    def sample(self, texts: Iterable[Given], *, seed: int, temperature: float = 1.0) -> list[str]:
        """Outputs that are drawn at a temperature; the same seed gives the same, whatever the other inputs are.

        Raises:
            InputError: an input is not text.
            ContextLengthError: an input is too long for the interpreter's context.
        """
        drawn = Sampling(temperature=temperature, seed=seed)
        return self._interpreter.run(self._prepared, list(texts), sampling=drawn)

    def test(self, cases: Cases) -> TestReport:
        """Run cases, (input, expected) pairs or `Case` records, and say which passed; see docs/testing.md.

        Raises:
            DataError: there are no cases, or one is not usable.
        """
        return run_cases(self, cases)

    def trace(self, text: str, *, passes: int = 160) -> Trace:
        """Why it says what it says to one input: token probabilities, what mattered, the nearest input that changes it.

        Args:
            text: the input.
            passes: most forward passes to spend, 32 or more; see docs/debugging.md.

        Raises:
            InputError: the input is not text.
            ContextLengthError: the input is too long for the interpreter's context.
            SpecError: the budget is not usable.
        """
        return traced(free_subject(self._interpreter, self._prepared), text, passes=passes)

    def dump(self, path: str | Path) -> Path:
        """Write the program to a `.paw` file, replacing it if it exists; returns the path."""
        save(self.program, Path(path))
        return Path(path)

    def explain(self) -> Explanation:
        """What the function holds, and how large it is."""
        behaviour, record = self.program.behaviour, self.program.record
        tokenizer = self._interpreter.engine.tokenizer
        compiler = behaviour.compiler
        return Explanation(
            id=self.id,
            spec=behaviour.spec.text,
            examples=behaviour.spec.examples,
            pseudo_program=behaviour.pseudo_program,
            pseudo_program_tokens=len(tokenizer.text_ids(behaviour.pseudo_program)),
            slots=behaviour.prefix.slots,
            prefix_storage=behaviour.prefix.storage,
            lora_rank=behaviour.lora.rank,
            lora_modules=tuple(behaviour.lora.modules),
            file_bytes=len(to_bytes(self.program)),
            memory_bytes=self._prepared.nbytes,
            interpreter=f"{behaviour.interpreter.name} ({behaviour.interpreter.digest[:12]})",
            compiler=compiler.name + (f" ({compiler.checkpoint[:12]})" if compiler.checkpoint else ""),
            recipe=dict(behaviour.recipe),
            seed=behaviour.seed,
            max_new_tokens=behaviour.generation.max_new_tokens,
            stop=behaviour.generation.stop,
            created_at=record.created_at,
            scores=dict(record.scores),
        )

    def __deepcopy__(self, _memo: object) -> "Function":
        """The function itself: nothing about it changes."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """The program and the name of what it runs on, which another process loads anew."""
        recipe = self._interpreter.engine.model.recipe
        return _bound, (self.program, recipe.name, recipe.precision)

    @cached_property
    def _work(self) -> Work[str]:
        interpreter, prepared = self._interpreter, self._prepared
        return Work(
            run=partial(interpreter.run, prepared),
            check=partial(interpreter.check, prepared),
            scope=f"{self.id} {interpreter.engine.model.recipe.key}",
        )

    @cached_property
    def _gatherer(self) -> Gatherer[str]:
        return Gatherer(self.map)

    def __repr__(self) -> str:
        return f"<Function {self.id[:12]}: {self.program.behaviour.spec.text[:60]!r}>"


def _bound(program: Program, interpreter: str, precision: Precision) -> Function:
    from programasweights.lm.loader import load_engine

    return Function(program, Interpreter(load_engine(interpreter, precision=precision)))
