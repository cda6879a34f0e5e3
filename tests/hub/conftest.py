"""What tests of servers share."""

import pytest

from programasweights.program import Program, load
from tests.hub.hostile import GOLDEN


@pytest.fixture(autouse=True)
def network_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAW_OFFLINE", "0")


@pytest.fixture(scope="session")
def programs() -> list[Program]:
    """The golden programs."""
    return [load(path) for path in GOLDEN]
