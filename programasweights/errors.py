"""Every exception that the package raises on purpose, as one tree.

    PawError
    ├── SpecError (ValueError)         the spec or one of its examples cannot be compiled
    ├── InputError (ValueError)        an input that a function cannot take
    │   ├── ContextLengthError         program, input and output do not fit into the context
    │   └── ImageError                 a picture that cannot be read, or is too large
    ├── ProgramError                   a program that cannot be used
    │   ├── PawFileError               the bytes are not a valid `.paw` file
    │   │   └── FormatVersionError     a valid file of a version that this release does not read
    │   └── InterpreterMismatchError   the program was compiled for other interpreter weights
    ├── ModelError                     a base model that cannot be used
    │   ├── ModelNotFoundError         the weights are nowhere to be found
    │   │   └── OfflineError           they could be fetched, but the network may not be used
    │   ├── ModelIntegrityError        a file does not have the content it must have
    │   └── UnsupportedModelError      an architecture, tokenizer or file type that is not supported
    ├── OutputError                    an output that the checks of its type refuse
    ├── AccuracyError                  a compiled function that is right less often than asked
    ├── CheckpointError                a compiler checkpoint that cannot be used
    ├── DataError                      a data file, record or data source that cannot be used
    ├── EndpointError                  a model endpoint that does not answer as it must
    └── HubError                       a program that cannot be fetched, or a server that refuses
        └── ServerUnreachableError     the server does not answer, or may not be asked

A message says what was found, what was expected, and what to do.
"""

from typing import Any

__all__ = [
    "AccuracyError",
    "CheckpointError",
    "ContextLengthError",
    "DataError",
    "EndpointError",
    "FormatVersionError",
    "HubError",
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
    "ProgramError",
    "ServerUnreachableError",
    "SpecError",
    "UnsupportedModelError",
]


class PawError(Exception):
    """Base of all errors that the package raises on purpose."""


class SpecError(PawError, ValueError):
    """The spec or one of its examples cannot be compiled."""


class InputError(PawError, ValueError):
    """An input that a function cannot take."""


class ContextLengthError(InputError):
    """Program, input and output together do not fit into the interpreter's context."""


class ImageError(InputError):
    """A picture that cannot be read, moves, or is too large."""


class ProgramError(PawError):
    """A program that cannot be used."""


class PawFileError(ProgramError):
    """The bytes are not a valid `.paw` file."""


class FormatVersionError(PawFileError):
    """A `.paw` file of a format version that this release does not read."""


class InterpreterMismatchError(ProgramError):
    """The program was compiled for other interpreter weights than those at hand."""


class ModelError(PawError):
    """A base model that cannot be used."""


class ModelNotFoundError(ModelError):
    """The weights of a base model are nowhere to be found."""


class OfflineError(ModelNotFoundError):
    """Weights would have to be fetched, but `PAW_OFFLINE` forbids the network."""


class ModelIntegrityError(ModelError):
    """A model file does not have the content that its hash promises."""


class UnsupportedModelError(ModelError):
    """An architecture, tokenizer or file type that the package does not support."""


class OutputError(PawError):
    """An output of the right form that its type's own checks refuse."""


class AccuracyError(PawError):
    """A compiled function is right less often than asked. Nothing is lost: it comes with the error.

    Attributes:
        function: the compiled function.
        report: the TestReport of its cases.
    """

    def __init__(self, message: str, function: Any = None, report: Any = None) -> None:
        """Say what was found, with the function and the report."""
        super().__init__(message)
        self.function = function
        self.report = report


class CheckpointError(PawError):
    """A compiler checkpoint that cannot be used."""


class DataError(PawError, ValueError):
    """A data file, a record or a data source that cannot be used."""


class EndpointError(PawError):
    """A model endpoint that cannot be reached, or does not answer as it must."""


class HubError(PawError):
    """A program that cannot be fetched, or a request that a server refuses or answers wrongly."""


class ServerUnreachableError(HubError):
    """A server cannot be reached, is too busy, or may not be asked because of `PAW_OFFLINE`."""
