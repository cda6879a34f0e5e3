"""Counts runs and downloads, and writes them to the database now and then, not once a request."""

import logging
import threading
from collections import Counter

from programasweights.server.catalogue import Catalogue

__all__ = ["Tally"]

_log = logging.getLogger(__name__)
_EVERY = 2.0


class Tally:
    """Counts that are not yet in the database. `start` writes them from time to time, `close` at the end."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Count for a catalogue."""
        self._catalogue = catalogue
        self._runs: Counter[str] = Counter()
        self._downloads: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._work, name="tally", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def close(self) -> None:
        """Write what is left."""
        self._end.set()
        if self._thread.ident is not None:
            self._thread.join()

    def ran(self, program_id: str, inputs: int) -> None:
        """Count inputs that a program was run on."""
        with self._lock:
            self._runs[program_id] += inputs

    def downloaded(self, program_id: str) -> None:
        """Count a download."""
        with self._lock:
            self._downloads[program_id] += 1

    def flush(self) -> None:
        """Write all counts."""
        with self._lock:
            runs, self._runs = self._runs, Counter()
            downloads, self._downloads = self._downloads, Counter()
        for program_id, count in runs.items():
            self._catalogue.count_run(program_id, count)
        for program_id, count in downloads.items():
            for _ in range(count):
                self._catalogue.count_download(program_id)

    def _work(self) -> None:
        while not self._end.wait(_EVERY):
            self._flush_or_log()
        self._flush_or_log()

    def _flush_or_log(self) -> None:
        try:
            self.flush()
        except Exception as error:  # noqa: BLE001  counting must outlive a database that is away
            _log.warning("runs and downloads could not be counted: %s", type(error).__name__)
