"""Business logic: opening hours and bookings, working time, admission."""

from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number

__all__ = ["area"]

area = Area("Business logic")

_DAYS = words.KINDS["weekday"]


def _clock(draw: Draw, minute: int) -> str:
    """A time of day as people write it."""
    hour, rest = divmod(minute, 60)
    if draw.chance(0.3):
        half = "am" if hour < 12 else "pm"
        return f"{(hour - 1) % 12 + 1}{f':{rest:02d}' if rest else ''} {half}"
    return f"{hour}:{rest:02d}"


@area.family(
    "hours and bookings",
    "[tell|say] whether the shop is open at that time: Monday to Friday {start}:00 to {end}:00, Saturday {first}:00 "
    "to {last}:00, closed on Sundays. {yes} if open, {no} if closed; at the opening time it is open, at the closing "
    "time it is closed",
    "Open ({yes}) or closed ({no})? Mon-Fri {start}:00-{end}:00, Sat {first}:00-{last}:00, Sun never. [Opening "
    "minute counts as open, closing minute as closed.|Opening time = open, closing time = closed.]",
    "People ask our chat bot if they can come by. We are open from {start}:00 to {end}:00 on weekdays (Monday to "
    "Friday) and from {first}:00 to {last}:00 on Saturdays, never on Sundays. Answer {yes} or {no} ({yes} means that "
    "we are open). On the dot of opening we are open, on the dot of closing we are closed.",
    given="a customer's question",
    difficulty=3,
    start=choice("8", "9", "10"),
    end=choice("17", "18", "19", "20"),
    first=choice("9", "10", "11"),
    last=choice("13", "14", "15", "16"),
    labels=labels(yes=("open", "yes", "come in"), no=("closed", "no", "sorry")),
)  # fmt: skip
def open_at_that_time(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    while True:
        day = draw.randrange(7)
        minute = draw.pick(
            (
                draw.randrange(6 * 60, 23 * 60, 15),
                60 * draw.pick((int(p.start), int(p.end), int(p.first), int(p.last))),
            )
        )
        low, high = (int(p.start), int(p.end)) if day < 5 else (int(p.first), int(p.last))
        if (day < 6 and 60 * low <= minute < 60 * high) == wanted:
            break
    form = draw.pick(
        (
            "Can I come on {d} at {c}?",
            "{d} {c}",
            "are you open {d}, {c}?",
            "I would be there at {c} on {d}.",
            "{d} around {c}, is anyone there?",
            "pick-up {d} {c} ok??",
            "Hi! {d} at exactly {c}, would that work?",
            "we arrive {d} {c} sharp",
        )
    )
    return form.format(d=_DAYS[day], c=_clock(draw, minute)), p.labels["yes" if wanted else "no"]


_TIMES = {
    "in the morning (before 12:00)": (0, 720), "in the afternoon (12:00 or later)": (720, 1440), "before 10:00": (0,
    600), "at 15:00 or later": (900, 1440), "between 10:00 and 14:00 (both included)": (600, 841),
    "after 16:00": (961, 1440), "before 12:00 or after 16:00": (-1, 0),
}  # fmt: skip


@area.family(
    "hours and bookings",
    "[give|pick] the first free slot of the list that lies {when} and is not on a {day}, copied as it stands there; "
    "{none} if no slot fits",
    "First slot {when}, not on {day}; copy it from the list. [Nothing fits|No such slot]: {none}",
    "My hairdresser sends me her free slots. I can only come {when}, and never on a {day}. Which slot of her list is "
    "the first one that suits me? Give it back just as it is written in the list, or {none} if there is no such slot.",
    given="a list of free slots",
    when=choice(_TIMES),
    day=choice(*_DAYS),
    none=missing(),
)
def first_slot_that_suits(draw: Draw, p: Values) -> Pair:
    low, high = p.when
    slots = []
    for _ in range(draw.randint(2, 5)):
        day = p.day if draw.chance(0.25) else draw.pick(_DAYS)
        minute = draw.pick((*range(8 * 60, 19 * 60, 15), 600, 720, 840, 900, 960))
        slots.append((day, minute))
    slots = list(dict.fromkeys(slots))
    form = draw.pick(("{d} {h}:{m:02d}", "{d}, {h}:{m:02d}", "{d} at {h}:{m:02d}"))
    shown = [form.format(d=d, h=m // 60, m=m % 60) for d, m in slots]
    found = [
        text
        for text, (d, m) in zip(shown, slots, strict=True)
        if d != p.day and (low <= m < high or (low < 0 and not 720 <= m <= 960))
    ]
    return draw.pick(("\n", "\n", "; ")).join(shown), found[0] if found else p.none


_EQUIPMENT = ("projector", "whiteboard", "video system", "speakers", "coffee machine")


@area.family(
    "hours and bookings",
    "[choose|pick] the smallest free room with at least {seats} seats and a {need}, and give its name; if two are "
    "equally small, the one named first; {none} if no room fits",
    "Room for {seats} people with {need}: smallest free one that fits (first one in a tie), name only; else {none}",
    "We have a meeting of {seats} people and need a {need}. The list shows each room with its seats, its equipment "
    "and whether it is free or taken. Name the free room with the fewest seats that is still large enough and has a "
    "{need}; of two such rooms take the one further up. No room: {none}.",
    given="a list of rooms",
    difficulty=3,
    seats=number(4, 12),
    need=choice(*_EQUIPMENT),
    none=missing(),
)
def meeting_room_that_fits(draw: Draw, p: Values) -> Pair:
    rooms = draw.some(
        "Oak Elm Birch Lisbon Oslo Paris Rome Blue Green Attic Garden Lobby Saturn Mars Venus".split(), 2, 4
    )
    form = draw.pick(
        (
            "{r}: {n} seats, {e}, {f}",
            "{r} ({n}) - {e} - {f}",
            "{r} | {n} seats | {e} | {f}",
            "{f}: {r}, {n} seats, {e}",
        )
    )
    rows, best = [], None
    for room in rooms:
        size, free = (
            draw.pick(
                (draw.randint(2, p.seats - 1), p.seats, draw.randint(p.seats, 20), draw.randint(p.seats, 20))
            ),
            draw.chance(0.75),
        )
        things = draw.some([e for e in _EQUIPMENT if e != p.need], 0, 2) + (
            [p.need] if draw.chance(0.7) else []
        )
        rows.append(
            form.format(
                r=room,
                n=size,
                e=" + ".join(draw.mix(things)) or "no equipment",
                f="free" if free else "taken",
            )
        )
        if free and size >= p.seats and p.need in things and (best is None or size < best[0]):
            best = (size, room)
    return "\n".join(rows), best[1] if best else p.none


_FREE = ("{d}: off", "{d} holiday", "{d} sick")


@area.family(
    "working time",
    "[count|work out|add up] the overtime of the [week|time sheet]: the hours above {full} on each day, added up "
    "over {which}; days with fewer hours take nothing away. [Write the number.|Answer with the number of hours.]",
    "[Overtime|Hours of overtime|Weekly overtime] = sum over {which} of the hours above {full} per day; [short days "
    "do not reduce it|shorter days are not set off]. [Number only.|Just the number.]",
    "[I pay|We pay|Our firm pays] overtime by the day: whoever works more than {full} hours on a day has overtime "
    "for the hours above that, and shorter days are not set off against it. [Add it up|Sum it] over {which} and "
    "[give me|tell me] the number of hours (0 if there is none). [Days off count as 0 hours.|Days off do not matter.]",
    given="a time sheet",
    difficulty=3,
    full=number(6, 9),
    which=choice({"all days": tuple(_DAYS), "all days listed": tuple(_DAYS), "Monday to Friday": tuple(_DAYS[:5]),
    "Saturday and Sunday": tuple(_DAYS[5:]), "Monday to Saturday": tuple(_DAYS[:6]),
    "Monday, Tuesday and Wednesday": tuple(_DAYS[:3])}),
)  # fmt: skip
def overtime_of_a_week(draw: Draw, p: Values) -> Pair:
    days = sorted(draw.sample(range(7), draw.randint(2, 5)))
    form = draw.pick(("{d} {h}", "{d}: {h} h", "{d} - {h} hours", "{d} {h}h"))
    rows, total = [], 0
    for n in days:
        hours = draw.pick(
            (p.full, p.full + draw.randint(1, 3), p.full + draw.randint(1, 3), p.full - draw.randint(1, 4), 0)
        )
        name = _DAYS[n]
        rows.append(form.format(d=name, h=hours) if hours else draw.pick(_FREE).format(d=name))
        total += max(0, hours - p.full) if name in p.which else 0
    return draw.pick((", ", "\n", "; ")).join(rows), str(total)


@area.family(
    "working time",
    "[check|decide] whether the shift is allowed: {no} if it lasts longer than {most} hours, if it is longer than "
    "{long} hours without a break, or if the rest before it was shorter than {rest} hours; {yes} in all other cases",
    "Shift allowed {yes} / not allowed {no}. Not allowed: over {most} h; over {long} h without a break; less than "
    "{rest} h rest before it.",
    "I plan shifts and must keep to the labour law. No shift may last more than {most} hours, a shift of more than "
    "{long} hours needs a break, and there have to be at least {rest} hours of rest before it. Answer {yes} if the "
    "shift is fine in all three respects, {no} if any of them is violated.",
    given="a planned shift",
    difficulty=3,
    most=number(9, 12),
    long=number(5, 7),
    rest=number(10, 12),
    labels=labels(yes=("allowed", "legal", "ok"), no=("not allowed", "illegal", "change it")),
)  # fmt: skip
def shift_within_the_law(draw: Draw, p: Values) -> Pair:
    fine = draw.chance(0.5)
    fault = "" if fine else draw.pick(("most", "long", "rest"))
    hours = (
        p.most + draw.randint(1, 3)
        if fault == "most"
        else draw.randint(p.long + 1, p.most)
        if fault == "long"
        else draw.pick((p.most, p.long, draw.randint(3, p.most)))
    )
    pause = fault != "long" and (hours > p.long or draw.chance(0.4))
    rest = (
        p.rest - draw.randint(1, 4) if fault == "rest" else draw.pick((p.rest, p.rest + draw.randint(1, 30)))
    )
    start = draw.randint(0, 23 - min(hours, 20))
    time = draw.pick(
        (
            f"{hours} hours",
            f"{start}:00 to {start + hours}:00" if start + hours <= 24 else f"{hours} hours",
            f"length {hours} h",
        )
    )
    parts = [
        time,
        draw.pick(
            ("with a break", "break of 30 minutes", "break at half-time")
            if pause
            else ("no break", "without a break", "break: none")
        ),
        draw.pick(
            (
                f"{rest} hours of rest before it",
                f"rest before: {rest} h",
                f"last shift ended {rest} hours earlier",
            )
        ),
    ]
    return (
        f"{draw.pick(('', names.first_name(draw) + ': ', draw.pick(_DAYS) + ', ', 'night shift, '))}{draw.pick((', ', '; ', ' / ')).join(parts)}",
        p.labels["yes" if fine else "no"],
    )


@area.family(
    "admission",
    "[decide|say] who may ride: {alone} from {tall} cm up, {guided} if smaller but at least {low} cm and {years} "
    "years old, {never} for all others",
    "Ride check: height {tall}+ cm: {alone}; {low} to under {tall} cm and age {years} or more: {guided}; otherwise: "
    "{never}",
    "At our roller coaster, everyone who is {tall} cm or taller rides on their own ({alone}), whatever their age. "
    "Smaller guests of at least {low} cm who are {years} or older may ride with a grown-up beside them ({guided}). "
    "All the rest must wait outside ({never}).",
    given="a guest",
    difficulty=3,
    tall=number(130, 150, 5),
    low=number(100, 120, 5),
    years=number(5, 9),
    labels=labels(alone=("alone", "green", "free"), guided=("with adult", "yellow", "guided"), never=("no ride",
    "red", "wait")),
)  # fmt: skip
def guest_on_the_ride(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("alone", "guided", "never"))
    if kind == "alone":
        height, age = draw.pick((p.tall, draw.randint(p.tall, 190))), draw.randint(4, 60)
    elif kind == "guided":
        height, age = (
            draw.pick((p.low, draw.randint(p.low, p.tall - 1), p.tall - 1)),
            draw.pick((p.years, draw.randint(p.years, 14))),
        )
    elif draw.chance(0.5):
        height, age = draw.pick((p.low - 1, draw.randint(85, p.low - 1))), draw.randint(3, 12)
    else:
        height, age = draw.randint(p.low, p.tall - 1), draw.randint(3, p.years - 1)
    size = draw.pick((f"{height} cm", f"{height / 100:.2f} m", f"{height}cm tall"))
    form = draw.pick(
        (
            "{n}, {a} years, {h}",
            "{h}, age {a}",
            "{n} is {a} and {h}",
            "guest: {a} years old / {h}",
            "height {h}; {a} y",
            "my child is {a}, {h}, can we go??",
            "{n} ({a}), {h}",
        )
    )
    return noise.untidy(draw, form.format(n=names.first_name(draw), a=age, h=size)), p.labels[kind]


@area.family(
    "admission",
    "[work out|give] the ticket price in euros: {full} for adults, {half} for children under {young} and for people "
    "of {old} or more, free (0) under {baby}; on {day}s everyone who pays pays one euro less. [Only the "
    "number.|Number only.]",
    "Price in euros: under {baby} 0; under {young} {half}; {old} and older {half}; others {full}; on a {day} minus 1 "
    "(never below 0). [Just the number.|Number only.]",
    "Our little museum takes {full} euros from adults and {half} from children below {young} as well as from "
    "visitors aged {old} or over. Toddlers below {baby} get in for nothing. Every {day} the paid tickets are one "
    "euro cheaper. Tell me the price of this ticket as a plain number.",
    given="a visitor and a day",
    difficulty=3,
    full=number(8, 14),
    half=number(4, 7),
    young=number(12, 18, 2),
    old=number(60, 70, 5),
    baby=number(3, 6),
    day=choice(*_DAYS[:5]),
)
def price_of_a_ticket(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("baby", "young", "old", "full", "full"))
    low, high = {
        "baby": (1, p.baby - 1),
        "young": (p.baby, p.young - 1),
        "old": (p.old, 92),
        "full": (p.young, p.old - 1),
    }[kind]
    age = draw.pick((low, high, draw.randint(low, high)))
    day = p.day if draw.chance(0.4) else draw.pick([d for d in _DAYS if d != p.day])
    price = {"baby": 0, "young": p.half, "old": p.half, "full": p.full}[kind] - (
        day == p.day and kind != "baby"
    )
    form = draw.pick(
        (
            "{n}, {a} years, {d}",
            "age {a}, {d}",
            "{d}: one visitor, {a} years old",
            "{a}-year-old on {d}",
            "We come on {d}, I'm {a}.",
            "{d} / {a}",
        )
    )
    return form.format(n=names.first_name(draw), a=age, d=day).replace(" 1 years", " 1 year"), str(price)
