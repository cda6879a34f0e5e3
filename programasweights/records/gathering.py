"""Calls from coroutines: those that wait at the same time are run as one batch, in a thread of their own.

The thread ends when nothing waits, and belongs to no event loop, so that any number of loops may call. A cancelled call
that has not begun is not run.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from typing import Any, Generic, TypeVar

from programasweights.inputs import Given
from programasweights.records.attempts import attempt

__all__ = ["Gatherer", "map_in_threads"]

A = TypeVar("A")

_BATCH = 32
_CHUNK = 64


class Gatherer(Generic[A]):
    """Gathers calls of one function. Safe to use from several threads and event loops."""

    def __init__(self, run: Callable[[Sequence[Any]], Sequence[A]]) -> None:
        """Gather calls of `run`, which gives the answers to some inputs, in order."""
        self._run = run
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Given, Future[A]]] = deque()
        self._working = False

    async def call(self, text: Given) -> A:
        """The answer to one input; raises what `run` raises for it."""
        future: Future[A] = Future()
        with self._lock:
            self._waiting.append((text, future))
        # Not at once: calls that are about to be made in the same turn of the loop come along.
        asyncio.get_running_loop().call_soon(self._begin)
        return await asyncio.wrap_future(future)

    def _begin(self) -> None:
        with self._lock:
            if self._working or not self._waiting:
                return
            self._working = True
        threading.Thread(target=self._work, name="paw-acall").start()

    def _work(self) -> None:
        while batch := self._take():
            answers = attempt(self._run, [text for text, _ in batch], (Exception,))
            for (_, future), answer in zip(batch, answers, strict=True):
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    def _take(self) -> list[tuple[Given, Future[A]]]:
        batch: list[tuple[Given, Future[A]]] = []
        with self._lock:
            while self._waiting and len(batch) < _BATCH:
                text, future = self._waiting.popleft()
                if future.set_running_or_notify_cancel():
                    batch.append((text, future))
            self._working = bool(batch)
        return batch


async def map_in_threads(answers: Iterator[A]) -> list[A]:
    """All that a long-running iterator gives, without holding up the event loop; cancelling stops it soon."""
    found: list[A] = []
    while chunk := await asyncio.to_thread(lambda: list(islice(answers, _CHUNK))):
        found += chunk
    return found
