"""Leave-out sensitivity: how much less probable an output becomes when a part is left out.

An input is cut coarsely first; the pieces that matter most are cut further while the budget lasts. A part of a program
is left out of the program itself, whose fixed part is then evaluated anew, so that nothing of it is left elsewhere.
"""

from collections.abc import Callable
from heapq import heappop, heappush

import numpy as np

from programasweights.debugging.reading import Reader
from programasweights.debugging.spans import Span, merged, program_spans, split, without
from programasweights.debugging.trace import Part
from programasweights.program import KvPrefix, LoraSection, PrefixSection, Program

__all__ = ["input_parts", "program_parts", "slot_parts", "whole_parts"]


def input_parts(reader: Reader, text: str, base: float, most: int) -> tuple[list[Part], list[Part]]:
    """Parts that cover an input in text order, and all pieces that were left out, found within `most` passes."""

    def measured(span: Span) -> Part:
        read = reader.read(without(text, span))
        assert read is not None  # a shorter text fits where the whole one did
        return Part(text[slice(*span)], *span, base - read.logprob)

    whole = (0, len(text))
    if not text.strip() or most < len(split(text, whole)):
        return [], []
    found: dict[Span, Part] = {}
    cut: set[Span] = set()
    waiting: list[tuple[float, Span]] = [(0.0, whole)]
    while waiting:
        _, span = heappop(waiting)
        pieces = split(text, span)
        if len(pieces) > most or (len(pieces) == 1 and span in found):
            continue
        most -= len(pieces)
        cut.update({span} - set(pieces))
        for piece in pieces:
            found[piece] = measured(piece)
            heappush(waiting, (-abs(found[piece].drop), piece))
    ordered = [found[span] for span in sorted(found)]
    return [part for part in ordered if (part.start, part.stop) not in cut], ordered


def program_parts(reader: Reader, program: Program, text: str, base: float, most: int) -> list[Part]:
    """Parts of the pseudo-program in text order, found within `most` passes."""
    source = program.behaviour.pseudo_program
    if not source.strip() or most < 2:
        return []
    parts = []
    for a, b in merged(program_spans(source), most // 2):
        changed = _changed(program, pseudo_program=without(source, (a, b)))
        parts.append(Part(source[a:b], a, b, base - reader.read_under(changed, text)))
    return parts


def slot_parts(reader: Reader, program: Program, text: str, base: float, most: int) -> list[Part]:
    """Slot 0, which holds the KV of the usual first token, and blocks of at least four of the others."""
    if program.prefix is None or most < 4:
        return []
    parts = []
    for a, b in _blocks(program.prefix.slots, most // 2):
        changed = without_slots(program, range(a, b))
        name = f"slot {a}" if b - a == 1 else f"slots {a} to {b - 1}"
        parts.append(Part(name, a, b, base - reader.read_under(changed, text)))
    return parts


def whole_parts(reader: Reader, program: Program, text: str, base: float) -> list[Part]:
    """The LoRA, all slots, and the whole pseudo-program, as far as the program has them; two passes each."""
    variants: list[tuple[str, Callable[[], Program]]] = []
    if program.lora is not None:
        variants.append(("LoRA", lambda: _without_lora(program)))
    if program.prefix is not None:
        slots = program.prefix.slots
        variants.append(("all slots", lambda: without_slots(program, range(slots))))
    if program.behaviour.pseudo_program:
        variants.append(("pseudo-program", lambda: _changed(program, pseudo_program="")))
    return [Part(name, 0, 0, base - reader.read_under(make(), text)) for name, make in variants]


def _blocks(slots: int, most: int) -> list[Span]:
    blocks = [(start, min(start + 4, slots)) for start in range(1, slots, 4)]
    return [(0, 1), *merged(blocks, most - 1)]


def _changed(program: Program, **changes: object) -> Program:
    return Program(program.behaviour.model_copy(update=changes), program.record, program.prefix, program.lora)


def _without_lora(program: Program) -> Program:
    behaviour = program.behaviour.model_copy(update={"lora": LoraSection(rank=0)})
    return Program(behaviour, program.record, program.prefix)


def without_slots(program: Program, slots: range) -> Program:
    """The program without some slots; the others keep their places, and what follows moves up."""
    assert program.prefix is not None
    kept = np.array([slot for slot in range(program.prefix.slots) if slot not in slots], dtype=np.intp)
    section = PrefixSection(slots=len(kept))
    behaviour = program.behaviour.model_copy(update={"prefix": section})
    prefix = None
    if len(kept):
        prefix = KvPrefix.from_arrays(program.prefix.keys[:, :, kept], program.prefix.values[:, :, kept])
    return Program(behaviour, program.record, prefix, program.lora)
