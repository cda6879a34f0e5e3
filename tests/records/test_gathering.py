"""Calls from coroutines: gathered, cancelled, failing, from several event loops."""

import asyncio
import threading
import time
from collections.abc import Sequence

import pytest

from programasweights.errors import InputError
from programasweights.records import Gatherer, map_in_threads


class Slow:
    """Takes a moment for a batch."""

    def __init__(self, seconds: float = 0.02) -> None:
        self.seconds = seconds
        self.batches: list[list[str]] = []

    def run(self, texts: Sequence[str]) -> list[str]:
        self.batches.append(list(texts))
        time.sleep(self.seconds)
        for text in texts:
            if text == "refused":
                raise InputError("refused")
            if text == "broken":
                raise RuntimeError("broken")
        return [text.upper() for text in texts]


def test_calls_that_wait_together_are_run_together() -> None:
    slow = Slow()
    gatherer = Gatherer(slow.run)

    async def main() -> list[str]:
        return await asyncio.gather(*(gatherer.call(f"t{n}") for n in range(100)))

    assert asyncio.run(main()) == [f"T{n}" for n in range(100)]
    assert [len(batch) for batch in slow.batches] == [32, 32, 32, 4]


def test_one_failure_is_one_callers() -> None:
    gatherer = Gatherer(Slow(0).run)

    async def main() -> list[str | BaseException]:
        texts = ["a", "refused", "b", "broken", "c"]
        return await asyncio.gather(*map(gatherer.call, texts), return_exceptions=True)

    found = asyncio.run(main())
    assert [repr(answer) for answer in found] == [
        "'A'",
        "InputError('refused')",
        "'B'",
        "RuntimeError('broken')",
        "'C'",
    ]


def test_a_cancelled_call_is_not_run() -> None:
    slow = Slow(0.1)
    gatherer = Gatherer(slow.run)

    async def main() -> str:
        first = asyncio.create_task(gatherer.call("first"))
        await asyncio.sleep(0.03)
        later = [asyncio.create_task(gatherer.call(f"later {n}")) for n in range(3)]
        await asyncio.sleep(0)
        later[1].cancel()
        with pytest.raises(asyncio.CancelledError):
            await later[1]
        first.cancel()  # it runs already; nobody waits any more
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(gatherer.call("hasty"), 0.02)
        return " ".join([await later[0], await later[2], await gatherer.call("last")])

    assert asyncio.run(main()) == "LATER 0 LATER 2 LAST"
    assert slow.batches == [["first"], ["later 0", "later 2"], ["last"]]


def test_several_event_loops() -> None:
    slow = Slow(0.01)
    gatherer = Gatherer(slow.run)
    found: dict[int, list[str]] = {}

    async def main(number: int) -> list[str]:
        return await asyncio.gather(*(gatherer.call(f"{number} {n}") for n in range(50)))

    threads = [
        threading.Thread(target=lambda n=n: found.update({n: asyncio.run(main(n))}))  # type: ignore[misc]
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == {n: [f"{n} {m}" for m in range(50)] for n in range(4)}
    assert max(map(len, slow.batches)) <= 32
    deadline = time.monotonic() + 10
    while any(thread.name == "paw-acall" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_loop_that_ends_leaves_nothing_behind() -> None:
    slow = Slow(0.05)
    gatherer = Gatherer(slow.run)

    async def leaves() -> None:
        tasks = [asyncio.create_task(gatherer.call(f"t{n}")) for n in range(100)]
        await asyncio.sleep(0.02)
        assert not any(task.done() for task in tasks)

    asyncio.run(leaves())

    async def main() -> str:
        return await gatherer.call("again")

    assert asyncio.run(main()) == "AGAIN"
    assert slow.batches[1:] == [["again"]]


def test_the_loop_goes_on_while_a_map_runs() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.001)
            turns += 1

    async def main() -> list[int]:
        counting = asyncio.create_task(count())
        found = await map_in_threads(n for n in range(130) if time.sleep(0.001) is None)
        counting.cancel()
        return found

    assert asyncio.run(main()) == list(range(130))
    assert turns > 20


def test_a_map_can_be_cancelled() -> None:
    ran = 0

    def rows() -> object:
        nonlocal ran
        while True:
            ran += 1
            time.sleep(0.001)
            yield ran

    async def main() -> None:
        await asyncio.wait_for(map_in_threads(rows()), 0.05)  # type: ignore[arg-type]

    with pytest.raises(TimeoutError):
        asyncio.run(main())
    stopped = ran
    time.sleep(0.1)
    assert ran == stopped < 500
