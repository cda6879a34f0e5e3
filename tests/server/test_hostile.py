"""More than 1,000 hostile uploads and bodies: every one refused with 4xx in the one shape, the server alive after.

They are made by hand and by mutation with a fixed seed. Each is wrong by construction, so an answer of success is
a fault; only a mutated file that is the same program with another record is sound, and is left out.
"""

import itertools
import json
import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from programasweights.errors import PawFileError
from programasweights.program import from_bytes
from tests.server.serving import Served

GOLDEN = Path(__file__).parent.parent / "program" / "golden"
UPLOADS, BODIES = 620, 620

Request = tuple[str, str, bytes, str]
"""Method, path, body, content type."""


@pytest.fixture(scope="module")
def client(keys_server: Served) -> httpx.Client:
    return keys_server.client("mallory")


def mutated(data: bytes, draw: random.Random) -> bytes:
    """A file with one to four things changed."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(changed) or 1)
        # half of the time in the header, where the sense is
        place = place if draw.random() < 0.5 else place % 600
        match draw.randrange(8):
            case 0:
                changed[place : place + 1] = bytes([draw.randrange(256)])
            case 1:
                del changed[place:]
            case 2:
                del changed[place : place + draw.randrange(1, 64)]
            case 3:
                changed[place:place] = draw.randbytes(draw.randrange(1, 64))
            case 4:
                changed[:8] = struct.pack(
                    "<Q", draw.choice([0, 1, 2**31, 2**63, 2**64 - 1, len(data), len(data) - 8])
                )
            case 5:
                changed[place:place] = changed[: draw.randrange(1, 2_000)]
            case 6:
                changed[place : place + 4] = draw.choice(
                    [b"\0\0\0\0", b"null", b'"":{', b"[[[[", b"9999", b"\xff\xfe\xfd\xfc"]
                )
            case _:
                changed += draw.randbytes(draw.randrange(1, 500))
    return bytes(changed)


def is_sound(data: bytes) -> bool:
    try:
        from_bytes(data)
    except PawFileError:
        return False
    return True


def uploads() -> Iterator[bytes]:
    """Files that are no programs."""
    files = [path.read_bytes() for path in sorted(GOLDEN.glob("*.paw"))]
    text = files[0]
    (length,) = struct.unpack_from("<Q", text)
    header = text[8 : 8 + length]
    by_hand = [
        b"",
        b"\0",
        b"\0" * 8,
        b"\xff" * 8,
        b"\xff" * 100_000,
        b"PK\x03\x04" + b"\0" * 100,
        b"\x80\x04\x95cposix\nsystem\n",
        b"GGUF" + b"\0" * 1_000,
        b"<script>alert(1)</script>",
        b"../../etc/passwd",
        struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 4) + b"null",
        struct.pack("<Q", 100_000) + b"[" * 100_000,
        struct.pack("<Q", 10**12) + b"{}",
        struct.pack("<Q", length) + header.replace(b"0", b"1") + text[8 + length :],
        struct.pack("<Q", length) + header.replace(b'\\"', b"'") + text[8 + length :],
        struct.pack("<Q", length) + header.replace(b"template", b"__class_") + text[8 + length :],
        text * 2,
        text[::-1],
        text[:-1] if len(text) > length + 8 else text[: length // 2],
        text + b"\0",
    ]
    yield from by_hand
    draw = random.Random(20_260_101)
    for _ in range(UPLOADS - len(by_hand)):
        while is_sound(data := mutated(draw.choice(files), draw)):
            pass
        yield data


VALID: list[tuple[str, str, dict[str, Any]]] = [
    (
        "POST",
        "/api/v1/compile",
        {"spec": "a task", "examples": [["a", "b"]], "seed": 1, "slug": "s", "tags": ["t"]},
    ),
    ("POST", "/api/v1/compile/async", {"spec": "a task", "stop": ["x"], "storage": "f16", "public": True}),
    ("POST", "/api/v1/compile/precheck", {"spec": "a task", "compiler": "default", "max_new_tokens": 5}),
    ("POST", "/api/v1/compile", {"spec": "a task", "images": [{"data": "no base64", "at": 0}]}),
    ("POST", "/api/v1/run", {"program": "me/none", "inputs": ["a"]}),
    ("POST", "/api/v1/infer", {"program_id": "me/none", "input": "a", "max_tokens": 3}),
    ("POST", "/api/v1/keys", {"name": "a key"}),
    ("PATCH", "/api/v1/programs/me/none", {"slug": "x", "public": True, "tags": ["t"], "main_version": 1}),
    ("POST", "/api/v1/programs/me/none/cases", {"input": "a", "expected": "b"}),
    ("POST", "/v1/chat/completions", {"model": "me/none", "messages": [{"role": "user", "content": "a"}]}),
]
"""Requests that are sound in form; one field at a time is spoilt, or some bytes."""
SPOILT: list[Any] = [
    5.5,
    -(2**70),
    {},
    {"$ne": 1},
    [[[]]],
    "\0",
    "\ud800",
    "x" * 200_000,
    [{"a": [1]}],
    "a\0b" * 3,
]
RAW = [b"\x00", b"\x01", b"\x1f", b"\x80", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80"]
"""Bytes that no JSON text holds."""


def spoilt_bodies() -> Iterator[Request]:
    draw = random.Random(7)
    for method, path, body in VALID:
        for name in body:
            for value in SPOILT:
                yield method, path, json.dumps(body | {name: value}).encode(), "application/json"
        yield method, path, b"[" * 50_000, "application/json"
        yield method, path, b'{"a":' * 50_000, "application/json"
        yield method, path, json.dumps(body).encode("utf-16"), "application/json"
        yield method, path, json.dumps(body).encode(), "text/xml"
        yield (
            method,
            path,
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
            "application/json",
        )
    while True:
        method, path, body = draw.choice(VALID)
        data = json.dumps(body).encode()
        place = draw.randrange(1, len(data))
        if draw.random() < 0.5:
            yield method, path, data[:place], "application/json"
        else:
            yield method, path, data[:place] + draw.choice(RAW) + data[place:], "application/json"


def bodies() -> Iterator[Request]:
    yield from itertools.islice(spoilt_bodies(), BODIES)


def refused(answer: httpx.Response) -> bool:
    if not 400 <= answer.status_code < 500 or answer.headers["content-type"] != "application/json":
        return False
    body = answer.json()
    return body.keys() == {"detail"} and body["detail"].keys() == {"error", "message", "request_id", "field"}


def test_uploads(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    count = 0
    for data in uploads():
        answer = client.post("/api/v1/programs", content=data, headers=headers, params={"public": "true"})
        assert refused(answer), (answer.status_code, answer.text[:500], data[:200])
        assert len(answer.content) < 2_000
        count += 1
    assert count == UPLOADS
    assert client.get("/api/v1/programs", params={"mine": "true"}).json()["total"] == 0


def test_bodies(client: httpx.Client) -> None:
    count = 0
    for method, path, body, kind in bodies():
        answer = client.request(method, path, content=body, headers={"Content-Type": kind})
        assert refused(answer), (answer.status_code, answer.text[:500], method, path, body[:200])
        assert len(answer.content) < 2_000
        count += 1
    assert count == BODIES
    assert client.get("/api/v1/compile").json() == {"jobs": []}
    assert len(client.get("/api/v1/keys").json()["keys"]) == 1


TEXTS = [
    "'; DROP TABLE users; --",
    "%",
    "_",
    "\\",
    "<script>",
    "${7*7}",
    "{{7*7}}",
    "a" * 5_000,
    "\r\nX: y",
    "🎈" * 50,
    "\u202e",
    "file:///etc/passwd",
    "http://169.254.169.254/",
    "..%2f",
    "@v1",
    "/",
    "@",
]


@pytest.mark.parametrize("place", ["q", "tag", "ref", "header", "slug"])
def test_texts_in_addresses(client: httpx.Client, place: str) -> None:
    """Whatever stands in an address or a header is answered, and never with a fault of the server."""
    for text in TEXTS:
        if place == "header":
            answer = client.get("/health", headers={"X-Anything": text.encode().replace(b"\r\n", b"")})
        elif place == "ref":
            answer = client.get(f"/api/v1/programs/resolve/{httpx.QueryParams({'x': text})}"[:8_000])
        elif place == "slug":
            answer = client.post("/api/v1/programs", content=b"x", params={"slug": text},
                                 headers={"Content-Type": "application/octet-stream"})  # fmt: skip
        else:
            answer = client.get("/api/v1/programs", params={place: text})
        assert answer.status_code < 500, (place, text)
        assert answer.status_code == 200 or refused(answer)


def test_the_server_lives(keys_server: Served, open_server: Served, compiled_id: str) -> None:
    assert keys_server.client().get("/health").json()["database"] is True
    body = {"program": compiled_id, "inputs": ["I love it"]}
    assert open_server.client().post("/api/v1/run", json=body).status_code == 200
