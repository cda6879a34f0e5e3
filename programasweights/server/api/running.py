"""Runs a caller's inputs: looks at the limits, asks the runner, counts, and stops when nobody waits any more."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from programasweights.inputs import Given, mixed_input
from programasweights.program import Program
from programasweights.server.access import Caller
from programasweights.server.errors import ApiError
from programasweights.server.runner import Runner, RunOptions, RunResult
from programasweights.server.schemas import InferAnswer, RunAnswer
from programasweights.server.services import Services
from programasweights.server.settings import ServerSettings

__all__ = ["Outcome", "RunningText", "check_inputs", "open_text", "run_inputs", "start_text"]


@dataclass(frozen=True)
class Outcome:
    """What a program made of a caller's inputs."""

    program_id: str
    results: list[RunResult]
    seconds: float

    @property
    def tokens(self) -> int:
        """Tokens that the program wrote."""
        return sum(result.tokens for result in self.results)

    def run_answer(self) -> RunAnswer:
        """The body of an answer with all outputs."""
        return RunAnswer(
            program_id=self.program_id,
            outputs=[result.text for result in self.results],
            tokens_generated=self.tokens,
            latency_ms=1000 * self.seconds,
        )

    def infer_answer(self) -> InferAnswer:
        """The body of an answer with the first output."""
        return InferAnswer(
            output=self.results[0].text, tokens_generated=self.tokens, latency_ms=1000 * self.seconds
        )


async def run_inputs(
    services: Services,
    request: Request,
    who: Caller,
    ref: str,
    inputs: Sequence[Given],
    options: RunOptions | None = None,
) -> Outcome:
    """Run a program that the caller may see.

    Raises:
        ApiError: the program is not there, a limit is reached, or the server is too busy.
        PawError: the program cannot run, or an input cannot be taken.
    """
    start = time.perf_counter()
    program_id = await _admit(services, who, ref, inputs)
    if not inputs:
        return Outcome(program_id, [], 0.0)
    future = services.runner.submit(program_id, _loader(services, who, program_id), inputs, options=options)
    results = await _unless_gone(request, future)
    _count(services, program_id, results)
    return Outcome(program_id, results, time.perf_counter() - start)


@dataclass(frozen=True)
class RunningText:
    """The output for one input, on its way."""

    program_id: str
    first: str | None
    """The first piece; None if there is none."""
    future: "Future[list[RunResult]]"
    _pieces: "asyncio.Queue[str | None]"

    async def pieces(self) -> AsyncIterator[str]:
        """All pieces; gives the run up when the iteration is closed early."""
        try:
            piece = self.first
            while piece is not None:
                yield piece
                piece = await self._pieces.get()
        finally:
            self.future.cancel()


async def open_text(
    services: Services, who: Caller, ref: str, given: Given, options: RunOptions | None = None
) -> RunningText:
    """Start to run a program on one input, and wait for the first piece; raises as `run_inputs`."""
    program_id = await _admit(services, who, ref, [given])
    load = _loader(services, who, program_id)
    running = await start_text(services.runner, program_id, load, given, options)
    running.future.add_done_callback(lambda done: _count_done(services, program_id, done))
    return running


async def start_text(
    runner: Runner,
    program_id: str,
    load: Callable[[], Program],
    given: Given,
    options: RunOptions | None = None,
) -> RunningText:
    """Start to run a program on one input, and wait for the first piece.

    Raises:
        ApiError: too much waits already.
        PawError: the program cannot run, or the input cannot be taken.
    """
    loop, pieces = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def put(piece: str | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is gone when the server was stopped by force
            loop.call_soon_threadsafe(pieces.put_nowait, piece)

    future = runner.submit(program_id, load, [given], options=options, on_text=put)
    future.add_done_callback(lambda _: put(None))
    try:
        first = await pieces.get()
    except asyncio.CancelledError:
        future.cancel()
        raise
    if first is None:
        future.result()  # raises what went wrong, while the status can still say so
    return RunningText(program_id, first, future, pieces)


async def _admit(services: Services, who: Caller, ref: str, inputs: Sequence[Given]) -> str:
    """The program's id, if the inputs are within the limits."""
    check_inputs(services.settings, inputs)
    services.run_rate.take(who.counted_as, max(1, len(inputs)))
    found = await run_in_threadpool(services.catalogue.resolve, ref, who.viewer)
    return found.program_id


def check_inputs(limits: ServerSettings, inputs: Sequence[Given]) -> None:
    """Refuse too many inputs, and too long ones.

    Raises:
        ApiError: 413.
    """
    if len(inputs) > limits.max_inputs:
        message = f"there are {len(inputs)} inputs, at most {limits.max_inputs} are taken at once; send them in parts."
        raise ApiError(413, "too_large", message, field="inputs")
    for number, given in enumerate(inputs):
        count = len(mixed_input(given, number)[0])
        if count > limits.max_input_characters:
            message = (
                f"input {number} has {count} characters, at most {limits.max_input_characters} are taken."
            )
            raise ApiError(413, "too_large", message, field=f"inputs.{number}")


def _loader(services: Services, who: Caller, program_id: str) -> Callable[[], Program]:
    return lambda: services.catalogue.program(program_id, who.viewer)


async def _unless_gone(request: Request, future: "Future[list[RunResult]]") -> list[RunResult]:
    """The results; gives them up when the client goes away."""
    waiting = asyncio.wrap_future(future)
    watching = asyncio.create_task(_gone(request))
    either: tuple[asyncio.Future[Any], asyncio.Future[Any]] = (waiting, watching)
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            raise ApiError(499, "client_gone", "the client went away.")
        return waiting.result()
    finally:
        watching.cancel()
        waiting.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _count(services: Services, program_id: str, results: Sequence[RunResult]) -> None:
    services.metrics.ran(len(results), sum(result.tokens for result in results))
    services.tally.ran(program_id, len(results))


def _count_done(services: Services, program_id: str, future: "Future[list[RunResult]]") -> None:
    if not future.cancelled() and future.exception() is None:
        _count(services, program_id, future.result())
