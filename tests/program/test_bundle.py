"""Bundles: files of several programs, golden and hostile."""

import hashlib
import json
import random
import struct
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import safetensors.numpy

from programasweights.errors import FormatVersionError, PawFileError, ProgramError
from programasweights.program import (
    Bundle,
    Program,
    bundle_to_bytes,
    from_any_bytes,
    from_bytes,
    load,
    load_any,
    save_bundle,
    to_bytes,
)
from programasweights.program import constants as limits
from programasweights.program.bundle import bundle_id
from programasweights.program.canonical_json import canonical_json
from programasweights.program.graph import BundleBehaviour, BundleManifest
from tests.program.conftest import MAKE_GOLDEN

FOLDER = Path(__file__).parent / "golden"
NAME = "v3-bundle.paw"
ID = "53d00b7e96a4c26498166d466bdc70b92fd65755f0c61db2c655d37cd5b627be"
SHA256 = "fc17ed9a0888e0413d7dfc5a654a453417ac016388ddcb29f7c8840621227f6d"

Document = dict[str, Any]
Change = Callable[[Document], object]


@pytest.fixture
def bundle() -> Bundle:
    made: Bundle = MAKE_GOLDEN["BUNDLES"][NAME]()
    return made


@pytest.fixture
def bounded() -> Iterator[None]:
    """The test may allocate at most 8 MiB at a time, measured, and take 10 seconds."""
    started = time.monotonic()
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20
    assert time.monotonic() - started < 10


def forged(bundle: Bundle, change: Change = dict, *, table: Change = dict, new_id: bool = True) -> bytes:
    """The bundle's file with another manifest, canonical and with a matching id, and another table."""
    data = bundle_to_bytes(bundle)
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    document = json.loads(header["__metadata__"]["paw"])
    change(document)
    if new_id and isinstance(document.get("behaviour"), dict):
        document["bundle_id"] = bundle_id(canonical_json(document["behaviour"]))
    header["__metadata__"]["paw"] = canonical_json(document)
    table(header)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data[8 + length :]


def with_nodes(nodes: list[Document]) -> Change:
    return lambda document: document["behaviour"].update(nodes=nodes)


def nodes_of(bundle: Bundle) -> list[Document]:
    found: list[Document] = json.loads(canonical_json(bundle.behaviour.model_dump()))["nodes"]
    return found


def call(program: str, **changes: object) -> Document:
    return {"kind": "call", "program": program, "returns": None, "abstain": None} | changes


def refused(data: bytes, message: str) -> None:
    with pytest.raises(PawFileError, match=message) as caught:
        from_any_bytes(data)
    assert len(str(caught.value)) < 1_000
    with pytest.raises(PawFileError):
        from_bytes(data)


# Golden


def test_is_the_file_that_was_committed() -> None:
    assert hashlib.sha256((FOLDER / NAME).read_bytes()).hexdigest() == SHA256


def test_is_read_with_its_id_and_contents(bundle: Bundle) -> None:
    found = load_any(FOLDER / NAME)
    assert isinstance(found, Bundle)
    assert found.id == ID
    assert found == bundle
    assert hash(found) == hash(bundle)
    assert len(found.behaviour.nodes) == 13
    assert sorted(found.members) == list(found.members)
    assert {to_bytes(program) for program in found.members.values()} == {
        to_bytes(MAKE_GOLDEN["PROGRAMS"][name]()) for name in ("v2-int8.paw", "v2-no-prefix.paw")
    }


def test_is_written_again_as_it_was(bundle: Bundle, tmp_path: Path) -> None:
    save_bundle(bundle, tmp_path / "b.paw")
    assert (tmp_path / "b.paw").read_bytes() == (FOLDER / NAME).read_bytes()
    assert list(tmp_path.iterdir()) == [tmp_path / "b.paw"]


def test_the_safetensors_library_finds_whole_files_in_it(bundle: Bundle) -> None:
    tensors = safetensors.numpy.load(bundle_to_bytes(bundle))
    assert {from_bytes(array.tobytes()).id for array in tensors.values()} == set(bundle.members)


def test_programs_are_read_by_the_same_verb(program: Program) -> None:
    assert from_any_bytes(to_bytes(program)) == program


# Who cannot read it


def test_where_one_program_is_needed_a_bundle_is_refused() -> None:
    with pytest.raises(PawFileError, match=r"holds a bundle of several programs.*paw\.function"):
        load(FOLDER / NAME)


@pytest.mark.parametrize("version", [2, 4, 10**9])
def test_another_version(bundle: Bundle, version: int) -> None:
    data = forged(bundle, lambda document: document.update(format_version=version))
    if version == 2:
        refused(data, "invalid field")
        return
    with pytest.raises((FormatVersionError, PawFileError)):
        from_any_bytes(data)


def test_a_later_kind_of_file_of_this_version(bundle: Bundle) -> None:
    with pytest.raises(FormatVersionError, match=r"version 3; this release reads 1, 2"):
        from_any_bytes(forged(bundle, lambda document: document.update(kind="orchestra")))


# Damage


def test_truncated_or_longer(bundle: Bundle) -> None:
    data = bundle_to_bytes(bundle)
    for end in range(0, len(data), 23):
        with pytest.raises(PawFileError):
            from_any_bytes(data[:end])
    with pytest.raises(PawFileError, match="bytes of tensors"):
        from_any_bytes(data + b"\0")


def test_flipped_bits_of_the_programs_are_seen(bundle: Bundle) -> None:
    data = bundle_to_bytes(bundle)
    (length,) = struct.unpack_from("<Q", data)
    for place in range(8 + length, len(data), 17):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        try:
            found = from_any_bytes(bytes(changed))
        except PawFileError:
            continue
        assert isinstance(found, Bundle)
        assert found.id == ID  # a program's record is not protected by its id


def test_a_thousand_random_mutations(bundle: Bundle) -> None:
    chance = random.Random(3)
    data = bundle_to_bytes(bundle)
    for _ in range(1_000):
        changed = bytearray(data)
        for _ in range(chance.choice([1, 1, 2, 5])):
            place = chance.randrange(len(changed))
            match chance.randrange(3):
                case 0:
                    changed[place] = chance.randrange(256)
                case 1:
                    del changed[place : place + chance.choice([1, 2, 64])]
                case _:
                    changed[place:place] = chance.randbytes(chance.choice([1, 8]))
        try:
            found = from_any_bytes(bytes(changed))
        except PawFileError:
            continue
        assert isinstance(found, Bundle)
        assert found.id == ID
        assert bundle_to_bytes(found) == bytes(changed)


def test_a_wrong_id(bundle: Bundle) -> None:
    data = forged(bundle, lambda document: document.update(bundle_id="ab" * 32), new_id=False)
    refused(data, "altered or damaged")


def test_the_forger_forges_nothing_unless_told(bundle: Bundle) -> None:
    assert forged(bundle) == bundle_to_bytes(bundle)


# Hostile graphs


def test_a_program_that_is_not_there(bundle: Bundle) -> None:
    refused(forged(bundle, lambda document: document["members"].popitem()), "its tensors are")

    def drop(document: Document) -> None:
        document["behaviour"]["nodes"] = [call(next(iter(bundle.members)))]

    refused(forged(bundle, drop), "calls the programs .* but holds")
    refused(forged(bundle, with_nodes([call("ab" * 32)])), "calls the programs .* but holds")


def test_a_program_under_another_s_id(bundle: Bundle) -> None:
    first, second = bundle.members
    with pytest.raises(ProgramError, match="under the id"):
        Bundle(bundle.behaviour, {first: bundle.members[second], second: bundle.members[first]})
    data = bundle_to_bytes(bundle)
    sizes = [len(to_bytes(program)) for program in bundle.members.values()]
    start = len(data) - sum(sizes)
    swapped = data[:start] + data[start + sizes[0] :] + data[start : start + sizes[0]]
    with pytest.raises(PawFileError):
        from_any_bytes(swapped)


def test_the_same_id_twice(bundle: Bundle) -> None:
    data = bundle_to_bytes(bundle)
    name = next(iter(bundle.members))
    spelled = f'\\"{name}\\":'.encode()
    at = data.index(spelled, data.index(b'\\"members\\"'))
    twice = data[:at] + spelled + b"1," + data[at:]
    (length,) = struct.unpack_from("<Q", data)
    header = twice[8 : len(twice) - (len(data) - 8 - length)].rstrip(b" ")
    header += b" " * (-len(header) % 8)
    refused(struct.pack("<Q", len(header)) + header + data[8 + length :], "twice")


@pytest.mark.parametrize("place", [12, 13, 255, 256, -1, 10**20, True, 1.0, "0", None])
def test_cycles_and_places_that_are_not_there(bundle: Bundle, place: object) -> None:
    nodes = nodes_of(bundle)
    nodes[-1]["stages"] = [0, place]
    refused(forged(bundle, with_nodes(nodes)), "invalid field")


def test_a_node_that_names_itself_or_a_later_one(bundle: Bundle) -> None:
    name = next(iter(bundle.members))
    loop = [call(name), {"kind": "map", "stage": 2}, {"kind": "map", "stage": 1}]
    refused(forged(bundle, with_nodes(loop)), "may only name earlier ones")
    refused(forged(bundle, with_nodes([{"kind": "map", "stage": 0}])), "may only name earlier ones")


def test_nodes_that_are_not_used_or_stand_in_another_order(bundle: Bundle) -> None:
    first, second = bundle.members
    refused(forged(bundle, with_nodes([call(first), call(second)])), "order of a walk")
    pair = [call(first), call(second), {"kind": "pipe", "stages": [1, 0]}]
    refused(forged(bundle, with_nodes(pair)), "order of a walk")
    same = [call(first), call(first), {"kind": "pipe", "stages": [0, 1]}]
    refused(forged(bundle, with_nodes(same)), "two nodes are the same")


def test_too_many_stages(bounded: None, bundle: Bundle) -> None:
    name = next(iter(bundle.members))
    many = [{"kind": "constant", "value": str(n)} for n in range(limits.MAX_BUNDLE_STAGES)]
    whole = [call(name), *many, {"kind": "pipe", "stages": list(range(len(many) + 1))}]
    refused(forged(bundle, with_nodes(whole)), "invalid field")


def test_too_deep(bounded: None, bundle: Bundle) -> None:
    name = next(iter(bundle.members))
    for depth, message in ((limits.MAX_BUNDLE_DEPTH, "stages deep"), (250, "stages deep")):
        nodes = [call(name), *({"kind": "map", "stage": n} for n in range(depth))]
        refused(forged(bundle, with_nodes(nodes)), message)


def test_shared_stages_that_double(bounded: None, bundle: Bundle) -> None:
    """Thirty nodes, a thousand million calls."""
    name = next(iter(bundle.members))
    nodes = [call(name), *({"kind": "pipe", "stages": [n, n]} for n in range(30))]
    refused(forged(bundle, with_nodes(nodes)), "may lead to more than")
    check = {"check": {"kind": "json"}, "retries": 100, "temperature": 1.0, "fallback": None}
    nodes = [call(name), *({"kind": "require", "stage": n, **check} for n in range(3))]
    refused(forged(bundle, with_nodes(nodes)), "may lead to more than|two nodes")


@pytest.mark.parametrize("name", ["", "ab" * 31, "AB" * 32, "../" + "a" * 61, "x" * 100_000, 7])
def test_bad_names(bundle: Bundle, name: object) -> None:
    refused(forged(bundle, with_nodes([call(name)])), "invalid field")  # type: ignore[arg-type]
    if isinstance(name, str):
        refused(forged(bundle, lambda document: document["members"].update({name: 1})), "invalid field")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "run"},
        {"kind": None},
        {"returns": {"type": "pickle"}},
        {"returns": {"type": "labels", "labels": []}},
        {"returns": {"type": "labels", "labels": [1.5]}},
        {"returns": {"type": "labels", "labels": [""]}},
        {"returns": {"type": "list", "items": "list"}},
        {"returns": {"type": "schema", "schema_text": "[1]"}},
        {"returns": {"type": "schema", "schema_text": "{" * 1_000}},
        {"returns": {"type": "schema", "schema_text": '{"a":' * 100 + "1" + "}" * 100}},
        {"abstain": {"below": 0.5, "labels": 1.0, "texts": 1.0}},
        {"returns": {"type": "int"}, "abstain": {"below": 1.5, "labels": 1.0, "texts": 1.0}},
        {"returns": {"type": "int"}, "abstain": {"below": 1, "labels": 1.0, "texts": 1.0}},
        {"returns": {"type": "int"}, "abstain": {"below": 0.5, "labels": 0.0, "texts": 1.0}},
        {"abstain_below": 0.5},
        {"extra": 0},
    ],
)
def test_bad_calls(bundle: Bundle, change: Document) -> None:
    name = next(iter(bundle.members))
    refused(forged(bundle, with_nodes([call(name, **change)])), "invalid field|leaves out|calls the programs")


@pytest.mark.parametrize(
    "check",
    [
        {"kind": "regex", "pattern": "("},
        {"kind": "regex", "pattern": "(?=a)a"},
        {"kind": "regex", "pattern": r"(a)\1"},
        {"kind": "regex", "pattern": "a" * 1_001},
        {"kind": "regex", "pattern": "((((a{100}){100}){100}){100}){100}"},
        {"kind": "one_of", "values": []},
        {"kind": "one_of", "values": [1]},
        {"kind": "python", "code": "import os"},
    ],
)
def test_bad_checks(bounded: None, bundle: Bundle, check: Document) -> None:
    name = next(iter(bundle.members))
    required = {"kind": "require", "stage": 0, "check": check, "retries": 0, "temperature": 1.0}
    refused(forged(bundle, with_nodes([call(name), required | {"fallback": None}])), "invalid field")


@pytest.mark.parametrize("change", [{"retries": -1}, {"retries": 101}, {"temperature": 0.0}])
def test_bad_requirements(bundle: Bundle, change: Document) -> None:
    nodes = nodes_of(bundle)
    nodes[11].update(change)
    refused(forged(bundle, with_nodes(nodes)), "invalid field")


@pytest.mark.parametrize("size", [0, -1, 10**6, 2**62, True])
def test_sizes_that_are_not_true(bounded: None, bundle: Bundle, size: object) -> None:
    name = next(iter(bundle.members))
    change = forged(bundle, lambda document: document["members"].update({name: size}))
    refused(change, "invalid field|its tensors are")


def test_another_table(bundle: Bundle) -> None:
    name = f"program.{next(iter(bundle.members))}"
    for change in ({"dtype": "I8"}, {"shape": [1, 2]}, {"data_offsets": [8, 16]}):
        refused(forged(bundle, table=lambda table, change=change: table[name].update(change)), "its tensors")  # type: ignore[misc]
    refused(forged(bundle, table=lambda table: table.update({"program.x": table[name]})), "its tensors")


def test_a_bundle_within_a_bundle(bundle: Bundle) -> None:
    """A member is a program, never a bundle, so nothing can nest."""
    data = bundle_to_bytes(bundle)
    first, *_ = bundle.members
    sizes = {name: len(to_bytes(program)) for name, program in bundle.members.items()}
    manifest = BundleManifest(
        bundle_id=bundle.id, behaviour=bundle.behaviour, members={**sizes, first: len(data)}
    )
    header = json.loads(data[8 : 8 + struct.unpack_from("<Q", data)[0]])
    header["__metadata__"]["paw"] = canonical_json(manifest.model_dump())
    start = 0
    for name, size in manifest.members.items():
        header[f"program.{name}"] = {"dtype": "U8", "shape": [size], "data_offsets": [start, start + size]}
        start += size
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    rest = [to_bytes(program) for name, program in bundle.members.items() if name != first]
    refused(struct.pack("<Q", len(text)) + text + data + b"".join(rest), "holds a bundle")


def test_a_graph_that_no_reader_would_take_is_not_written(bundle: Bundle) -> None:
    first, second = bundle.members.values()
    with pytest.raises(ProgramError, match="calls the programs"):
        Bundle(bundle.behaviour, {first.id: first})
    with pytest.raises(ProgramError, match="invalid graph"):
        Bundle(BundleBehaviour.model_construct(nodes=()), {second.id: second})
