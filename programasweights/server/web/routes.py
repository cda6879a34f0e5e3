"""The pages and their addresses. What they change, they change by forms; all else their scripts ask the API for."""

from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.routing import APIRoute

from programasweights.server.errors import ApiError, not_found
from programasweights.server.handlers import as_api_error
from programasweights.server.services import Services
from programasweights.server.web import account_pages, program_pages
from programasweights.server.web.assets import Assets
from programasweights.server.web.views import Views

__all__ = ["error_page", "router"]

_KEEP = "public, max-age=31536000, immutable"
_NO_PAGE = "There is no such page or program, or it is not yours to see. Check the address, or log in."
_HEADINGS = {
    400: "This request does not fit",
    401: "Log in first",
    403: "This is not allowed",
    404: "There is nothing here",
    405: "This cannot be done here",
    413: "This is too large",
    429: "A little slower, please",
    503: "The server is busy",
}


def error_page(request: Request, error: ApiError, request_id: str) -> Response:
    """What a browser is shown when a page cannot be."""
    heading = _HEADINGS.get(error.status, "Something went wrong")
    message = _NO_PAGE if error.status == 404 else error.message[:1].upper() + error.message[1:]
    values = {"heading": heading, "message": message, "request_id": request_id}
    answer = _views().render(request, "error.html", status=error.status, code=error.status, **values)
    answer.headers.update(error.headers)
    return answer


def router(services: Services) -> APIRouter:
    """The routes of all pages."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=_PageRoute)
    assets, views = _assets(), _views()
    program_pages.add_routes(pages, services, views)
    account_pages.add_routes(pages, services, views)

    @pages.get("/about")
    def about(request: Request) -> Response:
        return views.render(request, "about.html")

    @pages.get("/static/{version}/{name}")
    def static(version: str, name: str) -> Response:
        asset = assets.get(name)
        if asset is None or version != assets.version:
            raise not_found("file of that name")
        return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": _KEEP})

    return pages


class _PageRoute(APIRoute):
    """A route whose faults that nobody planned for are shown as pages, too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await answer(request)
            except Exception as error:
                raise as_api_error(error, request.url.path) from error

        return handle


@cache
def _assets() -> Assets:
    return Assets()


@cache
def _views() -> Views:
    return Views(_assets())
