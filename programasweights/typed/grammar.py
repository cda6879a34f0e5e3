"""Grammars for llguidance, from patterns and JSON schemas, so that what they allow is also valid in Python.

Patterns of Python's `re` are translated where the two dialects differ. Leaves out what is not regular: look-around and
backreferences are refused.
"""

import json
import re
from typing import Any

from llguidance import LLMatcher, regex_to_lark

from programasweights.errors import SpecError

__all__ = ["regex_grammar", "schema_grammar"]

_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s", re.VERBOSE: "x"}
_ESCAPE_OR_COUNT = re.compile(r"\\.|\{,(?=\d+\})", re.DOTALL)
_SHORTHANDS = {
    # subsets of what Python means by them in Unicode
    r"\d": "0-9",
    r"\w": "0-9A-Za-z_",
    r"\s": r" \t\n\r\f\v",
}
_MOST = 10**15
_VALUES = frozenset({"const", "default", "enum", "examples"})


def regex_grammar(pattern: "re.Pattern[str]") -> str:
    """The grammar of the texts that a pattern matches in full.

    Raises:
        SpecError: the pattern is not a regular expression in the strict sense.
    """
    flags = "".join(letter for flag, letter in _FLAGS.items() if pattern.flags & flag)
    body = _translated(pattern.pattern)
    regex = f"(?{flags}:{body})" if flags else body
    # a class and its complement are ASCII, so that a negated one must not reach beyond it
    ascii_only = " & /[\\x00-\\x7F]*/" if re.search(r"\\[DWS]|\[\^[^\]]*\\[dws]", pattern.pattern) else ""
    grammar = LLMatcher.grammar_from_lark(f"start: TEXT\nTEXT: /{regex_to_lark(regex, '')}/{ascii_only}\n")
    return _checked(grammar, f"the pattern {pattern.pattern!r:.100}")


def _translated(source: str) -> str:
    source = re.sub(r"\A(\^|\\A)+", "", source)
    source = re.sub(r"(?<!\\)((?:\\\\)*)(\$|\\Z)+\Z", r"\1", source)
    inside = _class_spans(source)

    def replace(found: "re.Match[str]") -> str:
        text = found.group()
        if text == "{,":
            return text if inside[found.start()] else "{0,"
        lower = text.lower()
        if lower not in _SHORTHANDS:
            return text
        members = _SHORTHANDS[lower]
        if text == lower:
            return members if inside[found.start()] else f"[{members}]"
        return f"[^{members}]"

    return _ESCAPE_OR_COUNT.sub(replace, source)


def _class_spans(source: str) -> list[bool]:
    """For every character, whether it stands inside a `[...]`."""
    spans, inside, skip = [], False, False
    for place, letter in enumerate(source):
        spans.append(inside)
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif not inside and letter == "[":
            inside = True
        elif inside and letter == "]" and source[:place].rstrip("^")[-1:] != "[":
            inside = False
    return spans


def schema_grammar(schema: dict[str, Any]) -> str:
    """The grammar of JSON on one line that a schema allows; its numbers lie within 10**15 of 0.

    Raises:
        SpecError: the schema is not valid, or uses what cannot be masked by.
    """
    try:
        bounded = _bounded(json.loads(json.dumps(schema)))
        grammar = LLMatcher.grammar_from_json_schema(
            bounded,
            overrides={"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "},
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise SpecError(f"the JSON schema cannot be read: {error}.") from error
    return _checked(grammar, "the JSON schema")


def _bounded(node: Any) -> Any:
    """A schema whose numbers are not endless: without a limit of its own, within 10**15 of 0."""
    if isinstance(node, list):
        return [_bounded(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: value if key in _VALUES else _bounded(value) for key, value in node.items()}
    kinds = found["type"] if isinstance(found.get("type"), list) else [found.get("type")]
    if any(kind in ("integer", "number") for kind in kinds):
        if not {"minimum", "exclusiveMinimum"} & found.keys():
            found["minimum"] = min(1 - _MOST, found.get("maximum", 0) - 1)
        if not {"maximum", "exclusiveMaximum"} & found.keys():
            found["maximum"] = max(_MOST - 1, found.get("minimum", 0) + 1)
    return found


def _checked(grammar: str, what: str) -> str:
    message = LLMatcher.validate_grammar(grammar)
    if message and not message.startswith("WARNING"):
        raise SpecError(f"{what} cannot be decoded by: {' '.join(message.split())[:300]}")
    return grammar
