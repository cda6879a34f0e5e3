"""The client against a real server: what it sends, retries, waits for and gives up on."""

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, TypeVar

import pytest

from programasweights.data.pipeline.client import Endpoint, EndpointOptions, Reply, TokenCounts, api_key_from
from programasweights.errors import DataError, EndpointError
from tests.data.pipeline.canned import Canned, CannedServer, completion, running

T = TypeVar("T")
TURNS = [{"role": "user", "content": "Hello"}]
GOOD = completion("Hi", tokens=(7, 2))


def with_endpoint(
    server: CannedServer, use: Callable[[Endpoint], Coroutine[Any, Any, T]], **options: Any
) -> tuple[T, TokenCounts]:
    """Run `use` with a client of the server; returns its result and the client's counters."""

    async def run() -> tuple[T, TokenCounts]:
        endpoint = Endpoint(
            EndpointOptions(**{"base_url": server.url, "model": "m", "first_pause": 0.01} | options)
        )
        try:
            return await use(endpoint), endpoint.counts
        finally:
            await endpoint.close()

    return asyncio.run(run())


def ask(server: CannedServer, **options: Any) -> tuple[Reply, TokenCounts]:
    return with_endpoint(server, lambda e: e.chat(TURNS, max_tokens=5, seed=3), **options)


def error(status: int, message: str = "no", code: str | None = None, **headers: str) -> Canned:
    body = json.dumps({"error": {"message": message, "type": "t", "param": None, "code": code}}).encode()
    return Canned(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


def test_a_good_answer() -> None:
    with running([GOOD]) as server:
        reply, counts = ask(server, api_key="secret")
    assert reply == Reply("Hi", "stop", 7, 2)
    assert counts == TokenCounts(requests=1, retries=0, prompt_tokens=7, completion_tokens=2)
    assert counts.cost(1_000_000, 2_000_000) == pytest.approx(11)
    [seen] = server.seen
    assert (seen.path, seen.key) == ("/v1/chat/completions", "Bearer secret")
    assert seen.body == {"model": "m", "messages": TURNS, "seed": 3, "max_tokens": 5}


def test_the_temperature_is_sent_if_there_is_one() -> None:
    with running([GOOD]) as server:
        ask(server, temperature=0.0)
    assert server.seen[0].body["temperature"] == 0


def test_without_a_key_none_is_sent_and_an_answer_may_lack_what_is_optional() -> None:
    with running([Canned(body=b'{"choices": [{"message": {"content": null}}]}')]) as server:
        assert ask(server)[0] == Reply("", "stop")
    assert server.seen[0].key is None


@pytest.mark.parametrize(
    "fault",
    [
        error(429),
        error(500),
        error(503, Retry_After="nonsense"),
        Canned(502, b"<html>bad gateway</html>"),
        Canned(hang_up=True),
        Canned(body=b"<html>welcome</html>"),
        Canned(body=b'{"choices": []}'),
        Canned(body=b"{", headers={"Content-Length": "500", "Connection": "close"}),
    ],
)
def test_what_may_pass_is_tried_again(fault: Canned) -> None:
    with running([fault, fault, GOOD]) as server:
        reply, counts = ask(server)
    assert reply.text == "Hi"
    assert (counts.requests, counts.retries) == (3, 2)
    assert len(server.seen) == 3


def test_time_outs_are_tried_again() -> None:
    slow = Canned(body=GOOD.body, wait=3.0)
    with running([slow, GOOD]) as server:
        reply, counts = ask(server, timeout=1.0)
    assert reply.text == "Hi"
    assert counts.retries >= 1


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_honoured_by_all_requests(as_date: bool) -> None:
    def answer(number: int, _: dict[str, Any]) -> Canned:
        if number > 0:
            return GOOD
        later = datetime.now(UTC) + timedelta(seconds=2)
        return error(429, Retry_After=format_datetime(later, usegmt=True) if as_date else "1")

    async def two(endpoint: Endpoint) -> None:
        async def second() -> None:
            await asyncio.sleep(0.4)
            await endpoint.chat(TURNS, max_tokens=5, seed=2)

        await asyncio.gather(endpoint.chat(TURNS, max_tokens=5, seed=1), second())

    with running(answer) as server:
        with_endpoint(server, two)
    assert len(server.seen) == 3
    # A date has no fractions of a second.
    assert server.seen[1].at - server.seen[0].at > 0.9


def test_an_endpoint_that_asks_for_too_long_a_pause_is_given_up() -> None:
    asked_to_wait = error(429, "quota", Retry_After="100000")
    with running([asked_to_wait]) as server, pytest.raises(EndpointError, match=r"wait 100000 s.*quota"):
        ask(server)
    assert len(server.seen) == 1


def test_it_gives_up_in_the_end() -> None:
    said = r"failed 3 times.*status 500: broken"
    with running([error(500, "broken")]) as server, pytest.raises(EndpointError, match=said):
        ask(server, retries=2)
    assert len(server.seen) == 3


def test_nobody_there() -> None:
    with running([GOOD]) as server:
        url = server.url
    with pytest.raises(EndpointError, match="ConnectError"):
        asyncio.run(_ask_at(url))


async def _ask_at(url: str) -> None:
    endpoint = Endpoint(EndpointOptions(url, "m", retries=1, first_pause=0.01))
    try:
        await endpoint.chat(TURNS, max_tokens=5, seed=3)
    finally:
        await endpoint.close()


@pytest.mark.parametrize(
    ("status", "said"), [(401, "Check the API key"), (404, "ends in /v1"), (400, "no"), (301, "301")]
)
def test_what_will_not_pass_ends_all_work_at_once(status: int, said: str) -> None:
    async def many(endpoint: Endpoint) -> list[Reply | BaseException]:
        asked = (endpoint.chat(TURNS, max_tokens=5, seed=n) for n in range(20))
        return await asyncio.gather(*asked, return_exceptions=True)

    with running([error(status)]) as server:
        found, _ = with_endpoint(server, many, concurrency=2)
    assert all(isinstance(one, EndpointError) and said in str(one) for one in found)
    assert len(server.seen) <= 2


def test_refusals_of_one_conversation_are_replies() -> None:
    with running([error(400, code="content_filter")]) as server:
        assert ask(server)[0] == Reply("", "content_filter")


def test_models_that_know_the_token_limit_by_its_newer_name() -> None:
    def answer(_: int, body: dict[str, Any]) -> Canned:
        return error(400, "use max_completion_tokens") if "max_tokens" in body else GOOD

    async def several(endpoint: Endpoint) -> None:
        await asyncio.gather(*(endpoint.chat(TURNS, max_tokens=5, seed=n) for n in range(4)))
        await endpoint.chat(TURNS, max_tokens=5, seed=9)

    with running(answer) as server:
        _, counts = with_endpoint(server, several)
    assert counts.retries <= 4
    assert server.seen[-1].body["max_completion_tokens"] == 5
    assert "max_tokens" not in server.seen[-1].body


def test_the_concurrency_limit() -> None:
    running_now, most = 0, 0

    def answer(_: int, __: dict[str, Any]) -> Canned:
        nonlocal running_now, most
        running_now += 1
        most = max(most, running_now)
        time.sleep(0.02)
        running_now -= 1
        return GOOD

    async def many(endpoint: Endpoint) -> None:
        await asyncio.gather(*(endpoint.chat(TURNS, max_tokens=5, seed=n) for n in range(20)))

    with running(answer) as server:
        with_endpoint(server, many, concurrency=3)
    assert 2 <= most <= 3


def test_the_rate_limit() -> None:
    async def many(endpoint: Endpoint) -> None:
        asked = (endpoint.chat(TURNS, max_tokens=5, seed=n) for n in range(100))
        try:
            async with asyncio.timeout(0.95):
                await asyncio.gather(*asked)
        except TimeoutError:
            pass

    with running([GOOD]) as server:
        _, counts = with_endpoint(server, many, requests_per_minute=600, concurrency=50)
    assert 2 <= len(server.seen) <= counts.requests <= 10


def test_retries_count_towards_the_rate_limit() -> None:
    with running([error(500), error(500), error(500), GOOD]) as server:
        start = time.monotonic()
        ask(server, requests_per_minute=600)
    assert time.monotonic() - start > 0.29


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"base_url": "127.0.0.1:80"}, "must be like http"),
        ({"base_url": "ftp://x/v1"}, "must be like http"),
        ({"base_url": "https://me:word@x/v1"}, "holds a password"),
        ({"timeout": 0}, "timeout is 0"),
        ({"concurrency": 0}, "concurrency is 0"),
        ({"requests_per_minute": -1.0}, "requests_per_minute"),
        ({"retries": -1}, "retries is -1"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError, match=said):
        EndpointOptions(**{"base_url": "http://x/v1", "model": "m"} | options)


def test_the_key_stays_out_of_sight() -> None:
    assert "secret" not in repr(EndpointOptions("http://x/v1", "m", api_key="secret"))


def test_keys_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", " abc \n")
    assert api_key_from("SOME_KEY") == "abc"
    monkeypatch.setenv("SOME_KEY", "")
    assert api_key_from("SOME_KEY") is None
    monkeypatch.setenv("SOME_KEY", "a\nb")
    with pytest.raises(EndpointError, match="SOME_KEY"):
        api_key_from("SOME_KEY")


def test_offline_means_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with pytest.raises(EndpointError, match="PAW_OFFLINE"):
        Endpoint(EndpointOptions("https://example.com/v1", "m"))
    with running([GOOD]) as server:
        assert ask(server)[0].text == "Hi"
