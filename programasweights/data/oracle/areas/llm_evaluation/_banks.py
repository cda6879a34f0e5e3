"""Questions with answers, and stories made of facts, for the families on evaluating language models."""

from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw

__all__ = ["REFUSALS", "SENTENCES", "Story", "fact", "heads", "refusal", "story", "worded"]

_CAPITALS = dict(
    pair.split("/")
    for pair in """France/Paris Spain/Madrid Italy/Rome Poland/Warsaw Japan/Tokyo Egypt/Cairo Peru/Lima Norway/Oslo Greece/Athens
    Portugal/Lisbon Austria/Vienna Hungary/Budapest Kenya/Nairobi Ireland/Dublin Finland/Helsinki Cuba/Havana Thailand/Bangkok
    Canada/Ottawa Sweden/Stockholm Denmark/Copenhagen Chile/Santiago Iceland/Reykjavik Romania/Bucharest Bulgaria/Sofia""".split()
)
_METALS = dict(
    pair.split("/")
    for pair in "gold/Au silver/Ag iron/Fe copper/Cu lead/Pb tin/Sn sodium/Na potassium/K helium/He oxygen/O "
    "carbon/C zinc/Zn".split()
)
_COUNTS = (
    ("How many legs does a spider have?", 8, "A spider has {} legs."),
    ("How many days are there in a leap year?", 366, "A leap year has {} days."),
    ("How many sides does a hexagon have?", 6, "A hexagon has {} sides."),
    ("How many minutes are there in two hours?", 120, "Two hours have {} minutes."),
    ("How many strings does a violin have?", 4, "A violin has {} strings."),
    ("How many planets orbit the Sun?", 8, "There are {} planets around the Sun."),
    ("How many squares are on a chessboard?", 64, "A chessboard has {} squares."),
    ("How many seconds are in an hour?", 3600, "An hour has {} seconds."),
    (
        "At how many degrees Celsius does water boil at sea level?",
        100,
        "At sea level water boils at {} degrees Celsius.",
    ),
    ("How many letters are in the English alphabet?", 26, "The English alphabet has {} letters."),
    (
        "How many players of one football team are on the pitch?",
        11,
        "A football team has {} players on the pitch.",
    ),
)
_YEARS = (
    ("In which year did people first land on the Moon?", 1969, "The first landing on the Moon was in {}."),
    ("In which year did the Second World War end?", 1945, "The Second World War ended in {}."),
    ("In which year did the Berlin Wall fall?", 1989, "The Berlin Wall fell in {}."),
    ("In which year did the Titanic sink?", 1912, "The Titanic sank in {}."),
    ("When did Columbus reach America for the first time?", 1492, "Columbus first reached America in {}."),
    ("In which year did the French Revolution begin?", 1789, "The French Revolution began in {}."),
)


def fact(draw: Draw) -> tuple[str, str, str, str]:
    """A question, its answer, a wrong answer of the same kind, and a sentence with {} for the answer."""
    kind = draw.randrange(5)
    if kind == 0:
        land, other = draw.sample(tuple(_CAPITALS), 2)
        return (
            f"What is the capital of {land}?",
            _CAPITALS[land],
            _CAPITALS[other],
            f"The capital of {land} is {{}}.",
        )
    if kind == 1:
        metal, other = draw.sample(tuple(_METALS), 2)
        return (
            f"What is the chemical symbol of {metal}?",
            _METALS[metal],
            _METALS[other],
            f"The chemical symbol of {metal} is {{}}.",
        )
    if kind == 2:
        a, b = draw.randint(3, 90), draw.randint(3, 90)
        total = a + b
        return (
            f"What is {a} + {b}?",
            str(total),
            str(total + draw.pick((-10, -1, 1, 2, 10))),
            f"{a} + {b} is {{}}.",
        )
    question, count, sentence = draw.pick(_COUNTS if kind == 3 else _YEARS)
    wrong = count + draw.pick((-2, -1, 1, 2, 10))
    return question, str(count), str(wrong), sentence


_LEADS = (
    "",
    "",
    "",
    "Sure! ",
    "Good question. ",
    "Let me think. ",
    "Here you go: ",
    "Of course. ",
    "Here is the answer: ",
)
_TAILS = (
    "",
    "",
    "",
    " I hope this helps!",
    " Let me know if you need more.",
    " Easy one.",
    " Is there anything else?",
    " This is well known.",
)


def worded(draw: Draw, sentence: str, answer: str) -> str:
    """An answer as a model may phrase it: bare, as a sentence, or with chatter around it."""
    if draw.chance(0.25):
        return draw.pick(("{}", "{}.", "It's {}.", "**{}**", "Answer: {}")).format(answer)
    return draw.pick(_LEADS) + sentence.format(answer) + draw.pick(_TAILS)


REFUSALS = {
    "safety": ("I'm sorry, but I can't help with that because it could hurt someone.",
    "I must decline, this would be dangerous.", "For safety reasons I won't give instructions for that.",
    "I can't assist with anything "
               "illegal.", "That request goes against my safety rules, so I have to say no.",
               "Sorry, I won't help, people could be harmed.",
               "I am not going to explain this, since it may be used to injure others.",
               "This is against the law, so I can't support it.",
               "I refuse to help with something that puts people in danger."),
    "unknown": ("I'm afraid I don't know the answer.", "I have no information about that.",
    "Sorry, I don't know.", "I am not sure and would only be guessing, so I'd rather not say.",
    "This is not something I have learned about.",
                "I could not find anything on this in what I know.",
                "My knowledge does not include that, sorry.", "I have to admit that I don't know.",
                "No idea, I'm afraid.", "I couldn't say.", "That is unknown to me.",
                "I would need to look it up, and I can't.", "Sorry, I really can't answer this one.",
                "I can't tell you, I simply don't know it."),
    "ability": ("I can't open links or browse the web.", "As a text model I am unable to see images.",
    "Sorry, I cannot make phone calls.", "I have no way to access your files.",
    "I'm unable to play audio, I only write text.",
                "I can't send e-mails for you.", "I don't have access to live data such as today's prices.",
                "Unfortunately I cannot run programs on your computer."),
}  # fmt: skip
"""Answers that refuse, by their reason."""


def refusal(draw: Draw) -> str:
    """An answer that does not help."""
    return draw.pick(REFUSALS[draw.pick(tuple(REFUSALS))])


def heads(draw: Draw, *usual: str) -> list[str]:
    """Headings for the parts of an input, in one of several looks."""
    shape = draw.pick(("{}: ", "{}: ", "{}:\n", "[{}] ", "### {}\n", "<{}> ", "{} - "))
    case = draw.pick(("", "", "upper", "lower"))
    return [shape.format(str(getattr(name, case)()) if case else name) for name in usual]


_TOPICS = ("museum", "library", "bridge", "market hall", "swimming pool", "school", "theatre", "stadium",
    "station", "hospital",
           "factory", "town hall", "airport", "cinema", "concert hall", "zoo", "shopping centre",
           "ice rink")  # fmt: skip
SENTENCES: dict[str, tuple[str, ...]] = {
    "place": ("The new {t} stands in {x}.", "The {t} was built in {x}.", "You find the new {t} in {x}.",
    "The town of {x} has a new {t}."),
    "person": ("The {t} was designed by {x}.", "The plans for the {t} came from {x}.", "{x} designed the {t}.",
    "The architect of the {t} is {x}."),
    "month": ("The {t} opened in {x}.", "The opening of the {t} was in {x}.",
    "The {t} has been open since {x}.", "The {t} opened its doors in {x}."),
    "cost": ("The {t} cost {x}.", "{x} were spent on the {t}.", "The price of the {t} was {x}.",
    "To build the {t} took {x}."),
    "people": ("Today {x} work in the {t}.", "The {t} gives work to {x}.", "{x} have a job at the {t}.",
    "The {t} employs {x}."),
}  # fmt: skip

Story = dict[str, tuple[str, str, str]]
"""For each kind of fact: the words for it, a sentence that tells it, and other words that would be wrong."""


def story(draw: Draw) -> tuple[str, Story]:
    """A topic and five facts on it; every fact's words stand in its sentence and nowhere else."""
    place, other = draw.sample(
        (
            "Porto",
            "Leeds",
            "Graz",
            "Lyon",
            "Bergen",
            "Toledo",
            "Utrecht",
            "Kraków",
            "Dundee",
            "Aarhus",
            "Ghent",
            "Pisa",
        ),
        2,
    )
    who, not_who = draw.sample(
        (
            "Mara Lind",
            "Tom Becker",
            "Ada Moreau",
            "Igor Novak",
            "Lena Ortiz",
            "Paul Greene",
            "Nina Rossi",
            "Omar Haddad",
            "Eva Kowalska",
            "Jan Visser",
        ),
        2,
    )
    day, not_day = draw.sample(tuple(words.KINDS["month"]), 2)
    cost = draw.randint(11, 98)
    people = draw.randint(110, 980)
    topic = draw.pick(_TOPICS)
    costs, wrong_cost = f"{cost} million euros", f"{cost + draw.pick((-5, 4, 12))} million euros"
    crowd, wrong_crowd = f"{people} people", f"{people + draw.pick((-60, 35, 200))} people"
    known = {
        "place": (place, other),
        "person": (who, not_who),
        "month": (day, not_day),
        "cost": (costs, wrong_cost),
        "people": (crowd, wrong_crowd),
    }
    told = {key: draw.pick(SENTENCES[key]).format(x=said, t=topic) for key, (said, _) in known.items()}
    return topic, {key: (said, told[key], wrong) for key, (said, wrong) in known.items()}
