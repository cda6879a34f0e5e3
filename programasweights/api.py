"""The two verbs of the library, `compile` and `function`, and programs as files and bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack, overload

from programasweights.errors import AccuracyError, PawFileError, SpecError
from programasweights.program import Bundle, Program, from_any_bytes, load_any, to_bytes
from programasweights.program import save as save_program
from programasweights.spec import Picture, Spec

if TYPE_CHECKING:
    from programasweights.checks.cases import Cases
    from programasweights.compiler import CompileOptions
    from programasweights.composition import Pipeline
    from programasweights.functions import Function
    from programasweights.interpreter import Interpreter
    from programasweights.program.kv_prefix import Storage
    from programasweights.typed import TypedFunction
    from programasweights.typed.function import Fallback

__all__ = ["CompileKeywords", "compile", "function", "load", "open_source", "save"]

T = TypeVar("T")
Prompt = str | Sequence[str | Picture]
"""Words, or words and pictures."""


class CompileKeywords(TypedDict, total=False):
    """Keywords of `compile` that mean the same for functions with and without a type."""

    compiler: str | Path | None
    interpreter: str | None
    seed: int
    max_new_tokens: int
    stop: Iterable[str]
    storage: "Storage"
    budget: int
    inputs: Iterable[str]
    refine: int
    tests: "Cases | None"
    min_accuracy: float | None
    server: str | None


@overload
def compile(
    prompt: Prompt,
    examples: Iterable[tuple[str, str]] | None = None,
    *,
    returns: None = None,
    **keywords: Unpack[CompileKeywords],
) -> "Function": ...


@overload
def compile(
    prompt: Prompt,
    examples: Iterable[tuple[str, Any]] | None = None,
    *,
    returns: type[T],
    abstain_below: float | None = None,
    fallback: "Fallback | None" = None,
    **keywords: Unpack[CompileKeywords],
) -> "TypedFunction[T]": ...


@overload
def compile(
    prompt: Prompt,
    examples: Iterable[tuple[str, Any]] | None = None,
    *,
    returns: object,
    abstain_below: float | None = None,
    fallback: "Fallback | None" = None,
    **keywords: Unpack[CompileKeywords],
) -> "TypedFunction[Any]": ...


def compile(
    prompt: Prompt,
    examples: Iterable[tuple[str, Any]] | None = None,
    *,
    returns: object = None,
    abstain_below: float | None = None,
    fallback: "Fallback | None" = None,
    compiler: str | Path | None = None,
    interpreter: str | None = None,
    seed: int = 0,
    max_new_tokens: int = 128,
    stop: Iterable[str] = (),
    storage: "Storage" = "f16",
    budget: int = 1,
    inputs: Iterable[str] = (),
    refine: int = 0,
    tests: "Cases | None" = None,
    min_accuracy: float | None = None,
    server: str | None = None,
) -> "Function | TypedFunction[Any]":
    """Compile a task in plain words into a function.

    The first call on a machine fetches and converts the base model. The program is also kept in the cache
    folder, so that `function(f.id)` finds it again. How many of the examples it gets right (of at most 32) is
    measured and kept in its record.

    Args:
        prompt: the task; or a list of texts and pictures (`paw.Image`), as a picture checkpoint reads them.
        examples: (input, output) pairs that show it; with `returns`, an output may also be a value.
        returns: the type of what the function returns: bool, int, float, str, Literal, an Enum, a compiled pattern, a
            JSON schema (a dict), or a type that pydantic knows, such as `list[str]` or a model. Without it, text.
        abstain_below: with `returns`: confidence, 0 to 1, below which a call gives `fallback(input)`, or None.
        fallback: with `returns`: called where the function abstains or the type's own checks refuse an output.
        compiler: the folder of a compiler checkpoint, the file of a picture checkpoint, `"prompted"`, `"neural"`, or,
            by gradient with the `train` extra, `"backprop"` or `"backprop:PRIMED.paw"`; by default the trained
            checkpoint that comes with the package, and prompting on interpreters that it was not trained for.
        interpreter: base model that the function runs on: a registry name, hub id, GGUF file or folder.
        seed: 0 writes the most probable text found; any other seed samples. The same seed gives the same program.
        max_new_tokens: most tokens of an output, 1 to 8192.
        stop: texts that end an output.
        storage: `"f16"` or, in half the space, `"int8"` for the KV prefix.
        budget: how many candidates are tried. One of them is kept in the plain program's place if it gets clearly more
            examples right when it is compiled without them (five or more), or, without examples, if its outputs agree
            more with the others'. Takes some seconds a candidate.
        inputs: typical inputs for the candidates to agree on; without any, the base model invents some.
        refine: most steps by which slots and LoRA are improved by gradient on the examples, a quarter of which are held
            out to say when to stop; 0 for none. Takes four examples or more and the `train` extra (torch).
        tests: (input, expected) pairs or `Case` records that are not shown to the compiler; the share that passes is
            kept in the program's record.
        min_accuracy: share, 0 to 1, of the tests (without tests, of the examples) that must pass.
        server: address of a server that compiles in this machine's place, which then names compiler and interpreter;
            by default that of `PAW_SERVER`, and `""` for this machine.

    Raises:
        SpecError: the prompt, an example or an option is not usable, or cannot be used with a server.
        HubError: the server cannot be reached, or does not compile it.
        ModelError: the base model cannot be found, fetched or run.
        CheckpointError: there is no such compiler.
        DataError: a test is not usable.
        AccuracyError: fewer than `min_accuracy` passed; the function and the report come with it.
        ModuleNotFoundError: refining, or compiling by gradient, without torch.
    """
    from programasweights.checks import as_cases
    from programasweights.checks.gate import check_min_accuracy
    from programasweights.compiler import CompileOptions, get_compiler
    from programasweights.compiler.refining import refined
    from programasweights.functions import Function
    from programasweights.hub import ProgramStore
    from programasweights.hub.names import chosen_server

    spec = _spec(prompt, examples, returns)
    stops = (stop,) if isinstance(stop, str) else tuple(stop)
    agreed = (inputs,) if isinstance(inputs, str) else tuple(inputs)
    cases = None if tests is None else as_cases(tests)
    check_min_accuracy(min_accuracy, measured=bool(cases or spec.examples))
    options = CompileOptions(seed=seed, max_new_tokens=max_new_tokens, stop=stops, storage=storage)
    address = chosen_server(server)
    if address is not None:
        from programasweights.hub.fetching import connect

        program = connect(address).compile(
            spec,
            **_for_server(address, options, compiler, interpreter, refine),
            budget=budget,
            inputs=agreed,
        )
        made = Function(ProgramStore().put(program), _interpreter(program.behaviour.interpreter.name))
        return _checked(made, returns, abstain_below, fallback, cases, min_accuracy)
    chosen = get_compiler(compiler)
    machine = _interpreter(interpreter)
    if budget == 1:
        program = chosen.compile(spec, machine.engine, options)
    else:
        from programasweights.compiler.search import search

        program = search(chosen, spec, machine.engine, options, budget=budget, inputs=agreed).program
    if refine:
        program = refined(program, machine.engine, steps=refine, seed=seed)
    made = Function(ProgramStore().put(program), machine)
    return _checked(made, returns, abstain_below, fallback, cases, min_accuracy)


@overload
def function(
    source: str | Path | bytes | Program | Bundle,
    *,
    returns: None = None,
    interpreter: str | None = None,
    server: str | None = None,
) -> "Function | Pipeline": ...


@overload
def function(
    source: str | Path | bytes | Program,
    *,
    returns: type[T],
    abstain_below: float | None = None,
    fallback: "Fallback | None" = None,
    interpreter: str | None = None,
    server: str | None = None,
) -> "TypedFunction[T]": ...


@overload
def function(
    source: str | Path | bytes | Program,
    *,
    returns: object,
    abstain_below: float | None = None,
    fallback: "Fallback | None" = None,
    interpreter: str | None = None,
    server: str | None = None,
) -> "TypedFunction[Any]": ...


def function(
    source: str | Path | bytes | Program | Bundle,
    *,
    returns: object = None,
    abstain_below: float | None = None,
    fallback: "Fallback | None" = None,
    interpreter: str | None = None,
    server: str | None = None,
) -> "Function | TypedFunction[Any] | Pipeline":
    """Load a function from a `.paw` file, its bytes, a program, by the id of a kept program, or from a server.

    What a server holds is fetched on first use, verified and kept; from then on it works without the server. A bundle
    gives the pipeline that was saved.

    Args:
        source: a path, bytes, a program, a bundle, a program id (or its first 8 or more digits), or, with a server,
            `"user/name"` or `"user/name@v2"`. Paths and ids that are on this machine win.
        returns: the type of what the function returns, as in `compile`: a program does not record it. A bundle does.
        abstain_below: as in `compile`.
        fallback: as in `compile`.
        interpreter: base model to run it on, if not the one that the program names.
        server: address of the server that holds it; by default that of `PAW_SERVER`, and `""` for this machine.

    Raises:
        FileNotFoundError: there is no such file.
        HubError: no program of that name is on this machine or the server, or the server cannot be reached.
        ProgramError: the file is not valid, or the program cannot run on the interpreter.
        ModelError: the base model cannot be found, fetched or run.
        SpecError: there is no way to produce values of the type.
    """
    from programasweights.functions import Function

    program = open_source(source, server=server)
    if isinstance(program, Bundle):
        if (returns, abstain_below, fallback) != (None, None, None):
            raise SpecError("returns, abstain_below and fallback stand in a bundle already; leave them out.")
        return _pipeline(program, interpreter)
    made = Function(program, _interpreter(interpreter or program.behaviour.interpreter.name))
    return _typed(made, returns, abstain_below, fallback)


def load(source: str | Path | bytes | Program, *, server: str | None = None) -> Program:
    """Load a program without binding it to an interpreter; takes and raises what `function` does.

    Raises:
        PawFileError: the file holds a bundle of several programs.
    """
    found = open_source(source, server=server)
    if isinstance(found, Bundle):
        raise PawFileError(
            f"it holds a bundle of {len(found.members)} programs, but one program is needed; call it with paw.function."
        )
    return found


def open_source(
    source: str | Path | bytes | Program | Bundle, *, server: str | None = None
) -> Program | Bundle:
    """What `function` would bind to an interpreter; takes and raises what it does."""
    if isinstance(source, Program | Bundle):
        return source
    if isinstance(source, bytes):
        return from_any_bytes(source)
    from programasweights.hub import ProgramStore

    if "\0" in str(source):
        raise FileNotFoundError(
            f"there is no file {str(source)!r:.200}: a path cannot hold a null character."
        )
    found = _from_server(source, server)
    if found is not None:
        return found
    if isinstance(source, str) and ProgramStore.is_id(source) and not Path(source).exists():
        return ProgramStore().get(source)
    return load_any(Path(source))


def _pipeline(bundle: Bundle, interpreter: str | None) -> "Pipeline":
    """The pipeline that a bundle holds."""
    from programasweights.composition import Pipeline, from_bundle
    from programasweights.functions import Function
    from programasweights.program.graph import Abstaining
    from programasweights.typed import TypedFunction
    from programasweights.typed.calibration import Calibration

    def make(
        program: Program, returns: object, abstain: Abstaining | None
    ) -> "Function | TypedFunction[Any]":
        made = Function(program, _interpreter(interpreter or program.behaviour.interpreter.name))
        if abstain is None:
            return _typed(made, returns, None, None)
        calibration = Calibration(abstain.labels, abstain.texts)
        return TypedFunction(made, returns, abstain_below=abstain.below, calibration=calibration)

    return Pipeline(from_bundle(bundle, make))


def _from_server(source: str | Path, server: str | None) -> Program | None:
    """The program that a source names, if it is to be looked for on a server."""
    from programasweights.hub.names import Reference, chosen_server

    reference = Reference.find(source) if isinstance(source, str) else None
    if reference is None or Path(reference.text).exists():
        return None
    address = chosen_server(server)
    if address is not None:
        from programasweights.hub.fetching import obtain

        return obtain(reference, address)
    if reference.slug is not None:
        raise FileNotFoundError(
            f"there is no file {reference.text}. If it names a program on a server, give server= or set PAW_SERVER."
        )
    return None


def save(program: Program, path: str | Path | None = None) -> bytes:
    """The bytes of a program's `.paw` file, also written to `path` if one is given."""
    if path is not None:
        save_program(program, Path(path))
    return to_bytes(program)


def _for_server(
    address: str,
    options: "CompileOptions",
    compiler: str | Path | None,
    interpreter: str | None,
    refine: int,
) -> dict[str, Any]:
    """The options of a compile as a server takes them.

    Raises:
        SpecError: one has a meaning on this machine only.
    """
    without = f'with the server {address}; leave it out, or compile on this machine with server="".'
    if refine:
        raise SpecError(f"refine cannot be used {without}")
    for name, value in {"compiler": compiler, "interpreter": interpreter}.items():
        if value is not None and (not isinstance(value, str) or value.startswith((".", "/", "~"))):
            raise SpecError(f"{name}={str(value)!r} is on this machine and cannot be used {without}")
    return asdict(options) | {"compiler": compiler, "interpreter": interpreter}


def _spec(prompt: Prompt, examples: Iterable[tuple[str, Any]] | None, returns: object) -> Spec:
    """What is compiled: for a type, the task says what form its output has."""
    if returns is None:
        return Spec.make(prompt, examples)
    from programasweights.typed import output_type

    kind = output_type(returns)
    plain = Spec.make(prompt)
    # the form of the output stands behind the task, so pictures keep their places
    return Spec(
        kind.described(plain.text), Spec.make(plain.text, kind.written(examples)).examples, plain.pictures
    )


def _typed(
    made: "Function", returns: object, abstain_below: float | None, fallback: "Fallback | None"
) -> "Function | TypedFunction[Any]":
    if returns is not None:
        from programasweights.typed import TypedFunction

        return TypedFunction(made, returns, abstain_below=abstain_below, fallback=fallback)
    if abstain_below is not None or fallback is not None:
        raise SpecError("abstain_below and fallback are for functions with a type; give returns= as well.")
    return made


def _checked(
    made: "Function",
    returns: object,
    abstain_below: float | None,
    fallback: "Fallback | None",
    tests: "Cases | None",
    least: float | None,
) -> "Function | TypedFunction[Any]":
    """The function that was asked for, with the scores of its examples and tests in the program's record.

    Raises:
        AccuracyError: fewer passed than there must.
    """
    from programasweights.checks.gate import measure
    from programasweights.hub import ProgramStore

    asked = _typed(made, returns, abstain_below, fallback)
    # What is measured is the program; a fallback is the caller's.
    bare = asked if abstain_below is None and fallback is None else _typed(made, returns, None, None)
    examples, known = made.program.behaviour.spec.examples, made.program.record.scores
    found = measure(bare.test, examples, tests, known, wanted=least is not None)
    if any(known.get(name) != score for name, score in found.scores.items()):
        made.program = ProgramStore().put(made.program.with_scores(found.scores), replace=True)
    if least is not None and found.report is not None and not found.report.passed(least):
        raise AccuracyError(
            f"{found.report}\n\nmin_accuracy is {least:g}. The program is kept under the id {asked.id[:16]}; give "
            "other examples, or another prompt.",
            asked,
            found.report,
        )
    return asked


def _interpreter(name: str | None) -> "Interpreter":
    from programasweights.interpreter import Interpreter
    from programasweights.lm.loader import load_engine
    from programasweights.lm.registry import DEFAULT_MODEL

    return Interpreter(load_engine(name or DEFAULT_MODEL))
