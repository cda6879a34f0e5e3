"""The OpenAPI document against the server that it describes, with a fixed small number of generated requests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from programasweights.program import to_bytes
from tests.server.programs import program_of
from tests.server.serving import Served, served

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DOCS = Path(__file__).parent.parent.parent / "docs" / "server.md"
EXAMPLES = 4
"""Generated requests of each kind for each operation."""


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The document of an open server whose queue is full, so that no compile is waited for."""
    with served(tmp_path_factory.mktemp("openapi"), user_queue_limit=1) as server:
        client = server.client()
        assert client.post("/api/v1/compile/async", json={"spec": "Fill the queue."}).status_code == 202
        headers = {"Content-Type": "application/octet-stream"}
        content = to_bytes(program_of("Made for the document"))
        assert client.post("/api/v1/programs", content=content, headers=headers).status_code == 201
        yield schemathesis.openapi.from_url(f"{server.url}/api/v1/openapi.json")


def asking(cases: st.SearchStrategy[Any]) -> Callable[[], int]:
    """What draws requests of one operation and checks their answers; returns how many."""
    asked = 0

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        response = case.call(timeout=20)
        if response.status_code == 503 and case.operation.path == "/ready":
            return  # it says so, rightly: there is no worker
        case.validate_response(response, checks=CHECKS)

    def run() -> int:
        ask()
        return asked

    return run


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_generated_requests(api: Any, mode: GenerationMode) -> None:
    """Requests that fit the document, and requests that do not: no fault, and no answer that it does not name."""
    asked, failed = 0, []
    for found in api.get_all_operations():
        operation = found.ok()
        ask = asking(operation.as_strategy(generation_mode=mode))
        try:
            asked += ask()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE  # of a request without parameters nothing can be wrong
        except Exception as error:  # noqa: BLE001  every operation is asked before any is reported
            failed.append(f"{operation.label}: {error!r}")
    assert not failed, "\n\n".join(failed)
    assert asked > 27 * EXAMPLES / 3


def test_the_document_is_whole(keys_server: Served) -> None:
    document = keys_server.client().get("/api/v1/openapi.json").json()
    operations = [
        (path, method, what) for path, ways in document["paths"].items() for method, what in ways.items()
    ]
    names = [what["operationId"] for _, _, what in operations]
    assert len(names) == len(set(names)) > 25
    for path, method, what in operations:
        assert what.get("summary"), (path, method)
        assert "4XX" in what["responses"], (path, method)
        assert "422" not in what["responses"], (path, method)
    error = document["components"]["schemas"]["ErrorDetail"]["properties"]
    assert error.keys() == {"error", "message", "request_id", "field"}
    assert set(document["components"]["securitySchemes"]) == {"APIKeyHeader", "HTTPBearer"}


def test_the_documentation_knows_every_path(keys_server: Served) -> None:
    written = DOCS.read_text("utf-8")
    for path, ways in keys_server.client().get("/api/v1/openapi.json").json()["paths"].items():
        for method in ways:
            assert f"| `{method.upper()} {path}`" in written, f"{DOCS} does not know {method} {path}"
