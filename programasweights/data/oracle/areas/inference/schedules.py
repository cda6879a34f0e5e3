"""Kinship, time and schedules, and rules that apply or do not."""

from dataclasses import dataclass, field

from programasweights.data.oracle.areas.inference._banks import capital, joined, number_or_word, people
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, yes_no

__all__ = ["area"]

area = Area("Inference and reasoning")


@dataclass
class _Kin:
    """Three generations of one family and the sentences that tell of it."""

    parents: dict[str, list[str]] = field(default_factory=dict)
    couples: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    who: list[str] = field(default_factory=list)

    def related(self, relation: str, name: str) -> list[str]:
        """Those who are in the relation to a person."""
        up = self.parents.get(name, [])
        if relation == "parent":
            found = list(up)
        elif relation == "child":
            found = [n for n in self.who if name in self.parents.get(n, [])]
        elif relation == "grandparent":
            found = [g for n in up for g in self.parents.get(n, [])]
        elif relation == "grandchild":
            found = [g for n in self.related("child", name) for g in self.related("child", n)]
        elif relation == "sibling":
            found = [n for n in self.who if n != name and up and self.parents.get(n) == up]
        elif relation == "aunt or uncle":
            found = [s for n in up for s in self.related("sibling", n)]
        else:
            found = [c for n in self.related("aunt or uncle", name) for c in self.related("child", n)]
        return [n for n in self.who if n in found]


def _kin(draw: Draw) -> _Kin:
    kin = _Kin()
    pool = people(draw, 10)
    a, b = pool.pop(), pool.pop()
    kin.couples.append((a, b))
    children = [pool.pop() for _ in range(draw.randint(2, 3))]
    for child in children:
        kin.parents[child] = [a, b]
    said = [
        draw.pick(("{a} and {b} are the parents of {c}", "{c} are the children of {a} and {b}", "{a} and {b} have {n} children, {c}")).format(
            a=a, b=b, c=joined(children), n=number_or_word(draw, len(children))
        )
    ]  # fmt: skip
    for child in draw.some(children, 1, 2):
        spouse = pool.pop()
        young = [pool.pop() for _ in range(draw.randint(1, 2)) if len(pool) > 1]
        said.append(draw.pick(("{a} is married to {b}", "{b} and {a} are married")).format(a=child, b=spouse))
        for y in young:
            kin.parents[y] = [child, spouse]
        if young:
            one = len(young) == 1
            told = draw.pick(("They have {n} called {y}", "{y} {are} {m} of {a} and {b}"))
            said[-1] += ". " + told.format(
                y=joined(young), n="a child" if one else "two children", are="is the" if one else "are the",
                m="child" if one else "two children", a=child, b=spouse,
            )  # fmt: skip
    kin.said = said
    text = " ".join(said)
    everyone = [a, b, *children, *(n for n in kin.parents if n not in children)]
    everyone += [s for n in list(kin.parents) for s in kin.parents[n] if s not in everyone]
    kin.who = sorted(dict.fromkeys(everyone), key=lambda n: text.index(n))
    return kin


def _kin_text(draw: Draw, kin: _Kin) -> str:
    return ". ".join(kin.said) + "."


_RELATIONS = {
    "a grandparent": "grandparent",
    "a grandchild": "grandchild",
    "a brother or sister": "sibling",
    "a sibling": "sibling",
    "a cousin": "cousin",
    "a brother or sister of a parent": "aunt or uncle",
    "a son or daughter": "child",
    "a parent": "parent",
}


@area.family(
    "family relations",
    "say whether the first person of the last line is {relation} of the second: {yes} if so, {no} if not[. Only what the text tells counts.|]",
    "Last line names two people. First one = {relation} of the other? {yes} when that follows from the text, {no} otherwise",
    "I [keep|build] a family tree and check [entries|guesses] against short notes. After the note comes a line with two names. Answer {yes} if, by the note, the one named first is "
    "{relation} of the one named second, and {no} if they are related in some other way or not at all.",
    given="a note about a family and a pair of names",
    difficulty=3,
    relation=choice(_RELATIONS),
    labels=yes_no(),
)
def kinship_of_a_pair(draw: Draw, p: Values) -> Pair:
    kin = _kin(draw)
    true = [(a, b) for b in kin.who for a in kin.related(p.relation, b)]
    reverse = [(b, a) for a, b in true if (b, a) not in true]
    others = [(a, b) for a in kin.who for b in kin.who if a != b and (a, b) not in true]
    if draw.chance(0.5) and true:
        a, b = draw.pick(true)
    else:
        a, b = draw.pick(reverse) if reverse and draw.chance(0.35) else draw.pick(others)
    line = draw.pick(("{} and {}", "{}, {}", "Pair: {} - {}", "{} / {}", "First: {}, second: {}")).format(
        a, b
    )
    return f"{_kin_text(draw, kin)}\n{line}", p.labels["yes" if (a, b) in true else "no"]


_KIN_LISTS = {
    "grandchildren": "grandchild",
    "brothers and sisters": "sibling",
    "siblings": "sibling",
    "children": "child",
    "sons and daughters": "child",
    "cousins": "cousin",
    "parents": "parent",
    "grandparents": "grandparent",
}


@area.family(
    "family relations",
    "list the {relation} of the person asked about in the last line, in the order in which the text names them, separated by {separator}; {none} if [the text tells of none|there are none]",
    "{relation} of the person on the last line, order of first mention, joined with {separator}. [None known|Nobody]: {none}",
    "I turn [letters|notes] about families into [records|a database]. The note ends with a line that asks about one person. Return that person's {relation} as far as the note lets one know them, "
    "first mentioned first, with {separator} between the names, or {none} if the note gives nobody.",
    given="a note about a family",
    difficulty=3,
    relation=choice(_KIN_LISTS),
    separator=separator(),
    none=missing("unknown"),
)
def relatives_asked_about(draw: Draw, p: Values) -> Pair:
    kin = _kin(draw)
    some = [n for n in kin.who if kin.related(p.relation, n)]
    name = draw.pick(some) if some and draw.chance(0.8) else draw.pick(kin.who)
    line = draw.pick(("Asked about: {}", "Person: {}", "Now: {}?", "{}?", "The question is about {}."))
    return f"{_kin_text(draw, kin)}\n{line.format(name)}", p.separator.join(
        kin.related(p.relation, name)
    ) or p.none


_DAYS = words.KINDS["weekday"]
_DAY_FORMS = {
    "the full name of the day": tuple(_DAYS),
    "the day's full name": tuple(_DAYS),
    "the first three letters of the day, such as Mon": tuple(d[:3] for d in _DAYS),
    "the first two letters of the day in capitals, such as MO": tuple(d[:2].upper() for d in _DAYS),
    "the day's number, Monday being 1 and Sunday 7": tuple("1234567"),
    "the day's number, counting from Sunday = 0 to Saturday = 6": ("1", "2", "3", "4", "5", "6", "0"),
    "the day's name in lower case": tuple(d.lower() for d in _DAYS),
}
_SPANS = (
    ("tomorrow", 1), ("the day after tomorrow", 2), ("in a week", 7), ("in two weeks", 14), ("in one week and two days", 9), ("yesterday", -1),
    ("the day before yesterday", -2), ("a week ago", -7), ("a week from tomorrow", 8), ("two days after tomorrow", 3), ("in a fortnight", 14),
)  # fmt: skip
_EVENTS = tuple("""the inspection;the delivery;the exam;our flight;the dentist appointment;the concert;the deadline;the team meeting;the match;the interview;
the handover;the wedding;the power cut;the maintenance window;the first rehearsal""".replace("\n", "").split(";"))  # fmt: skip


@area.family(
    "time",
    "work out on which weekday [the event|the thing in question] falls and answer with {form}; if the message does not tell [what day it is now|today's weekday], {none}",
    "Which weekday is it on? Give {form}. Count from the day that the message says is today (or was yesterday, or will be tomorrow); no such day given: {none}",
    "People write 'in nine days' and our calendar needs the weekday. From the message, find out what day it is now, count on (or back) the days stated, and output {form}, nothing more. "
    "[A week is always seven days.|Count calendar days, weekends too.] Messages that do not let one know the present weekday get {none}.",
    "Weekday of the event, counting from today's weekday [as stated|as the text gives it]; [write|output|use] {form}, or {none} [if today's weekday cannot be known|without a stated day to start from]",
    given="a message with a weekday and a time span",
    form=choice(_DAY_FORMS),
    none=missing("unknown", "?"),
)
def weekday_after_a_span(draw: Draw, p: Values) -> Pair:
    today = draw.randrange(7)
    event = draw.pick(_EVENTS)
    if draw.chance(0.45):
        span, days = draw.pick(_SPANS)
    else:
        days = draw.randint(2, 30) * draw.pick((1, 1, -1))
        span = (
            f"in {number_or_word(draw, days)} days" if days > 0 else f"{number_or_word(draw, -days)} days ago"
        )
    shift, anchor = draw.pick(
        (
            (0, "Today is {}"),
            (0, "It's {} today"),
            (1, "Tomorrow is {}"),
            (-1, "Yesterday was {}"),
            (0, "Sent on {}"),
            (0, "{} here"),
        )
    )
    if shift:
        anchor += draw.pick((", so you know", "", ", right?"))
    anchor = anchor.format(_DAYS[(today + shift) % 7])
    known = draw.chance(0.88)
    if not known:
        anchor = draw.pick(
            (
                "Good morning",
                "Just a reminder",
                "Hi there",
                "It's a bank holiday today",
                "Sent at 9:15",
                "Today is the 14th",
            )
        )
    verb = "is" if days > 0 else "was"
    text = draw.pick(
        ("{a}. {E} {v} {s}.", "{a} and {e} {v} {s}", "{a}; {e}: {s}", "{a}. By the way, {e} {v} {s}!")
    ).format(a=anchor.rstrip("?").replace(", right", ""), e=event, E=capital(event), v=verb, s=span)
    return noise.untidy(draw, text), p.form[(today + days) % 7] if known else p.none


_STEPS = tuple("""the alert;the restart;the deploy;the rollback;the first complaint;the backup;the login failure;the patch;the phone call;the disk warning;
the failover;the config change;the status page update;the traffic spike;the database lock""".replace("\n", "").split(";"))  # fmt: skip


@area.family(
    "time",
    "put the events on a time line and [name|give] the {which} one, [in the text's words without 'the'|without the article]; {none} if [the remarks do not fix it|it cannot be determined]",
    "Incident timeline: which event came {which}? [Event name only, no article|Name it without 'the']. [Not determined|Open]: {none}",
    "After an outage we [reconstruct|piece together] what happened from remarks like 'the restart was 5 minutes after the alert'. From the remarks, determine the event that, among all those mentioned, came {which} and "
    "write its name as in the remarks, but without 'the'. No two events are at the same moment. If an event without any stated time relation leaves this open, write {none}.",
    given="a set of remarks about an incident",
    difficulty=3,
    which=choice({"first": 0, "last": -1, "second": 1, "earliest": 0, "latest": -1, "next to last": -2}),
    none=missing("unclear", "undetermined"),
)
def incident_event_in_order(draw: Draw, p: Values) -> Pair:
    *events, loose = draw.some(_STEPS, 4, 6)
    times = draw.some(range(90), len(events))
    said = []
    for n in range(1, len(events)):
        other = draw.randrange(n)
        gap = times[n] - times[other]
        a, b = (events[n], events[other]) if draw.chance(0.5) else (events[other], events[n])
        gap = gap if a == events[n] else -gap
        minutes = f"{number_or_word(draw, abs(gap))} minute{'s' if abs(gap) > 1 else ''}"
        said.append(
            draw.pick(("{a} was {m} {w} {b}", "{a} came {m} {w} {b}", "{m} {w} {b}, there was {a}")).format(
                a=a, b=b, m=minutes, w="after" if gap > 0 else "before"
            )
        )
    order = sorted(events, key=lambda e: times[events.index(e)])
    settled = draw.chance(0.85)
    if not settled:
        said.append(
            draw.pick(
                ("{} also happened that day, nobody knows when", "nobody wrote down when {} was")
            ).format(loose)
        )
    text = ". ".join(capital(s) for s in draw.mix(said)) + "."
    return noise.untidy(draw, text), order[p.which].removeprefix("the ") if settled else p.none


_MEETINGS = "standup,dentist,lunch with Ana,budget review,gym,school run,yoga,call with Oslo,interview,training,vet,piano lesson,sprint planning,haircut".split(",")  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


@area.family(
    "schedules",
    "name the earliest calendar entry that the requested [appointment|slot] clashes with, {none} if it fits. [Less than|A pause of less than] {gap} minutes between the two is a clash as well",
    "Request vs. calendar: output the entry it collides with (the earliest, if several), or {none}. Needs at least {gap} minutes of free time before and after",
    "I book [appointments|viewings|calls] for a busy person. The input lists the entries of a day and then a requested slot. Between two entries there must be {gap} minutes or more. "
    "Tell me the name of the entry that stands in the way, the earliest one if there are several, and {none} if the slot can be booked.",
    given="a day's calendar and a request",
    difficulty=3,
    gap=choice(5, 10, 15, 20, 30),
    none=missing("free", "ok", "bookable"),
)
def calendar_entry_in_the_way(draw: Draw, p: Values) -> Pair:
    start, entries = draw.randrange(480, 600, 15), []
    for name in draw.some(_MEETINGS, 2, 4):
        end = start + draw.pick((15, 30, 45, 60, 90))
        entries.append((start, end, name))
        start = end + draw.pick((30, 60, 90, 120, 150))
    if draw.chance(0.5):
        of = draw.pick(entries)
        begin = draw.pick((of[1] + draw.pick((0, 5, 10, 15, 20, 25)), of[0] + 10, of[0] - 35, of[0] - 60))
    else:
        begin = draw.randrange(480, max(1080, start), 5)
    length = draw.pick((20, 30, 45, 60))
    end = begin + length
    hits = [name for a, b, name in entries if begin < b + p.gap and a < end + p.gap]
    lines = [f"{_clock(a)}-{_clock(b)} {name}" for a, b, name in entries]
    asked = draw.pick((f"Request: {_clock(begin)}-{_clock(end)}", f"Can we do {_clock(begin)} to {_clock(end)}?", f"New: {_clock(begin)}, {length} minutes",
                       f"Someone wants {length} minutes at {_clock(begin)}."))  # fmt: skip
    return draw.pick(("\n", "; ")).join(lines) + "\n" + asked, hits[0] if hits else p.none


_DAY_PARTS = "10 am,noon,11:30,2 pm,4:15 pm,18:00,09:30,quarter past three".split(",")


@area.family(
    "schedules",
    "list which details a booking message lacks: {day} if it names no day, {clock} if it gives no time of day, {count} if it does not say how many people come, {phone} if there is no phone number. "
    "Keep this order, use {separator} between them, and write {none} if nothing is lacking",
    "Missing details (in this order: day = {day}, time of day = {clock}, number of people = {count}, phone number = {phone}), joined by {separator}; all there: {none}",
    "I run a small [restaurant|bistro|tapas bar] and people book by message. I need the day, the time, how many they are, and a phone number. Tell me what I still have to ask for: "
    "{day} for the day, {clock} for the time, {count} for the number of people, {phone} for the phone number; that order, {separator} in between. If the message is complete, answer {none}.",
    given="a booking message",
    slots=labels(
        day=("day", "date", "when"),
        clock=("time", "hour", "what time"),
        count=("people", "party size", "how many"),
        phone=("phone", "phone number", "contact"),
    ),
    separator=separator(),
    none=missing("complete", "ok"),
)
def details_a_booking_lacks(draw: Draw, p: Values) -> Pair:
    size = draw.randint(2, 9)
    parts = {
        "day": draw.pick(("on {d}", "for {d}", "this {d}", "next {d}", "on {d} the 14th")).format(d=draw.pick(_DAYS)),
        "clock": "at " + draw.pick(_DAY_PARTS),
        "count": draw.pick(("for {n} people", "for {n} of us", "for a group of {n}", "for {n} adults")).format(n=number_or_word(draw, size)),
        "phone": draw.pick(("my number is {}", "call me on {} if needed", "phone: {}", "you can reach me at {}")).format(names.phone(draw)),
    }  # fmt: skip
    lacking = draw.some(list(parts), draw.pick((0, 1, 1, 2, 2, 3)))
    asked = [parts[k] for k in draw.mix(["day", "clock", "count"]) if k not in lacking]
    text = draw.pick(
        (
            "Hi, I'd like to book a table",
            "Hello, can we come",
            "Could you keep a table",
            "Reservation please",
            "Good day, we would love to come by",
        )
    )
    text = " ".join([text, *asked]) + "."
    if "phone" not in lacking:
        text += f" {capital(parts['phone'])}."
    if draw.chance(0.5):
        text += draw.pick(
            (
                " We like the window side.",
                " Thanks!",
                f" Name: {names.last_name(draw)}.",
                " It's a birthday :)",
                " One of us is vegetarian.",
            )
        )
    missed = [k for k in parts if k in lacking]
    return noise.untidy(draw, text), p.separator.join(p.slots[k] for k in missed) or p.none
