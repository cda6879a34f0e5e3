"""The runtime manifest: what the SDK checks, and an id that never means two things."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from programasweights.lm.registry import DEFAULT_MODEL, MODELS
from programasweights.server.peer.runtime import FILES_PATH, BaseFile, base_file, runtime_manifest
from tests.tiny_models import save_tiny_model

BASE = BaseFile("tiny", "tiny-0123.gguf", Path("/nowhere"), 5, "ab" * 32)
SERVER = "http://127.0.0.1:1"


def test_it_says_what_the_sdk_reads() -> None:
    manifest = runtime_manifest(BASE, SERVER + "/")
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", manifest["runtime_id"])
    assert (manifest["manifest_version"], manifest["adapter_format"]) == (1, "gguf_lora")
    assert manifest["prompt_template"] == {"format": "rendered_text", "placeholder": "{INPUT_PLACEHOLDER}"}
    assert manifest["program_assets"] == {"adapter_filename": "adapter.gguf"}
    assert manifest["local_sdk"]["supported"] is True
    assert manifest["local_sdk"]["base_model"] == {
        "file": "tiny-0123.gguf",
        "url": f"{SERVER}{FILES_PATH}tiny-0123.gguf",
        "size_bytes": 5,
        "sha256": "ab" * 32,
    }


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, size=6),
        replace(BASE, sha256="cd" * 32),
        replace(BASE, name="b.gguf"),
        replace(BASE, model="b"),
    ],
)
def test_another_base_model_is_another_runtime(other: BaseFile) -> None:
    assert runtime_manifest(other, SERVER)["runtime_id"] != runtime_manifest(BASE, SERVER)["runtime_id"]


def test_another_address_is_another_runtime_and_the_same_one_is_not() -> None:
    first = runtime_manifest(BASE, SERVER)
    assert runtime_manifest(BASE, SERVER) == first
    assert runtime_manifest(BASE, "http://127.0.0.1:2")["runtime_id"] != first["runtime_id"]


@pytest.mark.weights
def test_the_default_models_file() -> None:
    found = base_file(DEFAULT_MODEL)
    assert found is not None
    assert (found.sha256, found.size) == (MODELS[DEFAULT_MODEL].digest, MODELS[DEFAULT_MODEL].size)
    assert hashlib.sha256(found.path.read_bytes()).hexdigest() == found.sha256
    assert found.name == f"smollm2-135m-instruct-{found.sha256[:12]}.gguf"


@pytest.mark.weights
def test_a_users_own_file_tells_no_folder(tmp_path: Path) -> None:
    default = base_file(DEFAULT_MODEL)
    assert default is not None
    (tmp_path / "My model (2).gguf").symlink_to(default.path)
    found = base_file(str(tmp_path / "My model (2).gguf"))
    assert found is not None
    assert (found.model, found.name) == ("My-model-2", f"My-model-2-{default.sha256[:12]}.gguf")


def test_a_folder_of_safetensors_is_no_gguf_file(tmp_path: Path) -> None:
    assert base_file(str(save_tiny_model(tmp_path / "tiny", "llama"))) is None
