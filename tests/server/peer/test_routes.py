"""What the public SDK asks a live server for."""

import hashlib
import io
import json
import zipfile

import httpx
import pytest

from programasweights.compiler import CompileOptions, get_compiler
from programasweights.lm.engine import Engine
from programasweights.lm.registry import DEFAULT_MODEL, MODELS
from programasweights.program import Program, from_bytes
from programasweights.spec import Spec
from tests.server.serving import Served, check_error

pytestmark = pytest.mark.weights
DIGEST = MODELS[DEFAULT_MODEL].digest
FILE = f"/api/v1/models/files/smollm2-135m-instruct-{str(DIGEST)[:12]}.gguf"


@pytest.fixture(scope="module")
def program(q8_engine: Engine) -> Program:
    return get_compiler("shipped").compile(Spec.make("Say yes or no."), q8_engine, CompileOptions())


def meta_of(answer: httpx.Response) -> dict[str, object]:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip"), answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        meta: dict[str, object] = json.loads(archive.read("meta.json"))
        assert from_bytes(archive.read("program.paw")).id == meta["program_id"]
    return meta


def test_a_bundle_by_id_and_by_every_form_of_name(open_server: Served, compiled_id: str) -> None:
    client = open_server.client()
    for ref in (compiled_id, "local/mood", "local/mood@v1", "local%2Fmood%40v1", "mood"):
        assert meta_of(client.get(f"/api/v1/programs/{ref}/download"))["program_id"] == compiled_id


def test_the_runtime_is_in_the_bundle_and_at_its_own_address(open_server: Served, compiled_id: str) -> None:
    client = open_server.client()
    runtime = meta_of(client.get(f"/api/v1/programs/{compiled_id}/download"))["runtime"]
    assert isinstance(runtime, dict)
    assert client.get(f"/api/v1/models/runtimes/{runtime['runtime_id']}").json() == runtime
    assert runtime["local_sdk"]["base_model"]["url"] == open_server.url + FILE
    check_error(client.get("/api/v1/models/runtimes/qwen3-0.6b-q6_k"), 404, "not_found")


def test_downloads_are_counted(open_server: Served, compiled_id: str) -> None:
    client = open_server.client()

    def count() -> int:
        open_server.services.tally.flush()
        return int(client.get(f"/api/v1/programs/{compiled_id}").json()["downloads"])

    before = count()
    client.get(f"/api/v1/programs/{compiled_id}/download")
    assert count() == before + 1


def test_a_private_program_is_not_there_for_others(keys_server: Served, program: Program) -> None:
    keys_server.give(program, "ann")
    path = f"/api/v1/programs/{program.id}/download"
    assert meta_of(keys_server.client("ann").get(path))["program_id"] == program.id
    for user in ("bob", None):
        detail = check_error(keys_server.client(user).get(path), 404, "not_found")
        # with these words the SDK gives up, without them it asks again for a minute
        assert "not found" in detail["message"]
    absent = check_error(
        keys_server.client("ann").get(f"/api/v1/programs/{'0' * 64}/download"), 404, "not_found"
    )
    assert "not found" in absent["message"]


def test_a_published_program_is_there_without_a_key(keys_server: Served, q8_engine: Engine) -> None:
    made = get_compiler("shipped").compile(Spec.make("Say up or down."), q8_engine, CompileOptions())
    keys_server.give(made, "ann", public=True)
    assert meta_of(keys_server.client().get(f"/api/v1/programs/{made.id}/download"))["program_id"] == made.id


def test_the_compilers(open_server: Served) -> None:
    client = open_server.client()
    found = client.get("/api/v1/models/compilers").json()["compilers"]
    assert [c["name"] for c in found if c["default"]] == [found[0]["name"]] == ["default"]
    for compiler in found:
        assert compiler["supports_local_sdk"] is True
        assert client.get(f"/api/v1/models/runtimes/{compiler['runtime_id']}").status_code == 200
        assert compiler["compiler_kind"] in ("neural", "prompted")
    body = {"spec": "Say yes or no.", "compiler": "prompted"}
    asked = client.post("/api/v1/compile/precheck", json=body).json()["compiler_snapshot"]
    assert asked == next(c["latest_snapshot"] for c in found if c["name"] == "prompted")


def test_the_base_model_comes_whole_and_without_a_key(keys_server: Served) -> None:
    answer = keys_server.client().get(FILE)
    assert hashlib.sha256(answer.content).hexdigest() == DIGEST
    assert int(answer.headers["content-length"]) == MODELS[DEFAULT_MODEL].size


def test_and_in_ranges(keys_server: Served) -> None:
    client = keys_server.client()
    first = client.get(FILE, headers={"Range": "bytes=0-3"})
    assert (first.status_code, first.content) == (206, b"GGUF")
    size = MODELS[DEFAULT_MODEL].size
    assert first.headers["content-range"] == f"bytes 0-3/{size}"
    tag = first.headers["etag"]
    rest = client.get(FILE, headers={"Range": "bytes=98362400-", "If-Range": tag})
    assert (rest.status_code, len(rest.content)) == (206, 32)
    with client.stream("GET", FILE, headers={"Range": "bytes=0-3", "If-Range": '"another"'}) as changed:
        assert changed.status_code == 200
    assert client.get(FILE, headers={"Range": f"bytes={size}-"}).status_code == 416


@pytest.mark.parametrize("name", ["other.gguf", "..%2f..%2fserver.db", "smollm2-135m-instruct.gguf"])
def test_no_other_file_is_served(keys_server: Served, name: str) -> None:
    check_error(keys_server.client().get(f"/api/v1/models/files/{name}"), 404, "not_found")


def test_the_sdks_other_calls_have_the_shape_it_reads(open_server: Served, compiled_id: str) -> None:
    client = open_server.client()
    resolved = client.get("/api/v1/programs/resolve/local%2Fmood%40v1").json()
    assert resolved["program_id"] == compiled_id
    listed = client.get(
        "/api/v1/programs", params={"mine": "true", "sort": "recent", "per_page": 20, "page": 1}
    )
    assert compiled_id in {program["id"] for program in listed.json()["programs"]}
    assert {"programs", "total", "page", "per_page"} <= listed.json().keys()
    info = client.get(f"/api/v1/programs/{compiled_id}").json()
    assert {"id", "spec", "interpreter", "compiler_snapshot", "aliases", "downloads"} <= info.keys()
    versions = client.get("/api/v1/programs/local/mood/versions").json()
    assert (versions["slug"], versions["main_version"]) == ("local/mood", 1)
    assert (
        versions["versions"][0].items() >= {"version": 1, "program_id": compiled_id, "is_main": True}.items()
    )
    body = {"program_id": compiled_id, "input": "Lovely!", "max_tokens": 2, "temperature": 0.0}
    assert isinstance(client.post("/api/v1/infer", json=body).json()["output"], str)
