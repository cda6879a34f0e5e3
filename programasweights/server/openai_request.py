"""A chat completions request, checked, and the errors of the protocol.

What this server cannot do is refused by name. Options that change nothing here, and values that ask for what
happens anyway (`n` of 1, an empty list of tools), are let through, because clients send them unasked.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

__all__ = ["ApiError", "ChatMessage", "ChatRequest", "parse_request"]

_IGNORED = {
    "metadata",
    "parallel_tool_calls",
    "prompt_cache_key",
    "safety_identifier",
    "service_tier",
    "store",
    "user",
}
"""Options that say nothing about the answer."""
_NEUTRAL: dict[str, tuple[Any, ...]] = {
    "frequency_penalty": (0,),
    "functions": ([],),
    "function_call": ("none", "auto"),
    "logit_bias": ({},),
    "logprobs": (False,),
    "modalities": (["text"],),
    "n": (1,),
    "presence_penalty": (0,),
    "response_format": ({"type": "text"},),
    "tool_choice": ("none", "auto"),
    "tools": ([],),
    "top_logprobs": (0,),
}
"""Options that are not supported, with the values that ask for nothing."""
_MOST_STOPS = 4


class ApiError(Exception):
    """An error answer of the protocol; the app turns it into one, so no caller of the package meets it."""

    def __init__(
        self, status: int, message: str, *, param: str | None = None, code: str | None = None
    ) -> None:
        """Make an answer with this HTTP status; `param` is the option at fault."""
        super().__init__(message)
        self.status = status
        self.param = param
        self.code = code

    def body(self) -> dict[str, Any]:
        """The JSON object that clients expect."""
        kind = "invalid_request_error" if self.status < 500 else "server_error"
        return {"error": {"message": str(self), "type": kind, "param": self.param, "code": self.code}}


def _joined(content: object) -> object:
    """The text of a message given in parts; anything else is left for the field's check to refuse."""
    if not isinstance(content, list) or not content:
        return content
    texts = [p["text"] for p in content if isinstance(p, dict) and p.get("type") == "text" and "text" in p]
    if len(texts) < len(content) or not all(isinstance(text, str) for text in texts):
        raise ValueError("only parts of type text are supported; send the content as one text.")
    return "".join(texts)


def _as_list(stop: object) -> object:
    return [stop] if isinstance(stop, str) else stop


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ChatMessage(_Strict):
    """One turn of the conversation."""

    role: Literal["system", "user", "assistant"]
    content: Annotated[str, BeforeValidator(_joined)]


class _StreamOptions(_Strict):
    include_usage: bool = False
    include_obfuscation: bool = False


class ChatRequest(_Strict):
    """What is asked for."""

    model: str
    messages: Annotated[list[ChatMessage], Field(min_length=1)]
    max_tokens: Annotated[int | None, Field(ge=1)] = None
    max_completion_tokens: Annotated[int | None, Field(ge=1)] = None
    """The newer name of `max_tokens`; counts if both are given."""
    temperature: Annotated[float, Field(ge=0, le=2, allow_inf_nan=False)] = 1.0
    top_p: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 1.0
    seed: int | None = None
    """None draws another answer each time."""
    stop: Annotated[
        list[Annotated[str, Field(min_length=1)]], Field(max_length=_MOST_STOPS), BeforeValidator(_as_list)
    ] = []
    stream: bool = False
    stream_options: _StreamOptions = _StreamOptions()

    @property
    def token_limit(self) -> int | None:
        """Most tokens of the answer, if the request says."""
        return self.max_tokens if self.max_completion_tokens is None else self.max_completion_tokens


def parse_request(body: bytes) -> ChatRequest:
    """Read the body of a request.

    Raises:
        ApiError: it is not JSON, not a chat completions request, or asks for what is not supported.
    """
    try:
        found = json.loads(body)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is JSON, but no text
    except (ValueError, RecursionError) as error:
        raise ApiError(400, f"the body is not JSON ({error}); send a JSON object.") from None
    if not isinstance(found, dict):
        raise ApiError(400, f"the body is {found!r:.80}; send a JSON object with model and messages.")
    try:
        return ChatRequest.model_validate(_supported(found))
    except ValidationError as error:
        raise _explained(error) from None


def _supported(body: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in body.items() if value is not None and name not in _IGNORED}
    for name in _NEUTRAL.keys() & kept.keys():
        if (value := kept.pop(name)) not in _NEUTRAL[name]:
            message = f"{name} is {value!r:.80}, which this server does not support; leave {name} out."
            raise ApiError(400, message, param=name, code="unsupported_parameter")
    if isinstance(kept.get("messages"), list):
        kept["messages"] = [_without_empty(message) for message in kept["messages"]]
    return kept


def _without_empty(message: object) -> object:
    """Without the empty fields that clients send back with an assistant's message."""
    if not isinstance(message, dict):
        return message
    return {name: value for name, value in message.items() if value not in (None, [])}


def _explained(error: ValidationError) -> ApiError:
    """The first fault, in words."""
    first = error.errors(include_url=False)[0]
    param = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    if first["type"] == "missing":
        return ApiError(400, f"{param} is missing; it is required.", param=param)
    if first["type"] == "extra_forbidden":
        message = f"{param} is not an option that this server knows; leave it out."
        return ApiError(400, message, param=param, code="unknown_parameter")
    said = first["msg"].removeprefix("Value error, ")
    return ApiError(400, f"{param} is {first['input']!r:.80}. {said[0].upper()}{said[1:]}", param=param)
