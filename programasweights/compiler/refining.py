"""The door to refinement by gradient, which lives in `training/refine.py` and needs torch.

Looked up by name, so that compiling without it needs no torch and never imports it.
"""

from importlib import import_module

from programasweights.errors import SpecError
from programasweights.lm.engine import Engine
from programasweights.program import Program

__all__ = ["refined"]


def refined(program: Program, engine: Engine, *, steps: int, seed: int) -> Program:
    """A program whose continuous part is improved on its spec's examples; see `training/refine.py`.

    Raises:
        SpecError: `steps` is no whole number from 1 to 10,000, or there are too few examples.
        ProgramError: the program has no continuous part.
        ModuleNotFoundError: torch or transformers is not installed.
    """
    if type(steps) is not int or not 1 <= steps <= 10_000:
        raise SpecError(f"refine is {steps!r}, but must be a whole number of steps from 1 to 10,000.")
    try:
        module = import_module("programasweights.training.refine")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"refining needs {error.name}: pip install 'programasweights[train]'", name=error.name
        ) from None
    better: Program = module.refine(program, engine, steps=steps, seed=seed).program
    return better
