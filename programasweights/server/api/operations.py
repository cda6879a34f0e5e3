"""For those who run the server: whether it is well, whether it can work, what it has done."""

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from programasweights.server.access import AnyCaller
from programasweights.server.api.common import api_router
from programasweights.server.errors import ApiError
from programasweights.server.metrics import CONTENT_TYPE, State
from programasweights.server.schemas import HealthAnswer
from programasweights.server.services import Services

__all__ = ["router", "state_of"]

_ALIVE_SECONDS = 10.0
"""A worker that was heard of so lately is alive."""
_NOT_READY: dict[int | str, dict[str, Any]] = {
    503: {"model": HealthAnswer, "description": "A part is missing; the answer says which."}
}
_FIGURES: dict[int | str, dict[str, Any]] = {
    200: {"description": "Figures for Prometheus.", "content": {"text/plain": {"schema": {"type": "string"}}}}
}


def router(services: Services) -> APIRouter:
    """The routes."""
    routes = api_router("operations")

    @routes.get("/health")
    def health() -> HealthAnswer:
        """Answers as long as the server lives; `degraded` if it cannot do all of its work."""
        return _health(services)

    @routes.get("/ready", responses=_NOT_READY, response_model=HealthAnswer)
    def ready() -> Any:
        """503 unless the database answers, a worker is alive and the interpreter is loaded."""
        found = _health(services)
        if found.status == "ok":
            return found
        return JSONResponse(found.model_dump(), status_code=503, headers={"Retry-After": "2"})

    @routes.get("/metrics", responses=_FIGURES, response_class=Response)
    def metrics(who: AnyCaller) -> Response:
        """Figures for Prometheus; on a server with keys, for administrators."""
        if not who.user.admin:
            raise ApiError(403, "admin_required", "the figures are for administrators.")
        return Response(services.metrics.text(), media_type=CONTENT_TYPE)

    return routes


def state_of(services: Services) -> State:
    """How things stand now; zeros for what the database cannot tell."""
    inputs, engine = services.runner.waiting, services.runner.ready
    try:
        queued, running = services.jobs.waiting()
        return State(queued, running, services.jobs.alive(_ALIVE_SECONDS), inputs, engine)
    except SQLAlchemyError:
        return State(0, 0, 0, inputs, engine)


def _health(services: Services) -> HealthAnswer:
    now, database = state_of(services), services.database.ping()
    well = database and now.workers > 0 and now.engine
    return HealthAnswer(
        status="ok" if well else "degraded",
        version=version("programasweights"),
        database=database,
        workers=now.workers,
        engine=now.engine,
        queued=now.queued,
        running=now.running,
    )
