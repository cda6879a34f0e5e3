"""What whoever runs a server may choose, and every limit that it keeps, in one place."""

import ipaddress
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

from programasweights.errors import PawError

__all__ = ["Access", "ServerSettings", "access_for", "is_loopback"]

Access = Literal["open", "keys"]


@dataclass(frozen=True)
class ServerSettings:
    """The settings of one server; those of the engine come from the environment as everywhere.

    Raises PawError if a value is out of range.
    """

    data_dir: Path
    """Folder of the database and the programs, unless both are elsewhere."""
    database: str = ""
    """URL of the database: `sqlite:///FILE` or `postgresql+psycopg://...`; by default a file in `data_dir`."""
    files: str = ""
    """Folder or fsspec URL of the program files; by default `data_dir`/programs."""
    public_url: str | None = None
    """Address that clients reach the server at, where it stands behind a proxy."""
    access: Access = "keys"
    """`open`: whoever reaches the port is the user `local`. `keys`: nothing private without a key."""
    shown_hosts: tuple[str, ...] = ()
    """Host names that requests may name; empty for any. An open server takes loopback names only."""
    interpreter: str | None = None
    """Base model that programs are compiled for and run on; None for the default."""
    compiler: str | None = None
    """Compiler of requests that name none; None for the default."""
    workers: int = 1
    """Processes that compile."""
    job_seconds: float = 300
    """A compile that takes longer is stopped."""
    job_attempts: int = 3
    """How often a compile is started before it counts as failed."""
    lease_seconds: float = 10
    """A worker that is not heard of for so long has lost its job to others."""
    queue_limit: int = 1000
    """Most jobs that wait."""
    user_queue_limit: int = 200
    """Most jobs of one user that wait."""
    max_spec_characters: int = 16_000
    """Longest spec."""
    max_examples: int = 64
    """Most examples of a spec."""
    max_upload_bytes: int = 64 * 2**20
    """Largest `.paw` file that is taken."""
    max_body_bytes: int = 2**20
    """Largest body of any other request."""
    max_image_body_bytes: int = 16 * 2**20
    """Largest body of a request that may bring pictures."""
    max_images: int = 8
    """Most pictures of a request."""
    max_image_bytes: int = 8 * 2**20
    """Largest file of a picture."""
    max_image_pixels: int = 12_000_000
    """Most pixels of a picture."""
    user_waiting_image_bytes: int = 256 * 2**20
    """Most bytes of pictures that wait in the jobs of one user."""
    max_inputs: int = 256
    """Most inputs of one run."""
    max_input_characters: int = 65_536
    """Longest input."""
    run_seconds: float = 60
    """An input that is decoded for longer is cut off."""
    runs_per_minute: int = 600
    """Inputs that one user may run."""
    compiles_per_minute: int = 60
    """Compiles that one user may ask for."""

    def __post_init__(self) -> None:
        folder = Path(self.data_dir).expanduser().absolute()
        object.__setattr__(self, "data_dir", folder)
        object.__setattr__(self, "database", self.database or f"sqlite:///{folder / 'server.db'}")
        object.__setattr__(self, "files", self.files or str(folder / "programs"))
        if self.access not in ("open", "keys"):
            raise PawError(f"access is {self.access!r}, but must be open or keys.")
        for name, value in vars(self).items():
            lowest = 0 if name == "workers" else 1
            if isinstance(value, (int, float)) and value < lowest:
                raise PawError(f"{name} is {value!r}, but must be {lowest} or more.")

    def to_json(self) -> str:
        """All settings as one line, for a worker process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote."""
        fields = json.loads(text)
        fields |= {"data_dir": Path(fields["data_dir"]), "shown_hosts": tuple(fields["shown_hosts"])}
        return cls(**fields)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address to listen on."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def access_for(host: str) -> Access:
    """How a server is opened that listens on `host`, if its owner says nothing."""
    return "open" if is_loopback(host) else "keys"
