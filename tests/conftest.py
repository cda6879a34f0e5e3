"""Fixtures on the real weights, loaded once for the whole run."""

import pytest

from programasweights.lm.engine import Engine
from programasweights.lm.loader import load_engine
from programasweights.lm.registry import DEFAULT_MODEL
from programasweights.lm.sources import locate
from programasweights.lm.weights import open_weights
from programasweights.training.reference import ReferenceModel


@pytest.fixture(scope="session")
def q8_engine() -> Engine:
    """The default model as users run it."""
    return load_engine(DEFAULT_MODEL, precision="q8")


@pytest.fixture(scope="session")
def fp32_engine() -> Engine:
    """The default model with exact weights."""
    return load_engine(DEFAULT_MODEL, precision="fp32")


@pytest.fixture(scope="session")
def reference() -> ReferenceModel:
    """The default model in torch."""
    files = locate(DEFAULT_MODEL)
    return ReferenceModel(open_weights(files.kind, files.path))
