"""Small programs to test with, the same ones that the golden files hold."""

import json
import os
import runpy
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from programasweights.program import KvPrefix, Program, to_bytes

FOLDER = Path(__file__).parent
MAKE_GOLDEN = runpy.run_path(str(FOLDER / "make_golden.py"))


@pytest.fixture(params=list(MAKE_GOLDEN["PROGRAMS"]))
def program(request: pytest.FixtureRequest) -> Program:
    """Each of the golden programs: float16, int8, without a prefix, with a LoRA."""
    made: Program = MAKE_GOLDEN["PROGRAMS"][request.param]()
    return made


@pytest.fixture
def f16_program() -> Program:
    """The golden program with a float16 prefix."""
    made: Program = MAKE_GOLDEN["PROGRAMS"]["v2-f16.paw"]()
    return made


@pytest.fixture
def int8_program() -> Program:
    """The golden program with an int8 prefix."""
    made: Program = MAKE_GOLDEN["PROGRAMS"]["v2-int8.paw"]()
    return made


@pytest.fixture
def rebuild() -> Callable[..., bytes]:
    """A forger: a program's file with another manifest text, tensor table or data, and a matching length."""

    def build(
        program: Program,
        *,
        manifest: Callable[[str], str] = str,
        table: Callable[[dict[str, Any]], object] = dict,
        payload: Callable[[bytes], bytes] = bytes,
    ) -> bytes:
        data = to_bytes(program)
        (length,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8 : 8 + length])
        header["__metadata__"]["paw"] = manifest(header["__metadata__"]["paw"])
        table(header)
        text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
        text += b" " * (-len(text) % 8)
        return struct.pack("<Q", len(text)) + text + payload(data[8 + length :])

    return build


@pytest.fixture
def edit_manifest(rebuild: Callable[..., bytes]) -> Callable[..., bytes]:
    """A forger of manifests: applies a change to the parsed manifest, and keeps the file canonical."""

    def build(program: Program, change: Callable[[dict[str, Any]], object]) -> bytes:
        def rewrite(text: str) -> str:
            document = json.loads(text)
            change(document)
            return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

        return rebuild(program, manifest=rewrite)

    return build


@pytest.fixture
def run_python() -> Callable[..., str]:
    """Runs code in a fresh interpreter, with more environment variables if given, and returns its output."""

    def run(code: str, **environment: str) -> str:
        root = FOLDER.parents[1]
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root), **environment},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    return run


@pytest.fixture
def many_heads(int8_program: Program) -> Program:
    """An int8 program in which layers, KV heads, slots and head size all differ."""
    random = np.random.default_rng(0)
    keys, values = (random.standard_normal((2, 3, 5, 4)).astype(np.float16) for _ in range(2))
    document = int8_program.behaviour.model_dump()
    document["interpreter"].update(kv_heads=3)
    document["prefix"].update(slots=5)
    behaviour = type(int8_program.behaviour).model_validate(document)
    return Program(behaviour, int8_program.record, KvPrefix.from_arrays(keys, values, storage="int8"))
