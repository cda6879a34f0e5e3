"""The pages on which a browser signs in and out, and on which keys are made and revoked."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from programasweights.server.access import SESSION_COOKIE, AnyCaller, UserCaller
from programasweights.server.accounts import SESSION_SECONDS
from programasweights.server.api.account import MOST_KEYS
from programasweights.server.errors import not_found
from programasweights.server.schemas import LARGEST
from programasweights.server.services import Services
from programasweights.server.web.views import Views

__all__ = ["add_routes"]

_LOCAL_PATH = re.compile(r"/(?![/\\])[\x21-\x7e]*")
"""A path on this server. A browser would read //host and /\\host as another one."""
_LONGEST_NAME = 100


def add_routes(pages: APIRouter, services: Services, views: Views) -> None:
    """Add the pages."""
    accounts, settings = services.accounts, services.settings

    @pages.get("/login")
    def login_page(request: Request, next: str = "/") -> Response:
        return views.render(request, "login.html", needed=settings.access == "keys", failed=None, next=next)

    @pages.post("/login")
    def login(
        request: Request,
        key: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/",
    ) -> Response:
        viewer = accounts.by_key(key.strip())
        if viewer is None:
            failed = "This is not a key of this server, or it was revoked. Check that all of it was copied."
            return views.render(request, "login.html", status=401, needed=True, failed=failed, next=next)
        if old := request.cookies.get(SESSION_COOKIE):
            accounts.end_session(old)
        token, _ = accounts.start_session(viewer.user_id)
        answer = RedirectResponse(next if _LOCAL_PATH.fullmatch(next) else "/", status_code=303)
        secure = (settings.public_url or str(request.base_url)).startswith("https:")
        age = int(SESSION_SECONDS)
        answer.set_cookie(SESSION_COOKIE, token, max_age=age, httponly=True, samesite="lax", secure=secure)
        return answer

    @pages.post("/logout")
    def logout(request: Request) -> Response:
        if token := request.cookies.get(SESSION_COOKIE):
            accounts.end_session(token)
        answer = RedirectResponse("/login", status_code=303)
        answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax")
        return answer

    @pages.get("/keys")
    def keys_page(request: Request, who: AnyCaller) -> Response:
        if who.viewer is None:
            return RedirectResponse("/login?next=/keys", status_code=303)
        keys = accounts.keys(who.viewer.user_id)
        return views.render(request, "keys.html", keys=keys, made=None, failed=None)

    @pages.post("/keys")
    def make_key(request: Request, who: UserCaller, name: Annotated[str, Form()] = "") -> Response:
        name, made, failed = name.strip(), None, None
        if not 0 < len(name) <= _LONGEST_NAME:
            failed = f"Say in 1 to {_LONGEST_NAME} characters what the key is for."
        elif len(accounts.keys(who.user.user_id)) >= MOST_KEYS:
            failed = f"You have {MOST_KEYS} keys, which is the most. Revoke one first."
        else:
            made = accounts.issue_key(who.user.user_id, name)
        status = 400 if failed else 200
        keys = accounts.keys(who.user.user_id)
        return views.render(request, "keys.html", status=status, keys=keys, made=made, failed=failed)

    @pages.post("/keys/{key_id}/revoke")
    def revoke_key(key_id: Annotated[int, Path(ge=1, le=LARGEST)], who: UserCaller) -> Response:
        if not accounts.revoke_key(who.user.user_id, key_id):
            raise not_found("key of yours")
        return RedirectResponse("/keys", status_code=303)
