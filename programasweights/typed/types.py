"""What a function returns: a Python type as labels or a grammar, and the way from text to value and back.

| `returns=` | how it is produced | value |
|---|---|---|
| `bool`, `Literal[...]`, an Enum | labels, of which the most probable is taken | the label's value |
| `int`, `float` | masked decoding by a pattern | a number |
| `re.Pattern` | masked decoding by the pattern | a string that it matches in full |
| `dict`: a JSON schema | masked decoding by the schema | what `json.loads` gives |
| `str` | free decoding | a string |
| any other type that pydantic has a JSON schema for | masked decoding by that schema | a value of the type |
"""

import inspect
import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from programasweights.errors import OutputError, SpecError
from programasweights.typed.grammar import regex_grammar, schema_grammar

__all__ = ["MAX_LABELS", "OutputType", "output_type"]

MAX_LABELS = 1_000
_INT = r"0|-?[1-9][0-9]{0,17}"
_FLOAT = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?"


@dataclass(frozen=True)
class OutputType:
    """A set of texts that may be produced, each of which stands for a value."""

    name: str
    """How messages and specs call it."""
    hint: str
    """The sentence that a spec is ended with, so that the model knows the form; may be empty."""
    parse: Callable[[str], Any]
    """From a text of the set to its value; raises OutputError if the type has checks that a grammar cannot state."""
    write: Callable[[Any], str]
    """From a value to its text; raises SpecError if it is not a value of the type."""
    labels: tuple[str, ...] = ()
    """All texts, if the set is closed."""
    grammar: str | None = None
    """What llguidance masks by, if it is not; None for any text."""
    source: object = None
    """What `returns=` was given."""

    def described(self, prompt: str) -> str:
        """A task with the form of its output."""
        return f"{prompt}\n{self.hint}" if self.hint else prompt

    def written(self, examples: Iterable[tuple[str, Any]] | None) -> list[tuple[str, str]]:
        """Examples whose outputs are values or already text, as pairs of texts.

        Raises:
            SpecError: an output is neither.
        """
        return [self._pair(example) for example in examples or ()]

    def _pair(self, example: Any) -> Any:
        # what is no pair is refused where specs are made
        is_pair = isinstance(example, tuple | list) and len(example) == 2
        return (example[0], self._text(example[1])) if is_pair else example

    def _text(self, wanted: Any) -> str:
        if isinstance(wanted, str):
            try:
                self.parse(wanted)
            except OutputError as error:
                if self.labels or self.name == "str":
                    raise SpecError(f"an example's output is not of the type: {error}") from error
            else:
                return wanted
        return self.write(wanted)


def output_type(returns: object) -> OutputType:
    """The output type that `returns=` names.

    Raises:
        SpecError: there is no way to produce values of it.
    """
    return returns if isinstance(returns, OutputType) else replace(_made(returns), source=returns)


def _made(returns: object) -> OutputType:
    if returns is bool:
        return _labels("bool", {"yes": True, "no": False})
    if get_origin(returns) is Literal:
        return _labels("Literal", _literal_values(get_args(returns)))
    if isinstance(returns, type) and issubclass(returns, Enum):
        texts = [m.value if isinstance(m.value, str) else m.name for m in returns]
        return _labels(returns.__name__, dict(zip(texts, returns, strict=True)), texts)
    if returns is str:
        return OutputType("str", "", str, _write_str)
    if returns is int:
        return _number("int", _INT, int, "Answer with a whole number.")
    if returns is float:
        return _number("float", _FLOAT, float, "Answer with a number.")
    if isinstance(returns, re.Pattern):
        return _pattern(returns)
    return _schema(returns) if isinstance(returns, dict) else _python_type(returns)


def _labels(name: str, values: dict[str, Any], texts: list[str] | None = None) -> OutputType:
    if texts is not None and len(set(texts)) < len(texts):
        raise SpecError(
            f"{name} has two members with the text {max(texts, key=texts.count)!r}; make them differ."
        )
    if not 1 <= len(values) <= MAX_LABELS or not all(_is_label(text) for text in values):
        raise SpecError(
            f"{name} has the labels {list(values)!r:.200}, but must have 1 to {MAX_LABELS}, each of them valid text of "
            "1 character or more without white space at its ends."
        )

    def parse(text: str) -> Any:
        if text not in values:
            raise OutputError(f"{text!r:.100} is not one of the labels {list(values)!r:.200}.")
        return values[text]

    def write(value: Any) -> str:
        found = [text for text, known in values.items() if known == value and type(known) is type(value)]
        if not found:
            raise SpecError(f"{value!r:.100} is not a value of {name}: {list(values.values())!r:.200}.")
        return found[0]

    return OutputType(name, f"Answer with one of: {', '.join(values)}.", parse, write, tuple(values))


def _is_label(text: str) -> bool:
    return bool(text) and text == text.strip() and not any("\ud800" <= c <= "\udfff" for c in text)


def _literal_values(values: tuple[Any, ...]) -> dict[str, Any]:
    for value in values:
        if type(value) not in (str, int, bool):
            raise SpecError(
                f"Literal holds {value!r}, but only strings, whole numbers, True and False can be labels."
            )
    texts = [("yes" if value else "no") if type(value) is bool else str(value) for value in values]
    if len(set(texts)) < len(texts):
        raise SpecError(
            f"Literal has two values with the text {max(texts, key=texts.count)!r}; make them differ."
        )
    return dict(zip(texts, values, strict=True))


def _write_str(value: Any) -> str:
    if not isinstance(value, str):
        raise SpecError(f"an example's output is {value!r:.100}, but must be a string.")
    return value


def _number(name: str, pattern: str, cast: Callable[[str], Any], hint: str) -> OutputType:
    def parse(text: str) -> Any:
        if re.fullmatch(pattern, text) is None:
            raise OutputError(f"{text!r:.100} is not a number of the form {pattern}.")
        return cast(text)

    def write(value: Any) -> str:
        text = repr(value)
        if type(value) not in (int, cast) or re.fullmatch(pattern, text) is None:
            raise SpecError(
                f"an example's output is {value!r:.100}, but must be a number of the form {pattern}."
            )
        return text

    return OutputType(name, hint, parse, write, grammar=regex_grammar(re.compile(pattern)))


def _pattern(pattern: "re.Pattern[Any]") -> OutputType:
    if not isinstance(pattern.pattern, str):
        raise SpecError("the pattern is one of bytes, but outputs are text; compile it from a string.")

    def parse(text: str) -> str:
        if pattern.fullmatch(text) is None:
            raise OutputError(f"{text!r:.100} does not match {pattern.pattern!r:.100} in full.")
        return text

    def write(value: Any) -> str:
        try:
            return parse(_write_str(value))
        except OutputError as error:
            raise SpecError(f"an example's output is not of the type: {error}") from error

    return OutputType("pattern", "", parse, write, grammar=regex_grammar(pattern))


def _schema(schema: dict[str, Any]) -> OutputType:
    """Values of a JSON schema; of an example only JSON is checked, because no validator is at hand."""

    def parse(text: str) -> Any:
        try:
            return json.loads(text, parse_float=_finite)
        except (ValueError, RecursionError) as error:
            raise OutputError(f"{text!r:.100} is not JSON of finite numbers: {error}.") from error

    return OutputType("JSON schema", _json_hint(schema), parse, _dump, grammar=schema_grammar(schema))


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large")
    return number


def _python_type(returns: Any) -> OutputType:
    from pydantic import TypeAdapter, ValidationError
    from pydantic.errors import PydanticUserError

    name = getattr(returns, "__name__", str(returns))
    try:
        if inspect.isroutine(returns):
            raise TypeError("a function is not a type")
        adapter: TypeAdapter[Any] = TypeAdapter(returns)
        schema = adapter.json_schema()
    except (PydanticUserError, NameError, TypeError, AttributeError) as error:
        raise SpecError(
            f"returns is {returns!r:.100}, which has no JSON schema ({str(error).splitlines()[0]}). Use bool, int, "
            "float, str, Literal, an Enum, list, a pydantic model, a JSON schema or a compiled pattern."
        ) from error

    def parse(text: str) -> Any:
        try:
            return adapter.validate_json(text)
        except ValidationError as error:
            raise OutputError(
                f"{text!r:.200} is not a value of {name}: {error.errors()[0]['msg']}."
            ) from error

    def write(value: Any) -> str:
        try:
            return _dump(adapter.dump_python(adapter.validate_python(value), mode="json", by_alias=True))
        except ValidationError as error:
            raise SpecError(
                f"an example's output is not a value of {name}: {error.errors()[0]['msg']}."
            ) from error

    return OutputType(name, _json_hint(schema), parse, write, grammar=schema_grammar(schema))


def _dump(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise SpecError(f"an example's output cannot be written as JSON: {error}.") from error


def _json_hint(schema: dict[str, Any]) -> str:
    fields = ", ".join(schema.get("properties") or ())
    if schema.get("type") == "array":
        return "Answer with a JSON list."
    return f"Answer with a JSON object with the fields {fields}." if fields else "Answer with JSON."
