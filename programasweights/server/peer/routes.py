"""What the public `programasweights` SDK asks for beside our own routes: bundles, runtimes, compilers, base models.

Its other calls (compile, resolve, list, info, rename, versions, infer) are our own API. A base model and its
runtime are public, since the SDK fetches them without a key.
"""

import threading
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.server.access import AnyCaller
from programasweights.server.api.common import API, RefPath, api_router
from programasweights.server.errors import ApiError, conflict, not_found
from programasweights.server.peer.bundle import build_bundle
from programasweights.server.peer.runtime import BaseFile, base_file, runtime_manifest
from programasweights.server.services import Services
from programasweights.server.settings import ServerSettings
from programasweights.server.snapshots import (
    chosen_interpreter,
    compiler_kind,
    compiler_names,
    reads_images,
    shown_compiler,
    snapshot,
)

__all__ = ["router"]

_ZIP_TYPE, _GGUF_TYPE = "application/zip", "application/octet-stream"
_FILE = {"schema": {"type": "string", "format": "binary"}}
_COMPILERS = {
    "default": "the trained checkpoint that comes with the package; prompting for models that it was not trained for",
    "shipped": "the trained checkpoint that comes with the package",
    "prompted": "the interpreter writes the program itself, from a prompt",
    "neural": "slots from the interpreter's own KV, without training",
}


def router(services: Services) -> APIRouter:
    """The routes; the bundle's stands before those that take any reference."""
    routes = api_router("public SDK")
    _add_bundle(routes, services)
    _add_models(routes, services.settings)
    return routes


def _add_bundle(routes: APIRouter, services: Services) -> None:
    one_at_a_time = threading.Lock()

    @routes.get(
        f"{API}/programs/{{ref:path}}/download",
        response_class=Response,
        responses={200: {"content": {_ZIP_TYPE: _FILE}, "description": "The bundle."}},
    )
    def bundle(ref: RefPath, request: Request, who: AnyCaller) -> Response:
        """A program as a ZIP file that the public SDK runs with llama.cpp."""
        program = services.catalogue.program(_resolve(services, ref, who.viewer), who.viewer)
        runtime = _runtime(services.settings, request)
        if runtime is None:
            message = "the base model is no GGUF file, which is what the public SDK runs; use /run or /infer."
            raise conflict("no_local_runtime", message)
        with one_at_a_time:  # the KV is computed and held in memory
            data = build_bundle(program, _engine(services.settings), runtime)
        services.tally.downloaded(program.id)
        headers = {"Content-Disposition": f'attachment; filename="{program.id[:16]}.zip"'}
        return Response(data, media_type=_ZIP_TYPE, headers=headers)


def _resolve(services: Services, ref: str, viewer: Any) -> str:
    try:
        return services.catalogue.resolve(ref, viewer).program_id
    except ApiError as error:
        if error.status != 404:
            raise
        # The SDK asks again for a minute unless it reads these two words.
        raise ApiError(404, error.error, f"program not found: {error.message}") from None


def _add_models(routes: APIRouter, settings: ServerSettings) -> None:
    @routes.get(f"{API}/models/compilers")
    def compilers(request: Request) -> dict[str, Any]:
        """The compilers that a request may name; the default one comes first."""
        runtime = _runtime(settings, request)
        interpreter = chosen_interpreter(None, settings)
        names = compiler_names(settings)
        return {
            "compilers": [
                {
                    "name": shown_compiler(name),
                    "description": _COMPILERS.get(name, "a checkpoint of this server's owner"),
                    "default": name == names[0],
                    "compiler_kind": compiler_kind(name),
                    "reads_images": reads_images(name, interpreter),
                    "runtime_id": runtime["runtime_id"] if runtime else None,
                    "supports_local_sdk": runtime is not None,
                    "latest_snapshot": snapshot(name, interpreter),
                }
                for name in names
            ]
        }

    @routes.get(f"{API}/models/runtimes/{{runtime_id}}")
    def runtime(runtime_id: str, request: Request) -> dict[str, Any]:
        """The manifest of the runtime that programs of this server run on."""
        manifest = _runtime(settings, request)
        if manifest is None or manifest["runtime_id"] != runtime_id:
            raise not_found("runtime of that id")
        return manifest

    @routes.get(
        f"{API}/models/files/{{name}}",
        response_class=FileResponse,
        responses={200: {"content": {_GGUF_TYPE: _FILE}}, 206: {"content": {_GGUF_TYPE: _FILE}}},
    )
    def base_model(name: str) -> FileResponse:
        """A base model's GGUF file; ranges are served."""
        base = _base(settings)
        if base is None or base.name != name:
            raise not_found("file of that name")
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": f'"{base.sha256}"'}
        return FileResponse(base.path, media_type=_GGUF_TYPE, filename=base.name, headers=headers)


def _runtime(settings: ServerSettings, request: Request) -> dict[str, Any] | None:
    """The one runtime of this server, at the address that the client knows; None if there is no GGUF file."""
    base = _base(settings)
    return None if base is None else runtime_manifest(base, settings.public_url or str(request.base_url))


def _base(settings: ServerSettings) -> BaseFile | None:
    return _base_of(settings.interpreter or DEFAULT_MODEL)


@cache
def _base_of(name: str) -> BaseFile | None:
    """Once for each process: the file's content does not change under a running server."""
    return base_file(name)


def _engine(settings: ServerSettings) -> Any:
    """The engine that the runner uses, loaded if it is not yet."""
    from programasweights.lm.loader import load_engine

    return load_engine(settings.interpreter or DEFAULT_MODEL)
