"""One thread that completes prompts for many callers: what waits at the moment is decoded as one batch.

Callers get text as it comes. Text is handed out only when it is final: never half a character, and never the
beginning of what may turn out to be a stop string. Requests that come while a batch runs wait for its end.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from programasweights.errors import PawError
from programasweights.lm.decoding import Request, Sampling, complete
from programasweights.lm.engine import Engine
from programasweights.lm.tokenizer import Tokenizer

__all__ = ["CompletionWorker", "Event", "Job", "Outcome", "TextStream"]


@dataclass(frozen=True)
class Outcome:
    """How a completion ended."""

    finish_reason: Literal["stop", "length"]
    """The model ended or a stop string came; or the token limit was reached."""
    tokens: int
    """Tokens that the model wrote, those of a stop string included."""


Event = str | Outcome | Exception
"""More text; or, as the last event of a job, its outcome or why there is none."""


@dataclass
class Job:
    """A prompt to complete."""

    ids: list[int]
    """Prompt tokens, at least one."""
    max_new_tokens: int
    """At most so many tokens are written."""
    sampling: Sampling
    """How tokens are drawn."""
    stop: Sequence[str]
    """Texts that end the completion and are not part of it."""
    emit: Callable[[Event], None]
    """Takes the events, in the worker's thread; must not raise."""
    cancelled: bool = False
    """Set by the caller when nobody waits for the rest."""


class TextStream:
    """Text of a growing token sequence, in pieces that later tokens cannot change."""

    def __init__(self, tokenizer: Tokenizer, stop: Sequence[str]) -> None:
        """Start with no text; any of `stop` ends it."""
        self._tokenizer = tokenizer
        self._stop = stop
        self._given = 0
        self.stopped = False
        """Whether a stop string has come."""

    def feed(self, ids: Sequence[int]) -> str:
        """The text that has become final, given all tokens so far."""
        text = self._until_stop(ids)
        return self._new(text if self.stopped else text[: self._final_length(text)])

    def finish(self, ids: Sequence[int]) -> str:
        """What was still held back, given all tokens."""
        return self._new(self._until_stop(ids))

    def _until_stop(self, ids: Sequence[int]) -> str:
        text = self._tokenizer.decode(ids)
        found = [place for stop in self._stop if (place := text.find(stop)) >= 0]
        self.stopped = bool(found)
        return text[: min(found)] if found else text

    def _final_length(self, text: str) -> int:
        # A character of several bytes decodes to replacement marks until its last token has come.
        text = text.rstrip("\ufffd")
        held = (n for stop in self._stop for n in range(1, len(stop)) if text.endswith(stop[:n]))
        return len(text) - max(held, default=0)

    def _new(self, text: str) -> str:
        new = text[self._given :]
        self._given += len(new)
        return new


class CompletionWorker:
    """Completes jobs with one engine, in one thread."""

    def __init__(self, engine: Engine) -> None:
        """Start the thread; `close` ends it."""
        self._engine = engine
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="completions", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Queue a job, which must fit into the engine's context."""
        self._queue.put(job)

    def close(self) -> None:
        """End running and waiting jobs with an error and wait for the thread."""
        self._closing = True
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            while not self._queue.empty() and (following := self._queue.get()) is not None:
                batch.append(following)
            for job in batch:
                if job.cancelled:
                    job.emit(Outcome("stop", 0))
            try:
                self._complete([job for job in batch if not job.cancelled])
            except Exception as error:  # noqa: BLE001  the thread must outlive any failure; callers are told
                for job in batch:
                    job.emit(error)
            if self._closing:
                return

    def _complete(self, jobs: Sequence[Job]) -> None:
        streams = [TextStream(self._engine.tokenizer, job.stop) for job in jobs]
        requests = [self._request(job, stream) for job, stream in zip(jobs, streams, strict=True)]
        for index, completion in complete(self._engine, requests):
            job, tokens = jobs[index], completion.ids
            if self._closing:
                raise PawError("the server is shutting down; ask again when it is back.")
            if rest := streams[index].finish(tokens):
                job.emit(rest)
            job.emit(Outcome("length" if completion.finish_reason == "length" else "stop", len(tokens)))

    def _request(self, job: Job, stream: TextStream) -> Request:
        def watch(ids: Sequence[int]) -> bool:
            if text := stream.feed(ids):
                job.emit(text)
            return stream.stopped or job.cancelled or self._closing

        return Request(job.ids, job.max_new_tokens, stop=watch, sampling=job.sampling)
