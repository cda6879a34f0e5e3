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
    CompilerSection,
    GenerationSection,
    InterpreterSection,
    KvPrefix,
    PrefixSection,
    Program,
    Record,
    SpecSection,
    save,
)
from programasweights.program.kv_prefix import Storage

SHAPE = (2, 1, 3, 4)  # layers, KV heads, slots, head size


def golden_prefix(storage: Storage) -> KvPrefix:
    """A prefix of exact sixteenths, so that no random generator has to stay the same for ever."""
    count = np.arange(24).reshape(SHAPE)
    keys = ((count - 9) / 16).astype(np.float16)
    values = ((count % 7 - 3) / 4).astype(np.float16)
    return KvPrefix.from_arrays(keys, values, storage=storage)


def golden_program(prefix: KvPrefix | None) -> Program:
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
    )
    record = Record(created_at="2025-01-31T12:00:00Z", package_version="0.1.0", scores={"exact_match": 0.5})
    return Program(behaviour, record, prefix)


PROGRAMS: dict[str, Callable[[], Program]] = {
    "v1-f16.paw": lambda: golden_program(golden_prefix("f16")),
    "v1-int8.paw": lambda: golden_program(golden_prefix("int8")),
    "v1-no-prefix.paw": lambda: golden_program(None),
}


def main(folder: str) -> None:
    """Write every golden file into `folder` and print the ids."""
    for name, make in PROGRAMS.items():
        program = make()
        save(program, Path(folder) / name)
        print(name, program.id)


if __name__ == "__main__":
    main(sys.argv[1])
