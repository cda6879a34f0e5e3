"""Keeps the compile workers running: starts them, replaces those that died, ends those that work in vain.

One thread of the server looks a few times a second. Nothing is kept here that matters: jobs are in the database, and
after a crash of the whole server the next one finds them there.
"""

import json
import logging
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from secrets import token_hex

from programasweights.server.catalogue import Catalogue
from programasweights.server.jobs import JobQueue
from programasweights.server.settings import ServerSettings

__all__ = ["Supervisor"]

_log = logging.getLogger(__name__)

_TICK = 0.1
_GRACE_SECONDS = 1.0
"""A job that was cancelled may be at its end; replacing a worker takes longer than that."""
_SECONDS_TO_LEAVE = 5.0
_SOUND_SECONDS = 20.0
"""A worker that lived so long was started well."""
_LONGEST_PAUSE = 30.0
_FORGET_SECONDS = 60.0
_QUEUE_EVERY = 0.5
_TIDY_EVERY = 60.0


@dataclass
class _Place:
    """Room for one worker, and who is in it."""

    worker_id: str = ""
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    start_at: float = 0.0
    """Not before: a worker that cannot start is not tried all the time."""
    failures: int = 0
    """Workers in a row that died soon."""
    stray_since: float | None = None


class Supervisor:
    """The workers of one server. All times are of the monotonic clock."""

    def __init__(self, settings: ServerSettings, jobs: JobQueue, catalogue: Catalogue) -> None:
        """Prepare; `start` starts."""
        self._settings = settings
        self._jobs = jobs
        self._catalogue = catalogue
        self._places = [_Place() for _ in range(settings.workers)]
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._next_queue = self._next_tidy = 0.0

    def start(self) -> None:
        """Start the workers and the thread that watches them."""
        self._thread.start()

    def stop(self) -> None:
        """End the workers, whose jobs go back to the queue, and the thread."""
        self._ending.set()
        self._thread.join()
        running = [place for place in self._places if place.process is not None]
        for place in running:
            _close_input(place)
        deadline = time.monotonic() + _SECONDS_TO_LEAVE
        for place in running:
            _wait_or_kill(place, deadline)
            self._bury(place)

    def pids(self) -> list[int]:
        """Process ids of the workers that run."""
        processes = [place.process for place in self._places]
        return [process.pid for process in processes if process is not None and process.poll() is None]

    def _watch(self) -> None:
        while not self._ending.is_set():
            try:
                self._tick(time.monotonic())
            except Exception:  # noqa: BLE001  whatever happened, the workers must be watched
                _log.exception("the supervisor could not look after the workers; it tries again")
                self._ending.wait(1.0)
            self._ending.wait(_TICK)

    def _tick(self, now: float) -> None:
        for place in self._places:
            if place.process is not None and place.process.poll() is not None:
                self._replace(place, now)
            if place.process is None and now >= place.start_at:
                self._start(place, now)
        if now >= self._next_queue:
            self._next_queue = now + _QUEUE_EVERY
            self._look_at_jobs(now)
        if now >= self._next_tidy:
            self._next_tidy = now + _TIDY_EVERY
            self._catalogue.remove_expired()
            self._jobs.forget_workers(_FORGET_SECONDS)

    def _look_at_jobs(self, now: float) -> None:
        self._jobs.recover()
        self._jobs.stop_overdue()
        strays = self._jobs.strays()
        for place in self._places:
            if place.worker_id not in strays:
                place.stray_since = None
            elif place.stray_since is None:
                place.stray_since = now
            elif now - place.stray_since >= _GRACE_SECONDS and place.process is not None:
                _log.info("ending worker %d, whose job was taken from it", place.process.pid)
                place.process.kill()

    def _start(self, place: _Place, now: float) -> None:
        command = [sys.executable, "-m", "programasweights.server.worker"]
        place.worker_id, place.started, place.stray_since = token_hex(16), now, None
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        place.process = process
        told = json.dumps({"id": place.worker_id, "settings": self._settings.to_json()}) + "\n"
        assert process.stdin is not None
        try:
            process.stdin.write(told.encode())
            process.stdin.flush()
        except BrokenPipeError:
            return  # it is dead already, which the next look finds

    def _replace(self, place: _Place, now: float) -> None:
        """Bury a dead worker, and say when the next may start."""
        assert place.process is not None
        sound = now - place.started > _SOUND_SECONDS or place.stray_since is not None
        if place.stray_since is None:
            _log.warning("worker %d ended with status %s", place.process.pid, place.process.returncode)
        place.failures = 0 if sound else place.failures + 1
        pause = 0.0 if place.failures <= 1 else 0.5 * 2 ** min(place.failures - 2, 10)
        place.start_at = now + min(pause, _LONGEST_PAUSE)
        self._bury(place)

    def _bury(self, place: _Place) -> None:
        self._jobs.recover(place.worker_id)
        self._jobs.leave(place.worker_id)
        _close_input(place)
        place.process = None


def _close_input(place: _Place) -> None:
    if place.process is not None and place.process.stdin is not None:
        try:
            place.process.stdin.close()
        except BrokenPipeError:
            return


def _wait_or_kill(place: _Place, deadline: float) -> None:
    assert place.process is not None
    try:
        place.process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        place.process.kill()
        place.process.wait()
