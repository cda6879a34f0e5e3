"""The manifest's bounds: what each field takes and what it refuses."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from programasweights.program import Manifest, Program, Record
from programasweights.program.canonical_json import canonical_json, parse_json
from programasweights.program.constants import MAX_JSON_SKELETON
from programasweights.program.manifest import first_fault


def changed(program: Program, path: str, value: object) -> dict[str, Any]:
    """The program's manifest as parsed JSON, with `value` at the dotted `path`."""
    document: dict[str, Any] = json.loads(canonical_json(program.manifest.model_dump()))
    *parents, last = path.split(".")
    section = document
    for parent in parents:
        section = section[parent]
    section[last] = value
    return document


def test_survives_json(program: Program) -> None:
    text = canonical_json(program.manifest.model_dump())
    assert Manifest.model_validate(json.loads(text)) == program.manifest


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("behaviour.spec.text", "x" * 65_536),
        ("behaviour.spec.text", "\x00"),
        ("behaviour.spec.examples", []),
        ("behaviour.spec.examples", [["x" * 16_384, ""]]),
        ("behaviour.pseudo_program", ""),
        ("behaviour.compiler.checkpoint", None),
        ("behaviour.seed", 2**63 - 1),
        ("behaviour.recipe", {}),
        ("behaviour.recipe", {"a": -(2**63) + 1, "b": -0.0, "c": "x" * 4_096, "d": False}),
        ("behaviour.generation.max_new_tokens", 8_192),
        ("behaviour.generation.stop", ["x" * 256] * 16),
        ("record.created_at", None),
        ("record.created_at", "2024-02-29T23:59:59Z"),
        ("record.scores", {}),
    ],
)
def test_accepts(f16_program: Program, path: str, value: object) -> None:
    document = changed(f16_program, path, value)
    assert canonical_json(Manifest.model_validate(document).model_dump()) == canonical_json(document)


NAN, INFINITY, SURROGATE = float("nan"), float("inf"), "\ud800"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format_version", 3),
        ("format_version", 1),
        ("format_version", True),
        ("format_version", 1.0),
        ("format_version", "1"),
        ("program_id", "AB" * 32),
        ("program_id", "ab" * 32 + "\n"),
        ("program_id", "٠" * 64),
        ("extra", 1),
        ("behaviour", None),
        ("behaviour.extra", 1),
        ("behaviour.spec", []),
        ("behaviour.spec.text", "x" * 65_537),
        ("behaviour.spec.text", SURROGATE),
        ("behaviour.spec.text", None),
        ("behaviour.spec.examples", [["a"]]),
        ("behaviour.spec.examples", [["a", "b", "c"]]),
        ("behaviour.spec.examples", [["a", 1]]),
        ("behaviour.spec.examples", [["a", SURROGATE]]),
        ("behaviour.spec.examples", ["ab"]),
        ("behaviour.spec.examples", {"a": "b"}),
        ("behaviour.spec.examples", [["a", "b"]] * 1_001),
        ("behaviour.spec.examples", [["x" * 16_385, ""]]),
        ("behaviour.pseudo_program", "x" * 65_537),
        ("behaviour.pseudo_program", SURROGATE),
        ("behaviour.template", ""),
        ("behaviour.template", "x" * 201),
        ("behaviour.interpreter.name", ""),
        ("behaviour.interpreter.digest", "ab" * 31),
        ("behaviour.interpreter.digest", None),
        ("behaviour.interpreter.layers", 0),
        ("behaviour.interpreter.layers", 65_537),
        ("behaviour.interpreter.kv_heads", 1.0),
        ("behaviour.interpreter.kv_heads", True),
        ("behaviour.interpreter.head_dim", -1),
        ("behaviour.interpreter.head_dim", "4"),
        ("behaviour.compiler.checkpoint", ""),
        ("behaviour.seed", -1),
        ("behaviour.seed", 2**63),
        ("behaviour.seed", False),
        ("behaviour.recipe", {"": 1}),
        ("behaviour.recipe", {"x" * 65: 1}),
        ("behaviour.recipe", {SURROGATE: 1}),
        ("behaviour.recipe", {"a": SURROGATE}),
        ("behaviour.recipe", {"a": "x" * 4_097}),
        ("behaviour.recipe", {"a": 2**63}),
        ("behaviour.recipe", {"a": -(10**4_000)}),
        ("behaviour.recipe", {"a": NAN}),
        ("behaviour.recipe", {"a": -INFINITY}),
        ("behaviour.recipe", {"a": []}),
        ("behaviour.recipe", {"a": {}}),
        ("behaviour.recipe", {str(index): 1 for index in range(65)}),
        ("behaviour.generation.max_new_tokens", 0),
        ("behaviour.generation.max_new_tokens", 8_193),
        ("behaviour.generation.stop", ["x"] * 17),
        ("behaviour.generation.stop", [""]),
        ("behaviour.generation.stop", ["x" * 257]),
        ("behaviour.generation.stop", [SURROGATE]),
        ("behaviour.generation.stop", "abc"),
        ("behaviour.prefix.slots", -1),
        ("behaviour.prefix.slots", 4_097),
        ("behaviour.prefix.storage", "f32"),
        ("behaviour.prefix", {"slots": 0, "storage": "int8"}),
        ("behaviour.lora.rank", -1),
        ("behaviour.lora.rank", 1_025),
        ("behaviour.lora.rank", 1),  # without modules
        ("behaviour.lora", {"rank": 0, "modules": {"self_attn.q_proj": [4, 6]}}),
        ("behaviour.lora", {"rank": 2, "modules": {"self_attn.q_proj": [4]}}),
        ("behaviour.lora", {"rank": 2, "modules": {"self_attn.q_proj": [4, 0]}}),
        ("behaviour.lora", {"rank": 2, "modules": {"self_attn.q_proj": [4, 65_537]}}),
        ("behaviour.lora", {"rank": 2, "modules": {"../q": [4, 6]}}),
        ("behaviour.lora", {"rank": 2, "modules": {"": [4, 6]}}),
        ("behaviour.lora", {"rank": 2, "modules": {f"m{n}": [4, 6] for n in range(65)}}),
        ("record.created_at", "2025-01-31"),
        ("record.created_at", "2025-02-30T12:00:00Z"),
        ("record.created_at", "2025-01-31T12:00:00+00:00"),
        ("record.created_at", "2025-01-31T12:00:00Z\n"),
        ("record.created_at", "٢٠٢٥-01-31T12:00:00Z"),
        ("record.created_at", 0),
        ("record.package_version", ""),
        ("record.package_version", SURROGATE),
        ("record.scores", {"a": NAN}),
        ("record.scores", {"a": INFINITY}),
        ("record.scores", {"a": "1"}),
        ("record.scores", {"a": True}),
        ("record.scores", {"": 1.0}),
        ("record.scores", {str(index): 1.0 for index in range(257)}),
        ("record.extra", 1),
    ],
)
def test_refuses(f16_program: Program, path: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Manifest.model_validate(changed(f16_program, path, value))
    assert path.split(".")[0] in first_fault(caught.value)
    assert len(first_fault(caught.value)) < 500


def test_every_field_is_bounded_and_closed() -> None:
    pending: list[type[BaseModel]] = [Manifest]
    while pending:
        model = pending.pop()
        config = model.model_config
        assert config.get("frozen")
        assert config.get("strict")
        assert config.get("extra") == "forbid"
        pending += [
            field.annotation
            for field in model.model_fields.values()
            if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        ]


def test_is_frozen(f16_program: Program) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        f16_program.behaviour.seed = 8


def test_does_not_share_its_dicts() -> None:
    scores = {"a": 1.0}
    record = Record(package_version="1", scores=scores)
    scores["a"] = 2.0
    assert record.scores == {"a": 1.0}


def test_the_largest_manifest_can_be_parsed(f16_program: Program) -> None:
    document = changed(f16_program, "behaviour.spec.examples", [["a", "b"]] * 1_000)
    document["behaviour"]["recipe"] = {f"{index}": -1.7976931348623157e308 for index in range(64)}
    document["behaviour"]["generation"]["stop"] = ["x"] * 16
    document["record"]["scores"] = {f"{index}": -1.7976931348623157e308 for index in range(256)}
    text = canonical_json(Manifest.model_validate(document).model_dump())
    assert parse_json(text) == document
    skeleton = sum(character in "[]{},:" for character in text) + 320 * 24
    assert skeleton < MAX_JSON_SKELETON / 2


PICTURE = {"at": 3, "digest": "ab" * 32, "width": 640, "height": 480}
VISION = {"encoder": "both", "encoder_digest": "ab" * 32, "projector": "cd" * 32}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("behaviour.spec.pictures", [PICTURE]),
        (
            "behaviour.spec.pictures",
            [PICTURE | {"at": 0, "width": 65_536}, PICTURE] + [PICTURE | {"at": 5}] * 62,
        ),
        ("behaviour.vision", VISION),
    ],
)
def test_accepts_pictures_in_their_version_only(f16_program: Program, path: str, value: object) -> None:
    document = changed(f16_program, path, value)
    with pytest.raises(ValidationError, match="such a program has format_version 4"):
        Manifest.model_validate(document)
    document["format_version"] = 4
    assert canonical_json(Manifest.model_validate(document).model_dump()) == canonical_json(document)
    with pytest.raises(ValidationError, match="such a program has format_version 2"):
        Manifest.model_validate(changed(f16_program, "format_version", 4))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("behaviour.spec.pictures", [PICTURE | {"at": 65_536}]),
        ("behaviour.spec.pictures", [PICTURE | {"at": -1}]),
        ("behaviour.spec.pictures", [PICTURE, PICTURE | {"at": 2}]),
        ("behaviour.spec.pictures", [PICTURE] * 65),
        ("behaviour.spec.pictures", [PICTURE | {"digest": "AB" * 32}]),
        ("behaviour.spec.pictures", [PICTURE | {"width": 0}]),
        ("behaviour.spec.pictures", [PICTURE | {"height": 65_537}]),
        ("behaviour.spec.pictures", [PICTURE | {"pixels": "x"}]),
        ("behaviour.spec.pictures", [{"at": 3}]),
        ("behaviour.spec.pictures", None),
        ("behaviour.vision", VISION | {"encoder": ""}),
        ("behaviour.vision", VISION | {"projector": None}),
        ("behaviour.vision", VISION | {"more": 1}),
        ("behaviour.vision", {}),
    ],
)
def test_refuses_pictures(f16_program: Program, path: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Manifest.model_validate(changed(f16_program, path, value) | {"format_version": 4})


def test_a_field_for_pictures_is_not_written_empty(f16_program: Program) -> None:
    behaviour = f16_program.manifest.model_dump()["behaviour"]
    assert "pictures" not in behaviour["spec"]
    assert "vision" not in behaviour
