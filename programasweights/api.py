"""The two verbs of the library, `compile` and `function`, and programs as files and bytes."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from programasweights.program import Program, from_bytes, to_bytes
from programasweights.program import load as load_program
from programasweights.program import save as save_program
from programasweights.spec import Spec

if TYPE_CHECKING:
    from programasweights.functions import Function
    from programasweights.interpreter import Interpreter
    from programasweights.program.kv_prefix import Storage

__all__ = ["compile", "function", "load", "save"]


def compile(
    prompt: str,
    examples: Iterable[tuple[str, str]] | None = None,
    *,
    compiler: str | Path | None = None,
    interpreter: str | None = None,
    seed: int = 0,
    max_new_tokens: int = 128,
    stop: Iterable[str] = (),
    storage: "Storage" = "f16",
    refine: int = 0,
) -> "Function":
    """Compile a task in plain words into a function.

    The first call on a machine fetches and converts the base model. The program is also kept in the cache
    folder, so that `function(f.id)` finds it again.

    Args:
        prompt: the task.
        examples: (input, output) pairs that show it.
        compiler: the folder of a compiler checkpoint, `"prompted"` or `"neural"`; by default the trained
            checkpoint that comes with the package, and prompting on interpreters that it was not trained for.
        interpreter: base model that the function runs on: a registry name, hub id, GGUF file or folder.
        seed: 0 writes greedily; any other seed samples. The same seed gives the same program.
        max_new_tokens: most tokens of an output, 1 to 8192.
        stop: texts that end an output.
        storage: `"f16"` or, in half the space, `"int8"` for the KV prefix.
        refine: most steps by which the KV prefix is improved by gradient on the examples, a quarter of which are held
            out to say when to stop; 0 for none. Takes four examples or more and the `train` extra (torch).

    Raises:
        SpecError: the prompt, an example or an option is not usable.
        ModelError: the base model cannot be found, fetched or run.
        CheckpointError: there is no such compiler.
        ModuleNotFoundError: refining without torch.
    """
    from programasweights.compiler import CompileOptions, get_compiler
    from programasweights.compiler.refining import refined
    from programasweights.functions import Function
    from programasweights.hub import ProgramStore

    spec = Spec.make(prompt, examples)
    chosen = get_compiler(compiler)
    stops = (stop,) if isinstance(stop, str) else tuple(stop)
    options = CompileOptions(seed=seed, max_new_tokens=max_new_tokens, stop=stops, storage=storage)
    machine = _interpreter(interpreter)
    program = chosen.compile(spec, machine.engine, options)
    if refine:
        program = refined(program, machine.engine, steps=refine, seed=seed)
    return Function(ProgramStore().put(program), machine)


def function(source: str | Path | bytes | Program, *, interpreter: str | None = None) -> "Function":
    """Load a function from a `.paw` file, from its bytes, from a program, or by the id of a kept program.

    Args:
        source: a path, bytes, a program, or a program id (or its first 8 or more digits).
        interpreter: base model to run it on, if not the one that the program names.

    Raises:
        FileNotFoundError: there is no such file.
        HubError: no program of that id is kept on this machine.
        ProgramError: the file is not valid, or the program cannot run on the interpreter.
        ModelError: the base model cannot be found, fetched or run.
    """
    from programasweights.functions import Function

    program = load(source)
    return Function(program, _interpreter(interpreter or program.behaviour.interpreter.name))


def load(source: str | Path | bytes | Program) -> Program:
    """Load a program without binding it to an interpreter; takes and raises what `function` does."""
    if isinstance(source, Program):
        return source
    if isinstance(source, bytes):
        return from_bytes(source)
    from programasweights.hub import ProgramStore

    if "\0" in str(source):
        raise FileNotFoundError(
            f"there is no file {str(source)!r:.200}: a path cannot hold a null character."
        )
    if isinstance(source, str) and ProgramStore.is_id(source) and not Path(source).exists():
        return ProgramStore().get(source)
    return load_program(Path(source))


def save(program: Program, path: str | Path | None = None) -> bytes:
    """The bytes of a program's `.paw` file, also written to `path` if one is given."""
    if path is not None:
        save_program(program, Path(path))
    return to_bytes(program)


def _interpreter(name: str | None) -> "Interpreter":
    from programasweights.interpreter import Interpreter
    from programasweights.lm.loader import load_engine
    from programasweights.lm.registry import DEFAULT_MODEL

    return Interpreter(load_engine(name or DEFAULT_MODEL))
