"""Format validation: brackets in balance."""

from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, token, yes_no

__all__ = ["area"]

area = Area("Format validation")


_PAIRS = {"(": ")", "[": "]", "{": "}"}
_SETS = {
    "round, square and curly brackets": "([{",
    "the brackets ( ), [ ] and { }": "([{",
    "round and square brackets": "([",
    "the brackets ( ) and [ ]": "([",
    "round brackets": "(",
    "parentheses ( )": "(",
    "curly and square brackets": "[{",
    "round and curly brackets": "({",
}


def _nested(draw: Draw, depth: int) -> str:
    """A text with all kinds of brackets, closed as they should be."""
    if depth == 0:
        return draw.pick(
            (
                words.noun(draw),
                draw.pick(words.ADJECTIVES),
                str(draw.randint(1, 99)),
                f"{words.noun(draw)} {words.noun(draw)}",
            )
        )
    opening = draw.pick("((([[{")
    inner = _nested(draw, depth - 1)
    text = draw.pick(("{}{}{}{}", "{} {}{}{}", "{}{}{}{} +")).format(
        draw.pick((words.noun(draw), "f", "x", "a", "list", "")), opening, inner, _PAIRS[opening]
    )
    return (
        text
        if draw.chance(0.5)
        else f"{text}{draw.pick((', ', ' ', ' = '))}{_nested(draw, draw.randrange(depth))}"
    )


def _open_ones(text: str, kinds: str) -> list[str] | None:
    """Brackets of these kinds that are not closed, None if one is closed wrongly."""
    stack: list[str] = []
    closing = {_PAIRS[k]: k for k in kinds}
    for sign in text:
        if sign in kinds:
            stack.append(sign)
        elif sign in closing and (not stack or stack.pop() != closing[sign]):
            return None
    return stack


@area.family(
    "brackets",
    "[check|say] whether {kinds} are balanced in the text (each one closed by its own kind and in the right "
    "order): {yes} or, if not, {no}. [Other signs do not matter|All other signs are ignored]",
    "Balanced? Look at {kinds} alone. {yes} if every opening one has its closing one, properly nested; {no} if not.",
    "I check [formulas|snippets] before I run them. Looking at {kinds} and at nothing else, return {yes} if all "
    "are opened and closed in proper nesting, {no} if one is left open, closed twice or crossed with another.",
    given="a snippet",
    difficulty=3,
    kinds=choice(_SETS),
    labels=yes_no(),
)
def brackets_in_balance(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    while True:
        text = " ".join(_nested(draw, draw.randint(1, 3)) for _ in range(draw.randint(1, 2)))
        places = [k for k, sign in enumerate(text) if sign in "()[]{}"]
        if not wanted or draw.chance(0.3):
            at = draw.pick(places)
            text = text[:at] + draw.pick(("", draw.pick("()[]{}"), text[at] * 2)) + text[at + 1 :]
        if (_open_ones(text, p.kinds) == []) == wanted:
            return text, p.labels["yes" if wanted else "no"]


@area.family(
    "brackets",
    "[write|give] the closing brackets [that have to be added|to be added] at the end so that all (, [ and {{ are "
    "closed in the right order, {space}; {none} if nothing is open",
    "[Missing closers|Closing signs needed] for ( [ {{ at the end of the text, in order, {space}; nothing open: "
    "{none}",
    "The [code|formula|snippet] [is|was] cut off at the end. [Tell me|Return] which closing signs I must append "
    "so that every round, square and curly bracket is closed, the innermost first, {space}. [If everything is "
    "closed already|If nothing is open], return {none}.",
    given="a snippet that was cut off",
    difficulty=3,
    space=choice({"without spaces": "", "written together": "", "with single spaces between them": " ",
        "divided by spaces": " ", "with commas between them (no spaces)": ",", "each on its own line": "\n",
        "one per line": "\n"}),
    none=token("none", "ok", "-", "nothing", "closed", "complete", "0", "balanced", "all closed", "done"),
)  # fmt: skip
def closing_brackets_to_append(draw: Draw, p: Values) -> Pair:
    text = _nested(draw, draw.randint(2, 4))
    if draw.chance(0.75):
        places = [k for k, sign in enumerate(text) if sign in ")]}"]
        text = text[: draw.pick(places)].rstrip()
    left = _open_ones(text, "([{") or []
    return text, p.space.join(_PAIRS[k] for k in reversed(left)) or p.none
