"""What follows from a text: quantities, fact sheets, what a question takes for granted, and negation."""

from programasweights.data.oracle.areas.inference._banks import joined, labelled, people
from programasweights.data.oracle.banks import noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, yes_no

__all__ = ["area"]

area = Area("Inference and reasoning")

_GROUPS = """guests students players tenants drivers nurses visitors members customers volunteers engineers pupils
passengers testers subscribers suppliers patients applicants sensors printers orders invoices parcels laptops""".split()
_DONE = {
    "people": (("filled in the form", "fill in the form"), ("paid on time", "pay on time"), ("had lunch here", "have lunch here"),
               ("came by train", "come by train"), ("signed the contract", "sign the contract"), ("got a refund", "get a refund"),
               ("passed the test", "pass the test"), ("voted for the plan", "vote for the plan"), ("wore a badge", "wear a badge"),
               ("changed the password", "change the password"), ("watched the video", "watch the video"),
               ("left before noon", "leave before noon"), ("asked for a receipt", "ask for a receipt")),
    "things": (("were checked on Monday", "be"), ("arrived late", "arrive late"), ("came from the old depot", "come from the old depot"),
               ("had a label", "have a label"), ("failed the inspection", "fail the inspection"), ("were moved to Leeds", "be")),
}  # fmt: skip


def _counted(draw: Draw, size: int, group: str, done: tuple[str, str]) -> tuple[str, frozenset[int]]:
    """A statement about how many of a group did something, and the numbers that make it true."""
    past, base = done
    not_past = past.replace("were ", "were not ") if base == "be" else f"did not {base}"
    k = draw.randint(1, size - 1)
    half, few = size // 2, draw.randint(1, 3)

    def one(said: str) -> str:
        return said.replace("were ", "was ") if k == 1 else said

    every = range(size + 1)
    forms: list[tuple[str, range | list[int]]] = [
        (f"All {size} {group} {past}", [size]),
        (f"Every one of the {size} {group} {past.replace('were ', 'was ')}", [size]),
        (f"None of the {size} {group} {past}", [0]),
        (f"Exactly {k} of the {size} {group} {one(past)}", [k]),
        (f"Of the {size} {group}, exactly {k} {one(not_past)}", [size - k]),
        (f"At least {k} of the {size} {group} {one(past)}", range(k, size + 1)),
        (f"Fewer than {k + 1} of the {size} {group} {past}", range(k + 1)),
        (f"Not all of the {size} {group} {past}", range(size)),
        (f"Some of the {size} {group} {past}", range(1, size + 1)),
        (f"Some of the {size} {group} {not_past}", range(size)),
        (f"More than half of the {size} {group} {past}", [n for n in every if 2 * n > size]),
        (f"No more than {half} of the {size} {group} {past}", range(half + 1)),
        (f"All of the {size} {group} except {few} {past}", [size - few]),
    ]
    text, true = draw.pick(forms)
    return text + ".", frozenset(true)


@area.family(
    "textual entailment",
    "compare the premise with the hypothesis: {follows} if the hypothesis must be true [when|whenever] the premise is, "
    "{clash} if it cannot be true then, {open} if it may be true or false. ['Some' means at least one, perhaps all.|"
    "Read 'some' as one or more, possibly all.]",
    "{follows} = the second statement is certain given the first; {clash} = the two cannot both be true; {open} = "
    "[can't tell|undecided]. 'Some' is at least one and may be all.",
    "I [check|verify] survey summaries against the raw findings. The input has a finding (premise) and a sentence from the summary "
    "(hypothesis), both about the same group. Answer {follows} when the finding guarantees the sentence, {clash} when the "
    "finding rules it out, and {open} when the finding leaves it open. Take 'some' to mean one or more, all not excluded.",
    given="a premise and a hypothesis",
    difficulty=3,
    labels=labels(
        follows=("entailment", "entailed", "follows"),
        clash=("contradiction", "contradicted", "conflict"),
        open=("neutral", "unknown", "open"),
    ),
)
def quantifier_entailment(draw: Draw, p: Values) -> Pair:
    wanted = draw.pick(("follows", "clash", "open"))
    place = draw.randrange(len(_GROUPS))
    group = _GROUPS[place]
    done = draw.pick(_DONE["people" if place < 18 else "things"])
    size = draw.randint(4, 40)
    while True:
        (first, a), (second, b) = _counted(draw, size, group, done), _counted(draw, size, group, done)
        found = "follows" if a <= b else "open" if a & b else "clash"
        if found == wanted and first != second:
            break
    return noise.untidy(draw, labelled(draw, "Premise", first, "Hypothesis", second)), p.labels[found]


_SHEETS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "The hotel": (
        ("has {} rooms", "There are {} rooms in the hotel", ("24", "40", "58", "120")),
        ("serves breakfast from {}", "Breakfast starts at {}", ("6:30", "7:00", "7:30", "8:00")),
        ("charges {} euros a night for parking", "Parking costs {} euros per night", ("8", "12", "15", "20")),
        ("was last renovated in {}", "The last renovation took place in {}", ("2011", "2016", "2019", "2022")),
        ("asks guests to check out by {}", "The check-out time is {}", ("10 am", "11 am", "noon")),
        ("is {} metres from the beach", "The beach is {} metres away", ("150", "300", "800")),
        ("has its pool on the {} floor", "You find the pool on the {} floor", ("second", "fifth", "ninth")),
    ),
    "The phone": (
        ("weighs {} grams", "Its weight is {} grams", ("168", "187", "205", "231")),
        ("comes with {} GB of storage", "The storage is {} GB", ("64", "128", "256", "512")),
        ("charges fully in {} minutes", "A full charge takes {} minutes", ("38", "55", "70", "95")),
        ("has a {}-month warranty", "The warranty lasts {} months", ("12", "24", "36")),
        ("is sold in {} colours", "The number of colours is {}", ("two", "three", "five")),
        ("has a {}-inch screen", "The screen measures {} inches", ("5.8", "6.1", "6.7")),
        ("went on sale in {}", "Sales began in {}", ("March", "May", "September", "November")),
    ),
    "The flat": (
        ("is on the {} floor", "You would live on the {} floor", ("first", "third", "fourth", "sixth")),
        ("has {} bedrooms", "The number of bedrooms is {}", ("two", "three", "four")),
        ("costs {} a month", "The monthly rent is {}", ("£850", "£1,100", "£1,350", "£1,700")),
        ("is free from {} on", "The first day to move in is {}", ("1 May", "15 June", "1 August", "1 October")),
        ("measures {} square metres", "The floor area is {} square metres", ("48", "63", "77", "92")),
        ("requires a deposit of {} months' rent", "The deposit equals {} months' rent", ("two", "three")),
        ("faces {}", "The windows look {}", ("north", "south", "east", "west")),
    ),
    "The course": (
        ("lasts {} weeks", "The length of the course is {} weeks", ("four", "six", "eight", "twelve")),
        ("starts on {}", "The first day is {}", ("3 March", "14 April", "2 September", "20 October")),
        ("is taught in {}", "The teaching language is {}", ("English", "German", "Spanish")),
        ("admits {} people at most", "The number of places is {}", ("12", "16", "25", "30")),
        ("meets every {}", "The day of the class is {}", ("Monday", "Tuesday", "Thursday", "Saturday")),
        ("ends with {}", "At the end there is {}", ("a written exam", "a group project", "an oral exam")),
        ("costs {} dollars", "The fee is {} dollars", ("190", "240", "350", "480")),
    ),
}  # fmt: skip


@area.family(
    "textual entailment",
    "check the claim against the facts: {backed} if the facts say so, {wrong} if they [say something else|state a different value], "
    "{absent} if [they do not mention it|nothing in them is about it]",
    "Claim vs. facts. {backed} -> the facts state it; {wrong} -> the facts give another value; {absent} -> not in the facts at all",
    "Our [chatbot|assistant|writing tool] sometimes invents details. Each input holds the facts from our database and one claim it made. "
    "Write {backed} when the claim agrees with the facts, {wrong} when the facts contradict it, and {absent} when "
    "the facts are silent about [it|this point]. Use the facts only, [no world knowledge|not what you happen to know].",
    given="a list of facts and a claim",
    labels=labels(
        backed=("supported", "correct", "true"),
        wrong=("contradicted", "incorrect", "false"),
        absent=("not mentioned", "unverifiable", "unknown"),
    ),
)
def claim_against_fact_sheet(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("backed", "wrong", "absent"))
    about = draw.pick(list(_SHEETS))
    chosen = draw.some(_SHEETS[about], 3, 6)
    asked, stated = chosen[0], draw.mix(chosen[1:] if found == "absent" else chosen)
    values = {fact: draw.pick(fact[2]) for fact in chosen}
    value = values[asked]
    if found == "wrong":
        value = draw.pick([v for v in asked[2] if v != value])
    lines = [fact[0].format(values[fact]) for fact in stated]
    style = draw.randrange(3)
    if style == 0:
        facts = " ".join(f"{about if n == 0 else 'It'} {line}." for n, line in enumerate(lines))
    elif style == 1:
        facts = f"{about} {joined(lines)}."
    else:
        facts = "\n".join(f"- {about} {line}" for line in lines)
    claim = noise.casual(draw, asked[1].format(value) + ".", keep=(asked[1], value))
    return labelled(draw, "Facts", facts, "Claim", claim), p.labels[found]


_ASSUMED = (
    ("Why did {a} sell the {t}?", "{a} sold the {t}.", "{a} sold the {t} for a good price."),
    ("When did {a} stop smoking?", "{a} used to smoke.", "{a} stopped smoking because of illness."),
    ("Who repaired the {t} for {a}?", "Somebody repaired the {t}.", "The {t} has broken again."),
    ("Where did {a} hide the {t}?", "{a} hid the {t}.", "{a} hid the {t} in the cellar."),
    ("Has {a} returned to {c}?", "{a} has been in {c} before.", "{a} is in {c} now."),
    ("Does {a} regret buying the {t}?", "{a} bought the {t}.", "{a} wants to give the {t} back."),
    ("How long ago did {a} leave {c}?", "{a} left {c}.", "{a} left {c} more than a year ago."),
    ("Is {a} still working in {c}?", "{a} worked in {c} earlier.", "{a} works in {c} today."),
    ("Does {a}'s sister live in {c}?", "{a} has a sister.", "{a}'s sister lives in {c}."),
    ("What did {a} pay for the {t}?", "{a} paid something for the {t}.", "{a} paid too much for the {t}."),
    ("Did {a} notice that the {t} was missing?", "The {t} was missing.", "{a} looked for the {t}."),
    ("Will {a} marry again?", "{a} has been married before.", "{a} plans a wedding."),
    ("Which of {a}'s brothers took the {t}?", "{a} has brothers.", "{a}'s youngest brother took the {t}."),
    ("How did {a} lose the {t} in {c}?", "{a} lost the {t}.", "{a} found the {t} later."),
    (
        "Who told {a} about the {t}?",
        "Somebody told {a} about the {t}.",
        "{a} was glad to hear about the {t}.",
    ),
    ("Does {a} know that the {t} was stolen?", "The {t} was stolen.", "{a} called the police."),
    (
        "Has {a} stopped complaining about the {t}?",
        "{a} used to complain about the {t}.",
        "{a} is happy with the {t} now.",
    ),
    ("Why did {a} move away from {c}?", "{a} moved away from {c}.", "{a} was unhappy in {c}."),
    (
        "When will {a} give the {t} back?",
        "{a} will give the {t} back.",
        "{a} will give the {t} back this week.",
    ),
    ("Was it {a} who broke the {t}?", "Somebody broke the {t}.", "{a} broke the {t}."),
    (
        "Has {a} started to paint the {t} again?",
        "{a} painted the {t} at some earlier time.",
        "{a} is painting the {t} now.",
    ),
)
_ASSUMED_THINGS = (
    "bicycle camera guitar laptop sofa painting van mirror lamp piano boat clock radio tent".split()
)
_ASSUMED_PLACES = "Leeds Oslo Porto Vienna Chicago Lima Prague Toronto Cairo Dublin Kyoto Ghent".split()


@area.family(
    "textual entailment",
    "decide if the question [takes the statement for granted|already assumes the statement]: {yes} if [the question makes sense only when "
    "the statement is true|whoever asks it must already believe the statement], {no} if [the statement could just as well be false|it is left open]",
    "Loaded question check. {yes}: asking the question presupposes the statement; {no}: the question leaves the statement open",
    "I edit [surveys|interview questions|questionnaires] and want no hidden assumptions. You get a question and a statement. Answer {yes} if the "
    "question treats the statement as settled, as something that everybody knows, and {no} if the statement might be false without the question going wrong.",
    given="a question and a statement",
    difficulty=3,
    labels=yes_no(),
)
def assumed_by_a_question(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("yes", "no"))
    question, assumed, not_assumed = draw.pick(_ASSUMED)
    parts = {"a": people(draw, 1)[0], "t": draw.pick(_ASSUMED_THINGS), "c": draw.pick(_ASSUMED_PLACES)}
    statement = (assumed if found == "yes" else not_assumed).format(**parts)
    return noise.untidy(
        draw, labelled(draw, "Question", question.format(**parts), "Statement", statement)
    ), p.labels[found]


_DISHES: dict[str, tuple[str, ...]] = {
    "cheese, lettuce, tomato, onion, pickles": ("cheese", "lettuce", "tomato", "onion", "pickles"),
    "ham, cheese, mustard, cucumber": ("ham", "cheese", "mustard", "cucumber"),
    "rice, beans, salsa, cheese, sour cream": ("rice", "beans", "salsa", "cheese", "sour cream"),
    "mushrooms, olives, peppers, onion, mozzarella": ("mushrooms", "olives", "peppers", "onion", "mozzarella"),
    "tuna, egg, olives, tomato, green beans": ("tuna", "egg", "olives", "tomato", "green beans"),
    "chicken, bacon, lettuce, mayo": ("chicken", "bacon", "lettuce", "mayo"),
    "noodles, tofu, peanuts, sprouts, chilli": ("noodles", "tofu", "peanuts", "sprouts", "chilli"),
    "falafel, hummus, cabbage, pickles, garlic sauce": ("falafel", "hummus", "cabbage", "pickles", "garlic sauce"),
}  # fmt: skip
_EXTRAS = ("avocado", "jalapenos", "spinach", "feta", "sweetcorn", "rocket", "pesto")


def _food_wish(draw: Draw, default: tuple[str, ...]) -> tuple[str, list[str]]:
    """A customer's wish and what is then in the dish."""
    count = draw.randint(1, len(default) - 1)
    gone = draw.some(default, count)
    out = [item for item in default if item in gone]
    kept = [item for item in default if item not in out]
    some = joined(draw.mix(out), draw.pick(("and", "and", "or")))
    kind = draw.randrange(8)
    if kind == 0:
        wish = f"{draw.pick(('No', 'Hold the', 'Without', 'Leave out the'))} {joined(out, 'and')}, please."
    elif kind == 1:
        wish = draw.pick(
            (
                "I'd like everything except {}.",
                "All the usual stuff but not {}.",
                "My son can't eat {}, the rest is fine.",
            )
        ).format(joined(draw.mix(out), "or"))
    elif kind == 7:
        added = draw.some(_EXTRAS, 1, 2)
        wish = f"Swap the {out[0]} for {joined(added)}, the rest as usual."
        return wish, [*(item for item in default if item != out[0]), *added]
    elif kind == 2:
        wish = f"Only {joined(draw.mix(kept))} for me, nothing else."
    elif kind == 3:
        new = draw.pick(_EXTRAS)
        wish = f"Can I get it without {some} but with {new} added?"
        return wish, [*kept, new]
    elif kind == 4:
        wish = f"I usually ask for no {default[0]}, but today give me the dish exactly as it comes."
        return wish, list(default)
    elif kind == 5:
        back = out[0]
        wish = f"Please leave out {joined(draw.mix(out))}. Oh wait, do keep the {back}."
        return wish, [item for item in default if item in kept or item == back]
    else:
        wish, kept = "Take everything off, just the plain base please.", []
    return wish, kept


@area.family(
    "negation",
    "[list|write down] what goes into the dish after the customer's wish. It comes with: {dish}. Name what stays in [this|that same] order, "
    "then anything the customer adds, separated by {separator}; [if nothing is left|when nothing remains], write {none}",
    "Standard toppings: {dish}. Apply the customer's changes and [output|give|return] the final toppings (standard ones first, in menu order, then additions), "
    "joined with {separator}. Nothing left: {none}",
    "We run a [lunch bar|street food stall|small diner] and the kitchen screen must show what to put in. The dish normally has {dish}. The input is what the "
    "guest says. Show the toppings that are to go in: the normal ones in the order given here, additions at the end, separated by {separator}. "
    "Should the guest want none at all, show {none}.",
    given="a customer's wish",
    difficulty=2,
    dish=choice(_DISHES),
    separator=separator(),
    none=missing("plain"),
)
def toppings_after_exceptions(draw: Draw, p: Values) -> Pair:
    wish, items = _food_wish(draw, p.dish)
    start = draw.pick(("", "", "Hi! ", "Hello, one for table 4. ", "hey, "))
    wish = noise.untidy(
        draw,
        start + wish + draw.pick(("", "", " Thanks!", " To go.", " Eat in.", " I'm in a bit of a hurry.")),
    )
    return wish, p.separator.join(items) or p.none


_DEEDS = tuple(
    tuple(line.split("/"))
    for line in """send the invoice/sent the invoice/sending the invoice;lock the office/locked the office/locking the office
call the landlord/called the landlord/calling the landlord;book the flights/booked the flights/booking the flights
back up the database/backed up the database/backing up the database;feed the cat/fed the cat/feeding the cat
pay the fine/paid the fine/paying the fine;order the cake/ordered the cake/ordering the cake
water the plants/watered the plants/watering the plants;test the alarm/tested the alarm/testing the alarm
update the website/updated the website/updating the website;sign the lease/signed the lease/signing the lease
return the van/returned the van/returning the van;post the parcel/posted the parcel/posting the parcel
charge the drill/charged the drill/charging the drill;cancel the meeting/cancelled the meeting/cancelling the meeting
mow the lawn/mowed the lawn/mowing the lawn;fix the tap/fixed the tap/fixing the tap""".replace(
        "\n", ";"
    ).split(";")
)
_HAPPENED = {
    "yes": ("{a} did not forget to {v}.", "{a} managed to {v} in the end.", "It is not true that {a} never {d}.", "{a} remembered to {v}.",
            "{a} did not fail to {v}.", "Nobody thought it possible, but {a} {d}.", "It would be wrong to say that {a} did not {v}.",
            "{a} didn't go home without {g} first.", "{a} {d}, although nobody had asked for it."),
    "no": ("{a} forgot to {v}.", "{a} failed to {v}.", "{a} did not manage to {v}.", "{a} was about to {v} but then did not.", "{a} never {d}.",
           "It is not true that {a} {d}.", "{a} went home without {g}.", "{a} refused to {v}, and nobody could change that.",
           "If {a} had {d}, we would have no problem now. But no."),
    "open": ("{a} wanted to {v}.", "{a} was asked to {v}.", "{a} promised to {v}.", "{a} might {v} today.", "Nobody knows whether {a} {d}.",
             "I hope that {a} {d}.", "{a} is not against {g}.", "{a} had been told to {v} before six; I left at five.", "Did {a} {v}? I can't say.",
             "{a} meant to {v} after lunch.", "{a} is supposed to {v}.",
             "Has {a} {d}? No idea."),
}  # fmt: skip


@area.family(
    "negation",
    "read the remark about a task of a colleague's: {done} if it says or implies that the task was carried out, {undone} if it was not, "
    "{open} if the remark does not settle [it|that]. [Mind double negation.|Two negations cancel out.|]",
    "Was the task done? done -> {done} ; not done -> {undone} ; cannot be told from the remark -> {open}",
    "I go through hand-over notes [every evening|after each shift] to tick off [jobs|chores]. Each note is about one job that somebody had to do. Give {done} when the "
    "note makes clear that the job was done, {undone} when it makes clear that it was not done, and {open} when it leaves the question open, for instance "
    "because somebody only wanted or promised to do it.",
    given="a remark about a task",
    labels=labels(
        done=("done", "completed", "yes"),
        undone=("not done", "skipped", "no"),
        open=("unclear", "unknown", "?"),
    ),
)
def done_or_not_through_negation(draw: Draw, p: Values) -> Pair:
    found = draw.pick(("yes", "no", "open"))
    base, past, doing = draw.pick(_DEEDS)
    text = draw.pick(_HAPPENED[found]).format(a=people(draw, 1)[0], v=base, d=past, g=doing)
    if draw.chance(0.3):
        text = (
            draw.pick(("Hand-over: ", "FYI: ", "Note from last night. ", "About yesterday: ", "hi, ")) + text
        )
    if draw.chance(0.25):
        text += draw.pick(
            (
                " See you tomorrow.",
                " The rest of the shift was quiet.",
                " Just so you know.",
                " Good night!",
                " That's all from me.",
            )
        )
    name = {"yes": "done", "no": "undone", "open": "open"}[found]
    return noise.casual(
        draw, text, keep=(base, past, doing, "never without forgot forget failed refused")
    ), p.labels[name]
