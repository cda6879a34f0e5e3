"""What the routes work with: one object of each kind, made by `app.create_app` and handed to every router."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programasweights.server.accounts import Accounts
    from programasweights.server.catalogue import Catalogue
    from programasweights.server.database.connect import Database
    from programasweights.server.jobs import JobQueue
    from programasweights.server.metrics import Metrics
    from programasweights.server.rates import Rate
    from programasweights.server.runner import Runner
    from programasweights.server.settings import ServerSettings
    from programasweights.server.store import ProgramFiles
    from programasweights.server.supervisor import Supervisor
    from programasweights.server.tally import Tally

__all__ = ["Services"]


@dataclass(frozen=True)
class Services:
    """The parts of a running server. A router's module has `router(services) -> APIRouter`."""

    settings: "ServerSettings"
    """Addresses, access mode and limits."""
    database: "Database"
    """The database, migrated."""
    accounts: "Accounts"
    """Users, keys and web sessions."""
    catalogue: "Catalogue"
    """Who holds which program, under which names."""
    jobs: "JobQueue"
    """Compile jobs."""
    files: "ProgramFiles"
    """The bytes of programs."""
    runner: "Runner"
    """Runs programs in this process."""
    supervisor: "Supervisor"
    """Starts and watches the compile workers."""
    run_rate: "Rate"
    """Inputs a minute; `run_rate.take(caller.counted_as, inputs)` before running any."""
    compile_rate: "Rate"
    """Compiles a minute."""
    metrics: "Metrics"
    """What is counted."""
    tally: "Tally"
    """Counts runs and downloads: `tally.ran(id, inputs)`, `tally.downloaded(id)`."""
