"""Products and work: recalls, doses, food past its date, near misses, steps left out, protective gear."""

import datetime as dt

from programasweights.data.oracle.areas.fuzzy_classification._banks import (
    ITEMS,
    bank,
    capital,
    chain,
    letter,
    say,
)
from programasweights.data.oracle.banks import dates, names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, number, separator

__all__ = ["area"]

area = Area("Safety and quality")

_LOTS = tuple("L K B LX T Q HM P".split())
_HAVE = bank("""I [have|own] a {item} with the number {x}, bought in {city} / mine says {x}, it is the {item} / is my {item} safe? It has
    {x} printed on the bottom / {x} is what stands on our {item} / got the {item} from my brother, number {x} / hello, {item}, {x},
    what shall I do?""")
_HAVE_NOT = bank("""I cannot find any number on my {item} / the sticker of my {item} has come off / I own the {item}, where do I find
    the number? / we have had the {item} since {month}, but the print is unreadable / does this concern all of the {item}s?""")


@area.family(
    "product safety",
    "[read|take] the recall notice and the customer's message; answer {stop} if the number on the customer's product lies "
    "within the recalled range (first and last number included), {use} if it has another number or other letters before "
    "it, {ask} if the customer gives no number",
    "Recalled range in the notice, ends included. Customer's number inside it -> {stop}; outside, or other letters in "
    "front -> {use}; no number given -> {ask}",
    "One of our products can catch fire, and people write to ask whether theirs is concerned. The notice names the first "
    "and the last number of the bad batch; both belong to it. [Answer|Return] {stop} if the customer's number is in the "
    "batch, {use} if it is not (the letters have to be the same, too), and {ask} if they do not tell us any number.",
    given="a recall notice and a message from a customer",
    labels=labels(stop=("affected", "recalled", "stop"), use=("not affected", "safe", "use"), ask=("unknown", "ask",
        "no number")),
)  # fmt: skip
def recall_covers_this_number(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("stop", "use", "ask"))
    item = draw.pick(ITEMS)
    letters, other = draw.some(_LOTS, 2)
    low = draw.randint(1000, 8500)
    high = low + draw.choice((25, 80, 250, 900))
    value = draw.pick((low, high, draw.randint(low, high), draw.randint(low, high)))
    if kind == "use":
        if draw.chance(0.35):
            letters_said = other
        else:
            letters_said = letters
            value = draw.pick((low - 1, high + 1, low - draw.randint(2, 700), high + draw.randint(2, 500)))
    else:
        letters_said = letters
    notice = draw.pick((
        "Recall: {i}, numbers {l}{a} to {l}{b}.", "We recall the {i} with the numbers {l}{a}-{l}{b}.",
        "RECALL - {i} - first number {l}{a}, last number {l}{b}", "Please stop using the {i} if its number is between {l}{a} and {l}{b}.",
    )).format(i=item, l=letters, a=low, b=high)  # fmt: skip
    more = draw.pick(("", "", f" Hotline: {names.phone(draw)}.", f" Sold in {draw.randint(2015, 2024)}."))
    text = (
        say(draw, _HAVE, item=item, x=f"{letters_said}{value}")
        if kind != "ask"
        else say(draw, _HAVE_NOT, item=item)
    )
    return f"{notice}{more}\n{draw.pick(('Customer: ', '> ', 'Message: ', ''))}{capital(text)}", p.labels[
        kind
    ]


_DRUGS = ("Calmodin", "Rivexal", "Tussiprin", "Nasolar", "Febrilon", "Dolanex", "Allerzin", "Gastrovit")
_TIMES = (
    "at breakfast",
    "at noon",
    "in the afternoon",
    "before bed",
    "at night",
    "after lunch",
    "in the evening",
)


@area.family(
    "product safety",
    "add up the {unit} of each medicine taken on the day and compare the sum with the limit in the leaflet line: {over} if "
    "it is [greater|more] than the limit, {full} if it is just the limit, {rest} if it is less. [Other medicines|Medicines "
    "with another name] do not count",
    "Sum of the {unit} taken of the medicine named in the first line (ignore other medicines) vs. its daily limit: above "
    "-> {over}, equal -> {full}, below -> {rest}",
    "I write an app in which relatives note what grandpa took. The first line has the medicine and how many {unit} a day "
    "are allowed at most. [Count|Add up] what he took of just that medicine, [whatever else is listed|not the others]. "
    "Return {over} if the limit has been passed, {full} if it is reached exactly and {rest} if he stayed below it.",
    given="a limit and the notes of one day",
    difficulty=3,
    unit=choice("tablets", "drops", "capsules", "sachets", "puffs"),
    labels=labels(over=("over", "too much", "alarm"), full=("full", "reached", "at the limit"), rest=("below", "under",
        "more allowed")),
)  # fmt: skip
def day_dose_against_limit(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("over", "full", "rest"))
    drug, other = draw.some(_DRUGS, 2)
    taken = [draw.randint(1, 4) * (5 if p.unit == "drops" else 1) for _ in range(draw.randint(1, 4))]
    total = sum(taken)
    step = 5 if p.unit == "drops" else 1
    limit = {
        "over": total - step * draw.randint(1, 3),
        "full": total,
        "rest": total + step * draw.randint(1, 4),
    }[kind]
    if limit <= 0:
        limit, kind = total, "full"
    lines = [f"{n} {_one(p.unit, n)} of {drug}" for n in taken]
    if draw.chance(0.6):
        n = draw.randint(1, 5)
        lines.insert(draw.randint(0, len(lines)), f"{n} {_one(p.unit, n)} of {other}")
    times = draw.some(_TIMES, len(lines))
    head = draw.pick((f"{drug}: at most {limit} {_one(p.unit, limit)} in 24 hours", f"{drug} - daily limit {limit} {_one(p.unit, limit)}",
                      f"Take no more than {limit} {_one(p.unit, limit)} of {drug} a day"))  # fmt: skip
    form = draw.pick(("{t}: {x}", "{x} {t}", "- {x}, {t}"))
    return head + "\n" + "\n".join(
        capital(form.format(t=t, x=x)) for t, x in zip(times, lines, strict=True)
    ), p.labels[kind]


def _one(unit: str, count: int) -> str:
    return (unit[:-2] if unit.endswith("shes") else unit[:-1]) if count == 1 else unit


_FOODS = tuple(
    "milk/yoghurt/minced beef/chicken breast/salmon/cream/eggs/tofu/ham/soft cheese/butter/fresh pasta/potato salad/hummus/"
    "smoked trout/cottage cheese/orange juice/spinach".split("/")
)
_DAY_RULES = {
    "before today's date": "before", "earlier than today (today itself is still fine)": "before",
    "before or on today's date": "on", "today or earlier": "on",
}  # fmt: skip


@area.family(
    "food safety",
    "list the foods on the shelf list whose use-by date is {rule}, in the order of the list, [separated by|divided by] "
    "{separator}; {none} if there are none. Today's date [is given|stands] in the first line",
    "Foods to throw out: use-by date {rule}. Names as listed, in order, {separator} between them; [nothing to throw "
    "out|all fine]: {none}",
    "I manage a canteen kitchen. Every morning I scan the fridge: the first line has today's date, the others a food with "
    "its use-by date. [Tell|Give] me what has to go, that is everything with a date {rule}. Keep the names and the order, "
    "put {separator} between them, and write {none} when nothing has to go.",
    given="a fridge list with today's date",
    difficulty=3,
    rule=choice(_DAY_RULES),
    separator=separator(),
    none=missing("all fine"),
)
def foods_past_their_date(draw: Draw, p: Values) -> Pair:
    today = dates.date(draw, 2022, 2029)
    form = draw.pick(("%Y-%m-%d", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"))
    lines, found = [], []
    for food in draw.some(_FOODS, 2, 6):
        gap = draw.pick((0, -1, 1, draw.randint(-40, -2), draw.randint(2, 60), draw.randint(2, 400)))
        lines.append(
            f"{food}{draw.pick((': ', ' - ', ', use by '))}{(today + dt.timedelta(days=gap)).strftime(form)}"
        )
        if gap < 0 or (gap == 0 and p.rule == "on"):
            found.append(food)
    head = draw.pick(("Today: {}", "today is {}", "Date: {}")).format(today.strftime(form))
    return "\n".join([head, *lines]), p.separator.join(found) or p.none


_STORES = ("fridge {n}", "cold room {n}", "freezer {n}", "display {n}", "cooler {n}")


@area.family(
    "food safety",
    "[name|list] the devices of the log that are ever warmer than {limit} degrees, each once, in the order in which they "
    "first appear, [separated by|divided by] {separator}, or {none}. [Exactly {limit} is fine|{limit} itself is still fine]",
    "Devices with a reading above {limit} °C ({limit} is ok), once each, in order of their first line in the log, "
    "{separator} between them; none too warm: {none}",
    "The food inspector wants to see which of our coolers got too warm. From the log of readings, [write|give] each device "
    "with at least one value of more than {limit} degrees, in the order in which the devices turn up in the log, with "
    "{separator} between the names. A value of {limit} is allowed. [All cold enough|No device too warm]: {none}.",
    given="a log of temperatures",
    difficulty=3,
    limit=number(3, 9),
    separator=separator(),
    none=missing("all cold"),
)
def coolers_that_got_too_warm(draw: Draw, p: Values) -> Pair:
    stores = [s.format(n=draw.randint(1, 6)) for s in draw.some(_STORES, 2, 4)]
    hot = draw.some(stores, draw.pick((0, 1, 1, 2)))
    lines, order = [], []
    for _ in range(draw.randint(3, 8)):
        store = draw.pick(stores)
        warm = store in hot and draw.chance(0.6)
        tenth = (
            p.limit * 10 + draw.pick((1, 3, 10, 25, 60))
            if warm
            else p.limit * 10 - draw.pick((0, 0, 5, 10, 32, 70))
        )
        value = f"{tenth / 10:g}"
        lines.append((store, tenth, value))
        order.append(store)
    clock = draw.randint(0, 6) * 60
    shape = draw.pick(("{c} {s}: {v} °C", "{s} {c} {v}C", "{c} | {s} | {v}", "{s}, {v} degrees at {c}"))
    shown = []
    for store, _, value in lines:
        clock += draw.randint(10, 120)
        shown.append(shape.format(c=f"{clock // 60:02}:{clock % 60:02}", s=store, v=value))
    found = [s for s in dict.fromkeys(order) if any(t > p.limit * 10 for name, t, _ in lines if name == s)]
    return "\n".join(shown), p.separator.join(found) or p.none


_EVENTS = {
    "hurt": bank("""{first} cut [his|her] hand on the saw and needed stitches / {first} slipped on the wet floor and broke a wrist /
        hot oil splashed and burnt {first}'s arm / {first} strained a back muscle while lifting a crate / a shelf fell on {first}'s
        foot, toe bruised / {first} got dust in the eye and was taken to the doctor / {first} fell off the ladder and has a swollen
        knee / {first} caught a finger in the press, nail lost"""),
    "damage": bank("""the forklift hit the gate; the gate is bent, no one was near / a pallet tipped over and {n} boxes of glass
        broke, nobody hurt / the van scraped a post, door dented, driver unharmed / water from the roof ruined the printer, no one
        was hurt / a pipe burst and the stock in aisle {n} got soaked, no injuries / the crane hook smashed a lamp; all people
        unharmed / a drill fell from the bench and broke, nobody was near"""),
    "near": bank("""a hammer fell from the scaffold and landed next to {first}, nothing happened / {first} stepped back just before the
        forklift passed, no harm done / a box slid off the shelf, {first} caught it, nothing broken / {first} nearly tripped over
        the cable, but kept [his|her] balance / the guard of the saw was open, {first} noticed it in time / the truck rolled a metre
        and stopped by itself, nobody hurt and nothing damaged / a load swung over the path minutes before {first} walked there"""),
    "none": bank("""fire drill held on {day}, all went as planned / {first} asked for new gloves / the ladder in hall {n} was inspected
        and passed / training for the forklift is on {day} at {clock} / new signs were put up in aisle {n} / {first} reminded the
        team to wear helmets / the first-aid box was refilled / hall {n} has got a second exit sign"""),
}  # fmt: skip


@area.family(
    "safety at work",
    "[sort|label] the entry in the safety book: {hurt} if a person was injured, {damage} if only things were damaged, {near} "
    "if something dangerous happened but neither people nor things came to harm, {none} if nothing dangerous happened",
    "Injury -> {hurt}; no injury but property damage -> {damage}; close call without any harm -> {near}; no incident at "
    "all (training, inspections, requests) -> {none}",
    "Our foremen write everything into one book, and the law wants statistics. [Put|Give] {hurt} when a person got hurt, "
    "however slightly, {damage} when something broke or was spoiled but everyone is fine, {near} when it went well by luck "
    "or because someone reacted in time (no injury, no damage), and {none} for drills, checks and other plain notes.",
    given="an entry in a safety book",
    labels=labels(hurt=("injury", "accident", "hurt"), damage=("damage", "property", "material"), near=("near miss",
        "close call", "near"), none=("no incident", "routine", "other")),
)  # fmt: skip
def near_miss_or_injury(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_EVENTS))
    lead = draw.pick(("", "", f"{draw.randint(6, 19)}:{draw.randint(10, 59)} ", f"Hall {draw.randint(1, 9)}: ", "Late shift. ",
                      f"Entered by {names.last_name(draw)}: "))  # fmt: skip
    more = draw.pick(
        (
            "",
            "",
            say(
                draw,
                bank(
                    "Report follows / Foreman informed / Weather dry / {name} was on duty / Seen by {first}"
                ),
            ),
        )
    )
    return lead + letter(draw, capital(say(draw, _EVENTS[kind])), more, frame=0), p.labels[kind]


_DRILLS = (
    (
        "put on the gloves",
        "switch off the power",
        "lock the switch",
        "open the cover",
        "clean the blade",
        "close the cover",
    ),
    (
        "read the label",
        "put on the goggles",
        "open the window",
        "measure the powder",
        "add the water",
        "stir slowly",
    ),
    (
        "clear the area",
        "check the ropes",
        "put on the helmet",
        "attach the load",
        "give the signal",
        "lift the load",
    ),
    ("sign the form", "test the alarm", "close the valve", "drain the tank", "enter the tank", "report back"),
    (
        "chock the wheels",
        "set the brake",
        "warn the others",
        "raise the ramp",
        "unload the crates",
        "lower the ramp",
    ),
)
_DID = {"put": "put", "read": "read", "set": "set"}


def _drill_lists() -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for steps in _DRILLS:
        for low, high in ((0, 4), (1, 5), (2, 6), (0, 5), (1, 6), (0, 6)):
            part = steps[low:high]
            made["; ".join(f"({n}) {s}" for n, s in enumerate(part, 1))] = part
            made[", then ".join(part)] = part
    return made


@area.family(
    "safety at work",
    "The safe procedure is: {steps}. [Compare|Check] the log of what was done with it, and answer {ok} if it has all these "
    "steps in this order, {lacking} if [at least one|any] step is not in it, {order} if all are in it, but in another order",
    "Required steps, in order: {steps}. Log has all of them in that order -> {ok}; one or more missing -> {lacking}; all "
    "there but order wrong -> {order}. [Further entries do not matter|Other entries are ignored]",
    "We had an accident because somebody skipped a step. Workers must do this, one after the other: {steps}. They tick off "
    "what they do in a log. [Return|Give] {lacking} if a step is absent from the log; if none is absent, {ok} when they come "
    "in the required order, and {order} when they do not. Entries about other things in between do no harm.",
    given="a work log",
    difficulty=3,
    steps=choice(_drill_lists()),
    labels=labels(ok=("ok", "correct", "safe"), lacking=("incomplete", "step missing", "skipped"), order=("wrong order",
        "out of order", "disorder")),
)  # fmt: skip
def safety_steps_left_out(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("ok", "lacking", "order"))
    done = list(p.steps)
    if kind == "lacking":
        del done[draw.randrange(len(done))]
        if draw.chance(0.3):
            done = draw.mix(done)
    elif kind == "order":
        at = draw.randrange(len(done) - 1)
        done[at], done[at + 1] = done[at + 1], done[at]
        if draw.chance(0.4):
            done = draw.mix(p.steps)
            done = done if tuple(done) != p.steps else done[::-1]
    foreign = [s for steps in _DRILLS for s in steps if s not in p.steps and s not in done]
    extra = ["coffee break", "phone call", f"{names.first_name(draw)} came by", draw.pick(foreign)]
    for text in draw.some(extra, 0, 2):
        done.insert(draw.randint(0, len(done)), text)
    clock = draw.randint(360, 900)
    style = draw.randrange(3)
    lines = []
    for text in done:
        clock += draw.randint(1, 9)
        lines.append((f"{clock // 60}:{clock % 60:02} {text}", f"- {text}", capital(text))[style])
    return noise.untidy(draw, ("\n", "\n", ". ")[style].join(lines)), p.labels[kind]


_GEAR = {
    "gloves": bank("""handle the acid bottles / carry [broken|sharp] glass / pick up the hot moulds / work with the
        [solvent|bleach] / stack rough planks"""),
    "ear protection": bank("""run the jackhammer / work next to the [chainsaw|loud press] / test the siren / grind the rails with the
        loud machine"""),
    "a helmet": bank("""walk under the crane / dismantle the scaffold from below / work in the shaft where stones fall / help below the
        roofers"""),
    "goggles": bank("""turn metal on the lathe / chip old paint off the wall overhead / blow out the dust with compressed air / cut tiles
        so that splinters fly"""),
    "a life jacket": bank("""paint the boat out on the lake / check the buoys in the harbour by dinghy / take samples from a raft / repair
        the ferry's railing during the crossing"""),
}  # fmt: skip
_NEEDS = {
    "gloves": "{} for corrosive, hot or sharp things", "ear protection": "{} near loud machines", "a helmet": "{} where things can fall from above",
    "goggles": "{} where splinters or dust fly", "a life jacket": "{} on the water",
}  # fmt: skip
_DESK_WORK = bank("""answer the mail in the office / count the stock on paper / call {name} about the order / water the plants in the hall /
    print the plans / sort the invoices / meet {first} for lunch""")


def _gear_lists() -> dict[str, tuple[str, ...]]:
    keys = tuple(_GEAR)
    made: dict[str, tuple[str, ...]] = {}
    for n in range(len(keys)):
        for order in ((0, 1, 2), (0, 2, 1, 3), (0, 3, 1), (2, 0, 3, 1), (1, 0, 4, 2, 3)):
            chosen = tuple(keys[(n + k) % len(keys)] for k in order)
            made["; ".join(_NEEDS[key].format(key) for key in chosen)] = chosen
    return made


@area.family(
    "safety at work",
    "[name|list] the protective gear that the day's tasks call for by these rules: {rules}. Use the words and the order of "
    "the rules, each at most once, [separated by|divided by] {separator}; {none} if no rule applies",
    "Gear rules: {rules}. What is needed for these tasks? Names and order as in the rules, {separator} between them, once "
    "each; nothing needed: {none}",
    "I plan the work of a small building firm and have to hand out the right equipment. Our rules: {rules}. From the plan "
    "for the day, [give|write] all items somebody will need, named and ordered as above, with {separator} in between; if "
    "none of the rules fits any task, [write|put] {none}. Other equipment is not our concern.",
    given="a plan for the day",
    difficulty=3,
    rules=choice(_gear_lists()),
    separator=separator(),
    none=missing("no gear"),
)
def gear_for_the_days_tasks(draw: Draw, p: Values) -> Pair:
    kinds = draw.some(tuple(_GEAR), draw.pick((0, 1, 2, 2, 3)))
    tasks = [say(draw, _GEAR[kind]) for kind in kinds]
    tasks += [chain(draw, t) for t in draw.some(_DESK_WORK, 1 if tasks else 2, 2)]
    joint = draw.pick(("\n- ", "; ", "\n", ", then "))
    text = joint.join(draw.mix(tasks))
    start = (
        "- "
        if joint == "\n- "
        else draw.pick(("", f"{capital(names.first_name(draw))}: ", "Today: ", "Plan: "))
    )
    return start + text, p.separator.join(g for g in p.rules if g in kinds) or p.none
