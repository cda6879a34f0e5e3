"""A process that compiles: takes jobs from the queue, one at a time, until its standard input ends.

    python -m programasweights.server.worker        started by the supervisor

Standard input first brings one line, {"id": ..., "settings": ...}, because settings can hold a password and a
command line is no secret. After that nothing comes; its end means that the server is gone or wants no more, and
then the process gives its job back and ends at once.
"""

import json
import logging
import math
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from programasweights.errors import PawError, SpecError
from programasweights.server.catalogue import Catalogue
from programasweights.server.database import Database
from programasweights.server.errors import ApiError
from programasweights.server.jobs import Claim, JobQueue
from programasweights.server.settings import ServerSettings
from programasweights.server.snapshots import chosen_compiler, image_encoder
from programasweights.server.store import ProgramFiles

if TYPE_CHECKING:
    from programasweights.program import Program
    from programasweights.vision import Image

__all__ = ["Worker", "main"]

_log = logging.getLogger(__name__)

_LOOK_FOR_JOBS = 0.1
_LONGEST_BEAT = 1.0
_FIRST_GUESS_SECONDS = 2.0


@dataclass
class _Work:
    """A job under way."""

    claim: Claim
    began: float


class Worker:
    """One compiling process."""

    def __init__(self, settings: ServerSettings, worker_id: str) -> None:
        """Connect to the server's database and store."""
        self._settings = settings
        self._id = worker_id
        database = Database.open(settings.database)
        self._jobs = JobQueue(database, settings)
        self._files = ProgramFiles(settings.files)
        self._catalogue = Catalogue(database, self._files)
        self._work: _Work | None = None
        self._ready = False
        self._usual_seconds = _FIRST_GUESS_SECONDS

    def run(self) -> None:
        """Load the models, then compile for ever."""
        self._jobs.register(self._id, os.getpid(), socket.gethostname())
        threading.Thread(target=self._beat_for_ever, name="heartbeat", daemon=True).start()
        self._load()
        self._ready = True
        self._jobs.seen(self._id, ready=True)
        while True:
            claim = self._jobs.claim(self._id)
            if claim is None:
                time.sleep(_LOOK_FOR_JOBS)
            else:
                self._do(claim)

    def leave(self) -> None:
        """Give the job back, if there is one, and forget the worker."""
        if (work := self._work) is not None:
            self._jobs.release(work.claim)
        self._jobs.leave(self._id)

    def _load(self) -> None:
        """Have the usual compiler and interpreter in memory before the first job."""
        from programasweights.compiler import get_compiler
        from programasweights.lm.loader import load_engine
        from programasweights.lm.registry import DEFAULT_MODEL

        get_compiler(self._settings.compiler)
        load_engine(self._settings.interpreter or DEFAULT_MODEL)
        self._load_encoder()

    def _load_encoder(self) -> None:
        """The same for what looks at pictures; compiles of text need not fail where it cannot be had."""
        name = image_encoder(chosen_compiler(None, self._settings))
        if name is None:
            return
        from programasweights.vision import load_encoder

        try:
            load_encoder(name)
        except PawError as error:
            _log.error("no specs with pictures can be compiled: %s", error)

    def _do(self, claim: Claim) -> None:
        began = time.monotonic()
        self._work = _Work(claim, began)
        try:
            images = self._jobs.images(claim) if claim.request.images else []
            program = _compile(claim, images)
            if self._jobs.finish(claim, program, self._files.put(program)):
                self._catalogue.keep_file(program)
        except (SpecError, ApiError) as error:
            self._jobs.fail(claim, str(error), retry=False)
        except Exception as error:  # noqa: BLE001  a job must not end the process
            # Its message may speak of this machine; the log has it, the user gets its kind.
            _log.exception("job %s failed at start %d", claim.job_id, claim.attempts)
            self._jobs.fail(claim, f"the compile failed ({type(error).__name__})", retry=True)
        finally:
            self._work = None
        self._usual_seconds = 0.8 * self._usual_seconds + 0.2 * (time.monotonic() - began)

    def _beat_for_ever(self) -> None:
        pause = min(_LONGEST_BEAT, self._settings.lease_seconds / 4)
        while True:
            try:
                self._jobs.seen(self._id, ready=self._ready)
                if (work := self._work) is not None:
                    self._jobs.beat(work.claim, self._percent(work), "compiling")
            except Exception:  # noqa: BLE001  a beat may be missed
                # When the database stays away, the next claim ends the process.
                _log.exception("no heartbeat")
            time.sleep(pause)

    def _percent(self, work: _Work) -> float:
        """A guess from the time that jobs usually take: compilers do not say how far they are."""
        return 95 * (1 - math.exp(-(time.monotonic() - work.began) / self._usual_seconds))


def main() -> None:
    """Run the worker that standard input describes."""
    logging.basicConfig(format="%(asctime)s worker %(process)d: %(message)s", level=logging.WARNING)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    told = json.loads(sys.stdin.buffer.readline())
    worker = Worker(ServerSettings.from_json(told["settings"]), told["id"])
    threading.Thread(target=_end_with_input, args=(worker,), name="input", daemon=True).start()
    worker.run()


def _compile(claim: Claim, images: Sequence[bytes]) -> "Program":
    from programasweights.compiler import get_compiler
    from programasweights.lm.loader import load_engine
    from programasweights.lm.registry import DEFAULT_MODEL

    request = claim.request
    spec, options = request.checked([_image(png) for png in images])
    engine = load_engine(request.interpreter or DEFAULT_MODEL)
    compiler = get_compiler(request.compiler)
    if request.budget == 1:
        return compiler.compile(spec, engine, options)
    from programasweights.compiler.search import search

    return search(compiler, spec, engine, options, budget=request.budget, inputs=request.inputs).program


def _image(png: bytes) -> "Image":
    from programasweights.vision import Image

    return Image(png)


def _end_with_input(worker: Worker) -> None:
    # Not sys.stdin: the interpreter cannot shut down in order while a thread holds its lock.
    while os.read(0, 4096):
        pass
    try:
        worker.leave()
    finally:
        os._exit(0)  # a compile under way cannot be interrupted in any other way


if __name__ == "__main__":
    main()
