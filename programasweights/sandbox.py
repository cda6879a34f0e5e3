"""Runs a Python function that a model wrote, in a process of its own with little power.

Limits: processor time, memory, size of files, number of processes, no site packages, no environment, an empty
working folder, no network where the system allows a network namespace of one's own, and an audit hook that
refuses sockets, processes, and files opened for writing. That stops accidents and clumsy programs; it is no wall
against a program made to escape.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

__all__ = ["SandboxResult", "run_function"]

_MEMORY = 512 * 2**20
_BARE = ("-s", "-P", "-S")
"""No packages, and nothing from the working folder. `-I` says the same, but would also ignore the hash seed, and
sets would come in another order each time."""
_CHILD = r"""
import json, sys
job = json.load(sys.stdin)
real = sys.stdout
sys.stdout = sys.stderr
import re, string, datetime, math, collections, itertools, unicodedata, html, textwrap, difflib, statistics
import calendar, decimal, fractions, functools, operator, random, urllib.parse, csv, io, ast, typing
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove",
             "os.rename", "os.mkdir", "os.rmdir", "shutil.", "ctypes.", "os.kill", "os.putenv", "os.chdir")
def watch(event, args):
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not allowed here")
    if event == "open":
        mode = args[1] or "r"
        if any(letter in mode for letter in "wax+"):
            raise PermissionError("files may not be written here")
sys.addaudithook(watch)
space = {"__name__": "written"}
try:
    exec(compile(job["code"], "written.py", "exec"), space)
    function = space[job["name"]]
except BaseException as error:
    print(json.dumps({"failed": f"{type(error).__name__}: {error}"[:300]}), file=real)
    sys.exit()
outputs, errors = [], []
for text in job["inputs"]:
    try:
        value = function(text)
        outputs.append(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
        errors.append("")
    except BaseException as error:
        outputs.append("")
        errors.append(f"{type(error).__name__}: {error}"[:300])
print(json.dumps({"outputs": outputs, "errors": errors}), file=real)
"""


@dataclass(frozen=True)
class SandboxResult:
    """What came out of a run."""

    outputs: tuple[str, ...]
    """One for each input; empty where the function failed."""
    errors: tuple[str, ...]
    """Empty, or what went wrong, for each input."""


def run_function(code: str, name: str, inputs: Sequence[str], *, seconds: int = 10) -> SandboxResult:
    """Define `code`, call the function `name` in it on each input, and return the results as text.

    A result that is no text is written as JSON. Code that cannot be run, or takes more than `seconds` of
    processor time or 512 MiB, fails on all inputs; nothing is raised.
    """
    job = json.dumps({"code": code, "name": name, "inputs": list(inputs)})
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [*_isolated(), sys.executable, *_BARE, "-c", _CHILD],
                input=job.encode(),
                capture_output=True,
                timeout=seconds * 3,
                cwd=folder,
                env={"PYTHONHASHSEED": "0"},
                preexec_fn=lambda: _limit(seconds),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _all_failed(inputs, f"took longer than {seconds * 3} seconds")
    return _result(done, inputs)


def _result(done: "subprocess.CompletedProcess[bytes]", inputs: Sequence[str]) -> SandboxResult:
    try:
        found = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return _all_failed(inputs, f"ended with status {done.returncode}: {last[:200]}")
    if "failed" in found:
        return _all_failed(inputs, found["failed"])
    return SandboxResult(tuple(found["outputs"]), tuple(found["errors"]))


def _all_failed(inputs: Sequence[str], why: str) -> SandboxResult:
    return SandboxResult(("",) * len(inputs), (why,) * len(inputs))


def _limit(seconds: int) -> None:
    import resource

    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@cache
def _isolated() -> tuple[str, ...]:
    """The command before the command that gives a network namespace without any network; empty if not allowed."""
    tool = shutil.which("unshare")
    if tool is None:
        return ()
    command = (tool, "--user", "--net", "--map-root-user")
    tried = subprocess.run([*command, sys.executable, *_BARE, "-c", ""], capture_output=True, check=False)
    return command if tried.returncode == 0 else ()
