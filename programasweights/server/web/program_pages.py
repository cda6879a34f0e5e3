"""The pages about programs: describe one, browse them, look at one."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from programasweights.errors import PawError
from programasweights.server.access import AnyCaller
from programasweights.server.accounts import Viewer
from programasweights.server.catalogue import Entry, Sort, Versions
from programasweights.server.services import Services
from programasweights.server.settings import ServerSettings
from programasweights.server.snapshots import chosen_compiler, chosen_interpreter, reads_images
from programasweights.server.web.samples import SAMPLES
from programasweights.server.web.views import Views, own_name, snippets

__all__ = ["add_routes"]

_NEWEST = 4
_PER_PAGE = 20
_INPUTS = 3
_SORTS: dict[Sort, str] = {
    "new": "newest",
    "downloads": "most downloads",
    "runs": "most runs",
    "name": "spec, A to Z",
}


def add_routes(pages: APIRouter, services: Services, views: Views) -> None:
    """Add the pages."""
    catalogue = services.catalogue

    @pages.get("/")
    def studio(request: Request, who: AnyCaller, program: str = "") -> Response:
        values: dict[str, Any] = {"entry": None, "recent": [], "slug_name": None, "cases": []}
        if program:
            values |= _program(services, request, program, who.viewer)
        else:
            values["recent"] = catalogue.search(who.viewer, per_page=_NEWEST).programs
        values |= {"samples": SAMPLES, "first_inputs": [""] * _INPUTS, "limits": services.settings}
        values["reads_images"] = _reads_images(services.settings)
        return views.render(request, "home.html", inside_page=False, **values)

    @pages.get("/open")
    def open_program(ref: str = "") -> Response:
        text = ref.strip().partition("?")[0].partition("#")[0]
        name = text.partition("/programs/")[2] or text.strip("/")
        return RedirectResponse(f"/programs/{quote(name, safe='/@')}" if name else "/", status_code=303)

    @pages.get("/hub")
    def hub(
        request: Request,
        who: AnyCaller,
        q: Annotated[str, Query(max_length=500)] = "",
        tag: Annotated[str, Query(max_length=40)] = "",
        sort: Sort = "new",
        mine: bool = False,
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    ) -> Response:
        found = catalogue.search(
            who.viewer, text=q, tag=tag.strip() or None, mine=mine, sort=sort, page=page, per_page=_PER_PAGE
        )
        asked = {"q": q, "tag": tag, "sort": "" if sort == "new" else sort, "mine": "true" if mine else ""}

        def page_link(number: int) -> str:
            kept = {name: value for name, value in asked.items() if value}
            return f"/hub?{urlencode(kept | {'page': number})}"

        values: dict[str, Any] = {"q": q, "tag": tag, "sort": sort, "mine": mine, "sorts": _SORTS}
        values |= {"found": found, "last": -(-found.total // _PER_PAGE), "page_link": page_link}
        return views.render(request, "hub.html", **values)

    @pages.get("/programs/{ref:path}")
    def program(request: Request, who: AnyCaller, ref: str) -> Response:
        values = _program(services, request, ref, who.viewer)
        histories = _histories(services, values["entry"], who.viewer)
        values |= {"histories": histories, "first_inputs": [""] * _INPUTS, "inside_page": True}
        values["limits"] = services.settings
        return views.render(request, "program.html", **values)


def _reads_images(settings: ServerSettings) -> bool:
    """Whether the compiler of requests that name none reads pictures."""
    try:
        return reads_images(chosen_compiler(None, settings), chosen_interpreter(None, settings))
    except PawError:  # a page must be shown even where no model can be found
        return False


def _program(services: Services, request: Request, ref: str, viewer: Viewer | None) -> dict[str, Any]:
    """What the pages that show a program show of it."""
    catalogue = services.catalogue
    entry = catalogue.entry(catalogue.resolve(ref, viewer).program_id, viewer)
    server = (services.settings.public_url or str(request.base_url)).rstrip("/")
    return {
        "entry": entry,
        "slug_name": own_name(entry, viewer),
        "cases": [] if viewer is None else catalogue.cases(entry.id, viewer),
        "snippets": snippets(entry, server),
        "link": f"{server}/programs/{entry.id}",
    }


def _histories(services: Services, entry: Entry, viewer: Viewer | None) -> list[Versions]:
    """The versions of every slug that the program has."""
    slugs = dict.fromkeys(slug.slug for slug in entry.slugs)
    return [services.catalogue.versions(slug, viewer) for slug in slugs]
