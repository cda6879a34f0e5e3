"""`paw build`: compiles the fuzzy functions of a module ahead of time."""

import hashlib
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from filelock import FileLock

from programasweights.errors import ProgramError, SpecError
from programasweights.hub.built import Built, BuiltFolder
from programasweights.progress import progress, say
from programasweights.settings import settings

if TYPE_CHECKING:
    from programasweights.decorator import Fuzzy

__all__ = ["build"]


def build(
    modules: Annotated[
        list[str], typer.Argument(help="Modules by dotted name, as Python imports them here, or .py files.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder to write; by default __paw__ beside each module.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 if something is to be built.")
    ] = False,
) -> None:
    """Compile all functions decorated with paw.fuzzy, so that they need no compiler where they run.

    Importing a module runs it. Two builds of one folder do not disturb each other.

    [bold]Examples[/bold]

    paw build shop.messages

    paw build shop/messages.py --check
    """
    stale = 0
    for name in modules:
        found = _functions(_imported(name))
        folder = BuiltFolder(out or found[0].built_folder)
        if check:
            stale += _checked(found, folder)
        else:
            _built(found, folder)
    if stale:
        raise typer.Exit(1)


def _checked(functions: Sequence["Fuzzy[..., Any]"], folder: BuiltFolder) -> int:
    """Says what is to be built, and counts it."""
    index = folder.index()
    stale = [(f, reason) for f in functions if (reason := _stale(f, folder, index))]
    for function, reason in stale:
        typer.echo(f"{function.identity}: {reason}")
    module = functions[0].__module__
    known = {function.content_key for function in functions}
    gone = [
        b.function for key, b in index.items() if b.function.startswith(f"{module}:") and key not in known
    ]
    unnamed = sorted(set(gone) - {function.identity for function in functions})
    for name in unnamed:
        typer.echo(f"{name}: is built, but not in the module any more")
    return len(stale) + len(unnamed)


def _built(functions: Sequence["Fuzzy[..., Any]"], folder: BuiltFolder) -> None:
    """Compiles what is to be built, in the order of names."""
    with _lock(folder):
        index, programs = folder.index(), dict[str, Built]()
        stale = [function for function in functions if _stale(function, folder, index)]
        with progress("Compiling", total=len(stale), unit="functions") as advance:
            for function in functions:
                made = index.get(function.content_key)
                if made is None or function in stale:
                    made = folder.put(function.identity, function.build(), function.compiled_by)
                    advance(1)
                programs[function.content_key] = made.model_copy(update={"function": function.identity})
        gone = folder.replace(functions[0].__module__, programs)
    for made in sorted(programs.values(), key=lambda made: made.function):
        typer.echo(folder.folder / made.file)
    say(f"{len(stale)} of {len(functions)} functions compiled, {len(gone)} old files deleted")


def _stale(function: "Fuzzy[..., Any]", folder: BuiltFolder, index: dict[str, Built]) -> str | None:
    """Why a function is to be built."""
    found = index.get(function.content_key)
    if found is None:
        before = any(built.function == function.identity for built in index.values())
        return "has changed since it was built" if before else "is not built"
    if found.compiled_by != function.compiled_by:
        return f"was compiled by {found.compiled_by}, but this is {function.compiled_by}"
    try:
        folder.program(found)
    except ProgramError as error:
        return str(error)
    return None


def _functions(module: ModuleType) -> list["Fuzzy[..., Any]"]:
    """The fuzzy functions that a module defines, by name.

    Raises:
        SpecError: there are none.
    """
    from programasweights.decorator import Fuzzy

    found = {
        value.identity: value
        for value in vars(module).values()
        if isinstance(value, Fuzzy) and value.__module__ == module.__name__
    }
    if not found:
        raise SpecError(
            f"{module.__name__} defines no function with the decorator paw.fuzzy at its top level."
        )
    return [found[name] for name in sorted(found)]


def _imported(name: str) -> ModuleType:
    """A module by its dotted name or its file, imported under the name that it has in its package."""
    root = Path.cwd()
    path = Path(name).absolute() if name.endswith(".py") else None
    if path is not None:
        if not path.is_file():
            raise typer.BadParameter(f"there is no file {path}.")
        parts = [path.stem] if path.stem != "__init__" else []
        root = path.parent
        while (root / "__init__.py").is_file():
            parts, root = [root.name, *parts], root.parent
        name = ".".join(parts)
    sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            raise typer.BadParameter(f"there is no module {name} in {root} or installed.") from None
        raise
    found = getattr(module, "__file__", None)
    if path is not None and (found is None or not path.samefile(found)):
        raise typer.BadParameter(f"{path} is imported as {name}, but another module has this name: {found}.")
    return module


def _lock(folder: BuiltFolder) -> FileLock:
    """Held by one build of a folder at a time; lies in the cache, because the folder goes into packages."""
    name = hashlib.sha256(str(folder.folder.absolute()).encode()).hexdigest()[:16]
    locks = settings().cache_dir / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    return FileLock(locks / f"build-{name}.lock")
