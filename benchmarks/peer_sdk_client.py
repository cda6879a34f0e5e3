"""Runs programs with the public SDK; benchmarks/peer_sdk.py starts it with the Python that has the SDK.

    PAW_API_URL=... PAW_CACHE_DIR=... python peer_sdk_client.py < job.json > outputs.json

A job is {"programs": [{"id", "inputs", "max_tokens"}], "kv": true, "base_model": null}. Without `kv` each
program's KV file is spoilt first, as the SDK then silently uses the text alone; `base_model` names another
GGUF file of the same model. The answer is a list of lists of outputs, with the seconds of all calls.
"""

import json
import sys
import time
from pathlib import Path

from programasweights.client import PAWClient

import programasweights as paw
from programasweights import cache


def main() -> None:
    job = json.load(sys.stdin)
    if job["base_model"]:
        cache.get_base_model_path = lambda *_, **__: Path(job["base_model"])
    outputs, seconds = [], 0.0
    for program in job["programs"]:
        folder = PAWClient().download_paw(program["id"])
        kept = (folder / "prefix_kv_cache.bin").read_bytes()
        if not job["kv"]:
            (folder / "prefix_kv_cache.bin").write_bytes(b"spoilt" + kept[6:])
        with paw.function(program["id"]) as function:
            start = time.perf_counter()
            outputs.append([function(text, max_tokens=program["max_tokens"]) for text in program["inputs"]])
            seconds += time.perf_counter() - start
        (folder / "prefix_kv_cache.bin").write_bytes(kept)
    json.dump({"outputs": outputs, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
