"""Building a domain's data, and `paw pbb data` as users run it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from programasweights.data.manifest import file_digest
from programasweights.data.pbb.build import FILES, PbbOptions, build
from programasweights.data.pbb.domain import load_domain
from programasweights.data.pbb.records import read_executions, read_instructions
from programasweights.errors import DataError

PLAIN = {"id": "s", "code": "def f(a):\n    return a + 1", "input": "1", "output": "2"}


def _domain(name: str, tmp_path: Path) -> tuple[str, Path | None]:
    if name != "leetcode":
        return name, None
    tmp_path.mkdir(exist_ok=True)
    rows = [PLAIN, PLAIN | {"code": "def f(a):\n    return a + 2", "output": "3"}]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return name, tmp_path


@pytest.mark.parametrize("name", ["arithmetic", "leetcode", "ciphers", "grammars"])
def test_the_same_options_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    which, folder = _domain(name, tmp_path / "problems")
    count = 2 if name == "leetcode" else 6
    options = PbbOptions(count, executions=4, held_out=0.5, seed=3)
    manifest = build(load_domain(which, folder=folder), tmp_path / "a", options)
    assert build(load_domain(which, folder=folder), tmp_path / "b", options) == manifest
    for file in (*FILES, "manifest.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    assert json.loads((tmp_path / "a" / "manifest.json").read_text("utf-8")) == manifest
    assert manifest["sha256"] == {file: file_digest(tmp_path / "a" / file) for file in FILES}

    instructions = list(read_instructions(tmp_path / "a" / "instructions.jsonl"))
    executions = list(read_executions(tmp_path / "a" / "executions.jsonl"))
    forms = 1 if name == "leetcode" else 2
    assert manifest["lines"] == {
        "instructions.jsonl": count,
        "documents.jsonl": count * 20 * forms,
        "executions.jsonl": count * 4,
    }
    documents = [
        json.loads(line) for line in (tmp_path / "a" / "documents.jsonl").read_text("utf-8").splitlines()
    ]
    assert len({(d["instruction"], d["form"], d["template"]) for d in documents}) == len(documents)
    whole = {i.id: {"code": i.text, "words": i.description} for i in instructions}
    assert all(whole[d["instruction"]][d["form"]] in d["text"] for d in documents)
    assert manifest["instructions"] == {"eval": count // 2, "train": count // 2}
    assert manifest["executions"] == {"eval": count * 2, "train": count * 2}
    assert {e.instruction for e in executions} == {i.id for i in instructions}
    # What is read back from files is enough to go on drawing.
    again = load_domain(which, folder=folder)
    assert [e for i in instructions for e in again.executions(i, 4, seed=3)] == executions
    by_id = {i.id: i for i in instructions}
    assert all(again.check(by_id[e.instruction], e, f"{e.trace}\nAnswer: {e.answer}") for e in executions)


def test_another_seed_gives_other_bytes(tmp_path: Path) -> None:
    for seed in (0, 1):
        build(load_domain("ciphers"), tmp_path / str(seed), PbbOptions(6, 2, seed=seed))
    files = [(tmp_path / seed / "instructions.jsonl").read_bytes() for seed in "01"]
    assert files[0] != files[1]


def test_what_cannot_be_built() -> None:
    for values in ((0, 1, 0.2), (1, 0, 0.2), (1, 1, 1.5)):
        with pytest.raises(DataError, match="cannot be built"):
            PbbOptions(*values)
    with pytest.raises(DataError, match="no domain 'poetry'"):
        load_domain("poetry")
    with pytest.raises(DataError, match="'leetcode' came without a folder"):
        load_domain("leetcode")
    with pytest.raises(DataError, match="'ciphers' came with a folder"):
        load_domain("ciphers", folder=Path())


def test_the_command_as_the_page_shows_it(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "pbb.md").read_text("utf-8")
    shown = re.search(r"```console\n\$ paw (pbb data .*)\n((?:.*\n)*?)```", page)
    assert shown is not None
    command = [sys.executable, "-m", "programasweights", *shown[1].split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, shown[2]), done.stderr


def test_the_command_on_no_domain(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "programasweights", "pbb", "data", "--out", str(tmp_path / "d")]
    done = subprocess.run([*command, "--domain", "poetry"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "paw: there is no domain 'poetry'; expected one of arithmetic, leetcode, ciphers, grammars.\n",
    )
