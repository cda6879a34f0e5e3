"""Writes the golden files: `.paw` files of this format version that every later release must read.

Run `python tests/program/make_golden.py FOLDER`. The files in golden/ were made once and are never made
again: a test compares them with what this script gives today. A new format version gets files of its own
beside them.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from programasweights.program import (
    Behaviour,
    Bundle,
    CompilerSection,
    GenerationSection,
    InterpreterSection,
    KvPrefix,
    Lora,
    LoraSection,
    PictureSection,
    PrefixSection,
    Program,
    Record,
    SpecSection,
    VisionSection,
    save,
    save_bundle,
)
from programasweights.program.graph import BundleBehaviour
from programasweights.program.kv_prefix import Storage

SHAPE = (2, 1, 3, 4)  # layers, KV heads, slots, head size


def golden_prefix(storage: Storage) -> KvPrefix:
    """A prefix of exact sixteenths, so that no random generator has to stay the same for ever."""
    count = np.arange(24).reshape(SHAPE)
    keys = ((count - 9) / 16).astype(np.float16)
    values = ((count % 7 - 3) / 4).astype(np.float16)
    return KvPrefix.from_arrays(keys, values, storage=storage)


def golden_lora() -> Lora:
    """Two linear layers of different shapes, exact eighths."""
    shapes = {"self_attn.q_proj": (4, 6), "mlp.down_proj": (6, 5)}
    parts = {}
    for module, (outputs, inputs) in shapes.items():
        parts[f"{module}.a"] = (
            ((np.arange(2 * 3 * inputs) % 11 - 5) / 8).astype(np.float16).reshape(2, 3, inputs)
        )
        parts[f"{module}.b"] = (
            ((np.arange(2 * outputs * 3) % 13 - 6) / 8).astype(np.float16).reshape(2, outputs, 3)
        )
    return Lora(parts)


def golden_program(prefix: KvPrefix | None, lora: Lora | None = None) -> Program:
    """A program whose manifest has every field filled, with text that needs escaping twice."""
    layers, kv_heads, _, head_dim = SHAPE
    section = PrefixSection(slots=prefix.slots, storage=prefix.storage) if prefix else PrefixSection(slots=0)
    behaviour = Behaviour(
        spec=SpecSection(
            text='Say whether a message is "urgent".\nAnswer yes or no — 只回答 yes 或 no \\ \x01\u2028',
            examples=(("the house is on fire", "yes"), ("lunch next week? 🍜", "no")),
        ),
        pseudo_program="Decide urgency.\nfire -> yes\nlunch -> no\n",
        template="bare",
        interpreter=InterpreterSection(
            name="tiny", digest="ab" * 32, layers=layers, kv_heads=kv_heads, head_dim=head_dim
        ),
        compiler=CompilerSection(name="tiny-compiler", checkpoint="cd" * 32),
        seed=7,
        recipe={
            "pseudo_program": "written by hand",
            "temperature": 0.1,
            "tries": 3,
            "neural": True,
            "note": None,
        },
        generation=GenerationSection(max_new_tokens=16, stop=("\n", "<end>")),
        prefix=section,
        lora=LoraSection(rank=lora.rank, modules=lora.modules) if lora else LoraSection(rank=0),
    )
    record = Record(created_at="2025-01-31T12:00:00Z", package_version="0.1.0", scores={"exact_match": 0.5})
    return Program(behaviour, record, prefix, lora)


def golden_pictures() -> Program:
    """The same with two pictures in its spec, and inputs that may hold pictures."""
    plain = golden_program(golden_prefix("f16"))
    pictures = (
        PictureSection(at=0, digest="12" * 32, width=640, height=480),
        PictureSection(at=33, digest="34" * 32, width=1, height=65_536),
    )
    spec = plain.behaviour.spec.model_copy(update={"pictures": pictures})
    vision = VisionSection(encoder="both", encoder_digest="56" * 32, projector="78" * 32)
    behaviour = plain.behaviour.model_copy(update={"spec": spec, "vision": vision})
    return Program(behaviour, plain.record, plain.prefix)


PROGRAMS: dict[str, Callable[[], Program]] = {
    "v2-f16.paw": lambda: golden_program(golden_prefix("f16")),
    "v2-int8.paw": lambda: golden_program(golden_prefix("int8")),
    "v2-no-prefix.paw": lambda: golden_program(None),
    "v2-lora.paw": lambda: golden_program(None, golden_lora()),
    "v2-int8-lora.paw": lambda: golden_program(golden_prefix("int8"), golden_lora()),
    "v4-pictures.paw": golden_pictures,
}


def golden_bundle() -> Bundle:
    """Every kind of stage, type and check, over two programs."""
    first, second = golden_program(golden_prefix("int8")), golden_program(None)
    nodes: list[dict[str, object]] = [
        {"kind": "call", "program": first.id, "returns": None, "abstain": None},
        {
            "kind": "call",
            "program": second.id,
            "returns": {"type": "list", "items": "str"},
            "abstain": None,
        },
        {"kind": "map", "stage": 0},
        {"kind": "pipe", "stages": [0, 1, 2]},
        {
            "kind": "call",
            "program": second.id,
            "returns": {"type": "labels", "labels": ["a — b", 3, True]},
            "abstain": {"below": 0.5, "labels": 1.25, "texts": 2.0},
        },
        {"kind": "constant", "value": 'no "answer" 🍜'},
        {"kind": "call", "program": first.id, "returns": {"type": "float"}, "abstain": None},
        {
            "kind": "call",
            "program": first.id,
            "returns": {"type": "schema", "schema_text": '{"type": "object", "required": []}'},
            "abstain": None,
        },
        {
            "kind": "require",
            "stage": 7,
            "check": {"kind": "json"},
            "retries": 0,
            "temperature": 1.0,
            "fallback": None,
        },
        {"kind": "switch", "on": 4, "cases": {"3": 5, "a — b": 6}, "default": 8},
        {
            "kind": "require",
            "stage": 9,
            "check": {"kind": "one_of", "values": ["x", "é"]},
            "retries": 2,
            "temperature": 0.25,
            "fallback": 5,
        },
        {
            "kind": "require",
            "stage": 10,
            "check": {"kind": "regex", "pattern": "[a-z]+"},
            "retries": 1,
            "temperature": 0.8,
            "fallback": None,
        },
        {"kind": "pipe", "stages": [3, 11]},
    ]
    return Bundle(BundleBehaviour.model_validate({"nodes": nodes}), {first.id: first, second.id: second})


BUNDLES: dict[str, Callable[[], Bundle]] = {"v3-bundle.paw": golden_bundle}


def main(folder: str) -> None:
    """Write every golden file into `folder` and print the ids."""
    for name, make in PROGRAMS.items():
        program = make()
        save(program, Path(folder) / name)
        print(name, program.id)
    for name, make_bundle in BUNDLES.items():
        bundle = make_bundle()
        save_bundle(bundle, Path(folder) / name)
        print(name, bundle.id)


if __name__ == "__main__":
    main(sys.argv[1])
