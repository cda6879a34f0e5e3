"""Worked problems, multiple-choice questions and layouts for several modules of this area."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from programasweights.data.oracle.banks import names
from programasweights.data.oracle.draw import Draw

__all__ = ["QUIZ", "Quiz", "Solved", "capital", "joined", "options_text", "quiz", "solved"]


@dataclass(frozen=True)
class Solved:
    """A word problem with its solution step by step."""

    question: str
    steps: list[str]
    """Sentences with one calculation each, such as "There are 4 × 6 = 24 eggs."."""
    sums: list[tuple[int, str, int, int]]
    """The calculations: left number, sign, right number, result."""
    answer: int
    unit: str


_SCENES = (
    ("{n} has {a} boxes with {b} pencils each and gives {c} pencils away. How many pencils are left?", "pencils",
     "*In all the boxes there are {s} pencils.", "-After giving {c} away, {s} pencils remain."),
    ("A cinema sells {a} rows of {b} seats and {c} extra chairs. How many guests fit in?", "guests",
     "*The rows hold {s} people.", "+With the extra chairs, it is {s}."),
    ("{n} rides {a} hours at {b} km per hour and then walks {c} km. How far is the whole trip?", "km",
     "*By bike that is {s} km.", "+Walking adds {c}, so {s} km."),
    ("{n} saves {a} dollars a week for {b} weeks, then spends {c} dollars. How much is left?", "dollars",
     "*The savings come to {s} dollars.", "-What is left after the purchase: {s} dollars."),
    ("A baker makes {a} trays of {b} rolls and finds {c} more in the shop. How many rolls are there?", "rolls",
     "*The trays give {s} rolls.", "+Together with the others, {s} rolls."),
    ("A pump fills {a} litres a minute for {b} minutes; {c} litres leak out. How much water is in the tank?", "litres",
     "*Pumped in: {s} litres.", "-Minus the leak: {s} litres."),
    ("{n} reads {a} pages a day for {b} days. The book has {c} pages more than that. How long is the book?", "pages",
     "*Read so far: {s} pages.", "+The book itself: {s} pages."),
    ("A farm packs {a} crates of {b} melons, and {c} melons are rotten. How many good melons are there?", "melons",
     "*All melons: {s}.", "-Without the rotten ones: {s}."),
)  # fmt: skip
_MORE = (
    ("+", " After that, {d} more come on top.", "Then {d} more come on top: {s}."),
    ("-", " Of that, {d} are taken off again.", "Finally {d} are taken off: {s}."),
    ("*", " All of this happens {d} times.", "Times {d} that makes {s}."),
)


def _calculated(x: int, sign: str, y: int) -> int:
    return {"+": x + y, "-": x - y, "*": x * y}[sign]


def solved(draw: Draw, extra: int | None = None) -> Solved:
    """A word problem with two steps and `extra` more (by default up to one)."""
    question, unit, *told = draw.pick(_SCENES)
    a, b, c = draw.randint(3, 12), draw.randint(6, 25), draw.randint(2, 9)
    parts = {
        "n": names.first_name(draw),
        "a": a,
        "b": b,
        "c": c,
    }
    times = draw.pick(("×", "*", "x"))
    question, value = question.format(**parts), a
    steps: list[str] = []
    sums: list[tuple[int, str, int, int]] = []
    operands = [("*", b, told[0][1:]), (told[1][0], c, told[1][1:])]
    for _ in range(draw.randrange(2) if extra is None else extra):
        sign, asked, said = draw.pick(_MORE)
        more = draw.randint(2, 9) if sign == "+" else draw.randint(2, 3)
        operands.append((sign, more, said.replace("{d}", str(more))))
        question = question.split(" How ")[0] + asked.format(d=more) + " How " + question.split(" How ", 1)[1]
    for sign, right, said in operands:
        result = _calculated(value, sign, right)
        shown = f"{value} {times if sign == '*' else sign} {right} = {result}"
        sums.append((value, sign, right, result))
        steps.append(said.format(s=shown, **parts))
        value = result
    return Solved(question, steps, sums, value, unit)


@dataclass(frozen=True)
class Quiz:
    """A multiple-choice question."""

    question: str
    options: list[str]
    right: int


QUIZ = tuple(
    (row.split("|")[0], tuple(row.split("|")[1].split("/")))
    for row in """Which planet is known as the red planet?|Mars/Venus/Jupiter/Saturn/Neptune
What is the largest ocean?|Pacific/Atlantic/Indian/Arctic/Southern
Which gas do plants take in?|carbon dioxide/oxygen/helium/nitrogen/hydrogen
Who wrote Hamlet?|Shakespeare/Dickens/Goethe/Austen/Tolstoy
Which metal is liquid at room temperature?|mercury/iron/copper/zinc/tin
What is the capital of Australia?|Canberra/Sydney/Perth/Melbourne/Hobart
How many legs does a spider have?|eight/six/ten/four/twelve
Which animal is a mammal?|dolphin/salmon/frog/eagle/lizard
Which instrument has keys and strings?|piano/flute/drum/trumpet/cello
Which country has the city of Porto?|Portugal/Brazil/Spain/Italy/Chile
What do bees make?|honey/silk/milk/wool/paper
Which is a prime number?|seventeen/twenty-one/fifteen/twenty-seven/nine
What is frozen water called?|ice/steam/dew/fog/mist
Which language is spoken in Vienna?|German/Dutch/Czech/Polish/Danish
Which organ pumps blood?|the heart/the liver/a kidney/the lungs/the stomach
What does a barometer measure?|air pressure/wind speed/humidity/rainfall/sunshine
Which data structure works first in, first out?|a queue/a stack/a tree/a hash map/a heap
Which keyword defines a function in Python?|def/func/lambda x/function/sub
Which HTTP status means not found?|404/200/301/500/403
Which river flows through Cairo?|the Nile/the Danube/the Amazon/the Volga/the Rhine""".split("\n")
)
"""Questions with options, the right one first."""


def quiz(draw: Draw, low: int = 3, high: int = 5) -> Quiz:
    """A question with its options in some order."""
    question, options = draw.pick(QUIZ)
    shown = draw.mix([options[0], *draw.some(options[1:], low - 1, high - 1)])
    return Quiz(question, shown, shown.index(options[0]))


def options_text(draw: Draw, options: Sequence[str]) -> str:
    """The options with letters before them, on lines or in a row."""
    mark = draw.pick(("{}) {}", "({}) {}", "{}. {}", "{}: {}", "[{}] {}"))
    return draw.pick(("\n", "\n", "  ", "; ")).join(mark.format("ABCDE"[n], o) for n, o in enumerate(options))


def joined(items: Sequence[str], last: str = "and") -> str:
    """The items as in a sentence: "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return re.sub(r"^[a-z]", lambda found: found.group().upper(), text)
