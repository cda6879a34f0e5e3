"""An asynchronous client for any endpoint that speaks OpenAI's chat completions protocol.

What may pass is tried again, with growing pauses that honour `Retry-After`: busy answers (429), server errors,
time-outs and broken connections. Anything else ends all work with an `EndpointError`, but for refusals that
concern one conversation alone, which come back as replies.
"""

import asyncio
import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any

import httpx
from pydantic import BaseModel, Field, ValidationError

from programasweights.errors import DataError, EndpointError
from programasweights.settings import settings

__all__ = ["Endpoint", "EndpointOptions", "Reply", "TokenCounts", "api_key_from"]

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_OF_ONE_CONVERSATION = {"content_filter", "content_policy_violation", "context_length_exceeded"}
"""Error codes that say nothing about other requests."""
_HINTS = {
    401: "Check the API key.",
    403: "Check the API key and what it may use.",
    404: "Check the endpoint's address, which usually ends in /v1, and the model's name.",
}


@dataclass(frozen=True)
class EndpointOptions:
    """Where and how to ask."""

    base_url: str
    """Address up to and without `/chat/completions`, such as `http://127.0.0.1:8080/v1`."""
    model: str
    """The model's name there."""
    api_key: str | None = field(default=None, repr=False)
    """Sent as a bearer token; None sends none."""
    temperature: float | None = None
    """How freely the model writes; None leaves it to the endpoint."""
    timeout: float = 300.0
    """Seconds that one answer may take."""
    concurrency: int = 8
    """Requests under way at the same time."""
    requests_per_minute: float | None = None
    """Requests are spaced so that no more are sent; None sets no limit."""
    retries: int = 6
    """A request is sent at most this many times more."""
    first_pause: float = 1.0
    """Seconds before the first retry; each further pause is twice as long, less a random part."""
    longest_pause: float = 300.0
    """Seconds that no pause exceeds; an endpoint that asks for more is given up."""

    def __post_init__(self) -> None:
        url = httpx.URL(self.base_url)
        if url.scheme not in ("http", "https") or not url.host:
            raise DataError(f"the endpoint is {self.base_url!r}, but must be like http://127.0.0.1:8080/v1.")
        if url.userinfo:
            raise DataError(
                "the endpoint's address holds a password; pass the key in the environment instead."
            )
        for name in ("timeout", "concurrency", "first_pause", "longest_pause", "requests_per_minute"):
            if (value := getattr(self, name)) is not None and not value > 0:
                raise DataError(f"{name} is {value}, but must be more than 0.")
        if self.retries < 0:
            raise DataError(f"retries is {self.retries}, but must be 0 or more.")


@dataclass(frozen=True)
class Reply:
    """What the model said."""

    text: str
    """Empty if it said nothing."""
    finish_reason: str
    """`stop`, `length`, or a code such as `content_filter` if the endpoint refused the conversation."""
    prompt_tokens: int = 0
    """As the endpoint counts them; 0 if it does not say."""
    completion_tokens: int = 0
    """As the endpoint counts them; 0 if it does not say."""


@dataclass
class TokenCounts:
    """What one client has used up."""

    requests: int = 0
    """Requests sent, retries among them."""
    retries: int = 0
    """Requests sent again."""
    prompt_tokens: int = 0
    """Tokens read by the model."""
    completion_tokens: int = 0
    """Tokens written by the model."""

    def cost(self, input_price: float, output_price: float) -> float:
        """What that costs at these prices for a million tokens."""
        return (self.prompt_tokens * input_price + self.completion_tokens * output_price) / 1e6


@dataclass(frozen=True)
class _Fault:
    """A failure that may pass."""

    what: str
    retry_after: float = 0.0


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(BaseModel):
    choices: Annotated[list[_Choice], Field(min_length=1)]
    usage: _Usage | None = None

    def reply(self) -> Reply:
        first, usage = self.choices[0], self.usage or _Usage()
        text, reason = first.message.content or "", first.finish_reason or "stop"
        return Reply(text, reason, usage.prompt_tokens, usage.completion_tokens)


def api_key_from(variable: str) -> str | None:
    """The key in an environment variable; None if it is not set or empty.

    Raises:
        EndpointError: the key has characters that no key has.
    """
    key = os.environ.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise EndpointError(
            f"{variable} holds a key with line breaks or characters beyond ASCII; set it anew."
        )
    return key or None


class Endpoint:
    """A model behind an address, for use in one event loop; `close` it in the end."""

    def __init__(self, options: EndpointOptions) -> None:
        """Make ready to ask; nothing is sent yet.

        Raises:
            EndpointError: the network is forbidden by `PAW_OFFLINE`, and the endpoint is not on this machine.
        """
        self._options = options
        self._url = f"{options.base_url.rstrip('/')}/chat/completions"
        if settings().offline and httpx.URL(self._url).host not in _LOOPBACK:
            raise EndpointError(
                f"PAW_OFFLINE=1 forbids the network, so {options.base_url} cannot be asked. Unset it, or use "
                "an endpoint on this machine."
            )
        headers = {"Authorization": f"Bearer {options.api_key}"} if options.api_key else {}
        # One time limit for the whole answer stands around each request, so httpx needs none of its own.
        limits = httpx.Limits(max_connections=options.concurrency)
        self._http = httpx.AsyncClient(headers=headers, timeout=None, limits=limits)
        self._slots = asyncio.Semaphore(options.concurrency)
        self._interval = 60 / options.requests_per_minute if options.requests_per_minute else 0.0
        self._next_start = 0.0
        self._token_limit_name = "max_tokens"
        self._failure: EndpointError | None = None
        self.counts = TokenCounts()
        """What was used up so far."""

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def chat(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int, seed: int) -> Reply:
        """Have the model answer a conversation.

        Args:
            messages: turns, each with `role` and `content`.
            max_tokens: most tokens of the answer.
            seed: another seed may give another answer.

        Raises:
            EndpointError: the endpoint does not answer as it must; all later calls raise it too, so that
                work under way ends.
        """
        body: dict[str, Any] = {"model": self._options.model, "messages": list(messages), "seed": seed}
        if self._options.temperature is not None:
            body["temperature"] = self._options.temperature
        async with self._slots:
            if self._failure is not None:
                raise EndpointError(str(self._failure))
            try:
                reply = await self._try_hard(body, max_tokens)
            except EndpointError as error:
                self._failure = error
                raise
        self.counts.prompt_tokens += reply.prompt_tokens
        self.counts.completion_tokens += reply.completion_tokens
        return reply

    async def _try_hard(self, body: dict[str, Any], max_tokens: int) -> Reply:
        tries, what = self._options.retries + 1, ""
        for attempt in range(tries):
            self.counts.retries += attempt > 0
            await self._wait_for_turn()
            outcome = await self._ask(body | {self._token_limit_name: max_tokens})
            if isinstance(outcome, Reply):
                return outcome
            what = outcome.what
            if attempt + 1 < tries:
                await self._pause(attempt, outcome)
        raise EndpointError(
            f"{self._url} failed {tries} times, the last time: {what}. Run again later; what was answered is kept."
        )

    async def _wait_for_turn(self) -> None:
        now = asyncio.get_running_loop().time()
        start = max(now, self._next_start)
        self._next_start = start + self._interval
        await asyncio.sleep(start - now)

    async def _pause(self, attempt: int, fault: _Fault) -> None:
        options = self._options
        if fault.retry_after > options.longest_pause:
            raise EndpointError(
                f"{self._url} asks to wait {fault.retry_after:.0f} s ({fault.what}). Run again then; what was "
                "answered is kept."
            )
        # A pause that the endpoint asks for holds for all requests, not for the refused one alone.
        now = asyncio.get_running_loop().time()
        self._next_start = max(self._next_start, now + fault.retry_after)
        pause = min(options.longest_pause, options.first_pause * 2**attempt) * random.uniform(0.5, 1)
        await asyncio.sleep(max(pause, fault.retry_after))

    async def _ask(self, body: dict[str, Any]) -> Reply | _Fault:
        self.counts.requests += 1
        try:
            async with asyncio.timeout(self._options.timeout):
                answer = await self._http.post(self._url, json=body)
        except TimeoutError:
            return _Fault(f"no answer within {self._options.timeout:g} s")
        except httpx.HTTPError as error:
            return _Fault(f"{type(error).__name__}: {error}")
        if answer.status_code != 200:
            return self._refused(answer, body)
        try:
            return _Completion.model_validate_json(answer.content).reply()
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "body"
            return _Fault(f"the answer is not a chat completion: {where}: {first['msg']}")

    def _refused(self, answer: httpx.Response, body: Mapping[str, Any]) -> Reply | _Fault:
        status, (code, said) = answer.status_code, _error_of(answer)
        what = f"status {status}: {said}"
        if status in (408, 429) or status >= 500:
            return _Fault(what, _retry_after(answer))
        if status == 400 and "max_completion_tokens" in said and "max_tokens" in body:
            # Some models know the limit under its newer name alone.
            self._token_limit_name = "max_completion_tokens"
            return _Fault(what)
        if code in _OF_ONE_CONVERSATION:
            return Reply("", code)
        raise EndpointError(f"{self._url} answered {what}. {_HINTS.get(status, 'Mend the request.')}")


def _error_of(answer: httpx.Response) -> tuple[str, str]:
    """Code and message of an error answer, as far as it has any."""
    try:
        error = answer.json()["error"]
        return str(error.get("code")), str(error.get("message"))[:300]
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", repr(answer.text[:300])


def _retry_after(answer: httpx.Response) -> float:
    """Seconds that the answer asks to wait, given as a number or a date; 0 if it does not ask."""
    value = answer.headers.get("Retry-After", "").strip()
    try:
        return max(0.0, min(float(value), 1e9))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
