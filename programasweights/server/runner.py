"""Runs programs in the server's process: one engine, whose rows all callers share.

Two threads. One prepares: it loads a program that is not yet in memory and turns inputs into tokens. The
other decodes: whenever a row is free it takes the next input, from each waiting job in turn, so that a job of
many inputs does not keep a single one waiting. Leaves out who may run what, and how often.
"""

import contextlib
import logging
import queue
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, InvalidStateError, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from programasweights.errors import PawError
from programasweights.inputs import Given
from programasweights.server.errors import ApiError

if TYPE_CHECKING:
    from programasweights.interpreter import Interpreter, PreparedProgram
    from programasweights.lm.decoding import Completion, Request
    from programasweights.lm.kv_cache import KvCache
    from programasweights.program import Program

__all__ = ["RunOptions", "RunResult", "Runner"]

_log = logging.getLogger(__name__)

_KEPT_BYTES = 256 * 2**20
_MOST_WAITING = 4096
"""Inputs that may wait, of all users together."""
_BUSY_SECONDS = 5
"""When a caller who was turned away should ask again."""
_LEAST_WIDTH = 512
"""Positions of a row, at least; wider rows double."""


@dataclass(frozen=True)
class RunResult:
    """What a program made of one input."""

    text: str
    """The output."""
    tokens: int
    """Tokens that the model wrote."""
    input_tokens: int
    """Positions that program and input took."""
    finish: Literal["stop", "length", "time"]
    """The program ended by itself, at its token limit, or at the server's time limit."""


@dataclass(frozen=True)
class RunOptions:
    """What a caller may ask of one run, beside the input."""

    max_new_tokens: int | None = None
    """Fewer tokens than the program would write at most."""
    temperature: float = 0.0
    """0 is greedy, as programs are meant to run."""
    top_p: float = 1.0
    """With a temperature: only the most probable tokens that together reach this are drawn from."""
    seed: int = 0
    """With a temperature: the same seed draws the same tokens."""


@dataclass(eq=False)
class _Job:
    """The inputs of one request."""

    program_id: str
    load: "Callable[[], Program]"
    inputs: Sequence[Given]
    options: RunOptions
    on_text: Callable[[str], None] | None
    future: "Future[list[RunResult]]" = field(default_factory=Future)
    calls: "deque[_Call]" = field(default_factory=deque)
    results: dict[int, RunResult] = field(default_factory=dict)

    def fail(self, error: BaseException) -> None:
        with contextlib.suppress(InvalidStateError):  # the caller went away
            self.future.set_exception(error)

    def take_result(self, index: int, result: RunResult) -> None:
        self.results[index] = result
        if len(self.results) == len(self.inputs):
            with contextlib.suppress(InvalidStateError):
                self.future.set_result([self.results[i] for i in range(len(self.inputs))])


@dataclass(eq=False)
class _Call:
    """One input of a job."""

    job: _Job
    index: int
    prepared: "PreparedProgram"
    request: "Request"
    width: int
    growing: "_Growing"
    timed_out: bool = False


class Runner:
    """Runs programs for many callers at once. `start` loads the engine in the background."""

    def __init__(self, interpreter: str | None = None, *, run_seconds: float = 60) -> None:
        """Prepare to run programs of one base model.

        Args:
            interpreter: its name; by default the default base model.
            run_seconds: longest time that one input may be decoded for.
        """
        self._name = interpreter
        self._seconds = run_seconds
        self._interpreter: Interpreter | None = None
        self._error: PawError | None = None
        self._prepared: OrderedDict[str, PreparedProgram] = OrderedDict()
        self._preparing = ThreadPoolExecutor(1, thread_name_prefix="prepare")
        self._decoding = threading.Thread(target=self._decode_all, name="decode", daemon=True)
        self._changed = threading.Condition()
        self._jobs: deque[_Job] = deque()
        self._active: dict[int, _Call] = {}
        self._numbers = 0
        self._waiting = 0
        self._width = 0
        self._cache: KvCache | None = None
        self._closing = False

    def start(self, *, wait: bool = False) -> None:
        """Load the engine and begin to run.

        Args:
            wait: until it is loaded.

        Raises:
            PawError: with `wait`: it cannot be loaded.
        """
        loading = self._preparing.submit(self._load_engine)
        self._decoding.start()
        if wait:
            loading.result()
            if self._error is not None:
                raise self._error

    def close(self) -> None:
        """Fail what still waits or runs, and end the threads."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._decoding.ident is not None:
            self._decoding.join()
        self._preparing.shutdown(cancel_futures=True)

    @property
    def ready(self) -> bool:
        """Whether the engine is loaded."""
        return self._interpreter is not None

    @property
    def waiting(self) -> int:
        """Inputs that wait or run."""
        return self._waiting

    def submit(
        self,
        program_id: str,
        load: "Callable[[], Program]",
        inputs: Sequence[Given],
        *,
        options: RunOptions | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> "Future[list[RunResult]]":
        """Queue inputs; cancelling the future gives up what has not run.

        Args:
            program_id: the program.
            load: reads it if it is not in memory.
            inputs: at least one.
            options: what the caller asks.
            on_text: takes the output as it grows, in the decoding thread; only for one input.

        Raises:
            ApiError: 503 if too much waits already.
        """
        job = _Job(program_id, load, inputs, options or RunOptions(), on_text)
        with self._changed:
            if self._closing or self._waiting + len(inputs) > _MOST_WAITING:
                raise _busy("too many inputs wait already; ask again in a moment.")
            self._waiting += len(inputs)
        job.future.add_done_callback(lambda _: self._forget(len(inputs)))
        self._preparing.submit(self._prepare_job, job)
        return job.future

    def run(self, program_id: str, load: "Callable[[], Program]", inputs: Sequence[Given]) -> list[RunResult]:
        """The results for `inputs`, in order; waits for them.

        Raises:
            ApiError: the server is too busy.
            ProgramError: the program cannot run here.
            InputError: an input cannot be taken.
        """
        return self.submit(program_id, load, inputs).result() if inputs else []

    def stream(self, program_id: str, load: "Callable[[], Program]", text: str) -> Iterator[str]:
        """Yield the output for one input in pieces, as they become final; raises as `run`."""
        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        future = self.submit(program_id, load, [text], on_text=pieces.put)
        future.add_done_callback(lambda _: pieces.put(None))
        try:
            while (piece := pieces.get()) is not None:
                yield piece
            future.result()
        finally:
            future.cancel()

    def _forget(self, count: int) -> None:
        with self._changed:
            self._waiting -= count

    # The preparing thread.

    def _load_engine(self) -> None:
        from programasweights.interpreter import Interpreter
        from programasweights.lm.loader import load_engine
        from programasweights.lm.registry import DEFAULT_MODEL

        try:
            self._interpreter = Interpreter(load_engine(self._name or DEFAULT_MODEL))
        except PawError as error:
            self._error = error
            _log.error("the interpreter cannot be loaded: %s", error)
        except Exception as error:  # noqa: BLE001  the thread must outlive any failure; callers are told
            self._error = PawError(f"the interpreter cannot be loaded: {error!r:.200}")
            _log.exception("the interpreter cannot be loaded")

    def _prepare_job(self, job: _Job) -> None:
        if job.future.cancelled():
            return
        try:
            prepared = self._prepare(job)
            for index, given in enumerate(job.inputs):
                job.calls.append(self._call(job, index, prepared, given))
        except Exception as error:  # noqa: BLE001  the thread must outlive any failure; the caller is told
            job.fail(error)
            return
        with self._changed:
            self._jobs.append(job)
            self._changed.notify_all()

    def _prepare(self, job: _Job) -> "PreparedProgram":
        if self._interpreter is None:
            raise ApiError(503, "engine_unavailable", f"programs cannot run here: {self._error}")
        kept = self._prepared.get(job.program_id)
        if kept is None:
            kept = self._prepared[job.program_id] = self._interpreter.prepare(job.load())
        self._prepared.move_to_end(job.program_id)
        while len(self._prepared) > 1 and sum(map(_size, self._prepared.values())) > _KEPT_BYTES:
            self._prepared.popitem(last=False)
        return kept

    def _call(self, job: _Job, index: int, prepared: "PreparedProgram", given: Given) -> _Call:
        assert self._interpreter is not None
        request = self._interpreter.request(prepared, given, index)
        options = job.options
        if options.max_new_tokens is not None:
            request = replace(request, max_new_tokens=min(request.max_new_tokens, options.max_new_tokens))
        if options.temperature:
            sampling = replace(
                request.sampling, temperature=options.temperature, top_p=options.top_p, seed=options.seed
            )
            request = replace(request, sampling=sampling)
        context = self._interpreter.engine.config.context_length
        width = _LEAST_WIDTH
        while width < request.positions:
            width *= 2
        growing = _Growing(prepared.program.behaviour.generation.stop)
        return _Call(job, index, prepared, request, min(width, context), growing)

    # The decoding thread.

    def _decode_all(self) -> None:
        while self._wait_for_jobs():
            try:
                self._decode_some()
            except Exception as error:  # noqa: BLE001  the thread must outlive any failure; callers are told
                _log.exception("decoding failed")
                self._cache = None  # what its rows hold is not known
                for call in self._active.values():
                    call.job.fail(error)
                self._active.clear()
        with self._changed:
            left = {*self._jobs, *(call.job for call in self._active.values())}
        for job in left:
            job.fail(_busy("the server is shutting down; ask again when it is back."))

    def _wait_for_jobs(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._jobs)
            if self._jobs and self._jobs[0].calls:
                self._width = self._jobs[0].calls[0].width
            return not self._closing

    def _decode_some(self) -> None:
        from programasweights.lm.decoding import complete_polled

        assert self._interpreter is not None
        engine = self._interpreter.engine
        for number, completion in complete_polled(engine, self._rows(), self._take):
            if self._closing:
                return  # what was cut short is no result
            call = self._active.pop(number)
            result = self._result(call, completion)
            if call.job.on_text is not None and (rest := call.growing.rest(result.text)):
                call.job.on_text(rest)
            call.job.take_result(call.index, result)

    def _rows(self) -> "KvCache":
        from programasweights.lm.decoding import default_rows
        from programasweights.lm.kv_cache import KvCache

        assert self._interpreter is not None
        if self._cache is None or self._cache.capacity != self._width:
            self._cache = None  # before the next one takes its memory
            engine = self._interpreter.engine
            self._cache = KvCache(engine.config, default_rows(engine, self._width), self._width)
        return self._cache

    def _take(self) -> "tuple[int, Request] | None":
        """The next input, from each job in turn.

        None also when that input needs wider rows, or when nothing left needs rows as wide as these, of
        which there are fewer: then all rows run out, and the next are of the right width.
        """
        with self._changed:
            while self._jobs and (self._jobs[0].future.done() or not self._jobs[0].calls):
                self._jobs.popleft()
            if self._closing or not self._jobs:
                return None
            head = self._jobs[0].calls[0]
            if max(head.width, *(call.width for call in self._active.values()), 0) != self._width:
                return None
            call = self._jobs[0].calls.popleft()
            self._jobs.rotate(-1)
            self._numbers += 1
            self._active[self._numbers] = call
        return self._numbers, replace(call.request, stop=self._watch(call))

    def _watch(self, call: _Call) -> Callable[[Sequence[int]], bool]:
        assert self._interpreter is not None
        machine, deadline = self._interpreter, time.monotonic() + self._seconds

        def watch(ids: Sequence[int]) -> bool:
            if call.job.on_text is not None and (
                piece := call.growing.feed(machine.text(call.prepared, ids))
            ):
                call.job.on_text(piece)
            call.timed_out = time.monotonic() > deadline
            if call.timed_out or self._closing or call.job.future.done():
                return True
            return call.prepared.stop is not None and call.prepared.stop(ids)

        return watch

    def _result(self, call: _Call, completion: "Completion") -> RunResult:
        assert self._interpreter is not None
        text = self._interpreter.text(call.prepared, completion.ids)
        finish: Literal["stop", "length", "time"] = (
            "length" if completion.finish_reason == "length" else "stop"
        )
        taken = call.prepared.state.positions + len(call.request.ids)
        return RunResult(text, len(completion.ids), taken, "time" if call.timed_out else finish)


class _Growing:
    """The part of a growing output that later tokens cannot change."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._beginnings = [stop[:length] for stop in stops for length in range(1, len(stop))]
        self._given = 0

    def feed(self, text: str) -> str:
        # A character of several bytes decodes to replacement marks until its last token has come.
        text = text.rstrip("\ufffd").rstrip()
        held = (len(start) for start in self._beginnings if text.endswith(start))
        return self.rest(text[: len(text) - max(held, default=0)].rstrip())

    def rest(self, text: str) -> str:
        new = text[self._given :]
        self._given += len(new)
        return new


def _size(prepared: "PreparedProgram") -> int:
    return prepared.nbytes + sum(array.nbytes for array in prepared.program.tensors.values())


def _busy(message: str) -> ApiError:
    return ApiError(503, "busy", message, headers={"Retry-After": str(_BUSY_SECONDS)})
