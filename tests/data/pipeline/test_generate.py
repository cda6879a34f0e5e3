"""Whole runs against a real server, among them one that is killed, and one against our own server and model."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from typer.testing import CliRunner

from programasweights.cli.generate import generate as generate_command
from programasweights.data.near_duplicates import normal_spec
from programasweights.data.pipeline.client import Reply
from programasweights.data.pipeline.generate import (
    JOURNAL_FILE,
    GenerationOptions,
    GenerationReport,
    generate,
)
from programasweights.data.pipeline.journal import Journal
from programasweights.data.pipeline.parsing import parse_pairs
from programasweights.data.records import read_records, task_id
from programasweights.errors import DataError, EndpointError
from programasweights.lm.registry import DEFAULT_MODEL
from tests.data.pipeline.canned import Canned, CannedServer, Seen, completion, running, write

AREA = "Format validation"
FILES = ("specs.jsonl.gz", "records.jsonl.gz", "generation.json")


def options(server: CannedServer, **more: Any) -> GenerationOptions:
    named = {"endpoint": server.url, "model": "ours", "specs": 24, "pairs": 4, "categories": (AREA,)}
    return GenerationOptions(**named | {"specs_per_request": 2} | more)


def good(_: int, body: dict[str, Any]) -> Canned:
    return completion(write(body))


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def specs_of(out: Path) -> list[dict[str, Any]]:
    import gzip

    return [json.loads(line) for line in gzip.decompress((out / "specs.jsonl.gz").read_bytes()).splitlines()]


def check_counts(out: Path, report: GenerationReport) -> None:
    """Every spec and pair that was offered is either kept or refused for one reason."""
    counts, refused = Counter(report.counts), report.refused
    kinds = Counter({k: sum(n for r, n in refused.items() if r.startswith(k)) for k in ("spec:", "pair:")})
    assert counts["specs_offered"] == counts["specs_kept"] + kinds["spec:"]
    assert counts["pairs_offered"] == counts["records"] + kinds["pair:"]
    records, specs = list(read_records(out / "records.jsonl.gz")), specs_of(out)
    assert len(records) == counts["records"]
    assert len(specs) == counts["specs_kept"]
    assert Counter(r.task for r in records) == Counter({s["task"]: s["pairs"] for s in specs if s["pairs"]})
    assert len({normal_spec(s["spec"]) for s in specs}) == len(specs)
    assert sum(report.subcategories.values()) == len(specs)


def test_a_good_run(tmp_path: Path) -> None:
    done: list[float] = []
    with running(good) as server:
        made = options(server, input_price=2.0, output_price=5.0)
        report = generate(tmp_path / "a" / "b", made, api_key="secret", advance=done.append)
        again = generate(
            tmp_path / "other", options(server, input_price=2.0, output_price=5.0, concurrency=1)
        )
    out = tmp_path / "a" / "b"
    check_counts(out, report)
    assert report.counts["specs_kept"] == report.counts["specs_with_pairs"] == 24
    assert report.counts["records"] == 24 * 4
    # 11 sub-categories share 24 specs: two have three, the others two, and two specs are asked for at once.
    assert sorted(report.subcategories.values()) == [2] * 9 + [3] * 2
    requests = 13 + 24
    assert report.sent.requests == requests
    assert report.tokens == {"prompt": 100 * requests, "completion": 10 * requests}
    assert report.cost == pytest.approx((200 + 50) * requests / 1e6)
    assert sum(done) == 48
    records = list(read_records(out / "records.jsonl.gz"))
    assert {(r.source, r.category) for r in records} == {("model:ours", AREA)}
    assert all(r.task == task_id(r.spec) and r.subcategory for r in records)
    saved = json.loads((out / "generation.json").read_text())
    assert saved["settings"]["specs"] == 24
    assert "sent" not in saved
    assert not any(b"secret" in path.read_bytes() for path in out.iterdir())
    # Neither the order in which answers come nor the number of requests under way matters.
    assert contents(out)["records.jsonl.gz"] == contents(tmp_path / "other")["records.jsonl.gz"]
    assert again.sha256 == report.sha256


def test_a_finished_run_is_not_paid_for_again(tmp_path: Path) -> None:
    with running(good) as server:
        generate(tmp_path, options(server))
        before, asked = contents(tmp_path), len(server.seen)
        report = generate(tmp_path, options(server))
    assert (len(server.seen), report.sent.requests) == (asked, 0)
    assert contents(tmp_path) == before


def test_bad_replies_are_refused_and_asked_for_again(tmp_path: Path) -> None:
    """Every first reply is bad in another way; the second or third is good."""
    faults = [
        "I'm sorry, I can't help with that.",
        '{"specs": [{"spec": "Say',
        "",
        '{"pairs": [], "specs": []}',
        '{"specs": [{"text": "Say how urgent it is."}]}',
    ]
    tries: Counter[str] = Counter()

    def answer(number: int, body: dict[str, Any]) -> Canned:
        asked = body["messages"][1]["content"]
        first_lines = asked.partition("Every specification")[0].partition("Write")[0]
        tries[first_lines] += 1
        if tries[first_lines] == 1:
            return completion(faults[number % len(faults)])
        return completion(f"Here you are:\n```json\n{write(body)}\n```")

    with running(answer) as server:
        report = generate(tmp_path, options(server, specs=11, specs_per_request=5))
    check_counts(tmp_path, report)
    assert report.counts["specs_kept"] == report.counts["specs_with_pairs"] == 11
    assert report.counts["specs_replies"] == report.counts["pairs_replies"] == 22
    assert sum(report.refused.values()) >= 22
    assert len(report.refused) >= 4


def test_when_nothing_good_comes_the_run_ends_with_nothing(tmp_path: Path) -> None:
    done: list[float] = []
    with running([completion(None, "content_filter")]) as server:
        report = generate(tmp_path, options(server, specs=11, attempts=2), advance=done.append)
    check_counts(tmp_path, report)
    assert (report.counts["records"], report.refused) == (0, {"reply: content_filter": 22})
    assert sum(done) == 22


def test_specs_are_told_apart_by_their_normalised_text(tmp_path: Path) -> None:
    def answer(number: int, body: dict[str, Any]) -> Canned:
        if "specifications" not in body["messages"][1]["content"]:
            return completion(write(body))
        same = ["Say how urgent it is.", 'say  how "urgent" it is', "SAY HOW URGENT IT IS"][number % 3]
        return completion(json.dumps({"specs": [{"spec": same, "has_examples": False}]}))

    with running(answer) as server:
        report = generate(tmp_path, options(server, specs=11, attempts=2))
    check_counts(tmp_path, report)
    assert report.counts["specs_kept"] == 1
    assert report.refused["spec: duplicate"] == 20


def test_failures_that_pass_leave_no_trace_in_the_result(tmp_path: Path) -> None:
    def answer(number: int, body: dict[str, Any]) -> Canned:
        faults = {
            0: Canned(429, headers={"Retry-After": "0.2"}),
            3: Canned(500),
            5: Canned(hang_up=True),
            7: Canned(wait=4.0),
        }
        return faults.get(number) or completion(write(body))

    with running(good) as server:
        generate(tmp_path / "smooth", options(server))
    with running(answer) as server:
        report = generate(tmp_path / "rough", options(server, timeout=2.0))
    assert report.sent.retries >= 4
    for name in FILES[:2]:
        assert contents(tmp_path / "rough")[name] == contents(tmp_path / "smooth")[name]


def test_a_failing_endpoint_ends_the_run_and_what_was_answered_is_kept(tmp_path: Path) -> None:
    def answer(number: int, body: dict[str, Any]) -> Canned:
        return completion(write(body)) if number != 9 else Canned(401, b"who are you?")

    with running(answer) as server:
        with pytest.raises(EndpointError, match=r"401.*who are you.*Check the API key"):
            generate(tmp_path, options(server))
        answered = len(server.seen) - 1
        assert len((tmp_path / JOURNAL_FILE).read_text().splitlines()) == answered
        report = generate(tmp_path, options(server))
    assert report.sent.requests == 37 - answered


def test_a_killed_run_goes_on_and_pays_for_nothing_twice(tmp_path: Path) -> None:
    with running(good) as server:
        generate(tmp_path / "whole", options(server))
    held, release = 20, threading.Event()

    def answer(number: int, body: dict[str, Any]) -> Canned:
        if number >= held and not release.is_set():
            release.wait(60)
            return Canned(hang_up=True)
        return completion(write(body))

    out = tmp_path / "killed"
    with running(answer) as server:
        kill_when(out, server, held)
        with (out / JOURNAL_FILE).open("ab") as journal:
            journal.write(b'{"key":"0123","text":"half a li')
        release.set()
        answered = server.seen[:held]
        report = generate(out, options(server))
        resumed = server.seen[-report.sent.requests :]
    assert report.sent.requests == 37 - held
    assert not {prompt(seen) for seen in answered} & {prompt(seen) for seen in resumed}
    for name in FILES[:2]:
        assert contents(out)[name] == contents(tmp_path / "whole")[name]
    ours, whole = (json.loads((tmp_path / d / "generation.json").read_text()) for d in ("killed", "whole"))
    ours["settings"]["endpoint"] = whole["settings"]["endpoint"]
    assert ours == whole


def kill_when(out: Path, server: CannedServer, answered: int) -> None:
    """Start a run in a process of its own and kill it when that many answers stand in its journal."""
    code = (
        "import sys, json; from pathlib import Path\n"
        "from programasweights.data.pipeline.generate import GenerationOptions, generate\n"
        "named = json.loads(sys.argv[2]); named['categories'] = tuple(named['categories'])\n"
        "generate(Path(sys.argv[1]), GenerationOptions(**named))"
    )
    command = [sys.executable, "-c", code, str(out), json.dumps(vars(options(server, concurrency=3)))]
    with subprocess.Popen(command) as process:
        journal, deadline = out / JOURNAL_FILE, time.monotonic() + 60
        while time.monotonic() < deadline:
            if journal.exists() and journal.read_bytes().count(b"\n") >= answered:
                break
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
    assert journal.read_bytes().count(b"\n") == answered


def prompt(seen: Seen) -> str:
    return json.dumps(seen.body, sort_keys=True)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    inner: list[BaseException] = []

    def answer(number: int, body: dict[str, Any]) -> Canned:
        if number == 0:
            try:
                generate(tmp_path, options(server))
            except DataError as error:
                inner.append(error)
        return completion(write(body))

    with running(answer) as server:
        generate(tmp_path, options(server))
    assert "another run writes" in str(inner[0])


def test_the_journal_drops_a_damaged_last_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    first, second = Reply("ä\n", "stop", 3, 4), Reply("", "length")
    with Journal(path) as journal:
        journal.add("a", first)
        journal.add("b", second)
        assert (journal.get("a"), journal.get("b"), journal.get("c")) == (first, second, None)
    whole = path.read_bytes()
    for damage in (b'{"key":', b"\xff\xfe\n", b'{"key":"c"}\n', b"[]\n", b"\n"):
        path.write_bytes(whole + damage)
        with Journal(path) as journal:
            assert (len(journal), journal.get("b")) == (2, second)
            journal.add("c", first)
            assert journal.get("c") == first
        path.write_bytes(damage.rstrip() + b"\n" + whole)
        with pytest.raises(DataError, match="line 1 of"):
            Journal(path)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"specs": 0}, "specs is 0"),
        ({"pairs": 0}, "pairs is 0"),
        ({"attempts": 0}, "attempts is 0"),
        ({"input_price": -1.0}, "input_price"),
        ({"categories": ("Nonsense",)}, "neither an area"),
        ({"endpoint": "nowhere"}, "must be like http"),
    ],
)
def test_options_that_make_no_sense(more: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError, match=said):
        GenerationOptions(**{"endpoint": "http://x/v1", "model": "m", "specs": 1} | more)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_KEY", "secret")
    app = typer.Typer()
    app.command()(generate_command)
    with running(good) as server:
        named = {"endpoint": server.url, "model": "ours", "specs": "4", "pairs": "2", "out": str(tmp_path)}
        named |= {"key-env": "OUR_KEY", "rpm": "6000", "input-price": "1000", "seed": "3"}
        arguments = [part for name, value in named.items() for part in (f"--{name}", value)]
        done = CliRunner().invoke(
            app, [*arguments, "--categories", "Urgency", "--categories", "Intent of messages"]
        )
    assert done.exit_code == 0, done.output
    assert done.stdout == f"4 specs\t8 records\t{tmp_path}\n"
    assert "cost of all replies: 0.6000" in done.stderr
    assert {seen.key for seen in server.seen} == {"Bearer secret"}
    assert {r.subcategory for r in read_records(tmp_path / "records.jsonl.gz")} == {
        "Urgency",
        "Intent of messages",
    }


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Address of our own server with the default model, which is far too small to write usable data."""
    from programasweights.server.openai_api import create_app
    from tests.server.live import running as serving

    with serving(create_app()) as url:
        yield f"{url}/v1"


def check_nothing_ill_formed(out: Path) -> None:
    for record in read_records(out / "records.jsonl.gz"):
        reply = Reply(json.dumps({"pairs": [{"input": record.input, "output": record.output}]}), "stop")
        assert parse_pairs(reply, spec=record.spec, count=1).refused == {}


@pytest.mark.weights
def test_both_steps_on_our_own_server_and_model(served: str, tmp_path: Path) -> None:
    made = GenerationOptions(
        served,
        DEFAULT_MODEL,
        1,
        1,
        ("Urgency",),
        specs_per_request=1,
        attempts=1,
        temperature=0.2,
    )
    report = generate(tmp_path, made)
    check_counts(tmp_path, report)
    check_nothing_ill_formed(tmp_path)
    assert report.counts["specs_replies"] == 1
    assert report.sent.requests == 1 + report.counts.get("pairs_replies", 0)
    assert report.tokens["prompt"] > 250
    assert 0 < report.tokens["completion"] <= report.sent.requests * 700


@pytest.mark.weights
def test_pairs_from_our_own_server_and_model(served: str, tmp_path: Path) -> None:
    """Specs are ours here, so that the model gets to write pairs at all."""

    def answer(_: int, body: dict[str, Any]) -> Canned:
        if "specifications" in body["messages"][1]["content"]:
            return completion(write(body))
        found = httpx.post(f"{served}/chat/completions", json=body, timeout=300)
        return Canned(found.status_code, found.content)

    with running(answer) as front:
        report = generate(tmp_path, options(front, model=DEFAULT_MODEL, specs=2, pairs=1, attempts=1))
    check_counts(tmp_path, report)
    check_nothing_ill_formed(tmp_path)
    assert report.counts["specs_kept"] == report.counts["pairs_replies"] == 2
    assert report.sent.retries == 0
