"""Requests and answers on the wire, as FastAPI reads and documents them.

Lengths that the server's owner may choose are checked by the routes; the bounds here are those of the format.
"""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from programasweights.server.accounts import KeyInfo
from programasweights.server.catalogue import Entry

__all__ = [
    "CaseAnswer",
    "CaseBody",
    "CaseResult",
    "CasesAnswer",
    "CheckAnswer",
    "CompileAnswer",
    "CompileBody",
    "CompilesAnswer",
    "ErrorAnswer",
    "HealthAnswer",
    "ImageAnswer",
    "ImageBody",
    "InferAnswer",
    "InferBody",
    "KeyAnswer",
    "KeyBody",
    "KeysAnswer",
    "MeAnswer",
    "NewKeyAnswer",
    "PatchBody",
    "PatchedAnswer",
    "PrecheckAnswer",
    "ProgramAnswer",
    "ProgramsAnswer",
    "ResolveAnswer",
    "RunAnswer",
    "RunBody",
    "RunImageBody",
    "SlugAnswer",
    "VersionAnswer",
    "VersionsAnswer",
]

LARGEST = 2**31 - 1
"""Largest whole number that every database keeps as an integer."""

Text = Annotated[str, Field(max_length=65_536)]
Tags = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=16)]
Example = Annotated[list[Annotated[str, Field(max_length=16_384)]], Field(min_length=2, max_length=2)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class ErrorDetail(_Answer):
    """What went wrong."""

    error: str
    """For programs to compare."""
    message: str
    """For people."""
    request_id: str
    field: str | None


class ErrorAnswer(_Answer):
    """The body of every answer that is not a success."""

    detail: ErrorDetail


class ImageBody(_Body):
    """A picture among a text."""

    data: Annotated[str, Field(min_length=1, json_schema_extra={"contentEncoding": "base64"})]
    """The bytes of a PNG, JPEG, GIF, WEBP, BMP or TIFF file in base64."""
    at: Annotated[int, Field(ge=0, le=65_536)] | None = None
    """How many characters of the text stand before it; all of them if it is left out."""


class CompileBody(BaseModel):
    """A task to compile. Fields that are not known are ignored, for older and newer clients."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    spec: Annotated[str, Field(min_length=1, max_length=65_536)]
    examples: Annotated[list[Example], Field(max_length=1_000)] | None = None
    images: Annotated[list[ImageBody], Field(max_length=64)] = []
    """Pictures in the spec, for a compiler that reads them."""
    compiler: Annotated[str, Field(max_length=200)] | None = None
    interpreter: Annotated[str, Field(max_length=200)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    max_new_tokens: Annotated[int, Field(ge=1, le=8_192)] = 128
    stop: Annotated[list[Annotated[str, Field(min_length=1, max_length=256)]], Field(max_length=16)] = []
    storage: Literal["f16", "int8"] = "f16"
    budget: Annotated[int, Field(ge=1, le=16)] = 1
    inputs: Annotated[list[Annotated[str, Field(max_length=4_096)]], Field(max_length=64)] = []
    public: bool = False
    ephemeral: bool = False
    slug: Annotated[str, Field(max_length=110)] | None = None
    tags: Tags | None = None
    priority: Literal["interactive", "batch"] = "interactive"


class Timings(_Answer):
    """Where the time went."""

    queue_ms: float
    total_ms: float


class CompileAnswer(_Answer):
    """A compile job as it stands."""

    job_id: str
    status: Literal["queued", "compiling", "ready", "failed", "cancelled"]
    percent: float
    stage: str
    program_id: str | None
    slug: str | None
    version: int | None
    version_action: str | None
    cached: bool
    compiler: str
    compiler_kind: str
    compiler_snapshot: str
    pseudo_program_strategy: str | None
    runtime_id: str | None
    runtime_manifest_version: int | None
    timings: Timings
    error: str | None


class CompilesAnswer(_Answer):
    """The caller's compile jobs, newest first."""

    jobs: list[CompileAnswer]


class PrecheckAnswer(_Answer):
    """What a compile would meet."""

    cached: bool
    program_id: str | None
    compiler_snapshot: str
    compiler_kind: str
    queue_length: int
    estimated_wait_s: float


class SlugAnswer(_Answer):
    """A version of a slug."""

    slug: str
    version: int
    is_main: bool


class ImageAnswer(_Answer):
    """A picture that a program was compiled from, and that is not kept."""

    at: int
    """Characters of the spec before it."""
    digest: str
    """sha256 of its size and pixels."""
    width: int
    height: int


class ProgramAnswer(_Answer):
    """A program as the caller may see it."""

    id: str
    program_id: str
    spec: str
    examples: list[list[str]]
    images: list[ImageAnswer]
    takes_images: bool
    """Whether its inputs may hold pictures."""
    pseudo_program: str
    slots: int
    storage: str
    lora_rank: int
    bytes: int
    interpreter: str
    interpreter_digest: str
    compiler: str
    compiler_checkpoint: str | None
    compiler_snapshot: str
    recipe: dict[str, Any]
    seed: int
    compiled_at: str | None
    added_at: float
    scores: dict[str, float]
    downloads: int
    runs: int
    public: bool
    mine: bool
    tags: list[str]
    owners: list[str]
    slugs: list[SlugAnswer]
    aliases: list[str]

    @classmethod
    def of(cls, entry: Entry, **more: Any) -> Any:
        """What is known about an entry of the catalogue."""
        checkpoint = entry.compiler_checkpoint
        return cls(
            **asdict(entry),
            program_id=entry.id,
            compiler_snapshot=entry.compiler + (f"@{checkpoint[:12]}" if checkpoint else ""),
            aliases=[named.slug for named in entry.slugs],
            **more,
        )


class PatchedAnswer(ProgramAnswer):
    """A program after a change."""

    slug: str | None


class ProgramsAnswer(_Answer):
    """A page of programs."""

    programs: list[ProgramAnswer]
    total: int
    page: int
    per_page: int


class ResolveAnswer(_Answer):
    """The program that a reference means."""

    program_id: str
    slug: str | None
    version: int | None


class VersionAnswer(_Answer):
    """One version of a slug."""

    version: int
    program_id: str
    created_at: float
    is_main: bool


class VersionsAnswer(_Answer):
    """All versions of a slug, newest first."""

    slug: str
    main_version: int
    versions: list[VersionAnswer]


class PatchBody(_Body):
    """Changes to a program; what is left out stays as it is."""

    slug: Annotated[str, Field(max_length=110)] | None = None
    """New name; "" removes the slug."""
    public: bool | None = None
    tags: Tags | None = None
    main_version: Annotated[int, Field(ge=1, le=LARGEST)] | None = None


class CaseBody(_Body):
    """A test case."""

    input: Text
    expected: Text


class CaseAnswer(_Answer):
    """A test case that is kept."""

    id: int
    input: str
    expected: str


class CasesAnswer(_Answer):
    """The caller's test cases of a program."""

    cases: list[CaseAnswer]


class CaseResult(CaseAnswer):
    """A test case that was run."""

    output: str
    passed: bool


class CheckAnswer(_Answer):
    """All test cases of a program, run."""

    results: list[CaseResult]
    passed: int
    total: int


class RunImageBody(ImageBody):
    """A picture among the text of an input."""

    input: Annotated[int, Field(ge=0, le=65_536)] = 0
    """Which input it belongs to, counted from 0."""


class RunBody(_Body):
    """Inputs to run a program on: a list, or one, which may be streamed."""

    program: Annotated[str, Field(min_length=1, max_length=200)]
    inputs: list[str] | None = None
    input: str | None = None
    images: Annotated[list[RunImageBody], Field(max_length=256)] = []
    """Pictures in the inputs, for a program that takes them."""
    stream: bool = False


class RunAnswer(_Answer):
    """What a program made of inputs, in their order."""

    program_id: str
    outputs: list[str]
    tokens_generated: int
    latency_ms: float


class InferBody(BaseModel):
    """One input to run a program on."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    program_id: Annotated[str, Field(min_length=1, max_length=200)]
    input: str
    max_tokens: Annotated[int, Field(ge=1, le=8_192)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None


class InferAnswer(_Answer):
    """What a program made of one input."""

    output: str
    tokens_generated: int
    latency_ms: float


class MeAnswer(_Answer):
    """Who the caller is, and what the caller may do."""

    name: str | None
    admin: bool
    via: Literal["open", "key", "session"] | None
    access: Literal["open", "keys"]
    limits: dict[str, int]


class KeyBody(_Body):
    """What a new key is for."""

    name: Annotated[str, Field(min_length=1, max_length=100)]


class KeyAnswer(_Answer):
    """A key, without the key."""

    id: int
    name: str
    hint: str
    created_at: float
    used_at: float | None

    @classmethod
    def of(cls, info: KeyInfo, **more: Any) -> Any:
        """What is known about a key."""
        return cls(**asdict(info), **more)


class NewKeyAnswer(KeyAnswer):
    """A key, shown this once."""

    key: str


class KeysAnswer(_Answer):
    """The caller's keys."""

    keys: list[KeyAnswer]


class HealthAnswer(_Answer):
    """How the server is."""

    status: Literal["ok", "degraded"]
    version: str
    database: bool
    workers: int
    engine: bool
    queued: int
    running: int
