"""The figures of docs/pbb.md on calls are those of the JSON file, and every recipe is named."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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


def arms(run: str) -> dict[str, Any]:
    """By arm, its scores on held-out languages that are asked for with steps."""
    found = json.loads((ROOT / "benchmarks/results/pbb" / run / "result.json").read_text("utf-8"))
    scored = {arm["name"]: arm["scores"] for arm in found["arms"]}
    scored |= {name: found[name] for name in ("untrained", "in_context")}
    return {name: scores["eval"]["steps"] for name, scores in scored.items()}


def interval(one: Mapping[str, float]) -> str:
    return f"{one['mean']:.2f} ({one['low']:.2f} to {one['high']:.2f})"


def share(one: Mapping[str, float]) -> str:
    return f"{one['mean']:.1%} ({100 * one['low']:.1f} to {100 * one['high']:.1f})"


def test_results_on_grammars() -> None:
    found = arms("grammars-128")
    for name in ("untrained", "in_context", "proactive-1", "proactive-2"):
        score = found[name]
        assert score["right"]["high"] == 0
        assert f"| 0.0% | {score['unreadable']['mean']:.1%} | {interval(score['nll'])} |" in PAGE, name
    score = found["proactive"]
    cells = f"| **{share(score['right'])}** | {score['unreadable']['mean']:.1%} | {interval(score['nll'])} |"
    assert cells in PAGE


def test_the_worth_of_a_text() -> None:
    found = arms("grammars-128-gentle")
    for name, said in (
        ("proactive", "the text"),
        ("demonstrations-1", "1 demonstration"),
        ("demonstrations-3", "3 demonstrations"),
        ("demonstrations-10", "10 demonstrations"),
    ):
        assert f"| {said} | {share(found[name]['right'])} | {interval(found[name]['nll'])} |" in PAGE, name


def test_recipes_are_named() -> None:
    recipes = sorted(path.name for path in (ROOT / "recipes" / "pbb").glob("*.json"))
    assert recipes
    assert [name for name in recipes if f"`{name}`" not in PAGE] == []
