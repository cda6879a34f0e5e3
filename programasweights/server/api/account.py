"""Who one is to the server, and one's keys."""

from typing import Annotated

from fastapi import APIRouter, Path

from programasweights.server.access import AnyCaller, UserCaller
from programasweights.server.api.common import API, api_router
from programasweights.server.errors import ApiError, not_found
from programasweights.server.schemas import LARGEST, KeyAnswer, KeyBody, KeysAnswer, MeAnswer, NewKeyAnswer
from programasweights.server.services import Services

__all__ = ["MOST_KEYS", "router"]

MOST_KEYS = 100
"""Most keys of one user."""
_LIMITS = (
    "max_spec_characters",
    "max_examples",
    "max_upload_bytes",
    "max_body_bytes",
    "max_image_body_bytes",
    "max_images",
    "max_image_bytes",
    "max_image_pixels",
    "max_inputs",
    "max_input_characters",
    "runs_per_minute",
    "compiles_per_minute",
)
"""Settings that a client has reason to know."""


def router(services: Services) -> APIRouter:
    """The routes."""
    routes = api_router("account")
    accounts, settings = services.accounts, services.settings

    @routes.get(f"{API}/me")
    def me(who: AnyCaller) -> MeAnswer:
        """Who the caller is, and the limits that hold."""
        viewer = who.viewer
        return MeAnswer(
            name=None if viewer is None else viewer.name,
            admin=viewer is not None and viewer.admin,
            via=None if viewer is None else viewer.via,
            access=settings.access,
            limits={name: getattr(settings, name) for name in _LIMITS},
        )

    @routes.get(f"{API}/keys")
    def list_keys(who: UserCaller) -> KeysAnswer:
        """The caller's keys, without the keys themselves."""
        return KeysAnswer(keys=[KeyAnswer.of(key) for key in accounts.keys(who.user.user_id)])

    @routes.post(f"{API}/keys", status_code=201)
    def make_key(body: KeyBody, who: UserCaller) -> NewKeyAnswer:
        """Make a key. It is shown in this answer and never again."""
        before = {key.id for key in accounts.keys(who.user.user_id)}
        if len(before) >= MOST_KEYS:
            message = f"you have {len(before)} keys, which is the most; revoke one first."
            raise ApiError(409, "too_many_keys", message)
        key = accounts.issue_key(who.user.user_id, body.name)
        made = next(
            k for k in accounts.keys(who.user.user_id) if k.id not in before and key.startswith(k.hint)
        )
        answer: NewKeyAnswer = NewKeyAnswer.of(made, key=key)
        return answer

    @routes.delete(f"{API}/keys/{{key_id}}", status_code=204)
    def revoke_key(key_id: Annotated[int, Path(ge=1, le=LARGEST)], who: UserCaller) -> None:
        """End a key of the caller's at once."""
        if not accounts.revoke_key(who.user.user_id, key_id):
            raise not_found("key of that id")

    return routes
