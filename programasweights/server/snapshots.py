"""Which compilers and interpreters a request may name, and exactly what would compile it.

A request comes from a stranger: it names a compiler of a short list, never a folder or a model of a hub.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from programasweights.compiler.checkpoint import CHECKPOINT_CONFIG, load_checkpoint
from programasweights.compiler.default import SHIPPED, SHIPPED_PICTURES
from programasweights.compiler.picture_checkpoint import load_picture_checkpoint
from programasweights.lm.loader import model_digest
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.program import load
from programasweights.server.errors import invalid
from programasweights.server.settings import ServerSettings
from programasweights.settings import settings as engine_settings

__all__ = [
    "chosen_compiler",
    "chosen_interpreter",
    "compiler_kind",
    "compiler_names",
    "image_encoder",
    "reads_images",
    "shown_compiler",
    "snapshot",
]


@dataclass(frozen=True)
class _ImageReader:
    """What a picture checkpoint pins."""

    digest: str
    interpreter: str
    encoder: str


_ALWAYS = ("default", "shipped", "prompted", "neural")
_PRIMED = "backprop:"
"""What stands before the file of a primed program that `backprop` writes upon."""


def compiler_names(settings: ServerSettings) -> tuple[str, ...]:
    """The compilers that a request may name; the first is that of requests which name none."""
    first = settings.compiler or "default"
    return (first, *(name for name in _ALWAYS if name != first))


def shown_compiler(name: str) -> str:
    """What a compiler is called in requests and answers: of a checkpoint's path only the last part."""
    return name if name.startswith("prompted:") else Path(name).name


def chosen_compiler(name: str | None, settings: ServerSettings) -> str:
    """The compiler that a request asks for.

    Raises:
        ApiError: this server does not offer it (400).
    """
    offered = {shown_compiler(compiler): compiler for compiler in reversed(compiler_names(settings))}
    if name is None:
        return compiler_names(settings)[0]
    if name not in offered:
        raise invalid(
            "compiler",
            f"there is no compiler {name!r:.100} here; name one of {', '.join(reversed(offered))}.",
        )
    return offered[name]


def chosen_interpreter(name: str | None, settings: ServerSettings) -> str:
    """The interpreter that a request asks for.

    Raises:
        ApiError: this server does not offer it (400).
    """
    offered = settings.interpreter or DEFAULT_MODEL
    if name not in (None, offered):
        raise invalid(
            "interpreter", f"there is no interpreter {name!r:.100} here; leave it out, or name {offered}."
        )
    return offered


def compiler_kind(name: str) -> str:
    """Whether a compiler makes a KV prefix (`neural`) or text alone (`prompted`)."""
    return "prompted" if name == "prompted" else "neural"


def reads_images(compiler: str, interpreter: str) -> bool:
    """Whether specs with pictures can be compiled.

    Raises:
        PawError: the compiler's checkpoint or the interpreter cannot be found.
    """
    found = _image_reader(compiler)
    return found is not None and found.interpreter == model_digest(interpreter)


def image_encoder(compiler: str) -> str | None:
    """Name of the encoder that a compiler looks at pictures with; None if it reads text only."""
    found = _image_reader(compiler)
    return None if found is None else found.encoder


@cache
def snapshot(compiler: str, interpreter: str, *, images: bool = False) -> str:
    """Names what compiles text, or text with pictures: checkpoint, interpreter weights, precision and release.

    Equal snapshots give equal programs for equal requests. The files are looked at once for each process.

    Raises:
        PawError: the compiler's checkpoint or the interpreter cannot be found.
    """
    from importlib.metadata import version

    digest = "none"
    reader = _image_reader(compiler) if images or compiler not in _ALWAYS else None
    if reader is not None:
        digest = reader.digest
    elif compiler in ("default", "shipped") and (SHIPPED / CHECKPOINT_CONFIG).exists():
        digest = load_checkpoint(SHIPPED).digest or digest
    elif compiler.startswith(_PRIMED):
        digest = load(Path(compiler.removeprefix(_PRIMED))).id
    elif compiler not in _ALWAYS and Path(compiler).is_dir():
        digest = load_checkpoint(Path(compiler)).digest or digest
    weights = f"{model_digest(interpreter)[:16]}-{engine_settings().precision}"
    return f"{Path(compiler).name}-{digest[:16]}@{weights}+{version('programasweights')}"


@cache
def _image_reader(compiler: str) -> _ImageReader | None:
    """The picture checkpoint that a compiler reads pictures with; None if it has none."""
    path = SHIPPED_PICTURES if compiler == "default" else Path(compiler)
    if (compiler != "default" and compiler in _ALWAYS) or not path.is_file():
        return None
    found = load_picture_checkpoint(path)
    assert found.pictures is not None
    return _ImageReader(found.digest or "", found.config.interpreter_digest, found.pictures.encoder)
