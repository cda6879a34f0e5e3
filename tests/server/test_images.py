"""Pictures over HTTP with a real worker: compiled as by the library, kept no longer than their job, bounded."""

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, text

import programasweights as paw
from programasweights.server import images
from programasweights.server.database.tables import JobImage
from programasweights.server.errors import ApiError
from programasweights.server.schemas import ImageBody
from programasweights.server.settings import ServerSettings
from tests.pictures import picture_file
from tests.server.programs import program_of
from tests.server.serving import Served, check_error, served

pytestmark = pytest.mark.weights

TASK = "Answer questions about this drawing."
QUESTIONS = ["How many boxes?", "Is it a circuit?", "What is it?"]


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory, picture_checkpoint: Path) -> Iterator[Served]:
    """A server that compiles nothing and takes little."""
    limits = {"max_images": 2, "max_image_bytes": 20_000, "max_image_pixels": 20_000}
    folder = tmp_path_factory.mktemp("idle")
    with served(folder, compiler=str(picture_checkpoint), user_waiting_image_bytes=3_000, **limits) as made:
        yield made


def sent(data: bytes, **more: Any) -> dict[str, Any]:
    return {"data": base64.b64encode(data).decode(), **more}


def asked(*pictures: dict[str, Any], spec: str = TASK) -> dict[str, Any]:
    return {"spec": spec, "images": list(pictures), "max_new_tokens": 8}


def kept(server: Served) -> int:
    """Pictures in the database."""
    with server.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(JobImage)) or 0


def test_a_picture_is_compiled_and_answers_questions(
    picture_server: Served, picture_checkpoint: Path
) -> None:
    client, picture = picture_server.client(), picture_file()
    job = client.post("/api/v1/compile", json=asked(sent(picture))).raise_for_status().json()
    local = paw.compile([TASK, paw.Image(picture)], compiler=picture_checkpoint, max_new_tokens=8)
    assert (job["program_id"], job["cached"]) == (local.id, False)
    body = {"program": local.id, "inputs": QUESTIONS}
    assert client.post("/api/v1/run", json=body).json()["outputs"] == local.map(QUESTIONS)
    shown = client.get(f"/api/v1/programs/{local.id}").json()
    found = paw.Image(picture)
    assert shown["takes_images"] is True
    assert shown["images"] == [{"at": len(TASK), "digest": found.digest, "width": 160, "height": 96}]
    assert kept(picture_server) == 0
    # the same pixels in another file, said to stand where they would anyway
    again = client.post("/api/v1/compile", json=asked(sent(picture_file(kind="BMP"), at=len(TASK)))).json()
    assert (again["program_id"], again["cached"]) == (local.id, True)
    assert kept(picture_server) == 0
    other = client.post("/api/v1/compile", json=asked(sent(picture_file(1)))).raise_for_status().json()
    assert other["program_id"] != local.id


def test_a_checkpoint_is_named_without_its_folder(picture_server: Served) -> None:
    client = picture_server.client()
    first, *others = client.get("/api/v1/models/compilers").json()["compilers"]
    assert (first["name"], first["reads_images"]) == ("small.safetensors", True)
    assert not any(compiler["reads_images"] for compiler in others if compiler["name"] != "default")
    body = asked(sent(picture_file()), spec="Named.") | {"compiler": "small.safetensors"}
    assert client.post("/api/v1/compile/precheck", json=body).json()["cached"] is False


def test_programs_of_before_there_were_pictures(idle: Served) -> None:
    viewer = idle.services.accounts.ensure_local()
    program = idle.services.catalogue.add(program_of("Old."), viewer).program_id
    with idle.services.database.session() as session:
        session.execute(text("UPDATE programs SET images = NULL"))
    shown = idle.client().get(f"/api/v1/programs/{program}").json()
    assert (shown["images"], shown["takes_images"]) == ([], False)


def test_pictures_stand_where_they_are_put(picture_server: Served, picture_checkpoint: Path) -> None:
    spec, (one, other) = "  Compare with: done.  ", (picture_file(2), picture_file(3))
    body = asked(sent(other, at=999), sent(one, at=16), spec=spec)
    found = picture_server.client().post("/api/v1/compile", json=body).raise_for_status().json()["program_id"]
    parts = ["Compare with: ", paw.Image(one), "done.", paw.Image(other)]
    assert found == paw.compile(parts, compiler=picture_checkpoint, max_new_tokens=8).id


def test_the_client_sends_pictures(
    picture_server: Served, picture_checkpoint: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parts = ["Tell of ", paw.Image(picture_file(4)), "this drawing"]
    local = paw.compile(parts, compiler=picture_checkpoint, max_new_tokens=8)
    monkeypatch.setenv("PAW_OFFLINE", "0")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert paw.compile(parts, server=picture_server.url, max_new_tokens=8).id == local.id


def test_pictures_in_inputs(picture_server: Served, picture_checkpoint: Path) -> None:
    task, one, other = "Say what it is.", picture_file(5), picture_file(6)
    client = picture_server.client()
    program = client.post("/api/v1/compile", json=asked(spec=task)).raise_for_status().json()["program_id"]
    local = paw.compile(task, compiler=picture_checkpoint, max_new_tokens=8)
    inputs = ["Is it this?", "", "Both: and so on"]
    placed = [sent(other, input=2), sent(one, input=0), sent(one, input=1), sent(one, input=2, at=6)]
    pictures = paw.Image(one), paw.Image(other)
    expected = local.map(
        [[inputs[0], pictures[0]], pictures[0], ["Both: ", pictures[0], "and so on", pictures[1]]]
    )
    body = {"program": program, "inputs": inputs, "images": placed}
    assert client.post("/api/v1/run", json=body).raise_for_status().json()["outputs"] == expected
    assert expected != local.map(inputs)
    body = {"program": program, "input": inputs[0], "images": [sent(one)], "stream": True}
    events = client.post("/api/v1/run", json=body).text.strip().split("\n\n")
    assert json.loads(events[-1].removeprefix("data: "))["output"] == expected[0]


def test_a_job_keeps_its_pictures_until_it_ends(idle: Served) -> None:
    client, picture = idle.client(), picture_file()
    job = client.post("/api/v1/compile/async", json=asked(sent(picture))).raise_for_status().json()
    claim = idle.services.jobs.claim("a" * 32)
    assert claim is not None
    (png,) = idle.services.jobs.images(claim)
    assert paw.Image(png) == paw.Image(picture)
    assert idle.services.jobs.fail(claim, "once more", retry=True)
    assert kept(idle) == 1
    client.delete(f"/api/v1/compile/{job['job_id']}").raise_for_status()
    assert kept(idle) == 0
    client.post("/api/v1/compile/async", json=asked(sent(picture))).raise_for_status()
    claim = idle.services.jobs.claim("a" * 32)
    assert claim is not None
    assert idle.services.jobs.fail(claim, "no", retry=False)
    assert kept(idle) == 0


def test_waiting_pictures_are_bounded(idle: Served) -> None:
    client, jobs = idle.client(), []
    while (
        answer := client.post("/api/v1/compile/async", json=asked(sent(picture_file())))
    ).status_code == 202:
        jobs.append(answer.json()["job_id"])
        assert len(jobs) < 50
    check_error(answer, 429, "queue_full")
    assert len(jobs) > 1
    for job in jobs:
        client.delete(f"/api/v1/compile/{job}").raise_for_status()
    assert kept(idle) == 0


def bomb() -> bytes:
    """A PNG of few bytes that claims 16,000 x 16,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 16_000, 16_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000))


@pytest.mark.parametrize(
    ("pictures", "field", "words"),
    [
        ([{"data": "no base64!"}], "images.0", "base64"),
        ([sent(b"no picture")], "images.0", "is no picture"),
        ([sent(picture_file()), sent(picture_file()[:200])], "images.1", "cut off"),
        ([sent(bomb())], "images.0", "too large"),
        ([sent(picture_file(size=(200, 101)))], "images.0", "20000"),
        ([sent(picture_file() + b"\0" * 20_000)], "images.0", "bytes"),
        ([sent(picture_file())] * 3, "images", "at most 2"),
        ([{"data": ""}], "images.0.data", "1 character"),
        ([{"data": "AA==", "url": "http://localhost/"}], "images.0.url", ""),
        ([sent(picture_file(), at=-1)], "images.0.at", "0"),
        (["data:image/png;base64,AA=="], "images.0", ""),
    ],
)
def test_what_is_no_picture(idle: Served, pictures: list[Any], field: str, words: str) -> None:
    for path in ("/api/v1/compile", "/api/v1/compile/async", "/api/v1/compile/precheck"):
        answer = idle.client().post(path, json={"spec": TASK, "images": pictures})
        detail = answer.json()["detail"]
        check_error(answer, 400, detail["error"])
        assert (detail["error"] in ("invalid_image", "invalid_request"), detail["field"]) == (True, field)
        assert words in detail["message"]


def test_pictures_in_memory_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(images, "_MOST_PIXELS", 2 * 160 * 96)
    monkeypatch.setattr(images, "_memory", images._Memory())
    bodies, limits = [ImageBody(**sent(picture_file()))] * 3, ServerSettings(tmp_path)
    held = images.decoded_images(bodies, limits)
    with pytest.raises(ApiError, match="too many pictures") as caught:
        images.decoded_images(bodies[:1], limits)
    assert (caught.value.status, caught.value.error) == (503, "busy")
    held.clear()
    assert len(images.decoded_images(bodies[:1], limits)) == 1


def test_a_body_with_pictures_may_be_larger_than_others(idle: Served) -> None:
    large = {"spec": TASK, "images": [{"data": "A" * 2**21}]}
    answer = idle.client().post("/api/v1/compile", json=large)
    assert check_error(answer, 400, "invalid_image")["field"] == "images.0"
    answer = httpx.post(f"{idle.url}/api/v1/keys", json={"name": "A" * 2**21})
    check_error(answer, 413, "too_large")


def test_a_compiler_of_text_says_so(idle: Served) -> None:
    answer = idle.client().post(
        "/api/v1/compile", json=asked(sent(picture_file())) | {"compiler": "prompted"}
    )
    detail = check_error(answer, 400, "invalid_request")
    assert detail["field"] == "images"
    assert "prompted" in detail["message"]


def test_pictures_in_inputs_of_a_program_of_text(picture_server: Served) -> None:
    program = paw.compile("Say yes.", compiler="neural", max_new_tokens=4).program
    viewer = picture_server.services.accounts.ensure_local()
    picture_server.services.catalogue.add(program, viewer)
    body = {"program": program.id, "input": "Is it?", "images": [sent(picture_file())]}
    check_error(picture_server.client().post("/api/v1/run", json=body), 400, "invalid_input")
    body["images"] = [sent(b"none")]
    assert (
        check_error(picture_server.client().post("/api/v1/run", json=body), 400, "invalid_image")["field"]
        == "images.0"
    )
    body["images"] = [sent(picture_file(), input=1)]
    assert (
        check_error(picture_server.client().post("/api/v1/run", json=body), 400, "invalid_request")["field"]
        == "images.0.input"
    )
