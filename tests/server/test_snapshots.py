"""What a snapshot tells apart."""

from pathlib import Path

from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.program import save
from programasweights.server.snapshots import snapshot
from tests.server.programs import program_of


def test_a_primed_program_is_known_by_its_content(tmp_path: Path) -> None:
    """Another file of the same name would write other programs."""
    found = []
    for folder, spec in (("a", "One."), ("b", "Two."), ("c", "One.")):
        path = tmp_path / folder / "primed.paw"
        path.parent.mkdir()
        save(program_of(spec), path)
        found.append(snapshot(f"backprop:{path}", DEFAULT_MODEL))
    assert found[0] == found[2] != found[1]
