"""Run by a Python that has the public SDK: does what a user of it does, and prints what came of it as JSON.

    PAW_API_URL=... PAW_CACHE_DIR=... python sdk_script.py < job.json

The job is {"spec", "inputs", "max_tokens", "blank"}; `blank` names a KV file of zeros for the same program.
"""

import contextlib
import hashlib
import io
import json
import sys
from pathlib import Path

from programasweights.client import PAWClient

import programasweights as paw
from programasweights import config


def local_outputs(program_id: str, job: dict) -> tuple[list[str], bool]:
    """The outputs of llama.cpp, and whether it took the KV file."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        function = paw.function(program_id, verbose=True)
    outputs = [function(text, max_tokens=job["max_tokens"]) for text in job["inputs"]]
    function.close()
    return outputs, "Loaded prefix KV cache" in said.getvalue()


def main() -> None:
    job = json.load(sys.stdin)
    found: dict = {"compilers": [c["name"] for c in paw.list_compilers()]}
    program = paw.compile(job["spec"], slug="sdk-test", name="A test", tags=["sdk"], public=False)
    found["program"] = vars(program)
    found["precheck"] = paw.precheck_compile(job["spec"])
    queued = paw.compile_async(job["spec"], compiler="default", public=False)
    found["status"] = paw.get_compile_status(queued["job_id"])
    try:
        paw.cancel_compile(queued["job_id"])
    except paw.APIError as error:
        found["cancel"] = [error.response.status_code, error.code, error.message, error.request_id]
    remote = paw.function(program, remote=True)
    found["remote"] = [remote(text, max_tokens=job["max_tokens"]) for text in job["inputs"]]
    found["local"], found["used"] = local_outputs(program.id, job)
    found["by_name"] = [
        paw.function(ref, remote=True)(job["inputs"][0]) for ref in ("local/sdk-test", "sdk-test@v1")
    ]
    found["versions"] = paw.list_versions("local/sdk-test")
    found["listed"] = [p["id"] for p in paw.list_programs()["programs"]]
    found["meta"] = PAWClient().get_program_meta(program.id)
    found["runtime"] = PAWClient().get_runtime_manifest(paw.list_compilers()[0]["runtime_id"])
    found["offline"] = paw.is_offline_ready(program)
    kv_file = config.get_programs_dir() / program.id / "prefix_kv_cache.bin"
    found["kept"] = hashlib.sha256(kv_file.read_bytes()).hexdigest()
    kv_file.write_bytes(Path(job["blank"]).read_bytes())
    found["blank"], found["blank_used"] = local_outputs(program.id, job)
    kv_file.write_bytes(b"no session file")
    found["text"], found["text_used"] = local_outputs(program.id, job)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
