"""The Ray Serve deployment: each replica has one engine, in which calls of all programs decode together.

A replica joins whatever requests it has into one batch, as our own server does (`server/runner.py`); Serve starts and
stops replicas by how many requests are under way, and replaces those that are not healthy.
"""

import os
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from ray import serve
from ray.serve import Application

from programasweights import api
from programasweights.errors import ProgramError
from programasweights.hub.names import chosen_server
from programasweights.program import to_bytes
from programasweights.server.runner import Runner
from programasweights.serving.api import make_api
from programasweights.serving.held import Held

__all__ = ["Programs", "build_app"]

_AUTOSCALING = {"min_replicas": 1, "max_replicas": 8, "target_ongoing_requests": 8}
_MOST_REQUESTS = 64
"""Requests that a replica has at once; the rest waits in the proxy."""


class Replica:
    """One engine, and the programs that it was given."""

    def __init__(self, contents: Mapping[str, bytes], interpreter: str | None, server: str | None) -> None:
        """Load the engine, with a thread for each CPU that the replica was given.

        Args:
            contents: `.paw` bytes by name.
            interpreter: base model that all programs run on; None for the default.
            server: address of a server that holds further programs.
        """
        import ray

        cpus = ray.get_runtime_context().get_assigned_resources().get("CPU", 1)
        os.environ["PAW_THREADS"] = str(max(1, int(cpus)))
        self._held = Held(contents, server)
        self._runner = Runner(interpreter)
        self._runner.start(wait=True)

    def __serve_build_asgi_app__(self) -> FastAPI:
        """Called by Serve once the replica is made."""
        return make_api(self._held, self._runner)

    def check_health(self) -> None:
        """Called by Serve; raising has the replica replaced."""
        if not self._runner.ready:
            raise RuntimeError("the engine is not loaded.")


Programs: Any = serve.deployment(
    name="Programs",
    autoscaling_config=_AUTOSCALING,
    max_ongoing_requests=_MOST_REQUESTS,
    health_check_period_s=5,
    health_check_timeout_s=30,
    ray_actor_options={"num_cpus": 1},
)(serve.ingress()(Replica))
"""The deployment; all that Serve has a setting for may be changed by `.options` or in a configuration file."""


def build_app(programs: dict[str, str]) -> Application:
    """The application, for `serve run` and `serve.run`.

    Args:
        programs: what `paw.function` takes, a path or an id for instance, by the names that requests use. Programs that
            are not named here are found by id in a node's cache folder, or on the server of `PAW_SERVER`.

    Raises:
        FileNotFoundError: there is no such file.
        ProgramError: a file is not a program, or the programs run on different base models.
        HubError: no program of that name can be found.
    """
    loaded = {name: api.load(source) for name, source in programs.items()}
    models = {
        program.behaviour.interpreter.digest: program.behaviour.interpreter.name
        for program in loaded.values()
    }
    if len(models) > 1:
        raise ProgramError(
            f"the programs run on different base models ({', '.join(models.values())}), but a replica has one; make "
            "an application for each."
        )
    contents = {name: to_bytes(program) for name, program in loaded.items()}
    return Programs.bind(contents, next(iter(models.values()), None), chosen_server(None))
