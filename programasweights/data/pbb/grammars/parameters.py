"""Languages as parameters: word order, where adjectives stand, and which small words there are."""

from dataclasses import asdict, dataclass
from itertools import permutations
from typing import Any, Literal

from programasweights.data.oracle.draw import Draw
from programasweights.data.pbb.grammars.rules import Grammar
from programasweights.data.pbb.grammars.vocabularies import PARTICLES, VOCABULARIES

__all__ = ["Language", "Mark", "draw_language"]

Side = Literal["before", "after"]

_ORDERS = tuple("".join(order) for order in permutations("SOV"))
_ROLES = {"S": "subject", "O": "object", "V": "verb"}


@dataclass(frozen=True)
class Mark:
    """A small word, and on which side of what it marks it stands."""

    word: str
    side: Side


@dataclass(frozen=True)
class Language:
    """A language of one kind of sentence: a subject, an object and a verb."""

    name: str
    order: str
    """S, O and V in some order."""
    vocabulary: str
    """One of the five."""
    adjective: Side
    """Where an adjective stands; every noun may have one."""
    article: Mark | None
    """Stands before or after noun and adjective, always."""
    subject: Mark | None
    """Marks the subject, always."""
    object: Mark | None
    """Marks the object, always."""
    agreement: Mark | None
    """Stands with the verb, always."""
    plural: Mark | None
    """May stand with a noun."""
    question: Mark | None
    """May stand before or after the sentence, and makes it a question."""

    def attributes(self) -> dict[str, Any]:
        """All parameters but the name, as JSON values."""
        found = {name: value for name, value in asdict(self).items() if name != "name"}
        return found | {"features": sum(isinstance(value, Mark) for value in vars(self).values())}

    def grammar(self) -> Grammar:
        """The language as rules."""
        words = VOCABULARIES[self.vocabulary]
        clause = tuple(item for role in self.order for item in self._role(role))
        sentences = [clause] if self.question is None else [clause, _marked(clause, self.question)]
        noun: tuple[str, ...] = ("Noun",) if self.plural is None else ("Thing",)
        described = ("Adjective", *noun) if self.adjective == "before" else (*noun, "Adjective")
        rules: dict[str, tuple[tuple[str, ...], ...]] = {
            self.name: tuple(sentences),
            "Subject": (_marked(("Phrase",), self.subject),),
            "Object": (_marked(("Phrase",), self.object),),
            "Phrase": (_marked(noun, self.article), _marked(described, self.article)),
        }
        if self.plural is not None:
            rules["Thing"] = (("Noun",), _marked(("Noun",), self.plural))
        for symbol, bank in (("Noun", words.nouns), ("Verb", words.verbs), ("Adjective", words.adjectives)):
            rules[symbol] = tuple((word,) for word in bank)
        return Grammar(rules)

    def signature(self) -> tuple[Any, ...]:
        """What decides which sentences there are; whom a small word marks cannot be seen from where it stands."""
        phrase = {"S": _marked(("Phrase",), self.subject), "O": _marked(("Phrase",), self.object)}
        clause = tuple(item for role in self.order for item in phrase.get(role, self._role(role)))
        return (clause, self.vocabulary, self.adjective, self.article, self.plural, self.question)

    def in_words(self) -> str:
        """The language in sentences."""
        roles = [_ROLES[role] for role in self.order]
        said = [f"A sentence of {self.name} is {roles[0]}, {roles[1]}, {roles[2]}."]
        said.append(f"An adjective may stand {self.adjective} its noun.")
        said += [
            f"'{mark.word}' {verb} {mark.side} {place}."
            for mark, verb, place in (
                (self.article, "stands", "every noun and its adjective"),
                (self.subject, "stands", "every subject"),
                (self.object, "stands", "every object"),
                (self.agreement, "stands", "every verb"),
                (self.plural, "may stand", "a noun, for more than one"),
                (self.question, "may stand", "the sentence, for a question"),
            )
            if mark is not None
        ]
        words = VOCABULARIES[self.vocabulary]
        said += [f"Nouns: {', '.join(words.nouns)}.", f"Verbs: {', '.join(words.verbs)}."]
        return " ".join([*said, f"Adjectives: {', '.join(words.adjectives)}."])

    def _role(self, role: str) -> tuple[str, ...]:
        return _marked(("Verb",), self.agreement) if role == "V" else (_ROLES[role].capitalize(),)


_FEATURES = ("article", "subject", "object", "agreement", "plural", "question")


def draw_language(draw: Draw, name: str, features: tuple[int, int]) -> Language:
    """A language with between `features[0]` and `features[1]` of the six kinds of small words."""
    chosen = draw.some(_FEATURES, *features)
    words = iter(draw.mix(PARTICLES))
    marks = {
        feature: Mark(next(words), draw.pick(("before", "after"))) if feature in chosen else None
        for feature in _FEATURES
    }
    return Language(
        name, draw.pick(_ORDERS), draw.pick(tuple(VOCABULARIES)), draw.pick(("before", "after")), **marks
    )


def _marked(items: tuple[str, ...], mark: Mark | None) -> tuple[str, ...]:
    if mark is None:
        return items
    return (mark.word, *items) if mark.side == "before" else (*items, mark.word)
