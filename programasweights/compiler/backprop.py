"""The `backprop` compiler: a program written by gradient on the spec's text (programming by backprop).

This is the door; training lives in `training/pbb/writing.py`, is looked up by name and needs torch. A program has a
LoRA, and shows the interpreter nothing of the spec: what it does is in its weights alone. It may be built on a primed
program, one that has learnt to follow what it has read (`paw pbb run`); then it holds the sum of both LoRAs.
"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from programasweights.compiler.base import CompileOptions, Draft, Scalar, assemble
from programasweights.errors import CheckpointError, PawError
from programasweights.lm.engine import Engine
from programasweights.lm.lora import module_sizes
from programasweights.program import CompilerSection, Program, load
from programasweights.spec import Spec

__all__ = ["BackpropCompiler"]


@dataclass(frozen=True)
class BackpropCompiler:
    """Spec -> LoRA by gradient. The same spec, seed and settings give the same program on the same machine."""

    primed: Path | None = None
    """A `.paw` file whose LoRA is built upon; None for the bare interpreter."""
    steps: int = 40
    """Steps of the optimiser: the budget, counted in steps and not in time so that a busy machine changes nothing."""
    rank: int = 8
    """Of the LoRA that is trained."""
    rate: float = 1e-3
    """Learning rate."""

    def compile(self, spec: Spec, interpreter: Engine, options: CompileOptions) -> Program:
        """Write a program for `interpreter`.

        Raises:
            CheckpointError: the primed program cannot be used, or is for another interpreter.
            SpecError: the spec has pictures, or it or an example does not fit into the interpreter's context.
            ModuleNotFoundError: torch or transformers is not installed.
        """
        spec = spec.text_only("the compiler by gradient")
        primed = None if self.primed is None else _read_primed(self.primed, interpreter)
        try:
            writing = import_module("programasweights.training.pbb.writing")
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                f"the compiler backprop needs {error.name}: pip install 'programasweights[train]'",
                name=error.name,
            ) from None
        written = writing.write_lora(
            spec,
            interpreter,
            task="",
            steps=self.steps,
            rank=self.rank,
            rate=self.rate,
            seed=options.seed,
            primed=None if primed is None else primed.lora,
        )
        recipe: dict[str, Scalar] = {
            "pseudo_program": "none",
            "steps": self.steps,
            "rank": self.rank,
            "rate": self.rate,
        }
        draft = Draft("", None, recipe, written.lora)
        section = CompilerSection(name="backprop", checkpoint=None if primed is None else primed.id)
        scores = {"text_nll_before": written.documents[0], "text_nll_after": written.documents[1]}
        if written.examples is not None:
            scores |= {"examples_nll_before": written.examples[0], "examples_nll_after": written.examples[1]}
        return assemble(spec, draft, interpreter, options, section).with_scores(scores)


def _read_primed(path: Path, interpreter: Engine) -> Program:
    try:
        program = load(path)
    except (OSError, PawError) as error:
        raise CheckpointError(f"{path} is no primed program: {error}. See docs/pbb.md.") from None
    if program.behaviour.interpreter.digest != interpreter.model.recipe.digest:
        raise CheckpointError(
            f"{path} was trained for {program.behaviour.interpreter.name}, but the interpreter is "
            f"{interpreter.model.recipe.name}; compile for the one that it was trained for."
        )
    if program.lora is None or program.lora.modules != module_sizes(interpreter.config):
        raise CheckpointError(
            f"{path} has no LoRA on every linear layer to build upon; make one with 'paw pbb run' (docs/pbb.md)."
        )
    return program
