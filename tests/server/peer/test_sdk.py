"""The public `programasweights` SDK against our server: compiled here, run by llama.cpp there, equal outputs."""

import hashlib
import io
import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from programasweights.compiler import CompileOptions, get_compiler
from programasweights.interpreter import Interpreter
from programasweights.lm.engine import Engine
from programasweights.lm.kv_cache import KvState
from programasweights.server.peer.kv_file import kv_file
from programasweights.server.peer.prompt import render_prompt
from programasweights.spec import Spec
from tests.server.peer.sdk_python import sdk_python
from tests.server.serving import Served

pytestmark = pytest.mark.weights
SPEC = Spec.make(
    "Return the person's first name.",
    [("Peter Smith, 40, cook from Dover", "Peter"), ("Rosa Diaz, 22, clerk from Quito", "Rosa")],
).as_text()
INPUTS = """Maria Lopez, 34, nurse from Valencia
Tom Baker, 51, baker from Leeds
Aiko Tanaka, 28, engineer from Osaka
Jean Dupont, 45, teacher from Lyon
Olga Petrova, 39, chemist from Kazan
Ahmed Hassan, 62, driver from Cairo
Lena Fischer, 23, student from Bremen
Paul Okafor, 30, lawyer from Lagos
Ines Costa, 57, painter from Porto
Mark Jensen, 41, carpenter from Aarhus""".splitlines()
MAX_TOKENS = 16


@pytest.fixture(scope="module")
def python() -> Path:
    return sdk_python()


def run(python: Path, arguments: list[str], url: str, cache: Path, **more: str) -> subprocess.Popen[str]:
    kept = {
        name: os.environ[name]
        for name in ("PATH", "OMP_NUM_THREADS", "LD_LIBRARY_PATH")
        if name in os.environ
    }
    own = {"HOME": str(cache), "PAW_API_URL": url, "PAW_CACHE_DIR": str(cache / "paw"), "PAW_QUIET": "1"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [python, *arguments],
        env=kept | own | more,
        cwd=cache,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
    )


def answer(process: subprocess.Popen[str], said: str = "") -> str:
    try:
        out, err = process.communicate(said, timeout=500)
    finally:
        process.kill()  # does nothing to one that has ended
    assert process.returncode == 0, err[-3000:]
    return out


@pytest.fixture(scope="module")
def blank(q8_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound KV file for the program, with zeros for numbers."""
    program = get_compiler("default").compile(Spec.make(SPEC), q8_engine, CompileOptions())
    state = Interpreter(q8_engine).prepare(program).state
    zeros = KvState(np.zeros_like(state.keys), np.zeros_like(state.values))
    prompt = render_prompt(program, q8_engine.tokenizer, q8_engine.chat, positions=state.positions)
    path = tmp_path_factory.mktemp("blank") / "blank.bin"
    path.write_bytes(kv_file(zeros, prompt.tokens, architecture="llama"))
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SDK's home and cache."""
    return tmp_path_factory.mktemp("sdk")


@pytest.fixture(scope="module")
def found(python: Path, open_server: Served, blank: Path, cache: Path) -> dict[str, Any]:
    """What the SDK made of one session of use."""
    job = {"spec": SPEC, "inputs": INPUTS, "max_tokens": MAX_TOKENS, "blank": str(blank)}
    script = str(Path(__file__).with_name("sdk_script.py"))
    found: dict[str, Any] = json.loads(answer(run(python, [script], open_server.url, cache), json.dumps(job)))
    return found


def test_it_compiles_here(found: dict[str, Any]) -> None:
    program = found["program"]
    assert (program["status"], program["slug"], program["version"]) == ("ready", "local/sdk-test", 1)
    assert (program["compiler_kind"], program["error"]) == ("neural", None)
    assert "default" in found["compilers"]
    assert found["precheck"]["cached"] is True
    assert found["precheck"]["program_id"] == program["id"]


def test_it_follows_and_cannot_cancel_an_ended_job(found: dict[str, Any]) -> None:
    assert (found["status"]["status"], found["status"]["program_id"]) == ("ready", found["program"]["id"])
    status, code, message, request_id = found["cancel"]
    assert (status, code) == (409, "job_ended")
    assert message
    assert request_id


def test_llama_cpp_gives_our_outputs(found: dict[str, Any], q8_engine: Engine) -> None:
    program = get_compiler("default").compile(Spec.make(SPEC), q8_engine, CompileOptions())
    assert program.id == found["program"]["id"]
    interpreter = Interpreter(q8_engine)
    ours = interpreter.run(interpreter.prepare(program), INPUTS)
    assert found["remote"] == ours
    assert sum(a == b for a, b in zip(found["local"], ours, strict=True)) >= 0.95 * len(INPUTS)
    assert len(set(ours)) > 5  # not one answer for everything


def test_the_kv_file_is_what_it_runs_on(found: dict[str, Any], open_server: Served) -> None:
    assert found["used"] is True
    bundle = open_server.client().get(f"/api/v1/programs/{found['program']['id']}/download").content
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        ours = archive.read("prefix_kv_cache.bin")
    assert found["kept"] == hashlib.sha256(ours).hexdigest()  # the SDK writes over one that it does not take
    assert found["blank_used"] is True
    assert sum(a == b for a, b in zip(found["blank"], found["local"], strict=True)) <= 0.2 * len(INPUTS)


def test_a_damaged_file_falls_back_to_the_text(found: dict[str, Any]) -> None:
    assert found["text_used"] is False
    assert all(found["text"])


def test_names_versions_lists_and_details(found: dict[str, Any]) -> None:
    program_id = found["program"]["id"]
    assert found["by_name"] == [found["remote"][0]] * 2
    assert found["versions"]["versions"][0]["program_id"] == program_id
    assert program_id in found["listed"]
    assert (found["meta"]["id"], found["meta"]["public"]) == (program_id, False)
    assert found["runtime"]["local_sdk"]["supported"] is True
    assert found["offline"] is True


def test_its_command_line(python: Path, found: dict[str, Any], open_server: Served, cache: Path) -> None:
    def paw(*arguments: str) -> str:
        return answer(run(python, ["-m", "programasweights.cli", *arguments], open_server.url, cache))

    assert found["program"]["id"] in paw("info", "local/sdk-test", "--json")
    assert "sdk-renamed" in paw("rename", "local/sdk-test", "sdk-renamed")
    assert "Maria" in paw("run", "--program", "local/sdk-renamed", "--input", INPUTS[0], "--max-tokens", "16")


def test_wrong_keys_and_other_peoples_programs(
    python: Path, keys_server: Served, q8_engine: Engine, cache: Path
) -> None:
    program = get_compiler("shipped").compile(Spec.make("Say left or right."), q8_engine, CompileOptions())
    keys_server.give(program, "ann")
    code = f"""
import programasweights as paw
from programasweights.client import PAWClient
try:
    paw.precheck_compile("Say whether it is urgent or not.")
except paw.APIError as error:
    print(error.response.status_code, error.code)
try:
    print(PAWClient().download_paw("{program.id}").name)
except Exception as error:
    print(str(error)[-20:])
"""
    expected = {
        keys_server.key("bob"): "not found on server.",
        "paw_" + "x" * 43: "401 invalid_key",
        keys_server.key("ann"): program.id,
    }
    started = {
        key: run(
            python,
            ["-c", code],
            keys_server.url,
            cache,
            PAW_API_KEY=key,
            PAW_CACHE_DIR=str(cache / str(number)),
        )
        for number, key in enumerate(expected)
    }
    for key, process in started.items():
        assert expected[key] in answer(process)
