"""Compile a function described in plain words into a small neural program that runs offline on your CPU.

    import programasweights as paw

    f = paw.compile(prompt="Is this message urgent? Answer yes or no.")
    f("The server room is on fire!")
    f.dump("urgent.paw")
    paw.function("urgent.paw")

Importing the package loads nothing heavy: names are resolved on first use.
"""

from typing import TYPE_CHECKING, Any

from programasweights.errors import (
    AccuracyError,
    CheckpointError,
    ContextLengthError,
    DataError,
    EndpointError,
    FormatVersionError,
    HubError,
    ImageError,
    InputError,
    InterpreterMismatchError,
    ModelError,
    ModelIntegrityError,
    ModelNotFoundError,
    OfflineError,
    OutputError,
    PawError,
    PawFileError,
    ProgramError,
    ServerUnreachableError,
    SpecError,
    UnsupportedModelError,
)

if TYPE_CHECKING:
    from programasweights import distributed as distributed
    from programasweights import serving as serving
    from programasweights.api import compile, function, load, save
    from programasweights.checks import Case, TestReport
    from programasweights.composition import Pipeline, map, switch
    from programasweights.debugging import Trace
    from programasweights.decorator import fuzzy
    from programasweights.functions import Explanation, Function
    from programasweights.program import Program
    from programasweights.typed import Prediction, TypedFunction
    from programasweights.vision import Image

_LAZY = {
    "Case": "programasweights.checks",
    "Explanation": "programasweights.functions",
    "Function": "programasweights.functions",
    "Image": "programasweights.vision",
    "Pipeline": "programasweights.composition",
    "Prediction": "programasweights.typed",
    "Program": "programasweights.program",
    "TestReport": "programasweights.checks",
    "Trace": "programasweights.debugging",
    "TypedFunction": "programasweights.typed",
    "compile": "programasweights.api",
    "function": "programasweights.api",
    "fuzzy": "programasweights.decorator",
    "load": "programasweights.api",
    "map": "programasweights.composition",
    "save": "programasweights.api",
    "switch": "programasweights.composition",
}

_ROOMS = ("distributed", "serving")
"""Packages that are used by their own names, as in `paw.distributed.map_dataset`."""

__all__ = [
    "AccuracyError",
    "Case",
    "CheckpointError",
    "ContextLengthError",
    "DataError",
    "EndpointError",
    "Explanation",
    "FormatVersionError",
    "Function",
    "HubError",
    "Image",
    "ImageError",
    "InputError",
    "InterpreterMismatchError",
    "ModelError",
    "ModelIntegrityError",
    "ModelNotFoundError",
    "OfflineError",
    "OutputError",
    "PawError",
    "PawFileError",
    "Pipeline",
    "Prediction",
    "Program",
    "ProgramError",
    "ServerUnreachableError",
    "SpecError",
    "TestReport",
    "Trace",
    "TypedFunction",
    "UnsupportedModelError",
    "__version__",
    "compile",
    "function",
    "fuzzy",
    "load",
    "map",
    "save",
    "switch",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("programasweights")
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(_LAZY[name]), name)
        globals()[name] = value
        return value
    if name in _ROOMS:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
