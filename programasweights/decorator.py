"""The decorator `fuzzy`: a Python function whose body is its docstring.

    @paw.fuzzy
    def urgency(message: str) -> Literal["immediate", "wait"]:
        "Is this message urgent?"

The docstring is the spec and the return annotation the type. What `paw build` has put beside the module is used as it
is; anything else is compiled on the first call, and kept: the same words, type and options are not compiled twice on a
machine. Leaves out methods, `*args` and `**kwargs`.
"""

import functools
import hashlib
import inspect
import json
import threading
import warnings
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, Unpack, get_type_hints, overload

from programasweights import api
from programasweights.api import CompileKeywords
from programasweights.errors import HubError, InterpreterMismatchError, ProgramError, SpecError
from programasweights.hub import ProgramStore
from programasweights.hub.built import BUILT_FOLDER, BuiltFolder
from programasweights.hub.names import chosen_server
from programasweights.hub.remembered import recall, remember
from programasweights.lm.digests import file_digest
from programasweights.program import Program
from programasweights.program.canonical_json import canonical_json
from programasweights.records import Progress, ResultCache
from programasweights.spec import Spec
from programasweights.typed import OutputType, Prediction, TypedFunction, output_type
from programasweights.typed.function import Fallback

__all__ = ["Fuzzy", "fuzzy"]

P = ParamSpec("P")
T = TypeVar("T")

_HERE = "compiled here"
_ELSEWHERE = ("server", "tests")
"""Options that decide nothing of a program."""
"""Beside the names of servers, what `references.json` calls this machine."""


class Fuzzy(Generic[P, T]):
    """A Python function that a program computes. Safe to call from several threads."""

    def __init__(
        self,
        function: Callable[P, T],
        *,
        examples: Iterable[tuple[Any, Any]] = (),
        abstain_below: float | None = None,
        fallback: Fallback | None = None,
        **keywords: Unpack[CompileKeywords],
    ) -> None:
        """Read a function's docstring and signature; nothing is compiled yet. See `fuzzy`."""
        functools.update_wrapper(self, function)
        self.identity = f"{function.__module__}:{function.__qualname__}"
        self.built_folder = Path(inspect.unwrap(function).__code__.co_filename).parent / BUILT_FOLDER
        self._signature = _signature(function)
        self._prompt = _docstring(function)
        self._type = _return_type(function)
        self._examples = self._type.written((self._given(given), wanted) for given, wanted in examples)
        self._keywords: CompileKeywords = keywords
        self._abstaining: dict[str, Any] = {"abstain_below": abstain_below, "fallback": fallback}
        self._made: TypedFunction[T] | None = None
        self._lock = threading.Lock()

    @property
    def function(self) -> TypedFunction[T]:
        """The compiled function, which takes the joined arguments as one text; compiles it if need be.

        Raises:
            ProgramError: the folder of built programs is damaged or not whole.
            PawError: as `paw.compile` does.
        """
        with self._lock:
            if self._made is None:
                self._made = self._built() or self._kept() or self._compiled()
            return self._made

    @property
    def content_key(self) -> str:
        """Names what its author wrote: task, form of the output, examples, options. Built programs go by it."""
        options = {name: value for name, value in self._keywords.items() if name not in _ELSEWHERE}
        return _hashed([self._prompt, self._type.hint, self._examples, sorted(options.items())])

    @property
    def compiled_by(self) -> str:
        """The release and the compiler that would compile it now."""
        return f"{_version()}, compiler {_hashed(_content(self._keywords.get('compiler')))[:12]}"

    def build(self) -> Program:
        """The program as this release compiles it, whatever lies in the folder of built programs.

        Raises:
            PawError: as `paw.compile` does.
        """
        return (self._kept() or self._compiled()).program

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """The value for these arguments.

        Raises:
            PawError: as `paw.compile` does on the first call, and as `TypedFunction` does.
        """
        return self.function(self.text(*args, **kwargs))

    def predict(self, *args: P.args, **kwargs: P.kwargs) -> Prediction[T]:
        """The value for these arguments, with its confidence and alternatives."""
        return self.function.predict(self.text(*args, **kwargs))

    def map(
        self,
        inputs: Iterable[Any],
        *,
        progress: Progress = False,
        cache: str | Path | ResultCache | None = None,
    ) -> list[T]:
        """The values for many inputs, each the one argument, or a tuple or a mapping of the arguments.

        Args:
            inputs: the arguments.
            progress: as in `TypedFunction.map`.
            cache: as in `TypedFunction.map`.
        """
        return self.function.map([self._given(given) for given in inputs], progress=progress, cache=cache)

    def text(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The input that arguments make: the one argument's text, or a line `name: value` for each of several.

        A value that is no string, or has a line break in it, is written as JSON, so that none can pose as another.
        """
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        if len(bound.arguments) == 1:
            [value] = bound.arguments.values()
            return value if isinstance(value, str) else _as_json(value)
        lines = [f"{name}: {_on_one_line(value)}" for name, value in bound.arguments.items()]
        return "\n".join(lines)

    def _given(self, given: Any) -> str:
        text: Callable[..., str] = self.text
        if isinstance(given, Mapping):
            return text(**given)
        return text(*given) if isinstance(given, tuple) else text(given)

    def _compiled(self) -> TypedFunction[T]:
        made: TypedFunction[T] = api.compile(
            self._prompt, self._examples, returns=self._type, **self._abstaining, **self._keywords
        )
        remember(_HERE, self._key(), made.id)
        return made

    def _built(self) -> TypedFunction[T] | None:
        """What `paw build` has put beside the module."""
        folder = BuiltFolder(self.built_folder)
        index = folder.index()
        found = index.get(self.content_key)
        if found is None:
            if any(built.function == self.identity for built in index.values()):
                warnings.warn(
                    f"{self.identity} has changed since {folder.folder} was built and is compiled anew; run paw build.",
                    stacklevel=4,
                )
            return None
        try:
            return self._bound(folder.program(found))
        except InterpreterMismatchError:
            return None  # the interpreter has other weights now

    def _kept(self) -> TypedFunction[T] | None:
        """What was compiled before from the same content."""
        if self._keywords.get("min_accuracy") is not None:
            return None  # the tests may be others than those that it passed
        found = recall(_HERE, self._key())
        if found is None:
            return None
        try:
            return self._bound(ProgramStore().get(found))
        except (HubError, ProgramError):
            return None  # removed or damaged since, or the interpreter has other weights now

    def _bound(self, program: Program) -> TypedFunction[T]:
        made: TypedFunction[T] = api.function(
            program,
            returns=self._type,
            interpreter=self._keywords.get("interpreter"),
            **self._abstaining,
        )
        return made

    def _key(self) -> str:
        """Names all that decides the program."""
        return _hashed([self.content_key, self.compiled_by, chosen_server(self._keywords.get("server"))])


@overload
def fuzzy(function: Callable[P, T], /) -> Fuzzy[P, T]: ...


@overload
def fuzzy(
    *,
    examples: Iterable[tuple[Any, Any]] = (),
    abstain_below: float | None = None,
    fallback: Fallback | None = None,
    **keywords: Unpack[CompileKeywords],
) -> Callable[[Callable[P, T]], Fuzzy[P, T]]: ...


def fuzzy(function: Callable[..., Any] | None = None, /, **options: Any) -> Any:
    """Make a function from its docstring and signature; works with and without parentheses.

    Args:
        function: its docstring is the task, its return annotation the type. Its body is never run.
        options: `examples` (pairs of the one argument, or a tuple or mapping of the arguments, and the value),
            `abstain_below`, `fallback` (which takes the joined arguments as one text), and what `paw.compile` takes.

    Raises:
        SpecError: there is no docstring, no return annotation or no usable one, or an argument has no name.
    """
    if function is None:
        return functools.partial(_made, options)
    return _made(options, function)


def _made(options: dict[str, Any], function: Callable[..., Any]) -> Fuzzy[Any, Any]:
    return Fuzzy(function, **options)


def _signature(function: Callable[..., Any]) -> inspect.Signature:
    signature = inspect.signature(function)
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    if not kinds or kinds & {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}:
        raise SpecError(
            f"{function.__qualname__} takes {signature}, but a fuzzy function needs one or more named arguments."
        )
    return signature


def _docstring(function: Callable[..., Any]) -> str:
    docstring = inspect.getdoc(function)
    if not docstring:
        raise SpecError(
            f"{function.__qualname__} has no docstring; say there in plain words what it should do."
        )
    return Spec.make(docstring).text


def _return_type(function: Callable[..., Any]) -> OutputType:
    try:
        hints = get_type_hints(function, include_extras=True)
    except NameError as error:
        raise SpecError(f"an annotation of {function.__qualname__} is not known here: {error}.") from error
    if "return" not in hints:
        raise SpecError(
            f"{function.__qualname__} says not what it returns; annotate it, for instance with -> str."
        )
    return output_type(hints["return"])


def _on_one_line(value: Any) -> str:
    return value if isinstance(value, str) and len(value.splitlines()) < 2 else _as_json(value)


def _as_json(value: Any) -> str:
    from pydantic_core import to_json

    text = to_json(value, fallback=str).decode()
    # JSON may hold these line breaks as they are
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _content(compiler: str | Path | None) -> list[str]:
    """A compiler's name, and for checkpoints what is in them."""
    from programasweights.compiler.default import SHIPPED

    folder = SHIPPED if compiler is None else Path(compiler)
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    return [str(compiler), *(file_digest(path) for path in files)]


def _hashed(content: list[Any]) -> str:
    text = canonical_json(json.loads(json.dumps(content, default=_plain)))
    return hashlib.sha256(text.encode()).hexdigest()


def _version() -> str:
    from importlib.metadata import version

    return version("programasweights")


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else list(value)
