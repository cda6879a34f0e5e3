"""What a compile job is asked to do, how it stands, and a worker's hold on it: values that cross modules."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self, cast

from programasweights.compiler import CompileOptions
from programasweights.program.kv_prefix import Storage
from programasweights.server.database.tables import Job
from programasweights.server.holdings import Wants
from programasweights.spec import Picture, Spec

__all__ = ["BATCH", "INTERACTIVE", "Claim", "CompileRequest", "ImagePlace", "JobView", "State", "Wants"]

INTERACTIVE = 0
"""Priority of a job that somebody waits for."""
BATCH = -1
"""Priority of a job that may wait until no other does."""

State = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class ImagePlace:
    """A picture in a spec, without its pixels."""

    at: int
    """Characters of the spec before it."""
    digest: str
    """sha256 of its size and pixels."""


@dataclass(frozen=True)
class CompileRequest:
    """A compile that is asked for. Equal requests to one snapshot give one program."""

    spec: str
    examples: tuple[tuple[str, str], ...] = ()
    compiler: str | None = None
    interpreter: str | None = None
    seed: int = 0
    max_new_tokens: int = 128
    stop: tuple[str, ...] = ()
    storage: str = "f16"
    budget: int = 1
    """Candidates, of which the best is kept."""
    inputs: tuple[str, ...] = ()
    """Inputs for candidates to agree on."""
    images: tuple[ImagePlace, ...] = ()
    """Pictures in the spec, in order; the queue keeps them until the job ends."""

    def key(self, snapshot: str) -> str:
        """sha256 of all that decides which program comes out."""
        named = asdict(self) | {"spec": self.spec.strip(), "snapshot": snapshot}
        if not self.images:
            del named["images"]  # or no key of before there were pictures would be found again
        return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()

    def checked(self, images: Sequence[Picture]) -> tuple[Spec, CompileOptions]:
        """What a compiler takes, with the pictures that belong to `images`.

        Raises:
            SpecError: something cannot be compiled.
        """
        options = CompileOptions(self.seed, self.max_new_tokens, self.stop, cast(Storage, self.storage))
        placed = tuple((place.at, image) for place, image in zip(self.images, images, strict=True))
        return replace(Spec.make(self.spec, self.examples), pictures=placed), options

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """A request as the database keeps it."""
        examples = tuple((given, wanted) for given, wanted in fields["examples"])
        images = tuple(ImagePlace(**place) for place in fields.get("images", ()))
        known = fields | {"examples": examples, "stop": tuple(fields["stop"]), "images": images}
        return cls(**known | {"inputs": tuple(fields.get("inputs", ()))})


@dataclass(frozen=True)
class JobView:
    """How a job stands."""

    id: str
    user_id: int
    state: State
    percent: float
    stage: str
    """What is going on, in a word."""
    program_id: str | None
    slug: str | None
    """`user/name`, once the program is its newest version."""
    version: int | None
    version_action: str | None
    cached: bool
    """Whether the program was compiled for an earlier job."""
    error: str | None
    """Why it failed, for its user to read."""
    created_at: float
    started_at: float | None
    """Of the last start, if there were several."""
    finished_at: float | None
    attempts: int
    request: CompileRequest
    """With the compiler and interpreter that were chosen."""

    @classmethod
    def of(cls, row: Job) -> Self:
        """The view of a row."""
        same = {name: getattr(row, name) for name in cls.__dataclass_fields__ if name != "request"}
        return cls(**same, request=CompileRequest.from_json(row.request))


@dataclass(frozen=True)
class Claim:
    """A worker's hold on a job, good until the job is another's."""

    job_id: str
    token: str
    worker_id: str
    user_id: int
    request: CompileRequest
    attempts: int
    """Starts so far, this one included."""
