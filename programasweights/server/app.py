"""The server as one ASGI app: puts the parts together, starts and ends them, and lists what it answers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.routing import APIRoute

from programasweights.server import handlers
from programasweights.server.access import Identifier
from programasweights.server.accounts import Accounts
from programasweights.server.admin import first_key
from programasweights.server.api import account, chat, compile, operations, programs, run
from programasweights.server.api.common import API
from programasweights.server.catalogue import Catalogue
from programasweights.server.database import Database
from programasweights.server.jobs import JobQueue
from programasweights.server.metrics import Metrics
from programasweights.server.middleware import Bodies, Edge, Gate
from programasweights.server.peer import routes as peer
from programasweights.server.rates import Rate
from programasweights.server.runner import Runner
from programasweights.server.services import Services
from programasweights.server.settings import ServerSettings
from programasweights.server.store import ProgramFiles
from programasweights.server.supervisor import Supervisor
from programasweights.server.tally import Tally
from programasweights.server.web import routes as web

__all__ = ["create_app"]

_DESCRIPTION = """Compile functions described in plain words into small programs, keep them, run them.

Keys go into the header `X-API-Key`, or `Authorization: Bearer`. Every answer that is not a success has the shape of
`ErrorAnswer`, and every answer has the header `X-Request-Id`."""


def create_app(settings: ServerSettings, *, on_first_key: Callable[[str], None] | None = None) -> FastAPI:
    """The app; nothing is opened or started before it is served.

    Args:
        settings: of this server.
        on_first_key: told the key of the first administrator, who is made if a server with keys has none.
    """
    services = _services(settings)
    app = FastAPI(
        title="programasweights",
        version=version("programasweights"),
        description=_DESCRIPTION,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # that page would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        lifespan=lambda _: _lifespan(services, on_first_key),
    )
    app.state.services = services
    for part in _PARTS:
        app.include_router(part.router(services))
    handlers.install(app, web.error_page)
    _wrap(app, services)
    return app


_PARTS = (peer, compile, programs, run, account, operations, chat, web)
"""The public SDK's routes come first: theirs are more special than those that take any reference."""


def _operation_id(route: APIRoute) -> str:
    return route.name


def _services(settings: ServerSettings) -> Services:
    database = Database.open(settings.database)
    files = ProgramFiles(settings.files)
    catalogue = Catalogue(database, files)
    jobs = JobQueue(database, settings)
    return Services(
        settings=settings,
        database=database,
        accounts=Accounts(database),
        catalogue=catalogue,
        jobs=jobs,
        files=files,
        runner=Runner(settings.interpreter, run_seconds=settings.run_seconds),
        supervisor=Supervisor(settings, jobs, catalogue),
        run_rate=Rate("runs", settings.runs_per_minute),
        compile_rate=Rate("compiles", settings.compiles_per_minute),
        metrics=Metrics(),
        tally=Tally(catalogue),
    )


def _wrap(app: FastAPI, services: Services) -> None:
    """Put the layers around the routes; the last one added is the outermost."""
    settings = services.settings
    app.add_middleware(Bodies, settings=settings)
    app.add_middleware(Gate, settings=settings, identifier=Identifier(settings, services.accounts))
    secure = (settings.public_url or "").startswith("https:")
    app.add_middleware(Edge, metrics=services.metrics, secure=secure)
    services.metrics.watch(lambda: operations.state_of(services))


@contextlib.asynccontextmanager
async def _lifespan(services: Services, on_first_key: Callable[[str], None] | None) -> AsyncIterator[None]:
    await asyncio.to_thread(services.database.migrate)
    if services.settings.access == "keys" and on_first_key is not None:
        key = await asyncio.to_thread(first_key, services.database, services.accounts)
        if key is not None:
            on_first_key(key)
    services.runner.start()
    services.supervisor.start()
    services.tally.start()
    yield
    await asyncio.to_thread(_end, services)


def _end(services: Services) -> None:
    services.runner.close()
    services.supervisor.stop()
    services.tally.close()
    services.database.close()
