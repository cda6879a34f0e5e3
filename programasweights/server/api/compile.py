"""Compile jobs: asked for and waited for, asked for and looked at later, cancelled."""

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from programasweights.server.access import Caller, UserCaller
from programasweights.server.api.common import API, api_router
from programasweights.server.errors import ApiError
from programasweights.server.images import decoded_images
from programasweights.server.jobs import BATCH, INTERACTIVE, CompileRequest, ImagePlace, JobView, Wants
from programasweights.server.schemas import (
    CompileAnswer,
    CompileBody,
    CompilesAnswer,
    PrecheckAnswer,
    Timings,
)
from programasweights.server.services import Services
from programasweights.server.settings import ServerSettings
from programasweights.server.snapshots import compiler_kind, shown_compiler, snapshot

if TYPE_CHECKING:
    from programasweights.vision import Image

__all__ = ["router"]

_LOOK_SECONDS = (0.05, 0.5)
"""First and longest pause between looks at a job that somebody waits for."""
_WAIT_SECONDS = 2_300
"""A client that waits has given up by then."""
_MOST_LISTED = 100
_STATUS = {"queued": "queued", "running": "compiling", "done": "ready"}


def router(services: Services) -> APIRouter:
    """The routes."""
    routes = api_router("compile")
    jobs = services.jobs

    def submit(body: CompileBody, who: Caller) -> JobView:
        services.compile_rate.take(who.counted_as)
        wants = Wants(
            public=body.public, ephemeral=body.ephemeral, slug=body.slug, tags=tuple(body.tags or ())
        )
        priority = BATCH if body.priority == "batch" else INTERACTIVE
        placed = _placed(body, services.settings)
        images = [image for _, image in placed]
        job = jobs.submit(who.user, _request(body, placed), wants, priority=priority, images=images)
        services.metrics.compile_asked(cached=job.cached)
        return job

    @routes.post(f"{API}/compile")
    async def compile_and_wait(body: CompileBody, who: UserCaller) -> CompileAnswer:
        """Compile a task, and answer when the program is ready."""
        job = await run_in_threadpool(submit, body, who)
        pause, longest = _LOOK_SECONDS
        end = time.monotonic() + _WAIT_SECONDS
        while job.state in ("queued", "running") and time.monotonic() < end:
            await asyncio.sleep(pause)
            pause = min(pause * 1.2, longest)
            job = await run_in_threadpool(jobs.view, job.id, who.user)
        if job.state == "failed":
            raise ApiError(422, "compile_failed", job.error or "the compile failed.")
        if job.state == "cancelled":
            raise ApiError(409, "cancelled", "the compile was cancelled.")
        return _answer(job)

    @routes.post(f"{API}/compile/async", status_code=202)
    def compile_later(body: CompileBody, who: UserCaller) -> CompileAnswer:
        """Queue a task, and answer at once with its job; one compiled before is ready at once."""
        return _answer(submit(body, who))

    @routes.post(f"{API}/compile/precheck")
    def precheck(body: CompileBody, who: UserCaller) -> PrecheckAnswer:
        """Say whether a compile would be answered at once, and how long it would wait if not."""
        request = _request(body, _placed(body, services.settings))
        program_id = jobs.known(who.user, request)
        names = _compiler_names(request, services)
        return PrecheckAnswer(
            cached=program_id is not None,
            program_id=program_id,
            compiler_snapshot=names[1],
            compiler_kind=names[0],
            queue_length=sum(jobs.waiting()),
            estimated_wait_s=0.0 if program_id else jobs.estimate_seconds(),
        )

    @routes.get(f"{API}/compile")
    def list_jobs(who: UserCaller) -> CompilesAnswer:
        """The caller's jobs, newest first, a hundred at most."""
        return CompilesAnswer(jobs=[_answer(job) for job in jobs.list(who.user, _MOST_LISTED)])

    @routes.get(f"{API}/compile/{{job_id}}")
    def view_job(job_id: str, who: UserCaller) -> CompileAnswer:
        """How a job stands."""
        return _answer(jobs.view(job_id, who.user))

    @routes.delete(f"{API}/compile/{{job_id}}")
    def cancel_job(job_id: str, who: UserCaller) -> CompileAnswer:
        """Cancel a job that waits or runs; 409 if it has ended."""
        return _answer(jobs.cancel(job_id, who.user))

    return routes


def _placed(body: CompileBody, limits: ServerSettings) -> "list[tuple[int, Image]]":
    """The pictures of a request with their places in the text that is left of the spec without outer white space."""
    text = body.spec.strip()
    before = len(body.spec) - len(body.spec.lstrip())
    images = decoded_images(body.images, limits)
    places = [len(text) if sent.at is None else sent.at - before for sent in body.images]
    placed = [(min(max(place, 0), len(text)), image) for place, image in zip(places, images, strict=True)]
    return sorted(placed, key=lambda pair: pair[0])


def _request(body: CompileBody, placed: "Sequence[tuple[int, Image]]") -> CompileRequest:
    return CompileRequest(
        spec=body.spec,
        examples=tuple((given, wanted) for given, wanted in body.examples or ()),
        compiler=body.compiler,
        interpreter=body.interpreter,
        seed=body.seed,
        max_new_tokens=body.max_new_tokens,
        stop=tuple(body.stop),
        storage=body.storage,
        budget=body.budget,
        inputs=tuple(body.inputs),
        images=tuple(ImagePlace(place, image.digest) for place, image in placed),
    )


def _compiler_names(request: CompileRequest, services: Services) -> tuple[str, str]:
    """The kind and the snapshot of the compiler that a checked request names or leaves open."""
    from programasweights.server.snapshots import chosen_compiler, chosen_interpreter

    compiler = chosen_compiler(request.compiler, services.settings)
    interpreter = chosen_interpreter(request.interpreter, services.settings)
    return compiler_kind(compiler), snapshot(compiler, interpreter, images=bool(request.images))


def _answer(job: JobView) -> CompileAnswer:
    compiler, interpreter = job.request.compiler or "default", job.request.interpreter or ""
    started = job.started_at or job.finished_at or time.time()
    ended = job.finished_at or time.time()
    return CompileAnswer(
        job_id=job.id,
        status=_STATUS.get(job.state, job.state),  # type: ignore[arg-type]
        percent=job.percent,
        stage=job.stage,
        program_id=job.program_id,
        slug=job.slug,
        version=job.version,
        version_action=job.version_action,
        cached=job.cached,
        compiler=shown_compiler(compiler),
        compiler_kind=compiler_kind(compiler),
        compiler_snapshot=snapshot(compiler, interpreter, images=bool(job.request.images)),
        pseudo_program_strategy=None,
        runtime_id=None,
        runtime_manifest_version=None,
        timings=Timings(
            queue_ms=1000 * max(0.0, started - job.created_at),
            total_ms=1000 * max(0.0, ended - job.created_at),
        ),
        error=job.error,
    )
