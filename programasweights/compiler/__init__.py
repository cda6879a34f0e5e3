"""Compilers: from a spec to a program."""

from pathlib import Path

from programasweights.compiler.backprop import BackpropCompiler
from programasweights.compiler.base import CompileOptions, Compiler
from programasweights.compiler.checkpoint import load_checkpoint
from programasweights.compiler.default import SHIPPED, DefaultCompiler
from programasweights.compiler.neural import NeuralCompiler
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.compiler.prompted import PromptedCompiler
from programasweights.errors import CheckpointError

__all__ = ["DEFAULT_COMPILER", "CompileOptions", "Compiler", "get_compiler"]

DEFAULT_COMPILER = "default"


def get_compiler(name: str | Path | None = None) -> Compiler:
    """A compiler by name.

    Args:
        name: `"default"`: the checkpoint that comes with the package, on the interpreter that it was trained for, and
            prompting on others; `"shipped"`: that checkpoint; `"prompted"`; `"prompted:MODEL"` for another base
            model as the writer; `"neural"` (without a checkpoint: the identity start); `"backprop"`, by gradient on the
            spec's text; `"backprop:FILE.paw"` for the same on top of a primed program; a checkpoint folder; or the
            file of a picture checkpoint, which reads pictures in specs. None for the default.

    Raises:
        CheckpointError: there is no such compiler, or the checkpoint cannot be used.
    """
    chosen = name or DEFAULT_COMPILER
    if chosen == DEFAULT_COMPILER:
        return DefaultCompiler()
    if chosen == "shipped":
        return NeuralCompiler(load_checkpoint(SHIPPED))
    if chosen == "prompted":
        return PromptedCompiler()
    if isinstance(chosen, str) and chosen.startswith("prompted:"):
        return PromptedCompiler(writer=chosen.removeprefix("prompted:"))
    if chosen == "neural":
        return NeuralCompiler()
    if chosen == "backprop":
        return BackpropCompiler()
    if isinstance(chosen, str) and chosen.startswith("backprop:"):
        return BackpropCompiler(primed=Path(chosen.removeprefix("backprop:")))
    folder = Path(chosen)
    if folder.is_file():
        return NeuralCompiler(load_picture_checkpoint(folder))
    if not folder.is_dir():
        raise CheckpointError(
            f"there is no compiler {str(chosen)!r}: expected default, shipped, prompted, prompted:MODEL, neural, "
            "backprop, backprop:FILE.paw, the folder of a compiler checkpoint, or the file of a picture checkpoint."
        )
    return NeuralCompiler(load_checkpoint(folder))
