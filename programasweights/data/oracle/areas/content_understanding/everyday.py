"""Content understanding: recipes and instructions, opening hours."""

from programasweights.data.oracle.areas.content_understanding._banks import (
    DAYS,
    clock,
    edges,
)
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, separator, yes_no

__all__ = ["area"]

area = Area("Content understanding")

_STEPS = {
    "soup": ("peel the carrots", "chop the onions", "fry the onions", "add the stock", "simmer for an hour",
    "blend everything",
             "stir in the cream", "season to taste"),
    "bread": ("mix flour and water", "add the yeast", "knead the dough", "let it rest overnight",
    "heat the oven", "shape the "
              "loaf", "bake for forty minutes", "let it cool on a rack"),
    "router": ("unplug the router", "wait ten seconds", "plug it in again", "press the reset button",
    "open the settings page",
               "enter the code from the label", "choose a new password", "reconnect your phone"),
    "tyre": ("loosen the nuts", "jack up the car", "take off the wheel", "fit the spare wheel",
    "tighten the nuts by hand",
             "lower the car", "tighten the nuts fully", "check the pressure"),
    "tent": ("clear the ground", "roll out the sheet", "unfold the tent", "slide in the poles",
    "raise the tent", "peg down the "
             "corners", "tie the ropes", "hang up the lamp"),
    "wall": ("cover the floor", "fill the holes", "sand the wall", "tape the edges", "apply the primer",
    "paint the first coat",
             "paint the second coat", "pull off the tape"),
    "plant": ("fill the pot with soil", "water the soil", "make a small hole", "put in the seed",
    "cover it with soil", "place the "
              "pot in the sun", "turn the pot every day", "cut the first leaves"),
    "app": ("back up your data", "download the installer", "close all windows", "run the installer",
    "accept the licence",
            "pick a folder", "restart the computer", "enter the product key"),
}  # fmt: skip


@area.family(
    "recipes and instructions",
    "[answer|tell|say] which step comes [directly|right|immediately] {side} the asked one in the instructions; "
    "the asked step "
    "stands in the last line. [Write|Copy|Give] the step in [the words of the text|its own words], without "
    "words like 'then'; {none} if there is no such step",
    "[Last line|The last line] = a step of the [instructions|text above it]. [Output|Wanted:] the step "
    "[directly|right] {side} it, as worded there, "
    "[no linking words|without 'first', 'then' etc.]. Nothing there: {none}",
    "Our help bot gets instructions and, in the last line, the step the user is at. It should say which step "
    "[is|comes] right "
    "{side} that one when things are done in the correct order (mind sentences such as 'before you do A, do "
    "B', where B comes "
    "first). [Use|Keep] the words of the instructions without 'next', 'first' and so on, and answer {none} if "
    "the asked step has no "
    "step {side} it.",
    given="instructions and a question",
    difficulty=3,
    side=choice("before", "after"),
    none=missing(),
)
def neighbouring_step_of_instructions(draw: Draw, p: Values) -> Pair:
    full = _STEPS[draw.pick(tuple(_STEPS))]
    count = draw.randint(3, 6)
    steps = [full[n] for n in sorted(draw.some(range(len(full)), count))]
    if draw.chance(0.3):
        text = "\n".join(f"{n}. {s}" for n, s in enumerate(steps, 1))
    else:
        parts = [draw.pick(("First, {}.", "Start like this: {}.", "To begin with, {}.")).format(steps[0])]
        at = 1
        while at < count:
            if at + 1 < count and draw.chance(0.45):
                first, second = steps[at], steps[at + 1]
                parts.append(draw.pick(("Before you {b}, {a}.", "Then {a}; only after that {b}.",
                    "Next, {a}, then {b}.",
                                        "Once that is done, {a}, and when you are ready, {b}.")).format(a=first,
                                        b=second))  # fmt: skip
                at += 2
            else:
                parts.append(
                    draw.pick(("Then {}.", "Next, {}.", "After that, {}.", "Now {}.")).format(steps[at])
                )
                at += 1
        text = " ".join(parts)
    index = draw.randrange(count)
    other = index + (1 if p.side == "after" else -1)
    asked = draw.pick(("Asked: {}", "Step: {}", "I am at: {}", "? {}", "Question: {}")).format(steps[index])
    return f"{text}\n{asked}", steps[other] if 0 <= other < count else p.none


_FOODS = {
    "nuts": ("almonds", "walnuts", "hazelnuts", "cashews", "chopped pecans"),
    "meat": ("beef", "bacon", "chicken breast", "minced pork", "ham", "lamb"),
    "milk": ("butter", "cream", "grated cheese", "milk", "yoghurt", "mozzarella"),
    "eggs": ("two eggs", "an egg yolk", "beaten eggs", "three egg whites", "a boiled egg"),
    "fish": ("salmon", "tuna", "cod", "anchovies", "smoked trout"),
    "plain": ("rice", "tomatoes", "olive oil", "garlic", "red lentils", "spinach", "potatoes", "carrots",
    "black beans", "basil",
              "lemon juice", "onions", "peppers", "parsley", "sugar", "salt", "chickpeas", "courgettes",
              "maple syrup"),
}  # fmt: skip
_GONE = ("No {} needed.", "Works without {}.", "The old version had {}, this one does not.",
    "Leave out the {} that my aunt uses.",
         "Contains no {}.", "I never put {} in.")  # fmt: skip


@area.family(
    "recipes and instructions",
    "say whether the dish contains {group}: {yes} or {no}. Things that are left out [or not needed|] do not count",
    "Recipe -> {yes} if {group} go in or on the dish, otherwise {no}. 'Without X' means X is not in it",
    "My guests have allergies, so I check each recipe for {group}. If anything of that kind is really used, "
    "tell me {yes}. "
    "If it is not there, or [only|just] mentioned as something that is not used[ in this dish|], tell me {no}.",
    given="a recipe",
    group=choice(
        {
            "nuts (almonds, walnuts, hazelnuts, cashews, pecans)": "nuts",
            "nuts of any sort": "nuts",
            "meat products (not fish)": "meat",
            "milk products (milk, butter, cream, cheese, yoghurt)": "milk",
            "dairy products": "milk",
            "eggs": "eggs",
            "fish products": "fish",
        }
    ),
    labels=yes_no(),
)
def recipe_contains_food_group(draw: Draw, p: Values) -> Pair:
    inside = draw.chance(0.5)
    used = draw.some(_FOODS["plain"], 2, 5)
    others = [g for g in _FOODS if g not in ("plain", p.group)]
    used += [draw.pick(_FOODS[g]) for g in draw.some(others, 0, 2)]
    target = draw.pick(_FOODS[p.group])
    if inside:
        used.append(target)
    used = draw.mix(used)
    dish = draw.pick(
        ("salad", "soup", "stew", "pie", "curry", "casserole", "bake", "wrap", "bowl", "Sunday dish")
    )
    listed = ", ".join(used[:-1]) + " and " + used[-1]
    text = draw.pick(("My {d}: mix {l}.", "For the {d} you take {l}.", "{D}\nIngredients: {l}.",
        "This {d} is made with {l}.",
                      "Quick {d} tonight! Put {l} in a dish and bake it for {n} minutes.",
                      "You need {l} for the {d}, that's all."))  # fmt: skip
    text = text.format(d=dish, D=dish.capitalize(), l=listed, n=draw.randint(10, 50))
    if not inside and draw.chance(0.6):
        text += " " + draw.pick(_GONE).format(
            target.removeprefix("two ").removeprefix("three ").removeprefix("an ")
        )
    elif draw.chance(0.5):
        text += " " + draw.pick(_GONE).format(draw.pick(("wine", "flour", "vinegar", "honey", "capers",
            "mushrooms")))  # fmt: skip
    return edges(draw, text), p.labels["yes" if inside else "no"]


def _hours(draw: Draw) -> list[tuple[int, int] | None]:
    """Opening and closing time of the seven days."""
    start, end = draw.randrange(420, 661, 30), draw.randrange(960, 1321, 30)
    week: list[tuple[int, int] | None] = [(start, end)] * 7
    for day in range(7):
        chance = {5: 0.8, 6: 0.85}.get(day, 0.2)
        if draw.chance(chance):
            short = (start + draw.pick((0, 30)), draw.randrange(750, 931, 30))
            week[day] = None if draw.chance(0.6 if day in (0, 6) else 0.25) else short
    return week


def _hours_text(draw: Draw, week: list[tuple[int, int] | None]) -> str:
    short = draw.chance(0.5)
    parts, day = [], 0
    dash = draw.pick(("-", "–", " to ", " - "))
    while day < 7:
        last = day
        while last < 6 and week[last + 1] == week[day]:
            last += 1
        shown = [DAYS[n][:3] if short else DAYS[n] for n in (day, last)]
        name = shown[0] if day == last else f"{shown[0]}{dash if dash != ' - ' else '-'}{shown[1]}"
        span = week[day]
        parts.append(f"{name}: closed" if span is None else f"{name}{draw.pick((':', ''))} {clock(draw, span[0])}{dash}"
                     f"{clock(draw, span[1])}")  # fmt: skip
        day = last + 1
    head = draw.pick(
        ("", "", "Opening hours: ", "We are open:\n", "{s}, {c} - ", "Hours of our shop ({s}): ")
    ).format(s=names.street(draw), c=names.city(draw))
    return head + draw.pick((", ", "; ", "\n", " | ")).join(parts)


@area.family(
    "opening hours",
    "answer the question in the last line from the opening hours: {yes} if the place is open at that time, "
    "{no} if it is closed. "
    "At the closing time itself it counts as closed[, at the opening time as open|; at the opening time it is "
    "open]. Times "
    "without am or pm are on the 24-hour clock",
    "Open at the asked day and time? {yes} / closed then: {no}. [Opening minute = open, closing minute = "
    "closed|The opening "
    "time is included, the closing time is not]. 24-hour clock unless am or pm is [given|written]",
    "People ask our chat assistant whether a shop is open. You see the hours and, in the last line, the day "
    "and the time they "
    "mean. [Reply|Answer] {yes} if it is open then and {no} otherwise; the first minute counts as open, the "
    "minute of closing as "
    "closed. [A time without am or pm is|Times without am or pm are] on the 24-hour clock.",
    given="opening hours and a question",
    difficulty=3,
    labels=yes_no(),
)
def open_at_the_asked_time(draw: Draw, p: Values) -> Pair:
    week = _hours(draw)
    day, is_open = draw.randrange(7), draw.chance(0.5)
    while is_open and week[day] is None:
        day = draw.randrange(7)
    span = week[day]
    if span is None:
        at = draw.randrange(600, 1081, 30)
    elif is_open:
        at = draw.randrange(span[0], span[1], 15)
    else:
        at = draw.pick((draw.randrange(300, span[0], 15), draw.randrange(span[1], 1380, 15), span[1]))
    asked = draw.pick(("Open on {d} at {t}?", "Can I come on {d} at {t}?", "{d} {t}", "{d} at {t}, are you open?",
                       "Is anybody there on {d} at {t}?")).format(d=DAYS[day], t=clock(draw, at))  # fmt: skip
    found = span is not None and span[0] <= at < span[1]
    return f"{_hours_text(draw, week)}\n{asked}", p.labels["yes" if found else "no"]


@area.family(
    "opening hours",
    "[give|write|tell me] {what} on {day} as HH:MM in the 24-hour clock[, such as 08:30|], or {none} if [it "
    "is|the shop is] "
    "closed all day. [Hours|Times] without am or pm are [already|] in 24-hour form",
    "[Wanted|Needed|Find]: {what} on {day}, as HH:MM, 24 h[ours|] (no am or pm in the text: already 24 h). "
    "Closed [that day|then]: {none}",
    "From the opening hours that shops send us I need {what} on {day}. Hours come as 6pm, 6.30 pm or 18:30 (no "
    "am or pm means 24-hour clock); [write|give] them "
    "all as HH:MM in 24-hour form with two digits each, and write {none} for a day on which they are closed.",
    given="opening hours",
    day=choice(*DAYS),
    what=choice(
        {
            "the closing time": 1,
            "the time when they close": 1,
            "the opening time": 0,
            "the time when they open": 0,
        }
    ),
    none=missing("closed", "shut"),
)
def opening_or_closing_time_of_a_day(draw: Draw, p: Values) -> Pair:
    week = _hours(draw)
    index = DAYS.index(p.day)
    if draw.chance(0.25):
        week[index] = None
    elif week[index] is None and draw.chance(0.7):
        week[index] = (draw.randrange(480, 661, 30), draw.randrange(720, 1261, 30))
    span = week[index]
    text = edges(draw, _hours_text(draw, week))
    return text, p.none if span is None else f"{span[p.what] // 60:02d}:{span[p.what] % 60:02d}"


@area.family(
    "recipes and instructions",
    "[multiply|scale] every quantity of the ingredient list by {factor} and [write|give] the new list in the "
    "same order, items "
    "separated by {separator}, each as number, unit (if any) and ingredient",
    "[Ingredients|Quantities] x {factor}. [Output|Format]: 'number unit ingredient' (no unit if there is "
    "none), {separator} between, same order, no heading",
    "[I cook|We are cooking|This time I cook] for {factor} times as many people as the recipe is made for. "
    "Take the list of ingredients, multiply each number by "
    "{factor}, [keep|leave] units and names as they are, drop the heading and bullets, and put {separator} "
    "between the items.",
    given="a list of ingredients",
    factor=choice(
        {"2": 2, "two": 2, "3": 3, "three": 3, "4": 4, "four": 4, "10": 10, "ten": 10, "5": 5, "five": 5}
    ),
    separator=separator(),
)
def ingredients_scaled_up(draw: Draw, p: Values) -> Pair:
    pool = (("g", "flour", 50), ("g", "sugar", 10), ("ml", "milk", 50), ("", "eggs", 1), ("tbsp", "oil", 1),
        ("g", "butter", 25),
            ("tsp", "salt", 1), ("", "onions", 1), ("cloves", "garlic", 1), ("ml", "water", 100), ("g", "rice", 50),
            ("cups", "oats", 1), ("slices", "bread", 1), ("", "tomatoes", 1), ("g", "lentils", 50),
            ("", "lemons", 1))  # fmt: skip
    rows = [(u, i, step * draw.randint(2, 6)) for u, i, step in draw.some(pool, 1, 4)]

    def row(unit: str, item: str, count: int) -> str:
        return f"{count} {unit} {item}" if unit else f"{count} {item}"

    mark = draw.pick(("", "- ", "* ", "• "))
    shown = [row(*r) for r in rows]
    text = ", ".join(shown) if draw.chance(0.4) else "\n".join(mark + s for s in shown)
    head = draw.pick(("", "", "Ingredients:\n", "Pancakes\n", "You need:\n", "Grandma's stew\n"))
    return noise.untidy(draw, head + text), p.separator.join(row(u, i, n * p.factor) for u, i, n in rows)


@area.family(
    "opening hours",
    "[count|find out] on how many days [of|in] the week the place is {state} and {form}[, nothing more|]",
    "[Days per week|Number of days a week] on which [they are|the shop is|it is] {state}: count them [from|in] "
    "the [hours|opening hours], {form}",
    "I compare [shops|places|libraries] by their hours and [need|want] to know on how many of the seven days "
    "each one is {state}. [Please|You should] {form}.",
    "On how many [days of the week|of the seven days of the week|days a week] are they {state}? [Please|You "
    "should|Just] {form}.",
    given="opening hours",
    state=choice({"open": True, "closed all day": False, "open at least for a while": True, "never open": False}),
    form=choice({"answer with a digit": "{}", "answer with the number in digits": "{}", "write it as 'n/7'": "{}/7",
                 "write it as 'n of 7'": "{} of 7", "write 'n day(s)'": "{} day(s)",
                 "write it as 'days: n'": "days: {}"}),
)  # fmt: skip
def count_of_open_days(draw: Draw, p: Values) -> Pair:
    week = _hours(draw)
    for day in draw.some(range(7), 0, 3):
        week[day] = None
    count = sum((span is not None) == p.state for span in week)
    return edges(draw, _hours_text(draw, week)), p.form.format(count)
