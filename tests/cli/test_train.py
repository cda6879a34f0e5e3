"""`paw train` on a tiny model: records in, a checkpoint out that `paw.compile` takes."""

import subprocess
import sys
from pathlib import Path

import pytest

import programasweights as paw
from programasweights.data.records import Record, write_records
from tests.tiny_models import save_tiny_model

RECIPE = (
    '{"base": "%s", "interpreter": "%s", "slots": 4, "lora_rank": 2, "lora_alpha": 4, "specs": 2, "steps": 2}'
)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "programasweights", "train", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_prepare_train_and_compile(tmp_path: Path) -> None:
    tiny = save_tiny_model(tmp_path / "tiny", "llama")
    records = [Record(f"Say {w}.", str(n), w, task=w, family="f") for w in ("yes", "no") for n in range(3)]
    write_records(tmp_path / "r.jsonl", records)
    tokens = tmp_path / "t.safetensors"
    done = run("prepare", tmp_path / "r.jsonl", "--out", tokens, "--model", tiny)
    assert done.stdout.startswith(f"2 specs in {tokens}"), done.stderr
    recipe = tmp_path / "recipe.json"
    recipe.write_text(RECIPE % (tiny, tiny), "utf-8")
    done = run("run", tokens, "--out", tmp_path / "run", "--recipe", recipe, "--valid", f"v={tokens}")
    assert done.stdout.startswith("step 2 of 2"), done.stderr
    assert {p.name for p in (tmp_path / "run").iterdir()} == {
        "run.json",
        "log.jsonl",
        "valid.jsonl",
        "state.pt",
        "best",
    }
    f = paw.compile("Say yes.", compiler=tmp_path / "run" / "best", interpreter=str(tiny), max_new_tokens=3)
    assert isinstance(f("1"), str)
    recipe.write_text('{"colour": 3}', "utf-8")
    done = run("run", tokens, "--out", tmp_path / "run", "--recipe", recipe)
    assert done.returncode == 1
    assert "is not a recipe" in done.stderr


def test_a_compiler_that_writes_programs(tmp_path: Path) -> None:
    """Stage 0, its samples, and stage 2 on them with lambda; then a compile."""
    tiny = save_tiny_model(tmp_path / "tiny", "llama")
    records = [
        Record(f"{verb} {w}.", str(n), f"{w}{n}", task=f"f/{w}/{verb}", family="f")
        for w in ("yes", "no")
        for verb in ("Say", "Answer")
        for n in range(4)
    ]
    write_records(tmp_path / "r.jsonl", records)
    targets, tokens = tmp_path / "targets.jsonl.gz", tmp_path / "t.safetensors"
    done = run("targets", tmp_path / "r.jsonl", "--out", targets)
    assert done.stdout.startswith("4 specs in"), done.stderr
    prepare = ("prepare", tmp_path / "r.jsonl", "--out", tokens, "--model", tiny)
    assert run(*prepare, "--discrete", targets).returncode == 0
    recipe = tmp_path / "recipe.json"
    start = RECIPE.replace("}", ', "form": "none", "answer_weight": 0.0, "discrete_weight": 1.0}') % (
        tiny,
        tiny,
    )
    recipe.write_text(start, "utf-8")
    done = run("run", tokens, "--out", tmp_path / "s0", "--recipe", recipe, "--valid", f"v={tokens}")
    assert done.stdout.startswith("step 2 of 2"), done.stderr
    f = paw.compile("Say yes.", compiler=tmp_path / "s0" / "best", interpreter=str(tiny), max_new_tokens=3)
    assert f.program.behaviour.prefix.slots == 0
    samples = tmp_path / "samples.jsonl"
    done = run("sample", tmp_path / "s0" / "best", tmp_path / "r.jsonl", "--out", samples, "--count", "2")
    assert "specs in" in done.stdout, done.stderr
    samples.write_text('{"spec": "Say yes.", "programs": ["Do say yes.", "Say it."]}\n', "utf-8")
    assert run(*prepare, "--discrete", samples).returncode == 0
    recipe.write_text(RECIPE.replace("}", ', "discrete_weight": 0.1}') % (tiny, tiny), "utf-8")
    done = run("run", tokens, "--out", tmp_path / "s2", "--recipe", recipe, "--valid", f"v={tokens}")
    assert done.stdout.startswith("step 2 of 2"), done.stderr
    f = paw.compile("Say yes.", compiler=tmp_path / "s2" / "best", interpreter=str(tiny), max_new_tokens=3)
    assert f.program.behaviour.prefix.slots == 4
    samples.write_text('{"spec": 3}\n', "utf-8")
    done = run(*prepare, "--discrete", samples)
    assert done.returncode == 1
    assert "line 1 of" in done.stderr


def test_arms_of_an_ablation_are_compared(tmp_path: Path) -> None:
    tiny = save_tiny_model(tmp_path / "tiny", "llama")
    records = [Record(f"Say {w}.", str(n), w, task=w, family="f") for w in ("yes", "no") for n in range(3)]
    write_records(tmp_path / "r.jsonl", records)
    tokens = tmp_path / "t.safetensors"
    assert run("prepare", tmp_path / "r.jsonl", "--out", tokens, "--model", tiny).returncode == 0
    recipe = Path(__file__).parents[2] / "recipes" / "ablations" / "slots.json"
    given = ("--valid", f"v={tokens}", "--out", tmp_path / "o", "--size", "smoke", "--model", tiny)
    done = run("ablate", recipe, "--data", f"spec={tokens}@2", *given)
    assert done.stdout.startswith("4 arms"), done.stderr
    names = {"16", "32", "64", "128", "result.json", "figure.png"}
    assert {p.name for p in (tmp_path / "o").iterdir()} == names
    assert '"command": "paw train ablate' in (tmp_path / "o" / "result.json").read_text("utf-8")
    done = run("ablate", recipe, "--data", f"colour={tokens}", *given)
    assert done.returncode != 0
    assert "colour" in done.stderr


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "recipes").glob("stage*/*.json")), ids=str
)
def test_recipes_are_configs(path: Path) -> None:
    from programasweights.cli.train import _config

    assert _config(path).steps > 0
