"""Programs as a Ray Serve application; needs the `ray` extra.

serve run programasweights.serving:build_app urgent=urgent.paw
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from programasweights.serving.deployment import Programs, build_app

__all__ = ["Programs", "build_app"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from programasweights.serving import deployment

        return getattr(deployment, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
