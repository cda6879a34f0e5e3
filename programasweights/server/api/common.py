"""What several routers share: how errors are documented, and how a reference stands in a path."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from programasweights.server.schemas import ErrorAnswer

__all__ = ["API", "RefPath", "api_router"]

API = "/api/v1"
"""Where all paths of the API begin, but for a few that other programs expect elsewhere."""

RefPath = Annotated[
    str,
    Path(
        min_length=1,
        max_length=200,
        description="A program id, its first 16 digits or more, `user/name`, or `name` for one's own; "
        "`@v2` after a name chooses a version.",
    ),
]

_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorAnswer, "description": "The request was refused."},
    503: {
        "model": ErrorAnswer,
        "description": "The server is busy, or a part of it is away; see Retry-After.",
    },
}


def api_router(tag: str) -> APIRouter:
    """A router whose routes document the one error shape."""
    return APIRouter(tags=[tag], responses=_ERRORS)
