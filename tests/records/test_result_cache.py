"""The cache of results: what is found again, several processes, kill -9, bounds, files of others."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from programasweights.errors import DataError
from programasweights.records import ResultCache, Work, mapped
from tests.records.test_mapping import Machine

WRITER = """
import itertools, sys
from programasweights.records import ResultCache
with ResultCache(sys.argv[1]) as cache:
    for number in itertools.count():
        if number == int(sys.argv[3]):
            break
        cache.put("s", {f"{sys.argv[2]}-{number}-{part}": "x" * 200 for part in range(20)})
        print(number, flush=True)
"""


def test_found_again_by_input_and_scope(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    with ResultCache(path) as cache:
        cache.put("one", {"a": "1", "": "empty", "\ud800": "half"})
        cache.put("one", {"a": "other"})
    with ResultCache(path) as cache:
        assert cache.get("one", ["a", "", "\ud800", "b"]) == {"a": "1", "": "empty", "\ud800": "half"}
        assert cache.get("two", ["a"]) == {}
        assert len(cache) == 3
        many = {f"t{n}": str(n) for n in range(2000)}
        cache.put("many", many)
        assert cache.get("many", list(many)) == many
    assert path.stat().st_mode & 0o077 == 0


def test_a_map_runs_only_what_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    first, second, other = Machine(), Machine(), Machine()
    texts = [f"t{n}" for n in range(100)]

    def work(machine: Machine, scope: str) -> Work[str]:
        return Work(run=machine.run, scope=scope, write=lambda a: f"<{a}>", read=lambda kept: kept[1:-1])

    expected = list(mapped(work(first, "s"), texts[:70], cache=path))
    assert list(mapped(work(second, "s"), texts, cache=str(path)))[:70] == expected
    assert second.ran == texts[70:]
    with ResultCache(path) as kept:
        list(mapped(work(other, "another"), texts, cache=kept))
    assert other.ran == texts


def test_two_processes_write_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    commands = [[sys.executable, "-c", WRITER, str(path), name, "30"] for name in ("a", "b")]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE) for command in commands]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    with ResultCache(path) as cache:
        assert len(cache) == 2 * 30 * 20


def test_many_open_a_new_file_at_the_same_time(tmp_path: Path) -> None:
    """Each switches it to a write-ahead log, which SQLite refuses at once while another does."""
    with ThreadPoolExecutor(8) as pool:
        for number in range(30):
            path, start = tmp_path / f"{number}.sqlite", threading.Barrier(8)

            def opened(path: Path = path, start: threading.Barrier = start) -> int:
                start.wait()
                with ResultCache(path) as cache:
                    return len(cache)

            assert [job.result() for job in [pool.submit(opened) for _ in range(8)]] == [0] * 8


def test_threads_share_one_object(tmp_path: Path) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    with ResultCache(tmp_path / "results.sqlite", most_bytes=10**9) as cache:

        def use(name: int) -> bool:
            mine = {f"{name}-{number}": "x" for number in range(50)}
            for text, answer in mine.items():
                cache.put("s", {text: answer})
            return cache.get("s", list(mine)) == mine

        try:
            with ThreadPoolExecutor(8) as pool:
                assert all(pool.map(use, range(8)))
        finally:
            sys.setswitchinterval(before)
        assert len(cache) == 400


def test_what_was_written_before_kill_9_stays(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    command = [sys.executable, "-c", WRITER, str(path), "a", "-1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(20):
            last = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
    with ResultCache(path) as cache:
        texts = [f"a-{number}-{part}" for number in range(last + 1) for part in range(20)]
        assert len(cache.get("s", texts)) == len(texts)
        assert len(cache) % 20 == 0  # a batch is kept whole or not at all
        cache.put("s", {"after": "x"})


def test_the_oldest_go_when_it_is_full(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    with ResultCache(path, most_bytes=500_000) as cache:
        for number in range(100):
            cache.put("s", {f"{number}-{part}": "x" * 1000 for part in range(10)})
        assert 200 < len(cache) < 500
        assert cache.get("s", ["0-0"]) == {}
        assert cache.get("s", ["99-9"]) == {"99-9": "x" * 1000}
        assert path.stat().st_size < 700_000
        cache.prune(100_000)
        assert 0 < len(cache) < 100
        assert cache.get("s", ["99-9"]) == {"99-9": "x" * 1000}
        assert path.stat().st_size <= 100_000
        cache.prune(0)
        assert len(cache) == 0


def test_files_of_others(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to look like one\n" * 100)
    with pytest.raises(DataError, match="cannot be used"):
        ResultCache(text)
    assert text.read_text().startswith("not a database")
    with sqlite3.connect(tmp_path / "mine.sqlite") as mine:
        mine.execute("CREATE TABLE answers (mine TEXT)")
    mine.close()
    before = (tmp_path / "mine.sqlite").read_bytes()
    with pytest.raises(DataError, match="something else"):
        ResultCache(tmp_path / "mine.sqlite")
    assert (tmp_path / "mine.sqlite").read_bytes() == before
    with pytest.raises(OSError, match="No such file"):
        ResultCache(tmp_path / "none" / "results.sqlite")


def test_a_writer_waits_for_another(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    code = (
        "import sqlite3, sys, time; d = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "d.execute('BEGIN IMMEDIATE'); print(1, flush=True); time.sleep(0.5); d.execute('COMMIT')"
    )
    with (
        ResultCache(path) as cache,
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as holder,
    ):
        assert holder.stdout is not None
        holder.stdout.readline()
        start = time.monotonic()
        cache.put("s", {"a": "1"})
        assert time.monotonic() - start > 0.2
        assert len(cache) == 1
