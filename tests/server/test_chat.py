"""Programs behind OpenAI's chat protocol, asked by OpenAI's own client."""

from collections.abc import Iterator

import openai
import pytest
from openai import OpenAI

from tests.server.serving import Served, check_error

INPUT = "I love it"
MESSAGES = [
    {"role": "system", "content": "You are a pirate."},
    {"role": "user", "content": "earlier"},
    {"role": "assistant", "content": "positive"},
    {"role": "user", "content": INPUT},
]


@pytest.fixture(scope="module")
def client(open_server: Served) -> Iterator[OpenAI]:
    services = open_server.services
    key = services.accounts.issue_key(services.accounts.ensure_local().user_id, "openai")
    with OpenAI(base_url=f"{open_server.url}/v1", api_key=key, max_retries=0) as made:
        yield made


@pytest.fixture(scope="module")
def expected(open_server: Served, compiled_id: str) -> str:
    body = {"program": compiled_id, "input": INPUT}
    return str(open_server.client().post("/api/v1/run", json=body).json()["outputs"][0])


def test_completion(client: OpenAI, compiled_id: str, expected: str) -> None:
    for model in (compiled_id, "local/mood", "mood@v1"):
        answer = client.chat.completions.create(model=model, messages=MESSAGES)  # type: ignore[arg-type]
        assert answer.choices[0].message.content == expected
        assert answer.choices[0].finish_reason in ("stop", "length")
        assert answer.model == model
        assert answer.usage is not None
        assert answer.usage.completion_tokens > 0
        assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_stream(client: OpenAI, compiled_id: str, expected: str) -> None:
    chunks = list(
        client.chat.completions.create(
            model=compiled_id,
            messages=MESSAGES,  # type: ignore[arg-type]
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == expected
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-2].choices[0].finish_reason in ("stop", "length")
    assert chunks[-1].usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


def test_options(client: OpenAI, compiled_id: str) -> None:
    short = client.chat.completions.create(model=compiled_id, messages=MESSAGES, max_tokens=1)  # type: ignore[arg-type]
    assert (short.choices[0].finish_reason, short.usage and short.usage.completion_tokens) == ("length", 1)
    warm = [
        client.chat.completions.create(model=compiled_id, messages=MESSAGES, temperature=2, seed=seed)  # type: ignore[arg-type]
        .choices[0]
        .message.content
        for seed in (5, 5)
    ]
    assert warm[0] == warm[1]


def test_models(client: OpenAI, compiled_id: str) -> None:
    assert "local/mood" in [model.id for model in client.models.list()]
    assert client.models.retrieve(compiled_id).owned_by == "local"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("nobody/nothing")


def test_what_is_refused(client: OpenAI, open_server: Served, compiled_id: str) -> None:
    with pytest.raises(openai.NotFoundError) as missing:
        client.chat.completions.create(model="nobody/nothing", messages=MESSAGES)  # type: ignore[arg-type]
    check_error(missing.value.response, 404, "not_found")
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="none").models.list()
    user = [{"role": "user", "content": "x"}]
    for change in ({"n": 2}, {"stop": ["x"]}, {"messages": []}, {"messages": [{"role": "system", "content": "x"}]},
                   {"tools": [{"type": "function"}]}, {"model": 5}, {"max_tokens": 0}, {"what": 1}):  # fmt: skip
        body = {"model": compiled_id, "messages": user} | change
        answer = open_server.client().post("/v1/chat/completions", json=body)
        assert answer.status_code == 400, change
        check_error(answer, 400, answer.json()["detail"]["error"])
