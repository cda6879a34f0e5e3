"""A bundle as a readable page: its graph, and a line for each program. Needs no base model."""

from programasweights.composition.checks import read_check
from programasweights.program import Bundle
from programasweights.program.bundle_file import bundle_to_bytes
from programasweights.program.graph import (
    CallNode,
    ConstantNode,
    LabelsType,
    ListType,
    MapNode,
    Node,
    PipeNode,
    RequireNode,
    SavedType,
    SwitchNode,
)

__all__ = ["describe"]


def describe(bundle: Bundle) -> str:
    """The page."""
    nodes = bundle.behaviour.nodes
    lines = [
        f"{'id:':<14}{bundle.id}",
        f"{'size:':<14}{len(bundle_to_bytes(bundle)):,} bytes",
        f"{'programs:':<14}{len(bundle.members)}",
        "",
        "Stages",
        *_tree(nodes, len(nodes) - 1, bundle, "", 0),
    ]
    for name, program in bundle.members.items():
        lines += ["", f"Program {name[:12]} on {program.behaviour.interpreter.name}"]
        lines.append(program.behaviour.spec.text)
    return "\n".join(lines)


def _tree(nodes: tuple[Node, ...], place: int, bundle: Bundle, label: str, depth: int) -> list[str]:
    node = nodes[place]
    lines = [f"{'  ' * depth}{label}{_words(node)}"]
    for name, child in _named(node):
        lines += _tree(nodes, child, bundle, name, depth + 1)
    return lines


def _words(node: Node) -> str:
    match node:
        case CallNode():
            gives = "" if node.returns is None else f" -> {_type(node.returns)}"
            unsure = "" if node.abstain is None else f", abstains below {node.abstain.below:g}"
            return f"program {node.program[:12]}{gives}{unsure}"
        case ConstantNode():
            return f"the text {node.value!r:.80}"
        case PipeNode():
            return "one after the other"
        case MapNode():
            return "for each item"
        case SwitchNode():
            return "switch"
        case RequireNode():
            return f"required to be {read_check(node.check)}; {node.retries} retries at {node.temperature:g}"


def _named(node: Node) -> list[tuple[str, int]]:
    match node:
        case PipeNode():
            return [("", place) for place in node.stages]
        case MapNode():
            return [("", node.stage)]
        case SwitchNode():
            cases = [(f"{label!r}: ", node.cases[label]) for label in sorted(node.cases)]
            default = [] if node.default is None else [("otherwise: ", node.default)]
            return [("on ", node.on), *cases, *default]
        case RequireNode():
            fallback = [] if node.fallback is None else [("else ", node.fallback)]
            return [("", node.stage), *fallback]
        case _:
            return []


def _type(saved: SavedType) -> str:
    match saved:
        case LabelsType():
            return f"one of {', '.join(map(str, saved.labels))}"[:100]
        case ListType():
            return f"list of {saved.items}"
        case _:
            return saved.type
