"""Servers to look at, without workers: what pages show needs no model."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from programasweights.program import (
    Behaviour,
    CompilerSection,
    GenerationSection,
    InterpreterSection,
    PrefixSection,
    Program,
    Record,
    SpecSection,
)
from programasweights.server.accounts import Viewer
from programasweights.server.app import create_app
from programasweights.server.services import Services
from programasweights.server.settings import Access, ServerSettings

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@dataclass(frozen=True)
class Site:
    """A server that is not started: requests are answered in the test's process."""

    app: FastAPI
    client: TestClient
    services: Services

    def add(
        self,
        viewer: Viewer,
        spec: str,
        *,
        slug: str | None = None,
        public: bool = False,
        tags: tuple[str, ...] = (),
    ) -> str:
        """Give a viewer a program without a prefix; returns its id."""
        program = make_program(spec)
        return self.services.catalogue.add(program, viewer, slug=slug, public=public, tags=tags).program_id


def make_program(spec: str, recipe: Mapping[str, str] | None = None) -> Program:
    """A program that no model compiled."""
    behaviour = Behaviour(
        spec=SpecSection(text=spec, examples=((spec[:100], "yes"), ("b", spec[:100]))),
        pseudo_program=spec,
        template="bare",
        interpreter=InterpreterSection(name="tiny", digest="ab" * 32, layers=2, kv_heads=1, head_dim=4),
        compiler=CompilerSection(name="prompted"),
        seed=0,
        recipe=dict(recipe or {"pseudo_program": "written by hand"}),
        generation=GenerationSection(max_new_tokens=16),
        prefix=PrefixSection(slots=0),
    )
    return Program(behaviour, Record(created_at="2025-01-31T12:00:00Z", package_version="0.1.0"))


@contextmanager
def serving(folder: Path, access: Access) -> Iterator[Site]:
    """A server in a folder."""
    app = create_app(ServerSettings(data_dir=folder, access=access, workers=0))
    services: Services = app.state.services
    services.database.migrate()
    with closing(TestClient(app, base_url="http://localhost", headers=BROWSER)) as client:
        yield Site(app, client, services)
    services.database.close()


@pytest.fixture
def open_site(tmp_path: Path) -> Iterator[Site]:
    """An open server: whoever asks is the user `local`."""
    with serving(tmp_path, "open") as site:
        yield site


@pytest.fixture
def keys_site(tmp_path: Path) -> Iterator[Site]:
    """A server with keys."""
    with serving(tmp_path, "keys") as site:
        yield site


@pytest.fixture
def local(open_site: Site) -> Viewer:
    """The user of the open server."""
    return open_site.services.accounts.ensure_local()
