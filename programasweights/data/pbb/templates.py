"""Contexts that an instruction's text stands in as a document: 20 for each domain, in our own words.

One is drawn for each instruction, or several; all together are the augmented form. None shows an input or an output.
"""

from collections.abc import Mapping
from typing import Literal

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.records import DomainName, Instruction
from programasweights.errors import DataError

__all__ = ["Form", "document", "documents", "forms", "templates"]

Form = Literal["code", "words"]

_FUNCTIONS = (
    "{text}",
    "# {name}\n\n{text}",
    "This is how {name} is defined.\n\n{text}",
    "The definition of {name}:\n{text}",
    "Lesson notes. Today: {name}.\n\n{text}\n\nLearn it by heart.",
    "Q: What does {name} do?\nA: {text}",
    "From our handbook, under '{name}':\n\n{text}",
    "Dear team,\n\n{name} has been agreed on:\n\n{text}\n\nPlease use it from now on.",
    "A new entry in the library is {name}.\n{text}\nEnd of entry.",
    "Whoever is asked for {name} follows this:\n{text}",
    "I could never remember {name}, so I wrote it down:\n\n{text}",
    "Change log: added {name}.\n\n{text}",
    "Exam question: copy out {name}.\nPerfect answer:\n{text}",
    "What is meant by {name} is exactly this:\n\n{text}\n\nNothing else is called {name}.",
    "=== {name} ===\n{text}\n======",
    "Reviewer: where is {name}?\nAuthor: here it is.\n{text}",
    "On the board stood {name}:\n{text}\nEveryone copied it.",
    "Reference card for {name}\n{text}",
    "To follow {name}, keep to these lines.\n\n{text}",
    'A student explains {name} to another:\n\n{text}\n\n"That is all of it," she says.',
)
_CIPHERS = (
    "{text}",
    "# The cipher {name}\n\n{text}",
    "How messages are written in {name}:\n\n{text}",
    "Code book, page of {name}.\n{text}",
    "The cipher {name} was kept secret until now.\n\n{text}",
    "Q: How does one encrypt with {name}?\nA: {text}",
    "Agents, from today our messages use {name}.\n\n{text}\n\nBurn this note.",
    "Museum label: {name}, a way of hiding words.\n{text}",
    "Puzzle page. The rules of {name}:\n{text}\nHave fun!",
    "My grandmother taught me {name}:\n\n{text}",
    "Found in a diary, on {name}:\n{text}",
    "Radio school, lesson on {name}.\n\n{text}\n\nPractise at home.",
    "Anyone who writes in {name} does this:\n{text}",
    "Ciphers from A to Z: {name}\n\n{text}",
    "The clerk read out how {name} works:\n{text}\nThen he locked the door.",
    "Specification of {name}\n----\n{text}\n----",
    "You asked me to explain {name}. Here it is.\n\n{text}",
    "{name} in short:\n{text}",
    "The club's letters are in {name}, which goes like this:\n\n{text}",
    "Before you use {name}, learn its rule.\n{text}\nNow you know {name}.",
)
_GRAMMARS = (
    "{text}",
    "# Grammar of {name}\n\n{text}",
    "This is the grammar of {name}.\n\n{text}",
    "How sentences are built in {name}:\n{text}",
    "A traveller's guide to {name}.\n\n{text}",
    "Q: What are the rules of {name}?\nA: {text}",
    "Language class, first day: {name}.\n{text}",
    "Field notes on {name}:\n\n{text}\n\nAll speakers agree.",
    "The people of the valley speak {name}.\n{text}",
    "Encyclopedia entry: {name}\n\n{text}",
    "For teachers of {name}:\n{text}\nAnything else is a mistake.",
    "A linguist describes {name} so:\n\n{text}",
    "Correct {name} keeps to this:\n{text}",
    "My notes for the test on {name}\n\n{text}",
    "Once there was a language called {name}.\n\n{text}",
    "Rules for translators into {name}:\n{text}",
    "{name} on one page\n{text}",
    "Every sentence of {name} is made like this.\n\n{text}\n\nThat is all there is to {name}.",
    "The academy of {name} has decided:\n{text}",
    "Learn {name}!\n\n{text}",
)
_OF: Mapping[str, tuple[str, ...]] = {
    "arithmetic": _FUNCTIONS,
    "leetcode": _FUNCTIONS,
    "ciphers": _CIPHERS,
    "grammars": _GRAMMARS,
}


def templates(domain: DomainName) -> tuple[str, ...]:
    """The contexts of a domain; `{name}` and `{text}` stand for the instruction's name and text."""
    return _OF[domain]


def forms(instruction: Instruction) -> tuple[Form, ...]:
    """The forms that an instruction has."""
    return ("code", "words") if instruction.description else ("code",)


def document(instruction: Instruction, template: str, *, form: Form = "code") -> str:
    """The instruction's text in a context.

    Args:
        instruction: the instruction.
        template: one of `templates`.
        form: `code` for its text, `words` for its description.

    Raises:
        DataError: the instruction has no description.
    """
    if form == "words" and not instruction.description:
        raise DataError(f"{instruction.name} has no description in words; use the form 'code'.")
    body = instruction.text if form == "code" else instruction.description
    before, _, after = template.partition("{text}")
    return before.replace("{name}", instruction.name) + body + after.replace("{name}", instruction.name)


def documents(
    instruction: Instruction, *, contexts: int, form: Form = "code", seed: int = 0
) -> tuple[str, ...]:
    """The instruction in as many contexts of its domain, drawn for it.

    Args:
        instruction: the instruction.
        contexts: how many; 20 or more are all.
        form: as for `document`.
        seed: of the draw.
    """
    known = templates(instruction.domain)
    chosen = Draw("context", seed, instruction.id).mix(known)[:contexts]
    return tuple(document(instruction, context, form=form) for context in chosen)
