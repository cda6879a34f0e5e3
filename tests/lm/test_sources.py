"""Names lead to the right files, and a wrong name to an error that helps."""

import shutil
import time
from pathlib import Path

import pytest

from programasweights.errors import ModelNotFoundError, OfflineError, UnsupportedModelError
from programasweights.lm.digests import folder_digest
from programasweights.lm.registry import MODELS, HubPin, RegisteredModel
from programasweights.lm.sources import InstalledSource, installed_sources, locate, pull
from tests.lm.fake_sources import (
    CONTENT,
    build_wheel,
    fake_hub,
    isolate,
    sha256,
    tiny_model,
    use_hub,
    write_model_folder,
)


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    return isolate(monkeypatch, tmp_path)


@pytest.fixture
def repo(tmp_path: Path) -> dict[str, bytes]:
    """A model's files by name, as a hub has them."""
    return write_model_folder(tmp_path / "origin")


def test_a_gguf_file(tmp_path: Path) -> None:
    (tmp_path / "mine.gguf").write_bytes(CONTENT)
    files = locate("./mine.gguf")
    assert (files.name, files.kind, files.digest) == ("./mine.gguf", "gguf", sha256(CONTENT))
    assert files.path.samefile(tmp_path / "mine.gguf")


def test_a_folder_with_one_gguf_file(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.gguf").write_bytes(CONTENT)
    files = locate("mine")
    assert (files.kind, files.path.name, files.digest) == ("gguf", "a.gguf", sha256(CONTENT))
    (tmp_path / "mine" / "b.gguf").write_bytes(CONTENT)
    with pytest.raises(UnsupportedModelError, match=r"holds a\.gguf, b\.gguf; name one"):
        locate("mine")


def test_a_folder_of_safetensors(tmp_path: Path) -> None:
    write_model_folder(tmp_path / "org" / "model")
    files = locate("org/model")
    assert (files.kind, files.path) == ("safetensors", Path("org/model"))
    assert files.digest == folder_digest(tmp_path / "org" / "model")


def test_the_home_folder_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine.gguf").write_bytes(CONTENT)
    assert locate("~/mine.gguf").path == tmp_path / "mine.gguf"


@pytest.mark.parametrize(
    ("removed", "error", "message"),
    [
        ("tokenizer.json", UnsupportedModelError, "has no tokenizer.json"),
        ("model-2-of-2.safetensors", ModelNotFoundError, "lacks model-2-of-2.safetensors"),
        (
            "config.json",
            UnsupportedModelError,
            "holds README.md, model-1-of-2.safetensors, .* Expected a .gguf",
        ),
    ],
)
def test_an_incomplete_folder(tmp_path: Path, removed: str, error: type[Exception], message: str) -> None:
    write_model_folder(tmp_path / "model")
    (tmp_path / "model" / removed).unlink()
    with pytest.raises(error, match=message):
        locate("model")


@pytest.mark.parametrize("index", ["[]", "{", '{"weight_map": []}', "{}"])
def test_an_index_that_is_none(tmp_path: Path, index: str) -> None:
    write_model_folder(tmp_path / "model")
    (tmp_path / "model" / "model.safetensors.index.json").write_text(index)
    with pytest.raises(UnsupportedModelError, match="is not an index of safetensors files"):
        locate("model")


def test_other_files_and_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnsupportedModelError, match=r"model.bin is a file, but not a \.gguf file. Expected"):
        locate("model.bin")
    with pytest.raises(UnsupportedModelError, match=r"empty holds nothing. Expected"):
        locate("empty")


@pytest.mark.parametrize(
    "name", ["./absent", "/absent/model", "~/absent", "../a/b", "absent.gguf", "org/x.gguf"]
)
def test_a_path_that_is_absent_is_not_asked_of_the_hub(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with fake_hub(monkeypatch, {}) as hub:
        with pytest.raises(ModelNotFoundError, match="there is no file or folder"):
            locate(name)
        assert hub.asked == []


@pytest.mark.parametrize(
    "name", ["", "qwen", "a/b/c", "what is this?", "x" * 5000, "~no-such-user/x/y", "a\0b"]
)
def test_an_unknown_name_lists_the_registered_ones(name: str) -> None:
    with pytest.raises(ModelNotFoundError) as caught:
        locate(name)
    if not name.startswith("~") and name:
        for known in MODELS:
            assert known in str(caught.value)


def test_a_near_match_is_suggested() -> None:
    with pytest.raises(
        ModelNotFoundError, match=r"no base model 'smollm2-135m'. Did you mean smollm2-135m-inst"
    ):
        locate("smollm2-135m")
    with pytest.raises(ModelNotFoundError, match=r"Did you mean qwen3-0\.6b\?"):
        locate("Qwen3-0.6")


def test_a_registered_name_means_the_registered_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    monkeypatch.setitem(MODELS, "tiny", tiny_model(build_wheel(tmp_path / "elsewhere")))
    (cache / "sources").mkdir(parents=True)
    (cache / "sources" / f"{sha256(CONTENT)}.gguf").write_bytes(CONTENT)
    write_model_folder(tmp_path / "tiny")
    assert locate("tiny").digest == locate("TINY").digest == sha256(CONTENT)
    assert locate("./tiny").digest == folder_digest(tmp_path / "tiny")


def test_a_hub_id_once_fetched_needs_no_network(
    monkeypatch: pytest.MonkeyPatch,
    repo: dict[str, bytes],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    with fake_hub(monkeypatch, {"org/model": {**repo, "weights.bin": b"?", "onnx/model.onnx": b"?"}}):
        files = locate("org/model")
    assert {path.name for path in files.path.iterdir()} == set(repo) - {"README.md"}
    assert (files.name, files.kind, files.digest) == (
        "org/model",
        "safetensors",
        folder_digest(tmp_path / "origin"),
    )
    assert capsys.readouterr().err == "Asking the hub for org/model ...\n"  # no bars in a log
    assert locate("org/model") == files
    assert locate("org/model", fetch=False) == files
    monkeypatch.setenv("PAW_OFFLINE", "1")
    assert locate("org/model") == files
    assert pull("org/model") == files


def test_a_snapshot_that_was_broken_off_is_completed(
    monkeypatch: pytest.MonkeyPatch, repo: dict[str, bytes]
) -> None:
    with fake_hub(monkeypatch, {"org/model": repo}):
        shard = locate("org/model").path / "model-2-of-2.safetensors"
        shard.resolve().unlink()
        shard.unlink()
        with pytest.raises(ModelNotFoundError, match=r"wholly|lacks model-2-of-2\.safetensors"):
            locate("org/model", fetch=False)
        locate("org/model")
        assert shard.read_bytes() == b"two"
        (shard.parent / "tokenizer.json").unlink()
        # Older releases of the hub library keep no list of a snapshot's files, and take any folder for whole.
        shutil.rmtree(shard.parents[2] / "trees", ignore_errors=True)
        locate("org/model")
        assert (shard.parent / "tokenizer.json").read_bytes() == repo["tokenizer.json"]


def test_pull_asks_the_hub_again(monkeypatch: pytest.MonkeyPatch, repo: dict[str, bytes]) -> None:
    with fake_hub(monkeypatch, {"org/model": repo}) as hub:
        locate("org/model")
        hub.asked.clear()
        locate("org/model")
        assert hub.asked == []
        pull("org/model")
        assert hub.asked


def test_a_registered_hub_model_and_its_revision(
    monkeypatch: pytest.MonkeyPatch, repo: dict[str, bytes]
) -> None:
    entry = RegisteredModel("big", "a model", "Apache-2.0", "safetensors", HubPin("org/big", revision="v2"))
    monkeypatch.setitem(MODELS, "big", entry)
    with fake_hub(monkeypatch, {"org/big": repo}) as hub:
        assert locate("big").name == "big"
        questions = {asked for asked in hub.asked if asked.startswith("api/") and "/tree/" not in asked}
        assert questions == {"api/models/org/big/revision/v2"}


def test_a_model_that_the_hub_does_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        fake_hub(monkeypatch, {}),
        pytest.raises(ModelNotFoundError, match="the hub has no model org/absent that may be read"),
    ):
        locate("org/absent")


def test_an_id_that_the_hub_cannot_have() -> None:
    with pytest.raises(ModelNotFoundError, match="the hub has no model a--b/c that may be read"):
        locate("a--b/c")


def test_a_repository_without_safetensors(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        fake_hub(monkeypatch, {"org/old": {"config.json": b"{}", "pytorch_model.bin": b"?"}}),
        pytest.raises(UnsupportedModelError, match=r"holds config\.json\. Expected"),
    ):
        locate("org/old")


def test_a_hub_that_cannot_be_reached_fails_soon() -> None:
    started = time.monotonic()
    with pytest.raises(ModelNotFoundError, match=r"the hub cannot be reached or .* PAW_OFFLINE=1"):
        locate("org/model")
    assert time.monotonic() - started < 5


def test_a_silent_hub_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from programasweights.lm import hub_files

    monkeypatch.setattr(hub_files, "_PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        use_hub(monkeypatch, f"http://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(ModelNotFoundError, match="the hub cannot be reached"):
            locate("org/model")


@pytest.mark.parametrize("name", ["org/model", "qwen3-4b"])
def test_offline_a_hub_model_is_an_offline_error(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PAW_OFFLINE", "1")
    with fake_hub(monkeypatch, {}) as hub:
        for find in (locate, pull):
            with pytest.raises(OfflineError, match=r"PAW_OFFLINE=1 forbids fetching it\. Fetch it once"):
                find(name)
        assert hub.asked == []


def test_the_users_choice_of_bars_is_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch, repo: dict[str, bytes]
) -> None:
    from huggingface_hub import utils

    with fake_hub(monkeypatch, {"org/model": repo}):
        locate("org/model")
        assert not utils.are_progress_bars_disabled()
        utils.disable_progress_bars()
        try:
            pull("org/model")
            assert utils.are_progress_bars_disabled()
        finally:
            utils.enable_progress_bars()


def test_a_listing_fetches_and_hashes_nothing(
    monkeypatch: pytest.MonkeyPatch, repo: dict[str, bytes], tmp_path: Path, cache: Path
) -> None:
    tiny = tiny_model(build_wheel(tmp_path / "links"))
    big = RegisteredModel("big", "a model", "Apache-2.0", "safetensors", HubPin("org/big"))
    monkeypatch.setitem(MODELS, "tiny", tiny)
    monkeypatch.setitem(MODELS, "big", big)

    def listed() -> dict[str, InstalledSource]:
        return {source.name: source for source in installed_sources()}

    with fake_hub(monkeypatch, {"org/big": repo}) as hub:
        assert list(listed()) == list(MODELS)
        assert listed()["tiny"] == ("tiny", None, "not here; tiny-paw-weights==1.0 has it")
        assert listed()["big"] == ("big", None, "not here; org/big has it")
        assert hub.asked == []
        assert not cache.exists()
        found = locate("big")
        assert listed()["big"] == ("big", found, "hub's cache")
    for memo in (cache / "digests").iterdir():
        memo.unlink()
    name, files, where = listed()["big"]
    assert (name, files, where) == ("big", None, f"in the hub's cache, not used yet: {found.path}")
    path = cache / "sources" / f"{sha256(CONTENT)}.gguf"
    path.parent.mkdir()
    path.write_bytes(CONTENT[:-1])
    assert listed()["tiny"].files is None
    assert locate("tiny").path == path
    assert listed()["tiny"].where == "cache"
    assert (listed()["tiny"].files or found).path == path
