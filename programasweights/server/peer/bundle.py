"""A program as the ZIP file that the public SDK downloads, unpacks and runs with llama.cpp.

The same program, engine and runtime give the same bytes. Members are stored, not packed: KV does not
compress. `program.paw` rides along, so that one download serves our own package too.
"""

import io
import json
import zipfile
from typing import Any

from programasweights.errors import ProgramError
from programasweights.interpreter import Interpreter
from programasweights.interpreter.template import get_template
from programasweights.lm.engine import Engine
from programasweights.program import Program, to_bytes
from programasweights.server.peer.adapter import adapter_file
from programasweights.server.peer.kv_file import kv_file
from programasweights.server.peer.prompt import render_prompt
from programasweights.server.peer.runtime import CONTEXT

__all__ = ["MAX_BYTES", "build_bundle"]

MAX_BYTES = 256 * 2**20
"""The SDK downloads no larger file."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


def build_bundle(program: Program, engine: Engine, runtime: dict[str, Any]) -> bytes:
    """The bundle of `program`.

    Args:
        program: any program for `engine`.
        engine: the interpreter, which computes the KV of slots and pseudo-program with the LoRA.
        runtime: from `runtime_manifest`.

    Raises:
        ProgramError: the program leaves no room for inputs in the SDK's context, or was compiled for other weights.
        UnsupportedModelError: the SDK cannot run programs of this model.
    """
    _check_room(program, engine)
    state = Interpreter(engine).prepare(program).state
    prompt = render_prompt(program, engine.tokenizer, engine.chat, positions=state.positions)
    members = {
        "meta.json": _json(_meta(program, runtime)),
        "adapter.gguf": adapter_file(engine.config, program.lora),
        "prompt_template.txt": prompt.text.encode(),
        "pseudo_program.txt": program.behaviour.pseudo_program.encode(),
        "prefix_kv_cache.bin": kv_file(state, prompt.tokens, architecture=engine.config.architecture),
        "program.paw": to_bytes(program),
    }
    return _zip(members)


def _check_room(program: Program, engine: Engine) -> None:
    """Before anything is computed for a program that the SDK could not take."""
    behaviour = program.behaviour
    ids = get_template(behaviour.template).program_ids(
        engine.tokenizer, engine.chat, behaviour.pseudo_program
    )
    positions = behaviour.prefix.slots + len(ids)
    if positions >= CONTEXT - 1:
        raise ProgramError(
            f"the program takes {positions} positions, but the public SDK's context has {CONTEXT}. Run it on "
            "the server, or compile a shorter spec."
        )


def _meta(program: Program, runtime: dict[str, Any]) -> dict[str, Any]:
    behaviour, record = program.behaviour, program.record
    return {
        "program_id": program.id,
        "interpreter": runtime["interpreter"],
        "spec": behaviour.spec.text,
        "examples": behaviour.spec.examples,
        "compiler": behaviour.compiler.name,
        "generation": behaviour.generation.model_dump(),
        "created_at": record.created_at,
        "runtime_id": runtime["runtime_id"],
        "runtime_manifest_version": runtime["manifest_version"],
        "runtime": runtime,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            # No time and no system of its own: the bytes depend on the program alone.
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.external_attr, info.create_system = _REGULAR_FILE, 3
            archive.writestr(info, data)
    data = buffer.getvalue()
    if len(data) > MAX_BYTES:
        raise ProgramError(f"the bundle has {len(data)} bytes; the public SDK takes at most {MAX_BYTES}.")
    return data
