"""The HTTP side of a replica: the paths, bodies and errors of our own server that run programs.

| request | as in docs/server.md |
|---|---|
| `POST /api/v1/run` | yes, `stream` too |
| `POST /api/v1/infer` | yes |
| `GET /health` | whether the replica can run programs |

Leaves out users and keys: whoever reaches the application may run every program that it can find.
"""

import asyncio
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from programasweights.server import handlers
from programasweights.server.api.common import API, api_router
from programasweights.server.api.run import EVENTS, inputs_of, options_of, stream_answer
from programasweights.server.api.running import Outcome, check_inputs, start_text
from programasweights.server.errors import ApiError
from programasweights.server.metrics import Metrics
from programasweights.server.middleware import Bodies, Edge
from programasweights.server.runner import Runner, RunOptions
from programasweights.server.schemas import InferAnswer, InferBody, RunAnswer, RunBody
from programasweights.server.settings import ServerSettings
from programasweights.serving.held import Held

__all__ = ["make_api"]

_LIMITS = ServerSettings(data_dir=Path())
"""Only its limits count here."""


class Health(BaseModel):
    """Whether a replica can work."""

    status: Literal["ok", "degraded"]
    version: str
    engine: bool


def make_api(held: Held, runner: Runner) -> FastAPI:
    """The app of a replica."""
    app = FastAPI(
        title="programasweights",
        version=version("programasweights"),
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    routes = api_router("run")

    @routes.post(f"{API}/run", responses=EVENTS, response_model=RunAnswer)
    async def run(body: RunBody, request: Request) -> Any:
        """Run a program on `inputs`, or on one `input`."""
        inputs = inputs_of(body)
        if body.stream:
            check_inputs(_LIMITS, inputs)
            start = time.perf_counter()
            found = await run_in_threadpool(held.find, body.program)
            running = await start_text(runner, *found, inputs[0])
            return stream_answer(running, start, request.state.request_id)
        return (await _run(held, runner, body.program, inputs)).run_answer()

    @routes.post(f"{API}/infer")
    async def infer(body: InferBody) -> InferAnswer:
        """Run a program on one input, in fewer tokens or by chance if asked."""
        return (await _run(held, runner, body.program_id, [body.input], options_of(body))).infer_answer()

    @routes.get("/health")
    async def health() -> Health:
        """Whether the replica can run programs."""
        state: Literal["ok", "degraded"] = "ok" if runner.ready else "degraded"
        return Health(status=state, version=version("programasweights"), engine=runner.ready)

    app.include_router(routes)
    handlers.install(app, _page)
    app.add_middleware(Bodies, settings=_LIMITS)
    app.add_middleware(Edge, metrics=Metrics(), secure=False)
    return app


async def _run(
    held: Held, runner: Runner, ref: str, inputs: Sequence[str], options: RunOptions | None = None
) -> Outcome:
    """Run a program; a request that Serve cancels, because its client went away, is given up."""
    check_inputs(_LIMITS, inputs)
    start = time.perf_counter()
    program_id, load = await run_in_threadpool(held.find, ref)
    if not inputs:
        return Outcome(program_id, [], 0.0)
    results = await asyncio.wrap_future(runner.submit(program_id, load, inputs, options=options))
    return Outcome(program_id, results, time.perf_counter() - start)


def _page(_: Request, error: ApiError, request_id: str) -> Response:
    return handlers.answer(error, request_id)
