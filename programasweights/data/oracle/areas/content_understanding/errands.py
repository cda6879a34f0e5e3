"""Content understanding: orders, shopping lists, rotas, announcements of events."""

from programasweights.data.oracle.areas.content_understanding._banks import DAYS, clock, edges, people
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator

__all__ = ["area"]

area = Area("Content understanding")

_STOCK = ("black pens", "A4 folders", "coffee filters", "USB cables", "light bulbs", "desk lamps",
    "office chairs", "paper cups",
          "staplers", "whiteboard markers", "printer cartridges", "hand towels", "notebooks", "envelopes", "batteries",
          "mouse pads", "bin bags", "bottles of glue", "rolls of tape", "boxes of tea", "door mats",
          "wall clocks", "headsets",
          "plant pots", "extension leads", "packs of paper", "calendars", "scissors", "water jugs", "name badges",
          "safety vests", "garden chairs", "bags of flour", "red candles", "picture frames")  # fmt: skip


@area.family(
    "orders and shopping",
    "list what is finally ordered [in the mail|by the customer], each item {form} with the quantity in digits, "
    "in the order of "
    "first mention, separated by {separator}. [Later changes win|What is said later counts]; [cancelled items "
    "are left out|leave "
    "out what is cancelled]",
    "Order mail -> [final|resulting] items {form} (digits), joined by {separator}, in order of first mention. "
    "[Corrections|Later numbers] override[ earlier numbers|], "
    "dropped items disappear",
    "Customers of my shop for office goods order by mail and often change their mind halfway. I need the final "
    "order: each item "
    "{form}, quantities as digits even when [they are|they were] written out, items in the order in which they "
    "first appear, with "
    "{separator} between them, and nothing that was taken back[ in the end|].",
    given="an order by mail",
    difficulty=3,
    form=choice({"as '3 x pens'": "{n} x {i}", "as 'pens: 3'": "{i}: {n}", "as 'pens (3)'": "{i} ({n})",
                 "as '3 pens'": "{n} {i}", "as 'pens=3'": "{i}={n}", "as '3* pens'": "{n}* {i}"}),
    separator=separator(),
)  # fmt: skip
def final_items_of_an_order_mail(draw: Draw, p: Values) -> Pair:
    items = draw.some(_STOCK, 1, 4)
    order = {item: draw.randint(2, 40) for item in items}

    def said(count: int) -> str:
        return words.number_word(count) if draw.chance(0.35) else str(count)

    parts = [f"{said(order[i])} {i}" for i in items]
    listed = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
    text = draw.pick(("Please send us {}.", "We would like to order {}.", "Hello, I need {} for our office.",
        "Could we get {}?",
                      "Order for {c}: {}.", "Hi {w}, please put {} on our account.", "This month we need {}.")).format(
        listed, c=names.city(draw), w=names.first_name(draw))  # fmt: skip
    if draw.chance(0.45):
        item, count = draw.pick(items), draw.randint(2, 40)
        order[item] = count
        text += draw.pick((" Sorry, make that {n} {i}.", " On second thoughts, {n} {i} will do.",
            " Correction: {n} {i}, please.",
                           " Oh, and {n} {i} instead of the number above.")).format(n=said(count), i=item)  # fmt: skip
    if len(items) > 1 and draw.chance(0.4):
        item = draw.pick(items)
        del order[item]
        text += draw.pick((" Please leave out the {i} after all.", " Forget about the {i}, we still have some.",
                           " And no {i} this time, I was wrong.", " PS: cancel the {i}.")).format(i=item)  # fmt: skip
    text += draw.pick(
        ("", "", " Best, {w}", " Thanks a lot!", " Our customer number is {k}.", " Delivery by {d} is fine.")
    ).format(w=names.full_name(draw), k=draw.randint(10000, 99999), d=draw.pick(DAYS))
    return edges(draw, text), p.separator.join(p.form.format(n=n, i=i) for i, n in order.items())


_SHELVES = {
    "produce": ("apples", "bananas", "carrots", "potatoes", "lettuce", "tomatoes", "grapes", "broccoli",
    "onions", "pears",
                "cucumber", "spinach", "oranges", "kiwis", "leeks"),
    "dairy": ("milk", "butter", "yoghurt", "cheddar", "whipping cream", "mozzarella", "sour cream", "feta",
    "cottage cheese"),
    "cleaning": ("washing powder", "dish soap", "bleach", "sponges", "glass cleaner", "fabric softener",
    "floor cleaner"),
    "meat": ("chicken breast", "minced beef", "sausages", "salmon fillet", "bacon", "pork chops", "cod",
    "lamb chops", "tuna steak"),
    "drinks": ("orange juice", "sparkling water", "beer", "lemonade", "red wine", "cola", "apple juice",
    "iced tea", "white wine"),
    "bread": ("baguette", "rolls", "bagels", "croissants", "rye bread", "sliced bread", "pretzels", "brioche"),
    "body": ("toothpaste", "shampoo", "shower gel", "deodorant", "hand cream", "shaving foam", "mouthwash"),
}  # fmt: skip


@area.family(
    "orders and shopping",
    "[pick|list] from the shopping list everything that counts as {shelf}, as written there, in the same "
    "order, separated by "
    "{separator}; {none} if there is nothing",
    "Shopping list -> [only|just the] {shelf}. Same words, same order, {separator} between. [Nothing of that "
    "kind|None]: {none}",
    "I walk through the supermarket section by section and now I stand at the shelf for {shelf}. Show me "
    "[just|only] the things from my list "
    "that [I find there|belong there], in the order of the list with {separator} in between, or {none} if I "
    "need nothing of that kind.",
    given="a shopping list",
    shelf=choice(
        {
            "fresh fruit and vegetables": "produce",
            "fruit or vegetables": "produce",
            "milk products": "dairy",
            "dairy products (milk, cheese, cream and the like)": "dairy",
            "cleaning products for the home": "cleaning",
            "raw meat, sausage and fish": "meat",
            "drinks (alcoholic or not, without milk)": "drinks",
            "bread and pastries": "bread",
            "body care (things to wash or groom yourself)": "body",
        }
    ),
    separator=separator(),
    none=missing(),
)
def shopping_list_of_one_section(draw: Draw, p: Values) -> Pair:
    wanted = draw.some(_SHELVES[p.shelf], 0 if draw.chance(0.2) else 1, 3)
    others = [g for g in _SHELVES if g != p.shelf]
    rest = [draw.pick(_SHELVES[g]) for g in draw.some(others, 1, 4)]
    items = draw.mix(wanted + rest)
    if draw.chance(0.2):
        items = [i.capitalize() for i in items]
    mark = draw.pick(("", "- ", "* ", "[ ] ", "• "))
    text = ", ".join(items) if draw.chance(0.4) else "\n".join(mark + i for i in items)
    if draw.chance(0.25):
        text = (
            draw.pick(("For Saturday:", "SHOPPING", "don't forget!!", "{w}'s list:")).format(
                w=names.first_name(draw)
            )
            + "\n"
            + text
        )
    found = [i for i in items if i.lower() in wanted]
    return edges(draw, text), p.separator.join(found) or p.none


@area.family(
    "events and schedules",
    "list who works on {day} according to the plan, in the order [in which they are named|of the text], "
    "separated by {separator}; "
    "[write|answer] {none} if nobody does",
    "Rota -> names on duty on {day}, with {separator} between them[, order as in the text|, in text order]. "
    "Nobody: {none}",
    "Our shift plan is written as plain sentences. I have to know who is at work on {day}: give the first "
    "names in the order of "
    "the plan with {separator} between, or {none} [when nobody is there|if the place is empty that day]. "
    "'Tuesday to Friday' "
    "[takes in|includes] all days between and both ends.",
    given="a shift plan",
    day=choice(*DAYS),
    separator=separator(),
    none=missing("nobody"),
)
def people_on_shift_that_day(draw: Draw, p: Values) -> Pair:
    target = DAYS.index(p.day)
    lines, found = [], []
    for who in people(draw, draw.randint(2, 4)):
        kind = draw.randrange(4)
        first = draw.randrange(5)
        last = draw.randint(first + 1, 6)
        if kind == 0:
            days = list(range(first, last + 1))
            said = f"from {DAYS[first]} to {DAYS[last]}"
        elif kind == 1:
            days = sorted(draw.some(range(7), 2))
            said = "on " + " and ".join(DAYS[d] for d in days)
        elif kind == 2:
            days = (
                [5, 6]
                if target > 4 or draw.chance(0.4)
                else [target if draw.chance(0.5) else draw.randrange(7)]
            )
            said = "only on " + " and ".join(DAYS[d] for d in days)
        else:
            off = target if draw.chance(0.5) else draw.randrange(7)
            days = [d for d in range(7) if d != off]
            said = f"every day except {DAYS[off]}"
        lines.append(
            draw.pick(("{w} works {s}.", "{w} is here {s}.", "{w}: {s}.", "{w} is on duty {s}.")).format(
                w=who, s=said
            )
        )
        found += [who] if target in days else []
    return edges(draw, draw.pick((" ", " ", "\n")).join(lines)), p.separator.join(found) or p.none


_EVENTS = ("jazz concert", "flea market", "poetry night", "pub quiz", "yoga workshop", "book fair", "open-air cinema",
           "pottery course", "charity run", "science talk", "choir evening", "food festival", "puppet theatre",
           "chess "
           "tournament", "repair café", "wine tasting", "guided walk", "board game night")  # fmt: skip


@area.family(
    "events and schedules",
    "[give|find|write|extract] {what} from the [announcement|text], as written there, or {none} if it is not "
    "[stated|mentioned]",
    "Event text -> {what}, copied[ from the text|]. [Not there|Not mentioned]: {none}",
    "I [fill|run] a [calendar|list] of local events from announcements people send me. Right now I only need "
    "{what}. Copy it as it stands in "
    "the text[, without any words around it|]; if the announcement does not tell, write {none}.",
    given="an announcement of an event",
    what=choice(
        {
            "the day and month": "day",
            "the date (day and month)": "day",
            "the venue": "place",
            "the name of the place where it is held": "place",
            "the time at which it begins (not when the doors open)": "time",
            "the starting time, not the time of admission": "time",
            "the full price of a ticket for an adult": "price",
            "the price for adults without discount": "price",
        }
    ),
    none=missing("?", "tba"),
)
def detail_of_an_event_announcement(draw: Draw, p: Values) -> Pair:
    month = draw.pick("January February March April June July August September October November".split())
    day = f"{draw.randint(1, 28)} {month}" if draw.chance(0.6) else f"{month} {draw.randint(1, 28)}"
    place = draw.pick(("Old Mill", "Town Hall", "Café Luna", "St Mary's Church", "Riverside Park",
        "Harbour Shed 4", "City Library",
                       "Studio Nine", "Market Square", "Blue Barn", "Community Centre West", "Castle Garden",
                       "Hotel Astoria"))  # fmt: skip
    start = draw.randrange(16 * 60, 21 * 60, 30)
    sign = draw.pick(("$", "€", "£"))
    price = draw.randint(6, 40)
    facts = {"day": day, "place": place, "time": clock(draw, start), "price": f"{sign}{price}"}
    gone = [k for k in facts if draw.chance(0.3 if k == p.what else 0.2)]
    event = draw.pick(_EVENTS)
    parts = {
        "day": ("It takes place on {}.", "Save the date: {}.", "We meet on {}.", "Date: {}."),
        "place": ("Where: {}.", "Venue: {}.", "Come to {}.", "This time we are at {}."),
        "time": ("Starts at {}.", "We begin at {}.", "Beginning: {}.", "Things kick off at {}."),
        "price": (
            "Tickets are {} for adults.",
            "Adults pay {}.",
            "Entry {} for adults.",
            "Adult ticket: {}.",
        ),
    }
    told = [draw.pick(v).format(facts[k]) for k, v in parts.items() if k not in gone]
    extra = [
        f"Doors open at {clock(draw, start - 60)}.", f"Children pay {sign}{price // 2}.",
        f"Call {names.phone(draw)} for questions.",
        "Bring your friends!", f"Last year {draw.randint(50, 600)} people came.", "Dogs are welcome.",
        f"Students get {draw.pick((10, 20, 25, 50))}% off.", "There will be cake.",
        f"Organised by {names.full_name(draw)}.",
    ]  # fmt: skip
    told = draw.mix(told + draw.some(extra, 1, 3))
    head = draw.pick(
        ("Join us for {}!", "{} ahead!", "You are invited to {}.", "Don't miss it: {}.", "*** {} ***")
    ).format("the next " + event)
    return edges(
        draw, head[0].upper() + head[1:] + " " + " ".join(told)
    ), p.none if p.what in gone else facts[p.what]


@area.family(
    "orders and shopping",
    "[say|decide|tell] what the [mail|message] to the shop is about: {order} for a new order, {change} if an "
    "order [is to be changed|should be "
    "different], {cancel} if one is to be cancelled [altogether|completely], {status} if the writer asks where "
    "it is or when it comes",
    "Mail about orders. New order: {order}. Wants something different in an existing order: {change}. Calls "
    "the whole order off: "
    "{cancel}. [Asks for news of it|Where is it, when does it come]: {status}",
    "[Mails|Messages] to our [small|little|web] [shop|store] are put in four trays. {order} is for people who "
    "order something. {change} is for people who "
    "have ordered already and want another quantity, colour or address. {cancel}: they do not want any of it "
    "any more. {status}: they "
    "only want to know [how far|where] their order is.",
    given="a mail to a shop",
    difficulty=2,
    labels=labels(
        order=("order", "new"),
        change=("change", "edit"),
        cancel=("cancel", "drop"),
        status=("status", "where"),
    ),
)
def purpose_of_a_mail_about_orders(draw: Draw, p: Values) -> Pair:
    bank = {
        "order": ("I'd like to order {n} {i}.", "Please send {n} {i} to my address.",
        "Can I buy {n} {i} from you?", "We need {n} {i}, "
                  "please ship them with an invoice.", "Put me down for {n} {i}, please.",
                  "I want to place an order: {n} {i}.",
                  "Kindly deliver {n} {i} to {c}."),
        "change": ("In my order {k}, please make it {n} {i} instead of {m}.",
        "Can order {k} go to {c} instead?", "I ordered {i} in "
                   "red, please send them in blue.", "Please add {n} {i} to my order {k}.",
                   "Could you change the address of order "
                   "{k} to {c}?", "Order {k}: I only need {n} {i}, not {m}.",
                   "Please swap the {i} in order {k} for larger ones."),
        "cancel": ("Please cancel my order {k}.",
        "I no longer need the {n} {i} I ordered, please stop the order.", "Call off order "
                   "{k}, I changed my mind.", "I want to withdraw my order of {n} {i}.",
                   "Don't send the {i} any more, I bought them "
                   "elsewhere. Cancel everything.", "Please delete order {k} completely.",
                   "We have to cancel all of order {k}."),
        "status": ("Where is my order {k}?", "When will the {n} {i} arrive?", "Has order {k} been shipped yet?",
        "I'm still waiting "
                   "for my {i}, any news?", "How long until order {k} gets to {c}?",
                   "Can you tell me how far order {k} is?",
                   "Do you have a tracking number for order {k}?"),
    }  # fmt: skip
    kind = draw.pick(tuple(bank))
    few = draw.randint(2, 9)
    text = draw.pick(bank[kind]).format(n=few, m=few + draw.randint(2, 9), i=draw.pick(_STOCK),
        k=draw.randint(1000, 99999),
                                        c=names.city(draw))  # fmt: skip
    head = draw.pick(("", "", "Hello, ", "Dear team, ", "Hi! ", "Good morning, this is {w}. ")).format(
        w=names.full_name(draw)
    )
    tail = draw.pick(
        ("", "", " Thanks, {w}", " Regards", " It's a bit urgent.", " I was very happy with my last order.")
    ).format(w=names.first_name(draw))
    return noise.casual(draw, head + text + tail), p.labels[kind]
