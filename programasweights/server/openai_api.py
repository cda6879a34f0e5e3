"""A base model behind OpenAI's chat completions protocol, for clients that know nothing else.

    GET  /health                 {"status": "ok", "model": ...}
    GET  /v1/models              the one model that is served
    POST /v1/chat/completions    messages in, one answer out, whole or as server-sent events

Leaves out tools, several choices, log-probabilities, and any check of keys: whoever reaches the port may ask.
Run it with `paw serve --openai`.
"""

import asyncio
import contextlib
import json
import secrets
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.requests import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from programasweights.lm.decoding import Sampling
from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.server.completion_worker import CompletionWorker, Event, Job, Outcome
from programasweights.server.openai_request import ApiError, ChatMessage, ChatRequest, parse_request

__all__ = ["DEFAULT_NEW_TOKENS", "create_app", "prompt_ids"]

DEFAULT_NEW_TOKENS = 1024
"""Most tokens of an answer when the request does not say."""

_COLDEST = 1e-3
"""Logits divided by less can overflow; nothing but the most probable token would be drawn anyway."""
_LOOK_FOR_CLIENT = 0.25


def create_app(model: str | None = None) -> FastAPI:
    """The app that serves a base model, which is loaded (fetched and converted if need be) at once.

    Args:
        model: registry name, hub id, GGUF file or folder; by default the default base model. Requests
            must name it the same way.

    Raises:
        ModelError: the model cannot be found, fetched, converted or loaded.
    """
    service = _Service(model or DEFAULT_MODEL, load_engine(model or DEFAULT_MODEL))
    app = FastAPI(title="programasweights", openapi_url=None, lifespan=service.lifespan)
    app.add_api_route("/health", service.health, methods=["GET"])
    app.add_api_route("/v1/models", service.models, methods=["GET"])
    app.add_api_route("/v1/models/{name:path}", service.model, methods=["GET"])
    app.add_api_route("/v1/chat/completions", service.chat, methods=["POST"], response_model=None)
    app.add_exception_handler(ApiError, _error_answer)
    app.add_exception_handler(HTTPException, _error_answer)
    app.add_exception_handler(Exception, _error_answer)
    return app


def prompt_ids(engine: Engine, messages: Sequence[ChatMessage]) -> list[int]:
    """Tokens of a conversation, up to where the assistant's next answer begins.

    Only the chat style's marks are parsed for control tokens; the messages are data.

    Raises:
        ApiError: the turns stand in an order that the chat style cannot show.
    """
    _check_order(messages)
    tokenizer, chat = engine.tokenizer, engine.chat
    system_open = chat.open.replace("user", "system")
    ids = tokenizer.template_ids(chat.begin)
    for message, following in zip(messages, [*messages[1:], None], strict=True):
        if message.role == "assistant":
            opening, closing = "", chat.next_turn
        elif message.role == "system":
            opening, closing = system_open, chat.next_turn
        else:
            answered = following is None or following.role == "assistant"
            opening, closing = chat.open, chat.close if answered else chat.next_turn
        ids += tokenizer.template_ids(opening)
        ids += tokenizer.text_ids(message.content)
        ids += tokenizer.template_ids(closing)
    return ids


def _check_order(messages: Sequence[ChatMessage]) -> None:
    if messages[-1].role != "user":
        raise ApiError(
            400, f"the last message is the {messages[-1].role}'s; it must be the user's.", param="messages"
        )
    for place, (before, message) in enumerate(zip([None, *messages], messages, strict=False)):
        if message.role == "assistant" and (before is None or before.role != "user"):
            text = f"messages[{place}] is the assistant's; the message before it must be the user's."
            raise ApiError(400, text, param=f"messages[{place}].role")


async def _error_answer(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        known = "this server knows /health, /v1/models and /v1/chat/completions."
        error = ApiError(error.status_code, f"{error.detail}: {known}")
    elif not isinstance(error, ApiError):
        error = ApiError(500, f"the server failed: {error!r:.200}")
    return JSONResponse(error.body(), status_code=error.status)


@dataclass(frozen=True)
class _Answer:
    """What all parts of one answer have in common."""

    id: str
    created: int
    model: str
    prompt_tokens: int

    def part(self, kind: str, choices: list[dict[str, Any]], **more: object) -> dict[str, Any]:
        named = {"id": self.id, "object": kind, "created": self.created, "model": self.model}
        return named | {"choices": choices} | more

    def chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return _sse(self.part("chat.completion.chunk", [choice]))

    def usage(self, outcome: Outcome) -> dict[str, int]:
        total = self.prompt_tokens + outcome.tokens
        used = {"prompt_tokens": self.prompt_tokens, "completion_tokens": outcome.tokens}
        return used | {"total_tokens": total}


class _Service:
    """One model, the thread that runs it, and the routes."""

    def __init__(self, name: str, engine: Engine) -> None:
        self._name = name
        self._engine = engine
        self._created = int(time.time())
        self._worker: CompletionWorker | None = None

    @contextlib.asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        """Run the worker while the app runs."""
        self._worker = CompletionWorker(self._engine)
        yield
        await asyncio.to_thread(self._worker.close)

    async def health(self) -> dict[str, str]:
        """Say that the server is there."""
        return {"status": "ok", "model": self._name}

    async def models(self) -> dict[str, Any]:
        """List the one model."""
        return {"object": "list", "data": [await self.model(self._name)]}

    async def model(self, name: str) -> dict[str, Any]:
        """Describe the one model."""
        self._check_model(name)
        return {"id": name, "object": "model", "created": self._created, "owned_by": "programasweights"}

    async def chat(self, http: Request) -> Response:
        """Answer a conversation."""
        request = parse_request(await http.body())
        self._check_model(request.model)
        ids = await asyncio.to_thread(prompt_ids, self._engine, request.messages)
        events: asyncio.Queue[Event] = asyncio.Queue()
        job = self._job(request, ids, events)
        answer = _Answer(f"chatcmpl-{uuid.uuid4().hex}", int(time.time()), self._name, len(ids))
        assert self._worker is not None, "the app was not started"
        self._worker.submit(job)
        if request.stream:
            parts = _stream(answer, job, events, request.stream_options.include_usage)
            return StreamingResponse(parts, media_type="text/event-stream")
        return await _whole(answer, job, events, http)

    def _check_model(self, name: str) -> None:
        if name != self._name:
            message = f"there is no model {name!r:.200} here; this server has {self._name!r}."
            raise ApiError(404, message, param="model", code="model_not_found")

    def _job(self, request: ChatRequest, ids: list[int], events: "asyncio.Queue[Event]") -> Job:
        room = self._engine.config.context_length - len(ids)
        wanted = request.token_limit or min(max(room, 1), DEFAULT_NEW_TOKENS)
        if wanted > room:
            message = (
                f"the messages take {len(ids)} tokens and the answer up to {wanted}, together more than the "
                f"context of {self._engine.config.context_length}. Shorten the messages, or ask for less."
            )
            raise ApiError(400, message, param="messages", code="context_length_exceeded")
        seed = secrets.randbits(63) if request.seed is None else request.seed % 2**64
        temperature = request.temperature if request.temperature >= _COLDEST else 0.0
        loop = asyncio.get_running_loop()

        def emit(event: Event) -> None:
            # The loop may be gone already when the server was stopped by force.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(events.put_nowait, event)

        return Job(ids, wanted, Sampling(temperature, request.top_p, seed), request.stop, emit)


async def _whole(answer: _Answer, job: Job, events: "asyncio.Queue[Event]", http: Request) -> Response:
    text = ""
    watch = asyncio.create_task(_cancel_when_gone(http, job))
    try:
        while isinstance(event := await events.get(), str):
            text += event
    finally:
        watch.cancel()
    if isinstance(event, Exception):
        return await _error_answer(http, event)
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": event.finish_reason}
    return JSONResponse(answer.part("chat.completion", [choice], usage=answer.usage(event)))


async def _cancel_when_gone(http: Request, job: Job) -> None:
    while not await http.is_disconnected():
        await asyncio.sleep(_LOOK_FOR_CLIENT)
    job.cancelled = True


async def _stream(
    answer: _Answer, job: Job, events: "asyncio.Queue[Event]", include_usage: bool
) -> AsyncIterator[str]:
    try:
        yield answer.chunk({"role": "assistant", "content": ""})
        while isinstance(event := await events.get(), str):
            yield answer.chunk({"content": event})
        if isinstance(event, Exception):
            yield _sse(ApiError(500, f"the server failed: {event!r:.200}").body())
            return
        yield answer.chunk({}, event.finish_reason)
        if include_usage:
            yield _sse(answer.part("chat.completion.chunk", [], usage=answer.usage(event)))
        yield "data: [DONE]\n\n"
    finally:
        # Also reached when the client goes away in the middle.
        job.cancelled = True


def _sse(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
