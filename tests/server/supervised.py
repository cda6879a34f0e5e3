"""A process with nothing but a supervisor in it, for tests to kill: `python -m tests.server.supervised SETTINGS`."""

import sys
import time

from programasweights.server.catalogue import Catalogue
from programasweights.server.database import Database
from programasweights.server.jobs import JobQueue
from programasweights.server.settings import ServerSettings
from programasweights.server.store import ProgramFiles
from programasweights.server.supervisor import Supervisor


def main() -> None:
    """Compile what is queued until killed."""
    settings = ServerSettings.from_json(sys.argv[1])
    database = Database.open(settings.database)
    catalogue = Catalogue(database, ProgramFiles(settings.files))
    Supervisor(settings, JobQueue(database, settings), catalogue).start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
