"""Two real processes on the CPU, with and without FSDP, take the steps that one process takes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from programasweights.training.parallel import leave_processes
from tests.training.tiny_data import tiny_token_file


def _train(
    folder: Path, tokens: Path, recipe: dict[str, object], *, processes: int
) -> dict[str, torch.Tensor]:
    path = folder.with_suffix(".json")
    path.write_text(json.dumps(recipe), "utf-8")
    command = [sys.executable, "-m"]
    if processes > 1:
        command += ["torch.distributed.run", "--standalone", "--nproc-per-node", str(processes), "--module"]
    command += ["programasweights", "train", "run", str(tokens), "--out", str(folder), "--recipe", str(path)]
    command += ["--valid", f"v={tokens}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr[-3000:]
    state = torch.load(folder / "state.pt", weights_only=True)
    assert state["step"] == 3
    weights: dict[str, torch.Tensor] = state["weights"]
    return weights


@pytest.mark.parametrize("shard", [False, True])
def test_two_processes_are_one_with_two_batches(tmp_path: Path, shard: bool) -> None:
    tiny, file = tiny_token_file(tmp_path)
    assert len(file) == 6
    recipe: dict[str, object] = {
        "base": tiny, "interpreter": tiny, "slots": 5, "lora_rank": 2, "lora_alpha": 4, "map_inner": 4, "specs": 1,
        "pairs": 2, "steps": 3, "warmup": 1, "valid_every": 3, "save_every": 3, "valid_specs": 4,
    }  # fmt: skip
    tokens = tmp_path / "t.safetensors"
    one = _train(tmp_path / "one", tokens, recipe | {"accumulate": 2}, processes=1)
    two = _train(tmp_path / "two", tokens, recipe | {"shard": shard}, processes=2)
    assert one.keys() == two.keys()
    for name, value in one.items():
        torch.testing.assert_close(two[name], value, rtol=1e-3, atol=1e-5)
    assert (tmp_path / "two" / "best" / "config.json").exists()
    losses = [
        [json.loads(line)["loss"] for line in (tmp_path / n / "log.jsonl").read_text("utf-8").splitlines()]
        for n in ("one", "two")
    ]
    assert losses[0] == pytest.approx(losses[1], rel=1e-3)


def test_a_process_leaves_its_group() -> None:
    leave_processes()
    torch.distributed.init_process_group("gloo", store=torch.distributed.HashStore(), rank=0, world_size=1)
    assert torch.distributed.is_initialized()
    leave_processes()
    assert not torch.distributed.is_initialized()
