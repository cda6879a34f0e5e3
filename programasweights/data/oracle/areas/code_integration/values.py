"""Integration with code: values and types, names in code."""

from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels

__all__ = ["area"]

area = Area("Integration with code")

_TRUE = "yes y true on 1 enabled active allow allowed sure yep yup ok TRUE Yes ON enable positive ✓ checked".split()
_FALSE = "no n false off 0 disabled inactive deny denied nope nah never FALSE No OFF disable negative ✗ unchecked".split()
_UNSET = (
    "",
    "n/a",
    "maybe",
    "2",
    "default",
    "?",
    "later",
    "unknown",
    "tbd",
    "-",
    "inherit",
    "not set",
    "null",
    "ask me",
    "auto",
)


@area.family(
    "values and types",
    "[read|parse] the setting as a yes-or-no value: {true} for anything that says yes (yes, on, enabled, 1, sure "
    "...), {false} for anything that says no (off, disabled, 0, nope ...), {unset} if it is empty or says neither. "
    "Only the value after the key counts, in any letter case",
    "Setting -> {true} (yes/on/1/enabled/allow ...), {false} (no/off/0/disabled/deny ...), {unset} (empty, unclear "
    "or anything else). The key's name does not matter.",
    "Our configuration files were written by many hands, and a switch may be on, Yes, enabled, 1 or just yep. I need "
    "{true} where the value switches the thing on or agrees, {false} where it switches it off or refuses, and "
    "{unset} where it is empty or cannot be read as either. [Look at the value only; the name of the key can "
    "mislead.|The key may well mislead; only the value counts.]",
    given="a line of a configuration file",
    difficulty=1,
    labels=labels(true=("true", "1", "on", "True"), false=("false", "0", "off", "False"), unset=("null", "unset",
    "unknown", "None")),
)  # fmt: skip
def loose_switch_value(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("true", "false", "unset"))
    value = draw.pick({"true": _TRUE, "false": _FALSE, "unset": _UNSET}[kind])
    key = draw.pick(
        "newsletter dark_mode disable_cache cache no_reply debug logging beta_features sound auto_update two_factor "
        "remember_me disable_login offline_mode show_errors public_profile".split()
    )
    form = draw.pick(("{k}={v}", "{k}: {v}", "{k} = {v}", "{k} -> {v}", '{k}="{v}"', "{k}\t{v}"))
    return form.format(k=key, v=draw.pick((value, value, value.upper(), value.title()))), p.labels[kind]


_LITERALS: dict[str, tuple[str, ...]] = {
    "whole": ("0", "7", "-12", "1024", "-1", "42", "365", "-300", "8080", "19"), "real": ("3.14", "-0.5", "2.0",
    "1e3", "0.001", "-7.25", "99.9", "6.02e23"), "text": ('"hello"', '"7"', "'true'", '"3.14"', "''", '"null"',
    "'a, b'", '"[1, 2]"', '"2026-01-01"', "'{}'"),
    "flag": ("true", "false", "True", "False"), "list": ("[1, 2, 3]", "[]", '["a", "b"]', "[true, false]",
    "[[1], [2]]", '["7"]', "[null]"), "map": ('{"a": 1}', "{}", '{"x": [1, 2]}', '{"name": "Ann", "age": 7}',
    '{"on": true}'), "nil": ("null", "None", "nil"),
}  # fmt: skip


@area.family(
    "values and types",
    "[name|give] the type of the literal: {whole} for a whole number, {real} for a number with a decimal point or "
    "exponent, {text} for text in quotes (whatever is inside), {flag} for true or false, {list} for a list in square "
    "brackets, {map} for an object in braces, {nil} for null, None or nil",
    "Type of a literal. Integer {whole}, float (point or exponent) {real}, quoted string {text}, boolean {flag}, "
    "array {list}, object {map}, null/None/nil {nil}. [Quotes always make it a string.|Anything in quotes is a "
    "string.]",
    "I am writing a reader for values and need the type of each: {whole} where it is an integer, {real} where it has "
    "a point or an exponent, {text} where quotes stand around it, {flag} where it is true or false, {list} for "
    "square brackets, {map} for curly ones, {nil} where it stands for nothing (null, None, nil). If the input is an "
    "assignment, judge its right side.",
    given="a literal, perhaps with a name in front of it",
    labels=labels(whole=("int", "integer", "i"), real=("float", "double", "f"), text=("string", "str", "s"),
    flag=("bool", "boolean", "b"), list=("list", "array", "l"), map=("dict", "object", "m"), nil=("null", "none",
    "n")),
)  # fmt: skip
def type_of_a_literal(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_LITERALS))
    value = draw.pick(_LITERALS[kind])
    if kind == "whole" and draw.chance(0.6):
        value = str(draw.randint(-99999, 99999))
    elif kind == "real" and draw.chance(0.6):
        value = f"{draw.randint(-500, 500)}.{draw.randint(0, 999):03d}"
    elif kind in ("text", "list", "map") and draw.chance(0.6):
        inner = draw.pick(
            (words.noun(draw), str(draw.randint(0, 99)), draw.pick(("true", "null", "3.5", "[]")))
        )
        value = {
            "text": f'"{inner}"',
            "list": f'["{inner}", {draw.randint(0, 9)}]',
            "map": f'{{"{words.noun(draw)}": "{inner}"}}',
        }[kind]
    form = draw.pick(("{}", "{}", "{}", "x = {}", "value: {}", "limit={}", "  {}", "const a = {};", "{}\n"))
    return form.format(value), p.labels[kind]


_CASES = {
    "snake_case": "snake", "snake_case (small letters, underscores)": "snake", "camelCase": "camel",
    "camelCase with a small first letter": "camel", "PascalCase": "pascal",
    "PascalCase (every word with a capital, nothing in between)": "pascal", "kebab-case": "kebab",
    "kebab-case (small letters, hyphens)": "kebab", "SCREAMING_SNAKE_CASE": "upper",
    "UPPER_CASE with underscores": "upper",
}  # fmt: skip


def _cased(parts: list[str], case: str) -> str:
    if case in ("snake", "kebab", "upper"):
        text = ("-" if case == "kebab" else "_").join(parts)
        return text.upper() if case == "upper" else text
    text = "".join(part.capitalize() for part in parts)
    return text if case == "pascal" else text[0].lower() + text[1:]


_PLACES = ("{}", "{}", "rename {}", "var {}", "{} = 0", "column {}", "the field {}", "def {}():")


@area.family(
    "names in code",
    "[rewrite|convert|rename|restyle] the [identifier|name] in {case}{prefix}. [Give only the new name.|Answer with "
    "the new name alone.] Words of an identifier are divided by capitals, underscores, hyphens or spaces",
    "[Identifier|Name in the code|Variable or other name|The name] -> {case}{prefix}. [New name only.|Only the new "
    "name.]",
    "[Our two systems|Two of our systems|Front end and back end] name things differently. [I paste|I send|You get] a "
    "line with one name in it, whatever its style, and want that name in {case}{prefix}. [Nothing but the name, "
    "please.|Just the name.] A new word begins at a capital letter, an underscore, a hyphen or a space.",
    given="a line with an identifier",
    case=choice(_CASES),
    prefix=choice({"": "", ", without any prefix": "", ", with my_ put in front as it is": "my_",
    ", with x- put in front as it is": "x-", ", with a dollar sign in front": "$", ", with a dot in front": ".",
    ", followed by ()": "()", ", in double quotes": '"'}),
)  # fmt: skip
def identifier_in_other_case(draw: Draw, p: Values) -> Pair:
    pool = "user name order total customer address line count file path max size min price start date is active has errors item list page number tax rate last login retry delay".split()
    parts = draw.some(pool, 2, 4)
    style = draw.pick([c for c in ("snake", "camel", "pascal", "kebab", "upper") if c != p.case])
    shown = _cased(parts, style) if draw.chance(0.88) else " ".join(parts)
    made = _cased(parts, p.case)
    answer = made + "()" if p.prefix == "()" else f'"{made}"' if p.prefix == '"' else p.prefix + made
    return draw.pick(_PLACES if " " not in shown else ("{}",)).format(shown), answer


_RESOURCES = (
    "customer",
    "order item",
    "invoice",
    "category",
    "delivery address",
    "person",
    "tax rate",
    "box",
    "child",
    "country",
    "user profile",
    "price list",
    "story",
    "bus",
    "city",
    "warehouse",
    "gift card",
    "company",
    "payment method",
    "branch",
    "class",
    "opening hour",
    "mouse",
    "shipment",
)


@area.family(
    "names in code",
    "[make|give|derive|form] the name of the {target} for the [class|given class|class in the input]: the plural in "
    "English, in {case}, {wrap}",
    "[Class name -> {target}|{target} for a class|From class to {target}]: [plural|English plural], {case}, {wrap}",
    "[Our generator|My script|Our framework] [builds|makes] a {target} from each class. Take the class name, put its "
    "last word in the English plural, write everything in {case} and give it {wrap}. [Words of a class name begin "
    "with capitals.|Each capital starts a new word.]",
    given="the name of a class",
    target=choice({"resource path": 0, "database table": 0, "collection": 0, "end point": 0}),
    case=choice({"snake_case": "snake", "kebab-case": "kebab", "camelCase": "camel", "SCREAMING_SNAKE_CASE": "upper",
    "small letters with underscores": "snake", "small letters with hyphens": "kebab"}),
    wrap=choice({"with a slash in front": "/{}", "as it is, with nothing around it": "{}",
    "with a slash at either end": "/{}/", "with tbl_ in front": "tbl_{}", "with /api/ in front": "/api/{}",
    "between double quotes": '"{}"', "with shop. in front": "shop.{}", "with a colon in front": ":{}",
    "with .json behind it": "{}.json", "with a slash in front and ?page=1 behind it": "/{}?page=1"}),
)  # fmt: skip
def class_name_to_plural_resource(draw: Draw, p: Values) -> Pair:
    parts = draw.pick(_RESOURCES).split()
    if draw.chance(0.5) and len(parts) == 1:
        parts.insert(0, draw.pick("old new public private shared external internal primary".split()))
    form = draw.pick(("{}", "{}", "class {}", "class {}:", "public class {} {{", "{}.java", "model {}"))
    return form.format(_cased(parts, "pascal")), p.wrap.format(
        _cased([*parts[:-1], words.plural(parts[-1])], p.case)
    )
