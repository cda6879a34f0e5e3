"""The compiler that is used when none is named: the trained checkpoint in this package, where it fits.

`shipped/` holds it, with a model card. It was trained for one interpreter; programs for any other are prompted.
Specs with pictures are for the picture checkpoint beside it, if there is one.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from programasweights.compiler.base import CompileOptions, Compiler
from programasweights.compiler.checkpoint import CHECKPOINT_CONFIG, Checkpoint, load_checkpoint
from programasweights.compiler.neural import NeuralCompiler
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.compiler.prompted import PromptedCompiler
from programasweights.lm.engine import Engine
from programasweights.program import Program
from programasweights.spec import Spec

__all__ = ["SHIPPED", "SHIPPED_PICTURES", "DefaultCompiler"]

SHIPPED = Path(__file__).parent / "shipped"
"""Folder of the checkpoint that comes with the package."""

SHIPPED_PICTURES = SHIPPED / "pictures.safetensors"
"""The picture checkpoint that comes with the package."""


@cache
def _shipped() -> Checkpoint | None:
    return load_checkpoint(SHIPPED) if (SHIPPED / CHECKPOINT_CONFIG).exists() else None


@cache
def _shipped_pictures() -> Checkpoint | None:
    return load_picture_checkpoint(SHIPPED_PICTURES) if SHIPPED_PICTURES.exists() else None


@dataclass(frozen=True)
class DefaultCompiler:
    """The shipped checkpoint on the interpreter it was trained for, prompting on others."""

    checkpoint: Checkpoint | None = field(default_factory=_shipped)
    """None in a package without one."""

    def compile(self, spec: Spec, interpreter: Engine, options: CompileOptions) -> Program:
        """Write a program for `interpreter`."""
        return self._chosen(spec, interpreter).compile(spec, interpreter, options)

    def _chosen(self, spec: Spec, interpreter: Engine) -> Compiler:
        checkpoint = _shipped_pictures() if spec.pictures else self.checkpoint
        if checkpoint is None or checkpoint.config.interpreter_digest != interpreter.model.recipe.digest:
            return PromptedCompiler()
        return NeuralCompiler(checkpoint)
