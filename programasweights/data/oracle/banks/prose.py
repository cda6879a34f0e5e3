"""Sentences of everyday kinds: plain statements, chat, reviews, support requests, news, work notes.

Each is put together from many small parts, so that two draws are seldom the same.
"""

import re
from collections.abc import Callable

from programasweights.data.oracle.banks import names, words
from programasweights.data.oracle.draw import Draw

__all__ = ["chat", "headline", "note", "paragraph", "question", "sentence", "statement", "ticket"]


def _fill(draw: Draw, template: str) -> str:
    """Replace each {part} of a template by a draw of its kind."""
    filled = re.sub(r"\{(\w+)\}", lambda found: _PARTS[found.group(1)](draw), template)
    # Firms' names may end in a full stop, and begin with a vowel.
    filled = re.sub(r"(?<!\.)\.\.(?!\.)", ".", filled)
    return re.sub(r"(?<![\w/])([Aa]) (?=[aeiouAEIOU])", r"\1n ", filled)


def _thing(draw: Draw) -> str:
    return f"{draw.pick(words.ADJECTIVES)} {words.noun(draw)}" if draw.chance(0.5) else words.noun(draw)


def _clock(draw: Draw) -> str:
    if draw.chance(0.4):
        return f"{draw.randint(7, 22)}:{draw.randint(10, 59)}"
    return f"{draw.randint(1, 12)}{draw.pick(('', ':15', ':30', ':45', ':00'))} {draw.pick(('am', 'pm'))}"


_PARTS: dict[str, Callable[[Draw], str]] = {
    "first": names.first_name,
    "name": names.full_name,
    "city": names.city,
    "company": names.company,
    "product": names.product,
    "job": names.job,
    "country": names.country,
    "thing": _thing,
    "noun": words.noun,
    "things": lambda d: words.plural(words.noun(d)),
    "adjective": lambda d: d.pick(words.ADJECTIVES),
    "adverb": lambda d: d.pick(words.ADVERBS),
    "past": lambda d: words.verb(d)[2],
    "base": lambda d: words.verb(d)[0],
    "participle": lambda d: words.verb(d)[3],
    "day": lambda d: d.pick(words.KINDS["weekday"]),
    "month": lambda d: d.pick(words.KINDS["month"]),
    "clock": _clock,
    "small": lambda d: str(d.randint(2, 9)),
    "number": lambda d: str(d.randint(10, 900)),
    "money": lambda d: d.pick(("${}", "€{}", "£{}", "{} euros", "{} dollars")).format(d.randint(5, 900)),
}

_STATEMENTS = (
    "{first} {past} the {thing} near the {noun}.", "The {thing} was {participle} on {day}.",
    "We {past} {small} {things} in {city} last {month}.", "My neighbour {first} never {past} the {noun}.",
    "A {thing} stood between the {noun} and the {noun}.", "{name} works as a {job} at {company}.",
    "On {day}, {first} and {first} {past} a {thing}.", "Nobody knew who had {participle} the {thing}.",
    "The {noun} in {city} opens at {clock}.", "{company} {past} {number} {things} in {month}.",
    "It took {small} days to {base} the {thing}.", "{first} moved from {city} to {city} in {month}.",
    "They {adverb} {past} the {thing} for {money}.", "After lunch the {job} {past} the {thing}.",
    "Everyone at {company} remembers the {thing}.", "The old {noun} cost {money} at the market in {city}.",
    "Her {thing} arrived at {clock}, {small} hours late.", "{first} said that the {noun} was too {adjective}.",
    "If it rains on {day}, we {base} the {thing} instead.", "There were {number} people at the {noun}.",
)  # fmt: skip
_CHATS = (
    "hey {first}, are you coming to the {noun} on {day}?", "Can you {base} the {thing} before {clock}?",
    "ok see you at {clock}", "I left my {noun} at {first}'s place, could you bring it?", "running {small} min late, sorry",
    "Did {first} tell you about the {thing}?", "thanks for the {noun} yesterday, it was great",
    "The train to {city} is late again, I'll be there around {clock}.", "who {past} my {noun}??",
    "Let's meet at the {noun} at {clock}, {first} is bringing {small} {things}.", "No idea, ask {first}",
    "Happy birthday {first}! Hope you have a lovely {day}.", "sent you {money} for the tickets",
    "We're out of {things}, can you get some on the way?", "My flight from {city} lands at {clock} on {day}.",
    "just finished the {noun}, what do you think?", "Call me when you're back in {city}",
)  # fmt: skip
_TICKETS = (
    "My {product} arrived broken, please send a new one.", "I ordered a {product} on {day} and it still isn't here.",
    "How do I change the address of my order {number}?", "The app closes whenever I open the {noun} page.",
    "I was charged {money} twice for one {product}.", "Can I return the {product} without the box?",
    "I can't log in since {day}; the reset mail never comes.", "Where is my invoice for order {number}?",
    "Your courier left the {product} at the wrong house in {city}.", "Please cancel my subscription from {month} on.",
    "The {product} is the wrong size, I need a smaller one.", "Do you ship {product} to {country}?",
    "The discount code from {month} doesn't work for the {product}.", "I'd like to speak to someone about order {number}.",
    "The {product} makes a {adjective} noise after {small} minutes.", "Great service, the {product} came within {small} days!",
)  # fmt: skip
_HEADLINES = (
    "{company} opens new office in {city}", "{city} council votes to {base} the old {noun}",
    "Storm leaves {number} homes without power in {country}", "{name} named head of {company}",
    "{country} to {base} {number} {things} by {month}", "Fire at {city} {noun}: {small} people hurt",
    "{company} shares fall after {month} report", "Scientists find {adjective} {noun} near {city}",
    "Police in {city} look for stolen {noun}", "{name} wins prize for book about a {thing}",
)  # fmt: skip
_NOTES = (
    "Meeting with {first} moved to {day} {clock}.", "{first} to {base} the {noun} by {day}.",
    "Budget for the {noun}: {money}, agreed with {company}.", "Call {name} about the {thing}.",
    "TODO: {base} the {noun}, then tell {first}.", "Order {number} {things} for the {city} office.",
    "Decision: we keep the {thing} until {month}.", "{first} is on holiday from {day}.",
    "Bug: the {noun} page shows {number} twice.", "Release planned for {month}; {first} checks the {noun}.",
)  # fmt: skip
_QUESTIONS = (
    "Where did {first} put the {thing}?", "Who {past} the {noun} in {city}?", "How many {things} does {company} sell?",
    "When does the {noun} in {city} open?", "Why was the {thing} {participle}?", "Is the {noun} {adjective}?",
    "Which {noun} is closer to {city}?", "Could you {base} the {noun} by {day}?", "What does a {job} earn in {country}?",
    "How long does it take to {base} a {thing}?", "Has {first} already {participle} the {noun}?",
)  # fmt: skip


def statement(draw: Draw) -> str:
    """A plain statement with a full stop."""
    return _upper(_fill(draw, draw.pick(_STATEMENTS)))


def chat(draw: Draw) -> str:
    """A short private message, often informal."""
    return _fill(draw, draw.pick(_CHATS))


def ticket(draw: Draw) -> str:
    """What a customer writes to a shop."""
    return _fill(draw, draw.pick(_TICKETS))


def headline(draw: Draw) -> str:
    """A newspaper headline, without a full stop."""
    return _upper(_fill(draw, draw.pick(_HEADLINES)))


def note(draw: Draw) -> str:
    """A line from somebody's work notes."""
    return _upper(_fill(draw, draw.pick(_NOTES)))


def question(draw: Draw) -> str:
    """A question."""
    return _fill(draw, draw.pick(_QUESTIONS))


def sentence(draw: Draw) -> str:
    """A text of one sentence, of any of these kinds."""
    return draw.pick((statement, statement, chat, ticket, headline, note, question))(draw)


def paragraph(draw: Draw, low: int, high: int) -> str:
    """Between `low` and `high` statements, tickets or notes in a row."""
    return " ".join(
        draw.pick((statement, statement, ticket, note))(draw) for _ in range(draw.randint(low, high))
    )


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
