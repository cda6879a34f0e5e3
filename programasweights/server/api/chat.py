"""OpenAI's chat completions over programs: `model` is a program, the last user message its input.

Other messages are not read: a program has its task already. Errors have this server's shape.
"""

import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse

from programasweights.server import openai_request
from programasweights.server.access import AnyCaller
from programasweights.server.api.common import RefPath, api_router
from programasweights.server.api.run import event
from programasweights.server.api.running import RunningText, open_text, run_inputs
from programasweights.server.entries import Entry
from programasweights.server.errors import ApiError
from programasweights.server.handlers import as_api_error
from programasweights.server.runner import RunOptions, RunResult
from programasweights.server.services import Services

__all__ = ["router"]

_COLDEST = 1e-3
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["model", "messages"],
                    "properties": {
                        "model": {"type": "string"},
                        "messages": {
                            "type": "array",
                            "minItems": 1,
                            "items": {
                                "type": "object",
                                "required": ["role", "content"],
                                "properties": {
                                    "role": {"enum": ["system", "user", "assistant"]},
                                    "content": {"type": "string"},
                                },
                                "additionalProperties": False,
                            },
                        },
                        "max_tokens": {"type": "integer", "minimum": 1, "maximum": 8192},
                        "temperature": {"type": "number", "minimum": 0, "maximum": 2},
                        "stream": {"type": "boolean"},
                    },
                }
            }
        },
    }
}
_OBJECT: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The completion, or its chunks.",
        "content": _OBJECT | {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


def router(services: Services) -> APIRouter:
    """The routes."""
    routes = api_router("chat")

    @routes.get("/v1/models")
    def models(who: AnyCaller) -> dict[str, Any]:
        """The programs that the caller holds; for anybody, the public ones. The newest hundred."""
        found = services.catalogue.search(who.viewer, mine=who.viewer is not None, per_page=100)
        return {"object": "list", "data": [_model(entry, _name(entry)) for entry in found.programs]}

    @routes.get("/v1/models/{ref:path}")
    def model(ref: RefPath, who: AnyCaller) -> dict[str, Any]:
        """One program."""
        program_id = services.catalogue.resolve(ref, who.viewer).program_id
        return _model(services.catalogue.entry(program_id, who.viewer), ref)

    @routes.post("/v1/chat/completions", openapi_extra=_BODY, responses=_EVENTS, response_class=Response)
    async def chat(request: Request, who: AnyCaller) -> Response:
        """Run the program `model` on the last user message."""
        asked = await _parse(request)
        text = _input(asked)
        options = _options(asked)
        if asked.stream:
            running = await open_text(services, who, asked.model, text, options)
            parts = _chunks(running, asked, request.state.request_id)
            return StreamingResponse(parts, media_type="text/event-stream")
        done = await run_inputs(services, request, who, asked.model, [text], options)
        return JSONResponse(_completion(asked.model, done.results[0]))

    return routes


async def _parse(request: Request) -> openai_request.ChatRequest:
    body = await request.body()
    try:
        return await run_in_threadpool(openai_request.parse_request, body)
    except openai_request.ApiError as error:
        raise ApiError(error.status, error.code or "invalid_request", str(error), field=error.param) from None


def _input(asked: openai_request.ChatRequest) -> str:
    last = next((message for message in reversed(asked.messages) if message.role == "user"), None)
    if last is None:
        message = "there is no message of the user; its content is what the program is run on."
        raise ApiError(400, "invalid_request", message, field="messages")
    return last.content


def _options(asked: openai_request.ChatRequest) -> RunOptions:
    """What is asked of the run. The protocol's own default of 1 is not what a program is meant to run at."""
    if asked.stop:
        raise ApiError(
            400, "unsupported_parameter", "a program has its own stop texts; leave stop out.", field="stop"
        )
    said = asked.temperature if "temperature" in asked.model_fields_set else 0.0
    warm = said if said > _COLDEST else 0.0
    return RunOptions(asked.token_limit, warm, asked.top_p, (asked.seed or 0) % 2**64)


def _name(entry: Entry) -> str:
    main = next((named.slug for named in entry.slugs if named.is_main), None)
    return main or entry.id


def _model(entry: Entry, name: str) -> dict[str, Any]:
    owner = entry.owners[0] if entry.owners else "programasweights"
    return {"id": name, "object": "model", "created": int(entry.added_at), "owned_by": owner}


def _frame(model: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": model}


def _completion(model: str, result: RunResult) -> dict[str, Any]:
    message = {"role": "assistant", "content": result.text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(result)}
    return _frame(model, "chat.completion") | {"choices": [choice], "usage": _usage(result)}


async def _chunks(
    running: RunningText, asked: openai_request.ChatRequest, request_id: str
) -> AsyncIterator[str]:
    frame = _frame(asked.model, "chat.completion.chunk")

    def chunk(delta: dict[str, Any], finish: str | None = None) -> str:
        return event(
            frame | {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}
        )

    yield chunk({"role": "assistant", "content": ""})
    async for piece in running.pieces():
        yield chunk({"content": piece})
    if (error := running.future.exception()) is not None:
        body = as_api_error(error).body(request_id)
        yield event({"error": body["detail"]})
        return
    result = running.future.result()[0]
    yield chunk({}, _finish(result))
    if asked.stream_options.include_usage:
        yield event(frame | {"choices": [], "usage": _usage(result)})
    yield "data: [DONE]\n\n"


def _finish(result: RunResult) -> str:
    return "stop" if result.finish == "stop" else "length"


def _usage(result: RunResult) -> dict[str, int]:
    total = result.input_tokens + result.tokens
    return {"prompt_tokens": result.input_tokens, "completion_tokens": result.tokens, "total_tokens": total}
