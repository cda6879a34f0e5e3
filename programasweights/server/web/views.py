"""From what the catalogue knows to HTML: templates, the few words and numbers that they format, code to copy."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from programasweights.server.access import Caller
from programasweights.server.accounts import Viewer
from programasweights.server.entries import Entry
from programasweights.server.web.assets import Assets

__all__ = ["Page", "Snippets", "Views", "entry_ref", "entry_title", "own_name", "snippets"]

_TITLE = 72


@dataclass(frozen=True)
class Page:
    """What the frame of every page shows."""

    viewer: Viewer | None
    csrf: str | None
    path: str


@dataclass(frozen=True)
class Snippets:
    """How a program is used from elsewhere."""

    python: str
    cli: str


class Views:
    """Renders templates. Everything that goes into them is escaped."""

    def __init__(self, assets: Assets) -> None:
        """Load the packaged templates."""
        loader = PackageLoader("programasweights.server.web")
        self._environment = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.globals["static"] = assets.url
        self._environment.filters |= _FILTERS

    def render(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The page that a template makes for the one who asks."""
        who: Caller | None = getattr(request.state, "caller", None)
        page = Page(who.viewer if who else None, who.csrf if who else None, request.url.path)
        html = self._environment.get_template(template).render(page=page, **values)
        # Pages hold what one user may see; no cache may hand them to another.
        return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def entry_ref(entry: Entry) -> str:
    """The friendliest name of a program that still means exactly it: a slug, or its id."""
    if not entry.slugs:
        return entry.id
    best = next((slug for slug in entry.slugs if slug.is_main), entry.slugs[0])
    return best.slug if best.is_main else f"{best.slug}@v{best.version}"


def entry_title(entry: Entry) -> str:
    """What a program is called in lists and titles: its slug, or the beginning of its spec."""
    if entry.slugs:
        return entry_ref(entry)
    line = entry.spec.strip().partition("\n")[0]
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def own_name(entry: Entry, viewer: Viewer | None) -> str | None:
    """The name that the viewer gave a program."""
    owned = [slug.slug.partition("/") for slug in entry.slugs]
    return next((name for user, _, name in owned if viewer is not None and user == viewer.name), None)


def snippets(entry: Entry, server: str) -> Snippets:
    """Code that fetches a program from this server and runs it."""
    ref = entry_ref(entry)
    text = entry.examples[0][0] if entry.examples else "your input"
    python = (
        "import programasweights as paw\n\n"
        f"f = paw.function({json.dumps(ref)}, server={json.dumps(server)})\n"
        f"print(f({json.dumps(text, ensure_ascii=False)}))"
    )
    cli = f"paw pull {shlex.quote(ref)} --server {shlex.quote(server)} -o {_filename(entry)}\n"
    return Snippets(python, cli + f"paw run {_filename(entry)} {shlex.quote(text)}")


def _filename(entry: Entry) -> str:
    name = entry.slugs[0].slug.partition("/")[2] if entry.slugs else entry.id[:16]
    return f"{name}.paw"


def _shades(program_id: str) -> list[str]:
    """One opacity for each hexadecimal digit."""
    return [f"{0.12 + 0.88 * int(digit, 16) / 15:.2f}" for digit in program_id]


def _size(count: int) -> str:
    for unit, scale in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= scale:
            return f"{count / scale:.1f} {unit}"
    return f"{count} bytes"


def _day(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment.day} {moment:%B %Y}"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _percent(value: float) -> str:
    """A share in percent; any other number as it is."""
    return f"{100 * value:.0f}%" if 0 <= value <= 1 else f"{value:.4g}"


def _words(name: str) -> str:
    text = name.replace("_", " ").replace("kv ", "KV ")
    return text[:1].upper() + text[1:]


def _stamp(time: str) -> str:
    """A manifest's time, for people."""
    return f"{_day(datetime.fromisoformat(time).timestamp())}, {time[11:16]} UTC"


_FILTERS: Mapping[str, Any] = {
    "day": _day,
    "filename": _filename,
    "moment": _moment,
    "percent": _percent,
    "ref": entry_ref,
    "shades": _shades,
    "size": _size,
    "stamp": _stamp,
    "title": entry_title,
    "words": _words,
}
