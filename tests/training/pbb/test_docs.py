"""The figures of docs/pbb.md on calls are those of the JSON file, and every recipe is named."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "pbb.md").read_text("utf-8")


def test_times_of_calls() -> None:
    found = json.loads((ROOT / "benchmarks" / "results" / "backprop_latency.json").read_text("utf-8"))
    for name, row in found["calls"].items():
        cells = f"| {row['median_ms']:,.0f} | {found['ratio_to_prefix_alone'][name]:.2f} |"
        size = found["program_bytes"].get(name)
        assert cells + ("" if size is None else f" {size:,} |") in PAGE, name
    assert f"it takes {found['merge_s']:.0f} seconds" in PAGE
    assert found["ratio_to_prefix_alone"]["backprop, primed"] < 1.3


def test_results_on_grammars() -> None:
    found = json.loads((ROOT / "benchmarks/results/pbb/grammars-small/result.json").read_text("utf-8"))
    arms = {arm["name"]: arm["scores"] for arm in found["arms"]}
    for scores in (found["untrained"], found["in_context"], *arms.values()):
        right, unreadable, nll = (scores["eval"]["direct"][name] for name in ("right", "unreadable", "nll"))
        interval = f"{nll['mean']:.2f} ({nll['low']:.2f} to {nll['high']:.2f})"
        assert f"| {right['mean']:.1%} | {unreadable['mean']:.1%} | {interval} |" in PAGE
    assert set(arms) == {"proactive-1", "proactive", "proactive-2"}


def test_recipes_are_named() -> None:
    recipes = sorted(path.name for path in (ROOT / "recipes" / "pbb").glob("*.json"))
    assert recipes
    assert [name for name in recipes if f"`{name}`" not in PAGE] == []
