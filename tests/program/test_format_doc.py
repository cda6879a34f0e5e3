"""docs/format.md is true: its reader works, and its tables name every field and limit."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from programasweights.program import Manifest, Program, to_bytes
from programasweights.program import constants as limits
from programasweights.program.graph import (
    BundleManifest,
    CallNode,
    ConstantNode,
    MapNode,
    PipeNode,
    RequireNode,
    SwitchNode,
)

DOCUMENT = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")

Reader = Callable[[bytes], tuple[dict[str, Any], dict[str, list[float]]]]


@pytest.fixture(scope="module")
def read_paw() -> Reader:
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert set(re.findall(r"^import (\w+)$", code, re.MULTILINE)) == {"hashlib", "json", "math", "struct"}
    names: dict[str, Any] = {}
    exec(compile(code, "format.md", "exec"), names)  # noqa: S102
    reader: Reader = names["read_paw"]
    return reader


def test_the_documented_reader_gets_the_same(read_paw: Reader, program: Program) -> None:
    manifest, numbers = read_paw(to_bytes(program))
    assert manifest["program_id"] == program.id
    assert Manifest.model_validate(manifest) == program.manifest
    lora = {} if program.lora is None else program.lora.stored
    assert {n: v for n, v in numbers.items() if n.startswith("lora.")} == {
        f"lora.{name}": array.ravel().tolist() for name, array in lora.items()
    }
    assert ("keys" in numbers) == (program.prefix is not None)
    if program.prefix is not None:
        assert numbers["keys"] == program.prefix.keys.ravel().tolist()
        assert numbers["values"] == program.prefix.values.ravel().tolist()


def test_the_documented_reader_gets_int8_of_several_heads(read_paw: Reader, many_heads: Program) -> None:
    _, numbers = read_paw(to_bytes(many_heads))
    assert many_heads.prefix is not None
    assert numbers["keys"] == many_heads.prefix.keys.ravel().tolist()
    assert numbers["values"] == many_heads.prefix.values.ravel().tolist()


def test_the_documented_reader_sees_damage(read_paw: Reader, f16_program: Program) -> None:
    data = bytearray(to_bytes(f16_program))
    data[-1] ^= 1
    with pytest.raises(AssertionError, match="altered or damaged"):
        read_paw(bytes(data))


def test_every_field_is_documented() -> None:
    pending: list[tuple[str, type[BaseModel]]] = [("", Manifest)]
    while pending:
        path, model = pending.pop()
        for name, field in model.model_fields.items():
            if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
                pending.append((f"{path}{name}.", field.annotation))
            else:
                assert f"`{path}{name}`" in DOCUMENT or f"`.{name}`" in DOCUMENT, f"{path}{name}"


def test_limits_are_documented() -> None:
    text = " ".join(DOCUMENT.split())
    assert f"at most {limits.MAX_FILE_BYTES // 2**20} MiB" in text
    assert f"a header at most {limits.MAX_HEADER_BYTES // 2**20} MiB" in text
    assert f"at most {limits.MAX_JSON_DEPTH} levels" in text
    assert f"{limits.MAX_JSON_SKELETON:,} characters outside strings" in text
    assert f"numbers of at most {limits.MAX_NUMBER_CHARS} characters" in text
    assert f"`{limits.ID_DOMAIN}`" in text
    assert f"`format_version` is {limits.FORMAT_VERSION}." in text


def test_bundles_are_documented() -> None:
    text = " ".join(DOCUMENT.split())
    for model in (CallNode, ConstantNode, PipeNode, MapNode, SwitchNode, RequireNode):
        assert all(f"`{name}`" in DOCUMENT for name in model.model_fields)
    assert all(f"`{name}`" in DOCUMENT for name in BundleManifest.model_fields if name != "behaviour")
    assert f"Its `format_version` is {limits.BUNDLE_VERSION}" in text
    assert f"`{limits.BUNDLE_ID_DOMAIN}`" in text
    assert f"1 to {limits.MAX_BUNDLE_STAGES} nodes" in text
    assert f"at most {limits.MAX_BUNDLE_DEPTH} nodes deep" in text
    assert f"at most {limits.MAX_BUNDLE_CALLS:,} calls" in text
