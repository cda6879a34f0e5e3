"""On two nodes: the outputs of one process, in order, whoever is killed meanwhile."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

from programasweights import api
from programasweights.distributed import map_dataset
from programasweights.errors import ModelError
from programasweights.functions import Function
from programasweights.program import Program
from programasweights.records import Target, run_table
from tests.distributed.conftest import Nodes

ROWS = 1_500
_LONG = 240.0
"""Seconds in which something must happen."""

pytest.importorskip("ray", reason="Ray is not installed: pip install 'programasweights[ray]'")


def wait_for(condition: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + _LONG
    while not (found := condition()):
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
    return found


def lines_of(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def source_of(folder: Path) -> Path:
    """Rows of which each text comes twice, some are null, and one is too long for the model."""
    path = folder / "rows.csv"
    texts = [f'"row {n % (ROWS // 2)}, ""quoted"" ✓"' for n in range(ROWS)]
    texts[7] = texts[ROWS - 3] = ""
    texts[11] = "x" * 2_000
    path.write_text("id,text\n" + "".join(f"{n},{text}\n" for n, text in enumerate(texts)), "utf-8")
    return path


def test_killed_driver_and_killed_worker(nodes: Nodes, tiny: Function, tmp_path: Path) -> None:
    """The command is killed; what goes on from its journal loses a worker; the file is that of one process."""
    source, target, program = source_of(tmp_path), tmp_path / "found.csv", tiny.dump(tmp_path / "tiny.paw")
    alone = Target(tmp_path / "alone.csv", "output", "text")
    wanted = run_table(tiny.map, source, "text", alone, belongs_to={})
    journal = target.with_name("found.csv.journal")

    command = ["map", str(program), "--input", str(source), "--output", str(target)]
    arguments = [sys.executable, "-m", "programasweights", *command, "--address", nodes.address]
    with subprocess.Popen(arguments, stderr=subprocess.DEVNULL) as driver:
        try:
            wait_for(lambda: lines_of(journal) > 100 or driver.poll() is not None, "no rows were run")
        finally:
            driver.kill()
    kept = lines_of(journal) - 1
    assert 100 <= kept < ROWS

    killed: list[int] = []

    def kill() -> None:
        wait_for(lambda: lines_of(journal) > kept + 65, "no rows were run after the first driver's")
        killed.append(nodes.workers(b"ray::MapWorker")[0])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    found = map_dataset(program, source, output=target, resume=True, block_rows=20)
    killer.join()
    assert killed
    assert (found.rows, found.resumed) == (ROWS, kept)
    assert found.failed == wanted.failed
    assert sorted(found.failed) == ["null", "too long"]
    assert target.read_bytes() == alone.path.read_bytes()
    assert not journal.exists()


def test_dataset_to_dataset(nodes: Nodes, tiny: Function) -> None:
    """Typed values, in the dataset's order; the base model is named by each node's own program."""
    import ray

    texts = [f"row {n}" for n in range(90)]
    data = ray.data.from_items(
        [{"n": n, "text": text} for n, text in enumerate(texts)], override_num_blocks=2
    )
    found = map_dataset(
        tiny.program, data, returns=Literal["yes", "no", "a", "b"], output_column="label", block_rows=16
    )
    rows = found.take_all()
    typed = api.function(tiny.program, returns=Literal["yes", "no", "a", "b"])
    assert [row["n"] for row in rows] == list(range(90))
    assert [row["label"] for row in rows] == typed.map(texts)
    assert {row["label_error"] for row in rows} == {None}


def test_a_worker_without_the_base_model_says_so(nodes: Nodes, tiny: Function, tmp_path: Path) -> None:
    behaviour = tiny.program.behaviour
    lost = behaviour.interpreter.model_copy(update={"name": "no-such-model"})
    program = Program(
        behaviour.model_copy(update={"interpreter": lost}), tiny.program.record, tiny.program.prefix
    )
    with pytest.raises(ModelError, match="no-such-model"):
        map_dataset(program, ["a"], output=tmp_path / "found.csv", concurrency=1)


def test_serve(nodes: Nodes, tiny: Function, tmp_path: Path) -> None:
    """Requests for two programs at once, a stream, errors in the one shape, and a replica that is killed."""
    from ray import serve

    from programasweights.serving import build_app

    options = tiny.program.behaviour.generation.model_copy(update={"max_new_tokens": 5})
    short = Function(
        Program(
            tiny.program.behaviour.model_copy(update={"generation": options}),
            tiny.program.record,
            tiny.program.prefix,
        ),
        tiny.interpreter,
    )
    functions = {"long": tiny, "short": short}
    sources = {name: str(function.dump(tmp_path / f"{name}.paw")) for name, function in functions.items()}
    port = free_port()
    serve.start(http_options={"host": "127.0.0.1", "port": port})
    try:
        serve.run(build_app(sources), name="paw")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_LONG) as client:
            check_answers(client, functions)
            os.kill(nodes.workers(b"ray::ServeReplica:paw")[0], signal.SIGKILL)
            wait_for(lambda: answered(client, short.id, "again"), "no replica came back")
            sent = {"program": short.id, "inputs": ["again"]}
            assert client.post("/api/v1/run", json=sent).json()["outputs"] == short.map(["again"])
    finally:
        serve.shutdown()


def answered(client: httpx.Client, program: str, text: str) -> bool:
    try:
        return client.post("/api/v1/run", json={"program": program, "input": text}).status_code == 200
    except httpx.HTTPError:
        return False


def check_answers(client: httpx.Client, functions: dict[str, Function]) -> None:
    calls = [(name, [f"{name} {n}", f"more {n}"]) for n in range(12) for name in functions]
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda c: client.post("/api/v1/run", json={"program": c[0], "inputs": c[1]}), calls)
        )
    for (name, inputs), answer in zip(calls, answers, strict=True):
        assert answer.json()["outputs"] == functions[name].map(inputs)
        assert answer.json()["program_id"] == functions[name].id
    streamed = client.post("/api/v1/run", json={"program": "long", "input": "x", "stream": True})
    assert '"done": true' in streamed.text.splitlines()[-2]
    assert client.get("/health").json()["status"] == "ok"
    missing = client.post("/api/v1/infer", json={"program_id": "nobody", "input": "x"})
    assert (missing.status_code, missing.json()["detail"]["error"]) == (404, "not_found")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.weights
def test_the_page(nodes: Nodes) -> None:
    """The example of docs/distributed.md gives what it says."""
    page = (Path(__file__).parents[2] / "docs" / "distributed.md").read_text("utf-8")
    [block] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    code, _, said = block.strip().rpartition("  # ")
    start, _, last = code.rpartition("\n")
    names: dict[str, Any] = {}
    exec(start, names)  # noqa: S102  # our own page
    assert repr(eval(last, names)) == said  # noqa: S307
