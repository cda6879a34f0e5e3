"""The graph of a bundle: which program gets what, as data from a stranger that is checked before it is used.

Nodes stand in a list and name others by their places in it, only earlier ones, so there are no cycles. The last node is
the whole. There is one order that a list may have: that of a walk from the last node, children first, each node once.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from programasweights.program.canonical_json import parse_json
from programasweights.program.constants import (
    BUNDLE_KIND,
    BUNDLE_VERSION,
    MAX_BUNDLE_CALLS,
    MAX_BUNDLE_DEPTH,
    MAX_BUNDLE_STAGES,
)
from programasweights.program.manifest import Digest, ExampleText, Text, _list_to_tuple, _Section
from programasweights.program.patterns import matcher

__all__ = [
    "Abstaining",
    "BundleBehaviour",
    "BundleManifest",
    "CallNode",
    "ConstantNode",
    "JsonCheck",
    "LabelsType",
    "ListType",
    "MapNode",
    "Node",
    "OneOfCheck",
    "PipeNode",
    "PlainType",
    "RegexCheck",
    "RequireNode",
    "SavedCheck",
    "SavedType",
    "SchemaType",
    "SwitchNode",
    "children",
    "walk",
]

Place = Annotated[int, Field(ge=0, lt=MAX_BUNDLE_STAGES)]
PlainName = Literal["bool", "int", "float", "str"]
MAX_LABELS: Final = 1_000
Temperature = Annotated[float, Field(gt=0, le=1_000)]
LabelText = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
LabelNumber = Annotated[int, Field(ge=-(2**63), lt=2**63)]


def _check_schema(text: str) -> str:
    if not isinstance(parse_json(text), dict):
        raise ValueError("a schema is a JSON object")
    return text


def _check_pattern(pattern: str) -> str:
    matcher(pattern)
    return pattern


class PlainType(_Section):
    """What `returns=` names by a plain Python type."""

    type: PlainName


class LabelsType(_Section):
    """A Literal."""

    type: Literal["labels"]
    labels: Annotated[
        tuple[bool | LabelNumber | LabelText, ...],
        BeforeValidator(_list_to_tuple),
        Field(min_length=1, max_length=MAX_LABELS),
    ]


class ListType(_Section):
    """A list of plain values."""

    type: Literal["list"]
    items: PlainName


class SchemaType(_Section):
    """JSON of a schema, which stands there as JSON text of its own, because the order of its fields counts."""

    type: Literal["schema"]
    schema_text: Annotated[Text, AfterValidator(_check_schema)]


SavedType = Annotated[PlainType | LabelsType | ListType | SchemaType, Field(discriminator="type")]


class RegexCheck(_Section):
    """The text matches a pattern in full."""

    kind: Literal["regex"]
    pattern: Annotated[str, StringConstraints(max_length=1_000), AfterValidator(_check_pattern)]


class OneOfCheck(_Section):
    """The text is one of these."""

    kind: Literal["one_of"]
    values: Annotated[
        tuple[ExampleText, ...], BeforeValidator(_list_to_tuple), Field(min_length=1, max_length=MAX_LABELS)
    ]


class JsonCheck(_Section):
    """The text is JSON."""

    kind: Literal["json"]


SavedCheck = Annotated[RegexCheck | OneOfCheck | JsonCheck, Field(discriminator="kind")]


class Abstaining(_Section):
    """When a typed function gives no value: its confidence, which the temperatures make of its scores, is too low."""

    below: Annotated[float, Field(ge=0, le=1)]
    labels: Temperature
    texts: Temperature


class CallNode(_Section):
    """A program, with the type that its function was given."""

    kind: Literal["call"]
    program: Digest
    returns: SavedType | None
    abstain: Abstaining | None

    @model_validator(mode="after")
    def _has_a_type_to_abstain_from(self) -> "CallNode":
        if self.abstain is not None and self.returns is None:
            raise ValueError("a function without a type does not abstain")
        return self


class ConstantNode(_Section):
    """A text, whatever the input."""

    kind: Literal["constant"]
    value: ExampleText


class PipeNode(_Section):
    """Stages one after the other."""

    kind: Literal["pipe"]
    stages: Annotated[
        tuple[Place, ...], BeforeValidator(_list_to_tuple), Field(min_length=2, max_length=MAX_BUNDLE_STAGES)
    ]


class MapNode(_Section):
    """A stage for each item of a list."""

    kind: Literal["map"]
    stage: Place


class SwitchNode(_Section):
    """A stage that chooses the stage that gets the input."""

    kind: Literal["switch"]
    on: Place
    cases: Annotated[
        Mapping[Annotated[str, StringConstraints(max_length=1_000)], Place],
        Field(min_length=1, max_length=MAX_BUNDLE_STAGES),
    ]
    default: Place | None


class RequireNode(_Section):
    """A stage whose output is checked."""

    kind: Literal["require"]
    stage: Place
    check: SavedCheck
    retries: Annotated[int, Field(ge=0, le=100)]
    temperature: Annotated[float, Field(gt=0, le=10)]
    fallback: Place | None


Node = Annotated[
    CallNode | ConstantNode | PipeNode | MapNode | SwitchNode | RequireNode, Field(discriminator="kind")
]


class BundleBehaviour(_Section):
    """All that decides how a bundle behaves, but for its programs, which are named by their ids. Hashed into its id."""

    nodes: Annotated[
        tuple[Node, ...], BeforeValidator(_list_to_tuple), Field(min_length=1, max_length=MAX_BUNDLE_STAGES)
    ]

    @property
    def programs(self) -> frozenset[str]:
        """Ids of the programs that are called."""
        return frozenset(node.program for node in self.nodes if isinstance(node, CallNode))

    @model_validator(mode="after")
    def _is_one_graph(self) -> "BundleBehaviour":
        _check_places(self.nodes)
        _check_size(self.nodes)
        if walk(self.nodes) != list(range(len(self.nodes))):
            raise ValueError(
                "the nodes are not in the order of a walk from the last one, or some are not used"
            )
        if len({node.model_dump_json() for node in self.nodes}) < len(self.nodes):
            raise ValueError("two nodes are the same; one is enough")
        if not self.programs:
            raise ValueError("no program is called")
        return self


class BundleManifest(_Section):
    """The JSON document inside a bundle's file."""

    format_version: Annotated[int, Field(ge=BUNDLE_VERSION, le=BUNDLE_VERSION)] = BUNDLE_VERSION
    kind: Literal["bundle"] = BUNDLE_KIND
    bundle_id: Digest
    behaviour: BundleBehaviour
    members: Annotated[
        Mapping[Digest, Annotated[int, Field(ge=1)]], Field(min_length=1, max_length=MAX_BUNDLE_STAGES)
    ]
    """Id of each program -> bytes of its file."""


def children(node: Node) -> list[int]:
    """Places of the nodes that a node names, in the order of a walk."""
    match node:
        case PipeNode():
            return list(node.stages)
        case MapNode():
            return [node.stage]
        case SwitchNode():
            named = [node.on, *(node.cases[label] for label in sorted(node.cases))]
            return named if node.default is None else [*named, node.default]
        case RequireNode():
            return [node.stage] if node.fallback is None else [node.stage, node.fallback]
        case _:
            return []


def walk(nodes: Sequence[Node]) -> list[int]:
    """The places in the order of a walk from the last node, children first; nodes name earlier ones only."""
    found: dict[int, None] = {}

    def visit(place: int) -> None:
        if place not in found:
            for child in children(nodes[place]):
                visit(child)
            found[place] = None

    visit(len(nodes) - 1)
    return list(found)


def _check_places(nodes: Sequence[Node]) -> None:
    for place, node in enumerate(nodes):
        for child in children(node):
            if child >= place:
                raise ValueError(f"node {place} names node {child}, but may only name earlier ones")


def _check_size(nodes: Sequence[Node]) -> None:
    """Refuse graphs that are too deep, or that one input would walk through too often."""
    depths: list[int] = []
    calls: list[int] = []
    for node in nodes:
        named = children(node)
        depths.append(1 + max((depths[child] for child in named), default=0))
        if isinstance(node, RequireNode):
            own = calls[node.stage] * (node.retries + 1)
            calls.append(own + (0 if node.fallback is None else calls[node.fallback]))
        else:
            calls.append(1 + sum(calls[child] for child in named))
    if max(depths) > MAX_BUNDLE_DEPTH:
        raise ValueError(f"it is {max(depths)} stages deep; at most {MAX_BUNDLE_DEPTH} are allowed")
    if calls[-1] > MAX_BUNDLE_CALLS:
        raise ValueError(
            f"an input may lead to more than {MAX_BUNDLE_CALLS} calls; use fewer stages or retries"
        )
