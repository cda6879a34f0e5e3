"""A real Ray cluster of two nodes on this machine, one CPU each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from programasweights.compiler import get_compiler
from programasweights.compiler.base import CompileOptions
from programasweights.functions import Function
from programasweights.interpreter import Interpreter
from programasweights.lm.loader import load_engine
from programasweights.spec import Spec
from tests.tiny_models import save_tiny_model

_STORE_BYTES = 80 * 2**20


@dataclass(frozen=True)
class Nodes:
    """A running cluster, which this process has joined."""

    address: str
    raylets: frozenset[int]
    """Their process ids; a worker is a child of its node's."""

    def workers(self, name: bytes) -> list[int]:
        """Process ids of the workers whose name begins so."""
        found = []
        for folder in Path("/proc").iterdir():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if parent in self.raylets and (folder / "cmdline").read_bytes().startswith(name):
                    found.append(int(folder.name))
            except (OSError, IndexError):
                continue  # no process, or none any more
        return found


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Holds the tiny model; in this process and all that it starts, every engine has one thread."""
    made = tmp_path_factory.mktemp("ray")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAW_THREADS", "1")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_worker_niceness", "0")  # by default, 15, workers starve on a busy machine
        yield made


@pytest.fixture(scope="session")
def tiny(folder: Path) -> Function:
    """A program of a tiny random model, whose outputs are noise, but always the same."""
    engine = load_engine(str(save_tiny_model(folder / "llama", "llama", seed=3)))
    program = get_compiler("neural").compile(Spec.make("Say yes."), engine, CompileOptions(max_new_tokens=12))
    return Function(program, Interpreter(engine))


def add_node(cluster: Any, **size: Any) -> None:
    """Start a node. Ray gives it 30 s; on a busy machine the second attempt finds its files in memory."""
    try:
        cluster.add_node(**size)
    except Exception as error:
        if "timed out during startup" not in str(error):
            raise
        cluster.add_node(**size)


@pytest.fixture(scope="module")
def nodes(folder: Path) -> Iterator[Nodes]:
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'programasweights[ray]'")
    from ray.cluster_utils import Cluster

    size = {"num_cpus": 1, "object_store_memory": _STORE_BYTES}
    cluster = Cluster()
    try:
        add_node(cluster, **size, include_dashboard=False)
        add_node(cluster, **size)
        ray.init(address=cluster.address, log_to_driver=False, logging_level="error")
        raylets = [node.all_processes["raylet"][0].process.pid for node in cluster.list_all_nodes()]
        yield Nodes(cluster.address, frozenset(raylets))
    finally:
        ray.shutdown()
        cluster.shutdown()
