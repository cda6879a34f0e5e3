"""docs/images.md, "Rendered pictures": its code prints what it shows, and its figures are those of the JSON file."""

import contextlib
import io
import json
import re
from pathlib import Path

from programasweights.data.images import TASKS
from programasweights.data.images.records import SPLITS

ROOT = Path(__file__).parents[3]
SECTION = re.split(
    r"(?m)^## ", (ROOT / "docs" / "images.md").read_text("utf-8").partition("## Rendered pictures\n")[2]
)[0]
RESULTS = json.loads((ROOT / "benchmarks" / "results" / "picture_data.json").read_text("utf-8"))


def test_what_the_code_prints() -> None:
    shown = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", SECTION, re.DOTALL)
    assert len(shown) == 1
    for code, output in shown:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, {"__name__": "page"})  # noqa: S102  # our own page
        assert printed.getvalue().strip() == output.strip()


def test_figures_are_those_of_the_file() -> None:
    assert set(RESULTS["tasks"]) == set(TASKS)
    for name, found in RESULTS["tasks"].items():
        drawn, spread = found["drawn"], found["tokens"]["answer"]
        cells = (
            f"{found['blind']['all']:.0%}",
            f"{found['questions_a_picture']:.1f}",
            " / ".join(f"{spread[key]:g}" for key in ("median", "p95", "most")),
            f"{drawn['a_second']:.0f}",
            " / ".join(f"{drawn['png_bytes'][key] / 1000:.1f}" for key in ("median", "p95", "most")) + " kB",
        )
        assert f"| `{name}` | {' | '.join(cells)} |" in SECTION, name
        assert found["groups_in_both"] == 0
        assert f"{found['test']['groups']:,} of {found['test']['pictures']:,} (`{name}`)" in SECTION


def test_every_task_and_split_is_named() -> None:
    assert all(f"`{task}`" in SECTION for task in TASKS)
    assert all(split in SECTION for split in SPLITS)
