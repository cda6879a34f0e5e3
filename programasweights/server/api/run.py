"""Running programs: many inputs at once, one input, one input with its output as it grows; text, or pictures too."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from programasweights.inputs import Given
from programasweights.server.access import AnyCaller
from programasweights.server.api.common import API, api_router
from programasweights.server.api.running import RunningText, check_inputs, open_text, run_inputs
from programasweights.server.errors import ApiError
from programasweights.server.handlers import as_api_error
from programasweights.server.images import decoded_images, with_images
from programasweights.server.runner import RunOptions
from programasweights.server.schemas import InferAnswer, InferBody, RunAnswer, RunBody
from programasweights.server.services import Services
from programasweights.server.settings import ServerSettings

if TYPE_CHECKING:
    from programasweights.vision import Image

__all__ = ["EVENTS", "event", "inputs_of", "options_of", "router", "stream_answer"]

EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": RunAnswer,
        "description": "The outputs; with `stream`, events of `text`, then one with `done`.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}
_COLDEST = 1e-3
"""Below it, nothing but the most probable token would be drawn anyway, and logits could overflow."""


def router(services: Services) -> APIRouter:
    """The routes."""
    routes = api_router("run")

    @routes.post(f"{API}/run", responses=EVENTS, response_model=RunAnswer)
    async def run(body: RunBody, request: Request, who: AnyCaller) -> Any:
        """Run a program on `inputs`, or on one `input`."""
        inputs = await _with_images(body, services.settings)
        if body.stream:
            start = time.perf_counter()
            running = await open_text(services, who, body.program, inputs[0])
            return stream_answer(running, start, request.state.request_id)
        done = await run_inputs(services, request, who, body.program, inputs)
        return done.run_answer()

    @routes.post(f"{API}/infer")
    async def infer(body: InferBody, request: Request, who: AnyCaller) -> InferAnswer:
        """Run a program on one input, in fewer tokens or by chance if asked."""
        done = await run_inputs(services, request, who, body.program_id, [body.input], options_of(body))
        return done.infer_answer()

    return routes


async def _with_images(body: RunBody, limits: ServerSettings) -> Sequence[Given]:
    """The inputs of a request, with the pictures that belong to them."""
    texts = inputs_of(body)
    if not body.images:
        return texts
    check_inputs(limits, texts)
    for number, sent in enumerate(body.images):
        if sent.input >= len(texts):
            message = (
                f"there is no input {sent.input}; inputs are counted from 0, and there are {len(texts)}."
            )
            raise ApiError(400, "invalid_request", message, field=f"images.{number}.input")
    images = await run_in_threadpool(decoded_images, body.images, limits)
    placed: list[list[tuple[int | None, Image]]] = [[] for _ in texts]
    for sent, image in zip(body.images, images, strict=True):
        placed[sent.input].append((sent.at, image))
    return [with_images(text, here) for text, here in zip(texts, placed, strict=True)]


def inputs_of(body: RunBody) -> list[str]:
    """The inputs of a request: one if they are to be streamed.

    Raises:
        ApiError: it holds none, or what cannot be streamed.
    """
    inputs = body.inputs if body.input is None else [body.input]
    if inputs is None or (body.inputs is not None and (body.input is not None or body.stream)):
        message = "send either inputs, a list, or input, one text; only one input can be streamed."
        raise ApiError(400, "invalid_request", message, field="inputs")
    return inputs


def options_of(body: InferBody) -> RunOptions:
    """What a request asks beside the input."""
    warm = body.temperature if body.temperature and body.temperature > _COLDEST else 0.0
    return RunOptions(max_new_tokens=body.max_tokens, temperature=warm)


def event(data: object) -> str:
    """One server-sent event."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def stream_answer(running: RunningText, start: float, request_id: str) -> Response:
    """An input's output as events."""

    async def events() -> AsyncIterator[str]:
        async for piece in running.pieces():
            yield event({"text": piece})
        if (error := running.future.exception()) is not None:
            yield event(as_api_error(error).body(request_id))
            return
        result = running.future.result()[0]
        yield event(
            {
                "done": True,
                "program_id": running.program_id,
                "output": result.text,
                "finish": result.finish,
                "tokens_generated": result.tokens,
                "latency_ms": 1000 * (time.perf_counter() - start),
            }
        )

    return StreamingResponse(events(), media_type="text/event-stream")
