"""Pipelines as bundles and back. A Python function has no place in a file that strangers may open."""

import json
from collections.abc import Callable
from types import GenericAlias
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from programasweights.composition.checks import read_check
from programasweights.composition.stages import (
    Call,
    Constant,
    Map,
    Pipe,
    ProgramFunction,
    Require,
    Stage,
    Switch,
    TypedProgramFunction,
)
from programasweights.errors import ProgramError
from programasweights.program import Bundle, Program
from programasweights.program.graph import (
    Abstaining,
    BundleBehaviour,
    CallNode,
    ConstantNode,
    LabelsType,
    ListType,
    MapNode,
    Node,
    PipeNode,
    PlainType,
    RequireNode,
    SavedType,
    SchemaType,
    SwitchNode,
)
from programasweights.program.manifest import first_fault

__all__ = ["Maker", "from_bundle", "to_bundle"]

Maker = Callable[[Program, object, Abstaining | None], ProgramFunction]
"""Makes a function of a program, a type (None for text), and when it abstains."""

_PLAIN: dict[Any, str] = {bool: "bool", int: "int", float: "float", str: "str"}
_BY_NAME: dict[str, Any] = {name: kind for kind, name in _PLAIN.items()}


def to_bundle(stage: Stage) -> Bundle:
    """A stage as a bundle.

    Raises:
        ProgramError: a part cannot be saved, or there are too many.
    """
    writer = _Writer()
    try:
        writer.add(stage)
        behaviour = BundleBehaviour(nodes=tuple(writer.nodes))
    except ValidationError as error:
        raise ProgramError(f"the pipeline cannot be saved: {first_fault(error)}.") from error
    return Bundle(behaviour, writer.programs)


def from_bundle(bundle: Bundle, make: Maker) -> Stage:
    """The stage that a bundle holds."""
    made: list[Stage] = []
    for node in bundle.behaviour.nodes:
        made.append(_read(node, made, bundle, make))
    return made[-1]


class _Writer:
    """Collects the nodes of a stage in the order of a walk, each node once."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.programs: dict[str, Program] = {}
        self._places: dict[str, int] = {}

    def add(self, stage: Stage) -> int:
        node = self._node(stage)
        key = node.model_dump_json()
        if key not in self._places:
            self._places[key] = len(self.nodes)
            self.nodes.append(node)
        return self._places[key]

    def _node(self, stage: Stage) -> Node:
        match stage:
            case Call():
                return self._call(stage.function)
            case Constant():
                return ConstantNode(kind="constant", value=stage.value)
            case Pipe():
                return PipeNode(kind="pipe", stages=tuple(self.add(part) for part in stage.stages))
            case Map():
                return MapNode(kind="map", stage=self.add(stage.stage))
            case Switch():
                on = self.add(stage.on)
                cases = {label: self.add(stage.cases[label]) for label in sorted(stage.cases)}
                return SwitchNode(kind="switch", on=on, cases=cases, default=self._optional(stage.default))
            case Require():
                return self._require(stage)
        raise ProgramError(
            f"the Python function {getattr(stage, 'function', stage)!r:.100} cannot be saved, because a .paw file "
            "holds no code. Save the pipeline without it, and put it around the loaded one."
        )

    def _optional(self, stage: Stage | None) -> int | None:
        return None if stage is None else self.add(stage)

    def _call(self, function: ProgramFunction) -> Node:
        program = function.program
        self.programs[program.id] = program
        if not isinstance(function, TypedProgramFunction):
            return CallNode(kind="call", program=program.id, returns=None, abstain=None)
        if function.fallback is not None:
            raise ProgramError(
                f"the fallback {function.fallback!r:.100} of a typed function cannot be saved, because a .paw file "
                "holds no code. Use require(..., fallback=...) with a function of a program or a text."
            )
        below, scale = function.abstain_below, function.calibration
        abstain = (
            None if below is None else Abstaining(below=float(below), labels=scale.labels, texts=scale.texts)
        )
        return CallNode(kind="call", program=program.id, returns=_written(function.returns), abstain=abstain)

    def _require(self, stage: Require) -> Node:
        inner, check = self.add(stage.stage), stage.check.saved()
        if check is None:
            raise ProgramError(
                f"the Python check {stage.check} cannot be saved, because a .paw file holds no code. Use regex=, "
                "one_of= or json=True."
            )
        return RequireNode(
            kind="require",
            stage=inner,
            check=check,
            retries=stage.retries,
            temperature=stage.temperature,
            fallback=self._optional(stage.fallback),
        )


def _written(returns: object) -> SavedType:
    """A type as it stands in a bundle; only those whose values are JSON as they are."""
    if isinstance(returns, dict):
        return SchemaType(type="schema", schema_text=json.dumps(returns, ensure_ascii=False))
    if get_origin(returns) is Literal:
        return LabelsType(type="labels", labels=get_args(returns))
    if get_origin(returns) is list and get_args(returns)[0] in _PLAIN:
        return ListType.model_validate({"type": "list", "items": _PLAIN[get_args(returns)[0]]})
    if isinstance(returns, type) and returns in _PLAIN:
        return PlainType.model_validate({"type": _PLAIN[returns]})
    raise ProgramError(
        f"the type {returns!r:.100} cannot be saved. Use bool, int, float, str, Literal, a list of one of these, or "
        "a JSON schema."
    )


def _returns(saved: SavedType | None) -> object:
    match saved:
        case PlainType():
            return _BY_NAME[saved.type]
        case LabelsType():
            return Literal.__getitem__(saved.labels)
        case ListType():
            return GenericAlias(list, (_BY_NAME[saved.items],))
        case SchemaType():
            return json.loads(saved.schema_text)
        case _:
            return None


def _read(node: Node, made: list[Stage], bundle: Bundle, make: Maker) -> Stage:
    match node:
        case CallNode():
            return Call(make(bundle.members[node.program], _returns(node.returns), node.abstain))
        case ConstantNode():
            return Constant(node.value)
        case PipeNode():
            return Pipe(tuple(made[place] for place in node.stages))
        case MapNode():
            return Map(made[node.stage])
        case SwitchNode():
            cases = {label: made[place] for label, place in node.cases.items()}
            return Switch(made[node.on], cases, None if node.default is None else made[node.default])
        case RequireNode():
            fallback = None if node.fallback is None else made[node.fallback]
            return Require(made[node.stage], read_check(node.check), node.retries, node.temperature, fallback)
