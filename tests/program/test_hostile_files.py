"""Files made to do harm: each is refused with a PawFileError, quickly and without large allocations."""

import json
import random
import struct
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from programasweights.errors import FormatVersionError, PawFileError
from programasweights.program import Program, from_bytes, to_bytes
from programasweights.program.constants import MAX_FILE_BYTES, MAX_HEADER_BYTES

Forge = Callable[..., bytes]
Document = dict[str, Any]


@pytest.fixture
def bounded() -> Iterator[None]:
    """The test may allocate at most 8 MiB at a time, measured, and take 20 seconds."""
    started = time.monotonic()
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20
    assert time.monotonic() - started < 20


def refused(data: bytes, message: str = "not a valid .paw file") -> None:
    with pytest.raises(PawFileError, match=message):
        from_bytes(data)


def raw(header: bytes, payload: bytes = b"") -> bytes:
    return struct.pack("<Q", len(header)) + header + payload


def test_forgers_forge_nothing_unless_told(program: Program, rebuild: Forge, edit_manifest: Forge) -> None:
    assert rebuild(program) == edit_manifest(program, dict) == to_bytes(program)


# Length and start of the header


def test_truncated_at_every_byte(program: Program) -> None:
    data = to_bytes(program)
    for end in range(len(data)):
        with pytest.raises(PawFileError):
            from_bytes(data[:end])


def test_longer_by_a_byte(program: Program) -> None:
    for extra in (b"\0", b" ", to_bytes(program)):
        refused(to_bytes(program) + extra, "bytes of tensors; its manifest asks for")
        refused(extra + to_bytes(program))


@pytest.mark.parametrize("change", [-8, -1, 1, 8])
def test_header_length_that_is_a_little_wrong(program: Program, change: int) -> None:
    data = to_bytes(program)
    (length,) = struct.unpack_from("<Q", data)
    refused(struct.pack("<Q", length + change) + data[8:])


@pytest.mark.parametrize("length", [2**64 - 1, 2**63, 2**63 - 1, 2**32, 10**9, MAX_HEADER_BYTES + 1])
def test_huge_header_length(bounded: None, program: Program, length: int) -> None:
    refused(struct.pack("<Q", length) + to_bytes(program)[8:], "states a header of")


def test_header_larger_than_the_limit_that_is_there(program: Program) -> None:
    data = to_bytes(program)
    refused(raw(data[8:] + b" " * MAX_HEADER_BYTES), "states a header of")


def test_larger_than_any_file() -> None:
    refused(bytes(MAX_FILE_BYTES + 1), "larger than")


def test_other_kinds_of_files() -> None:
    arrays = {"prefix.keys": np.zeros(2, np.float16)}
    refused(safetensors.numpy.save(arrays), "another kind of file")
    refused(safetensors.numpy.save(arrays, {"format": "pt"}), "another kind of file")
    refused(b"PK\x03\x04" + bytes(100), "another kind of file")
    refused(b"\x80\x04\x95" + bytes(100))
    refused(bytes(100), "another kind of file")
    refused(b"", "0 bytes")


@pytest.mark.parametrize(
    "header",
    [
        b'{"__metadata__":{"paw":"\xff"}}',
        b'{"__metadata__":{"paw":"\xed\xa0\x80"}}',
        b'{"__metadata__":{"paw":"\\ud800"}}',
        b'{"__metadata__":{"paw":"\\x00"}}',
        b'{"__metadata__":{"paw":"\n"}}',
        b'{"__metadata__":{"paw":"',
        b'{"__metadata__":{"paw":"\\',
        b'{"__metadata__":{"paw":"\\u12',
    ],
)
def test_a_manifest_that_is_no_string(header: bytes) -> None:
    refused(raw(header), "not UTF-8 or not JSON")


# The table of tensors


def entry(name: str, **changes: object) -> Callable[[Document], None]:
    return lambda table: table[name].update(changes)


@pytest.mark.parametrize(
    "change",
    [
        entry("prefix.keys", dtype="F32"),
        entry("prefix.keys", dtype="BF16"),
        entry("prefix.keys", dtype="I8"),
        entry("prefix.keys", dtype=None),
        entry("prefix.keys", shape=[2, 1, 4, 3]),
        entry("prefix.keys", shape=[24]),
        entry("prefix.keys", shape=[2, 1, 3, 4, 1]),
        entry("prefix.keys", shape=[2, True, 3, 4]),
        entry("prefix.keys", shape=[2, 1.0, 3, 4]),
        entry("prefix.keys", shape=[-2, 1, -3, 4]),
        entry("prefix.keys", shape=[2**62, 2**62, 2**62, 2**62]),
        entry("prefix.keys", shape=[0, 1, 3, 4]),
        entry("prefix.values", data_offsets=[0, 48]),  # overlap
        entry("prefix.values", data_offsets=[47, 95]),
        entry("prefix.values", data_offsets=[49, 97]),  # hole
        entry("prefix.values", data_offsets=[48, 2**63]),
        entry("prefix.values", data_offsets=[96, 48]),
        entry("prefix.values", data_offsets=[-48, 0]),
        entry("prefix.values", data_offsets=[48]),
        entry("prefix.values", data_offsets=[48, 96.0]),
        entry("prefix.values", extra=1),
        lambda table: table["prefix.values"].pop("dtype"),
        lambda table: table.pop("prefix.values"),
        lambda table: table.update({"lora.a": {"dtype": "F16", "shape": [0], "data_offsets": [96, 96]}}),
        lambda table: table.update({"prefix.more": {"dtype": "F16", "shape": [1], "data_offsets": [96, 98]}}),
        lambda table: table["__metadata__"].update(format="pt"),
        lambda table: table.update({"prefix.keys": table.pop("prefix.keys")}),  # order
        lambda table: table.update({"prefix.keys": None}),
        lambda table: table.update({"prefix.keys": json.loads("[" * 500 + "]" * 500)}),
        lambda table: table.update({"prefix.keys": 10**4_000}),
    ],
)
def test_another_table(bounded: None, f16_program: Program, rebuild: Forge, change: object) -> None:
    refused(rebuild(f16_program, table=change), "its manifest asks for")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"prefix.keys":', b'"prefix.keys": '),
        (b'"prefix.keys":{"dtype"', b'"prefix.keys":{"dtype":"F16","dtype"'),
        (b"}}  ", b"}}\t\t"),
        (b'{"__metadata__":{"paw":"', b'{"__metadata__":{"paw":"x","paw":"'),
        (b'"},"prefix.keys"', b'"},"__metadata__":{"paw":"x"},"prefix.keys"'),
        (
            b'"prefix.keys":{"dtype":"F16","shape":[',
            b'"prefix.keys":{"dtype":"F16","shape":' + b"[" * 100_000,
        ),
        (b'"data_offsets":[0', b'"data_offsets":[' + b"9" * 100_000),
        (b'"data_offsets":[0,', b'"data_offsets":[1e999,'),
        (b"prefix.keys", b"prefix.key\\u0073"),
        ("— 只".encode(), b"\\u2014 \\u53ea"),
        (b'\\"urgent', b"\\u0022urgent"),
        (b"\\\\n", b"\\u005cn"),
    ],
)
def test_another_spelling_of_the_header(bounded: None, f16_program: Program, old: bytes, new: bytes) -> None:
    data = to_bytes(f16_program)
    (length,) = struct.unpack_from("<Q", data)
    header = data[8 : 8 + length]
    assert old in header
    refused(raw(header.replace(old, new, 1), data[8 + length :]))


def test_padding_has_one_length(program: Program) -> None:
    data = to_bytes(program)
    (length,) = struct.unpack_from("<Q", data)
    header, payload = data[8 : 8 + length], data[8 + length :]
    for spelling in (header.rstrip(b" "), header + b" " * 8, b" " + header):
        if spelling != header:
            refused(raw(spelling, payload))


# The tensors


@pytest.mark.parametrize("bits", [0x7C00, 0xFC00, 0x7C01, 0x7E00, 0xFFFF])
@pytest.mark.parametrize("place", [0, 46, 48, 94])
def test_numbers_that_are_not_finite(f16_program: Program, rebuild: Forge, bits: int, place: int) -> None:
    def poison(payload: bytes) -> bytes:
        return payload[:place] + struct.pack("<H", bits) + payload[place + 2 :]

    refused(rebuild(f16_program, payload=poison), "NaN or infinite")


def test_scales_and_codes_that_are_never_written(int8_program: Program, rebuild: Forge) -> None:
    for word in (0x7C00, 0x7E00, 0x8001, 0x8000, 0x7BFF):  # the scales come first
        forged = rebuild(int8_program, payload=lambda data, word=word: struct.pack("<H", word) + data[2:])
        refused(forged, "NaN or infinite")
    refused(rebuild(int8_program, payload=lambda data: data[:-1] + b"\x80"), "-128")


@pytest.mark.parametrize("size", [0, 1, 95, 97, 96_000])
def test_another_amount_of_data(f16_program: Program, rebuild: Forge, size: int) -> None:
    refused(rebuild(f16_program, payload=lambda _: bytes(size)), f"it has {size} bytes of tensors")


def test_every_flipped_bit_of_the_tensors_is_seen(int8_program: Program) -> None:
    data = to_bytes(int8_program)
    (length,) = struct.unpack_from("<Q", data)
    for place in range(8 + length, len(data)):
        for bit in range(8):
            forged = bytearray(data)
            forged[place] ^= 1 << bit
            refused(bytes(forged), "altered or damaged|NaN or infinite|-128")


# The manifest


@pytest.mark.parametrize("version", [3, 5, 10**15, 0, -1])
def test_another_version(program: Program, edit_manifest: Forge, version: int) -> None:
    def renumber(document: Document) -> None:
        document.clear()
        document.update(format_version=version, something={"else": [1.5]})

    with pytest.raises(
        FormatVersionError, match=rf"version {version}; this release reads 1, 2, 4: "
    ) as caught:
        from_bytes(edit_manifest(program, renumber))
    assert ("upgrade" in str(caught.value)) == (version > 2)


def test_a_lora_in_a_file_of_version_1(f16_program: Program, edit_manifest: Forge) -> None:
    refused(
        edit_manifest(f16_program, lambda document: document.update(format_version=1)), "version 1 has no"
    )


@pytest.mark.parametrize("version", [None, True, 1.0, "1", [1], {}])
def test_a_version_that_is_no_integer(program: Program, edit_manifest: Forge, version: object) -> None:
    refused(
        edit_manifest(program, lambda document: document.update(format_version=version)),
        "no integer format_version",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot be parsed"),
        ("null", "no integer format_version"),
        ("[1]", "no integer format_version"),
        ('"x"', "no integer format_version"),
        ("{}", "no integer format_version"),
        ('{"format_version":1}', "version 1 cannot be understood"),
        ('{"format_version":2}', "invalid field"),
        ('{"format_version":2,"behaviour":{},"program_id":"","record":{}}', "not canonical|invalid field"),
        ('{"format_version":1e999}', "not finite"),
        ('{"format_version":NaN}', "not JSON"),
        ('{"format_version":' + "1" * 100_000 + "}", "outside strings|characters"),
        ('{"format_version":' + "1" * 10_000 + "}", "10000 characters"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested deeper"),
        ('{"a":' * 1_000 + "1" + "}" * 1_000, "nested deeper"),
        ("[" * 1_000_000, "outside strings"),
        ("[" + "[]," * 1_000_000, "outside strings"),
        ('["' + '","' * 500_000 + '"]', "outside strings"),
        ('{"format_version":2,"x":"' + "é€🍜" * 200_000 + '"}', "invalid field"),
        ('{"format_version":1,"format_version":1}', "twice"),
        ('"' + "\\\\u0000" * 100, "cannot be parsed"),
        ('{"format_version":1,"x":"\ud800"}', "not UTF-8"),
    ],
)
def test_hostile_manifests(f16_program: Program, rebuild: Forge, text: str, message: str) -> None:
    forged = rebuild(f16_program, manifest=lambda _: text)
    tracemalloc.start()
    try:
        refused(forged, message)
        assert tracemalloc.get_traced_memory()[1] < 2**18 + 10 * len(forged)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"seed":7', '"seed": 7'),
        ('"seed":7', '"seed":7,"seed":7'),
        ('"seed":7', '"seed":7.0'),
        ('"seed":7', '"seed":true'),
        ('"seed":7', '"seed":07'),
        ('"seed":7', '"seed":-7'),
        ('"seed":7', '"sEed":7'),
        ('"seed":7,', ""),
        ('"seed":7', '"seed":9223372036854775808'),
        ("0.1", "0.10"),
        ("0.1", "1e-1"),
        ("0.1", "1e999"),
        ("0.1", "NaN"),
        ("0.5", "1"),
        ("0.5", "Infinity"),
        ("0.5", "0.5e0"),
        ("0.5", "0.50000000000000001"),
        ('"urgent', "\\u0022urgent"),
        ("—", "\\u2014"),
        ("yes", "y\\u0065s"),
        ("\\u0001", "\\u0001\\ud800"),
        ('"created_at":"2025-01-31T12:00:00Z"', '"created_at":"2025-01-32T12:00:00Z"'),
        ('"created_at":"2025-01-31T12:00:00Z",', ""),
        ('"checkpoint":"' + "cd" * 32 + '"', '"checkpoint":"' + "CD" * 32 + '"'),
        ('"stop":["\\n","<end>"]', '"stop":["<end>"]'),
        ('"layers":2', '"layers":3'),
        ('"layers":2', '"layers":65536'),
        ('"slots":3', '"slots":4096'),
        ('"slots":3', '"slots":0'),
        ('"storage":"f16"', '"storage":"int8"'),
    ],
)
def test_another_manifest(bounded: None, f16_program: Program, rebuild: Forge, old: str, new: str) -> None:
    def rewrite(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    refused(rebuild(f16_program, manifest=rewrite))


def test_shapes_that_would_fill_the_memory(bounded: None, f16_program: Program, edit_manifest: Forge) -> None:
    """Manifest and table agree on 2^80 bytes of tensors; only the file's size tells."""

    def grow(document: Document) -> None:
        document["behaviour"]["interpreter"].update(layers=65_536, kv_heads=65_536, head_dim=65_536)
        document["behaviour"]["prefix"]["slots"] = 4_096

    forged = edit_manifest(f16_program, grow)
    (length,) = struct.unpack_from("<Q", forged)
    header = json.loads(forged[8 : 8 + length])
    shape, size = [65_536, 65_536, 4_096, 65_536], 2 * 65_536**3 * 4_096
    header["prefix.keys"].update(shape=shape, data_offsets=[0, size])
    header["prefix.values"].update(shape=shape, data_offsets=[size, 2 * size])
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    refused(raw(text + b" " * (-len(text) % 8), bytes(1_000)), "it has 1000 bytes of tensors")


@pytest.mark.parametrize("stated", ["00" * 32, "ab" * 32])
def test_another_id(program: Program, edit_manifest: Forge, stated: str) -> None:
    refused(edit_manifest(program, lambda document: document.update(program_id=stated)), "altered or damaged")


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update({"x" * 100_000: "y" * 100_000}),
        lambda document: document["behaviour"]["spec"].update(examples=[[1, 2]] * 1_000),
        lambda document: document.update(program_id="y" * 100_000),
        lambda document: document.update(format_version="y" * 100_000),
    ],
)
def test_messages_stay_short(program: Program, edit_manifest: Forge, change: object) -> None:
    with pytest.raises(PawFileError) as caught:
        from_bytes(edit_manifest(program, change))
    assert len(str(caught.value)) < 1_000


def test_message_about_a_huge_table_stays_short(program: Program, rebuild: Forge) -> None:
    with pytest.raises(PawFileError) as caught:
        from_bytes(rebuild(program, table=lambda table: table.update({"x" * 100_000: {}})))
    assert len(str(caught.value)) < 1_000


def test_the_record_is_the_one_part_that_may_be_edited(program: Program, edit_manifest: Forge) -> None:
    forged = from_bytes(edit_manifest(program, lambda document: document["record"]["scores"].update(f1=1.0)))
    assert forged.id == program.id
    assert forged != program


# Random damage


def damage(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """One random change: flip, set, insert, delete, splice or cut."""
    start, end = sorted(chance.choices(range(len(data) + 1), k=2))
    end = min(end, start + chance.choice([1, 2, 8, 64, len(data)]))
    piece = chance.randrange(len(other))
    match chance.randrange(6):
        case 0 if start < len(data):
            return data[:start] + bytes([data[start] ^ 1 << chance.randrange(8)]) + data[start + 1 :]
        case 1:
            return data[:start] + chance.randbytes(end - start) + data[end:]
        case 2:
            return data[:start] + chance.choice([b"\0", b'"', b"[", b"9", chance.randbytes(4)]) + data[start:]
        case 3:
            return data[:start] + data[end:]
        case 4:
            return data[:start] + other[piece : piece + end - start] + data[end:]
        case _:
            return data[:start]


def test_ten_thousand_random_mutations(bounded: None, f16_program: Program, int8_program: Program) -> None:
    chance = random.Random(20250131)
    files = [(program, to_bytes(program)) for program in (f16_program, int8_program)]
    survivors = 0
    for _ in range(10_000):
        program, data = chance.choice(files)
        mutated = data
        for _ in range(chance.choice([1, 1, 1, 2, 5])):
            mutated = damage(mutated, chance.choice(files)[1], chance)
        try:
            result = from_bytes(mutated)
        except PawFileError:
            continue
        survivors += mutated != data
        assert result.id in (program.id, f16_program.id, int8_program.id)
        assert to_bytes(result) == mutated
    assert survivors < 1_000  # only a change within the record passes


def test_ten_thousand_mutations_of_the_manifest(int8_program: Program) -> None:
    """As above, but with a header that matches, so that the manifest's own checks are reached."""
    chance = random.Random(7)
    data = to_bytes(int8_program)
    (length,) = struct.unpack_from("<Q", data)
    manifest = json.loads(data[8 : 8 + length])["__metadata__"]["paw"]
    before, after = data[8 : 8 + length].split(json.dumps(manifest, ensure_ascii=False).encode())
    survivors = 0
    for _ in range(10_000):
        mutated = damage(manifest.encode(), manifest.encode(), chance).decode("utf-8", "replace")
        header = before + json.dumps(mutated, ensure_ascii=False).encode() + after.rstrip()
        forged = raw(header + b" " * (-len(header) % 8), data[8 + length :])
        try:
            result = from_bytes(forged)
        except PawFileError:
            continue
        survivors += 1
        assert result.id == int8_program.id
        assert to_bytes(result) == forged
    assert 0 < survivors < 1_000
